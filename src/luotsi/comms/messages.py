"""How a message looks as a mail: the parts once, drawn as plain text and as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from luotsi.comms.formats.mail import Mail
from luotsi.comms.queries import stop_token

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
    )


def absolute(path: str) -> str:
    """The path on this site as a whole address; nothing for nothing."""
    return f"{settings.SITE_ADDRESS}{path}" if path else ""
