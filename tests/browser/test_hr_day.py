"""An HR day on a phone: from the home page through the five steps to goals that stand, led by a coordinator at a desk."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

HOTEL, BOATYARD = "Hotelli Merikajo", "Skärvikens båtvarv"
UNITS = ("Vastaanotto", "Keittiö ja ravintola", "Kerroshoito")
NAME = "miten tavoitteet etenevät"
OBSERVATION = "Trust has risen, feedback has not reached everybody."
WISH = "We begin every shift with five minutes of talk"
REASON = "Where the shift begins together, feedback moves."
MEASURE = "Every unit begins its shifts so."
NOT_SHARED = "What only the hotel may read."
YARD_GOAL = "An hour a week to try new ways"


def note(visitor, text, *, share=False, about=None):
    """Note something down in the step that is open."""
    visitor.page.get_by_role("textbox", name="Note").fill(text)
    if about:
        visitor.page.get_by_label("What it is about").select_option(label=about)
    if share:
        visitor.page.get_by_label("The other organisations may read this").check()
    visitor.press("Add the note")


def next_step(visitor, label):
    visitor.press(f"Next: {label}")
    assert visitor.text("h1") == label


def choose_results(visitor, name, shares):
    """From the home page: which results, and what the others see."""
    visitor.press("Choose the results")
    visitor.page.get_by_label("Results that you look at").select_option(index=1)
    visitor.page.get_by_label(shares).check()
    visitor.press("Look first at what the others would see")
    assert visitor.page.get_by_text("This is only a look").count() == 1
    preview = visitor.text("#preview")
    visitor.press("Let it hold")
    assert name in preview
    return preview


def write_goal(visitor, *, carried_by):
    """Of the note on what is wanted, with one press; then what is missing, and who carries it."""
    visitor.page.locator("li", has_text=WISH).get_by_role("button", name="Make it a main goal").first.click()
    visitor.page.wait_for_url("**/workshops/goals/**")
    visitor.page.get_by_label("Why it matters").fill(REASON)
    visitor.page.get_by_label("How it will be seen").fill(MEASURE)
    visitor.page.get_by_label("By when").fill("31.12.2030")
    visitor.press("Write it down")
    next_step(visitor, "Who carries them")
    name_carrier(visitor, carried_by)


def name_carrier(visitor, carried_by):
    visitor.press("Name who carries it")
    if carried_by is None:
        visitor.page.get_by_label("Person").select_option(index=1)
    else:
        visitor.page.get_by_label("Role or group").fill(carried_by)
    visitor.press("Write it down")


def address_of_hr(site, house, words):
    """Where the invitation of an organisation went that is not the hotel."""
    return next(mail.to for mail in site.mails() if house in mail.text and words in mail.text)


def test_an_hr_day_of_two_organisations_ends_in_goals_that_stand(site, sign_in_as, sign_in_by_mail):
    coordinator = sign_in_as("coordinator")
    hotel = sign_in_as("hr", width=360)
    invited = hotel.page.get_by_role("link", name="Choose the results")
    assert invited.count() == 1
    site.next_mail("@", NAME)
    yard = sign_in_by_mail(address_of_hr(site, BOATYARD, NAME))
    yard.speak("en")
    yard.go("/home/")
    everybody = (coordinator, hotel, yard)
    faults: list[str] = []

    def look(visitor):
        faults.extend(f"{visitor.path()}: {fault}" for fault in visitor.faults())
        faults.extend(
            [f"{visitor.path()} is too wide by {visitor.see()['overflow']}"] * (visitor.see()["overflow"] > 0)
        )

    hotel_preview = choose_results(hotel, "Trust", "the means of the whole organisation")
    yard_preview = choose_results(yard, "Trust", "the means of the whole organisation")
    assert [unit in hotel_preview for unit in UNITS] == [False] * 3
    assert BOATYARD in yard_preview
    coordinator.go("/workshops/")
    coordinator.page.get_by_role("link", name=NAME).click()
    coordinator.press("Start the HR day")
    look(coordinator)

    hotel.go("/home/")
    look(hotel)
    hotel.press("Open the step")
    look(hotel)
    assert hotel.page.get_by_text(UNITS[0]).count() > 0
    assert hotel.page.locator(".key").get_by_text(BOATYARD).count() == 1
    note(hotel, OBSERVATION, share=True, about="Trust and the courage to speak")
    note(hotel, NOT_SHARED)
    yard.go("/home/")
    yard.press("Open the step")
    look(yard)
    shown = yard.text("main")
    assert (OBSERVATION in shown, NOT_SHARED in shown) == (True, False)
    assert yard.page.locator(".key").get_by_text(HOTEL).count() == 1
    assert [unit in yard.page.content() for unit in UNITS] == [False] * 3

    coordinator.press("Go to the step: What stands out")
    look(coordinator)
    assert (OBSERVATION in coordinator.text("main"), NOT_SHARED in coordinator.text("main")) == (True, False)
    coordinator.press("Go on with everybody: What it means")
    hotel.page.get_by_text("The day is at another step: What it means").wait_for()  # the notes draw themselves anew
    hotel.page.get_by_role("link", name="Go there").click()
    hotel.page.wait_for_url("**/steps/2/")
    look(hotel)
    next_step(hotel, "What we want")
    note(hotel, WISH, about="Feedback and dialogue")
    look(hotel)
    next_step(hotel, "Main goals")
    look(hotel)
    write_goal(hotel, carried_by=None)
    look(hotel)

    for label in ("What we want", "Main goals", "Who carries them"):
        coordinator.press(f"Go on with everybody: {label}")
    coordinator.press("Go to the end of the day")
    finish(coordinator)
    assert coordinator.page.get_by_text(f"It is still missing from: {BOATYARD}").count() == 1
    coordinator.page.go_back()
    write_goal_of_the_yard(yard)
    look(yard)
    finish(coordinator)
    assert coordinator.page.get_by_text("The HR day is done.").count() == 1
    look(coordinator)

    hotel.press("Open the summary")
    look(hotel)
    summary = hotel.text("main")
    assert [text in summary for text in (WISH, REASON, MEASURE, "The main goals stand", YARD_GOAL)] == [
        True, True, True, True, False,
    ]  # fmt: skip
    assert site.next_mail("@", WISH).subject.endswith(WISH)
    assert faults == []
    refused = [complaint for complaint in coordinator.complaints if "409" in complaint]
    assert [complaint for visitor in everybody for complaint in visitor.complaints if complaint not in refused] == []


def finish(coordinator):
    """Press, and say yes to the question."""
    coordinator.page.get_by_role("button", name="Finish the HR day").first.click()
    with coordinator.page.expect_navigation():
        coordinator.page.get_by_role("dialog").get_by_role("button", name="Finish the HR day").click()


def write_goal_of_the_yard(yard):
    yard.go(yard.path().replace("/steps/1/", "/steps/4/"))
    yard.press("Write a new main goal")
    yard.page.get_by_label("Goal", exact=True).fill(YARD_GOAL)
    yard.press("Write it down")
    assert yard.page.locator(".errors").get_by_text("Fill in “Why it matters”.").count() == 1
    assert yard.page.get_by_label("Goal", exact=True).input_value() == YARD_GOAL
    yard.page.get_by_label("Why it matters").fill("The plan of production leaves none.")
    yard.press("Write it down")
    next_step(yard, "Who carries them")
    name_carrier(yard, "The foremen together")
