"""What is told to whom, and what became of each attempt to carry it there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luotsi.comms.enums import Channel, DeliveryState, EmailChoice, Group
from luotsi.core.enums import Language
from luotsi.core.models import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.utils.functional import Promise

    from luotsi.comms.formats.calendar import CalendarEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Where and in which language a message reaches somebody. No `ref`: there is no account. No `address`: no mail."""

    ref: UUID | None
    address: str
    language: str
    time_zone: str = "Europe/Helsinki"

    def at(self, address: str) -> Recipient:
        """The same recipient at another address."""
        return replace(self, address=address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is told. `kind` is `module.verb`; `lines` are paragraphs; `action_path` is a path of this site, or empty.

    `is_necessary`: also mailed to those who want no mail of its group (what somebody asked for, or must know).
    `is_secret`: the action path opens a door by itself; it is in the mail only, and forgotten when the mail is out.
    `mentions`: refs of persons whose name stands in the text; when one of them is forgotten, so is the message.
    `event`: comes into the recipient's calendar, and travels with the mail as an invitation; its address is a path.
    """

    kind: str
    subject: str | Promise
    lines: Sequence[str | Promise]
    action_label: str | Promise = ""
    action_path: str = ""
    is_necessary: bool = False
    is_secret: bool = False
    mentions: Sequence[UUID] = ()
    event: CalendarEvent | None = None


class Message(Record):
    """One letter to one recipient, in the words that were used."""

    recipient_ref = models.UUIDField(null=True, blank=True)  # of an account; none for somebody known by address only
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=2, choices=Language.choices)
    subject = models.CharField(max_length=200)
    lines = models.JSONField(default=list)  # paragraphs
    action_label = models.CharField(max_length=100, blank=True)
    action_path = models.CharField(max_length=300, blank=True)
    is_necessary = models.BooleanField(default=False)
    is_secret = models.BooleanField(default=False)
    calendar = models.TextField(blank=True)  # iCalendar text that travels with the mail
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["recipient_ref", "-created_at", "-id"], name="comms_message_inbox")]
        constraints = [
            models.CheckConstraint(
                condition=Q(action_path="") | (Q(action_path__startswith="/") & ~Q(action_label="")),
                name="comms_action_is_a_path_with_a_label",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

    @property
    def group(self) -> Group:
        return Group(self.kind.partition(".")[0])


class Mention(Record):
    """Somebody whose name stands in a message to somebody else."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions")
    mentioned_ref = models.UUIDField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "mentioned_ref"], name="comms_mentioned_once_a_message"),
        ]

    def __str__(self) -> str:
        return f"{self.mentioned_ref} in {self.message_id}"


class Delivery(Record):
    """A message on its way through one channel. The Message-ID is the same at every attempt."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    address = models.EmailField()
    mail_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    sending_since = models.DateTimeField(null=True, blank=True)
    server_answer = models.PositiveSmallIntegerField(null=True, blank=True)  # the code alone: texts quote addresses

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="comms_delivery_waiting"),
            models.Index(fields=["sending_since"], condition=Q(state="sending"), name="comms_delivery_sending"),
            models.Index(
                fields=["sending_since", "id"], condition=Q(state="uncertain"), name="comms_delivery_uncertain"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "uncertain"]) | Q(sending_since__isnull=False),
                name="comms_sending_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.ref}"

    @property
    def masked_address(self) -> str:
        """a…@example.org: what the operator sees."""
        local, _at, domain = self.address.rpartition("@")
        return f"{local[:1]}…@{domain}"


class Preference(Record):
    """Whether messages of a group also come by e-mail: said by an account, or at an address that has none."""

    recipient_ref = models.UUIDField(null=True, blank=True)
    address_key = models.CharField(max_length=254, blank=True)
    group = models.CharField(max_length=20, choices=Group.choices)
    email = models.CharField(max_length=10, choices=EmailChoice.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient_ref__isnull=False, address_key="") | (Q(recipient_ref=None) & ~Q(address_key="")),
                name="comms_preference_of_account_or_address",
            ),
            models.UniqueConstraint(
                fields=["recipient_ref", "group"], condition=Q(address_key=""), name="comms_one_preference_an_account"
            ),
            models.UniqueConstraint(
                fields=["address_key", "group"], condition=~Q(address_key=""), name="comms_one_preference_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.email}"


class CalendarEntry(Record):
    """Something in the calendar of one account, in the words and at the time that were told last.

    A time is `starts_local` as the clock on the wall shows it in `time_zone`, kept as if it were UTC; a day is `on`.
    """

    recipient_ref = models.UUIDField()
    about_ref = models.UUIDField()  # of what it is; the same in every update
    name = models.CharField(max_length=200)
    starts_local = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    time_zone = models.CharField(max_length=40, default="Europe/Helsinki")
    on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    path = models.CharField(max_length=300, blank=True)  # of the page about it
    sequence = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(default=timezone.now)
    is_settled = models.BooleanField(default=False)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient_ref", "about_ref"], name="comms_once_in_a_calendar"),
            models.CheckConstraint(
                condition=Q(starts_local__isnull=False, on=None) | Q(starts_local=None, on__isnull=False),
                name="comms_entry_has_a_time_or_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about_ref} of {self.recipient_ref}"


class CalendarFeed(Record):
    """The secret address of somebody's calendar. The address is the signed ref; without the row it leads nowhere."""

    recipient_ref = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return f"of {self.recipient_ref}"
