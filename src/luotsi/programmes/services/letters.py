"""Writes: the words that a network's coordinators send to applicants again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.programmes.messages.own_words import trouble_with
from luotsi.programmes.models.applications import LetterTemplate
from luotsi.programmes.rules import may_run_programmes

if TYPE_CHECKING:
    from luotsi.people.models import Network, Person
    from luotsi.programmes.messages.own_words import OwnWords


@transaction.atomic
def make_template(network: Network, *, name: str, words: OwnWords, by: Person) -> LetterTemplate:
    """Keep words under a name, once in a network."""
    _check(network, words, by)
    _check_name(network, name)
    made = LetterTemplate(network=network, name=name, subject=words.subject, text=words.text).insert()
    audit.record(by=by, verb="programmes.letter_template_made", subject=made)
    return made


@transaction.atomic
def change_template(template: LetterTemplate, *, name: str, words: OwnWords, by: Person) -> None:
    """Other words from now on. What was sent stays as it was sent."""
    _check(template.network, words, by)
    _check_is_there(template)
    if name != template.name:
        _check_name(template.network, name)
    template.amend(name=name, subject=words.subject, text=words.text)
    audit.record(by=by, verb="programmes.letter_template_changed", subject=template)


@transaction.atomic
def remove_template(template: LetterTemplate, *, by: Person) -> None:
    """Offer it no more."""
    if not may_run_programmes(by, template.network):
        raise RefusedError(_("Only a coordinator of the network does this."))
    _check_is_there(template)
    template.amend(removed_at=timezone.now())
    audit.record(by=by, verb="programmes.letter_template_removed", subject=template)


def _check(network: Network, words: OwnWords, by: Person) -> None:
    if not may_run_programmes(by, network):
        raise RefusedError(_("Only a coordinator of the network does this."))
    check_words(words)


def check_words(words: OwnWords) -> None:
    """Refuse words that cannot be sent: no whole language, or a place that nothing fills."""
    if not words.languages:
        raise RefusedError(_("Write the subject and the text in the same language, one at least."))
    for text in (*words.subject.values(), *words.text.values()):
        if trouble := trouble_with(text):
            raise RefusedError(trouble)


def _check_name(network: Network, name: str) -> None:
    if LetterTemplate.objects.filter(network=network, name=name, removed_at=None).exists():
        raise RefusedError(_("There is a letter with this name already. Give another name."))


def _check_is_there(template: LetterTemplate) -> None:
    if template.removed_at is not None:
        raise RefusedError(_("This letter has been removed."))
