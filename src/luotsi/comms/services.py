"""Writes: telling somebody something, carrying it there, and what people want by e-mail."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from luotsi.comms.enums import MOVES, DeliveryState, EmailChoice, Fate, Group
from luotsi.comms.formats.mail import bare_address, wire_format
from luotsi.comms.formats.smtp import Answer, Outcome, Server, hand_over, lay_down
from luotsi.comms.messages import invitation_to, mail_of
from luotsi.comms.models import CalendarEntry, CalendarFeed, Delivery, Mention, Message, Preference
from luotsi.comms.queries import event_in, preferences_for, wants_email
from luotsi.core import audit, jobs
from luotsi.core.errors import RefusedError
from luotsi.core.words.keys import email_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from uuid import UUID

    from luotsi.comms.formats.calendar import CalendarEvent
    from luotsi.comms.models import Letter, Recipient
    from luotsi.core.actors import Actor

FIRST_WAIT = timedelta(minutes=1)  # then 2, 4, 8 … minutes
LONGEST_WAIT = timedelta(hours=1)
PATIENCE = timedelta(days=5)  # as mail servers have it: after that, what could not be handed over counts as refused
LEFT_AFTER = timedelta(hours=2)  # a waiting delivery this late has lost its job
SUBJECT_LIMIT = 200
CANCELLING = frozenset({"sequence", "told_at", "is_cancelled"})  # what is cancelled stays as it was told


@transaction.atomic
def tell(compose: Callable[[], Letter], *, to: Recipient, by: Actor) -> Message:
    """Write the message, and its delivery and job if there is an address; nothing is sent before the caller's commit.

    `compose` is called under the recipient's language and time zone. Refused for an address that no mail can reach.
    """
    with translation.override(to.language), timezone.override(to.time_zone):
        letter = compose()
        message = Message(
            recipient_ref=to.ref,
            kind=letter.kind,
            language=to.language,
            subject=_one_line(str(letter.subject)),
            lines=[str(line) for line in letter.lines],
            action_label=str(letter.action_label),
            action_path=letter.action_path,
            is_necessary=letter.is_necessary,
            is_secret=letter.is_secret,
        )
    _check(message, to)
    if letter.event is not None:
        message.calendar = _invitation(letter.event, to, by)
    message.insert()
    for ref in {*letter.mentions} - {to.ref}:
        Mention(message=message, mentioned_ref=ref).insert()
    if to.address:
        _address_delivery(message, to.address)
    audit.record(by=by, verb="comms.told", subject=message, kind=message.kind)
    return message


@transaction.atomic
def put_in_calendar(event: CalendarEvent, *, to: Recipient, by: Actor) -> CalendarEntry | None:
    """Keep an event in the calendar of an account, in place of what was told of it before; none for an address alone.

    Its sequence is one more than what this account was told before, and never less than the event's own. One that is
    cancelled and never was there is not kept.
    """
    if to.ref is None:
        return None
    columns = {
        "name": _one_line(event.name),
        "starts_local": event.starts_local,
        "minutes": event.minutes,
        "time_zone": event.time_zone,
        "on": event.on,
        "place": event.place,
        "text": event.text,
        "path": event.address,
        "sequence": event.sequence,
        "told_at": event.at,
        "is_settled": event.is_settled,
        "is_cancelled": event.is_cancelled,
    }
    entry = CalendarEntry.objects.select_for_update().filter(recipient_ref=to.ref, about_ref=event.ref).first()
    if entry is None and event.is_cancelled:
        return None
    if entry is None:
        entry = CalendarEntry(recipient_ref=to.ref, about_ref=event.ref, **columns).insert()
    else:
        kept = CANCELLING if event.is_cancelled else set(columns)
        columns["sequence"] = max(event.sequence, entry.sequence + 1)
        entry.amend(**{name: value for name, value in columns.items() if name in kept})
    audit.record(by=by, verb="comms.calendar_kept", subject=entry, sequence=entry.sequence)
    return entry


@transaction.atomic
def open_feed(recipient_ref: UUID, *, by: Actor) -> CalendarFeed:
    """Give a calendar a new secret address. The one before, if any, leads nowhere any more."""
    close_feed(recipient_ref, by=by)
    feed = CalendarFeed(recipient_ref=recipient_ref).insert()
    audit.record(by=by, verb="comms.feed_opened", subject=feed)
    return feed


@transaction.atomic
def close_feed(recipient_ref: UUID, *, by: Actor) -> None:
    """The calendar has no address any more. Twice is the same as once."""
    for feed in CalendarFeed.objects.select_for_update().filter(recipient_ref=recipient_ref):
        audit.record(by=by, verb="comms.feed_closed", subject=feed)
        feed.delete()


def deliver(delivery_ref: UUID) -> None:
    """Make one attempt, if it is due. Holds no transaction while it speaks with the mail server.

    What a dead worker left in the middle of handing over becomes `uncertain`, and is not sent again by itself.
    """
    delivery = _due(delivery_ref)
    if delivery is None:
        return
    mail = mail_of(delivery)
    may_send = partial(_begin_sending, delivery)
    if settings.MAIL_FOLDER:
        answer = lay_down(settings.MAIL_FOLDER, f"{delivery.ref}.eml", wire_format(mail), may_send=may_send)
    else:
        sender, to = bare_address(mail.sender), bare_address(mail.to)
        answer = hand_over(mail_server(), sender=sender, to=to, content=wire_format(mail), may_send=may_send)
    _note(delivery, answer)


@transaction.atomic
def pick_up_left() -> None:
    """Find what lost its job: handed over long ago without an end, or waiting far beyond its time."""
    now = timezone.now()
    since = now - max(10 * settings.JOB_LEASE, LEFT_AFTER)
    sending = Q(state=DeliveryState.SENDING, sending_since__lt=since)
    waiting = Q(state=DeliveryState.WAITING, next_at__lt=since)
    for delivery in Delivery.objects.select_for_update().filter(sending | waiting).order_by("pk")[:1000]:
        if delivery.state == DeliveryState.SENDING:
            _move(delivery, DeliveryState.UNCERTAIN)
        else:
            delivery.amend(next_at=now)
            jobs.enqueue("comms.deliver", delivery=delivery.ref)


@transaction.atomic
def resolve_uncertain(delivery: Delivery, *, outcome: str, by: Actor) -> None:
    """What the operator found out, as a Fate. Sent again, it has the same Message-ID. The caller checks who asks."""
    if outcome not in set(Fate):
        raise RefusedError(_("Say whether it arrived or is to be sent again."))
    locked = _lock(pk=delivery.pk)
    if locked is None or locked.state != DeliveryState.UNCERTAIN:
        raise RefusedError(_("This delivery is no longer uncertain. Look at the list again."))
    audit.record(by=by, verb="comms.uncertain_resolved", subject=locked, outcome=outcome)
    if outcome == Fate.ARRIVED:
        _end(locked, DeliveryState.SENT, locked.server_answer)
    else:
        _move(locked, DeliveryState.WAITING, next_at=timezone.now())
        jobs.enqueue("comms.deliver", delivery=locked.ref)


@transaction.atomic
def set_preference(
    group: Group, email: EmailChoice, *, by: Actor, recipient_ref: UUID | None = None, address: str = ""
) -> Preference:
    """Whether messages of a group also come by e-mail, for an account or an address. Necessary ones always do."""
    whose = {"recipient_ref": recipient_ref, "address_key": "" if recipient_ref else email_key(address)}
    preference = Preference.objects.select_for_update().filter(**whose, group=group).first()
    if preference is None:
        preference = Preference(**whose, group=group, email=email).insert()
    elif preference.email != email:
        preference.amend(email=email)
    else:
        return preference
    audit.record(by=by, verb="comms.preference_set", subject=preference, group=group, email=email)
    return preference


@transaction.atomic
def choose_email(by_email: Collection[str], *, by: Actor, recipient_ref: UUID) -> None:
    """These groups come by e-mail at once, the others never."""
    for group, now in preferences_for(recipient_ref).items():
        wanted = EmailChoice.AT_ONCE if group in by_email else EmailChoice.NEVER
        if wanted != now:
            set_preference(group, wanted, by=by, recipient_ref=recipient_ref)


def stop_like(delivery: Delivery, *, by: Actor) -> Preference:
    """No more mail to this recipient of the group that this delivery was of. Twice is the same as once."""
    message = delivery.message
    return set_preference(
        message.group, EmailChoice.NEVER, by=by, recipient_ref=message.recipient_ref, address=delivery.address
    )


@transaction.atomic
def mark_read(message: Message) -> None:
    """Note when it was first opened."""
    if message.read_at is None:
        message.amend(read_at=timezone.now())


@transaction.atomic
def forget_recipient(recipient_ref: UUID, *, addresses: Collection[str]) -> None:
    """Delete what was told to somebody under any of the addresses, what others were told of them, and preferences."""
    keys = {email_key(address) for address in addresses}
    theirs = Q(recipient_ref=recipient_ref) | Q(mentions__mentioned_ref=recipient_ref)
    without_account = Q(recipient_ref=None, deliveries__address__in={*keys, *addresses})
    found = Message.objects.filter(theirs | without_account).values_list("pk", flat=True)
    Message.objects.filter(pk__in=set(found)).delete()
    Preference.objects.filter(Q(recipient_ref=recipient_ref) | Q(address_key__in=keys)).delete()
    CalendarEntry.objects.filter(recipient_ref=recipient_ref).delete()
    CalendarFeed.objects.filter(recipient_ref=recipient_ref).delete()


def mail_server() -> Server:
    """The mail server of this installation."""
    return Server(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        own_name=settings.MESSAGE_ID_HOST,
        timeout=settings.EMAIL_TIMEOUT,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        uses_tls=settings.EMAIL_USE_TLS,
    )


def _invitation(event: CalendarEvent, to: Recipient, by: Actor) -> str:
    """The event is in the recipient's calendar now; the text that travels with the mail. Nothing for what never was."""
    entry = put_in_calendar(event, to=to, by=by)
    if entry is None and to.ref is not None:
        return ""
    return invitation_to(to.address, event_in(entry) if entry else event)


