"""Growth on a phone: a group is asked, a member assesses the self page by page, sees what changed, shows it to one."""

import re
import time
from dataclasses import dataclass

import pytest

from tests.browser.test_keyboard import press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

TASK = "/my/competence/tasks/"
OF_ONESELF = "Arvioi itseäsi"  # the made-up people read Finnish mail
SECONDS_A_CHOICE, SECONDS_A_PRESS, FIVE_MINUTES = 12, 3, 300
GROUP, SECONDS_FOR_MAILS = 8, 180
WORDS = "In the morning shift I asked first."


@dataclass(kw_only=True)
class Taps:
    """What a hand does: choices and presses."""

    choices: int = 0
    presses: int = 0

    @property
    def seconds(self):
        return self.choices * SECONDS_A_CHOICE + self.presses * SECONDS_A_PRESS


def asked(site, *, of_oneself):
    """Mails that ask for an assessment, in the order in which people were asked."""
    mails = [mail for mail in site.mails() if TASK in mail.text]
    return [mail for mail in mails if mail.subject.startswith(OF_ONESELF) == of_oneself]


def wait_for_mails(site, count):
    """Until so many have been asked about themselves, and the demo's mentors about others."""
    ends = time.monotonic() + SECONDS_FOR_MAILS
    while time.monotonic() < ends and (
        len(asked(site, of_oneself=True)) < count or len(asked(site, of_oneself=False)) < GROUP
    ):
        time.sleep(0.3)


@pytest.fixture
def last(site):
    """The mails to the last member of the group and to that member's mentor: the demo leaves this sheet empty."""
    wait_for_mails(site, GROUP)
    return asked(site, of_oneself=True)[GROUP - 1].to, asked(site, of_oneself=False)[GROUP - 1].to


def open_from_home(visitor, plan):
    """Follow the button of the task that is called so."""
    visitor.go("/home/")
    thing = visitor.page.locator("main ol.next > li", has_text=f"Assess yourself: {plan}")
    with visitor.page.expect_navigation():
        thing.locator("a.btn").click()


def choose(visitor, level, taps):
    """The level in each competence of the page that is open; where it is asked, also two levels lower at the start."""
    for group in visitor.page.locator("form fieldset").all():
        is_then = group.locator("legend").inner_text().startswith("Looking back")
        wanted = str(max(0, level - 2)) if is_then else str(level)
        group.locator(f'label.choice:has(input[value="{wanted}"])').click()
        taps.choices += 1


def go_through(visitor, level, taps):
    """Fill in what is left, page by page, up to the last look."""
    while visitor.page.locator("form fieldset").count():
        choose(visitor, level, taps)
        visitor.press("Look at it and send" if last_page(visitor) else "Next")
        taps.presses += 1


def last_page(visitor):
    return visitor.page.get_by_role("button", name="Look at it and send").count() == 1


def test_a_member_assesses_comes_back_sends_sees_and_shows(site, visit, sign_in_by_mail, last):
    member_address, mentor_address = last
    member = sign_in_by_mail(member_address)
    faults, taps = [], Taps()
    open_from_home(member, "Ohjaaminen työssä")
    faults += member.faults()

    choose(member, 4, taps)
    member.press("Next")
    task = member.path()
    first = member.page.locator("form fieldset").first
    with member.page.expect_response(lambda answer: TASK in answer.url and answer.status == 204):
        first.locator('label.choice:has(input[value="4"])').click()
    state = member.context.storage_state()
    member.context.close()

    back = visit(width=360, state=state)
    open_from_home(back, "Ohjaaminen työssä")
    kept = back.page.locator("form fieldset").first.locator("input:checked").input_value()
    assert (kept, back.path()) == ("4", task)
    back.page.locator("details.more > summary", has_text="Words and links").first.click()
    back.page.get_by_label("In your own words").first.fill(WORDS)
    go_through(back, 4, taps)
    faults += back.faults()
    back.press("Send my assessment")
    sentence = back.text(".page-head p")
    faults += back.faults()

    assert re.search(r"You see yourself higher than before in \d+ of 10 competences", sentence)
    assert "Looking back, you place your start at 2" in back.text("main")
    mentor_name = shown_to_mentor(back, faults)
    mentor = sign_in_by_mail(mentor_address)
    mentor.go("/my/competence/")
    mentor.page.locator("section", has=mentor.page.get_by_role("heading", name="Shown to you")).locator(
        "a"
    ).first.click()
    mentor.page.wait_for_url("**/my/competence/shown/**")
    faults += mentor.faults()

    assert mentor.text("h1").startswith("How ")
    assert mentor.page.get_by_text(WORDS).count() == 0
    assert mentor.page.get_by_text(f"{mentor_name} (a mentor)").count() == 0
    shown = mentor.path()
    take_back(back)
    assert [mentor.go(path) for path in (task, shown)] == [404, 404]
    assert faults + back.complaints == []


