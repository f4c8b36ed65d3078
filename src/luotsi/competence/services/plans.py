"""Writes: what a circle's people are assessed in, and who is asked about whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.competence import messages
from luotsi.competence.enums import AssessedBy, Moment, TaskState
from luotsi.competence.models import AssessmentPlan, AssessmentTask, PlannedCompetence
from luotsi.competence.queries.plans import (
    candidates_for,
    has_begun,
    may_remind_now,
    mentors_of,
    moment_now,
    own_candidates_for,
    people_to_assess_in,
)
from luotsi.competence.rules import CLOSED_AFTER, MOST_COMPETENCES, may_plan
from luotsi.competence.services.assessments import close_undone
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.people.queries import recipient_of
from luotsi.people.rules import is_system

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from luotsi.competence.models import Area, Competence
    from luotsi.competence.queries.plans import Candidate
    from luotsi.core.actors import Actor
    from luotsi.people.models import Circle, Person

ASKED_AT = frozenset({Moment.START, Moment.END})
LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Whom to ask at a moment: the people themselves, their mentors, or both; until when."""

    moment: Moment
    answer_by: date
    people: tuple[Person, ...]
    selves: bool = True
    mentors: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Whom to ask about one person, at which moment, until when."""

    candidate: Candidate
    moment: Moment
    answer_by: date


@transaction.atomic
def make_plan(circle: Circle, *, name: str, by: Actor) -> AssessmentPlan:
    """A plan without competences yet."""
    if not may_plan(by, circle):
        raise RefusedError(_("Only a coordinator of the network plans assessments for its people."))
    plan = AssessmentPlan(circle=circle, name=name.strip()).insert()
    audit.record(by=by, verb="competence.plan_made", subject=plan, circle=str(circle.ref))
    return plan


@transaction.atomic
def choose_in_area(plan: AssessmentPlan, area: Area, chosen: Iterable[Competence], *, by: Actor) -> int:
    """Of this area these competences, and no others, belong to the plan. Returns how many the plan has then."""
    locked = _open_plan(plan, by)
    if has_begun(locked):
        raise RefusedError(_("People have been asked already: the competences stay as they are, so that start and "
                             "end can be compared."))  # fmt: skip
    kept = list(locked.planned.exclude(competence__area=area).order_by("position").values_list("competence", flat=True))
    added = [competence.pk for competence in chosen if competence.area_id == area.pk]
    everything = [*kept, *dict.fromkeys(added)]
    if len(everything) > MOST_COMPETENCES:
        raise RefusedError(
            _("That would be %(count)s competences. Choose %(most)s at most: nobody assesses more with care.")
            % {"count": len(everything), "most": MOST_COMPETENCES}
        )
    locked.planned.all().delete()
    PlannedCompetence.objects.bulk_create(
        PlannedCompetence(plan=locked, competence_id=key, position=place) for place, key in enumerate(everything)
    )
    audit.record(by=by, verb="competence.planned", subject=locked, competences=len(everything))
    return len(everything)


@transaction.atomic
def ask(plan: AssessmentPlan, asked: Round, *, by: Actor) -> int:
    """Ask people of the circle to assess themselves, their mentors to assess them, or both. Each is asked once.

    Returns how many were asked anew. A last day that has passed is only for the system, which then tells nobody.
    """
    locked = _open_plan(plan, by)
    _check_moment(locked, asked.moment, asked.answer_by, by)
    members = {person.pk: person for person in people_to_assess_in(locked.circle)}
    people = [person for person in asked.people if person.pk in members]
    if len(people) < len(asked.people):
        raise RefusedError(_("Somebody you chose is not in the circle any more. Look at the list again."))
    if not people or not (asked.selves or asked.mentors):
        raise RefusedError(_("Choose at least one person, and who assesses."))
    known = set(
        locked.tasks.filter(moment=asked.moment).exclude(state=TaskState.CLOSED).values_list("person", "assessor")
    )
    mentors = mentors_of(people, locked.circle) if asked.mentors else {}
    wanted = [(person, person, AssessedBy.SELF) for person in people if asked.selves]
    wanted += [(person, mentor, AssessedBy.MENTOR) for person in people for mentor in mentors.get(person.pk, [])]
    new = [each for each in wanted if (each[0].pk, each[1].pk) not in known]
    for person, assessor, assessed_by in new:
        task = AssessmentTask(plan=locked, person=person, assessor=assessor, assessed_by=assessed_by)
        _ask(task, asked.moment, asked.answer_by, by)
    audit.record(by=by, verb="competence.asked", subject=locked, tasks=len(new), moment=asked.moment)
    return len(new)


@transaction.atomic
def ask_about(plan: AssessmentPlan, person: Person, request: Request, *, by: Actor) -> AssessmentTask:
    """Ask one person about another: a mentor, a peer, somebody of the same workplace, an assessor of the network."""
    locked = _open_plan(plan, by)
    _check_moment(locked, request.moment, request.answer_by, by)
    if person not in people_to_assess_in(locked.circle):
        raise RefusedError(_("%(name)s is not in the circle of this plan.") % {"name": person})
    if request.candidate not in candidates_for(person, locked):
        raise RefusedError(
            _("%(name)s cannot be asked so: the list says who can.") % {"name": request.candidate.person}
        )
    return _ask_once(locked, person, request, by)


@transaction.atomic
def ask_for_oneself(plan: AssessmentPlan, candidate: Candidate, *, answer_by: date, by: Person) -> AssessmentTask:
    """The person asks a mentor or a peer for an assessment in the competences of the plan."""
    locked = AssessmentPlan.objects.select_for_update(of=("self",)).select_related("circle__network").get(pk=plan.pk)
    _check_open(locked)
    if not locked.tasks.filter(person=by).exclude(state=TaskState.CLOSED).exists():
        raise RefusedError(_("You are not assessed in this plan."))
    _check_day(answer_by)
    if candidate not in own_candidates_for(by, locked):
        raise RefusedError(_("You can ask people of your own pairs and groups: the list has them."))
    request = Request(candidate=candidate, moment=moment_now(locked, by), answer_by=answer_by)
    return _ask_once(locked, by, request, by)


@transaction.atomic
def remind(plan: AssessmentPlan, *, by: Actor) -> int:
    """One letter to everybody who has still time and has not answered, every three days at most. Returns how many."""
    locked = _open_plan(plan, by)
    if not may_remind_now(locked):
        raise RefusedError(_("Everybody was reminded less than three days ago. Give them a little time."))
    waiting = locked.tasks.filter(state=TaskState.ASKED, answer_by__gte=timezone.localdate())
    tasks = list(waiting.select_related("plan", "person", "assessor").order_by("pk"))
    if not tasks:
        raise RefusedError(_("There is nobody to remind: all have answered, or their time is over."))
    for task in tasks:
        tell(lambda task=task: messages.reminded(task), to=recipient_of(task.assessor), by=by)  # type: ignore[misc]
    locked.amend(reminded_on=timezone.localdate())
    audit.record(by=by, verb="competence.reminded", subject=locked, tasks=len(tasks))
    return len(tasks)


@transaction.atomic
def end_plan(plan: AssessmentPlan, *, by: Actor) -> None:
    """Nobody is asked or answers any more; only now the group's growth is shown. Done again, nothing happens."""
    if not may_plan(by, plan.circle):
        raise RefusedError(_("Only a coordinator of the network plans assessments for its people."))
    locked = AssessmentPlan.objects.select_for_update().get(pk=plan.pk)
    if locked.ended_at is not None:
        return
    for task in locked.tasks.filter(state=TaskState.ASKED):
        close_undone(task, by=by)
    locked.amend(ended_at=timezone.now())
    audit.record(by=by, verb="competence.plan_ended", subject=locked)
    plan.refresh_from_db(fields=["ended_at"])


