"""Writes: persons, their addresses, and how they get in."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.errors import NotThereError, RefusedError
from luotsi.core.words.keys import email_key, search_key, sort_key
from luotsi.people import messages
from luotsi.people.models import Invitation, Person, SignInLink
from luotsi.people.queries import circles_of, person_with_address, recipient_of
from luotsi.people.secrets import digest_of_secret, new_secret
from luotsi.people.services.circles import leave_circle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest

    from luotsi.core.actors import Actor

LINK_LIVES = timedelta(minutes=30)
LINKS_AN_HOUR = 5
MAY_BE_WRONG = frozenset({"given_name", "family_name", "language", "region"})
NEVER_WRONG = [column.name for column in Person._meta.fields if column.name not in MAY_BE_WRONG]  # noqa: SLF001 -- Django's public name
# By the code of the validator in settings: its own words name columns in English, and say less of how to mend it.
TOO_WEAK = {
    "password_too_short": _("Write a longer password: 12 characters at least."),
    "password_too_common": _("Choose another password: many people use that one, so it is guessed first."),
    "password_too_similar": _("Choose a password that cannot be guessed from your name."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth signs people in; it never makes accounts and never sends mail of its own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise NotImplementedError(template_prefix)

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Our pages say it themselves."""


@transaction.atomic
def add_person(
    *,
    by: Actor,
    email: str,
    given_name: str,
    family_name: str,
    language: str = "fi",
    **profile: Any,  # noqa: ANN401 -- other columns of Person
) -> Person:
    """The person with this address, as there is, or a new one. Raises ValidationError for a bad address."""
    key = email_key(email)
    validate_email(key)
    if found := person_with_address(key):
        return found
    person = Person(given_name=given_name.strip(), family_name=family_name.strip(), language=language, **profile)
    _set_keys(person)
    person.set_unusable_password()
    person.insert()
    EmailAddress.objects.create(user=person, email=key, primary=True, verified=False)
    audit.record(by=by, verb="people.person_added", subject=person)
    return person


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Somebody who is to have an account. `email`: its key."""

    email: str
    given_name: str
    family_name: str
    language: str
    region: str = ""
    is_minor: bool = False


def people_to_be(wanted: Iterable[NewPerson]) -> dict[str, Person]:
    """Accounts for `add_people`, by their addresses, made beforehand: no transaction need wait for them.

    Somebody of whom a value cannot be stored is missing.
    """
    made = {}
    for each in wanted:
        person = Person(
            given_name=each.given_name.strip(),
            family_name=each.family_name.strip(),
            language=each.language,
            region=each.region,
            is_minor=each.is_minor,
            password=f"{UNUSABLE_PASSWORD_PREFIX}{secrets.token_hex(20)}",
        )
        _set_keys(person)
        with suppress(ValidationError):
            person.clean_fields(exclude=NEVER_WRONG)
            made[each.email] = person
    return made


@transaction.atomic
def add_people(people: Mapping[str, Person], *, by: Actor) -> dict[str, Person]:
    """As `add_person`, many at once: the persons with these addresses, as there are, or those of `people_to_be`."""
    held = EmailAddress.objects.filter(email__in=people, user__erased_at=None).select_related("user")
    found: dict[str, Person] = {address.email: address.user for address in held}
    new = {key: person for key, person in people.items() if key not in found}
    Person.objects.bulk_create(new.values())
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=key, primary=True, verified=False) for key, person in new.items()
    )
    audit.record_each(by=by, verb="people.person_added", subjects=new.values())
    return found | new


@transaction.atomic
def change_profile(person: Person, *, by: Actor, **values: Any) -> None:  # noqa: ANN401 -- columns of Person
    """Names, language, region: what a person says about him- or herself."""
    for name, value in values.items():
        setattr(person, name, value.strip() if isinstance(value, str) else value)
    _set_keys(person)
    person.amend(
        **{name: getattr(person, name) for name in values}, sort_key=person.sort_key, search_key=person.search_key
    )
    audit.record(by=by, verb="people.profile_changed", subject=person, fields=", ".join(sorted(values)))


@transaction.atomic
def add_address(person: Person, email: str, *, by: Actor) -> EmailAddress:
    """One more address of the same person. Refused when somebody else has it."""
    key = email_key(email)
    validate_email(key)
    owner = person_with_address(key)
    if owner is not None and owner != person:
        raise RefusedError(_("That e-mail address is already in use. Choose another one."))
    address, is_new = EmailAddress.objects.get_or_create(user=person, email=key)
    if is_new:
        audit.record(by=by, verb="people.address_added", subject=person)
    return address


@transaction.atomic
def set_password(person: Person, password: str, *, by: Actor) -> None:
    """Raises ValidationError at `password`, with all reasons, when it is too weak."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise ValidationError({"password": [TOO_WEAK.get(str(each.code), each) for each in weak.error_list]}) from None
    person.set_password(password)
    person.amend(password=person.password)
    audit.record(by=by, verb="people.password_set", subject=person)


