"""Reads: what a person is asked by name, and has answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luotsi.core.queries import one
from luotsi.core.texts import TranslatedText
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.formats.items import HIGHEST, Kind
from luotsi.surveys.models import Response
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person
    from luotsi.surveys.formats.items import Answer, Item

WEIGHT = 40  # after what concerns the two of a pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One question and what somebody answered to it, in words."""

    question: str
    answer: str

    @property
    def pair(self) -> tuple[str, str]:
        return self.question, self.answer


def responses_for(person: Person) -> QuerySet[Response]:
    """Everything that the person has been asked, the newest first."""
    found = Response.objects.filter(person=person).select_related("wave__instrument", "wave__circle__network", "person")
    return found.order_by("-wave__opened_at", "-pk")


def response_for(person: Person, ref: UUID) -> Response:
    return one(responses_for(person), ref)


def answered_in(response: Response) -> list[Answered]:
    """The questions and the person's own answers, in words, in the order in which they are asked."""
    return [
        Answered(question=str(TranslatedText(item.text)), answer=in_words(item, response.answers[item.key]))
        for item in response.wave.instrument.questions
        if item.key in response.answers
    ]


def in_words(item: Item, answer: Answer) -> str:
    """An answer as people say it: the chosen text, the number on its scale, the own words."""
    if item.kind == Kind.CHOICE:
        return next((str(TranslatedText(choice.text)) for choice in item.choices if choice.key == answer), "")
    if item.kind == Kind.SCALE:
        return _("%(number)s of %(highest)s") % {"number": answer, "highest": HIGHEST}
    return str(answer)


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
