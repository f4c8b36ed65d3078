"""What journey holds about a person: which letters of a programme went out by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.privacy import Held, day_of
from luotsi.journey.services.nudges import forget_nudges

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person

COVERS = frozenset({"journey.NudgeSent.person", "journey.NudgeSent.about_ref"})


def collect(person: Person) -> list[Held]:
    """When which programme reminded the person; the words stand among the messages."""
    sent = [
        {_("Programme"): str(row.programme.name), _("Date"): day_of(row.created_at)}
        for row in person.nudges_sent.select_related("programme").order_by("pk")
    ]
    return [Held(title=_("Reminders that went out by themselves"), rows=sent)] if sent else []


def erase(person: Person, *, by: Actor) -> None:  # noqa: ARG001 -- the same for every module; the account's erasure is what the log keeps
    """That somebody was reminded goes with the reminders."""
    forget_nudges(person)
