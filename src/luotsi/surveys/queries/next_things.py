"""Reads: what waits for somebody to answer, by name or anonymously."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import BooleanField, F, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luotsi.surveys.enums import ResponseState
from luotsi.surveys.models import Invitee, Response
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Any
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.core.texts import TranslatedText
    from luotsi.people.models import Person

WEIGHT = 40  # after what concerns the two of a pair
ANONYMOUS = "/my/surveys/anonymous/"


def next_things_for(person: Person) -> list[NextThing]:
    """Surveys that wait for the person's answers, the earliest to end first. One query."""
    is_open = {"wave__closed_at": None, "wave__closes_on__gte": timezone.localdate()}
    columns = {"name": F("wave__instrument__name"), "until": F("wave__closes_on")}
    named = Response.objects.filter(person=person, state=ResponseState.ASKED, **is_open)
    anonymous = Invitee.objects.filter(person=person, has_answered=False, **is_open)
    rows = _marked(named, columns, is_anonymous=False).union(_marked(anonymous, columns, is_anonymous=True), all=True)
    return [_thing(*row) for row in sorted(rows, key=lambda row: row[2])]


def without_answered(person: Person, things: Sequence[NextThing]) -> list[NextThing]:
    """The things without the anonymous surveys that have been answered meanwhile. One query at most.

    Answering anonymously writes nothing into the audit log, by which the home page knows that something has changed.
    """
    if not any(thing.address.startswith(ANONYMOUS) for thing in things):
        return list(things)
    refs = Invitee.objects.filter(person=person, has_answered=False).values_list("ref", flat=True)
    waiting = {f"{ANONYMOUS}{ref}/" for ref in refs}
    return [thing for thing in things if not thing.address.startswith(ANONYMOUS) or thing.address in waiting]


def _marked(asked: QuerySet[Any], columns: dict[str, F], *, is_anonymous: bool) -> QuerySet[Any, Any]:
    mark = Value(is_anonymous, BooleanField())
    marked: QuerySet[Any] = asked.order_by().annotate(**columns, anonymous=mark)
    return marked.values_list("ref", "name", "until", "anonymous")


def _thing(ref: UUID, name: TranslatedText, until: date, is_anonymous: bool) -> NextThing:  # noqa: FBT001 -- a column
    address = "surveys:answer_anonymously" if is_anonymous else "surveys:answer"
    how = _("It is anonymous, and takes a few minutes.")
    return NextThing(
        title=_("Answer: %(survey)s") % {"survey": name},
        text=how if is_anonymous else _("It takes a few minutes. The page says who reads your answers."),
        by_when=until,
        address=reverse(address, args=[ref]),
        label=_("Answer the questions"),
        weight=WEIGHT,
    )
