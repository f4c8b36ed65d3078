"""Lists of applicants in words: what their columns are called, what is wrong with rows, and what they change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.programmes.formats.applicants import Remark, applicant_from_json
from luotsi.programmes.formats.list_columns import STATE, TOLD, columns_for, heading_of, own_questions
from luotsi.programmes.formats.listed import cell_of, listed, own_cell
from luotsi.programmes.messages.faults import sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from luotsi.programmes.formats.values import ModelDescription
    from luotsi.programmes.models.lists import ImportRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One thing to know of a row. `column`: its name; empty: the whole row is meant."""

    row: ImportRow
    column: str
    sentence: str


def noted(rows: Iterable[ImportRow], model: ModelDescription) -> list[Noted]:
    """What is wrong with the rows or to be known about them, and what they change, in the active language."""
    return [each for row in rows for each in (*_changes(row, model), *_remarks(row, model))]


def column_names(model: ModelDescription) -> list[tuple[str, bool]]:
    """What the columns of a list are called in the active language, and whether each is needed."""
    return [
        (heading_of(each.key, model, _language()), each.required) for each in columns_for(model) if each.key != STATE
    ]


def column_choices(model: ModelDescription) -> list[tuple[str, str]]:
    """The columns that a heading may mean, by their keys."""
    return [(each.key, heading_of(each.key, model, _language())) for each in columns_for(model)]


def needed_columns(model: ModelDescription) -> dict[str, str]:
    """What no list can do without, by key."""
    return {each.key: heading_of(each.key, model, _language()) for each in columns_for(model) if each.required}


def refused_rows(rows: Iterable[ImportRow], model: ModelDescription) -> list[list[str | int]]:
    """A table of rows to be mended, its header first: as typed, then what is wrong. It can be brought in again."""
    keys = [each.key for each in columns_for(model)]
    table: list[list[str | int]] = [
        [_("Row"), *(heading_of(key, model, _language()) for key in keys), _("What to mend")]
    ]
    for row in rows:
        reasons = " ".join(f"{each.column}: {each.sentence}".lstrip(": ") for each in _remarks(row, model))
        table.append([row.number, *(row.kept.get(key, "") for key in keys), reasons])
    return table


def _remarks(row: ImportRow, model: ModelDescription) -> Iterator[Noted]:
    for fault in row.faults:
        remark = Remark.from_json(fault)
        column = heading_of(remark.column, model, _language()) if remark.column else ""
        yield Noted(row=row, column=column, sentence=sentence_of(remark))


def _changes(row: ImportRow, model: ModelDescription) -> Iterator[Noted]:
    if not row.before:
        return
    then = listed(applicant_from_json(row.kept))
    for key in (each.key for each in columns_for(model) if each.key in row.before):
        value = row.before[key]
        before, after = _cell(key, value, model), _cell(key, then.get(key, ""), model)
        yield Noted(row=row, column=heading_of(key, model, _language()), sentence=_change(before, after))


def _change(before: str, after: str) -> str:
    if not before:
        return _("Nothing stands there now. “%(after)s” comes in.") % {"after": after}
    if not after:
        return _("“%(before)s” is taken away.") % {"before": before}
    if before == after:
        return _("“%(after)s” is an organisation of this network now. The application is tied to it.") % {
            "after": after
        }
    return _("“%(before)s” becomes “%(after)s”.") % {"before": before, "after": after}


def _cell(key: str, value: object, model: ModelDescription) -> str:
    if key.startswith(TOLD):
        question = own_questions(model).get(key)
        return own_cell(question, str(value or ""), _language()) if question else str(value)
    return cell_of(key, value, _language())


def _language() -> str:
    return (get_language() or "fi")[:2]
