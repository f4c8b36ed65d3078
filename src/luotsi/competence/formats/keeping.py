"""A reading as bytes and back: what is kept between the look at an import and the decision on it.

Nothing of the source comes along but what was understood, so that no official's name and no author of a file is kept.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from luotsi.competence.formats.values import FrameworkReading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from luotsi.competence.formats.values import Competence, Framework

_NAMES = {"date": date, "datetime": datetime, "Decimal": Decimal}


class NotKeptError(ValueError):
    """The bytes are no reading of this release."""


def kept(reading: FrameworkReading) -> bytes:
    """The reading as JSON."""
    return json.dumps(_plain(reading), ensure_ascii=False, separators=(",", ":")).encode()


def revived(content: bytes) -> FrameworkReading:
    """The reading that was kept. Raises NotKeptError, as for what an older release kept otherwise."""
    try:
        reading: FrameworkReading = _made(FrameworkReading, json.loads(content))
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise NotKeptError from error
    return reading


def digest_of(framework: Framework) -> str:
    """SHA-256 of what the framework says: when it was saved, and by whom, changes nothing."""
    told = hashlib.sha256()
    for part in _said(framework):
        told.update(json.dumps(part, ensure_ascii=False, sort_keys=True, default=str).encode())
        told.update(b"\n")
    return told.hexdigest()


def _said(framework: Framework) -> Iterator[object]:
    yield (framework.origin_id, framework.code, framework.kind, framework.name, framework.description)
    yield (framework.version, framework.valid_from, framework.valid_to)
    for area in framework.areas:
        yield (area.origin_id, area.code, area.name, area.within, str(area.extent), str(area.extent_max))
        yield (area.description, area.requirements)
        for competence in area.competences:
            yield from _said_of(competence)


def _said_of(competence: Competence) -> Iterator[object]:
    yield (competence.origin_id, competence.code, competence.name, competence.group, competence.description)
    yield (competence.is_optional, competence.scale, competence.generic_scale)
    for criterion in competence.criteria:
        yield (criterion.level, criterion.level_name, criterion.text, criterion.code)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Decimal | date) else value


def _made(kind: Any, value: Any) -> Any:  # noqa: ANN401 -- whatever the values are made of
    if value is None or kind in (str, int, bool):
        return value
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _made(next(one for one in get_args(kind) if one is not type(None)), value)
    if origin is tuple:
        return tuple(_made(get_args(kind)[0], each) for each in value)
    return value if origin is dict else _one(kind, value)


def _one(kind: Any, value: Any) -> Any:  # noqa: ANN401 -- as above
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _made(hint, value[name]) for name, hint in _hints(kind).items()})
    if hasattr(kind, "_fields"):
        return kind(*(_made(hint, each) for hint, each in zip(_hints(kind).values(), value, strict=True)))
    return kind.fromisoformat(value) if issubclass(kind, date) else kind(value)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, localns=_NAMES)
