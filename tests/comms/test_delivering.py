"""Carrying a message to a mail server: every outcome moves the delivery as the table says. Real kills: test_killed."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.utils import timezone

from luotsi.comms import queries, services
from luotsi.comms.enums import MOVES, DeliveryState, EmailChoice, Group
from luotsi.comms.models import Delivery, Message, Preference
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from tests.comms.deliveries import deliver, jobs_for, left_in, told
from tests.comms.letters import AIJA, BO, recipient
from tests.comms.played_server import CLOSE

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.django_db
WAITING, SENDING, SENT = DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.SENT
REFUSED, UNCERTAIN, HELD = DeliveryState.REFUSED, DeliveryState.UNCERTAIN, DeliveryState.HELD


def test_accepted_mail_is_sent(server, delivery: Delivery) -> None:
    played = server()

    deliver(delivery)

    assert (delivery.state, delivery.attempts, delivery.server_answer) == (SENT, 1, 250)
    assert jobs_for(delivery) == []
    played.join(5)
    assert played.heard[1:3] == ["mail FROM:<luotsi@example.org>", "rcpt TO:<aija@example.org>"]


def test_plain_and_html_are_made_of_the_same_parts(server, delivery: Delivery) -> None:
    played = server()

    deliver(delivery)

    played.join(5)
    mail = message_from_bytes(played.content, policy=policy.default)
    stop = f"http://localhost:8000/messages/stop/{queries.stop_token(delivery)}/"
    assert dict(mail.items()) == {
        "From": "Luotsi <luotsi@example.org>",
        "To": "aija@example.org",
        "Subject": "You have a mentor",
        "Date": mail["Date"],
        "Message-ID": delivery.mail_id,
        "Content-Language": "en",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Content-Type": f'multipart/alternative; boundary="=_{delivery.ref}"',
        "MIME-Version": "1.0",
    }
    assert mail["Date"].datetime == delivery.message.created_at.replace(microsecond=0)
    plain, html = [part.get_content().replace("\r\n", "\n") for part in mail.iter_parts()]
    assert (
        plain
        == f"""\
Åsa could be your mentor.

Say what you think by Friday.

Look at the proposal:
http://localhost:8000/my/proposals/1/

--{" "}
Luotsi
http://localhost:8000

You do not want messages like this by e-mail? Stop them here:
{stop}

