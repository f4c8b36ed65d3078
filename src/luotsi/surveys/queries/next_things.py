"""Reads: what waits for somebody to answer, by name or anonymously."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db.models import TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luotsi.core.texts import TranslatedText
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.models import Invitee, Response
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from luotsi.people.models import Person
    from luotsi.web.components import Waiting

WEIGHT = 40  # after what concerns the two of a pair
ANONYMOUS = "/my/surveys/anonymous/"
NAMED_KIND, ANONYMOUS_KIND = "surveys.named", "surveys.anonymous"


def waiting_for(person: Person) -> list[QuerySet[Any, Any]]:
    """Surveys that wait for the person's answers, as rows to be asked for together with others (web.components)."""
    is_open = {"wave__closed_at": None, "wave__closes_on__gte": timezone.localdate()}
    named = Response.objects.filter(person=person, state=ResponseState.ASKED, **is_open)
    anonymous = Invitee.objects.filter(person=person, has_answered=False, **is_open)
    return [_rows(named, NAMED_KIND), _rows(anonymous, ANONYMOUS_KIND)]


def without_answered(person: Person, things: Sequence[NextThing]) -> list[NextThing]:
    """The things without the anonymous surveys that have been answered meanwhile. One query at most.

    Answering anonymously writes nothing into the audit log, by which the home page knows that something has changed.
    """
    if not any(thing.address.startswith(ANONYMOUS) for thing in things):
        return list(things)
    refs = Invitee.objects.filter(person=person, has_answered=False).values_list("ref", flat=True)
    waiting = {f"{ANONYMOUS}{ref}/" for ref in refs}
    return [thing for thing in things if not thing.address.startswith(ANONYMOUS) or thing.address in waiting]


def _rows(asked: QuerySet[Any], kind: str) -> QuerySet[Any, Any]:
    name = Cast("wave__instrument__name", TextField())
    nothing = Value("", TextField())
    told: QuerySet[Any, Any] = asked.order_by().values_list(
        Value(kind, TextField()), "ref", name, nothing, nothing, "wave__closes_on"
    )
    return told


def thing_of(row: Waiting) -> NextThing:
    """What a row of `waiting_for` comes to."""
    is_anonymous = row.kind == ANONYMOUS_KIND
    address = "surveys:answer_anonymously" if is_anonymous else "surveys:answer"
    how = _("It is anonymous, and takes a few minutes.")
    return NextThing(
        title=_("Answer: %(survey)s") % {"survey": TranslatedText(json.loads(row.name))},
        text=how if is_anonymous else _("It takes a few minutes. The page says who reads your answers."),
        by_when=row.until,
        address=reverse(address, args=[row.ref]),
        label=_("Answer the questions"),
        weight=WEIGHT,
    )
