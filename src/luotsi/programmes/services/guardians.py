"""Writes: asking a minor's guardian, and what he or she answers. There is no account, only a link."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.models import Recipient
from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.versions import keep_version
from luotsi.core.words.keys import email_key
from luotsi.people.enums import ConsentKind
from luotsi.people.models import Consent
from luotsi.people.queries import recipient_of
from luotsi.people.secrets import digest_of_secret, new_secret
from luotsi.people.services.consents import give_consent, withdraw_consent
from luotsi.programmes.enums import UNDECIDED, ApplicationState
from luotsi.programmes.messages.apply import guardian_asked, guardian_consented, guardian_said_no, guardian_text
from luotsi.programmes.models.applications import Application, GuardianAsk
from luotsi.programmes.rules import may_answer_as_guardian, may_apply_for, may_run

if TYPE_CHECKING:
    from luotsi.core.actors import Actor

CONSENT = "guardian_consent"
REMINDED_AFTER = timedelta(days=5)
OVER = frozenset({ApplicationState.DECLINED, ApplicationState.WITHDRAWN})


@transaction.atomic
def ask_guardian(application: Application, email: str, *, language: str, by: Actor) -> GuardianAsk:
    """Mail the guardian a link; asked again, another address may be given, and the earlier link opens nothing any more.

    By the person or by a coordinator. Refused once there is an answer that holds.
    """
    programme = application.round.programme
    if not may_apply_for(by, application.person, programme, is_self_only=False):
        raise RefusedError(_("Only the one who applied, or a coordinator, asks a guardian."))
    if application.state not in UNDECIDED:
        raise RefusedError(_("This application has been decided or withdrawn already."))
    ask = GuardianAsk.objects.filter(application=application).first()
    if ask is not None and ask.consent is not None and ask.consent.withdrawn_at is None:
        raise RefusedError(_("The guardian has given consent already."))
    secret = new_secret()
    values = {"email": email_key(email), "language": language, "secret_digest": digest_of_secret(secret)}
    if ask is None:
        ask = GuardianAsk(application=application, **values).insert()
    else:
        ask.amend(**values, asked_at=timezone.now(), reminded_on=None, said_no_at=None)
    audit.record(by=by, verb="programmes.guardian_asked", subject=ask)
    _mail(ask, secret, by=by)
    return ask


@transaction.atomic
def consent_as_guardian(ask: GuardianAsk, name: str, *, by: Actor) -> Consent:
    """Yes, under this name. The applicant is told; a no that came before counts no longer."""
    _check(ask, by)
    if ask.consent is not None and ask.consent.withdrawn_at is None:
        raise RefusedError(_("You have given your consent already."))
    application = ask.application
    consent = _keep_consent(application, name, by=by)
    ask.amend(consent=consent, said_no_at=None)
    audit.record(by=by, verb="programmes.guardian_consented", subject=ask)
    tell(lambda: guardian_consented(application), to=recipient_of(application.person), by=by)
    return consent


@transaction.atomic
def say_no_as_guardian(ask: GuardianAsk, *, by: Actor) -> None:
    """No, or a yes taken back. The applicant is told; the coordinators see it with the application."""
    _check(ask, by)
    if ask.said_no_at is not None:
        return
    if ask.consent is not None:
        withdraw_consent(ask.consent, by=by)
    ask.amend(said_no_at=timezone.now())
    audit.record(by=by, verb="programmes.guardian_said_no", subject=ask)
    tell(lambda: guardian_said_no(ask.application), to=recipient_of(ask.application.person), by=by)


@transaction.atomic
def note_paper_consent(application: Application, name: str, *, by: Actor) -> Consent:
    """A guardian has signed on paper, and a coordinator has it: with whose name."""
    if not may_run(by, application.round.programme):
        raise RefusedError(_("Only a coordinator of the network does this."))
    if not name.strip():
        raise RefusedError(_("Write the name of the guardian."))
    if Consent.objects.filter(about_ref=application.ref, kind=ConsentKind.GUARDIAN, withdrawn_at=None).exists():
        raise RefusedError(_("The guardian has given consent already."))
    consent = _keep_consent(application, name, by=by)
    ask = GuardianAsk.objects.filter(application=application).first()
    if ask is not None:
        ask.amend(consent=consent, said_no_at=None)
    return consent


@transaction.atomic
def remind_guardians() -> int:
    """Once, five days after they were asked, those who have not answered. Returns how many."""
    before = timezone.now() - REMINDED_AFTER
    silent = GuardianAsk.objects.select_for_update(of=("self",)).filter(
        consent=None, said_no_at=None, reminded_on=None, asked_at__lte=before, application__state__in=UNDECIDED
    )
    found = list(silent.select_related("application__person", "application__round__programme").order_by("pk")[:500])
    for ask in found:
        secret = new_secret()
        ask.amend(secret_digest=digest_of_secret(secret), reminded_on=timezone.localdate())
        _mail(ask, secret, by=SYSTEM, is_reminder=True)
    return len(found)


def _keep_consent(application: Application, name: str, *, by: Actor) -> Consent:
    text = keep_version(CONSENT, guardian_text(application.round.programme.name))
    return give_consent(
        application.person, ConsentKind.GUARDIAN, text=text, about_ref=application.ref, given_by=name, by=by
    )


def _check(ask: GuardianAsk, by: Actor) -> None:
    if not may_answer_as_guardian(by, ask):
        raise RefusedError(_("Only whoever has the link answers as guardian."))
    if ask.application.state in OVER:
        raise RefusedError(_("This application has been decided or withdrawn already."))


def _mail(ask: GuardianAsk, secret: str, *, by: Actor, is_reminder: bool = False) -> None:
    to = Recipient(ref=None, address=ask.email, language=ask.language)
    tell(lambda: guardian_asked(ask, secret, is_reminder=is_reminder), to=to, by=by)
