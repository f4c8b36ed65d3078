"""How a group has grown: means of five or more, of the same people, and nothing that gives a few away."""

import pytest
from django.utils import timezone

from luotsi.competence.enums import Moment
from luotsi.competence.queries.groups import NotShown, group_growth_of
from tests.factories.assessments import TaskFactory, plan_with, said
from tests.factories.competence import CompetenceFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

STARTS = (2, 2, 3, 1, 3, 2, 3, 4, 2)
ENDS = (3, 4, 3, 2, 4, 3, 4, 4, 3)


def answered(plan, competence, levels: dict, person=None) -> None:
    """One person has said these levels of the self at these moments."""
    person = person or PersonFactory.create()
    for moment, level in levels.items():
        at = Moment.END if moment == Moment.THEN else moment
        task = plan.tasks.filter(person=person, moment=at).first() or TaskFactory.create(
            plan=plan, person=person, moment=at
        )
        said(person, competence, level, timezone.localdate(), moment=moment, task=task)


def group(starts, ends, thens=None, *, ended=True, scale=""):
    competence = CompetenceFactory.create(name={"en": "Giving feedback"}, scale=scale)
    plan = plan_with(competence, ended_at=timezone.now() if ended else None)
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        then = {} if thens is None or thens[place] is None else {Moment.THEN: thens[place]}
        answered(plan, competence, {Moment.START: start, Moment.END: end} | then)
    return plan


def test_the_change_of_a_group_is_told_with_what_is_not_sure_of_it() -> None:
    growth = group_growth_of(group(STARTS, ENDS))

    [change] = growth.changes
    assert (change.people, round(change.start, 3), round(change.end, 3)) == (9, 2.444, 3.333)
    assert change.sentence == (
        "In “Giving feedback” the group rose from 2.4 to 3.3. "
        "With 9 people the true change very likely lies between 0.4 and 1.4."
    )
    [chart] = growth.charts
    assert [str(name) for name in chart.series] == ["at the start", "at the end"]
    assert chart.conclusion == "In 1 of 1 competences the group has surely risen."


def test_four_are_never_shown_and_five_are() -> None:
    assert group_growth_of(group(STARTS[:4], ENDS[:4])).why_not == NotShown.TOO_FEW
    assert group_growth_of(group(STARTS[:5], ENDS[:5])).changes[0].people == 5


def test_nothing_is_shown_before_the_plan_ends() -> None:
    growth = group_growth_of(group(STARTS, ENDS, ended=False))

    assert (growth.changes, growth.charts, growth.why_not) == ((), (), NotShown.NOT_ENDED)


def test_all_figures_of_a_competence_are_of_the_same_people() -> None:
    thens = (1, 2, 1, 1, 2, None, None, None, None)
    plan = group(STARTS, ENDS, thens)
    competence = plan.planned.get().competence
    answered(plan, competence, {Moment.START: 5})  # never came back
    answered(plan, competence, {Moment.END: 5})  # came later

    [change] = group_growth_of(plan).changes

    assert (change.people, change.start, change.then, change.end) == (5, 2.2, 1.4, 3.2)


def test_looking_back_is_left_out_when_too_few_did() -> None:
    growth = group_growth_of(group(STARTS, ENDS, (1, 2, 1, 1, *[None] * 5)))

    assert (growth.changes[0].people, growth.changes[0].then) == (9, None)
    assert len(growth.charts[0].series) == 2


@pytest.mark.parametrize(("starts", "ends"), [((0, 0, 0, 0, 0), (1, 2, 3, 2, 1)), ((1, 2, 3, 2, 1), (5, 5, 5, 5, 5))])
def test_a_mean_that_tells_what_everybody_said_is_not_shown(starts, ends) -> None:
    assert group_growth_of(group(starts, ends)).why_not == NotShown.TOO_FEW


def test_that_all_moved_alike_is_not_told() -> None:
    [change] = group_growth_of(group((1, 2, 3, 2, 1), (2, 3, 4, 3, 2))).changes

    assert change.sentence == "In “Giving feedback” the group rose from 1.8 to 2.8."


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        ((1, 1, 2, 1, 2), "In “Giving feedback” the group fell from 2.2 to 1.4."),
        ((3, 1, 3, 1, 3), "In “Giving feedback” the group stayed at 2.2."),
    ],
)
def test_a_group_may_fall_or_stay(ends, sentence) -> None:
    [change] = group_growth_of(group((2, 2, 3, 1, 3), ends)).changes

    assert change.sentence.startswith(sentence)


def test_scales_do_not_stand_side_by_side() -> None:
    three, five = CompetenceFactory.create(scale="three"), CompetenceFactory.create(scale="five")
    plan = plan_with(three, five, ended_at=timezone.now())
    for start in (1, 2, 1, 2, 3):
        person = PersonFactory.create()
        for competence in (three, five):
            answered(plan, competence, {Moment.START: start, Moment.END: start % 3 + 1}, person)

    growth = group_growth_of(plan)

    assert [(chart.ceiling, len(chart.bars)) for chart in growth.charts] == [(3, 1), (5, 1)]


def test_assessments_outside_the_plan_do_not_count() -> None:
    plan = group(STARTS[:5], ENDS[:5])
    competence = plan.planned.get().competence
    other = plan_with(competence)
    for task in plan.tasks.filter(moment=Moment.END):
        answered(other, competence, {Moment.END: 0}, task.person)
        said(task.person, competence, 0, timezone.localdate())

    [change] = group_growth_of(plan).changes

    assert (change.people, change.end) == (5, 3.2)


def test_a_group_is_read_in_two_queries(django_assert_num_queries) -> None:
    plan = group(STARTS, ENDS)

    with django_assert_num_queries(2):
        group_growth_of(plan)
