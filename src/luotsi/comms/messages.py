"""How a message looks as a mail: the parts once, drawn as plain text and as HTML."""

from __future__ import annotations

from dataclasses import replace
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from luotsi.comms.formats.calendar import CalendarEvent, Invited, calendar_text, invitation_text
from luotsi.comms.formats.mail import Mail, bare_address
from luotsi.comms.queries import stop_token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.comms.models import CalendarEntry, Delivery


def mail_of(delivery: Delivery) -> Mail:
    """The mail, in the words and the language of the message; the same at every attempt."""
    message = delivery.message
    stop_path = "" if message.is_necessary else reverse("comms:stop", args=[stop_token(delivery)])
    with translation.override(message.language):
        parts = {
            "language": message.language,
            "subject": message.subject,
            "lines": message.lines,
            "action_label": message.action_label,
            "action_address": absolute(message.action_path),
            "site_address": settings.SITE_ADDRESS,
            "stop_address": absolute(stop_path),
            "preferences_address": absolute(reverse("comms:preferences")) if message.recipient_ref else "",
        }
        plain, html = (render_to_string(f"comms/mail.{kind}", parts) for kind in ("txt", "html"))
    return Mail(
        sender=settings.DEFAULT_FROM_EMAIL,
        to=delivery.address,
        subject=message.subject,
        message_id=delivery.mail_id,
        at=message.created_at,
        language=message.language,
        plain=plain,
        html=html,
        stop_address=absolute(stop_path),
        calendar=message.calendar,
    )


def invitation_to(address: str, event: CalendarEvent) -> str:
    """An event as an invitation that travels with a mail; nothing without an address. Its page becomes a whole one."""
    if not address:
        return ""
    sender = settings.DEFAULT_FROM_EMAIL
    invited = Invited(organiser=bare_address(sender), name=parseaddr(sender)[0], attendee=bare_address(address))
    return invitation_text(_whole(event), invited, host=settings.MESSAGE_ID_HOST)


def calendar_of(events: Iterable[CalendarEvent], *, name: str = "") -> str:
    """Events as a file to save, or under a name as a calendar to subscribe to."""
    return calendar_text(map(_whole, events), host=settings.MESSAGE_ID_HOST, name=name)


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


def _whole(event: CalendarEvent) -> CalendarEvent:
    return replace(event, address=absolute(event.address))


def absolute(path: str) -> str:
    """The path on this site as a whole address; nothing for nothing."""
    return f"{settings.SITE_ADDRESS}{path}" if path else ""
