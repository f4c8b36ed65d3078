"""What a row of changes comes to: several are one, and what was undone is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

ADDED: Final = "added"
CHANGED: Final = "changed"
MOVED: Final = "moved"
CANCELLED: Final = "cancelled"
DAYS: Final = frozenset({"starts_local", "due_on", "starts_on", "ends_on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one thing: the columns that changed, before and after."""

    about: Hashable
    kind: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


class StandingState(StrEnum):
    """How a partner stands to the plan."""

    NOT_APPROVED = "not_approved"
    APPROVED = "approved"
    ASKED_AGAIN = "asked_again"


def state_of(approved: int | None, changes: Iterable[Change]) -> StandingState:
    """`approved`: up to which change, if ever; `changes`: those after it that still make a difference."""
    if approved is None:
        return StandingState.NOT_APPROVED
    return StandingState.ASKED_AGAIN if any(True for _change in changes) else StandingState.APPROVED


def come_to(changes: Iterable[Change]) -> list[Change]:
    """What changed from before the first to after the last of them: one change a thing, in the order of the first."""
    merged: dict[Hashable, Change] = {}
    for change in changes:
        earlier = merged.get(change.about)
        merged[change.about] = change if earlier is None else _together(earlier, change)
    return [net for change in merged.values() if (net := _net(change)) is not None]


def _together(first: Change, then: Change) -> Change:
    """Two changes of the same thing as one; what was there first stays what was before."""
    kind = then.kind
    if first.kind == ADDED:
        kind = ADDED if then.kind != CANCELLED else ""
    elif first.kind == "":  # added and cancelled already
        kind = then.kind if then.kind == ADDED else ""
    return Change(
        about=first.about, kind=kind, before={**then.before, **first.before}, after={**first.after, **then.after}
    )


def _net(change: Change) -> Change | None:
    if change.kind == "":
        return None
    if change.kind in {ADDED, CANCELLED}:
        before, after = ({}, change.after) if change.kind == ADDED else (change.before, {})
        return Change(about=change.about, kind=change.kind, before=before, after=after)
    columns = [name for name in change.after if change.before.get(name) != change.after[name]]
    if not columns:
        return None
    return Change(
        about=change.about,
        kind=MOVED if DAYS.issuperset(columns) else CHANGED,
        before={name: change.before.get(name) for name in columns},
        after={name: change.after[name] for name in columns},
    )
