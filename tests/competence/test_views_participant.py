"""Pages of those who assess: page by page, nothing lost, only what is one's own."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.competence.enums import AssessedBy, Moment, TaskState
from luotsi.competence.models import Assessment, AssessmentEvidence, AssessmentTask, GrowthShare
from luotsi.people.enums import CircleRole
from luotsi.people.models import Person
from tests.factories.assessments import ShareFactory, TaskFactory, group_of, plan_with, planned, said
from tests.factories.competence import AreaFactory, CompetenceFactory, CriterionFactory
from tests.factories.people import PersonFactory, join
from tests.pages import errors_of, lead_of, parts, queries_for, reasons_of, rows_of, said_on, title_of

pytestmark = pytest.mark.django_db


def names(count: int) -> list:
    return [CompetenceFactory.create(name={"en": f"Competence {number:02}"}) for number in range(1, count + 1)]


def field(name: str, competence) -> str:
    return f"{name}-{competence.ref.hex}"


def legends_of(response) -> list[str]:
    return parts(response, r"<legend>(.*?)</legend>")


def chosen_on(response) -> list[tuple[str, str]]:
    return re.findall(
        r'<input type="radio" name="(\w+)-\w+" value="(\w+)" id="\w+-?\w*" checked', response.content.decode()
    )


@pytest.fixture
def person(client) -> Person:
    found = PersonFactory.create(given_name="Aino", family_name="Alku")
    client.force_login(found)
    return found


@pytest.fixture
def task(person) -> AssessmentTask:
    return TaskFactory.create(plan=plan_with(*names(7), name="Guiding"), person=person)


def address_of(task, rest: str = "") -> str:
    return f"/my/competence/tasks/{task.ref}/{rest}"


def test_a_sheet_is_filled_page_by_page_and_sent(client, person, task) -> None:
    competences = planned(task.plan)

    first = client.get(address_of(task))
    second = client.post(address_of(task), {field("level", each): "3" for each in competences[:5]}, follow=True)
    last = client.post(
        address_of(task, "?page=2"),
        {
            field("level", competences[5]): "0",
            field("words", competences[5]): "I begin.",
            field("level", competences[6]): "unknown",
        },
        follow=True,
    )
    sent = client.post(address_of(task, "send/"), follow=True)

    assert title_of(first) == "Assess yourself"
    assert legends_of(first) == [f"Competence {number:02}" for number in range(1, 6)]
    assert legends_of(second) == ["Competence 06", "Competence 07"]
    assert rows_of(last) == [
        *([f"Competence {number:02}", "3 · Works independently in usual situations"] for number in range(1, 6)),
        ["Competence 06", "0 · Not yet"],
        ["Competence 07", "cannot say"],
    ]
    assert (sent.redirect_chain, said_on(sent)) == (
        [("/my/competence/", 302)],
        ["Thank you. Your assessment is kept. This is how you have grown."],
    )
    assert list(Assessment.objects.order_by("pk").values_list("level", "words")) == [*[(3, "")] * 5, (0, "I begin.")]


def test_one_comes_back_to_where_one_stopped(client, person, task) -> None:
    join(task.plan.circle, person, CircleRole.MEMBER)
    competences = planned(task.plan)
    client.post(address_of(task), {field("level", each): "2" for each in competences[:5]})

    again = client.get(address_of(task))
    back = client.get(address_of(task, "?page=1"))
    home = client.get("/home/")

    assert legends_of(again) == ["Competence 06", "Competence 07"]
    assert chosen_on(back) == [("level", "2")] * 5
    assert parts(home, r"<h3>(.*?)</h3>")[:1] == ["Assess yourself: Guiding"]
    assert "Go on" in home.content.decode()


def test_a_choice_is_kept_as_soon_as_it_is_made(client, person, task) -> None:
    first, second, *_ = planned(task.plan)
    values = {
        field("level", first): "4",
        field("words", second): "Half a sentence",
        field("links", first): "https://exa",
    }

    answer = client.post(address_of(task), values, headers={"HX-Request": "true"})

    task.refresh_from_db()
    assert (answer.status_code, answer.content) == (204, b"")
    assert task.draft == {
        str(first.ref): {"level": "4", "links": "https://exa"},
        str(second.ref): {"words": "Half a sentence"},
    }


def test_errors_say_what_to_mend_and_nothing_typed_is_lost(client, person, task) -> None:
    first, second, *_ = planned(task.plan)
    values = {
        field("level", first): "4",
        field("words", first): "Words.",
        field("links", first): "example.org",
        field("words", second): "No level.",
    }

    answer = client.post(address_of(task), values)

    assert errors_of(answer) == [
        "Write each link of “Competence 01” in full, for example https://example.org. This one cannot be read: example.org",
        "You wrote about “Competence 02”: choose a level too, or remove what you wrote.",
    ]
    assert chosen_on(answer) == [("level", "4")]
    assert parts(answer, r"<textarea[^>]*>(.*?)</textarea>")[:3] == ["Words.", "example.org", "No level."]
    task.refresh_from_db()
    assert task.draft[str(second.ref)] == {"words": "No level."}


def test_a_level_that_is_not_offered_is_refused(client, person, task) -> None:
    first = planned(task.plan)[0]

    answer = client.post(address_of(task), {field("level", first): "9"})

    assert errors_of(answer) == ["Choose one of the offered in “Competence 01”: what was chosen is not offered."]
    task.refresh_from_db()
    assert task.draft == {}


def test_sending_nothing_says_what_is_missing(client, person, task) -> None:
    answer = client.post(address_of(task, "send/"))

    assert errors_of(answer) == ["Choose a level for at least one competence. Then send your assessment."]
    assert Assessment.objects.count() == 0


def test_sent_twice_it_is_there_once(client, person, task) -> None:
    client.post(address_of(task), {field("level", planned(task.plan)[0]): "3"})

    answers = [client.post(address_of(task, "send/")).status_code for _ in range(2)]

    assert (answers, Assessment.objects.count()) == ([302, 302], 1)


def test_at_the_end_each_level_is_followed_by_the_look_back(client, person, task) -> None:
    said(person, planned(task.plan)[0], 5, timezone.localdate() - timedelta(days=90), moment=Moment.START)
    end = TaskFactory.create(plan=task.plan, person=person, moment=Moment.END)
    first = planned(task.plan)[0]

    page = client.get(address_of(end))
    client.post(address_of(end), {field("level", first): "4", field("then", first): "2"})
    client.post(address_of(end, "send/"))

    assert legends_of(page)[:2] == [
        "Competence 01", "Looking back: where were you at the start in “Competence 01”?"
    ]  # fmt: skip
    assert chosen_on(page) == []
    assert "What you said then is not shown here" in page.content.decode()
    levels = Assessment.objects.filter(task=end).order_by("pk").values_list("level", "moment")
    assert list(levels) == [(4, "end"), (2, "then")]


def test_what_was_sent_is_read_and_no_longer_changed(client, person, task) -> None:
    first = planned(task.plan)[0]
    link = "https://example.org/a my plan"
    client.post(
        address_of(task), {field("level", first): "3", field("words", first): "Words.", field("links", first): link}
    )
    client.post(address_of(task, "send/"))

    page = client.get(address_of(task))
    again = client.post(address_of(task), {field("level", first): "5"})

    assert title_of(page) == "Your assessment of yourself"
    assert parts(page, r"<li><div[^>]*>(.*?)</div></li>") == [
        "Competence 01 3 · Works independently in usual situations Words. my plan (opens in a new window)"
    ]
    assert 'rel="noopener noreferrer nofollow external" target="_blank"' in page.content.decode()
    assert (again.status_code, title_of(again)) == (200, "Your assessment of yourself")
    assert Assessment.objects.get().level == 3


def test_criteria_stand_by_their_levels(client, person) -> None:
    competence = CompetenceFactory.create(scale="three", name={"en": "Listens"})
    CriterionFactory.create(
        competence=competence, level=2, level_name={"en": "Good"}, text={"en": "waits for the answer"}
    )
    CriterionFactory.create(competence=competence, text={"en": "at all levels"})
    task = TaskFactory.create(plan=plan_with(competence), person=person)

    page = client.get(address_of(task))

    assert parts(page, r'<label class="choice">(.*?)</label>') == [
        "0 · Not yet", "Level 1", "2 · Good", "Level 3", "I cannot say"
    ]  # fmt: skip
    assert parts(page, r'<details class="more">(.*?)</details>')[0] == (
        "What is looked at in “Listens” at all levels 2 · Good waits for the answer"
    )


def test_a_mentor_reads_the_own_assessment_and_nothing_else(client, task) -> None:
    mentor = PersonFactory.create()
    asked = TaskFactory.create(plan=task.plan, person=task.person, assessor=mentor, assessed_by=AssessedBy.MENTOR)
    first = planned(task.plan)[0]
    said(task.person, first, 1, timezone.localdate(), words="A secret.")
    client.force_login(mentor)

    sheet = client.get(address_of(asked))
    client.post(address_of(asked), {field("level", first): "3"})
    sent = client.post(address_of(asked, "send/"), follow=True)

    assert title_of(sheet) == "Assess Aino Alku"
    assert title_of(sent) == "Your assessment of Aino Alku"
    pages = [sheet, sent, client.get("/my/competence/")]
    assert not any("A secret." in page.content.decode() for page in pages)
    assert [client.get(address).status_code for address in (address_of(task), address_of(task, "send/"))] == [404, 404]


def test_a_task_of_others_is_not_there(client, task) -> None:
    client.force_login(PersonFactory.create())

    found = [
        client.get(address_of(task)).status_code,
        client.post(address_of(task)).status_code,
        client.post(address_of(task, "send/")).status_code,
        client.post(address_of(task, "close/")).status_code,
    ]

    task.refresh_from_db()
    assert (found, task.state) == ([404] * 4, TaskState.ASKED)


def test_an_assessment_by_others_can_be_declined(client, person, task) -> None:
    peer = PersonFactory.create(given_name="Bo", family_name="Berg")
    asked = TaskFactory.create(plan=task.plan, person=person, assessor=peer, assessed_by=AssessedBy.PEER)
    before = client.get("/my/competence/").content.decode()

    answer = client.post(address_of(asked, "close/"), follow=True)

    asked.refresh_from_db()
    assert "Bo Berg has been asked: Guiding" in before
    assert asked.state == TaskState.CLOSED
    assert said_on(answer) == ["The assessment will not be made. Nobody asks for it again."]


def test_an_empty_growth_says_how_to_begin(client, person) -> None:
    page = client.get("/my/competence/")

    assert lead_of(page) == "Here you see how your competence grows: your own view beside that of others."
    assert parts(page, r'<div class="empty">.*?<h2>(.*?)</h2>') == ["Nothing has been assessed yet"]
    assert "/my/competence/areas/" in page.content.decode()


def test_one_assesses_oneself_in_an_area_whenever_one_wants(client, person) -> None:
    area = AreaFactory.create(name={"en": "Feedback"})
    competences = [CompetenceFactory.create(area=area, name={"en": f"Competence {number}"}) for number in range(6)]

    areas = client.get("/my/competence/areas/")
    first = client.post(f"/my/competence/areas/{area.ref}/", {field("level", competences[0]): "2"}, follow=True)
    done = client.post(f"/my/competence/areas/{area.ref}/?page=2", {field("level", competences[5]): "1"}, follow=True)

    assert "Feedback" in areas.content.decode()
    assert legends_of(first) == ["Competence 5"]
    assert (done.redirect_chain, said_on(done)) == ([("/my/competence/", 302)], ["Your assessment is kept."])
    assert list(Assessment.objects.order_by("pk").values_list("level", "moment")) == [(2, "other"), (1, "other")]


def test_growth_is_shown_after_one_has_looked_at_it(client, person) -> None:
    mentor = PersonFactory.create(given_name="Meri", family_name="Mentori")
    group_of(person, mentor=mentor)
    said(person, CompetenceFactory.create(name={"en": "Listens"}), 3, timezone.localdate())
    values = {"to": f"person:{mentor.ref}", "area": "", "until": ""}

    preview = client.post("/my/competence/shares/new/", values)
    before = GrowthShare.objects.count()
    shown = client.post("/my/competence/shares/new/", values | {"sure": "yes"}, follow=True)
    share = GrowthShare.objects.get()
    client.force_login(mentor)
    seen = client.get(f"/my/competence/shown/{share.ref}/")

    assert parts(preview, r"<h4>(.*?)</h4>") == ["Listens"]
    assert (before, title_of(shown)) == (0, "Shown to Meri Mentori")
    assert (title_of(seen), parts(seen, r"<h3>(.*?)</h3>")) == ("How Aino Alku has grown", ["Listens"])
    assert client.get(f"/my/competence/shares/{share.ref}/").status_code == 404
    assert client.post(f"/my/competence/shares/{share.ref}/end/").status_code == 404


def test_a_share_is_taken_back(client, person) -> None:
    mentor = PersonFactory.create()
    share = ShareFactory.create(person=person, shown_to=mentor)

    answer = client.post(f"/my/competence/shares/{share.ref}/end/", follow=True)

    assert said_on(answer) == ["It is not shown any more."]
    client.force_login(mentor)
    assert client.get(f"/my/competence/shown/{share.ref}/").status_code == 404


def test_showing_without_a_reader_says_what_to_choose(client, person) -> None:
    answer = client.post("/my/competence/shares/new/", {"to": "", "until": "31.2.2027", "sure": "yes"})

    assert errors_of(answer) == [
        "Choose one in “To whom?”.",
        "There is no such day. Check the day and the month in “Until when?”.",
    ]
    assert GrowthShare.objects.count() == 0


def test_one_asks_the_own_mentor(client, person, task) -> None:
    mentor = PersonFactory.create(given_name="Meri", family_name="Mentori")
    group_of(person, mentor=mentor, network=task.plan.circle.network)
    day = timezone.localdate() + timedelta(days=7)
    values = {"assessor": f"mentor:{mentor.ref}", "answer_by": f"{day.day}.{day.month}.{day.year}"}

    asked = client.post(f"/my/competence/plans/{task.plan.ref}/ask/", values, follow=True)
    again = client.post(f"/my/competence/plans/{task.plan.ref}/ask/", values)
    foreign = client.get(f"/my/competence/plans/{plan_with().ref}/ask/")

    assert said_on(asked) == ["Meri Mentori has been asked."]
    assert errors_of(again) == ["Meri Mentori has been asked already."]
    assert foreign.status_code == 404
    assert AssessmentTask.objects.filter(assessor=mentor, person=person).count() == 1


def test_pages_ask_as_often_for_many_as_for_few(client, person) -> None:
    task = TaskFactory.create(plan=plan_with(*names(3)), person=person)
    found = []
    for _ in range(2):
        for _ in range(2):
            competence = CompetenceFactory.create()
            row = said(person, competence, 3, timezone.localdate())
            AssessmentEvidence.objects.create(assessment=row, address="https://example.org/")
            plan = plan_with(*names(3))
            TaskFactory.create(plan=plan, person=person)
            TaskFactory.create(plan=plan, person=person, assessor=PersonFactory.create(), assessed_by=AssessedBy.PEER)
            ShareFactory.create(person=person, shown_to=PersonFactory.create())
            ShareFactory.create(shown_to=person)
            TaskFactory.create(assessor=person, assessed_by=AssessedBy.PEER, state="done", done_at=timezone.now())
        found.append((queries_for(client, "/my/competence/"), queries_for(client, address_of(task))))

    assert found[0] == found[1]


def test_reasons_stand_on_the_page_of_a_refusal(client, person, task) -> None:
    client.post(address_of(task), {field("level", planned(task.plan)[0]): "3"})
    client.post(address_of(task, "send/"))

    answer = client.post(address_of(task, "close/"))

    assert (answer.status_code, reasons_of(answer)) == (
        409, ["The assessment has been made already. It stays in the series."]
    )  # fmt: skip
