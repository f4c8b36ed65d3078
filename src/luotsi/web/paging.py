"""Long lists, a page at a time, by the keys of the last row seen: as fast on page 1,000 as on page 1."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db.models import F, Model, Q
from django.http import HttpRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import QueryDict

Row = TypeVar("Row", bound=Model)
AFTER, BEFORE = "after", "before"
SIZE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Row]):
    """Some rows of a list, and the query strings that lead to its next and previous rows ("" where there are none)."""

    rows: tuple[Row, ...]
    next_query: str = ""
    previous_query: str = ""


class BadCursorError(Exception):
    """The cursor was not made by us, or for another order."""


def page_of(
    queryset: QuerySet[Row], request: HttpRequest | QueryDict, *, by: tuple[str, ...], size: int = SIZE
) -> Page[Row]:
    """The page that the request asks for. One query; two at the start of a list that is read backwards.

    `by`: columns without NULLs, `-` in front for descending; the primary key is added as the last one, so that rows
    with equal keys keep their order. A cursor that is broken, or of another order, leads to the first page.
    """
    parameters = request.GET if isinstance(request, HttpRequest) else request
    order = by if by[-1] in {"pk", "-pk"} else (*by, "pk")
    named = queryset.annotate(**{f"_key_{place}": F(bare(name)) for place, name in enumerate(order)})
    for direction in (AFTER, BEFORE):
        try:
            keys = opened(parameters.get(direction, ""), order)
        except BadCursorError:
            continue
        rows = rows_beyond(named, order, keys, size=size, is_forward=direction == AFTER)
        if direction == BEFORE and len(rows) > size:
            return page_with(rows[1:], parameters, order, has_previous=True, has_next=True)
        if direction == AFTER and rows:
            return page_with(rows[:size], parameters, order, has_previous=True, has_next=len(rows) > size)
    rows = list(named.order_by(*order)[: size + 1])
    return page_with(rows[:size], parameters, order, has_previous=False, has_next=len(rows) > size)


def rows_beyond(
    named: QuerySet[Row], order: tuple[str, ...], keys: list[Any], *, size: int, is_forward: bool
) -> list[Row]:
    """Up to `size` + 1 rows after the keys, or before them, in the list's own order."""
    beyond = Q()
    equal: dict[str, Any] = {}
    for name, key in zip(order, keys, strict=True):
        is_rising = name.startswith("-") != is_forward
        beyond |= Q(**equal, **{f"{bare(name)}__{'gt' if is_rising else 'lt'}": key})
        equal[bare(name)] = key
    found = named.filter(beyond)
    if is_forward:
        return list(found.order_by(*order)[: size + 1])
    return list(found.order_by(*(turned(name) for name in order))[: size + 1])[::-1]


def page_with(
    rows: list[Row], parameters: QueryDict, order: tuple[str, ...], *, has_previous: bool, has_next: bool
) -> Page[Row]:
    """The page of these rows, with the ways on that keep the other parameters."""
    return Page(
        rows=tuple(rows),
        next_query=query_to(parameters, AFTER, closed(rows[-1], order)) if has_next else "",
        previous_query=query_to(parameters, BEFORE, closed(rows[0], order)) if has_previous else "",
    )


def query_to(parameters: QueryDict, direction: str, cursor: str) -> str:
    """The query string of this page with the cursor in place of the one that it has."""
    rest = parameters.copy()
    for name in (AFTER, BEFORE):
        rest.pop(name, None)
    rest[direction] = cursor
    return "?" + rest.urlencode()


def bare(name: str) -> str:
    return name.removeprefix("-")


def turned(name: str) -> str:
    return bare(name) if name.startswith("-") else f"-{name}"


def closed(row: Model, order: tuple[str, ...]) -> str:
    """The cursor at a row: its keys, encrypted, because a sort key may be a name and addresses end up in logs."""
    keys = [packed(getattr(row, f"_key_{place}")) for place in range(len(order))]
    return lock().encrypt(json.dumps([order, keys]).encode()).decode()


def opened(cursor: str, order: tuple[str, ...]) -> list[Any]:
    """The keys of a cursor. Raises BadCursorError."""
    try:
        made_for, keys = json.loads(lock().decrypt(cursor.encode()))
        if tuple(made_for) != order:
            raise BadCursorError
        return [unpacked(key) for key in keys]
    except (InvalidToken, ValueError, InvalidOperation, UnicodeEncodeError) as error:
        raise BadCursorError from error


def lock() -> Fernet:
    return Fernet(
        base64.urlsafe_b64encode(hashlib.sha256(b"luotsi.web.paging" + settings.SECRET_KEY.encode()).digest())
    )


def packed(value: Any) -> Any:  # noqa: ANN401 -- a column's value
    """The value as JSON can hold it, with its kind where JSON has none."""
    if isinstance(value, datetime | date):
        return {"datetime" if isinstance(value, datetime) else "date": value.isoformat()}
    if isinstance(value, Decimal | UUID):
        return {type(value).__name__: str(value)}
    return value


KINDS: dict[str, Callable[[str], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "Decimal": Decimal,
    "UUID": UUID,
}


def unpacked(packet: Any) -> Any:  # noqa: ANN401 -- a column's value
    if isinstance(packet, dict):
        [(kind, text)] = packet.items()
        return KINDS[kind](text)
    return packet
