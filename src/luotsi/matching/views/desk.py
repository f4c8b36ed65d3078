"""The picture of the matching desk: two columns of names and the lines between, as values to be drawn."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from luotsi.matching.models import Proposal
    from luotsi.people.models import Person

TALL = 2  # rows that somebody with several pairs takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One name in a column; `ref` of the pair that a click on it shows; `is_tall` takes two rows."""

    person: Person
    organisation: str
    ref: str
    is_chosen: bool
    is_tall: bool = False
    pairs: int = 1
    score: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """From the left column to the right one, in a box of 100 by 100."""

    start: float
    end: float
    is_chosen: bool

    @property
    def path(self) -> str:
        return f"M0 {self.start:.2f}C50 {self.start:.2f} 50 {self.end:.2f} 100 {self.end:.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Mentees left, mentors right. The chosen line is the last, so that it lies on top."""

    mentees: tuple[Place, ...]
    mentors: tuple[Place, ...]
    lines: tuple[Line, ...]


def desk_of(proposals: Sequence[Proposal], chosen: Proposal | None) -> Desk:
    """Mentees in the order given; mentors near their mentees, so that few lines cross."""
    by_mentor: defaultdict[int, list[int]] = defaultdict(list)
    for row, proposal in enumerate(proposals):
        by_mentor[proposal.mentor_id].append(row)
    order = sorted(by_mentor, key=lambda mentor: sum(by_mentor[mentor]) / len(by_mentor[mentor]))
    height = max(len(proposals), sum(_rows(by_mentor[mentor]) for mentor in order), 1)
    ends = _ends(order, by_mentor, height)
    lines = [
        Line(start=100 * (row + 0.5) / height, end=ends[row], is_chosen=proposal == chosen)
        for row, proposal in enumerate(proposals)
    ]
    return Desk(
        mentees=tuple(_mentee(proposal, chosen) for proposal in proposals),
        mentors=tuple(_mentor([proposals[row] for row in by_mentor[mentor]], chosen) for mentor in order),
        lines=tuple(sorted(lines, key=lambda line: line.is_chosen)),
    )


def _rows(pairs: Sequence[int]) -> int:
    return TALL if len(pairs) > 1 else 1


def _ends(order: Sequence[int], by_mentor: Mapping[int, Sequence[int]], height: int) -> dict[int, float]:
    """Where each mentee's line ends: the lines of one mentor lie evenly on his or her place."""
    ends, top = {}, 0
    for mentor in order:
        pairs = by_mentor[mentor]
        for place, row in enumerate(pairs):
            ends[row] = 100 * (top + _rows(pairs) * (place + 0.5) / len(pairs)) / height
        top += _rows(pairs)
    return ends


def _mentee(proposal: Proposal, chosen: Proposal | None) -> Place:
    return Place(
        person=proposal.mentee.person,
        organisation=str(proposal.mentee.application.organisation or ""),
        ref=str(proposal.ref),
        is_chosen=proposal == chosen,
        score=round(proposal.score / 100),
    )


def _mentor(pairs: Sequence[Proposal], chosen: Proposal | None) -> Place:
    """A click on a mentor with several pairs shows the one after the chosen, so that all can be reached."""
    here = next((place for place, each in enumerate(pairs) if each == chosen), -1)
    return Place(
        person=pairs[0].mentor.person,
        organisation=str(pairs[0].mentor.application.organisation or ""),
        ref=str(pairs[(here + 1) % len(pairs)].ref),
        is_chosen=here >= 0,
        is_tall=len(pairs) > 1,
        pairs=len(pairs),
    )
