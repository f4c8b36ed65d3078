"""Writes: what is noted down on an HR day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.people.models import Person
from luotsi.surveys.models import WorkshopNote
from luotsi.surveys.rules import takes_part
from luotsi.surveys.services.workshops import locked_workshop, refuse_not_running

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.surveys.enums import Step
    from luotsi.surveys.models import WorkshopPart


@transaction.atomic
def write_note(
    part: WorkshopPart, *, step: Step, text: str, dimension: str = "", is_shared: bool = False, by: Actor
) -> WorkshopNote:
    """Note something down for the own organisation; shared, the others of the HR day read it, too."""
    _refuse_others(part, by)
    refuse_not_running(locked_workshop(part.workshop))
    note = WorkshopNote(
        part=part,
        step=step,
        person=by if isinstance(by, Person) else None,
        dimension=dimension if dimension in dimensions_of(part) else "",
        text=text.strip(),
        is_shared=is_shared,
    ).insert()
    audit.record(by=by, verb="surveys.note_written", subject=note, step=int(step), shared=is_shared)
    return note


@transaction.atomic
def share_note(note: WorkshopNote, *, is_shared: bool, by: Actor) -> None:
    """Let the others of the HR day read a note, or not any more."""
    locked = _to_change(note, by)
    locked.amend(is_shared=is_shared)
    audit.record(by=by, verb="surveys.note_shared", subject=locked, shared=is_shared)


@transaction.atomic
def remove_note(note: WorkshopNote, *, by: Actor) -> None:
    """Nobody reads it any more."""
    locked = _to_change(note, by)
    locked.amend(removed_at=timezone.now())
    audit.record(by=by, verb="surveys.note_removed", subject=locked)


def dimensions_of(part: WorkshopPart) -> frozenset[str]:
    """Keys of the dimensions of the results that the organisation looks at."""
    if part.wave is None:
        return frozenset()
    return frozenset(dimension.key for dimension in part.wave.instrument.questions.dimensions)


def _to_change(note: WorkshopNote, by: Actor) -> WorkshopNote:
    _refuse_others(note.part, by)
    refuse_not_running(locked_workshop(note.part.workshop))
    locked = WorkshopNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if locked.removed_at is not None:
        raise RefusedError(_("Somebody has removed this note already."))
    return locked


def _refuse_others(part: WorkshopPart, by: Actor) -> None:
    if not takes_part(by, part):
        raise RefusedError(_("Only human resources and management of the organisation write its notes."))
