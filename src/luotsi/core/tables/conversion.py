"""Raw cells into values or faults, column by column."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from luotsi.core.tables import cells
from luotsi.core.tables.columns import Kind, Value
from luotsi.core.tables.faults import CellError, Fault, FaultCode, shown
from luotsi.core.tables.identity import holds_identity_code
from luotsi.core.words.keys import search_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from luotsi.core.tables.columns import Column
    from luotsi.core.tables.grids import Cell

Converted: TypeAlias = tuple[Value, Fault | None]

_PARSERS: Mapping[Kind, Callable[[Cell], Value]] = {
    Kind.TEXT: cells.parse_text,
    Kind.EMAIL: cells.parse_email,
    Kind.DATE: cells.parse_date,
    Kind.NUMBER: cells.parse_number,
    Kind.WHOLE: cells.parse_whole,
    Kind.YES_NO: cells.parse_yes_no,
    Kind.LIST: cells.parse_list,
}
_BLANKS: Mapping[Kind, Value] = {Kind.TEXT: "", Kind.EMAIL: "", Kind.CHOICE: "", Kind.LIST: ()}
_UNLIKE = frozenset({Kind.TEXT, Kind.EMAIL})
_REMEMBERED = 512
_COARSE_SEPARATORS = re.compile(r"[;\n]")


def blank_value(kind: Kind) -> Value:
    """What a column of this kind holds where nothing was written, or nothing that could be read."""
    return _BLANKS.get(kind)


def converter(column: Column) -> Callable[[Cell], Converted]:
    """A function from a raw cell to its value, or to the blank value and the fault.

    Remembers a few hundred cells where values come again and again (dates, choices): faster, and equal values are held
    once.
    """
    parse = _choosing(column) if column.choices else _PARSERS[column.kind]
    blank = blank_value(column.kind)
    nothing = Fault(code=FaultCode.MISSING, column=column.key) if column.required else None

    def convert(cell: Cell) -> Converted:
        if isinstance(cell, str):
            if not cell or cell.isspace():
                return blank, nothing
            if holds_identity_code(cell):
                return blank, Fault(code=FaultCode.IDENTITY_CODE, column=column.key)
        try:
            value = parse(cell)
        except CellError as error:
            return blank, Fault(code=error.code, column=column.key, value=shown(str(cell)), facts=error.facts)
        return value, None

    return convert if column.kind in _UNLIKE else lru_cache(_REMEMBERED, typed=True)(convert)


def _choosing(column: Column) -> Callable[[Cell], Value]:
    names = {search_key(value): value for value in column.choices}
    for value, others in column.choices.items():
        for name in others:
            if names.setdefault(search_key(name), value) != value:
                raise ValueError(f"{name} means both {names[search_key(name)]} and {value}")

    def choose(cell: Cell) -> str:
        text = cells.parse_text(cell)
        value = names.get(search_key(text))
        if value is None:
            raise CellError(FaultCode.NOT_A_CHOICE, item=shown(text))
        return value

    def choose_several(cell: Cell) -> tuple[str, ...]:
        """Names may themselves hold commas and slashes: a part that is a name whole is not split further."""
        parts: list[str] = []
        for part in _COARSE_SEPARATORS.split(cells.parse_text(cell)):
            parts += [part] if search_key(part) in names else cells.parse_list(part)
        return tuple(dict.fromkeys(choose(part) for part in parts))

    return choose_several if column.kind is Kind.LIST else choose
