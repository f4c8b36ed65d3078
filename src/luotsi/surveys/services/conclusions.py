"""Writes: the main goals that an HR day ends in, who carries them, and that they stand."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.events import announce
from luotsi.people.queries import recipient_of, staff_of
from luotsi.surveys.enums import WorkshopState
from luotsi.surveys.events import ConclusionsSettled
from luotsi.surveys.messages import workshops as letters
from luotsi.surveys.models import Conclusion, WorkshopNote
from luotsi.surveys.rules import takes_part
from luotsi.surveys.services.notes import dimensions_of
from luotsi.surveys.services.workshops import locked_workshop, move, refuse_not_running, to_lead

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from luotsi.core.actors import Actor
    from luotsi.people.models import Person
    from luotsi.surveys.models import Workshop, WorkshopPart

MOST_GOALS = 5
LONGEST_TITLE = 200
LONGEST_WHY = 1000
LEFT = "–"  # in place of a carrier who was forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What is aimed at, why, how it will be seen that it was reached, and by when."""

    title: str
    why: str
    dimension: str = ""
    measure: str = ""
    by_when: date | None = None


@transaction.atomic
def set_goal(part: WorkshopPart, *, goal: Goal, by: Actor) -> Conclusion:
    """Write down a main goal of the own organisation: five at most."""
    _refuse_others(part, by)
    refuse_not_running(locked_workshop(part.workshop))
    standing = goals_of(part)
    if standing.count() >= MOST_GOALS:
        raise RefusedError(
            _("An organisation has %(most)s main goals at most. Remove one, or join two.") % {"most": MOST_GOALS}
        )
    last = standing.aggregate(last=Max("position"))["last"] or 0
    values = asdict(goal) | {"dimension": goal.dimension if goal.dimension in dimensions_of(part) else ""}
    conclusion = Conclusion(part=part, position=last + 1, **values).insert()
    audit.record(by=by, verb="surveys.goal_written", subject=conclusion)
    return conclusion


@transaction.atomic
def set_goal_from_note(note: WorkshopNote, *, by: Actor) -> Conclusion:
    """Make a main goal out of a note. Why it matters comes from what was noted of the same dimension, if anything."""
    if note.removed_at is not None:
        raise RefusedError(_("Somebody has removed this note already."))
    return set_goal(
        note.part, goal=Goal(title=_title_of(note.text), why=_reasons_for(note), dimension=note.dimension), by=by
    )


@transaction.atomic
def change_goal(conclusion: Conclusion, *, goal: Goal, by: Actor) -> None:
    """Say it in another way."""
    locked = _to_change(conclusion, by)
    kept = {locked.dimension, *dimensions_of(locked.part)}
    locked.amend(**asdict(goal) | {"dimension": goal.dimension if goal.dimension in kept else ""})
    audit.record(by=by, verb="surveys.goal_changed", subject=locked)


@transaction.atomic
def remove_goal(conclusion: Conclusion, *, by: Actor) -> None:
    """It is not aimed at after all."""
    locked = _to_change(conclusion, by)
    locked.amend(removed_at=timezone.now())
    audit.record(by=by, verb="surveys.goal_removed", subject=locked)


@transaction.atomic
def name_carrier(conclusion: Conclusion, *, carrier: Person | None, carried_by: str = "", by: Actor) -> None:
    """Say who sees to the goal: somebody of the own organisation, or a role or a group in words, or both."""
    locked = _to_change(conclusion, by)
    if carrier is None and not carried_by.strip():
        raise RefusedError(_("Choose a person, or write a role or a group."))
    if carrier is not None and not staff_of(locked.part.organisation).filter(person=carrier).exists():
        raise RefusedError(
            _("%(name)s has no role in %(organisation)s. Choose somebody of your own organisation.")
            % {"name": carrier, "organisation": locked.part.organisation}
        )
    locked.amend(carrier=carrier, carried_by=carried_by.strip())
    audit.record(by=by, verb="surveys.goal_carrier_named", subject=locked, person=str(carrier.ref) if carrier else None)