@transaction.atomic
def close_overdue(*, by: Actor) -> int:
    """Close tasks that nobody has done two weeks after their last day. Returns how many."""
    last = timezone.localdate() - CLOSED_AFTER
    overdue = AssessmentTask.objects.select_for_update().filter(state=TaskState.ASKED, answer_by__lt=last)
    tasks = list(overdue.order_by("pk"))
    for task in tasks:
        close_undone(task, by=by)
    return len(tasks)


def _open_plan(plan: AssessmentPlan, by: Actor) -> AssessmentPlan:
    """The plan, locked, for a doer who may change it while it goes on."""
    if not may_plan(by, plan.circle):
        raise RefusedError(_("Only a coordinator of the network plans assessments for its people."))
    locked = AssessmentPlan.objects.select_for_update(of=("self",)).select_related("circle__network").get(pk=plan.pk)
    _check_open(locked)
    return locked


def _check_open(plan: AssessmentPlan) -> None:
    if plan.ended_at is not None:
        raise RefusedError(_("This plan has been closed. Make a new one to go on."))


def _check_moment(plan: AssessmentPlan, moment: Moment, answer_by: date, by: Actor) -> None:
    if moment not in ASKED_AT:
        raise RefusedError(_("Choose whether this is the start or the end."))
    if not plan.planned.exists():
        raise RefusedError(_("Choose the competences first."))
    if not is_system(by):
        _check_day(answer_by)


def _check_day(answer_by: date) -> None:
    today = timezone.localdate()
    if answer_by < today:
        raise RefusedError(_("The last day has passed already. Choose a later one."))
    if (answer_by - today).days > LONGEST_DAYS:
        raise RefusedError(_("The last day is more than a year away. Check the year."))


def _ask_once(plan: AssessmentPlan, person: Person, request: Request, by: Actor) -> AssessmentTask:
    assessor = request.candidate.person
    asked = plan.tasks.filter(person=person, assessor=assessor, moment=request.moment)
    if asked.exclude(state=TaskState.CLOSED).exists():
        raise RefusedError(_("%(name)s has been asked already.") % {"name": assessor})
    task = AssessmentTask(plan=plan, person=person, assessor=assessor, assessed_by=request.candidate.assessed_by)
    _ask(task, request.moment, request.answer_by, by)
    audit.record(by=by, verb="competence.asked", subject=plan, tasks=1, moment=request.moment)
    return task


def _ask(task: AssessmentTask, moment: Moment, answer_by: date, by: Actor) -> None:
    """Write the task and tell its assessor, if there is still time to answer."""
    task.moment, task.answer_by = moment, answer_by
    task.insert()
    if answer_by >= timezone.localdate():
        tell(lambda: messages.asked(task), to=recipient_of(task.assessor), by=by)
