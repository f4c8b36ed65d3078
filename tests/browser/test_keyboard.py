"""The site without a mouse."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

PASSWORD = "tuuli kantaa kauas 2026"
HAS_FOCUS = "(one) => one === document.activeElement"
FOCUSED = """() => {
  const one = document.activeElement;
  return one.id || one.name || one.innerText || one.tagName;
}"""


def press(visitor, *keys):
    for key in keys:
        visitor.page.keyboard.press(key)


def focused(visitor):
    return visitor.page.evaluate(FOCUSED)


def tab_to(visitor, locator, *, most=60):
    """Press Tab until the element has the focus, as somebody does who has no mouse."""
    for _ in range(most):
        if locator.evaluate(HAS_FOCUS):
            return
        press(visitor, "Tab")
    raise AssertionError(f"Tab does not reach {locator}")


def test_first_tab_leads_past_the_head_of_the_page(visit):
    visitor = visit(width=360)
    visitor.go("/library/")

    press(visitor, "Tab")
    before = (focused(visitor), visitor.page.locator(".skip").bounding_box()["y"] >= 0)
    press(visitor, "Enter")
    after = focused(visitor)
    press(visitor, "Tab")

    assert before == ("Skip to the content", True)
    assert after == "content"
    assert visitor.page.locator("main a:focus").count() == 1


def test_menu_of_a_phone_opens_and_closes(sign_in_as):
    visitor = sign_in_as("mentor", width=360)
    button = visitor.page.get_by_role("button", name="Menu", exact=True)
    menu = visitor.page.locator("#menu")

    tab_to(visitor, button)
    closed = menu.is_visible()
    press(visitor, "Enter")
    opened = menu.is_visible()
    press(visitor, "Tab")
    inside = menu.locator(":focus").count()
    press(visitor, "Escape")

    assert (closed, opened, inside) == (False, True, 1)
    assert (menu.is_visible(), button.evaluate(HAS_FOCUS)) == (False, True)


def test_menu_of_a_phone_leads_on(sign_in_as):
    visitor = sign_in_as("mentor", width=360)

    tab_to(visitor, visitor.page.get_by_role("button", name="Menu", exact=True))
    press(visitor, "Enter")
    tab_to(visitor, visitor.page.locator("#menu").get_by_role("link", name="Passport"))
    press(visitor, "Enter")
    visitor.page.wait_for_url("**/my/passport/")

    assert visitor.page.locator("h1").inner_text() == "My passport"


def test_somebody_signs_in_by_link_and_by_password_without_a_mouse(visit, site, demo_address):
    visitor = visit(width=360)
    page = visitor.page

    visitor.go("/sign-in/link/")
    tab_to(visitor, page.get_by_label("E-mail"))
    page.keyboard.type(demo_address)
    press(visitor, "Enter")
    page.wait_for_url("**/sign-in/link/sent/")
    visitor.go(site.next_mail(demo_address, "/sign-in/link/").link("/sign-in/link/"))
    tab_to(visitor, page.locator("main button"))
    press(visitor, "Enter")
    page.wait_for_url("**/home/")

    visitor.go("/my/password/")
    tab_to(visitor, page.get_by_label("New password"))
    page.keyboard.type(PASSWORD)
    press(visitor, "Enter")
    page.wait_for_url("**/my/profile/")
    tab_to(visitor, page.get_by_role("button", name="Menu", exact=True))
    press(visitor, "Enter")
    tab_to(visitor, page.get_by_role("button", name="Sign out"))
    press(visitor, "Enter")
    page.wait_for_url("**/sign-in/")

    tab_to(visitor, page.get_by_label("E-mail"))
    page.keyboard.type(demo_address)
    press(visitor, "Tab")
    page.keyboard.type(PASSWORD)
    press(visitor, "Enter")
    page.wait_for_url("**/home/")

    assert visitor.complaints == []


def test_errors_are_read_first_and_lead_to_their_fields(visit):
    visitor = visit(width=360)
    visitor.go("/sign-in/")

    tab_to(visitor, visitor.page.get_by_label("E-mail"))
    visitor.page.keyboard.type("nobody.example.org")
    press(visitor, "Enter")
    visitor.page.locator(".errors").wait_for()
    summary = visitor.page.locator(".errors").evaluate(HAS_FOCUS)
    press(visitor, "Tab", "Tab", "Enter")
    second = focused(visitor)

    assert (summary, second) == (True, "id_password")
    assert visitor.page.title().startswith("Error:")
    assert visitor.page.get_by_label("E-mail").input_value() == "nobody.example.org"


def test_question_opens_with_the_focus_in_it_and_changes_nothing_when_cancelled(sign_in_as):
    visitor = sign_in_as("participant", width=360)
    visitor.go("/my/data/")
    asks = visitor.page.get_by_role("button", name="Erase everything about me").first
    dialog = visitor.page.get_by_role("dialog")

    tab_to(visitor, asks, most=200)
    press(visitor, "Enter")
    opened = (dialog.is_visible(), dialog.locator(":focus").inner_text())
    press(visitor, "Enter")
    cancelled = (dialog.is_visible(), asks.evaluate(HAS_FOCUS))
    press(visitor, "Enter", "Escape")
    escaped = (dialog.is_visible(), asks.evaluate(HAS_FOCUS))

    assert (opened, cancelled, escaped) == ((True, "Cancel"), (False, True), (False, True))
    assert visitor.path() == "/my/data/"
