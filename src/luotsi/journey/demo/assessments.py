"""A group of supervisors in the demo region: what they are assessed in at the start and at the end, dated as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING

from luotsi.competence.enums import AssessedBy, Moment
from luotsi.competence.formats.entries import CANNOT_SAY, Entry
from luotsi.competence.models import Area, Assessment, Competence, Framework
from luotsi.competence.queries.assessments import asks_then
from luotsi.competence.services import assessments, frameworks, plans, shares
from luotsi.core.actors import SYSTEM
from luotsi.journey.demo import play
from luotsi.mentoring.enums import RelationshipState
from luotsi.people.enums import CircleKind, CircleRole, Role
from luotsi.people.services.circles import join_circle, open_circle
from luotsi.people.services.memberships import grant
from luotsi.programmes.enums import PartRole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from luotsi.competence.models import AssessmentPlan, AssessmentTask
    from luotsi.mentoring.models import Relationship
    from luotsi.people.models import Circle, Organisation, Person

OWN_FRAMEWORK = "guiding-at-work"
PEOPLE = 8
WORKPLACES = 3
COMPETENCES = 10
LOWEST_START, HIGHEST_START, MOST_RISE, TOP = 1, 3, 2, 5
NAMES = {
    "group": {
        "fi": "Majoitus-, ravitsemis- ja puhdistusalan esihenkilöt",
        "sv": "Chefer inom inkvartering, kosthåll och renhållning",
        "en": "Supervisors of hospitality and cleaning",
    },
    "now": {"fi": "Ohjaaminen työssä", "sv": "Handledning i arbetet", "en": "Guiding at work"},
    "before": {"fi": "Perehdyttäminen", "sv": "Introduktion", "en": "Induction"},
    "ahead": {"fi": "Palaute, syksy", "sv": "Respons, hösten", "en": "Feedback, autumn"},
}
WORDS = {
    Moment.START: {
        "fi": "Näytän mieluummin itse kuin annan toisen kokeilla.",
        "sv": "Jag visar hellre själv än låter den andra pröva.",
        "en": "I would rather show it myself than let the other try.",
    },
    Moment.END: {
        "fi": "Kysyn ensin, mitä toinen jo osaa. Aamuvuorossa tämä onnistuu jo.",
        "sv": "Jag frågar först vad den andra redan kan. I morgonskiftet går det redan.",
        "en": "I ask first what the other can do already. In the morning shift it works.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """Where a made-up person begins in a competence, and how far the way goes: the same, whoever looks."""

    start: int
    rise: int

    @classmethod
    def of(cls, person: int, competence: int, earlier: int | None) -> _Way:
        fixed = Random(f"{person} {competence} {earlier}")  # noqa: S311 -- made-up people, no secret
        start = fixed.randint(LOWEST_START, HIGHEST_START) if earlier is None else earlier
        return cls(start=start, rise=fixed.randint(0, MOST_RISE))


def fill(team: play.Staff, relationships: Sequence[Relationship], seed: int) -> None:
    """An ended plan of last season, one that is at its end now, one that is being made, and growth that is shown."""
    dice = Random(seed + 11)  # noqa: S311 -- made-up people, no secret
    frameworks.load_shipped(by=SYSTEM)
    people = _people(relationships)
    circle = _group(team, people)
    areas = _areas()
    language = team.coordinator.language
    before = _plan(team, circle, areas[1:2], NAMES["before"][language])
    _season(before, people, dice, months_ago=9)
    plans.end_plan(before, by=team.coordinator)
    now = _plan(team, circle, areas, NAMES["now"][language])
    _start(now, people, dice, play.today() - timedelta(weeks=9), mentors=True)
    _end_in_part(team, now, people, dice)
    _plan(team, circle, areas[-1:], NAMES["ahead"][language])
    _show(people[0], relationships)


def _people(relationships: Sequence[Relationship]) -> list[Person]:
    """Mentees whose mentoring goes on, the first one first."""
    members = [
        each.members.select_related("person").get(role=PartRole.MENTEE)
        for each in relationships
        if each.state == RelationshipState.ACTIVE
    ]
    return [member.person for member in members[:PEOPLE]]


def _group(team: play.Staff, people: Sequence[Person]) -> Circle:
    name = NAMES["group"][team.coordinator.language]
    circle = open_circle(CircleKind.GROUP, by=team.coordinator, name=name, network=team.network)
    for person, workplace in zip(people, cycle(_workplaces(team)), strict=False):
        join_circle(circle, person, CircleRole.MEMBER, by=team.coordinator)
        grant(person, Role.MEMBER, organisation=workplace, by=SYSTEM)
    return circle


def _workplaces(team: play.Staff) -> list[Organisation]:
    others = team.network.organisations.exclude(pk=team.issuer.pk)
    return list(others.order_by("pk")[:WORKPLACES]) or [team.issuer]


def _areas() -> list[Area]:
    framework = Framework.objects.filter(retired_at=None, origin__contains=OWN_FRAMEWORK).order_by("pk").first()
    chosen = framework or Framework.objects.filter(retired_at=None).order_by("pk")[0]
    return list(Area.objects.filter(framework=chosen, competences__isnull=False).distinct().order_by("position"))


def _plan(team: play.Staff, circle: Circle, areas: Sequence[Area], name: str) -> AssessmentPlan:
    """With the first competences of the areas, ten at most."""
    plan = plans.make_plan(circle, name=name, by=team.coordinator)
    left = COMPETENCES
    for area in areas:
        chosen = list(area.competences.order_by("position")[:left])
        plans.choose_in_area(plan, area, chosen, by=team.coordinator)
        left -= len(chosen)
    return plan


def _season(plan: AssessmentPlan, people: Sequence[Person], dice: Random, *, months_ago: int) -> None:
    """Both ends of a plan that is over."""
    start = play.today() - timedelta(weeks=4 * months_ago)
    _start(plan, people, dice, start, mentors=False)
    end = start + timedelta(weeks=16)
    _ask(plan, people, Moment.END, end, mentors=False)
    for task in _waiting(plan):
        _fill_in(task, dice, end - timedelta(days=dice.randint(0, 6)))


def _start(plan: AssessmentPlan, people: Sequence[Person], dice: Random, on: date, *, mentors: bool) -> None:
    _ask(plan, people, Moment.START, on, mentors=mentors)
    for task in _waiting(plan):
        _fill_in(task, dice, on - timedelta(days=dice.randint(0, 6)))


def _end_in_part(team: play.Staff, plan: AssessmentPlan, people: Sequence[Person], dice: Random) -> None:
    """Most have answered; the first has begun, and the last has not."""
    answer_by = play.today() + timedelta(days=6)
    asked = plans.Round(moment=Moment.END, answer_by=answer_by, people=tuple(people), mentors=True)
    plans.ask(plan, asked, by=team.coordinator)
    left = {people[0].pk, people[-1].pk}
    for task in _waiting(plan):
        if task.assessed_by == AssessedBy.SELF and task.person_id in left:
            continue
        _fill_in(task, dice, play.today() - timedelta(days=dice.randint(1, 5)))
    begun = plan.tasks.select_related("assessor", "plan").get(
        person=people[0], assessor=people[0], moment=Moment.END
    )  # fmt: skip
    first = Competence.objects.filter(planned__plan=plan).order_by("planned__position")[0]
    assessments.keep_draft(begun, {first.ref: Entry(level="4", then="2")}, by=begun.assessor)


def _ask(plan: AssessmentPlan, people: Sequence[Person], moment: Moment, answer_by: date, *, mentors: bool) -> None:
    """Long ago: nobody is told today."""
    asked = plans.Round(moment=moment, answer_by=answer_by, people=tuple(people), mentors=mentors)
    plans.ask(plan, asked, by=SYSTEM)


def _waiting(plan: AssessmentPlan) -> list[AssessmentTask]:
    waiting = plan.tasks.filter(state="asked").select_related("assessor", "person", "plan")
    return list(waiting.order_by("pk"))


def _fill_in(task: AssessmentTask, dice: Random, on: date) -> None:
    """Levels that rise from start to end, more in some than in others; now and then words."""
    competences = Competence.objects.filter(planned__plan=task.plan_id).order_by("planned__position")
    earlier = _ends_of_earlier_plans(task)
    entries = {
        competence.ref: _entry(task, _Way.of(task.person_id, competence.pk, earlier.get(competence.pk)), dice)
        for competence in competences
    }
    if words := WORDS.get(Moment(task.moment)):
        chosen = dice.choice([ref for ref, entry in entries.items() if entry.is_chosen])
        entry = entries[chosen]
        if task.assessed_by == AssessedBy.SELF:
            language = task.assessor.language
            entries[chosen] = Entry(level=entry.level, then=entry.then, words=words[language])
    assessments.keep_draft(task, entries, by=task.assessor)
    assessments.send(task, by=task.assessor, on=on)


def _ends_of_earlier_plans(task: AssessmentTask) -> dict[int, int]:
    """Where the person was at the end of an earlier plan, by the competence's key: there the next one begins."""
    earlier = Assessment.objects.filter(person=task.person, assessed_by=AssessedBy.SELF, moment=Moment.END)
    return dict(earlier.exclude(task__plan=task.plan_id).values_list("competence", "level"))


def _entry(task: AssessmentTask, way: _Way, dice: Random) -> Entry:
    level = way.start + (way.rise if task.moment == Moment.END else 0)
    if task.assessed_by == AssessedBy.MENTOR:
        if dice.random() < 0.1:  # noqa: PLR2004 -- one in ten has not been seen
            return Entry(level=CANNOT_SAY)
        level += dice.choice((-1, 0, 0))
    then = str(max(0, way.start - dice.choice((0, 0, 1)))) if asks_then(task) else ""
    return Entry(level=str(min(max(level, 0), TOP)), then=then)


def _show(person: Person, relationships: Sequence[Relationship]) -> None:
    """The first shows it to the own mentor."""
    own = next(each for each in relationships if each.members.filter(person=person, role=PartRole.MENTEE).exists())
    mentor = own.members.select_related("person").get(role=PartRole.MENTOR).person
    shares.show(shares.Wish(shown_to=mentor, with_words=True), by=person)
