"""Writes: organisations that want a programme of their own, and people who are invited to apply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.models import Recipient
from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.words.keys import email_key
from luotsi.people.enums import Role
from luotsi.people.queries import people_of_network, recipient_of
from luotsi.programmes.enums import EnquiryState, ProgrammeState
from luotsi.programmes.messages import directory as letters
from luotsi.programmes.models.directory import Enquiry
from luotsi.programmes.rules import may_invite_to_apply, may_run_programmes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.core.actors import Actor
    from luotsi.people.models import Network, Person
    from luotsi.programmes.models.programmes import Programme

MOST_INVITED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What an organisation asks, and how it is reached."""

    organisation_name: str
    contact_name: str
    email: str
    language: str
    text: str
    model_key: str = ""


@transaction.atomic
def ask_for_programme(network: Network, asking: Asking, *, by: Actor) -> Enquiry:
    """The network's coordinators are told, and the sender gets a word that it came."""
    enquiry = Enquiry(
        network=network,
        organisation_name=asking.organisation_name,
        contact_name=asking.contact_name,
        email=email_key(asking.email),
        language=asking.language,
        text=asking.text,
        model_key=asking.model_key,
    ).insert()
    for coordinator in people_of_network(network, Role.COORDINATOR):
        tell(lambda: letters.enquiry_came(enquiry), to=recipient_of(coordinator), by=by)
    tell(lambda: letters.enquiry_received(enquiry), to=_sender(enquiry), by=by)
    audit.record(by=by, verb="programmes.enquired", subject=enquiry)
    return enquiry


@transaction.atomic
def answer_enquiry(enquiry: Enquiry, text: str, *, by: Person) -> None:
    """Mail the answer in the coordinator's own words. Once."""
    if not may_run_programmes(by, enquiry.network):
        raise RefusedError(_("Only a coordinator of the network answers enquiries."))
    locked = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if locked.state != EnquiryState.NEW:
        raise RefusedError(_("This enquiry has been answered already."))
    tell(lambda: letters.enquiry_answered(enquiry, text, by), to=_sender(enquiry), by=by)
    enquiry.amend(state=EnquiryState.ANSWERED, answered_by=by, answered_at=timezone.now())
    audit.record(by=by, verb="programmes.enquiry_answered", subject=enquiry)


@transaction.atomic
def invite_to_apply(programme: Programme, addresses: Sequence[str], *, language: str, by: Person) -> int:
    """Mail the call to each address. Who was asked is kept nowhere here, so that nobody can see who said no.

    Returns how many letters go out. Raises ValidationError for what is no address; then none goes out.
    """
    if not may_invite_to_apply(by, programme):
        raise RefusedError(_("Only those who carry the programme invite people to it."))
    if programme.state != ProgrammeState.OPEN:
        raise RefusedError(_("The programme is not open."))
    keys = list(dict.fromkeys(email_key(address) for address in addresses))
    if len(keys) > MOST_INVITED:
        raise RefusedError(_("Invite %(most)s people at a time at most.") % {"most": MOST_INVITED})
    for key in keys:
        validate_email(key)
    for key in keys:
        to = Recipient(ref=None, address=key, language=language)
        tell(lambda: letters.invited_to_apply(programme, by), to=to, by=by)
    audit.record(by=by, verb="programmes.invited_to_apply", subject=programme, count=len(keys))
    return len(keys)


def _sender(enquiry: Enquiry) -> Recipient:
    return Recipient(ref=None, address=enquiry.email, language=enquiry.language)