def _one_line(text: str) -> str:
    """What can stand in a subject: one line, nothing invisible, not too long."""
    line = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    return line if len(line) <= SUBJECT_LIMIT else line[: SUBJECT_LIMIT - 1] + "…"


def _check(message: Message, to: Recipient) -> None:
    """What a module's messages.py must not write is a ValueError; an address that a person mistyped is refused."""
    path = message.action_path
    if message.kind.partition(".")[0] not in Group.values:
        raise ValueError("a kind begins with a group of messages")
    if path and (not path.startswith("/") or path.startswith("//") or not path.isprintable() or " " in path):
        raise ValueError("an action path is a path of this site")
    if message.is_secret and not message.is_necessary:
        raise ValueError("what opens a door was asked for: it is necessary")
    if to.address:
        try:
            validate_email(to.address)
            bare_address(to.address)
        except (ValidationError, ValueError):
            raise RefusedError(_("No mail can reach that address. Check how it is written.")) from None
    elif to.ref is None:
        raise ValueError("nobody to tell")


def _address_delivery(message: Message, address: str) -> None:
    ref = uuid.uuid4()
    is_wanted = wants_email(message, address)
    Delivery(
        ref=ref,
        message=message,
        address=address,
        mail_id=f"<{ref}@{settings.MESSAGE_ID_HOST}>",
        state=DeliveryState.WAITING if is_wanted else DeliveryState.HELD,
    ).insert()
    if is_wanted:
        jobs.enqueue("comms.deliver", delivery=ref)