@transaction.atomic
def finish_workshop(workshop: Workshop, *, by: Actor) -> None:
    """Let the goals that somebody carries stand, and tell the carriers. Announces ConclusionsSettled.

    Refused as long as an organisation has none; the refusal names which.
    """
    locked = to_lead(workshop, by)
    refuse_not_running(locked)
    lacking = parts_that_lack(locked)
    if lacking:
        names = ", ".join(part.organisation.name for part in lacking)
        raise RefusedError(
            _("Each organisation needs a main goal that somebody carries. It is still missing from: %(names)s.")
            % {"names": names}
        )
    settled = list(carried(locked).select_related("part__organisation", "part__workshop", "carrier"))
    move(locked, WorkshopState.DONE, by=by, conclusions=len(settled))
    for conclusion in settled:
        conclusion.amend(is_settled=True)
        if conclusion.carrier is not None:
            _tell_carrier(conclusion, conclusion.carrier, by)
    announce(ConclusionsSettled(workshop=locked.ref))


@transaction.atomic
def reopen_workshop(workshop: Workshop, *, by: Actor) -> None:
    """Go on with a day that was done. Its goals do not stand until it is finished again."""
    locked = to_lead(workshop, by)
    if locked.state != WorkshopState.DONE:
        raise RefusedError(_("Only an HR day that is done can be opened again."))
    move(locked, WorkshopState.RUNNING, by=by)
    for conclusion in Conclusion.objects.filter(part__workshop=locked, is_settled=True):
        conclusion.amend(is_settled=False)


def goals_of(part: WorkshopPart) -> QuerySet[Conclusion]:
    """What the organisation aims at, in its order."""
    return Conclusion.objects.filter(part=part, removed_at=None).order_by("position", "pk")


def carried(workshop: Workshop) -> QuerySet[Conclusion]:
    """The goals of a workshop that have a carrier."""
    goals = Conclusion.objects.filter(part__workshop=workshop, removed_at=None)
    return goals.filter(Q(carrier__isnull=False) | ~Q(carried_by="")).order_by("part", "position", "pk")


def parts_that_lack(workshop: Workshop) -> list[WorkshopPart]:
    """Organisations that have no goal with a carrier yet, by name."""
    without = workshop.parts.exclude(pk__in=carried(workshop).order_by().values("part"))
    return list(without.select_related("organisation").order_by("organisation__sort_key", "pk"))


def forget_in_workshops(person: Person) -> None:
    """Notes and goals are the organisations' and stay; that this person wrote or carries them goes."""
    WorkshopNote.objects.filter(person=person).update(person=None)
    mine = Conclusion.objects.filter(carrier=person)
    mine.filter(carried_by="", is_settled=True).update(carried_by=LEFT)
    mine.update(carrier=None)


def _title_of(text: str) -> str:
    """The note's first line, cut at a word's end where it is too long for a title."""
    line = text.strip().splitlines()[0].strip()
    return (
        line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rsplit(" ", 1)[0][: LONGEST_TITLE - 2] + " …"
    )


def _reasons_for(note: WorkshopNote) -> str:
    same = WorkshopNote.objects.filter(part=note.part, removed_at=None, step__lt=note.step).exclude(dimension="")
    said = [other.text for other in same.filter(dimension=note.dimension).order_by("-step", "pk")[:2]]
    return "\n".join(said or [note.text])[:LONGEST_WHY]


def _tell_carrier(conclusion: Conclusion, carrier: Person, by: Actor) -> None:
    tell(lambda: letters.carried(conclusion), to=recipient_of(carrier), by=by)


def _to_change(conclusion: Conclusion, by: Actor) -> Conclusion:
    _refuse_others(conclusion.part, by)
    refuse_not_running(locked_workshop(conclusion.part.workshop))
    found = Conclusion.objects.select_for_update(of=("self",)).select_related("part__organisation", "part__wave")
    locked = found.get(pk=conclusion.pk)
    if locked.removed_at is not None:
        raise RefusedError(_("Somebody has removed this goal already."))
    return locked


def _refuse_others(part: WorkshopPart, by: Actor) -> None:
    if not takes_part(by, part):
        raise RefusedError(_("Only human resources and management of the organisation set its goals."))
