"""Real answers of the national service, read from beside the checkout; a test that needs one is skipped without it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


def sample(name: str) -> bytes:
    file = SHARED / name
    if not file.exists():
        pytest.skip(f"no shared sample {name} beside the checkout")
    return file.read_bytes()


def as_file(tree: object) -> bytes:
    return json.dumps(tree, ensure_ascii=False).encode()


def strings(value: object) -> set[str]:
    """Every string anywhere in a value."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return strings(tuple(value.values()))
    if isinstance(value, tuple | list):
        return set().union(*map(strings, value)) if value else set()
    fields = getattr(value, "__dataclass_fields__", {})
    return strings(tuple(getattr(value, field) for field in fields)) if fields else set()
