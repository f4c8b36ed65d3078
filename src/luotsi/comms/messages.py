"""How a message looks as a mail: the parts once, drawn as plain text and as HTML."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from luotsi.comms.formats.calendar import CalendarEvent, Invited, invitation_text
from luotsi.comms.formats.mail import Mail, bare_address
from luotsi.comms.queries import absolute, stop_token, whole

if TYPE_CHECKING:
    from luotsi.comms.models import Delivery


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
    return invitation_text(whole(event), invited, host=settings.MESSAGE_ID_HOST)
