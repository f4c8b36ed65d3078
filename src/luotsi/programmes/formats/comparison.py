"""What differs between two descriptions of a model, and taking some of it over. Lists are matched by key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from luotsi.programmes.formats.reading import read_model
from luotsi.programmes.formats.values import LANGUAGES
from luotsi.programmes.formats.writing import plain_model, write_plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from luotsi.programmes.formats.values import ModelDescription
    from luotsi.programmes.formats.writing import Plain

Path = tuple[str, ...]

PARTS: Final = (
    "name",
    "summary",
    "audience",
    "topic",
    "roles",
    "modes",
    "enrolment",
    "opening",
    "competences",
    "phases",
    "questions",
    "matching",
    "agreement",
    "sessions",
    "feedback",
    "nudges",
    "leads_to",
    "indicators",
)
"""The parts that are compared, in the order in which people read them. The length follows from the phases."""


class Kind(StrEnum):
    """What happened; the order in which it is done, too."""

    REMOVED = "removed"
    ADDED = "added"
    ORDER = "order"
    CHANGED = "changed"


class Maker(StrEnum):
    """Who made a difference between a programme's own copy and another version of its model."""

    MODEL = "model"
    HERE = "here"
    BOTH = "both"
    UNKNOWN = "unknown"  # the version that the programme was opened with is not here any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. `path`: names of fields, and keys of what stands in lists. A text is one in all its languages.

    Of what was added or removed, the other side is None; of another order, both sides are lists of keys. `follows`:
    the keys that stand before an added one.
    """

    path: Path
    kind: Kind
    before: Any
    after: Any
    follows: tuple[str, ...] = ()

    @property
    def part(self) -> str:
        return self.path[0]

    @property
    def name(self) -> str:
        """The path and the kind in one word, the same whenever the same two are compared."""
        return ".".join((*self.path, str(self.kind)))


def changes_between(before: ModelDescription, after: ModelDescription) -> tuple[Change, ...]:
    """What one would change in `before` to have `after`; keys, versions and where it was derived from stay out."""
    old, new = plain_model(before), plain_model(after)
    found: list[Change] = []
    for part in PARTS:
        found.extend(_differences((part,), old.get(part), new.get(part)))
    return tuple(found)


def makers_of(changes: Iterable[Change], base: ModelDescription | None, here: ModelDescription) -> dict[str, Maker]:
    """By name of each change from `here` to another version: who made it, since both came from `base`."""
    if base is None:
        return {change.name: Maker.UNKNOWN for change in changes}
    own = [change.path for change in changes_between(base, here)]
    return {change.name: _maker(change, own, base) for change in changes}


def taken_over(model: ModelDescription, changes: Collection[Change], *, key: str, version: int) -> ModelDescription:
    """The model with these changes, under this key and version. Raises ModelError when they do not fit together."""
    tree = plain_model(model)
    for kind in Kind:
        for change in changes:
            if change.kind is kind:
                _carry_out(tree, change)
    tree |= {"key": key, "version": version, "weeks": sum(phase["weeks"] for phase in tree["phases"])}
    return read_model(write_plain(tree))


def _differences(path: Path, before: Any, after: Any) -> Iterator[Change]:  # noqa: ANN401 -- plain YAML
    if before == after:
        return
    if _is_keyed(before) or _is_keyed(after):
        yield from _rows(path, before or [], after or [])
    elif isinstance(before, dict) and isinstance(after, dict) and not _is_text(before):
        for name in (*before, *(name for name in after if name not in before)):
            yield from _differences((*path, name), before.get(name), after.get(name))
    else:
        yield Change(path=path, kind=Kind.CHANGED, before=before, after=after)


def _rows(path: Path, before: list[Plain], after: list[Plain]) -> Iterator[Change]:
    old, new = {row["key"]: row for row in before}, {row["key"]: row for row in after}
    keys = list(new)
    for place, key in enumerate(keys):
        if key in old:
            yield from _differences((*path, key), old[key], new[key])
        else:
            follows = tuple(keys[:place])
            yield Change(path=(*path, key), kind=Kind.ADDED, before=None, after=new[key], follows=follows)
    for key, row in old.items():
        if key not in new:
            yield Change(path=(*path, key), kind=Kind.REMOVED, before=row, after=None)
    kept, wanted = [key for key in old if key in new], [key for key in new if key in old]
    if kept != wanted:
        yield Change(path=path, kind=Kind.ORDER, before=kept, after=wanted)


def _is_keyed(value: Any) -> bool:  # noqa: ANN401 -- plain YAML
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _is_text(value: Plain) -> bool:
    return bool(value) and set(value) <= set(LANGUAGES)


def _maker(change: Change, own: list[Path], base: ModelDescription) -> Maker:
    if not any(_touch(change.path, path) for path in own):
        return Maker.MODEL
    return Maker.HERE if _found(plain_model(base), change.path) == change.after else Maker.BOTH


def _touch(one: Path, other: Path) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _found(tree: Any, path: Path) -> Any:  # noqa: ANN401 -- plain YAML
    """What stands at the path, or None."""
    for step in path:
        if isinstance(tree, list):
            tree = next((row for row in tree if row["key"] == step), None)
        elif isinstance(tree, dict):
            tree = tree.get(step)
        else:
            return None
    return tree


def _carry_out(tree: Plain, change: Change) -> None:
    *way, last = change.path
    if change.kind is Kind.CHANGED:
        _put(_found(tree, tuple(way)), last, change.after)
    elif change.kind is Kind.ORDER:
        _reorder(_found(tree, change.path), change.after)
    elif change.kind is Kind.REMOVED:
        rows = _rows_at(tree, way)
        rows[:] = [row for row in rows if row["key"] != last]
    else:
        rows = _rows_at(tree, way)
        places = [place for place, row in enumerate(rows) if row["key"] in change.follows]
        rows.insert(max(places, default=-1) + 1, change.after)


def _rows_at(tree: Plain, way: list[str]) -> list[Plain]:
    holder = _found(tree, tuple(way[:-1]))
    rows: list[Plain] = holder.setdefault(way[-1], [])
    return rows


def _put(holder: Any, name: str, value: Any) -> None:  # noqa: ANN401 -- plain YAML
    if value is None:
        holder.pop(name, None)
    else:
        holder[name] = value


def _reorder(rows: list[Plain], wanted: list[str]) -> None:
    """Those that are wanted in an order change places among themselves; all others stay in theirs."""
    places = [place for place, row in enumerate(rows) if row["key"] in wanted]
    inside = sorted((rows[place] for place in places), key=lambda row: wanted.index(row["key"]))
    for place, row in zip(places, inside, strict=True):
        rows[place] = row
