"""The real history of requests and offers: of each person the first one, in the order in which they came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LOWEST_GRADE: Final = 1
HIGHEST_GRADE: Final = 13


class HistoryError(ValueError):
    """The records are none of requests or offers. The text says which one is not, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject asked for or offered, for pupils of the grades `least` to `most`."""

    name: str
    is_mandatory: bool
    least: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody who asks, or offers. `grade`: a pupil's, None when not told. `times`: how often the person came."""

    is_offer: bool
    at: str
    land: str
    grade: int | None
    subjects: tuple[Subject, ...]
    times: int


def first_requests(records: Sequence[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """Of each person who asks. Raises HistoryError."""
    return _first_of_each(records, "needs")


def first_offers(records: Sequence[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """Of each person who offers. Raises HistoryError."""
    return _first_of_each(records, "offers")


def _first_of_each(records: Sequence[Mapping[str, Any]], listed: str) -> tuple[Entry, ...]:
    firsts: dict[str, Mapping[str, Any]] = {}
    times: dict[str, int] = {}
    for number, record in enumerate(records, start=1):
        _refuse_stranger(record, number, listed)
        person = str(record["person"])
        times[person] = times.get(person, 0) + 1
        if person not in firsts or str(record["at"]) < str(firsts[person]["at"]):
            firsts[person] = record
    entries = [_entry(record, listed, times[person]) for person, record in firsts.items()]
    return tuple(sorted(entries, key=lambda entry: entry.at))


def _refuse_stranger(record: object, number: int, listed: str) -> None:
    if not isinstance(record, dict):
        raise HistoryError(f"record {number} is no object")
    missing = [name for name in ("person", "at", "region", listed) if name not in record]
    if missing:
        raise HistoryError(f"record {number} has no {missing[0]}")
    subjects = record[listed]
    if not isinstance(subjects, list) or not all(isinstance(each, dict) and "subject" in each for each in subjects):
        raise HistoryError(f"record {number}: its {listed} are no list of subjects")


def _entry(record: Mapping[str, Any], listed: str, times: int) -> Entry:
    return Entry(
        is_offer=listed == "offers",
        at=str(record["at"]),
        land=str(record["region"]),
        grade=_grade(record.get("grade")),
        subjects=tuple(
            Subject(
                name=str(each["subject"]),
                is_mandatory=each.get("mandatory") is True,
                least=_grade(each.get("min_grade")) or LOWEST_GRADE,
                most=_grade(each.get("max_grade")) or HIGHEST_GRADE,
            )
            for each in record[listed]
        ),
        times=times,
    )


def _grade(number: object) -> int | None:
    return number if isinstance(number, int) and number > 0 else None
