"""Assessing: a sheet saves itself, is sent once, and is never changed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from luotsi.competence.enums import AssessedBy, Moment, TaskState
from luotsi.competence.formats.entries import CANNOT_SAY, Entry
from luotsi.competence.models import Assessment, AssessmentEvidence, AssessmentTask
from luotsi.competence.queries import assessments
from luotsi.competence.services.assessments import assess_oneself, close_task, keep_draft, send
from luotsi.competence.services.plans import close_overdue
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry
from tests.factories.assessments import TaskFactory, plan_with, planned
from tests.factories.competence import AreaFactory, CompetenceFactory, FrameworkFactory
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of
from tests.waiting import things_waiting

pytestmark = pytest.mark.django_db


def rows_of(person) -> list[tuple]:
    said = Assessment.objects.filter(person=person).order_by("pk")
    return [(row.competence.name["en"], row.level, row.assessed_by, row.moment, row.words) for row in said]


@pytest.fixture
def task() -> AssessmentTask:
    first, second = CompetenceFactory.create(name={"en": "Listens"}), CompetenceFactory.create(name={"en": "Asks"})
    return TaskFactory.create(plan=plan_with(first, second))


def refs(task) -> list:
    return [competence.ref for competence in planned(task.plan)]


def test_a_draft_is_kept_page_by_page(task) -> None:
    listens, asks = refs(task)

    keep_draft(task, {listens: Entry(level="3", words="In the morning.", links="https://exa")}, by=task.person)
    keep_draft(task, {asks: Entry(level=CANNOT_SAY)}, by=task.person)

    task.refresh_from_db()
    assert task.draft == {
        str(listens): {"level": "3", "words": "In the morning.", "links": "https://exa"},
        str(asks): {"level": CANNOT_SAY},
    }
    keep_draft(task, {listens: Entry()}, by=task.person)
    assert task.draft == {str(asks): {"level": CANNOT_SAY}}
    assert Assessment.objects.count() == 0


def test_what_is_not_on_the_sheet_is_refused(task) -> None:
    other = CompetenceFactory.create()

    with pytest.raises(RefusedError, match="not on the sheet"):
        keep_draft(task, {refs(task)[0]: Entry(level="3"), other.ref: Entry(level="3")}, by=task.person)
    with pytest.raises(RefusedError, match="Write less"):
        keep_draft(task, {refs(task)[0]: Entry(level="3", words="a" * 2001)}, by=task.person)

    task.refresh_from_db()
    assert task.draft == {}


def test_a_sheet_is_sent_as_rows_and_once(task) -> None:
    listens, asks = refs(task)
    links = "https://example.org/plan my plan\nhttps://example.org/video"
    keep_draft(task, {listens: Entry(level="0", words=" I begin. ", links=links)}, by=task.person)
    keep_draft(task, {asks: Entry(level=CANNOT_SAY)}, by=task.person)

    send(task, by=task.person)
    send(task, by=task.person)

    assert rows_of(task.person) == [("Listens", 0, "self", "start", "I begin.")]
    assert list(AssessmentEvidence.objects.order_by("pk").values_list("address", "label")) == [
        ("https://example.org/plan", "my plan"),
        ("https://example.org/video", ""),
    ]
    assert (task.state, task.draft, task.done_at is not None) == (TaskState.DONE, {}, True)
    assert Assessment.objects.get().on == timezone.localdate()
    assert AuditEntry.objects.filter(verb="competence.assessed").count() == 1


def test_at_the_end_the_start_is_asked_again(task) -> None:
    task = TaskFactory.create(plan=task.plan, person=task.person, moment=Moment.END)
    listens, asks = refs(task)
    keep_draft(task, {listens: Entry(level="4", then="2"), asks: Entry(level="3", then=CANNOT_SAY)}, by=task.person)

    send(task, by=task.person)

    assert rows_of(task.person) == [
        ("Listens", 4, "self", "end", ""),
        ("Listens", 2, "self", "then", ""),
        ("Asks", 3, "self", "end", ""),
    ]


def test_others_are_not_asked_to_look_back(task) -> None:
    mentor = PersonFactory.create()
    asked = TaskFactory.create(
        plan=task.plan, person=task.person, assessor=mentor, assessed_by=AssessedBy.MENTOR, moment=Moment.END
    )
    keep_draft(asked, {refs(task)[0]: Entry(level="4", then="2")}, by=mentor)

    send(asked, by=mentor)

    assert rows_of(task.person) == [("Listens", 4, "mentor", "end", "")]


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (Entry(level="6"), "Choose one of the offered levels for “Listens”."),
        (Entry(level="-1"), "Choose one of the offered levels for “Listens”."),
        (Entry(level="²"), "Choose one of the offered levels for “Listens”."),
        (
            Entry(words="Seen it."),
            "You wrote about “Listens” but chose no level. Choose one, or remove what you wrote.",
        ),
        (
            Entry(level="3", links="example.org"),
            "Look at the links of “Listens” again: one full address on a line, five at most.",
        ),
        (Entry(level=CANNOT_SAY), "Choose a level for at least one competence. Then send your assessment."),
    ],
)
def test_a_sheet_with_a_fault_is_not_sent(task, entry, why) -> None:
    keep_draft(task, {refs(task)[0]: entry}, by=task.person)
    kept = dict(task.draft)

    with pytest.raises(RefusedError) as refused:
        send(task, by=task.person)

    task.refresh_from_db()
    assert str(refused.value.text) == why
    assert (Assessment.objects.count(), task.state, task.draft) == (0, TaskState.ASKED, kept)


def test_a_level_is_one_of_the_scale() -> None:
    passing = CompetenceFactory.create(scale="passed", name={"en": "Works safely"})
    task = TaskFactory.create(plan=plan_with(passing))
    keep_draft(task, {passing.ref: Entry(level="2")}, by=task.person)

    with pytest.raises(RefusedError, match="offered levels"):
        send(task, by=task.person)
    keep_draft(task, {passing.ref: Entry(level="1")}, by=task.person)
    send(task, by=task.person)

    assert rows_of(task.person) == [("Works safely", 1, "self", "start", "")]


def test_nobody_but_the_one_who_was_asked_fills_it_in(task) -> None:
    coordinator = coordinator_of(task.plan.circle.network)
    entries = {refs(task)[0]: Entry(level="3")}

    for somebody in (PersonFactory.create(), coordinator, SYSTEM):
        with pytest.raises(RefusedError, match="Only the one who was asked"):
            keep_draft(task, entries, by=somebody)
        with pytest.raises(RefusedError, match="Only the one who was asked"):
            send(task, by=somebody)

    task.refresh_from_db()
    assert (task.draft, Assessment.objects.count()) == ({}, 0)


def test_what_was_sent_is_never_changed(task) -> None:
    listens = refs(task)[0]
    keep_draft(task, {listens: Entry(level="3")}, by=task.person)
    send(task, by=task.person)

    with pytest.raises(RefusedError, match="sent this assessment already"):
        keep_draft(task, {listens: Entry(level="5")}, by=task.person)
    with pytest.raises(RefusedError, match="made already"):
        close_task(task, by=task.person)

    assert rows_of(task.person) == [("Listens", 3, "self", "start", "")]


def test_a_correction_stands_beside_what_was_said_first(task) -> None:
    listens = refs(task)[0]
    keep_draft(task, {listens: Entry(level="3")}, by=task.person)
    send(task, by=task.person)

    assert assess_oneself(task.person, {listens: Entry(level="4")}, by=task.person) == 1

    assert rows_of(task.person) == [("Listens", 3, "self", "start", ""), ("Listens", 4, "self", "other", "")]


@pytest.mark.parametrize("who", ["the person", "the assessor", "a coordinator"])
def test_an_assessment_that_nobody_wants_is_closed(task, who) -> None:
    mentor = PersonFactory.create()
    asked = TaskFactory.create(plan=task.plan, person=task.person, assessor=mentor, assessed_by=AssessedBy.MENTOR)
    keep_draft(asked, {refs(task)[0]: Entry(level="3", words="Words.")}, by=mentor)
    doer = {
        "the person": task.person,
        "the assessor": mentor,
        "a coordinator": coordinator_of(task.plan.circle.network),
    }[who]

    close_task(asked, by=doer)
    close_task(asked, by=doer)

    asked.refresh_from_db()
    assert (asked.state, asked.draft, things_waiting(assessments, mentor)) == (TaskState.CLOSED, {}, [])
    with pytest.raises(RefusedError, match="closed"):
        keep_draft(asked, {refs(task)[0]: Entry(level="3")}, by=mentor)


def test_a_stranger_closes_nothing(task) -> None:
    for stranger in (PersonFactory.create(), coordinator_of(NetworkFactory.create())):
        with pytest.raises(RefusedError, match="Only the two"):
            close_task(task, by=stranger)

    task.refresh_from_db()
    assert task.state == TaskState.ASKED


def test_assessing_oneself_twice_on_a_day_counts_once() -> None:
    person = PersonFactory.create()
    first, second = CompetenceFactory.create(name={"en": "Listens"}), CompetenceFactory.create(name={"en": "Asks"})
    entries = {first.ref: Entry(level="2", words="Words."), second.ref: Entry()}

    counts = [
        assess_oneself(person, entries, by=person),
        assess_oneself(person, entries, by=person),
        assess_oneself(person, entries | {first.ref: Entry(level="3", words="Words.")}, by=person),
        assess_oneself(person, {first.ref: Entry(level="3", words="Words.")}, by=person, on=date(2026, 1, 5)),
    ]

    assert counts == [1, 0, 1, 1]
    assert [row[1] for row in rows_of(person)] == [2, 3, 3]


def test_one_assesses_oneself_in_current_frameworks_of_the_own_networks() -> None:
    person = PersonFactory.create()
    retired = CompetenceFactory.create(
        area=AreaFactory.create(framework=FrameworkFactory.create(retired_at=timezone.now()))
    )
    network = NetworkFactory.create()
    others = FrameworkFactory.create(network=network)
    foreign = CompetenceFactory.create(area=AreaFactory.create(framework=others))

    for competence in (retired, foreign):
        with pytest.raises(RefusedError, match="newer version"):
            assess_oneself(person, {competence.ref: Entry(level="2")}, by=person)
    with pytest.raises(RefusedError, match="Nobody but you"):
        assess_oneself(person, {CompetenceFactory.create().ref: Entry(level="2")}, by=PersonFactory.create())
    coordinator = coordinator_of(network)
    counted = assess_oneself(coordinator, {foreign.ref: Entry(level="2")}, by=coordinator)

    assert (counted, Assessment.objects.count()) == (1, 1)


def test_home_names_what_waits_the_most_pressing_first(task) -> None:
    person = task.person
    today = timezone.localdate()
    soon = TaskFactory.create(
        plan=plan_with(name="Guiding"), person=PersonFactory.create(given_name="Aino", family_name="Alku"),
        assessor=person, assessed_by=AssessedBy.MENTOR, answer_by=today + timedelta(days=2),
        draft={"x": {"level": "1"}},
    )  # fmt: skip
    TaskFactory.create(person=person, state=TaskState.CLOSED)
    TaskFactory.create(person=person, plan=plan_with(ended_at=timezone.now()))
    TaskFactory.create()

    things = things_waiting(assessments, person)

    assert [(thing.title, thing.label, thing.by_when) for thing in things] == [
        ("Assess Aino Alku: Guiding", "Go on", soon.answer_by),
        (f"Assess yourself: {task.plan.name}", "Begin", task.answer_by),
    ]
    assert [thing.address for thing in things] == [f"/my/competence/tasks/{each.ref}/" for each in (soon, task)]


def test_two_weeks_after_its_last_day_a_task_is_closed(task) -> None:
    today = timezone.localdate()
    TaskFactory.create(answer_by=today - timedelta(days=14))
    old = TaskFactory.create(answer_by=today - timedelta(days=15), draft={"x": {"level": "1"}})

    assert (close_overdue(by=SYSTEM), close_overdue(by=SYSTEM)) == (1, 0)

    old.refresh_from_db()
    assert (old.state, old.draft) == (TaskState.CLOSED, {})
    assert AssessmentTask.objects.filter(state=TaskState.ASKED).count() == 2