@transaction.atomic(durable=True)
def _due(delivery_ref: UUID) -> Delivery | None:
    """The delivery, if it waits, its time has come, and it is still wanted."""
    delivery = _lock(ref=delivery_ref)
    if delivery is None:  # forgotten together with its recipient
        return None
    if delivery.state == DeliveryState.SENDING:
        _judge_left(delivery)
    if delivery.state != DeliveryState.WAITING or delivery.next_at > timezone.now():
        return None
    if not wants_email(delivery.message, delivery.address):
        _move(delivery, DeliveryState.HELD)
        return None
    return delivery


def _judge_left(delivery: Delivery) -> None:
    """Whoever is at it may be alive until the lease runs out; after that nobody knows."""
    lease_ends = (delivery.sending_since or delivery.changed_at) + settings.JOB_LEASE
    if lease_ends <= timezone.now():
        _move(delivery, DeliveryState.UNCERTAIN)
    else:
        jobs.enqueue("comms.deliver", run_at=lease_ends, delivery=delivery.ref)


@transaction.atomic(durable=True)
def _begin_sending(delivery: Delivery) -> bool:
    """Commit that from now on the mail may be out. False when another worker has begun."""
    locked = _lock(pk=delivery.pk)
    if locked is None or locked.state != DeliveryState.WAITING or locked.attempts != delivery.attempts:
        return False
    delivery.attempts = locked.attempts + 1
    _move(locked, DeliveryState.SENDING, sending_since=timezone.now(), attempts=delivery.attempts)
    return True


