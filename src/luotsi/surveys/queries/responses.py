"""Reads: what a person is asked by name, and has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luotsi.core.queries import one
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.formats.wording import in_words
from luotsi.surveys.models import Response
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person
    from luotsi.surveys.formats.wording import Answered
    from luotsi.surveys.models import Wave

WEIGHT = 40  # after what concerns the two of a pair


def responses_for(person: Person) -> QuerySet[Response]:
    """Everything that the person has been asked, the newest first."""
    found = Response.objects.filter(person=person).select_related(
        "wave__instrument", "wave__circle__network", "wave__organisation", "person"
    )
    return found.order_by("-wave__opened_at", "-pk")


def response_for(person: Person, ref: UUID) -> Response:
    return one(responses_for(person), ref)


def answered_in(response: Response) -> list[Answered]:
    """The questions and the person's own answers, in words, in the order in which they are asked."""
    return in_words(response.wave.instrument.questions, response.answers)


def readers_of(wave: Wave) -> str:
    """Who reads what is answered in own words, in a sentence's end."""
    if wave.organisation is not None:
        return _("HR and management of %(organisation)s, without your name") % {"organisation": wave.organisation}
    network = wave.circle.network if wave.circle else None
    return _("the coordinators of %(network)s, together with the answers of others") % {"network": network}


def next_things_for(person: Person) -> list[NextThing]:
    """Surveys that wait for the person's answers. One query."""
    today = timezone.localdate()
    asked = Response.objects.filter(person=person, state=ResponseState.ASKED)
    waiting = asked.filter(wave__closed_at=None, wave__closes_on__gte=today).select_related("wave__instrument")
    waiting = waiting.only("ref", "wave__closes_on", "wave__instrument__name")
    return [
        NextThing(
            title=_("Answer: %(survey)s") % {"survey": response.wave.instrument},
            text=_("It takes a few minutes. The page says who reads your answers."),
            by_when=response.wave.closes_on,
            address=reverse("surveys:answer", args=[response.ref]),
            label=_("Answer the questions"),
            weight=WEIGHT,
        )
        for response in waiting.order_by("wave__closes_on", "pk")
    ]
