"""From the plain description of a form (what JSON and YAML hold) to the form, or to all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

from luotsi.core.questions.condition_reading import ConditionReading
from luotsi.core.questions.faults import FormError, FormFaultCode
from luotsi.core.questions.fields import Noted, refuse_repeats
from luotsi.core.questions.item_reading import Described, read_item
from luotsi.core.questions.values import Answering, Dimension, Form, Point, Purpose, Scale, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.core.questions.faults import FormFault
    from luotsi.core.questions.fields import Table
    from luotsi.core.questions.values import Item

MOST_ITEMS: Final = 300
MOST_SECTIONS: Final = 100
MOST_SCALES: Final = 30
MOST_POINTS: Final = 21
MOST_DIMENSIONS: Final = 60
MOST_MINUTES: Final = 600
HIGHEST_VERSION: Final = 10_000
FARTHEST_POINT: Final = 1_000

_FORM: Final = (
    *("key", "version", "name", "intro", "purpose", "answering", "is_validated", "minutes"),
    *("scales", "dimensions", "sections"),
)


def read_form(plain: object) -> Form:
    """The form that is described. Raises FormError, with every fault at once.

    `plain` is what `json.load` or `yaml.safe_load` gives. YAML's dates are understood, and its bare yes and no, which
    `safe_load` takes for true and false, where the key of a choice stands, but not among texts.
    """
    form, faults = check_form(plain)
    if form is None:
        raise FormError(faults)
    return form


def check_form(plain: object) -> tuple[Form | None, tuple[FormFault, ...]]:
    """The form, or None and everything that is wrong with it."""
    faults: list[FormFault] = []
    form = _form(Noted(plain, "", faults))
    return (None if faults else form), tuple(sorted(faults, key=_in_order))


def _form(noted: Noted) -> Form:
    table = noted.table(_FORM)
    scales, dimensions = _scales(table.at("scales")), _dimensions(table)
    described = Described(scales=scales, dimensions={dimension.key for dimension in dimensions})
    table.needed("version")
    return Form(
        key=table.key("key"),
        version=table.whole("version", 1, HIGHEST_VERSION, 1),
        name=table.texts("name", is_needed=True),
        intro=table.texts("intro"),
        purpose=table.one_of("purpose", Purpose.OTHER),
        answering=table.one_of("answering", Answering.ANONYMOUS),
        is_validated=table.flag("is_validated"),
        minutes=table.whole("minutes", 1, MOST_MINUTES, 1) if table.at("minutes") else None,
        scales=tuple(scale for _, scale in sorted(scales.items()) if scale),
        dimensions=dimensions,
        sections=_sections(noted, table.entries("sections", 1, MOST_SECTIONS), described),
    )


def _scales(noted: Noted | None) -> dict[str, Scale | None]:
    if noted is None:
        return {}
    if not isinstance(noted.value, Mapping):
        noted.fault(FormFaultCode.NOT_A_MAPPING)
        return {}
    if len(noted.value) > MOST_SCALES:
        noted.fault(FormFaultCode.WRONG_COUNT, found=len(noted.value), lowest=0, highest=MOST_SCALES)
        return {}
    keys = [(Noted(name, noted.place, noted.faults).key(), value) for name, value in noted.value.items()]
    return {key: _scale(noted.below(value, key), key) for key, value in keys if key}


def _scale(noted: Noted, key: str) -> Scale | None:
    before = len(noted.faults)
    table = noted.table(("points", "agrees_from"))
    points = tuple(_point(entry.table(("value", "text"))) for entry in table.entries("points", 2, MOST_POINTS))
    for place, (point, following) in enumerate(pairwise(points), 1):
        if following.value != point.value + 1:
            noted.below(None, f"points[{place}].value").fault(FormFaultCode.NOT_RISING)
    if len(noted.faults) > before:
        return None
    agreeing = table.at("agrees_from")
    agrees_from = agreeing.whole(points[0].value, points[-1].value) if agreeing else None
    return Scale(key=key, points=points, agrees_from=agrees_from)


def _point(table: Table) -> Point:
    table.needed("value")
    value = table.whole("value", -FARTHEST_POINT, FARTHEST_POINT, 0)
    return Point(value=value, text=table.texts("text", is_needed=True))


def _dimensions(table: Table) -> tuple[Dimension, ...]:
    entries = table.entries("dimensions", 0, MOST_DIMENSIONS)
    found = []
    for entry in entries:
        given = entry.table(("key", "name", "description"))
        name, description = given.texts("name", is_needed=True), given.texts("description")
        found.append(Dimension(key=given.key("key"), name=name, description=description))
    refuse_repeats(zip((dimension.key for dimension in found), entries, strict=True))
    return tuple(found)


class _Sections:
    """Reads sections in order, and remembers the items that later conditions may speak of."""

    def __init__(self, described: Described, everywhere: frozenset[str]) -> None:
        self._described = described
        self._everywhere = everywhere
        self._earlier: dict[str, Item | None] = {}

    def section(self, table: Table, items: Sequence[tuple[str, Noted]]) -> Section:
        conditions = ConditionReading(earlier=self._earlier, everywhere=self._everywhere)
        return Section(
            key=table.key("key"),
            title=table.texts("title"),
            intro=table.texts("intro"),
            when=conditions.read(table.at("when")),
            items=tuple(self._item(key, noted) for key, noted in items),
        )

    def _item(self, key: str, noted: Noted) -> Item:
        before = len(noted.faults)
        conditions = ConditionReading(earlier=self._earlier, everywhere=self._everywhere, own=key)
        item = read_item(noted, key, self._described, conditions)
        self._earlier[key] = item if len(noted.faults) == before else None
        return item


def _sections(noted: Noted, entries: tuple[Noted, ...], described: Described) -> tuple[Section, ...]:
    tables = [entry.table(("key", "title", "intro", "when", "items")) for entry in entries]
    listed = [table.entries("items", 1, MOST_ITEMS) for table in tables]
    if sum(map(len, listed)) > MOST_ITEMS:
        noted.below(None, "sections").fault(FormFaultCode.TOO_MANY_ITEMS, highest=MOST_ITEMS)
        return ()
    named = [[(_key_of(item), item) for item in items] for items in listed]
    refuse_repeats(chain.from_iterable(named))
    sections = _Sections(described, frozenset(key for key, _ in chain.from_iterable(named) if key))
    found = [sections.section(table, items) for table, items in zip(tables, named, strict=True)]
    refuse_repeats(zip((section.key for section in found), entries, strict=True))
    return tuple(found)


def _key_of(item: Noted) -> str:
    """Its key; that it has none is noted when the item is read."""
    told = item.value.get("key") if isinstance(item.value, Mapping) else None
    return "" if told is None else item.below(told, "key").key()


def _in_order(fault: FormFault) -> tuple[tuple[int, str], ...]:
    """By place, with `items[10]` after `items[9]`."""
    parts = re.findall(r"[0-9]+|[^0-9]+", fault.place)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
