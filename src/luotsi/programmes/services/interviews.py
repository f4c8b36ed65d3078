"""Writes: talks with applicants."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.programmes.enums import UNDECIDED, Recommendation
from luotsi.programmes.models.applications import Interview
from luotsi.programmes.rules import may_run

if TYPE_CHECKING:
    from datetime import date

    from luotsi.people.models import Person
    from luotsi.programmes.models.applications import Application


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What is noted of an interview. The applicant reads the notes in the own data."""

    held_on: date
    notes: str = ""
    recommendation: Recommendation = Recommendation.OPEN


@transaction.atomic
def note_interview(application: Application, talk: Talk, *, by: Person) -> Interview:
    """Keep a talk that was held. Refused once the application is decided."""
    _check(application, talk, by)
    interview = Interview(application=application, held_by=by, **asdict(talk)).insert()
    audit.record(by=by, verb="programmes.interview_noted", subject=application, recommendation=talk.recommendation)
    return interview


@transaction.atomic
def change_interview(interview: Interview, talk: Talk, *, by: Person) -> None:
    """Put right what was noted: whoever held the talk, until the application is decided."""
    _check(interview.application, talk, by)
    if interview.held_by_id != by.pk:
        raise RefusedError(_("Only the one who held an interview changes its notes."))
    interview.amend(**asdict(talk))
    verb = "programmes.interview_changed"
    audit.record(by=by, verb=verb, subject=interview.application, recommendation=talk.recommendation)


def _check(application: Application, talk: Talk, by: Person) -> None:
    if not may_run(by, application.round.programme):
        raise RefusedError(_("Only a coordinator of the network interviews applicants."))
    if application.state not in UNDECIDED:
        raise RefusedError(_("This application has been decided already, so nothing is added to it."))
    if talk.held_on > timezone.localdate():
        raise RefusedError(_("Note an interview when it has been held: this day has not come yet."))
