"""The whole thread, on real input, from the model of a programme to a credential that anybody can verify."""

import json

import pytest

from luotsi.journey.demo.organisations import PROVIDERS
from tests.browser.applicants import REAL, write_list
from tests.browser.running import ROOT
from tests.node.oracle import ask_digitalbazaar, needs_node

UNIT = ROOT.parent / "shared/data/eperusteet/2019-shape/ePerustePerusteenosat6777674.json"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(420),
    pytest.mark.skipif(not REAL.is_dir(), reason="the real requests and offers are not here: ../shared/data/matching"),
    pytest.mark.skipif(not UNIT.is_file(), reason="the real unit is not here: ../shared/data/eperusteet"),
    *needs_node[1:],
]

UNIT_NAME = "Louhintaporaus"
NAME = "Career mentoring of the thread"
MARK = "Guiding a colleague"
SECRET = "We talked about the courage to ask."
WORDS = "I introduced a new colleague. First I asked what she could do already, then we went through the steps."
QUESTION = "Why did so few meetings take place?"
ANSWER = "The programme began today."


@pytest.fixture
def given(tmp_path):
    return write_list(tmp_path)


def figures(reader):
    """The region's figures by their names."""
    reader.go("/home/")
    reader.page.locator("#menu").get_by_role("link", name="Figures").click()
    names, values = (reader.page.locator(f".levels {one}").all_inner_texts() for one in ("b", ".num"))
    return {name: float(value.replace(",", "")) for name, value in zip(names, values, strict=True)}


def open_programme(coordinator):
    """From the model to an open programme, with the usual choices at every step. Returns its path."""
    page = coordinator.page
    coordinator.go("/programmes/new/")
    page.get_by_label("Career mentoring").check()
    page.get_by_label("Name in English").fill(NAME)
    page.get_by_label("First day").fill("1.12.2026")
    coordinator.press("Make a draft")
    for _step in ("scope", "dates", "plan", "questions", "matching"):
        coordinator.press("Save and go on")
    coordinator.press("Open the programme")
    return coordinator.path()


def take_applicants_in(coordinator, programme, given):
    """Dry run, its report, the good rows, and a yes to all whose guardian need not be asked first."""
    page = coordinator.page
    coordinator.go(programme)
    coordinator.press("Bring in a list")
    page.get_by_label("List of applicants").set_input_files(given.file)
    coordinator.press("Read the list")
    coordinator.wait_for(page.get_by_role("button", name="good rows"))
    rows = page.locator("main table tbody tr")
    remarks = [(row.locator("th").inner_text(), row.locator("td").first.inner_text()) for row in rows.all()]
    report = page.locator("#standing dd").all_inner_texts()
    assert (remarks, report) == (given.remarks, [str(given.good), "0", "0", str(given.twice), str(given.refused)])

    coordinator.press(f"Take the {given.good} good rows")
    coordinator.wait_for(page.get_by_role("link", name="Look at the applications"))
    assert page.locator("#standing dd").first.inner_text() == str(given.good)
    coordinator.press("Look at the applications")
    coordinator.press("Accept all that wait")
    coordinator.press(f"Accept {given.good} applications")
    coordinator.go(programme)
    coordinator.wait_for(page.locator(".funnel").get_by_text(str(given.adults), exact=True))
    return page.locator(".funnel .num").all_inner_texts()


def form_pairs(coordinator, programme):
    """Have the pairs worked out. Returns how many there are."""
    coordinator.go(f"{programme}matching/")
    coordinator.press("Form the pairs")
    coordinator.wait_for(coordinator.page.locator("h1", has_text="ready"))
    return int(coordinator.text("h1").split()[0])


