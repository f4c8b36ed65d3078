"""Values that Python code hands to the components. Texts may be lazy; addresses are paths of this site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class NextThing:
    """One thing to do next, with its one button. Lower `weight` comes first."""

    title: str | Promise
    text: str | Promise
    by_when: date | None
    address: str
    label: str | Promise
    weight: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationItem:
    """One item of the main menu."""

    label: str | Promise
    address: str
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """A page on the way here. The last one, this page itself, has no address."""

    label: str | Promise
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a route: `state` is done, now or ahead."""

    title: str | Promise
    text: str | Promise = ""
    state: str = "ahead"
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was checked, what that proves, and how it ended: `state` is ok, no or todo."""

    title: str | Promise
    text: str | Promise = ""
    state: str = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Something that needs a coordinator: how it is, why, and exactly one action. `kind` is ok, warn or bad."""

    kind: str
    state: str | Promise
    title: str | Promise
    reasons: tuple[str | Promise, ...]
    address: str
    label: str | Promise
