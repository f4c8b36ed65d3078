"""A mail as bytes. The same parts make the same bytes, so every attempt hands over the very same mail."""

from __future__ import annotations

from dataclasses import dataclass
from email import policy
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime, formataddr, parseaddr
from typing import TYPE_CHECKING

from luotsi.comms.formats.calendar import method_of

if TYPE_CHECKING:
    from datetime import datetime

WIRE = policy.compat32.clone(linesep="\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The parts of a mail. `sender` may be `Name <address>`; `message_id` has its angle brackets."""

    sender: str
    to: str
    subject: str
    message_id: str
    at: datetime
    language: str
    plain: str
    html: str
    stop_address: str = ""
    calendar: str = ""  # iCalendar text: an invitation, or its cancellation


class UnsafeHeaderError(ValueError):
    """A header would have got a line break, another control character, or an address that is none."""


def wire_format(mail: Mail) -> bytes:
    """The mail as RFC 5322 bytes, 7 bits, lines ending with CRLF. Raises ValueError for what no mail can hold."""
    headers = {
        "From": formataddr((parseaddr(mail.sender)[0], bare_address(mail.sender))),
        "To": bare_address(mail.to),
        "Subject": mail.subject,
        "Date": format_datetime(mail.at),
        "Message-ID": mail.message_id,
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",
    }
    if mail.stop_address:
        headers["List-Unsubscribe"] = f"<{mail.stop_address}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    head = "".join(f"{header}: {_safe(header, value)}\r\n" for header, value in headers.items())
    body = MIMEMultipart("alternative", boundary=f"=_{mail.message_id.strip('<>').partition('@')[0]}")
    body.attach(_text(mail.plain, "plain"))
    body.attach(_text(mail.html, "html"))
    if mail.calendar:
        body.attach(_text(mail.calendar, "calendar", method=method_of(mail.calendar)))
    return head.encode("ascii") + body.as_bytes(policy=WIRE)


def bare_address(text: str) -> str:
    """The address alone, as every server reads it: a domain with å ä ö becomes xn--…. Raises UnsafeHeaderError."""
    local, _at, domain = parseaddr(text)[1].rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = ""
    if not (text.isprintable() and local.isascii() and local and ascii_domain):
        raise UnsafeHeaderError("address")
    return f"{local}@{ascii_domain}"


def _safe(header: str, value: str) -> str:
    """A value that can only ever be this one header. What reads like an encoded word is encoded, lest it be decoded."""
    if not value.isprintable():
        raise UnsafeHeaderError(header)
    if value.isascii() and (header != "Subject" or "=?" not in value):
        return value
    return Header(value, "utf-8", header_name=header).encode(linesep="\r\n")


def _text(content: str, kind: str, *, method: str = "") -> MIMENonMultipart:
    charset = Charset("utf-8")
    charset.body_encoding = QP
    part = MIMENonMultipart("text", kind, charset="utf-8")
    if method:
        part.set_param("method", method)
    part.set_payload(content.replace("\r\n", "\n"), charset=charset)
    return part
