"""What surveys hold about a person: what was asked and answered by name, and what was noted and taken on at HR days.

Of an anonymous survey there is nothing but that the person was asked, and whether an answer came: nothing can be
collected or erased that nobody can find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.privacy import Held, day_of
from luotsi.surveys.models import Conclusion, WorkshopNote
from luotsi.surveys.queries import invitees, responses
from luotsi.surveys.services import forgetting
from luotsi.web.questions.wording import in_words

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person
    from luotsi.surveys.models import Invitee, Response

COVERS = frozenset(
    {
        "surveys.Response.person",
        "surveys.Invitee.person",
        "surveys.WorkshopNote.person",
        "surveys.Conclusion.carrier",
    }
)


def collect(person: Person) -> list[Held]:
    """Every survey that the person was asked, with the answers in words; notes and main goals of HR days."""
    return [
        Held(title=_("My answers to surveys"), rows=[_row(response) for response in responses.responses_for(person)]),
        Held(
            title=_("Anonymous surveys that I was asked"),
            rows=[_asked(invitee) for invitee in invitees.invitees_for(person)],
        ),
        Held(
            title=_("What I noted at HR days"),
            rows=[
                {_("HR day"): str(note.part), _("Note"): note.text}
                for note in WorkshopNote.objects.filter(person=person).select_related("part__workshop").order_by("pk")
            ],
        ),
        Held(
            title=_("Main goals that I carry"),
            rows=[
                {_("Main goal"): goal.title, _("HR day"): str(goal.part)}
                for goal in Conclusion.objects.filter(carrier=person).select_related("part__workshop").order_by("pk")
            ],
        ),
    ]


def _row(response: Response) -> dict[str, str]:
    row = {
        _("Survey"): str(response.wave.instrument),
        _("Asked"): day_of(response.created_at),
        _("State"): response.get_state_display(),
    }
    given = in_words(response.wave.instrument.questions, response.draft or response.answers)
    return row | {answered.question: answered.answer for answered in given}


def _asked(invitee: Invitee) -> dict[str, str]:
    return {
        _("Survey"): str(invitee.wave.instrument),
        _("Asked"): day_of(invitee.wave.opened_at),
        _("Answered"): _("yes") if invitee.has_answered else _("no"),
    }


def erase(person: Person, *, by: Actor) -> None:
    """Own words go; numbers and choices stay counted, with nobody's name. Anonymous answers are not touched."""
    forgetting.forget(person, by=by)
