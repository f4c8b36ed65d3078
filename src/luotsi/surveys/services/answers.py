"""Writes: what somebody answers with the name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.surveys import messages
from luotsi.surveys.enums import MOVES, ResponseState
from luotsi.surveys.formats.items import read_answers
from luotsi.surveys.models import Response
from luotsi.surveys.rules import may_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.core.actors import Actor


@transaction.atomic
def answer(response: Response, *, answers: Mapping[str, object], by: Actor) -> None:
    """Keep a person's answers, once and for good. Raises ValidationError with a text for each bad answer, by key."""
    if not may_answer(by, response):
        raise RefusedError(_("Only the one who was asked can answer."))
    locked = Response.objects.select_for_update().select_related("wave__instrument").get(pk=response.pk)
    if locked.state == ResponseState.ANSWERED:
        raise RefusedError(_("You have answered already. Your answers are kept."))
    if locked.state != ResponseState.ASKED or not locked.wave.is_open:
        raise RefusedError(_("The time to answer is over."))
    questions = {item.key: item for item in locked.wave.instrument.questions}
    kept, faults = read_answers(questions.values(), answers)
    if faults:
        raise ValidationError(
            {key: messages.fault_text(questions.get(key), key, fault) for key, fault in sorted(faults.items())}
        )
    move(locked, ResponseState.ANSWERED, answers=kept, answered_at=timezone.now())
    audit.record(by=by, verb="surveys.answered", subject=locked, answers=len(kept))
    response.refresh_from_db(fields=["state", "answers", "answered_at"])


def move(response: Response, to: ResponseState, **values: Any) -> None:  # noqa: ANN401 -- columns of Response
    """Into another state, if there is a way to it."""
    if to not in MOVES[ResponseState(response.state)]:
        raise RefusedError(_("This survey is over."))
    response.amend(state=to, **values)
