"""Writes: the letters that a programme's model sends by itself, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luotsi.comms.models import Letter
from luotsi.comms.services import tell
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText
from luotsi.journey.models import NudgeSent
from luotsi.journey.queries.nudges import due_in, nudged_programmes
from luotsi.people.queries import recipient_of
from luotsi.programmes.formats.places import filled
from luotsi.programmes.services.applications import note_care
from luotsi.web.environment import day

if TYPE_CHECKING:
    from datetime import date

    from luotsi.journey.queries.nudges import Due
    from luotsi.people.models import Person


def send_nudges(today: date | None = None) -> int:
    """Send what is due in all open programmes, nothing twice. Returns how many letters went out."""
    today = today or timezone.localdate()
    return sum(_send(due) for programme in nudged_programmes() for due in due_in(programme, today))


def _send(due: Due) -> bool:
    """The letter and the note that it went out, in one transaction; another worker may have been faster.

    Whoever no mail can reach holds up nobody, and is tried again the next day.
    """
    happening = due.happening
    try:
        with transaction.atomic():
            NudgeSent.objects.create(
                programme=due.programme,
                person=happening.person,
                nudge=due.nudge.key,
                day=due.day,
                about_ref=happening.about_ref,
            )
            if happening.application is not None:
                note_care(happening.application, due.day, by=SYSTEM)
            tell(lambda: letter_of(due), to=recipient_of(happening.person), by=SYSTEM)
    except (IntegrityError, RefusedError):
        return False
    return True


def letter_of(due: Due) -> Letter:
    """The nudge in the active language, its places filled. Whoever wants no reminders by e-mail finds it here only."""
    happening, programme = due.happening, due.programme
    name = str(happening.activity.name) if happening.activity else ""
    values = {
        "name": happening.person.given_name,
        "programme": str(programme.name),
        "activity": name,
        "day": day(happening.on),
    }
    texts = str(TranslatedText(due.nudge.subject)), str(TranslatedText(due.nudge.text))
    subject, text = (filled(words, values) for words in texts)
    about = _("Programme: %(programme)s.") % values
    if name:
        about = _("Programme: %(programme)s. It is about: %(activity)s, %(day)s.") % values
    return Letter(
        kind="journey.nudge",
        subject=subject,
        lines=[*(line.strip() for line in text.splitlines() if line.strip()), about],
        action_label=_("Open the page"),
        action_path=happening.path,
    )


@transaction.atomic
def forget_nudges(person: Person) -> None:
    """Which reminders somebody got is nobody's business any more."""
    NudgeSent.objects.filter(person=person).delete()