Choose what comes by e-mail:
http://localhost:8000/messages/preferences/
"""
    )
    assert [line.strip() for line in html.splitlines() if "<p>" in line or "<h1>" in line or "<html" in line] == [
        '<html lang="en">',
        "<h1>You have a mentor</h1>",
        "<p>Åsa could be your mentor.</p>",
        "<p>Say what you think by Friday.</p>",
        '<p><a href="http://localhost:8000/my/proposals/1/"><strong>Look at the proposal</strong></a></p>',
        '<p><small><a href="http://localhost:8000">Luotsi</a></small></p>',
        f'<p><small><a href="{stop}">Stop messages like this by e-mail</a></small></p>',
        '<p><small><a href="http://localhost:8000/messages/preferences/">Choose what comes by e-mail</a></small></p>',
    ]


def test_necessary_mail_has_no_link_to_stop_it(server) -> None:
    delivery, played = told(is_necessary=True, to=recipient(ref=None)), server()

    deliver(delivery)

    played.join(5)
    mail = message_from_bytes(played.content, policy=policy.default)
    assert "List-Unsubscribe" not in mail
    assert [part.get_content().count("messages/") for part in mail.iter_parts()] == [0, 0]


def test_what_people_wrote_is_text_in_html_and_in_plain(server) -> None:
    delivery, played = (
        told(lines=["<b>Tom & Jerry</b>", "{{ 7 * 7 }}"], subject="A < B", action_path="", action_label=""),
        server(),
    )

    deliver(delivery)

    played.join(5)
    plain, html = (
        part.get_content() for part in message_from_bytes(played.content, policy=policy.default).iter_parts()
    )
    assert "<b>Tom & Jerry</b>\r\n\r\n{{ 7 * 7 }}\r\n" in plain
    assert "<p>&lt;b&gt;Tom &amp; Jerry&lt;/b&gt;</p>" in html
    assert "<h1>A &lt; B</h1>" in html


@pytest.mark.parametrize(
    ("language", "stop"),
    [
        ("fi", "Etkö halua tällaisia viestejä sähköpostiisi? Lopeta ne tästä:"),
        ("sv", "Vill du inte ha sådana här meddelanden per e-post? Avsluta dem här:"),
        ("en", "You do not want messages like this by e-mail? Stop them here:"),
    ],
)
def test_mail_is_wholly_in_the_recipients_language(server, language: str, stop: str) -> None:
    delivery, played = told(to=recipient(language=language)), server()

    deliver(delivery)

    played.join(5)
    mail = message_from_bytes(played.content, policy=policy.default)
    plain, html = (part.get_content() for part in mail.iter_parts())
    assert mail["Content-Language"] == language
    assert [line for line in plain.split("\r\n") if line][-4] == stop
    assert html.split("\r\n")[1] == f'<html lang="{language}">'


@pytest.mark.parametrize(
    ("answers", "state", "code"),
    [
        ({"greeting": "421 busy"}, WAITING, 421),
        ({"RCPT": "450 later"}, WAITING, 450),
        ({"RCPT": CLOSE}, WAITING, None),
        ({"DATA": "451 later"}, WAITING, 451),
        ({"content": "452 full"}, WAITING, 452),
        ({"RCPT": "550 no such mailbox"}, REFUSED, 550),
        ({"content": "554 spam"}, REFUSED, 554),
        ({"content": CLOSE}, UNCERTAIN, None),
    ],
    ids=str,
)
def test_each_outcome_moves_the_delivery(server, delivery: Delivery, answers: dict, state, code) -> None:
    server(**answers)

    deliver(delivery)

    assert (delivery.state, delivery.attempts, delivery.server_answer) == (state, 1, code)
    assert jobs_for(delivery) == ([60] if state == WAITING else [])
    assert (delivery.sending_since is None) == (state == WAITING or "RCPT" in answers)


@pytest.mark.parametrize("state", [SENT, REFUSED, UNCERTAIN, HELD])
def test_delivery_that_is_over_or_doubtful_is_never_sent_again(server, delivery: Delivery, state) -> None:
    left_in(delivery, state, days=1)
    played = server()

    deliver(delivery)

    assert (delivery.state, delivery.attempts) == (state, 1)
    assert played.heard == []


def test_delivery_is_not_tried_before_its_time(server, delivery: Delivery) -> None:
    delivery.amend(next_at=timezone.now() + timedelta(seconds=5))
    played = server()

    deliver(delivery)

    assert (delivery.state, delivery.attempts) == (WAITING, 0)
    assert played.heard == []


def test_waits_grow_to_an_hour_and_end_after_five_days(server, delivery: Delivery) -> None:
    waits = []
    for _attempt in range(9):
        server(greeting="421 busy")
        deliver(delivery)
        waits.append(jobs_for(delivery)[-1])
        delivery.amend(next_at=timezone.now())
    Delivery.objects.update(created_at=timezone.now() - timedelta(days=5, minutes=1))
    server(greeting="421 busy")

    deliver(delivery)

    assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert (delivery.state, delivery.server_answer) == (REFUSED, 421)


def test_nobody_listens_is_no_loss(settings, delivery: Delivery) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    deliver(delivery)

    assert (delivery.state, delivery.server_answer, jobs_for(delivery)) == (WAITING, None, [60])


def test_mail_that_is_no_longer_wanted_is_held(server, delivery: Delivery) -> None:
    services.set_preference(Group.MATCHING, EmailChoice.NEVER, by=SYSTEM, recipient_ref=AIJA)
    played = server()

    deliver(delivery)

    assert (delivery.state, jobs_for(delivery)) == (HELD, [])
    assert played.heard == []


def test_delivery_that_was_forgotten_meanwhile_is_no_fault() -> None:
    services.deliver(uuid4())

    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(
    ("answers", "kept_path"),
    [
        ({}, ""),
        ({"RCPT": "550 no"}, ""),
        ({"RCPT": "450 later"}, "/join/s3cret/"),
        ({"content": CLOSE}, "/join/s3cret/"),
    ],
    ids=str,
)
def test_link_that_opens_a_door_is_kept_no_longer_than_needed(server, answers: dict, kept_path: str) -> None:
    delivery = told(kind="people.invited", is_necessary=True, is_secret=True, action_path="/join/s3cret/")
    played = server(**answers)

    deliver(delivery)

    played.join(5)
    assert (b"http://localhost:8000/join/s3cret/" in played.content) == ("RCPT" not in answers)
    assert Message.objects.get().action_path == kept_path


def test_demo_writes_mail_to_a_folder_and_to_nobody(settings, delivery: Delivery, tmp_path: Path) -> None:
    settings.MAIL_FOLDER = tmp_path

    deliver(delivery)

    assert delivery.state == SENT
    assert [path.name for path in tmp_path.iterdir()] == [f"{delivery.ref}.eml"]


def test_states_move_by_the_table_only(delivery: Delivery) -> None:
    for state in DeliveryState:
        for to in set(DeliveryState) - MOVES[state]:
            delivery.state = state
            with pytest.raises(RefusedError):
                services._move(delivery, to)

    assert Delivery.objects.get().state == WAITING


def test_forgetting_somebody_deletes_what_was_told_to_and_about_them() -> None:
    told()
    told(to=recipient(ref=None, address="aija@example.org"))
    told(to=recipient(ref=BO, address="bo@example.org"), mentions=[AIJA])
    about_others = told(to=recipient(ref=BO, address="bo@example.org"))
    services.set_preference(Group.MATCHING, EmailChoice.NEVER, by=SYSTEM, recipient_ref=AIJA)
    services.set_preference(Group.MATCHING, EmailChoice.NEVER, by=SYSTEM, address="aija@example.org")

    services.forget_recipient(AIJA, addresses=["Aija@example.org"])

    assert list(Delivery.objects.all()) == [about_others]
    assert Message.objects.count() == 1
    assert Preference.objects.count() == 0
