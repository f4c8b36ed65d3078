"""What one role does, another role's page shows: operator, administrator, and those whom they invite."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def join(visit, site, address, given_name, family_name):
    """Somebody accepts the invitation that was mailed, and is on the home page."""
    visitor = visit(width=360)
    visitor.go(site.next_mail(address, "/join/").link("/join/"))
    visitor.page.get_by_label("Given name").fill(given_name)
    visitor.page.get_by_label("Family name").fill(family_name)
    visitor.press("Accept the invitation")
    assert visitor.path() == "/home/"
    return visitor


def follow(visitor, name):
    """Follow a link of the main menu, however wide the window is."""
    with visitor.page.expect_navigation():
        visitor.page.locator("#menu").get_by_role("link", name=name, include_hidden=True).evaluate(
            "(link) => link.click()"
        )


def test_operator_brings_an_administrator_who_brings_an_assessor(visit, site, sign_in_as):
    operator = sign_in_as("operator")
    operator.go("/operator/organisations/add/")
    operator.page.get_by_label("Name of the organisation").fill("Lestijoen hoitokoti")
    operator.page.get_by_label("E-mail of its first administrator").fill("aada.alku@example.org")
    operator.page.get_by_label("Language of the invitation").select_option("en")
    operator.press("Add and invite")

    administrator = join(visit, site, "aada.alku@example.org", "Aada", "Alku")
    follow(administrator, "Organisation")
    administrator.press("Invite somebody")
    administrator.page.get_by_label("E-mail").fill("onni.oppi@example.org")
    administrator.page.get_by_label("Role").select_option(label="assessor")
    administrator.page.get_by_label("Language of the invitation").select_option("en")
    administrator.press("Send the invitation")
    invited = administrator.page.get_by_text("onni.oppi@example.org").count()
    assessor = join(visit, site, "onni.oppi@example.org", "Onni", "Oppi")
    follow(assessor, "To assess")
    follow(administrator, "Organisation")

    people = administrator.page.locator("main tbody th").all_inner_texts()
    assert (invited, people, assessor.path()) == (1, ["Aada Alku", "Onni Oppi"], "/assess/")
    assert operator.complaints + administrator.complaints + assessor.complaints == []


def test_administrator_ends_a_role_and_the_page_is_gone(visit, site, sign_in_as):
    administrator = sign_in_as("admin")
    follow(administrator, "Organisation")
    administrator.press("Invite somebody")
    administrator.page.get_by_label("E-mail").fill("lyyti.loppu@example.org")
    administrator.page.get_by_label("Role").select_option(label="assessor")
    administrator.page.get_by_label("Language of the invitation").select_option("en")
    administrator.press("Send the invitation")
    assessor = join(visit, site, "lyyti.loppu@example.org", "Lyyti", "Loppu")
    before = assessor.go("/assess/")

    follow(administrator, "Organisation")
    row = administrator.page.locator("main tbody tr", has_text="Lyyti Loppu")
    row.get_by_role("button", name="End the role").first.click()
    with administrator.page.expect_navigation():
        row.get_by_role("dialog").get_by_role("button", name="End the role").click()

    assert (before, assessor.go("/assess/")) == (200, 404)
