"""Encryption and sign-in, with a mail server that wants both."""

from __future__ import annotations

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from luotsi.comms.formats.smtp import Answer, Outcome, Server, hand_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Kept:
    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        self.mails.append(envelope.content)
        return "250 kept"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Key and certificate for localhost, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "localhost.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def server(certificate: Path, kept: Kept) -> Iterator[Server]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def know(_server, _session, _envelope, _mechanism, given) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (b"luotsi", b"secret"), handled=False)

    controller = Controller(
        kept,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=know,
    )
    controller.start()
    yield Server(
        host="localhost",
        port=controller.port,
        own_name="luotsi.example.org",
        timeout=2,
        user="luotsi",
        password="secret",
        uses_tls=True,
    )
    controller.stop()


def offer(server: Server) -> Answer:
    content = b"Subject: x\r\n\r\nHello\r\n"
    return hand_over(server, sender="a@example.org", to="b@example.org", content=content, may_send=lambda: True)


def test_mail_goes_encrypted_to_a_server_that_can_be_trusted(server, kept, certificate, monkeypatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert offer(server) == Answer(outcome=Outcome.ACCEPTED, code=250)

    assert kept.mails == [b"Subject: x\r\n\r\nHello\r\n"]


def test_server_with_an_unknown_certificate_gets_nothing(server, kept) -> None:
    assert offer(server) == Answer(outcome=Outcome.NOT_SENT)

    assert kept.mails == []


def test_wrong_password_is_about_us_and_tried_again(server, kept, certificate, monkeypatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert offer(replace(server, password="wrong")) == Answer(outcome=Outcome.NOT_SENT, code=535)

    assert kept.mails == []


def test_server_that_wants_sign_in_is_about_us_and_tried_again(server, kept, certificate, monkeypatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert offer(replace(server, user="")) == Answer(outcome=Outcome.NOT_SENT, code=530)

    assert kept.mails == []
