"""Writes: roles and the invitations to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from luotsi.comms.models import Recipient
from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.actors import LinkBearer
from luotsi.core.errors import NotThereError, RefusedError
from luotsi.core.words.keys import email_key
from luotsi.people import messages
from luotsi.people.enums import Role
from luotsi.people.models import Invitation, Membership, Network, Organisation, Person
from luotsi.people.queries import person_with_address, recipient_of
from luotsi.people.rules import administers, coordinates, is_system, may_invite, operates
from luotsi.people.secrets import digest_of_secret, new_secret
from luotsi.people.services.accounts import add_person, verify_address

if TYPE_CHECKING:
    from luotsi.core.actors import Actor

INVITATION_LIVES = timedelta(days=14)


@transaction.atomic
def grant(
    person: Person, role: Role, *, by: Actor, organisation: Organisation | None = None, network: Network | None = None
) -> Membership:
    """Give a person a role, once. The person is told, unless the installation itself did it."""
    if not (is_system(by) or may_invite(by, role, organisation=organisation, network=network)):
        raise RefusedError(_("You cannot give this role."))
    found = (
        Membership.objects.current()
        .filter(person=person, role=role, organisation=organisation, network=network)
        .first()
    )
    if found:
        return found
    membership = Membership(person=person, role=role, organisation=organisation, network=network).insert()
    audit.record(by=by, verb="people.role_granted", subject=membership, role=role, person=str(person.ref))
    if not is_system(by) and by.actor_ref != person.ref:
        place = str(organisation or network)
        tell(lambda: messages.role_granted(place, str(role.label)), to=recipient_of(person), by=by)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: Actor) -> None:
    """End a role from today on. The last administrator of an organisation stays."""
    if membership.organisation is not None:
        allowed = administers(by, membership.organisation) or by.actor_ref == membership.person.ref
    else:
        allowed = membership.network is not None and coordinates(by, membership.network)
    if not (allowed or operates(by) or is_system(by)):
        raise RefusedError(_("You cannot end this role."))
    if membership.role == Role.ADMIN and not _other_administrators(membership):
        raise RefusedError(_("An organisation needs an administrator. Give the role to somebody else first."))
    yesterday = timezone.localdate() - timedelta(days=1)
    if membership.since > yesterday:
        audit.record(by=by, verb="people.role_ended", subject=membership, role=membership.role)
        membership.delete()
        return
    membership.amend(until=yesterday)
    audit.record(by=by, verb="people.role_ended", subject=membership, role=membership.role)


def _other_administrators(membership: Membership) -> bool:
    """Of the organisation, or of the one that it is a unit of. Locks them: two must not end each other at once."""
    place = membership.organisation
    places = [] if place is None else [place.pk, place.parent_id]
    found = Membership.objects.current().filter(role=Role.ADMIN, organisation__in=places).select_for_update()
    return any(other.pk != membership.pk for other in found)


@transaction.atomic
def invite(
    *,
    by: Person,
    email: str,
    role: Role,
    organisation: Organisation | None = None,
    network: Network | None = None,
    language: str = "fi",
) -> Invitation:
    """Mail a link that gives the role to whoever accepts it. An earlier open invitation to the same is replaced."""
    if not may_invite(by, role, organisation=organisation, network=network):
        raise RefusedError(_("You cannot invite anybody to this role."))
    key = email_key(email)
    validate_email(key)
    Invitation.objects.filter(
        email=key, role=role, organisation=organisation, network=network, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=timezone.now())
    secret = new_secret()
    invitation = Invitation(
        email=key, role=role, organisation=organisation, network=network, language=language, invited_by=by,
        secret_digest=digest_of_secret(secret), expires_at=timezone.now() + INVITATION_LIVES,
    ).insert()  # fmt: skip
    recipient = Recipient(ref=None, address=key, language=language, time_zone="Europe/Helsinki")
    tell(lambda: messages.invited(invitation, secret), to=recipient, by=by)
    audit.record(by=by, verb="people.invited", subject=invitation, role=role)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Person) -> None:
    """The link stops working."""
    if not may_invite(by, Role(invitation.role), organisation=invitation.organisation, network=invitation.network):
        raise RefusedError(_("You cannot withdraw this invitation."))
    invitation.amend(withdrawn_at=timezone.now())
    audit.record(by=by, verb="people.invitation_withdrawn", subject=invitation)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, given_name: str = "", family_name: str = "") -> Person:
    """Whoever bears the link gets the role: the person with that address, or a new one with these names.

    The address is verified. Raises NotThereError when the link has been used, withdrawn or is too old.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open:
        raise NotThereError
    bearer = LinkBearer(actor_ref=locked.ref)
    person = person_with_address(locked.email) or add_person(
        by=bearer, email=locked.email, given_name=given_name, family_name=family_name,
        language=translation.get_language() or locked.language,
    )  # fmt: skip
    verify_address(person, locked.email)
    membership = (
        Membership.objects.current()
        .filter(person=person, role=locked.role, organisation=locked.organisation, network=locked.network)
        .first()
        or Membership(
            person=person, role=locked.role, organisation=locked.organisation, network=locked.network
        ).insert()
    )
    locked.amend(accepted_at=timezone.now(), accepted_by=person)
    audit.record(by=bearer, verb="people.invitation_accepted", subject=membership, person=str(person.ref))
    return person