def sign_in_with_password(request: HttpRequest, *, email: str, password: str) -> None:
    """Sign in through allauth, which limits how often one may guess. Refused without saying which part was wrong."""
    wrong = RefusedError(
        _("The e-mail address or the password is not right. Check both, or ask for a link by e-mail instead.")
    )
    try:
        person = get_adapter(request).authenticate(request, email=email_key(email), password=password)
    except ValidationError:
        raise RefusedError(_("Too many attempts. Wait a few minutes, or ask for a link by e-mail instead.")) from None
    if person is None or not person.is_active:
        raise wrong
    sign_in(request, person)


def sign_in(request: HttpRequest, person: Person) -> None:
    """Begin a session for a person whose identity has been checked."""
    perform_login(request, person)


def sign_out(request: HttpRequest) -> None:
    """End the session."""
    logout(request)


@transaction.atomic
def send_sign_in_link(email: str, *, by: Actor) -> None:
    """Mail a link to whoever has the address. For an unknown address nothing happens, and nobody can tell."""
    person = person_with_address(email)
    if person is None or not person.is_active:
        return
    if person.sign_in_links.filter(created_at__gt=timezone.now() - timedelta(hours=1)).count() >= LINKS_AN_HOUR:
        return
    secret = new_secret()
    SignInLink(
        person=person,
        email=email_key(email),
        secret_digest=digest_of_secret(secret),
        expires_at=timezone.now() + LINK_LIVES,
    ).insert()
    recipient = recipient_of(person).at(email_key(email))
    with suppress(RefusedError):  # an address that no mail can reach: who asks cannot tell it from an unknown one
        tell(lambda: messages.sign_in_link(secret), to=recipient, by=by)


@transaction.atomic
def use_sign_in_link(secret: str) -> Person:
    """The person whom the link lets in, once. The address is thereby verified. Raises NotThereError."""
    link = SignInLink.objects.select_for_update().filter(secret_digest=digest_of_secret(secret), used_at=None).first()
    if link is None or link.expires_at < timezone.now() or not link.person.is_active:
        raise NotThereError
    link.amend(used_at=timezone.now())
    verify_address(link.person, link.email)
    audit.record(by=link.person, verb="people.signed_in_by_link", subject=link.person)
    return link.person


def verify_address(person: Person, email: str) -> None:
    """Note that mail to the address reached the person."""
    try:
        with transaction.atomic():
            EmailAddress.objects.filter(user=person, email=email_key(email), verified=False).update(verified=True)
    except IntegrityError:
        raise RefusedError(_("That e-mail address is already in use. Choose another one.")) from None


@transaction.atomic
def forget_person(person: Person, *, by: Actor) -> None:
    """Make the account a tombstone: all that says who it was is gone; the row stays for what others need."""
    addresses = EmailAddress.objects.filter(user=person)
    Invitation.objects.filter(email__in=addresses.values("email"), accepted_at=None).delete()
    Invitation.objects.filter(Q(email__in=addresses.values("email")) | Q(accepted_by=person)).update(email="")
    addresses.delete()
    person.sign_in_links.all().delete()
    person.memberships.all().delete()
    person.consents.all().delete()
    for circle in circles_of(person):
        leave_circle(circle, person, by=by)
    person.set_unusable_password()
    person.amend(
        given_name="", family_name="", sort_key="", search_key="", region="", is_minor=False, is_active=False,
        password=person.password, last_login=None, erased_at=timezone.now(),
    )  # fmt: skip
    audit.record(by=by, verb="people.person_forgotten", subject=person)


def _set_keys(person: Person) -> None:
    person.sort_key = sort_key(f"{person.family_name} {person.given_name}")[:250]
    person.search_key = search_key(f"{person.given_name} {person.family_name}")[:250]
