"""Plans of a circle: what is chosen, who is asked about whom, who is reminded, what a coordinator never sees."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.competence.enums import AssessedBy, Moment, TaskState
from luotsi.competence.models import AssessmentPlan, AssessmentTask
from luotsi.competence.queries.plans import (
    Candidate,
    candidates_for,
    circles_to_plan_for,
    own_candidates_for,
    plans_for,
)
from luotsi.competence.services.plans import (
    Request,
    Round,
    ask,
    ask_about,
    ask_for_oneself,
    choose_in_area,
    end_plan,
    make_plan,
    remind,
)
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.people.enums import CircleKind, CircleRole, Role
from tests.factories.assessments import TaskFactory, group_of, plan_with, planned
from tests.factories.competence import AreaFactory, CompetenceFactory
from tests.factories.people import (
    CircleFactory,
    NetworkFactory,
    OrganisationFactory,
    PersonFactory,
    coordinator_of,
    grant,
    join,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
LATER = timedelta(days=14)


def round_of(*people, moment=Moment.START, **values) -> Round:
    return Round(moment=moment, answer_by=TODAY() + LATER, people=people, **values)


@pytest.fixture
def network():
    return NetworkFactory.create()


@pytest.fixture
def coordinator(network):
    return coordinator_of(network)


@pytest.fixture
def mentor():
    return PersonFactory.create(given_name="Meri")


@pytest.fixture
def two():
    return PersonFactory.create(given_name="Aino"), PersonFactory.create(given_name="Bo")


@pytest.fixture
def plan(network, mentor, two):
    return plan_with(circle=group_of(*two, network=network, mentor=mentor, name="Supervisors"), name="Guiding")


def tasks_of(plan) -> set[tuple]:
    tasks = plan.tasks.exclude(state=TaskState.CLOSED)
    return {(task.person, task.assessor, task.assessed_by, task.moment) for task in tasks}


def test_a_coordinator_makes_a_plan_for_the_own_network_only(network, coordinator) -> None:
    circle = group_of(PersonFactory.create(), network=network)
    foreign = NetworkFactory.create()
    other = group_of(PersonFactory.create(), network=foreign)

    made = make_plan(circle, name=" Guiding ", by=coordinator)
    for somebody, somewhere in ((coordinator, other), (PersonFactory.create(), circle)):
        with pytest.raises(RefusedError, match="Only a coordinator"):
            make_plan(somewhere, name="Guiding", by=somebody)

    assert (made.name, AssessmentPlan.objects.count()) == ("Guiding", 1)
    assert list(plans_for(coordinator)) == [made]
    assert list(plans_for(coordinator_of(foreign))) == []
    assert [each.pk for each in circles_to_plan_for(coordinator)] == [circle.pk]


def test_competences_are_chosen_area_by_area_and_forty_at_most(plan, coordinator) -> None:
    area = AreaFactory.create()
    many = [CompetenceFactory.create(area=area) for _ in range(39)]
    before = planned(plan)

    assert choose_in_area(plan, area, many[:3], by=coordinator) == 5
    assert choose_in_area(plan, area, many[1:2], by=coordinator) == 3
    with pytest.raises(RefusedError, match="That would be 41 competences"):
        choose_in_area(plan, area, many, by=coordinator)

    assert planned(plan) == [*before, many[1]]


def test_competences_stay_once_somebody_was_asked(plan, coordinator, two) -> None:
    before = planned(plan)
    ask(plan, round_of(*two), by=coordinator)

    with pytest.raises(RefusedError, match="asked already"):
        choose_in_area(plan, before[0].area, [], by=coordinator)

    assert planned(plan) == before


def test_people_and_their_mentors_are_asked_once_and_told(plan, coordinator, mentor, two) -> None:
    aino, bo = two

    counts = [
        ask(plan, round_of(aino), by=coordinator),
        ask(plan, round_of(aino, bo, mentors=True), by=coordinator),
        ask(plan, round_of(aino, bo, mentors=True), by=coordinator),
        ask(plan, round_of(aino, moment=Moment.END), by=coordinator),
    ]

    assert counts == [1, 3, 0, 1]
    assert tasks_of(plan) == {
        (aino, aino, AssessedBy.SELF, Moment.START),
        (bo, bo, AssessedBy.SELF, Moment.START),
        (aino, mentor, AssessedBy.MENTOR, Moment.START),
        (bo, mentor, AssessedBy.MENTOR, Moment.START),
        (aino, aino, AssessedBy.SELF, Moment.END),
    }
    subjects = Message.objects.order_by("pk").values_list("recipient_ref", "subject")
    assert sorted(subjects) == sorted(
        [
            (aino.ref, "Assess yourself: Guiding"),
            (bo.ref, "Assess yourself: Guiding"),
            (mentor.ref, f"Assess {aino}: Guiding"),
            (mentor.ref, f"Assess {bo}: Guiding"),
            (aino.ref, "Assess yourself: Guiding"),
        ]
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"people": ()}, "Choose at least one person"),
        ({"selves": False}, "Choose at least one person"),
        ({"moment": Moment.THEN}, "the start or the end"),
        ({"answer_by": timedelta(days=-1)}, "has passed already"),
        ({"answer_by": timedelta(days=400)}, "more than a year away"),
        ({"people": "somebody else"}, "not in the circle any more"),
    ],
)
def test_asking_is_refused_with_a_reason(plan, coordinator, two, change, why) -> None:
    values = {"moment": Moment.START, "answer_by": TODAY() + LATER, "people": two} | change
    if isinstance(values["answer_by"], timedelta):
        values["answer_by"] = TODAY() + values["answer_by"]
    if values["people"] == "somebody else":
        values["people"] = (PersonFactory.create(),)

    with pytest.raises(RefusedError, match=why):
        ask(plan, Round(**values), by=coordinator)

    assert (AssessmentTask.objects.count(), Message.objects.count()) == (0, 0)


def test_a_plan_without_competences_asks_nobody(plan, coordinator, two) -> None:
    plan.planned.all().delete()

    with pytest.raises(RefusedError, match="Choose the competences first"):
        ask(plan, round_of(*two), by=coordinator)


def test_what_was_asked_long_ago_is_brought_in_without_letters(plan, two) -> None:
    asked = ask(plan, Round(moment=Moment.START, answer_by=TODAY() - LATER, people=two), by=SYSTEM)

    assert (asked, Message.objects.count()) == (2, 0)


def test_candidates_are_mentors_peers_colleagues_and_assessors(plan, network, mentor, two) -> None:
    aino, bo = two
    workplace = OrganisationFactory.create()
    colleague, assessor = PersonFactory.create(), PersonFactory.create()
    for person in (aino, colleague):
        grant(person, Role.MEMBER, organisation=workplace)
    grant(PersonFactory.create(), Role.MEMBER, organisation=OrganisationFactory.create())
    grant(assessor, Role.ASSESSOR, network=network)
    grant(PersonFactory.create(), Role.ASSESSOR, network=NetworkFactory.create())
    pair = CircleFactory.create(kind=CircleKind.PAIR, network=network)
    own_mentor = PersonFactory.create()
    join(pair, aino, CircleRole.MENTEE)
    join(pair, own_mentor, CircleRole.MENTOR)
    programme = CircleFactory.create(kind=CircleKind.PROGRAMME, network=network)
    for person, role in ((aino, CircleRole.MENTEE), (PersonFactory.create(), CircleRole.MENTOR)):
        join(programme, person, role)

    found = {(each.person, each.assessed_by) for each in candidates_for(aino, plan)}
    own = {(each.person, each.assessed_by) for each in own_candidates_for(aino, plan)}

    assert own == {(mentor, AssessedBy.MENTOR), (own_mentor, AssessedBy.MENTOR), (bo, AssessedBy.PEER)}
    assert found == own | {(colleague, AssessedBy.WORKPLACE), (assessor, AssessedBy.ASSESSOR)}


def test_one_is_asked_about_another(plan, coordinator, two) -> None:
    aino, bo = two
    peer = Candidate(person=bo, assessed_by=AssessedBy.PEER)
    request = Request(candidate=peer, moment=Moment.START, answer_by=TODAY() + LATER)

    task = ask_about(plan, aino, request, by=coordinator)
    stranger = Request(
        candidate=Candidate(person=PersonFactory.create(), assessed_by=AssessedBy.PEER),
        moment=Moment.START,
        answer_by=TODAY() + LATER,
    )
    for person, wanted, why in (
        (aino, request, "asked already"),
        (aino, stranger, "cannot be asked so"),
        (PersonFactory.create(), request, "not in the circle"),
    ):
        with pytest.raises(RefusedError, match=why):
            ask_about(plan, person, wanted, by=coordinator)

    assert tasks_of(plan) == {(aino, bo, AssessedBy.PEER, Moment.START)}
    assert Message.objects.get().recipient_ref == task.assessor.ref


def test_a_person_asks_the_own_mentor_at_the_moment_it_is(plan, coordinator, mentor, two) -> None:
    aino, bo = two
    known = Candidate(person=mentor, assessed_by=AssessedBy.MENTOR)
    day = TODAY() + LATER
    with pytest.raises(RefusedError, match="not assessed in this plan"):
        ask_for_oneself(plan, known, answer_by=day, by=aino)
    ask(plan, round_of(aino), by=coordinator)

    ask_for_oneself(plan, known, answer_by=day, by=aino)
    with pytest.raises(RefusedError, match="asked already"):
        ask_for_oneself(plan, known, answer_by=day, by=aino)
    with pytest.raises(RefusedError, match="your own pairs and groups"):
        ask_for_oneself(
            plan, Candidate(person=PersonFactory.create(), assessed_by=AssessedBy.PEER), answer_by=day, by=aino
        )
    ask(plan, round_of(aino, moment=Moment.END), by=coordinator)
    ask_for_oneself(plan, Candidate(person=bo, assessed_by=AssessedBy.PEER), answer_by=day, by=aino)

    assert tasks_of(plan) == {
        (aino, aino, AssessedBy.SELF, Moment.START),
        (aino, mentor, AssessedBy.MENTOR, Moment.START),
        (aino, aino, AssessedBy.SELF, Moment.END),
        (aino, bo, AssessedBy.PEER, Moment.END),
    }


def test_those_who_have_not_answered_are_reminded_every_three_days_at_most(plan, coordinator, two) -> None:
    aino, bo = two
    TaskFactory.create(plan=plan, person=aino)
    TaskFactory.create(plan=plan, person=bo, state=TaskState.DONE)
    TaskFactory.create(plan=plan, answer_by=TODAY() - timedelta(days=1))

    assert remind(plan, by=coordinator) == 1
    with pytest.raises(RefusedError, match="less than three days ago"):
        remind(plan, by=coordinator)
    AssessmentPlan.objects.update(reminded_on=TODAY() - timedelta(days=3))
    assert remind(plan, by=coordinator) == 1

    assert [each.recipient_ref for each in Message.objects.all()] == [aino.ref, aino.ref]


def test_when_there_is_nobody_to_remind_it_says_so(plan, coordinator) -> None:
    with pytest.raises(RefusedError, match="nobody to remind"):
        remind(plan, by=coordinator)

    plan.refresh_from_db()
    assert plan.reminded_on is None


def test_a_plan_that_has_ended_asks_nobody(plan, coordinator, two) -> None:
    task = TaskFactory.create(plan=plan, person=two[0], draft={"x": {"level": "1"}})

    end_plan(plan, by=coordinator)
    end_plan(plan, by=coordinator)

    task.refresh_from_db()
    assert (task.state, task.draft, plan.ended_at is not None) == (TaskState.CLOSED, {}, True)
    for act in (
        lambda: ask(plan, round_of(*two), by=coordinator),
        lambda: remind(plan, by=coordinator),
        lambda: choose_in_area(plan, AreaFactory.create(), [], by=coordinator),
    ):
        with pytest.raises(RefusedError, match="has been closed"):
            act()


def test_another_coordinator_changes_nothing(plan, two) -> None:
    other = coordinator_of(NetworkFactory.create())

    for act in (
        lambda: ask(plan, round_of(*two), by=other),
        lambda: remind(plan, by=other),
        lambda: end_plan(plan, by=other),
        lambda: choose_in_area(plan, AreaFactory.create(), [], by=other),
    ):
        with pytest.raises(RefusedError, match="Only a coordinator"):
            act()

    plan.refresh_from_db()
    assert (plan.ended_at, plan.tasks.count(), plan.planned.count()) == (None, 0, 2)