def choose_pair(coordinator, addresses):
    """The first pair of two who have not been here before; its reasons add up. Returns the names."""
    page = coordinator.page
    names = [name for name in page.locator(".desk .from a").all_inner_texts() if name in addresses]
    for name in names:
        page.locator(".desk .from").get_by_role("link", name=name, exact=True).click()
        page.locator("#chosen h2", has_text=f"{name} and ").wait_for()
        mentor = coordinator.text("#chosen h2").removeprefix(f"{name} and ")
        points = [float(part.split(" / ")[0]) for part in page.locator("#chosen .reasons .pts").all_inner_texts()]
        assert round(sum(points), 2) == float(coordinator.text("#chosen .num"))
        if mentor in addresses:
            return name, mentor
    raise AssertionError(f"nobody new among {names}")


def publish(coordinator, pairs):
    coordinator.page.get_by_role("button", name=f"Publish {pairs} pairs").first.click()
    dialog = coordinator.page.get_by_role("dialog").filter(visible=True)
    with coordinator.page.expect_navigation():
        dialog.get_by_role("button", name="Publish").click()


def make_mark(coordinator, programme):
    """Criteria of the real unit become an open mark, and the programme leads to it."""
    page = coordinator.page
    coordinator.go("/competence/import/")
    page.locator("input[type=file]").set_input_files(UNIT)
    coordinator.press("Read the file")
    coordinator.press("Bring it in")
    coordinator.press(UNIT_NAME)  # the one unit of the framework
    coordinator.press("Make a mark from this")
    page.get_by_label("Issuer").select_option(label=PROVIDERS[0].name)
    page.get_by_label("Short name").fill("guiding-a-colleague")
    page.get_by_label("Name of the mark").fill(MARK)
    page.get_by_label("What it proves").fill("Somebody new at work was guided well.")
    page.get_by_label("Evidence asked for").fill("An example of your own.")
    page.locator("fieldset", has_text="Competences").get_by_role("checkbox").first.check()
    coordinator.press("Make the mark")
    coordinator.press("Open the mark")
    coordinator.go(f"{programme}leads-to/")
    page.get_by_label(MARK).check()
    coordinator.press("Save")


def say_yes(person, other):
    """To the proposal of the other one: a mentor may have several."""
    thing = person.page.locator("ol.next > li", has_text=f"{other.split()[0]} could be your")
    with person.page.expect_navigation():
        thing.get_by_role("link", name="Look at the proposal").click()
    person.press("Yes, I would like to begin")


def approve(person):
    person.page.get_by_label("I have read the agreement").check()
    person.press("Approve the agreement")


def live_together(mentor, mentee, coordinator, programme, names):
    """Both agree, meet once, and bring it to its end. What one does, the other and the coordinator see."""
    mentor.go("/home/")
    mentor.wait_for(mentor.page.get_by_role("link", name="Read and approve"))
    mentor.press("Read and approve")
    here = mentor.path().removesuffix("agreement/")
    approve(mentor)
    mentee.go(f"{here}agreement/")
    approve(mentee)
    mentor.go(f"{here}sessions/")
    mentor.page.get_by_label("What do you want to remember?").fill(SECRET)
    mentor.press("Log the meeting")
    mentee.go(f"{here}sessions/")
    assert mentee.page.get_by_text(SECRET).count() == 1

    coordinator.go(f"{programme}relationships/")
    row = coordinator.page.locator("main tbody tr", has_text="{} and {}".format(*names))
    assert row.locator("td").nth(1).inner_text().startswith("1 /")
    assert coordinator.page.get_by_text(SECRET).count() == 0

    mentor.go(f"{here}closing/")
    mentor.page.locator("main").get_by_role("radio").first.check()
    mentor.press("to confirm")
    mentee.go(f"{here}closing/")
    mentee.press("Yes, it is completed")
    mentor.go(here)
    assert mentor.page.get_by_text("Your mentoring is completed").count() == 1


def claim_mark(mentee):
    """The end opened a claim; own words are added, and it is handed in."""
    mentee.go("/home/")
    mentee.wait_for(mentee.page.get_by_role("link", name="Open the claim"))
    mentee.press("Open the claim")
    mentee.page.get_by_label("What did you do and learn?").fill(WORDS)
    mentee.press("Add the evidence")
    mentee.press("Hand it in")
    return mentee.path()