def take_back(member):
    member.page.get_by_role("button", name="Take it back").first.click()
    with member.page.expect_navigation():
        member.page.get_by_role("dialog").get_by_role("button", name="Take it back").click()


def shown_to_mentor(member, faults):
    """Preview, then the share; the page of the share stays open. Returns the mentor's name."""
    member.press("Ask somebody to assess you")
    [label] = [each for each in member.page.locator("option").all_inner_texts() if each.endswith("(a mentor)")]
    name = label.removesuffix(" (a mentor)")
    member.go("/my/competence/")
    member.press("Show it to somebody")
    member.page.get_by_label("To whom?").select_option(label=name)
    member.press("Look at what they see")
    faults += member.faults()
    member.press("Show it now")
    assert member.text("h1") == f"Shown to {name}"
    faults += member.faults()
    return name


def test_twenty_competences_take_five_minutes(site, sign_in_as, sign_in_by_mail):
    wait_for_mails(site, GROUP)
    address = asked(site, of_oneself=True)[3].to
    before = len(asked(site, of_oneself=True))
    chosen = plan_with_twenty(sign_in_as("coordinator", width=1440))
    wait_for_mails(site, before + GROUP)
    member, taps = sign_in_by_mail(address), Taps()
    began = time.monotonic()

    open_from_home(member, "Twenty")
    taps.presses += 1
    go_through(member, 3, taps)
    member.press("Send my assessment")
    taps.presses += 1
    took = time.monotonic() - began

    assert (chosen, taps.choices, taps.presses) == (20, 20, 6)
    assert taps.seconds + took < FIVE_MINUTES, f"{taps.seconds} s of choosing and {took:.0f} s of waiting"
    assert member.complaints == []


def plan_with_twenty(coordinator):
    """A plan for the group with the first twenty competences on offer, asked at the start. Returns how many."""
    page = coordinator.page
    coordinator.go("/competence/plans/new/")
    page.get_by_label("Name of the plan").fill("Twenty")
    page.get_by_label("For whom").select_option(label=group_in(page))
    coordinator.press("Go on to the competences")
    choosing = coordinator.path()
    left = 20
    for place in range(12):
        coordinator.go(choosing)
        page.locator("main tbody th a").nth(place).click()
        page.wait_for_url("**/choose/*/")
        ticks = page.locator("label.choice")
        count = min(ticks.count(), left)
        for number in range(count):
            ticks.nth(number).click()
        coordinator.press("Keep the choice")
        left -= count
        if not left:
            break
    coordinator.press("Ready")
    coordinator.press("Ask the group")
    page.locator('label.choice:has(input[value="start"])').click()
    coordinator.press("Ask")
    assert coordinator.complaints == []
    return page.locator("main section ol > li").count()


def group_in(page):
    return next(each for each in page.locator("option").all_inner_texts() if each.startswith("group: "))


def test_a_sheet_is_filled_in_without_a_mouse(sign_in_as):
    member = sign_in_as("mentee", width=360)
    open_from_home(member, "Ohjaaminen työssä")
    member.go(member.path() + "?page=1")
    second = member.page.locator("form fieldset").nth(2)

    tab_to(member, second.locator("input").first)
    press(member, "ArrowDown", "ArrowDown")
    tab_to(member, member.page.get_by_role("button", name="Next"))
    with member.page.expect_navigation():
        press(member, "Enter")
    member.go(member.path() + "?page=1")

    assert member.page.locator("form fieldset").nth(2).locator("input:checked").input_value() == "2"
    assert member.complaints == []
