"""Carrying a message to a mail server: every outcome moves the delivery as the table says. Real kills: test_killed."""

from __future__ import annotations

import json
from datetime import timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.conf import settings as project
from django.utils import timezone

from luotsi.comms import queries, services
from luotsi.comms.enums import MOVES, DeliveryState, EmailChoice, Group
from luotsi.comms.formats.smtp import Answer, Outcome
from luotsi.comms.models import Delivery, Message, Preference
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry, AuditFacts, Job
from tests.comms.letters import AIJA, BO, letter, recipient
from tests.comms.played_server import CLOSE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.comms.played_server import Played

pytestmark = pytest.mark.django_db
WAITING, SENDING, SENT = DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.SENT
REFUSED, UNCERTAIN, HELD = DeliveryState.REFUSED, DeliveryState.UNCERTAIN, DeliveryState.HELD


@pytest.fixture
def server(play, settings):
    """Plays a mail server with the given answers and makes it the installation's own."""
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.1

    def start(**answers: str) -> Played:
        played: Played = play(**answers)
        settings.EMAIL_PORT = played.port
        return played

    return start


@pytest.fixture
def delivery() -> Delivery:
    return told()


def told(*, to=None, **other) -> Delivery:
    services.tell(lambda: letter(**other), to=to or recipient(), by=SYSTEM)
    Job.objects.all().delete()
    return Delivery.objects.order_by("-pk")[0]


def deliver(delivery: Delivery) -> Delivery:
    services.deliver(delivery.ref)
    delivery.refresh_from_db()
    return delivery


def jobs_for(delivery: Delivery) -> list[float]:
    """In how many seconds from now the delivery is tried again."""
    now = timezone.now()
    jobs = Job.objects.filter(name="comms.deliver", arguments={"delivery": {"ref": str(delivery.ref)}}).order_by("pk")
    return [round((job.run_at - now).total_seconds()) for job in jobs]


def left_in(delivery: Delivery, state: DeliveryState, **ago: int) -> Delivery:
    """As a dead worker left it."""
    return delivery.amend(state=state, attempts=1, sending_since=timezone.now() - timedelta(**ago))


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


def test_delivery_left_in_the_middle_becomes_uncertain_when_its_lease_is_over(server, delivery: Delivery) -> None:
    left_in(delivery, SENDING, seconds=61)
    played = server()

    deliver(delivery)

    assert (delivery.state, jobs_for(delivery)) == (UNCERTAIN, [])
    assert played.heard == []


def test_delivery_that_somebody_may_be_at_is_looked_at_later(server, delivery: Delivery) -> None:
    left_in(delivery, SENDING, seconds=20)
    played = server()

    deliver(delivery)

    assert (delivery.state, jobs_for(delivery)) == (SENDING, [40])
    assert played.heard == []


def test_only_one_of_two_workers_begins(delivery: Delivery) -> None:
    one, other = Delivery.objects.get(), Delivery.objects.get()

    begun = [services._begin_sending(one), services._begin_sending(other)]

    delivery.refresh_from_db()
    assert begun == [True, False]
    assert (delivery.state, delivery.attempts) == (SENDING, 1)


def test_knowledge_that_comes_late_still_counts(delivery: Delivery) -> None:
    slow = Delivery.objects.get()
    services._begin_sending(slow)
    left_in(delivery, SENDING, hours=1)
    deliver(delivery)
    assert delivery.state == UNCERTAIN

    services._note(slow, Answer(outcome=Outcome.ACCEPTED, code=250))

    delivery.refresh_from_db()
    assert (delivery.state, delivery.server_answer) == (SENT, 250)


def test_late_answer_of_an_attempt_that_was_given_up_stops_the_next_one(server, delivery: Delivery) -> None:
    slow = Delivery.objects.get()
    services._begin_sending(slow)
    services.deliver(left_in(delivery, SENDING, hours=1).ref)
    services.resolve_uncertain(delivery, outcome="send_again", by=SYSTEM)
    services._note(slow, Answer(outcome=Outcome.ACCEPTED, code=250))
    played = server()

    deliver(delivery)

    assert delivery.state == SENT
    assert played.heard == []


