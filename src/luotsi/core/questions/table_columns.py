"""The columns of a form in a spreadsheet: what they are called in three languages, and what their cells mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from luotsi.core.questions.numbers import settled, spelled
from luotsi.core.questions.values import LANGUAGES, Day, Kind
from luotsi.core.tables.cells import parse_date, parse_list, parse_number, parse_yes_no
from luotsi.core.tables.faults import CellError
from luotsi.core.tables.headings import heading_key
from luotsi.core.words.keys import search_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORM, POINTS, DIMENSION, SECTION = "form", "points", "dimension", "section"
"""Rows that are no items: the form itself, a scale with its points, a dimension, the head of a section."""

_NAMES: Final[Mapping[str, tuple[str, str, str]]] = {
    "section": ("osio", "avsnitt", "section"),
    "key": ("tunnus", "nyckel", "key"),
    "type": ("tyyppi", "typ", "type"),
    "text": ("teksti", "text", "text"),
    "help": ("ohje", "hjälp", "help"),
    "required": ("pakollinen", "obligatorisk", "required"),
    "scale": ("asteikko", "skala", "scale"),
    "dimension": ("ulottuvuus", "dimension", "dimension"),
    "reversed": ("käännetty", "omvänd", "reversed"),
    "choices": ("vaihtoehdot", "alternativ", "choices"),
    "many": ("useita", "flera", "many"),
    "most": ("enintään", "högst", "most"),
    "lowest": ("pienin", "minsta", "lowest"),
    "highest": ("suurin", "största", "highest"),
    "decimals": ("desimaaleja", "decimaler", "decimals"),
    "unit": ("yksikkö", "enhet", "unit"),
    "earliest": ("aikaisintaan", "tidigast", "earliest"),
    "latest": ("viimeistään", "senast", "latest"),
    "longest": ("merkkejä", "tecken", "longest"),
    "lines": ("rivejä", "rader", "lines"),
    "days": ("päivät", "dagar", "days"),
    "when": ("ehto", "villkor", "when"),
    "agrees_from": ("samaa mieltä alkaen", "instämmer från", "agrees_from"),
    "version": ("versio", "version", "version"),
    "purpose": ("tarkoitus", "syfte", "purpose"),
    "answering": ("vastaaminen", "svarssätt", "answering"),
    "is_validated": ("validoitu", "validerad", "is_validated"),
    "minutes": ("minuutteja", "minuter", "minutes"),
}
BY_LANGUAGE: Final = ("text", "help", "choices", "unit")
COLUMNS: Final = tuple(
    name for base in _NAMES for name in ([f"{base}_{at}" for at in LANGUAGES] if base in BY_LANGUAGE else [base])
)

_TYPES: Final[Mapping[str, tuple[str, str, str]]] = {
    FORM: ("lomake", "formulär", "form"),
    POINTS: ("asteikon pisteet", "skalans punkter", "points"),
    DIMENSION: ("ulottuvuus", "dimension", "dimension"),
    SECTION: ("osio", "avsnitt", "section"),
    Kind.SCALE: ("asteikko", "skala", "scale"),
    Kind.CHOICE: ("valinta", "val", "choice"),
    Kind.TEXT: ("teksti", "text", "text"),
    Kind.RANKING: ("järjestys", "rangordning", "ranking"),
    Kind.NUMBER: ("luku", "tal", "number"),
    Kind.DATE: ("päivämäärä", "datum", "date"),
    Kind.AVAILABILITY: ("ajat", "tider", "availability"),
}
_DAYS: Final[Mapping[str, tuple[str, str]]] = {
    Day.MONDAY: ("ma", "må"),
    Day.TUESDAY: ("ti", "ti"),
    Day.WEDNESDAY: ("ke", "on"),
    Day.THURSDAY: ("to", "to"),
    Day.FRIDAY: ("pe", "fr"),
    Day.SATURDAY: ("la", "lö"),
    Day.SUNDAY: ("su", "sö"),
}

_COLUMN_BY_HEADING: Final[Mapping[str, str]] = {
    heading_key(f"{name}{end}"): f"{base}_{language}" if language else base
    for base, names in _NAMES.items()
    for language in (LANGUAGES if base in BY_LANGUAGE else ("",))
    for end in ((f"_{language}", f" {language}", f" ({language})") if language else ("",))
    for name in (*names, base)
}
_TYPE_BY_WORD: Final = {search_key(word): key for key, words in _TYPES.items() for word in (*words, key)}
_DAY_BY_WORD: Final = {search_key(word): str(day) for day, words in _DAYS.items() for word in (*words, day)}


def column_of(heading: str) -> str:
    """The column that is called so in some language; empty when none is."""
    return _COLUMN_BY_HEADING.get(heading_key(heading), "")


def heading_of(column: str, language: str) -> str:
    base, _, end = column.rpartition("_")
    is_text = base in BY_LANGUAGE
    name = _NAMES[base if is_text else column][LANGUAGES.index(language)]
    return f"{name}_{end}" if is_text else name


def type_word(kind: str, language: str) -> str:
    return _TYPES[kind][LANGUAGES.index(language)]


def read_cell(column: str, cell: str) -> object:
    """What the cell says, as the plain description of a form has it. What is not understood stays as it is."""
    reader = _READERS.get(column)
    if reader is None:
        return cell
    try:
        return reader(cell)
    except CellError:
        return cell


def _type(cell: str) -> str:
    return _TYPE_BY_WORD.get(search_key(cell), cell.strip())


def _word(cell: str) -> str:
    return cell.strip()


def _number(cell: str) -> int | str:
    number = parse_number(cell)
    return int(number) if number == int(number) else spelled(settled(number))


def _days(cell: str) -> list[str]:
    return [_DAY_BY_WORD.get(search_key(word), word) for word in parse_list(cell)]


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    **dict.fromkeys(("section", "key", "scale", "dimension", "purpose", "answering"), _word),
    **dict.fromkeys(("required", "reversed", "many", "is_validated"), parse_yes_no),
    **dict.fromkeys(("most", "lowest", "highest", "decimals", "longest", "lines", "agrees_from"), _number),
    **dict.fromkeys(("version", "minutes"), _number),
    **dict.fromkeys(("earliest", "latest"), parse_date),
    "type": _type,
    "days": _days,
}
