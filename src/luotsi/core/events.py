"""Facts between modules: an outbox.

A service announces a fact inside its transaction. After the commit it goes to the handlers; what a crash or an error left
is picked up by the worker. Each handler runs in a transaction of its own that also notes the event as handled, so what
a handler does in the database happens exactly once, however often the event is delivered.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from luotsi.core.models import Event, EventHandled

if TYPE_CHECKING:
    from collections.abc import Callable

Fact = TypeVar("Fact")
Handler = "Callable[[Any], None]"

log = structlog.get_logger("luotsi.events")
_kinds: dict[str, type] = {}
_handlers: defaultdict[str, dict[str, Callable[[Any], None]]] = defaultdict(dict)
BACKOFF = timedelta(seconds=10)
LONGEST_BACKOFF = timedelta(hours=1)


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
    transaction.on_commit(partial(dispatch, event.pk))
    return event


def dispatch(event_id: int) -> bool:
    """Give one event to every handler that has not had it. Returns whether all have. Never raises: a fault is kept and retried."""
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
    """What crashes and faults left behind, oldest first. Returns how many events were tried."""
    grace = timezone.now() - timedelta(seconds=5)  # the process that announced it is most likely at it
    waiting = Event.objects.filter(dispatched_at=None, next_at__lte=timezone.now(), at__lte=grace).order_by("pk")
    ids = list(waiting.values_list("pk", flat=True)[:limit])
    for event_id in ids:
        dispatch(event_id)
    return len(ids)


def _hand_over(event: Event, name: str, handler: Callable[[Any], None]) -> str:
    """Run one handler once. Returns its fault, or nothing."""
    try:
        with transaction.atomic():
            EventHandled.objects.create(event=event, handler=name)
            handler(_unpack(event))
    except IntegrityError:
        if EventHandled.objects.filter(event=event, handler=name).exists():
            return ""  # another process was faster
        return "IntegrityError"
    except Exception as error:  # noqa: BLE001 -- whatever a handler does, the others and the outbox go on
        log.error("handler failed", handler=name, kind=event.kind, event_id=event.pk, fault=type(error).__name__, exc_info=True)  # noqa: TRY400 -- structlog
        return f"{name}: {type(error).__name__}"
    return ""


def _retry_later(event: Event, fault: str) -> None:
    wait = min(BACKOFF * 2**event.attempts, LONGEST_BACKOFF) if event.attempts < 12 else LONGEST_BACKOFF  # noqa: PLR2004 -- 2**12 s is over an hour
    Event.objects.filter(pk=event.pk).update(
        attempts=event.attempts + 1, next_at=timezone.now() + wait, fault=fault[:200]
    )


def _pack(fact: object) -> dict[str, Any]:
    """Fields of the frozen dataclass; refs are marked, so that they come back as UUID."""
    fields = dataclasses.fields(fact)  # type: ignore[arg-type]  # facts are dataclasses by contract
    values = {field.name: getattr(fact, field.name) for field in fields}
    return {name: {"ref": str(value)} if isinstance(value, UUID) else value for name, value in values.items()}


def _unpack(event: Event) -> object:
    values = {name: UUID(value["ref"]) if isinstance(value, dict) else value for name, value in event.facts.items()}
    return _kinds[event.kind](**values)
