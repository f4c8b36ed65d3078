"""What nobody knows: who finds a delivery in the middle, what comes late, and what the operator decides."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.comms import queries, services
from luotsi.comms.enums import DeliveryState
from luotsi.comms.formats.smtp import Answer, Outcome
from luotsi.comms.models import Delivery
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry, AuditFacts
from tests.comms.deliveries import deliver, jobs_for, left_in, told
from tests.comms.letters import recipient

pytestmark = pytest.mark.django_db
WAITING, SENDING, SENT = DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.SENT
REFUSED, UNCERTAIN, HELD = DeliveryState.REFUSED, DeliveryState.UNCERTAIN, DeliveryState.HELD


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
