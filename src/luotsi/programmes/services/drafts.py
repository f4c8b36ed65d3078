"""Writes: applications on their way, from the first step to the moment at which they are handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.models import Recipient
from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.questions.answers import check_answers
from luotsi.core.versions import keep_version
from luotsi.core.words.keys import email_key
from luotsi.people.enums import ConsentKind
from luotsi.people.models import Person
from luotsi.people.queries import address_of, recipient_of
from luotsi.people.secrets import digest_of_secret, new_secret
from luotsi.people.services.accounts import add_person, verify_address
from luotsi.people.services.consents import give_consent
from luotsi.programmes.enums import ApplicationRole, CameBy
from luotsi.programmes.formats.calls import (
    GUARDIAN_EMAIL,
    GUARDIAN_KEYS,
    GUARDIAN_LANGUAGE,
    answers_of,
    faults_beyond,
    form_of,
)
from luotsi.programmes.messages.apply import link_to_confirm, link_to_go_on, received
from luotsi.programmes.models.applications import Application, ApplicationDraft
from luotsi.programmes.queries.calls import call_of
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.rules import may_write_draft
from luotsi.programmes.services.applications import Candidacy, submit_application
from luotsi.programmes.services.guardians import ask_guardian

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from luotsi.core.actors import Actor
    from luotsi.core.questions.conditions import Answer
    from luotsi.programmes.formats.values import ModelDescription
    from luotsi.programmes.models.programmes import Round

LIVES = timedelta(days=30)
MOST_LETTERS = 5  # with a link, of one draft
MOST_AN_HOUR = 5  # with a link, to one address, of all drafts
TERMS = "programme_terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who applies, and as what. Names and address are not looked at of somebody who is signed in."""

    role: ApplicationRole
    given_name: str = ""
    family_name: str = ""
    email: str = ""

    def columns(self) -> dict[str, str]:
        return {
            "role": self.role,
            "given_name": self.given_name.strip(),
            "family_name": self.family_name.strip(),
            "email": email_key(self.email),
        }


@transaction.atomic
def begin_draft(round_: Round, contact: Contact, *, language: str, by: Actor) -> ApplicationDraft:
    """The first step. The link to go on is mailed; to somebody who is signed in it need not be.

    Nobody can tell from it whether the address has an account.
    """
    _check_role(round_, contact.role)
    if isinstance(by, Person):
        contact = Contact(role=contact.role, given_name=by.given_name, family_name=by.family_name, email=address_of(by))
    if not contact.email:
        raise RefusedError(_("Your account has no e-mail address. Add one first."))
    draft = ApplicationDraft(
        round=round_,
        language=language,
        secret_digest=digest_of_secret(new_secret()),
        expires_at=timezone.now() + LIVES,
        confirmed_at=timezone.now() if isinstance(by, Person) else None,
        **contact.columns(),
    ).insert()
    audit.record(by=by, verb="programmes.draft_begun", subject=draft, role=contact.role)
    if draft.confirmed_at is None:
        _mail_link(draft, by=by)
    return draft


@transaction.atomic
def change_contact(draft: ApplicationDraft, contact: Contact, *, by: Actor) -> None:
    """Another role, or a name or address typed anew. A new address is confirmed anew; what was answered stays.

    What waited to be confirmed is handed in once more after that.
    """
    locked = _lock_open(draft, by=by, may_be_handed_in=True)
    if contact.role != locked.role:
        _check_role(draft.round, contact.role)
    if not contact.email:  # of somebody who is signed in
        contact = Contact(
            role=contact.role, given_name=locked.given_name, family_name=locked.family_name, email=locked.email
        )
    is_other = email_key(contact.email) != locked.email
    confirmed_at = None if is_other else locked.confirmed_at
    draft.amend(**contact.columns(), confirmed_at=confirmed_at, handed_in_at=None, terms=None)
    audit.record(by=by, verb="programmes.draft_changed", subject=draft, role=contact.role)
    if is_other:
        _mail_link(draft, by=by)


@transaction.atomic
def keep_told(draft: ApplicationDraft, told: Mapping[str, Answer], *, by: Actor) -> None:
    """Keep what was answered so far."""
    _lock_open(draft, by=by)
    draft.amend(told=dict(told))


@transaction.atomic
def send_link(draft: ApplicationDraft, *, by: Actor) -> None:
    """Mail the link once more. An earlier one opens nothing any more."""
    _lock_open(draft, by=by, may_be_handed_in=True)
    if draft.letters >= MOST_LETTERS:
        raise RefusedError(
            _("The link has been mailed %(times)s times. Check the address, and look among unwanted mail too.")
            % {"times": MOST_LETTERS}
        )
    _mail_link(draft, by=by)


@transaction.atomic
def throw_away(draft: ApplicationDraft, *, by: Actor) -> None:
    """Everything that was written is gone at once. What was handed in is withdrawn, not thrown away."""
    locked = _lock_open(draft, by=by, may_be_handed_in=True)
    audit.record(by=by, verb="programmes.draft_thrown_away", subject=locked)
    locked.delete()


def confirm(draft: ApplicationDraft, *, by: Actor) -> Application | None:
    """The mailed link was opened: the address is confirmed. What was handed in before that goes to those who decide."""
    _note_confirmed(draft, by=by)
    return _submit(draft, by=by) if draft.handed_in_at is not None and draft.application is None else None


def hand_in(draft: ApplicationDraft, *, accepts_terms: bool, by: Actor) -> Application | None:
    """The application, or None while the address waits to be confirmed by the link that is mailed then."""
    _note_handed_in(draft, accepts_terms=accepts_terms, by=by)
    return _submit(draft, by=by) if draft.confirmed_at is not None else None


