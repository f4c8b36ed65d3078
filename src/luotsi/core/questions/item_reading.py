"""Reading items, each kind with the fields that belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from luotsi.core.questions.faults import FormFaultCode
from luotsi.core.questions.fields import refuse_repeats
from luotsi.core.questions.numbers import decimals_of
from luotsi.core.questions.values import USUAL_LENGTH, USUAL_LINES, Choice, Day, Item, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from luotsi.core.questions.condition_reading import ConditionReading
    from luotsi.core.questions.fields import Noted, Table
    from luotsi.core.questions.values import Scale

MOST_CHOICES: Final = 60
MOST_SLOTS: Final = 12
LONGEST_ANSWER: Final = 20_000
MOST_LINES: Final = 40
MOST_DECIMALS: Final = 6

_COMMON: Final = ("key", "type", "text", "help", "required", "when")
_OWN: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.SCALE: ("scale", "dimension", "reversed"),
    Kind.CHOICE: ("choices", "many", "most"),
    Kind.TEXT: ("longest", "lines"),
    Kind.RANKING: ("choices", "most"),
    Kind.NUMBER: ("lowest", "highest", "decimals", "unit"),
    Kind.DATE: ("earliest", "latest"),
    Kind.AVAILABILITY: ("days", "slots"),
}
_ALL_OWN: Final = tuple(dict.fromkeys(name for names in _OWN.values() for name in names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What the form has described for its items to use. A scale that could not be read is None."""

    scales: Mapping[str, Scale | None]
    dimensions: Collection[str]


def own_fields(kind: Kind) -> tuple[str, ...]:
    """The fields that belong to items of this kind alone."""
    return _OWN[kind]


def read_item(noted: Noted, key: str, described: Described, conditions: ConditionReading) -> Item:
    """The item; when faults were noted in reading it, one that is not to be used. `key` has been read already."""
    kind = _kind(noted)
    table = noted.table((*_COMMON, *(_OWN[kind] if kind else _ALL_OWN)), elsewhere=_ALL_OWN)
    for name in ("key", "type"):
        table.needed(name)
    if kind:
        _refuse_others(noted, kind)
    return Item(
        key=key,
        kind=kind or Kind.TEXT,
        text=table.texts("text", is_needed=True),
        help=table.texts("help"),
        is_required=table.flag("required"),
        when=conditions.read(table.at("when")),
        **(_READERS[kind](table, described) if kind else {}),
    )


def read_choices(entries: tuple[Noted, ...]) -> tuple[Choice, ...]:
    """Keys with their texts, no key twice."""
    found = []
    for entry in entries:
        table = entry.table(("key", "text"))
        found.append(Choice(key=table.key("key"), text=table.texts("text", is_needed=True)))
    refuse_repeats(zip((choice.key for choice in found), entries, strict=True))
    return tuple(found)


def _kind(noted: Noted) -> Kind | None:
    """The item's type; nothing is noted of one that is missing."""
    told = noted.value.get("type") if isinstance(noted.value, Mapping) else None
    return None if told is None else noted.below(told, "type").one_of(Kind)


def _refuse_others(noted: Noted, kind: Kind) -> None:
    given = noted.value if isinstance(noted.value, Mapping) else {}
    for name in _ALL_OWN:
        if name not in _OWN[kind] and given.get(name) is not None:
            noted.below(None, name).fault(FormFaultCode.NOT_FOR_TYPE, type=kind)


def _scale(table: Table, described: Described) -> dict[str, Any]:
    scale, dimension = table.key("scale"), table.at("dimension")
    measured = dimension.key() if dimension else ""
    if scale and scale not in described.scales:
        table.noted.below(None, "scale").fault(FormFaultCode.NO_SUCH_SCALE, found=scale)
    if dimension and measured and measured not in described.dimensions:
        dimension.fault(FormFaultCode.NO_SUCH_DIMENSION, found=measured)
    return {"scale": described.scales.get(scale), "dimension": measured, "is_reversed": table.flag("reversed")}


def _choice(table: Table, _: Described) -> dict[str, Any]:
    """Of many there may be but one: a single box to tick."""
    is_many = table.flag("many")
    choices = read_choices(table.entries("choices", 1 if is_many else 2, MOST_CHOICES))
    most = table.at("most")
    if most and not is_many:
        most.fault(FormFaultCode.NEEDS_MANY)
    return {"choices": choices, "is_many": is_many, "most": most and most.whole(1, max(len(choices), 1))}


def _ranking(table: Table, _: Described) -> dict[str, Any]:
    choices = read_choices(table.entries("choices", 2, MOST_CHOICES))
    most = table.at("most")
    return {"choices": choices, "most": most and most.whole(1, max(len(choices), 1))}


def _text(table: Table, _: Described) -> dict[str, Any]:
    return {
        "longest": table.whole("longest", 1, LONGEST_ANSWER, USUAL_LENGTH),
        "lines": table.whole("lines", 1, MOST_LINES, USUAL_LINES),
    }


def _number(table: Table, _: Described) -> dict[str, Any]:
    decimals = table.whole("decimals", 0, MOST_DECIMALS, 0)
    ends = {name: table.number(name) for name in ("lowest", "highest")}
    for name, end in ends.items():
        if end is not None and decimals_of(end) > decimals:
            table.noted.below(None, name).fault(FormFaultCode.TOO_MANY_DECIMALS, decimals=decimals)
    lowest, highest = ends["lowest"], ends["highest"]
    if lowest is not None and highest is not None and lowest > highest:
        table.noted.below(None, "highest").fault(FormFaultCode.CROSSED)
    return {"lowest": lowest, "highest": highest, "decimals": decimals, "unit": table.texts("unit")}


def _date(table: Table, _: Described) -> dict[str, Any]:
    earliest, latest = table.day("earliest"), table.day("latest")
    if earliest and latest and earliest > latest:
        table.noted.below(None, "latest").fault(FormFaultCode.CROSSED)
    return {"earliest": earliest, "latest": latest}


def _availability(table: Table, _: Described) -> dict[str, Any]:
    entries = table.entries("days", 1, len(Day))
    named = [entry.one_of(Day) for entry in entries]
    for place, day in enumerate(named):
        if day and day in named[:place]:
            entries[place].fault(FormFaultCode.REPEATED, found=day)
    return {
        "days": tuple(day for day in Day if day in named),
        "slots": read_choices(table.entries("slots", 1, MOST_SLOTS)),
    }


_READERS: Final[Mapping[Kind, Callable[[Table, Described], dict[str, Any]]]] = {
    Kind.SCALE: _scale,
    Kind.CHOICE: _choice,
    Kind.TEXT: _text,
    Kind.RANKING: _ranking,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.AVAILABILITY: _availability,
}
