"""From a form to the rows of a spreadsheet, which `tables` reads back to the very same form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from luotsi.core.questions.choice_cells import write_choice_cell
from luotsi.core.questions.condition_texts import write_condition_text
from luotsi.core.questions.table_columns import (
    COLUMNS,
    DIMENSION,
    FORM,
    POINTS,
    SECTION,
    heading_of,
    type_word,
)
from luotsi.core.questions.values import LANGUAGES, USUAL_LENGTH, USUAL_LINES, Kind
from luotsi.core.questions.writing import write_operand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from luotsi.core.questions.values import Dimension, Form, Item, Scale, Section, Texts

_ALWAYS: Final = frozenset({"section", "key", "type", "required"})


def write_rows(form: Form, language: str = "en") -> list[list[str]]:
    """The header in this language (fi, sv, en), and a row for whatever the form has.

    Columns that say nothing are left out. The days of the week, purposes and the like stand as they are in the plain
    description, whatever the language.
    """
    cells = [{**row, "type": type_word(row["type"], language)} for row in _rows(form)]
    columns = [column for column in COLUMNS if column in _ALWAYS or any(row.get(column) for row in cells)]
    header = [heading_of(column, language) for column in columns]
    return [header, *([row.get(column, "") for column in columns] for row in cells)]


def _rows(form: Form) -> Iterator[dict[str, str]]:
    yield _form(form)
    yield from (_points(scale) for scale in form.scales)
    yield from (_dimension(dimension) for dimension in form.dimensions)
    for section in form.sections:
        if section.title or section.intro or section.when:
            yield _section(section)
        yield from (_item(item, section) for item in section.items)


def _form(form: Form) -> dict[str, str]:
    told = {
        "version": form.version,
        "purpose": form.purpose.value,
        "answering": form.answering.value,
        "is_validated": form.is_validated,
        "minutes": form.minutes,
    }
    return {"type": FORM, "key": form.key, **_texts("text", form.name), **_texts("help", form.intro), **_cells(told)}


def _points(scale: Scale) -> dict[str, str]:
    points = _choices((point.value, point.text) for point in scale.points)
    return {"type": POINTS, "key": scale.key, **points, **_cells({"agrees_from": scale.agrees_from})}


def _dimension(dimension: Dimension) -> dict[str, str]:
    texts = _texts("text", dimension.name) | _texts("help", dimension.description)
    return {"type": DIMENSION, "key": dimension.key, **texts}


def _section(section: Section) -> dict[str, str]:
    when = {"when": write_condition_text(section.when)} if section.when else {}
    return {
        "type": SECTION,
        "key": section.key,
        **_texts("text", section.title),
        **_texts("help", section.intro),
        **when,
    }


def _item(item: Item, section: Section) -> dict[str, str]:
    told = {
        "required": item.is_required,
        "scale": item.scale and item.scale.key,
        "dimension": item.dimension,
        "reversed": item.is_reversed,
        "many": item.is_many,
        "most": item.most,
        "lowest": write_operand(item.lowest),
        "highest": write_operand(item.highest),
        "decimals": item.decimals or None,
        "earliest": write_operand(item.earliest),
        "latest": write_operand(item.latest),
        "longest": None if item.longest == USUAL_LENGTH else item.longest,
        "lines": None if item.lines == USUAL_LINES else item.lines,
        "days": ", ".join(item.days),
        "when": write_condition_text(item.when) if item.when else None,
    }
    offered = item.slots if item.kind is Kind.AVAILABILITY else item.choices
    texts = _texts("text", item.text) | _texts("help", item.help) | _texts("unit", item.unit)
    choices = _choices((choice.key, choice.text) for choice in offered)
    return {"section": section.key, "type": item.kind, "key": item.key, **texts, **choices, **_cells(told)}


def _cells(told: dict[str, Any]) -> dict[str, str]:
    """An x for what is true, nothing for what is not or is not given. Nought is given."""
    return {
        column: "x" if value is True else str(value)
        for column, value in told.items()
        if value is not None and value is not False
    }


def _texts(column: str, texts: Texts) -> dict[str, str]:
    return {f"{column}_{language}": text for language, text in texts.items()}


def _choices(choices: Iterable[tuple[str | int, Texts]]) -> dict[str, str]:
    listed = list(choices)
    return {f"choices_{language}": write_choice_cell(listed, language) for language in LANGUAGES}
