"""Who has done the training, and that nobody without it is matched where the model says so."""

import pytest

from luotsi.matching.queries import problem_of
from luotsi.programmes.enums import ActivityState, AnswerState, AttendanceState
from luotsi.programmes.models.programmes import Round
from luotsi.programmes.queries.descriptions import shipped_text
from luotsi.programmes.queries.participations import free_counts_of, free_participations_of
from luotsi.programmes.queries.training import comes_first, lacking_in, training_done
from tests.factories.activities import activity_in, answer_to, assignment_in, partner_in, phase_of, wall, was_at
from tests.factories.people import PersonFactory
from tests.factories.programmes import MODEL, mentee, mentor, open_round

pytestmark = pytest.mark.django_db


def round_with(*, training_first: bool) -> Round:
    text = shipped_text(MODEL)
    value = str(training_first).lower()
    lines = [f"  training_first: {value}" if "training_first:" in line else line for line in text.splitlines()]
    if not any("training_first:" in line for line in lines):
        lines.insert(lines.index("matching:") + 1, f"  training_first: {value}")
    return open_round(description="\n".join(lines) + "\n")


@pytest.fixture
def round_() -> Round:
    return round_with(training_first=True)


def test_training_is_done_when_all_that_is_required_is(round_) -> None:
    programme, part = round_.programme, mentor(round_)
    first, second = activity_in(programme), activity_in(programme)
    assignment = assignment_in(programme)
    activity_in(programme, is_required=False)
    activity_in(programme, kind="kick_off")
    activity_in(programme, for_whom=["mentee"])
    activity_in(programme, state=ActivityState.CANCELLED)

    steps = [training_done(part)]
    was_at(first, part.person)
    steps.append(training_done(part))
    row = was_at(second, part.person, AttendanceState.SIGNED_UP)
    answer = answer_to(assignment, part.person)
    steps.append(training_done(part))
    row.amend(state=AttendanceState.ATTENDED)
    steps.append(training_done(part))
    answer.amend(state=AnswerState.ACCEPTED)
    steps.append(training_done(part))

    assert steps == [False, False, False, False, True]


def test_where_nothing_is_required_nothing_lacks(round_) -> None:
    assert training_done(mentor(round_)) is True
    assert lacking_in(round_.programme) == []


def test_nobody_without_the_training_is_matched_where_the_model_says_so(round_) -> None:
    session = activity_in(round_.programme, for_whom=["mentor"])
    trained, _untrained, waiting = mentor(round_), mentor(round_), mentee(round_)
    was_at(session, trained.person)
    elsewhere = round_with(training_first=True)
    mentor(elsewhere)

    problem = problem_of(round_.programme)

    assert comes_first(round_.programme) is True
    assert [each.key for each in problem.mentors] == [str(trained.person.ref)]
    assert [each.key for each in problem.mentees] == [str(waiting.person.ref)]
    counts = free_counts_of(round_.programme)
    assert (counts.mentors, counts.mentees, counts.places_free) == (1, 1, trained.places)


def test_everybody_is_matched_where_the_model_does_not_say_so() -> None:
    round_ = round_with(training_first=False)
    activity_in(round_.programme)
    mentor(round_)
    mentee(round_)

    problem = problem_of(round_.programme)

    assert (len(problem.mentors), len(problem.mentees)) == (1, 1)


def test_training_after_pairs_are_formed_is_not_waited_for(round_) -> None:
    programme, part = round_.programme, mentor(round_)
    before = activity_in(programme, phase=phase_of(programme, "matching", stage="matching"))
    activity_in(programme, phase=phase_of(programme, "running", stage="running"))

    assert training_done(part) is False
    was_at(before, part.person)
    assert training_done(part) is True


def test_what_a_partner_requires_is_required_of_its_people(round_) -> None:
    partner = partner_in(round_.programme)
    own, other = mentor(round_, organisation=partner.organisation), mentor(round_)
    activity_in(round_.programme, partner=partner)

    assert (training_done(own), training_done(other)) == (False, True)


def test_a_coordinator_sees_who_lacks_what(round_) -> None:
    programme = round_.programme
    session, assignment = (
        activity_in(programme, "Session", starts_local=wall(3)),
        assignment_in(programme, "Assignment"),
    )
    done, half, nothing = (
        mentor(round_, person=PersonFactory.create(given_name=name, sort_key=name)) for name in ("A", "B", "C")
    )
    for part in (done, half):
        was_at(session, part.person)
    answer_to(assignment, done.person, AnswerState.ACCEPTED)

    found = [
        (each.part.person.given_name, [str(row.name) for row in each.activities]) for each in lacking_in(programme)
    ]

    assert found == [("B", ["Assignment"]), ("C", ["Session", "Assignment"])]
    assert nothing.person.given_name == "C"


@pytest.mark.parametrize("count", [1, 3])
def test_however_many_there_are_the_training_is_asked_in_as_many_queries(
    round_, count: int, django_assert_num_queries
) -> None:
    activity_in(round_.programme)
    for _ in range(count):
        mentor(round_)

    with django_assert_num_queries(3):
        list(free_participations_of(round_.programme))
    with django_assert_num_queries(4):
        lacking_in(round_.programme)
