"""From bytes to a tree of JSON that is safe to walk, and forgiving ways of looking into it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NoReturn, TypeAlias
from zoneinfo import ZoneInfo

from luotsi.competence.formats.errors import Fault, FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | Decimal | bool | None"
Node: TypeAlias = "dict[str, Json]"

LARGEST = 20 * 1024 * 1024
DEEPEST = 64
LONGEST_NUMBER = 40
LONGEST_MARK = 60
LONGEST_KEY = 60
LARGEST_EXTENT = 10_000
FINLAND = ZoneInfo("Europe/Helsinki")
FIRST_YEAR, LAST_YEAR = 1900, 2200


def parse(content: bytes) -> Json:
    """The tree of a JSON file in UTF-8 (or UTF-16, UTF-32). Raises FormatError."""
    if len(content) > LARGEST:
        raise FormatError(Fault.TOO_LARGE, bytes=len(content), largest=LARGEST)
    try:
        text = content.decode(json.detect_encoding(content)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise FormatError(Fault.NOT_TEXT, byte=error.start) from error
    doubled: list[tuple[Node, str]] = []
    try:
        tree: Json = json.loads(
            text,
            object_pairs_hook=lambda pairs: _one_of_each(pairs, doubled),
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=_no_constant,
        )
    except json.JSONDecodeError as error:
        raise FormatError(Fault.NOT_JSON, line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise FormatError(Fault.TOO_DEEP, deepest=DEEPEST) from error
    _check(tree, doubled)
    return tree


def _one_of_each(pairs: list[tuple[str, Json]], doubled: list[tuple[Node, str]]) -> Node:
    node = dict(pairs)
    if len(node) != len(pairs):
        times = Counter(name for name, _ in pairs)
        doubled.append((node, next(name for name, number in times.items() if number > 1)))
    return node


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise FormatError(Fault.NOT_JSON, digits=len(digits))
    return int(digits)


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation as error:
        raise FormatError(Fault.NOT_JSON, digits=len(digits)) from error


def _no_constant(name: str) -> NoReturn:
    raise FormatError(Fault.NOT_JSON, constant=name)


def _check(tree: Json, doubled: list[tuple[Node, str]]) -> None:
    deep = next((path for path, _, depth in walk(tree) if depth > DEEPEST), None)
    if deep is not None:
        raise FormatError(Fault.TOO_DEEP, deep, deepest=DEEPEST)
    if doubled:
        # The outermost is found; an inner one may have been thrown away with the value that came twice.
        names = {id(node): name for node, name in doubled}
        path, node = next((path, node) for path, node, _ in walk(tree) if id(node) in names)
        raise FormatError(Fault.DUPLICATE_KEY, path, key=step_to(names[id(node)]))


def walk(tree: Json) -> Iterator[tuple[str, Node | list[Json], int]]:
    """Every object and list with its JSON path and depth, in the order of the file; stops one level too deep."""
    waiting: list[tuple[str, Json, int]] = [("$", tree, 1)]
    while waiting:
        path, value, depth = waiting.pop()
        if not isinstance(value, dict | list):
            continue
        yield path, value, depth
        if depth <= DEEPEST:
            waiting.extend(reversed([(f"{path}{step}", below, depth + 1) for step, below in _steps(value)]))


def _steps(value: Node | list[Json]) -> Iterator[tuple[str, Json]]:
    if isinstance(value, dict):
        yield from ((step_to(key), below) for key, below in value.items())
    else:
        yield from ((f"[{index}]", below) for index, below in enumerate(value))


def step_to(key: str) -> str:
    """The part of a JSON path that leads to `key`."""
    if len(key) > LONGEST_KEY:
        key = f"{key[:LONGEST_KEY]}…"
    return f".{key}" if key.isidentifier() else f"[{json.dumps(key)}]"


def path_of(tree: Json, wanted: Node) -> str:
    """Where this very object stands in the tree (`$` when it does not)."""
    return next((path for path, node, _ in walk(tree) if node is wanted), "$")


def child(node: Node, key: str) -> Node:
    """The object under `key`; an empty one when there is none."""
    value = node.get(key)
    return value if isinstance(value, dict) else {}


def rows(node: Node, key: str) -> list[Node]:
    """The objects of the list under `key`; what is no object is passed over."""
    return objects(node.get(key))


def objects(value: Json) -> list[Node]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def mark(node: Mapping[str, Json], key: str) -> str:
    """An identifier or code under `key`, at most `LONGEST_MARK` printable characters; empty when there is no such."""
    value = node.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    found = "".join(sign for sign in str(value).strip() if sign.isprintable())
    return found if len(found) <= LONGEST_MARK else ""


def points(node: Node, key: str) -> Decimal | None:
    """An extent in points, None when absent or impossible."""
    value = node.get(key)
    # Compared before rounding: a number of a thousand digits must not be written out.
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value < LARGEST_EXTENT:
        return None
    rounded = round(Decimal(value), 2)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


def moment(node: Node, key: str) -> datetime | None:
    """A time in UTC, from milliseconds or from an ISO string; None when absent or impossible."""
    value = node.get(key)
    found: datetime | None = None
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value.strip())
        elif isinstance(value, int) and not isinstance(value, bool):
            found = datetime.fromtimestamp(value / 1000, tz=UTC)
        if found is not None and not FIRST_YEAR <= found.year <= LAST_YEAR:
            found = None
    except (ValueError, OverflowError, OSError):
        found = None
    if found is not None and found.tzinfo is None:
        found = found.replace(tzinfo=FINLAND)
    return None if found is None else found.astimezone(UTC)


def day(node: Node, key: str) -> date | None:
    """The day in Finland; the source writes midnight there, as milliseconds of UTC."""
    found = moment(node, key)
    return None if found is None else found.astimezone(FINLAND).date()
