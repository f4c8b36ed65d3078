"""The outbox: facts reach each handler once, whatever fails on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from luotsi.core import events, versions
from luotsi.core.models import Event, EventHandled, TextVersion
from tests.core.facts import LampLit

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
LAMP = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")


@pytest.fixture(autouse=True)
def _only_our_handlers() -> Iterator[None]:
    yield
    events._handlers.pop(events.kind_of(LampLit), None)


def listen(name: str, act=None) -> list[LampLit]:
    """A handler that notes what it gets, then acts."""
    got: list[LampLit] = []

    def handler(fact: LampLit) -> None:
        got.append(fact)
        if act:
            act(fact)

    handler.__name__ = name
    events.on(LampLit)(handler)
    return got


def time_passes(**much: int) -> None:
    much_time = timedelta(**much)
    for event in Event.objects.all():
        Event.objects.filter(pk=event.pk).update(at=event.at - much_time, next_at=event.next_at - much_time)


def test_fact_reaches_every_handler_after_the_commit(django_capture_on_commit_callbacks) -> None:
    first, second = listen("first"), listen("second")

    with django_capture_on_commit_callbacks(execute=True):
        events.announce(LampLit(lamp=LAMP, watts=40))
        assert first == []

    assert first == second == [LampLit(lamp=LAMP, watts=40)]
    assert Event.objects.get().dispatched_at is not None


def test_fact_of_a_transaction_that_was_rolled_back_never_was(django_capture_on_commit_callbacks) -> None:
    got = listen("first")

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError), transaction.atomic():
        events.announce(LampLit(lamp=LAMP, watts=1 // 0))

    assert got == []
    assert Event.objects.count() == 0


def test_crash_after_the_commit_leaves_the_fact_to_the_worker() -> None:
    got = listen("first")
    events.announce(LampLit(lamp=LAMP, watts=40))  # the callback of the commit is lost with the process

    assert events.dispatch_waiting() == 0  # the process that announced it may still be at it
    time_passes(seconds=6)
    assert events.dispatch_waiting() == 1
    assert events.dispatch_waiting() == 0

    assert got == [LampLit(lamp=LAMP, watts=40)]


def test_event_delivered_twice_is_handled_once() -> None:
    got = listen("first", act=lambda fact: versions.keep_version("lamp", {"fi": str(fact.watts)}))
    event = events.announce(LampLit(lamp=LAMP, watts=40))

    assert events.dispatch(event.pk) is True
    Event.objects.filter(pk=event.pk).update(dispatched_at=None)  # killed before it could say so
    assert events.dispatch(event.pk) is True

    assert len(got) == 1
    assert TextVersion.objects.count() == 1
    assert EventHandled.objects.count() == 1


def test_handler_that_fails_leaves_nothing_behind_and_is_tried_again_alone() -> None:
    def keep_then_fail(fact: LampLit) -> None:
        versions.keep_version("lamp", {"fi": str(fact.watts)})
        if len(clumsy) == 1:
            raise ValueError("Maija Meikäläinen")

    good, clumsy = listen("good"), listen("clumsy", act=keep_then_fail)
    event = events.announce(LampLit(lamp=LAMP, watts=40))

    assert events.dispatch(event.pk) is False
    event.refresh_from_db()
    assert (event.dispatched_at, event.attempts, event.fault) == (None, 1, "clumsy: ValueError")
    assert TextVersion.objects.count() == 0

    time_passes(seconds=11)
    assert events.dispatch_waiting() == 1
    event.refresh_from_db()
    assert event.dispatched_at is not None
    assert (len(good), len(clumsy)) == (1, 2)
    assert TextVersion.objects.count() == 1


def test_handler_that_breaks_a_rule_of_the_database_is_a_fault_like_any_other() -> None:
    def break_a_rule(fact: LampLit) -> None:
        raise IntegrityError(f"Key (lamp)=({fact.lamp}) already exists")

    listen("clumsy", act=break_a_rule)
    event = events.announce(LampLit(lamp=LAMP, watts=40))

    assert events.dispatch(event.pk) is False

    event.refresh_from_db()
    assert (event.dispatched_at, event.fault) == (None, "clumsy: IntegrityError")
    assert EventHandled.objects.count() == 0


def test_fault_does_not_reach_the_page_that_announced_the_fact(django_capture_on_commit_callbacks) -> None:
    listen("clumsy", act=lambda fact: fact.nothing)

    with django_capture_on_commit_callbacks(execute=True):
        events.announce(LampLit(lamp=LAMP, watts=40))

    assert Event.objects.get().fault == "clumsy: AttributeError"


def test_fault_of_the_outbox_itself_does_not_reach_the_page_either(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        event = events.announce(LampLit(lamp=LAMP, watts=40))
        event.delete()

    assert len(callbacks) == 1


def test_waits_between_attempts_grow_to_an_hour() -> None:
    listen("clumsy", act=lambda fact: fact.nothing)
    event = events.announce(LampLit(lamp=LAMP, watts=40))
    waits = []

    for _attempt in range(16):
        before = timezone.now()
        events.dispatch(event.pk)
        event.refresh_from_db()
        waits.append(round((event.next_at - before).total_seconds()))

    assert waits == [10, 20, 40, 80, 160, 320, 640, 1280, 2560] + [3600] * 7


def test_event_that_kills_its_worker_does_not_come_back_at_once() -> None:
    def kill(_fact: LampLit) -> None:
        raise SystemExit

    listen("killer", act=kill)
    events.announce(LampLit(lamp=LAMP, watts=40))
    time_passes(seconds=6)

    with pytest.raises(SystemExit):
        events.dispatch_waiting()

    assert events.dispatch_waiting() == 0
    assert Event.objects.get().dispatched_at is None


def test_fact_without_handlers_is_over_at_once() -> None:
    event = events.announce(LampLit(lamp=uuid4(), watts=40))

    assert events.dispatch(event.pk) is True
