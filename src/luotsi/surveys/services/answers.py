"""Writes: what somebody answers with the name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.questions.answers import check_answers
from luotsi.surveys.enums import MOVES, ResponseState
from luotsi.surveys.models import Response
from luotsi.surveys.rules import may_answer
from luotsi.web.questions.faults import fault_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.core.actors import Actor


@transaction.atomic
def keep_draft(response: Response, *, answers: Mapping[str, object], by: Actor) -> None:
    """Keep what was answered so far, in place of what was kept before. What does not fit is left out.

    No entry of the audit log: nothing has happened yet that concerns anybody else.
    """
    locked = _to_answer(response, by)
    locked.amend(draft=check_answers(locked.wave.instrument.questions, answers).kept)
    response.draft = locked.draft


@transaction.atomic
def answer(response: Response, *, answers: Mapping[str, object], by: Actor) -> None:
    """Keep a person's answers, once and for good. Raises ValidationError with a text for each bad answer, by key."""
    locked = _to_answer(response, by)
    form = locked.wave.instrument.questions
    checked = check_answers(form, answers)
    if checked.faults:
        raise ValidationError(fault_texts(form, checked.faults))
    move(locked, ResponseState.ANSWERED, draft={}, answers=checked.kept, answered_at=timezone.now())
    audit.record(by=by, verb="surveys.answered", subject=locked, answers=len(checked.kept))
    response.refresh_from_db(fields=["state", "draft", "answers", "answered_at"])


def _to_answer(response: Response, by: Actor) -> Response:
    """The response, locked, if this very person may still answer."""
    if not may_answer(by, response):
        raise RefusedError(_("Only the one who was asked can answer."))
    locked = Response.objects.select_for_update(of=("self",)).select_related("wave__instrument").get(pk=response.pk)
    if locked.state == ResponseState.ANSWERED:
        raise RefusedError(_("You have answered already. Your answers are kept."))
    if locked.state != ResponseState.ASKED or not locked.wave.is_open:
        raise RefusedError(_("The time to answer is over."))
    return locked


def move(response: Response, to: ResponseState, **values: Any) -> None:  # noqa: ANN401 -- columns of Response
    """Into another state, if there is a way to it."""
    if to not in MOVES[ResponseState(response.state)]:
        raise RefusedError(_("This survey is over."))
    response.amend(state=to, **values)
