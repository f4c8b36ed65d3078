"""What may stand in a log: refs, counts, codes, never what a person is called or wrote.

Two defences. What is not plain (an error, a model, a form) is named by its kind and never spelled out, because its text
may quote anything: a database says `Key (email)=(…) already exists`. And plain strings are searched for what is known
to look personal or secret.
"""

from __future__ import annotations

import re
import sys
import traceback
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping
    from typing import Any

ADDRESS = re.compile(r"[^\s<>'\"()\[\]=,;:]+(?:@|%40)[^\s<>'\"()\[\],;]+", re.IGNORECASE)
IDENTITY_CODE = re.compile(r"(?<![0-9A-Za-z])\d{6}[-+A-FU-Y]\d{3}[0-9A-Y](?![0-9A-Za-z])", re.IGNORECASE)
DETAIL = re.compile(r"(?:DETAIL:|Failing row contains|Key \().*", re.DOTALL)  # a database quoting a row
QUERY = re.compile(r"(/[^\s?'\"]*)\?[^\s'\"]+")  # searched names, tokens
LINK = re.compile(r"(/(?:join|sign-in/link|messages/stop)/)[^/\s'\"]+")
# A segment of an address that is neither a ref nor a word: long, with a digit or a capital letter.
SECRET = re.compile(
    r"(?<=/)(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w:=-]))(?=[\w:=-]*[0-9A-Z])[\w:=-]{20,}(?![\w:=.-])",
    re.ASCII,
)
NUMBER = (bool, int, float, type(None))
PLAIN = (*NUMBER, str, Decimal, UUID, datetime, date, timedelta)


def without_personal_data(text: str) -> str:
    """The text with quoted rows, e-mail addresses, identity codes, query strings and link secrets replaced."""
    for pattern, instead in (
        (DETAIL, "[detail]"),
        (QUERY, r"\1?[query]"),
        (LINK, r"\1[secret]"),
        (SECRET, "[secret]"),
        (ADDRESS, "[address]"),
        (IDENTITY_CODE, "[identity code]"),
    ):
        text = pattern.sub(instead, text)
    return text


def drop_personal_data(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Last step before a log line is written: see above. Of errors the kinds and the places in the code remain."""
    error = _error_in(event)
    for key in ("exc_info", "exception", "stack_info", "stack"):
        event.pop(key, None)
    for key, value in event.items():
        event[key] = _safe(value)
    if error is not None:
        event["error"] = [line for one in _chain(error) for line in _told(one)]
    return event


def _error_in(event: MutableMapping[str, Any]) -> BaseException | None:
    """The error of a line, given as an error, as sys.exc_info(), or as True for the one being handled."""
    given = event.get("exc_info")
    if isinstance(given, tuple):
        given = given[1]
    elif given and not isinstance(given, BaseException):
        given = sys.exc_info()[1]
    return given or None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, then what it came from."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _told(error: BaseException) -> list[str]:
    """The kind of the error and where it went through. Neither its text nor any value."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    frames = traceback.extract_tb(error.__traceback__)
    return [kind, *(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)]


def _safe(value: object) -> object:
    if isinstance(value, dict):
        return {_safe(key): _safe(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_safe(part) for part in value]
    if isinstance(value, PLAIN):
        return value if isinstance(value, NUMBER) else without_personal_data(str(value))
    return f"[{type(value).__name__}]"
