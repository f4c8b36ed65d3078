"""What happened to an application, and what many letters would say: in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luotsi.core.enums import Language
from luotsi.programmes.messages.letters import ordinary_words

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from luotsi.programmes.enums import ApplicationState
    from luotsi.programmes.messages.own_words import OwnWords
    from luotsi.programmes.models.applications import Application

VERBS: dict[str, str | Promise] = {
    "programmes.applied": _("Applied"),
    "programmes.application_changed": _("The answers were changed"),
    "programmes.interview_noted": _("An interview was noted"),
    "programmes.interview_changed": _("The notes of an interview were put right"),
    "programmes.application_accepted": _("Accepted"),
    "programmes.application_waitlisted": _("Put on the waiting list"),
    "programmes.application_declined": _("Not accepted"),
    "programmes.application_withdrawn": _("Withdrawn"),
    "programmes.applicant_cared_for": _("We wrote that the application is not forgotten"),
    "programmes.guardian_asked": _("A guardian was asked"),
    "programmes.guardian_consented": _("A guardian gave consent"),
    "programmes.guardian_said_no": _("A guardian said no"),
}


def event_in_words(verb: str) -> str:
    """What the log calls it, in words; empty for what is of no use to a coordinator."""
    return str(VERBS.get(verb, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How a letter reads in one language, to the first of those who get it in it."""

    language: str
    count: int
    subject: str
    lines: list[str]


def previews_of(
    applications: QuerySet[Application], decision: ApplicationState | None, words: OwnWords | None
) -> list[Preview]:
    """The letter in each language that a recipient reads. Two queries a language."""
    counts = dict(applications.order_by().values_list("person__language").annotate(count=Count("pk")))
    found = []
    for language in Language.values:
        first = applications.filter(person__language=language).order_by("pk").first()
        if first is None:
            continue
        with translation.override(language):
            subject, lines = words.said_to(first) if words else ordinary_words(first, decision)  # type: ignore[arg-type]  # one of the two is there
        found.append(
            Preview(language=Language(language).label, count=counts.get(language, 0), subject=subject, lines=lines)
        )
    return found
