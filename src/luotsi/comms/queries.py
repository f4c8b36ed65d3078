"""Reads: what was told to whom, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db.models import Count, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from luotsi.comms.enums import DeliveryState, EmailChoice, Group
from luotsi.comms.formats.calendar import CalendarEvent, calendar_text
from luotsi.comms.models import CalendarEntry, CalendarFeed, Delivery, Message, Preference
from luotsi.core.errors import NotThereError
from luotsi.core.models import AuditEntry
from luotsi.core.queries import one
from luotsi.core.words.keys import email_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

STOP = "comms.stop"  # what the signature of a stop link is good for
FEED = "comms.feed"  # what the signature of a calendar's address is good for
KEPT_IN_CALENDAR: Final = timedelta(days=90)  # how long what is over stays in a subscribed calendar


def messages_for(recipient_ref: UUID) -> QuerySet[Message]:
    """What somebody with an account was told, the newest first. Links that open a door stay in the mail alone."""
    return Message.objects.filter(recipient_ref=recipient_ref, is_secret=False).order_by("-created_at", "-pk")


def message_for(recipient_ref: UUID, ref: UUID) -> Message:
    return one(messages_for(recipient_ref), ref)


def unread_count(recipient_ref: UUID) -> int:
    return messages_for(recipient_ref).filter(read_at=None).count()


def news_for(recipient_ref: UUID) -> tuple[int, int]:
    """The newest entry of the audit log (it changes whenever anything does), and how many are unread. One query."""
    unread = messages_for(recipient_ref).filter(read_at=None).order_by().values("recipient_ref")
    count = Coalesce(Subquery(unread.annotate(count=Count("pk")).values("count")), 0)
    return AuditEntry.objects.order_by("-pk").values_list("pk", count).first() or (0, 0)


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


def uncertain_deliveries() -> QuerySet[Delivery]:
    """Deliveries that may have arrived or not, the oldest first. For the operator, who finds out: the caller checks."""
    uncertain = Delivery.objects.filter(state=DeliveryState.UNCERTAIN)
    return uncertain.select_related("message").order_by("sending_since", "pk")


def addresses_of(recipient_ref: UUID) -> list[str]:
    """Every address that an account has, or that it was written to at."""
    current = EmailAddress.objects.filter(user__ref=recipient_ref).values_list("email", flat=True)
    written = Delivery.objects.filter(message__recipient_ref=recipient_ref).values_list("address", flat=True)
    return sorted({*current, *written})


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


def calendar_of(recipient_ref: UUID, *, back: timedelta = timedelta()) -> QuerySet[CalendarEntry]:
    """What is in somebody's calendar from now on, or from some time back; cancelled things left out."""
    first_day = timezone.localdate() - back
    begins = datetime.combine(first_day, time.min, tzinfo=UTC)  # `starts_local` is kept as if it were UTC
    mine = CalendarEntry.objects.filter(recipient_ref=recipient_ref, is_cancelled=False)
    coming = mine.filter(Q(starts_local__gte=begins) | Q(on__gte=first_day))
    return coming.annotate(day=Coalesce(TruncDate("starts_local", tzinfo=UTC), "on")).order_by("day", "pk")


def all_in_calendar_of(recipient_ref: UUID) -> QuerySet[CalendarEntry]:
    """Everything that is kept of somebody's calendar."""
    return CalendarEntry.objects.filter(recipient_ref=recipient_ref).order_by("pk")


def feed_of(recipient_ref: UUID) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(recipient_ref=recipient_ref).first()


def feed_token(feed: CalendarFeed) -> str:
    """What the address of a calendar carries: its ref, signed. Nobody can make one up."""
    return signing.Signer(salt=FEED).sign(feed.ref.hex)


def feed_with_token(token: str) -> CalendarFeed:
    """The calendar with this address. Raises NotThereError when it is made up, or was given up."""
    try:
        ref = signing.Signer(salt=FEED).unsign(token)
    except signing.BadSignature:
        raise NotThereError from None
    found = CalendarFeed.objects.filter(ref=ref).first()
    if found is None:
        raise NotThereError
    return found


def calendar_file(events: Iterable[CalendarEvent], *, name: str = "") -> str:
    """Events as a file to save, or under a name as a calendar to subscribe to."""
    return calendar_text(map(whole, events), host=settings.MESSAGE_ID_HOST, name=name)


def event_in(entry: CalendarEntry) -> CalendarEvent:
    """What is kept of an event in somebody's calendar."""
    return CalendarEvent(
        ref=entry.about_ref,
        name=entry.name,
        at=entry.told_at,
        starts_local=entry.starts_local,
        minutes=entry.minutes,
        time_zone=entry.time_zone,
        on=entry.on,
        place=entry.place,
        text=entry.text,
        address=entry.path,
        sequence=entry.sequence,
        is_settled=entry.is_settled,
        is_cancelled=entry.is_cancelled,
    )


def whole(event: CalendarEvent) -> CalendarEvent:
    return replace(event, address=absolute(event.address))


def absolute(path: str) -> str:
    """The path on this site as a whole address; nothing for nothing."""
    return f"{settings.SITE_ADDRESS}{path}" if path else ""