@transaction.atomic
def clear_expired() -> int:
    """Remove the drafts whose time is over. Returns how many there were."""
    found, _by_table = ApplicationDraft.objects.filter(expires_at__lte=timezone.now()).delete()
    return found


@transaction.atomic
def _note_confirmed(draft: ApplicationDraft, *, by: Actor) -> None:
    _check_writer(draft, by)
    if draft.confirmed_at is None:
        draft.amend(confirmed_at=timezone.now())
        audit.record(by=by, verb="programmes.draft_confirmed", subject=draft)


@transaction.atomic
def _note_handed_in(draft: ApplicationDraft, *, accepts_terms: bool, by: Actor) -> None:
    locked = _lock_open(draft, by=by)
    _check_role(draft.round, locked.role)
    model = model_in(draft.round.programme.description)
    told = _checked(model, draft)
    if model.enrolment.terms and not accepts_terms:
        raise RefusedError(_("Read the terms and accept them to hand in your application."))
    terms = keep_version(TERMS, model.enrolment.terms) if model.enrolment.terms else None
    draft.amend(handed_in_at=timezone.now(), terms=terms, told=told)
    audit.record(by=by, verb="programmes.draft_handed_in", subject=draft)
    if draft.confirmed_at is None and draft.letters < MOST_LETTERS:
        _mail_link(draft, by=by)


@transaction.atomic
def _submit(draft: ApplicationDraft, *, by: Actor) -> Application:
    """From a draft that was handed in by somebody whose address is known to an application of that person."""
    locked = ApplicationDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.application is not None:
        raise RefusedError(_("This application has been handed in already."))
    person = add_person(
        by=by,
        email=draft.email,
        given_name=draft.given_name,
        family_name=draft.family_name,
        language=draft.language,
    )
    if draft.letters:  # the mailed link was opened; of somebody who was signed in nothing was mailed
        verify_address(person, draft.email)
    if Application.objects.filter(round=draft.round, person=person).exists():
        raise RefusedError(_("You have applied to this programme already. Sign in to see your application."))
    application = submit_application(draft.round, _candidacy(draft), person=person, by=person)
    if draft.terms is not None:
        give_consent(person, ConsentKind.PROGRAMME_TERMS, text=draft.terms, about_ref=application.ref, by=person)
    guardian = str(draft.told.get(GUARDIAN_EMAIL, ""))
    if guardian:
        ask_guardian(application, guardian, language=str(draft.told[GUARDIAN_LANGUAGE]), by=person)
    draft.amend(application=application, told={}, given_name="", family_name="")
    ApplicationDraft.objects.filter(round=draft.round, email=draft.email, application=None).delete()
    tell(lambda: received(application, waits_for_guardian=bool(guardian)), to=recipient_of(person), by=by)
    return application


def _candidacy(draft: ApplicationDraft) -> Candidacy:
    model = model_in(draft.round.programme.description)
    told: dict[str, Any] = {key: answer for key, answer in draft.told.items() if key not in GUARDIAN_KEYS}
    return Candidacy(
        role=ApplicationRole(draft.role),
        answers=answers_of(model, draft.role, draft.told),
        told=told,
        came_by=CameBy.FORM,
        terms=draft.terms,
    )


def _checked(model: ModelDescription, draft: ApplicationDraft) -> dict[str, Answer]:
    """The answers, when nothing is missing or wrong."""
    checked = check_answers(form_of(model, draft.role), draft.told)
    if checked.faults or faults_beyond(model, draft.role, checked.kept, email=draft.email):
        raise RefusedError(_("Some answers are missing or need to be corrected. Look at your answers once more."))
    return checked.kept


def _check_role(round_: Round, role: str) -> None:
    call = call_of(round_)
    if not call.is_open:
        raise RefusedError(_("This programme does not take applications now."))
    if role not in call.offered:
        raise RefusedError(_("In this programme one applies as a mentor or as a mentee, not as both."))
    if role not in call.roles:
        raise RefusedError(
            _("All places in this role have been taken. You can apply in another role or another round.")
        )


def _check_writer(draft: ApplicationDraft, by: Actor) -> None:
    if not may_write_draft(by, draft):
        raise RefusedError(_("Only whoever has the link to an application writes in it."))


def _lock_open(draft: ApplicationDraft, *, by: Actor, may_be_handed_in: bool = False) -> ApplicationDraft:
    """The draft as it is now, if it may still be written in."""
    _check_writer(draft, by)
    locked = ApplicationDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.application_id is not None or (locked.handed_in_at is not None and not may_be_handed_in):
        raise RefusedError(_("This application has been handed in already."))
    return locked


def _mail_link(draft: ApplicationDraft, *, by: Actor) -> None:
    """A new link. To an address that has had too many within an hour nothing goes, and nobody can tell."""
    since = timezone.now() - timedelta(hours=1)
    recent = ApplicationDraft.objects.filter(email=draft.email, created_at__gt=since).aggregate(sent=Sum("letters"))
    if (recent["sent"] or 0) >= MOST_AN_HOUR:
        return
    secret = new_secret()
    draft.amend(secret_digest=digest_of_secret(secret), letters=draft.letters + 1)
    compose = link_to_go_on if draft.handed_in_at is None else link_to_confirm
    to = Recipient(ref=None, address=draft.email, language=draft.language)
    tell(lambda: compose(draft, secret), to=to, by=by)
