"""Reads: what a person is asked by name, and has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.queries import one
from luotsi.surveys.models import Response
from luotsi.web.questions.wording import in_words

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person
    from luotsi.surveys.models import Wave
    from luotsi.web.questions.wording import Answered


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
