"""A mail as bytes: exact, readable again, and closed to foreign headers."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.comms.formats.mail import Mail, UnsafeHeaderError, bare_address, wire_format

MAIL = Mail(
    sender="Luotsi <luotsi@example.org>",
    to="aija@example.org",
    subject="You have a mentor",
    message_id="<7d444840@luotsi.example.org>",
    at=datetime(2026, 3, 9, 14, 5, tzinfo=UTC),
    language="en",
    plain="Hello.\n",
    html="<p>Hello.</p>\n",
    stop_address="https://luotsi.example.org/messages/stop/abc:def/",
)
EXACT = """\
From: Luotsi <luotsi@example.org>
To: aija@example.org
Subject: You have a mentor
Date: Mon, 09 Mar 2026 14:05:00 +0000
Message-ID: <7d444840@luotsi.example.org>
Content-Language: en
Auto-Submitted: auto-generated
List-Unsubscribe: <https://luotsi.example.org/messages/stop/abc:def/>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
Content-Type: multipart/alternative; boundary="=_7d444840"
MIME-Version: 1.0

--=_7d444840
Content-Type: text/plain; charset="utf-8"
MIME-Version: 1.0
Content-Transfer-Encoding: quoted-printable

Hello.

--=_7d444840
Content-Type: text/html; charset="utf-8"
MIME-Version: 1.0
Content-Transfer-Encoding: quoted-printable

<p>Hello.</p>

--=_7d444840--
"""
PRINTABLE = st.text(st.characters(codec="utf-8").filter(str.isprintable), max_size=200).map(
    lambda text: " ".join(text.split())
)


def with_part(name: str, value: str) -> Mail:
    parts = {field.name: getattr(MAIL, field.name) for field in fields(MAIL)}
    return Mail(**parts | {name: value})


def read(mail: Mail):
    return message_from_bytes(wire_format(mail), policy=policy.default)


def test_mail_is_exactly_these_bytes() -> None:
    assert wire_format(MAIL) == EXACT.replace("\n", "\r\n").encode("ascii")


def test_mail_is_the_same_at_every_attempt() -> None:
    assert wire_format(MAIL) == wire_format(replace(MAIL))


def test_necessary_mail_has_no_way_to_stop_it() -> None:
    names = set(read(replace(MAIL, stop_address="")).keys())

    assert names == set(read(MAIL).keys()) - {"List-Unsubscribe", "List-Unsubscribe-Post"}


def test_finnish_and_swedish_letters_arrive() -> None:
    words = "Åsa Öström on sinun mentorisi – tervetuloa, äijä!"
    mail = replace(
        MAIL, subject=words, plain=words + "\n", html=f"<p>{words}</p>\n", sender="Lötsi <lotsi@öljy.fi>", to="a@åbo.fi"
    )

    content = wire_format(mail)

    found = read(mail)
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 78
    assert found["Subject"] == words
    assert (found["From"], found["To"]) == ("Lötsi <lotsi@xn--ljy-rna.fi>", "a@xn--bo-xia.fi")
    assert [part.get_content() for part in found.iter_parts()] == [words + "\r\n", f"<p>{words}</p>\r\n"]


@pytest.mark.parametrize("header", ["subject", "message_id", "stop_address", "language"])
@pytest.mark.parametrize(
    "evil", ["x\r\nBcc: other@example.org", "x\nBcc: o@example.org", "x\rBcc:", "x\x00", "x\x0b", "x\u2028y"]
)
def test_line_break_in_a_header_is_refused(header: str, evil: str) -> None:
    with pytest.raises(UnsafeHeaderError):
        wire_format(with_part(header, evil))


@pytest.mark.parametrize("field", ["to", "sender"])
@pytest.mark.parametrize(
    "evil",
    ["a@example.org\r\nBcc: b@example.org", "a\nb@example.org", "äijä@example.org", "nobody", "@example.org", "a@", ""],
)
def test_address_that_no_server_understands_is_refused(field: str, evil: str) -> None:
    with pytest.raises(UnsafeHeaderError):
        wire_format(with_part(field, evil))


def test_subject_that_reads_like_an_encoded_word_stays_what_was_typed() -> None:
    subject = "=?utf-8?q?x=0D=0ABcc:_other@example.org?="

    content = wire_format(replace(MAIL, subject=subject))

    assert b"Bcc" not in content
    assert read(replace(MAIL, subject=subject))["Subject"] == subject


@settings(deadline=None)
@given(PRINTABLE)
def test_any_subject_is_one_header_and_comes_back(subject: str) -> None:
    found = read(replace(MAIL, subject=subject))

    assert found.keys() == read(MAIL).keys()
    assert str(found["Subject"]) == subject


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=300))
def test_any_text_comes_back(text: str) -> None:
    plain, html = read(replace(MAIL, plain=text, html=text)).iter_parts()

    for part in (plain, html):
        assert part.get_payload(decode=True).decode().replace("\r\n", "\n").removesuffix("\n") == text.removesuffix(
            "\n"
        )


def test_bare_address_drops_the_name_and_speaks_ascii() -> None:
    assert bare_address("Luotsi <luotsi@example.org>") == "luotsi@example.org"
    assert bare_address("maija.m+x@Öljy.FI") == "maija.m+x@xn--ljy-rna.FI"


def test_an_invitation_is_the_last_and_best_way_to_read_the_mail() -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"

    mail = read(with_part("calendar", calendar))

    plain, html, invitation = mail.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert invitation["Content-Type"] == 'text/calendar; charset="utf-8"; method="REQUEST"'
    assert invitation.get_content().replace("\r\n", "\n") == calendar.replace("\r\n", "\n")
    assert wire_format(with_part("calendar", calendar)) == wire_format(with_part("calendar", calendar))
