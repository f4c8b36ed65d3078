"""What surveys hold about a person: what was asked and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.privacy import Held
from luotsi.surveys.queries import responses
from luotsi.surveys.services import forgetting

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person
    from luotsi.surveys.models import Response

COVERS = frozenset({"surveys.Response.person"})


def collect(person: Person) -> list[Held]:
    """Every survey that the person was asked, with the answers in words."""
    return [
        Held(
            title=_("My answers to surveys"),
            rows=[_row(response) for response in responses.responses_for(person)],
        )
    ]


def _row(response: Response) -> dict[str, str]:
    row = {
        _("Survey"): str(response.wave.instrument),
        _("Asked"): f"{response.created_at:%Y-%m-%d}",
        _("State"): response.get_state_display(),
    }
    return row | {given.question: given.answer for given in responses.answered_in(response)}


def erase(person: Person, *, by: Actor) -> None:
    """Own words go; numbers and choices stay counted, with nobody's name."""
    forgetting.forget(person, by=by)
