"""Handing one mail over to a mail server, step by step, so that it is known what is surely not sent.

Until the final dot of DATA is on its way, nothing is sent: any fault before it may be tried again. After it, only the
server's answer tells. When that answer does not come, nobody knows, and the outcome says so.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

READY = 220
GO_AHEAD = 354
ABOUT_US = frozenset({503, 530})  # out of order, sign in first: our settings are wrong, not this mail
FAULTS = (smtplib.SMTPException, OSError)
PATIENCE = 10  # servers look into a mail before they answer: as many timeouts as this


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server, and how to speak with it. `timeout`: seconds for each answer; `own_name`: how we greet."""

    host: str
    port: int
    own_name: str
    timeout: float
    user: str = ""
    password: str = ""
    uses_tls: bool = False


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"  # for good
    NOT_SENT = "not_sent"  # surely; may be tried again
    UNKNOWN = "unknown"  # handed over, and no answer came
    LEFT = "left"  # somebody else is at it


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How it ended, with the code of the server's last word if there was one."""

    outcome: Outcome
    code: int | None = None


def hand_over(server: Server, *, sender: str, to: str, content: bytes, may_send: Callable[[], bool]) -> Answer:
    """Offer a mail (lines end with CRLF) from `sender` to `to`. Never raises for what the server or the network does.

    `may_send` is called once, when the server has taken both addresses and just before DATA; its False ends it there.
    What it raises goes to the caller, with nothing sent.
    """
    try:
        client = _signed_in(server)
    except FAULTS as fault:
        return _not_sent(fault)
    try:
        if answer := _ask(lambda: client.mail(sender)) or _ask(lambda: client.rcpt(to)):
            return answer
        if not may_send():
            return Answer(outcome=Outcome.LEFT)
        return _ask(lambda: client.docmd("DATA"), wanted=GO_AHEAD) or _send(client, content, server.timeout)
    finally:
        _part(client)


def lay_down(folder: Path, name: str, content: bytes, *, may_send: Callable[[], bool]) -> Answer:
    """Instead of a mail server: a file in a folder, for a demo that must not write to anybody."""
    if not may_send():
        return Answer(outcome=Outcome.LEFT)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.part"
    part.write_bytes(content)
    part.replace(folder / name)  # whoever looks into the folder finds whole mails only
    return Answer(outcome=Outcome.ACCEPTED)


def _signed_in(server: Server) -> smtplib.SMTP:
    """Connect, greet, encrypt, sign in. A no here is about us, not about the mail: always worth another try."""
    client = smtplib.SMTP(server.host, server.port, local_hostname=server.own_name, timeout=server.timeout)
    try:
        if client.sock:
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else the final dot waits for an ACK
        client.ehlo_or_helo_if_needed()
        if server.uses_tls:
            client.starttls(context=ssl.create_default_context())
            client.ehlo()
        if server.user:
            client.login(server.user, server.password)
    except BaseException:
        client.close()
        raise
    return client


def _ask(step: Callable[[], tuple[int, bytes]], *, wanted: int | None = None) -> Answer | None:
    """Take one step before the content. None means go on."""
    try:
        code, _text = step()
    except FAULTS as fault:
        return _not_sent(fault)
    if code == wanted or (wanted is None and code // 100 == 2):  # noqa: PLR2004 -- SMTP's class of yes
        return None
    is_final = code // 100 == 5 and code not in ABOUT_US  # noqa: PLR2004 -- SMTP's class of no
    return Answer(outcome=Outcome.REFUSED if is_final else Outcome.NOT_SENT, code=_known(code))


def _send(client: smtplib.SMTP, content: bytes, timeout: float) -> Answer:
    """The content, then the final dot on its own: before it a fault is harmless, after it only the answer tells."""
    lines = re.sub(rb"(?m)^\.", b"..", content)
    try:
        client.send(lines if lines.endswith(b"\r\n") else lines + b"\r\n")
    except FAULTS as fault:
        return _not_sent(fault)
    try:
        if client.sock:
            client.sock.settimeout(timeout * PATIENCE)
        client.send(b".\r\n")
        code, _text = client.getreply()
    except FAULTS:
        return Answer(outcome=Outcome.UNKNOWN)
    outcomes = {2: Outcome.ACCEPTED, 4: Outcome.NOT_SENT, 5: Outcome.REFUSED}
    return Answer(outcome=outcomes.get(code // 100, Outcome.UNKNOWN), code=_known(code))


def _not_sent(fault: Exception) -> Answer:
    code = fault.smtp_code if isinstance(fault, smtplib.SMTPResponseException) else 0
    return Answer(outcome=Outcome.NOT_SENT, code=_known(code))


def _known(code: int) -> int | None:
    return code if 100 <= code <= 599 else None  # noqa: PLR2004 -- what SMTP has; a broken answer has no code


def _part(client: smtplib.SMTP) -> None:
    """Say goodbye without waiting for the answer: the outcome must be noted first."""
    with suppress(*FAULTS):
        if client.sock:
            client.putcmd("QUIT")
    client.close()
