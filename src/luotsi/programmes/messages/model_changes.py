"""A difference between two models in people's words: where it is, what stood there, what stands there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from luotsi.core.texts import TranslatedText
from luotsi.programmes.formats.comparison import Kind
from luotsi.programmes.formats.values import LANGUAGES
from luotsi.programmes.formats.writing import plain_model
from luotsi.programmes.messages.model_words import FIELDS, WORDS, part_name, yes_no

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from luotsi.programmes.formats.comparison import Change
    from luotsi.programmes.formats.values import ModelDescription
    from luotsi.programmes.formats.writing import Plain

CLOSED: Final = frozenset(
    {"modes", "rules", "roles", "for_whom", "to", "indicators", "stage", "kind", "type", "moment", "pairing", "event"}
)
"""Fields whose values are words of a closed set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """`what`: the entry and its field, empty where the part says it all. `before` and `after` by language, or one."""

    name: str
    part: str
    what: str
    kind: Kind
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPart:
    name: str
    title: str
    changes: tuple[ShownChange, ...]


def parts_of(changes: Iterable[Change], before: ModelDescription, after: ModelDescription) -> list[ChangedPart]:
    """The differences by part of the file, in the order in which people read it."""
    trees = (plain_model(after), plain_model(before))
    found: dict[str, list[ShownChange]] = {}
    for change in changes:
        found.setdefault(change.part, []).append(_shown(change, trees))
    return [ChangedPart(name=part, title=part_name(part), changes=tuple(rows)) for part, rows in found.items()]


def _shown(change: Change, trees: tuple[Plain, Plain]) -> ShownChange:
    field = change.path[-1]
    if change.kind is Kind.ORDER:
        before, after = _order(change.before, change, trees), _order(change.after, change, trees)
    elif change.kind is Kind.CHANGED:
        before, after = _both(change.before, change.after, field)
    else:
        before, after = _entry(change.before), _entry(change.after)
    what = ", ".join(_steps(change, trees))
    return ShownChange(
        name=change.name,
        part=change.part,
        what=what[:1].upper() + what[1:],
        kind=change.kind,
        before=before,
        after=after,
    )


def _steps(change: Change, trees: tuple[Plain, Plain]) -> Iterator[str]:
    """The names on the way to what changed, without the part itself; entries by what people read in them."""
    for length in range(2, len(change.path) + 1):
        step, holder = change.path[length - 1], _at(trees, change.path[: length - 1])
        if isinstance(holder, list):
            entry = _at(trees, change.path[:length])
            yield _("“%(title)s”") % {"title": _title(entry)}
        elif step in FIELDS:
            yield _(FIELDS[step])
        elif step in WORDS:
            yield _(WORDS[step])
    if change.kind is Kind.ORDER:
        yield _("the order")


def _at(trees: tuple[Plain, Plain], path: tuple[str, ...]) -> Any:  # noqa: ANN401 -- plain YAML
    for tree in trees:
        found: Any = tree
        for step in path:
            if isinstance(found, list):
                found = next((row for row in found if row["key"] == step), None)
            elif isinstance(found, dict):
                found = found.get(step)
        if found is not None:
            return found
    return None


def _title(entry: Plain) -> str:
    """What people know an entry by."""
    for name in ("name", "title", "subject", "text"):
        if entry.get(name):
            return str(TranslatedText(entry[name]))
    return str(entry["key"])


def _order(keys: list[str], change: Change, trees: tuple[Plain, Plain]) -> tuple[tuple[str, str], ...]:
    return (("", "; ".join(_title(_at(trees, (*change.path, key))) for key in keys)),)


def _both(before: Any, after: Any, field: str) -> tuple[tuple[tuple[str, str], ...], ...]:  # noqa: ANN401 -- plain YAML
    """Of texts, the languages in which they differ."""
    if _is_text(before) or _is_text(after):
        old, new = before or {}, after or {}
        differing = [language for language in LANGUAGES if old.get(language) != new.get(language)]
        return tuple(tuple((language, side.get(language, "–")) for language in differing) for side in (old, new))
    return (("", _told(before, field)),), (("", _told(after, field)),)


def _entry(entry: Plain | None) -> tuple[tuple[str, str], ...]:
    """A whole entry, its texts in the active language."""
    if entry is None:
        return ()
    lines = [(name, value) for name, value in entry.items() if name != "key"]
    return tuple((_(FIELDS[name]), _told(value, name)) for name, value in lines)


def _told(value: Any, field: str) -> str:  # noqa: ANN401 -- plain YAML
    if isinstance(value, dict):
        return str(TranslatedText(value)) if _is_text(value) else "; ".join(_told(value[name], name) for name in value)
    if isinstance(value, list):
        return "; ".join(_title(each) if isinstance(each, dict) else _told(each, field) for each in value) or "–"
    return _word(value, field)


def _word(value: str | int | None, field: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return yes_no(is_yes=value)
    return _(WORDS[value]) if field in CLOSED and isinstance(value, str) else str(value)


def _is_text(value: Any) -> bool:  # noqa: ANN401 -- plain YAML
    return isinstance(value, dict) and bool(value) and set(value) <= set(LANGUAGES)
