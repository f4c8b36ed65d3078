"""Writes: what somebody answers without the name.

Two writes in one transaction that share nothing: a tick that this person has answered, and a sheet that goes into an
urn. There is no entry of the audit log and no time; see docs/anonymity.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.core.errors import RefusedError
from luotsi.core.questions.answers import check_answers
from luotsi.core.questions.values import Kind
from luotsi.surveys.formats.codes import digest_of_code
from luotsi.surveys.models import Invitee
from luotsi.surveys.rules import is_invited
from luotsi.surveys.services.urns import Sheet, drop_in
from luotsi.web.questions.faults import fault_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.core.actors import Actor
    from luotsi.people.models import Organisation
    from luotsi.surveys.formats.codes import CodeParts
    from luotsi.surveys.models import Wave


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a respondent sends."""

    answers: Mapping[str, object]
    code: CodeParts | None = None


@transaction.atomic
def answer_as_invited(invitee: Invitee, *, given: Given, by: Actor) -> None:
    """Once, and for good: of two sent at the same time one wins. Raises ValidationError for bad answers, by key."""
    if not is_invited(by, invitee):
        raise RefusedError(_("Only the one who was asked can answer."))
    sheet, words = _sheet(invitee.wave, given)
    if not Invitee.objects.filter(pk=invitee.pk, has_answered=False).update(has_answered=True):
        raise RefusedError(_("You have answered already. Your answers are kept."))
    _drop_in(invitee.wave, invitee.unit_id, sheet, words)


@transaction.atomic
def answer_by_link(wave: Wave, *, given: Given, unit: Organisation | None) -> None:
    """Whoever has the link answers; nobody knows who has. Raises ValidationError for bad answers, by key."""
    if wave.link_key is None:
        raise RefusedError(_("This survey has no open link."))
    if unit is not None and not wave.urns.filter(unit=unit).exists():
        raise RefusedError(_("Choose one of the units of the organisation."))
    sheet, words = _sheet(wave, given)
    _drop_in(wave, unit.pk if unit else None, sheet, words)


def _sheet(wave: Wave, given: Given) -> tuple[Sheet, dict[str, str]]:
    """The answers to keep, in the order of the form, and the own words apart from them."""
    if not (wave.is_anonymous and wave.is_open):
        raise RefusedError(_("The time to answer is over."))
    form = wave.instrument.questions
    checked = check_answers(form, given.answers)
    if checked.faults:
        raise ValidationError(fault_texts(form, checked.faults))
    written = {item.key for item in form.items if item.kind is Kind.TEXT}
    words = {key: str(answer) for key, answer in checked.kept.items() if key in written}
    answers = {key: answer for key, answer in checked.kept.items() if key not in written}
    code = given.code and digest_of_code(given.code.code, salt=wave.code_salt, secret=settings.KEY_SECRET)
    return Sheet(answers=answers, code=code or ""), words


def _drop_in(wave: Wave, unit_id: int | None, sheet: Sheet, words: dict[str, str]) -> None:
    if not drop_in(wave, unit_id, sheet, words):
        raise RefusedError(_("The time to answer is over."))
