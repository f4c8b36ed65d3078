"""The same value, the same digest, on every machine and in every release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection


def digest_of(value: object, *, without: Collection[str] = ()) -> str:
    """SHA-256 of a dataclass in hexadecimal. `without` names fields of the outermost one that do not count.

    Fields that hold their default are left out, so that a field which a later release adds does not change what was
    digested before it came.
    """
    plain = _plain(value)
    counted = {name: part for name, part in plain.items() if name not in without} if isinstance(plain, dict) else plain
    canonical = json.dumps(counted, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value):
        told = {field.name: getattr(value, field.name) for field in fields(value) if not _is_default(value, field)}
        return {name: _plain(part) for name, part in told.items()}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool | int | None) else str(value)


def _is_default(value: object, field: Field[Any]) -> bool:
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    return default is not MISSING and bool(getattr(value, field.name) == default)
