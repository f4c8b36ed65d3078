"""The real history of requests and offers, where it is at hand; and a small one in its shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "matching"


def real_history() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Skips the test that calls it where the data is not beside the checkout."""
    if not FOLDER.is_dir():
        pytest.skip("the real requests and offers are not beside this checkout (../shared/data/matching)")
    return tuple(json.loads((FOLDER / name).read_bytes()) for name in ("requests.json", "offers.json"))


def small_history(people: int = 40) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    requests = [
        {
            "person": f"R{number:03}",
            "at": f"2025-09-01T{number % 24:02}:00:00",
            "region": "nw",
            "grade": 1 + number % 13,
            "needs": [{"subject": "Deutsch", "mandatory": True}, {"subject": "Musik"}],
        }
        for number in range(people)
    ]
    offers = [
        {
            "person": f"O{number:03}",
            "at": f"2025-09-02T{number % 24:02}:00:00",
            "region": "by",
            "offers": [{"subject": "Deutsch", "min_grade": 1, "max_grade": 13}],
        }
        for number in range(people)
    ]
    return requests, offers