def test_late_doubt_after_the_operator_has_decided_changes_nothing(delivery: Delivery) -> None:
    slow = Delivery.objects.get()
    services._begin_sending(slow)
    services.deliver(left_in(delivery, SENDING, hours=1).ref)
    services.resolve_uncertain(delivery, outcome="send_again", by=SYSTEM)

    services._note(slow, Answer(outcome=Outcome.UNKNOWN))

    delivery.refresh_from_db()
    assert (delivery.state, jobs_for(delivery)) == (WAITING, [0])


def test_late_doubt_of_an_earlier_attempt_does_not_count(delivery: Delivery) -> None:
    slow = Delivery.objects.get()
    services._begin_sending(slow)
    services._note(slow, Answer(outcome=Outcome.NOT_SENT))
    Delivery.objects.update(next_at=timezone.now())
    services._begin_sending(Delivery.objects.get())

    services._note(slow, Answer(outcome=Outcome.UNKNOWN))

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (SENDING, 2)


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


def test_uncertain_deliveries_are_shown_to_the_operator_without_their_words() -> None:
    newer, older = told(), told(to=recipient(address="åsa@example.org".replace("å", "a")))
    left_in(newer, UNCERTAIN, hours=1)
    left_in(older, UNCERTAIN, hours=2)
    told()

    shown = list(queries.uncertain_deliveries())

    assert shown == [older, newer]
    assert [delivery.masked_address for delivery in shown] == ["a…@example.org", "a…@example.org"]


def test_operator_found_out_that_it_arrived(delivery: Delivery) -> None:
    left_in(delivery, UNCERTAIN, hours=1)

    services.resolve_uncertain(delivery, outcome="arrived", by=SYSTEM)

    delivery.refresh_from_db()
    assert (delivery.state, jobs_for(delivery)) == (SENT, [])
    entry = AuditEntry.objects.get(verb="comms.uncertain_resolved")
    assert json.loads(AuditFacts.objects.get(entry=entry).facts) == {"outcome": "arrived"}


def test_operator_has_it_sent_again_under_the_same_message_id(server, delivery: Delivery) -> None:
    left_in(delivery, UNCERTAIN, hours=1)
    services.resolve_uncertain(delivery, outcome="send_again", by=SYSTEM)
    assert jobs_for(delivery) == [0]
    played = server()

    deliver(delivery)

    played.join(5)
    assert (delivery.state, delivery.attempts) == (SENT, 2)
    assert f"Message-ID: {delivery.mail_id}\r\n".encode() in played.content


@pytest.mark.parametrize("state", [WAITING, SENDING, SENT, REFUSED, HELD])
def test_what_is_not_uncertain_is_not_for_the_operator(delivery: Delivery, state) -> None:
    left_in(delivery, state, hours=1)
    before = Delivery.objects.values().get()

    with pytest.raises(RefusedError):
        services.resolve_uncertain(delivery, outcome="send_again", by=SYSTEM)

    assert Delivery.objects.values().get() == before
    assert jobs_for(delivery) == []
    assert not AuditEntry.objects.filter(verb="comms.uncertain_resolved").exists()


def test_operator_must_say_one_of_the_two(delivery: Delivery) -> None:
    left_in(delivery, UNCERTAIN, hours=1)

    with pytest.raises(RefusedError):
        services.resolve_uncertain(delivery, outcome="perhaps", by=SYSTEM)

    delivery.refresh_from_db()
    assert delivery.state == UNCERTAIN


def test_what_lost_its_job_is_picked_up() -> None:
    late, fresh, left, doubtful = told(), told(), told(), told()
    Delivery.objects.filter(pk=late.pk).update(next_at=timezone.now() - timedelta(hours=3))
    left_in(left, SENDING, hours=3)
    left_in(doubtful, UNCERTAIN, hours=3)

    services.pick_up_left()

    states = [Delivery.objects.get(pk=each.pk).state for each in (late, fresh, left, doubtful)]
    assert states == [WAITING, WAITING, UNCERTAIN, UNCERTAIN]
    assert [jobs_for(each) for each in (late, fresh, left, doubtful)] == [[0], [], [], []]
    services.pick_up_left()
    assert jobs_for(late) == [0]


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


def test_addresses_of_tests_lead_nowhere() -> None:
    assert project.DEFAULT_FROM_EMAIL.endswith("example.org>")