@transaction.atomic(durable=True)
def _note(delivery: Delivery, answer: Answer) -> None:
    """Keep how the attempt ended. Knowledge that comes late still counts, unless another attempt has begun."""
    locked = _lock(pk=delivery.pk)
    if locked is None or locked.attempts != delivery.attempts or not MOVES[DeliveryState(locked.state)]:
        return
    if locked.state == DeliveryState.WAITING:  # it ended before DATA, where attempts are counted
        locked.attempts += 1
    if answer.outcome == Outcome.NOT_SENT:
        _put_off(locked, answer.code)
    elif answer.outcome == Outcome.UNKNOWN and locked.state == DeliveryState.SENDING:
        _move(locked, DeliveryState.UNCERTAIN, server_answer=answer.code)
    elif answer.outcome in {Outcome.ACCEPTED, Outcome.REFUSED}:
        _end(locked, DeliveryState.SENT if answer.outcome == Outcome.ACCEPTED else DeliveryState.REFUSED, answer.code)


def _put_off(delivery: Delivery, code: int | None) -> None:
    """Surely not sent: again later, for some days."""
    now = timezone.now()
    if now - delivery.created_at > PATIENCE:
        _end(delivery, DeliveryState.REFUSED, code)
        return
    next_at = now + min(FIRST_WAIT * (1 << min(delivery.attempts - 1, 10)), LONGEST_WAIT)
    values = {"attempts": delivery.attempts, "next_at": next_at, "server_answer": code, "sending_since": None}
    if delivery.state == DeliveryState.WAITING:
        delivery.amend(**values)
    else:
        _move(delivery, DeliveryState.WAITING, **values)
    jobs.enqueue("comms.deliver", run_at=next_at, delivery=delivery.ref)


def _end(delivery: Delivery, state: DeliveryState, code: int | None) -> None:
    """For good. A link that opens a door is not kept any longer."""
    _move(delivery, state, server_answer=code, attempts=delivery.attempts)
    if delivery.message.is_secret:
        delivery.message.amend(action_path="", action_label="")


def _move(delivery: Delivery, to: DeliveryState, **values: Any) -> None:  # noqa: ANN401 -- columns of Delivery
    if to not in MOVES[DeliveryState(delivery.state)]:
        raise RefusedError(_("This delivery is already over."))
    delivery.amend(state=to, **values)


def _lock(**which: Any) -> Delivery | None:  # noqa: ANN401 -- a ref or a pk
    deliveries = Delivery.objects.select_for_update(of=("self",)).select_related("message")
    return deliveries.filter(**which).first()
