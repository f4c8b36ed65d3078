"""From bytes to a JSON object that means one thing only."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from luotsi.passport.credentials.contexts import CREDENTIALS_V1
from luotsi.passport.credentials.verdicts import BrokenError, Code, UncheckableError

if TYPE_CHECKING:
    from luotsi.passport.credentials.contexts import Contexts

Document = dict[str, Any]

MOST_BYTES = 1024 * 1024
DEEPEST = 64
MOST_VALUES = 10_000
MOST_CONTEXTS_OF_ONE = 10
LARGEST_WHOLE = 2**53
UNUSABLE = re.compile(r"[\x00\ud800-\udfff]")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)


def read(content: bytes) -> Document:
    """Raises UncheckableError for what is not one JSON object or too large, BrokenError for a name given twice.

    A badge in another wrapping (a picture, a token) is not wrong: it was not understood.
    """
    if len(content) > MOST_BYTES:
        raise UncheckableError(Code.TOO_LARGE, limit=str(MOST_BYTES))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UncheckableError(Code.NOT_TEXT) from None
    try:
        found = json.loads(text, object_pairs_hook=_named_once, parse_constant=_no_constant)
    except RecursionError:
        raise UncheckableError(Code.TOO_DEEP) from None
    except ValueError:
        raise UncheckableError(Code.NOT_JSON) from None
    if not isinstance(found, dict):
        raise UncheckableError(Code.NOT_AN_OBJECT)
    return found


def check_shape(document: Document, *, contexts: Contexts) -> None:
    """Refuse what would cost too much, and what a reader and a seal could understand differently.

    Raises BrokenError or UncheckableError.
    """
    waiting: list[tuple[Any, int, str]] = [(document, 1, "")]
    values = 0
    while waiting:
        value, depth, name = waiting.pop()
        values += 1
        if values > MOST_VALUES:
            raise UncheckableError(Code.TOO_MANY_VALUES)
        if depth > DEEPEST:
            raise UncheckableError(Code.TOO_DEEP)
        if isinstance(value, dict):
            waiting += [(part, depth + 1, key) for key, part in _parts(value, contexts)]
        elif isinstance(value, list):
            waiting += [(part, depth + 1, name) for part in value]
        else:
            _check_scalar(value, name)


def check_single_home(document: Document) -> None:
    """Refuse a second place that says something of the credential itself.

    Objects with one id are one thing to a seal: a status or an end date moved from the top into another object of
    the same id would stay sealed and go unseen. Raises UncheckableError.
    """
    own = document.get("id")
    waiting: list[Any] = [part for key, part in document.items() if key != "@context"]
    while waiting and own is not None:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            if value.get("id") == own and not value.keys() <= {"id", "type"}:
                raise UncheckableError(Code.SPLIT)
            waiting += value.values()


def _named_once(pairs: list[tuple[str, Any]]) -> Document:
    found: Document = {}
    for name, value in pairs:
        if name in found:
            raise BrokenError(Code.NAME_TWICE, name=name[:200])
        found[name] = value
    return found


def _no_constant(name: str) -> None:
    raise UncheckableError(Code.INEXACT_NUMBER, number=name)


def _parts(value: Document, contexts: Contexts) -> list[tuple[str, Any]]:
    if "@value" in value:
        return _language_string(value)
    parts = []
    for key, part in value.items():
        if key == "@context":
            _check_context(part, contexts)
        elif key.startswith("@") or ":" in key:
            raise UncheckableError(Code.RAW_SYNTAX, name=key[:200])
        elif part is None:
            raise UncheckableError(Code.EMPTY_VALUE, name=key[:200])
        else:
            parts.append((key, part))
    return parts


def _language_string(value: Document) -> list[tuple[str, Any]]:
    language = value.get("@language")
    if value.keys() != {"@value", "@language"} or not isinstance(language, str) or not LANGUAGE.fullmatch(language):
        raise UncheckableError(Code.RAW_SYNTAX, name="@value")
    return [("@value", value["@value"])]


def _check_context(context: object, contexts: Contexts) -> None:
    listed = context if isinstance(context, list) else [context]
    if len(listed) > MOST_CONTEXTS_OF_ONE:
        raise UncheckableError(Code.TOO_MANY_VALUES)
    for address in listed:
        if not isinstance(address, str):
            raise UncheckableError(Code.OWN_CONTEXT)
        if address == CREDENTIALS_V1 and address not in contexts:
            raise UncheckableError(Code.OLD_VERSION)
        if address not in contexts:
            raise UncheckableError(Code.UNKNOWN_CONTEXT, context=address[:200])


def _check_scalar(value: object, name: str) -> None:
    if value is None:
        raise UncheckableError(Code.EMPTY_VALUE, name=name[:200])
    if isinstance(value, str) and UNUSABLE.search(value):
        raise BrokenError(Code.BAD_CHARACTER)
    if isinstance(value, int | float) and not _is_exact(value):
        raise UncheckableError(Code.INEXACT_NUMBER, number=str(value)[:40])


def _is_exact(number: float) -> bool:
    """Whether the seal covers every digit: whole numbers to 2**53, others to sixteen digits."""
    if isinstance(number, int) or number.is_integer():
        return abs(number) <= LARGEST_WHOLE
    return math.isfinite(number) and float(f"{number:1.15E}") == number
