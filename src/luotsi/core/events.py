"""Facts between modules: an outbox.

A service announces a fact inside its transaction. After the commit it goes to the handlers; what a crash or an error
left is picked up by the worker. Each handler runs in a transaction of its own that also notes the event as handled, so
what a handler does in the database happens exactly once, however often the event is delivered.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from luotsi.core.models import Event, EventHandled

if TYPE_CHECKING:
    from collections.abc import Callable

Fact = TypeVar("Fact")

log = structlog.get_logger("luotsi.events")
_kinds: dict[str, type] = {}
_handlers: defaultdict[str, dict[str, Callable[[Any], None]]] = defaultdict(dict)
BACKOFF = timedelta(seconds=10)
LONGEST_BACKOFF = timedelta(hours=1)
GRACE = timedelta(seconds=5)  # the process that announced an event is most likely at it


def kind_of(fact: type) -> str:
    """`mentoring.RelationshipClosed` for luotsi.mentoring.events.RelationshipClosed."""
    return f"{fact.__module__.split('.')[1]}.{fact.__name__}"


def on(fact: type[Fact]) -> Callable[[Callable[[Fact], None]], Callable[[Fact], None]]:
    """Register a handler. Its name is kept with each event that it has taken: do not rename it lightly."""
    kind = kind_of(fact)
    _kinds[kind] = fact

    def add(handler: Callable[[Fact], None]) -> Callable[[Fact], None]:
        _handlers[kind][handler.__name__] = handler
        return handler

    return add


def announce(fact: object) -> Event:
    """Write the fact in the caller's transaction; dispatch it after the commit."""
    event = Event.objects.create(kind=kind_of(type(fact)), facts=_pack(fact))
    # robust: what fails here is in the outbox all the same, and the page that announced it has its answer
    transaction.on_commit(lambda: dispatch(event.pk), robust=True)
    return event


def dispatch(event_id: int) -> bool:
    """Give an event to every handler that has not had it; faults are tried again. Returns whether all had it."""
    event = Event.objects.get(pk=event_id)
    if event.dispatched_at:
        return True
    taken = set(event.handled.values_list("handler", flat=True))
    waiting = {name: handler for name, handler in _handlers[event.kind].items() if name not in taken}
    faults = [fault for name, handler in waiting.items() if (fault := _hand_over(event, name, handler))]
    if faults:
        _retry_later(event, faults[0])
        return False
    Event.objects.filter(pk=event.pk).update(dispatched_at=timezone.now(), fault="")
    return True


def dispatch_waiting(limit: int = 100) -> int:
    """What crashes and faults left behind, oldest first. Returns how many events this worker tried.

    Each is put off before it is tried, so two workers do not try it together, and one that kills its worker does not
    come back at once.
    """
    grace = timezone.now() - GRACE
    waiting = Event.objects.filter(dispatched_at=None, next_at__lte=timezone.now(), at__lte=grace).order_by("pk")
    return sum(_try_again(event) for event in waiting[:limit])


def _try_again(event: Event) -> bool:
    seen = Event.objects.filter(pk=event.pk, dispatched_at=None, next_at=event.next_at)
    if not seen.update(next_at=timezone.now() + _wait(event.attempts)):
        return False  # another worker is at it
    dispatch(event.pk)
    return True


def _hand_over(event: Event, name: str, handler: Callable[[Any], None]) -> str:
    """Run one handler once. Returns its fault, or nothing."""
    try:
        with transaction.atomic():
            EventHandled.objects.create(event=event, handler=name)
            handler(_unpack(event))
    except Exception as error:  # whatever a handler does, the others and the outbox go on
        if isinstance(error, IntegrityError) and event.handled.filter(handler=name).exists():
            return ""  # another process was faster
        fault = f"{name}: {type(error).__name__}"
        log.exception("handler failed", handler=name, kind=event.kind, event_id=event.pk)
        return fault
    return ""


def _retry_later(event: Event, fault: str) -> None:
    Event.objects.filter(pk=event.pk).update(
        attempts=event.attempts + 1, next_at=timezone.now() + _wait(event.attempts), fault=fault[:200]
    )


def _wait(attempts: int) -> timedelta:
    return min(BACKOFF * (1 << min(attempts, 12)), LONGEST_BACKOFF)


def _pack(fact: object) -> dict[str, Any]:
    """Fields of the frozen dataclass; refs are marked, so that they come back as UUID."""
    fields = dataclasses.fields(fact)  # type: ignore[arg-type]  # facts are dataclasses by contract
    values = {field.name: getattr(fact, field.name) for field in fields}
    return {name: {"ref": str(value)} if isinstance(value, UUID) else value for name, value in values.items()}


def _unpack(event: Event) -> object:
    values = {name: UUID(value["ref"]) if isinstance(value, dict) else value for name, value in event.facts.items()}
    return _kinds[event.kind](**values)