def award(assessor, name):
    assessor.go("/assess/")
    assessor.page.locator("main tbody").get_by_role("link", name=name).click()
    assert assessor.page.get_by_text(WORDS).count() == 1
    for tick in assessor.page.get_by_role("checkbox").all():
        tick.check()
    assessor.press("Award the mark")
    assert assessor.page.locator("main tbody").get_by_role("link", name=name).count() == 0


def download(mentee, claim):
    mentee.go(claim)
    with mentee.page.expect_download() as coming:
        mentee.page.get_by_role("link", name="Download the mark").click()
    return json.loads(coming.value.path().read_bytes())


def verdict(stranger, document, folder):
    """What the verify page says of a file, in one word."""
    file = folder / "mark.json"
    file.write_text(json.dumps(document))
    stranger.go("/verify/")
    stranger.page.locator("input[type=file]").set_input_files(file)
    stranger.press("Verify")
    return "no" if "no" in (stranger.page.locator(".verdict").get_attribute("class") or "").split() else "yes"


def ask_and_answer(reader, coordinator):
    reader.press("Ask about a figure")
    reader.page.get_by_label("Question").fill(QUESTION)
    reader.press("Ask")
    figures(coordinator)
    coordinator.page.locator("article", has_text=QUESTION).get_by_role("link", name="Answer").click()
    coordinator.page.get_by_label("Answer").fill(ANSWER)
    coordinator.press("Answer")
    reader.page.reload()
    return reader.page.locator("article", has_text=QUESTION).get_by_text(ANSWER).count()


def test_an_applicant_of_a_real_list_earns_a_mark_that_others_verify(
    given, site, visit, sign_in_as, sign_in_by_mail, tmp_path
):
    coordinator, reader, assessor = (sign_in_as(role) for role in ("coordinator", "reader", "assessor"))
    stranger = visit(width=360)
    before = figures(reader)
    known = {mail.to for mail in site.mails()}

    programme = open_programme(coordinator)
    stranger.go("/calls/")
    assert stranger.page.get_by_role("link", name=NAME).count() == 1
    assert take_applicants_in(coordinator, programme, given) == [str(given.good), str(given.adults), "0"]
    pairs = form_pairs(coordinator, programme)
    strangers = {name: address for name, address in given.addresses.items() if address not in known}
    mentee_name, mentor_name = names = choose_pair(coordinator, strangers)
    publish(coordinator, pairs)
    make_mark(coordinator, programme)

    mentor, mentee = (sign_in_by_mail(strangers[name]) for name in (mentor_name, mentee_name))
    say_yes(mentor, mentee_name)
    say_yes(mentee, mentor_name)
    live_together(mentor, mentee, coordinator, programme, names)
    claim = claim_mark(mentee)
    award(assessor, mentee_name)
    credential = download(mentee, claim)
    tampered = json.loads(json.dumps(credential).replace(MARK, "Guiding everybody"))

    assert [verdict(stranger, document, tmp_path) for document in (credential, tampered)] == ["yes", "no"]
    assert ask_digitalbazaar(credential, site.address) == {"verified": True, "errors": []}
    assert ask_digitalbazaar(tampered, site.address)["verified"] is False
    after = figures(reader)
    assert {name: round(after[name] - before[name], 1) for name in after if name not in {"Mentors", "Mentees"}} == {
        "Applications": given.good,
        "Pairs that began": 1,
        "Meetings held": 1,
        "Hours of mentoring": 1,
        "Pairs that came to their end together": 1,
        "Pairs that ended early": 0,
        "Claims submitted": 1,
        "Marks awarded": 1,
    }
    assert ask_and_answer(reader, coordinator) == 1
    everybody = (coordinator, reader, assessor, mentor, mentee, stranger)
    assert [complaint for visitor in everybody for complaint in visitor.complaints] == []
