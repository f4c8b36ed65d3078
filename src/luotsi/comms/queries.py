"""Reads: what was told to whom, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core import signing
from django.db.models import Q

from luotsi.comms.enums import DeliveryState, EmailChoice, Group
from luotsi.comms.models import Delivery, Message, Preference
from luotsi.core.errors import NotThereError
from luotsi.core.queries import one
from luotsi.core.words.keys import email_key

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

STOP = "comms.stop"  # what the signature of a stop link is good for


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDelivery:
    """What the operator sees of a delivery: never its words, and of the address only who could recognise it anyway."""

    ref: UUID
    message_id: str
    masked_address: str
    kind: str
    attempts: int
    sending_since: datetime


def messages_for(recipient_ref: UUID) -> QuerySet[Message]:
    """What somebody with an account was told, the newest first. Links that open a door stay in the mail alone."""
    return Message.objects.filter(recipient_ref=recipient_ref, is_secret=False).order_by("-created_at", "-pk")


def message_for(recipient_ref: UUID, ref: UUID) -> Message:
    return one(messages_for(recipient_ref), ref)


def unread_count(recipient_ref: UUID) -> int:
    return messages_for(recipient_ref).filter(read_at=None).count()


def preferences_for(recipient_ref: UUID) -> dict[Group, EmailChoice]:
    """For every group what was chosen, or e-mail at once."""
    chosen = dict(Preference.objects.filter(recipient_ref=recipient_ref).values_list("group", "email"))
    return {group: EmailChoice(chosen.get(group, EmailChoice.AT_ONCE)) for group in Group}


def wants_email(message: Message, address: str) -> bool:
    """Whether the message may go to the address: it is necessary, or nobody said no to its group."""
    if message.is_necessary:
        return True
    if message.recipient_ref is None:
        whose = Q(address_key=email_key(address))
    else:
        whose = Q(recipient_ref=message.recipient_ref)
    return not Preference.objects.filter(whose, group=message.group, email=EmailChoice.NEVER).exists()


def uncertain_deliveries() -> list[ShownDelivery]:
    """Deliveries that may have arrived or not, the oldest first: the operator finds out and decides."""
    return [
        ShownDelivery(
            ref=delivery.ref,
            message_id=delivery.message_id,
            masked_address=masked(delivery.address),
            kind=delivery.message.kind,
            attempts=delivery.attempts,
            sending_since=delivery.sending_since or delivery.changed_at,
        )
        for delivery in _uncertain().select_related("message").order_by("sending_since", "pk")
    ]


def uncertain_count() -> int:
    return _uncertain().count()


def uncertain_delivery(ref: UUID) -> Delivery:
    """For the operator's page, which checks who asks."""
    return one(_uncertain(), ref)


def masked(address: str) -> str:
    """a…@example.org"""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


def stop_token(delivery: Delivery) -> str:
    """What a stop link carries: nothing but the delivery's ref, signed. It works as long as the message is kept."""
    return signing.Signer(salt=STOP).sign(delivery.ref.hex)


def delivery_with_token(token: str) -> Delivery:
    """The delivery whose mail had this stop link. Raises NotThereError for a token that we did not sign."""
    try:
        ref = signing.Signer(salt=STOP).unsign(token)
    except signing.BadSignature:
        raise NotThereError from None
    found = Delivery.objects.select_related("message").filter(ref=ref).first()
    if found is None:
        raise NotThereError
    return found


def _uncertain() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=DeliveryState.UNCERTAIN)
