"""The header row: where it is, and which column each of its names means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.core.tables.faults import shown
from luotsi.core.tables.grids import column_letter
from luotsi.core.tables.identity import hide_codes, names_identity_code
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError
from luotsi.core.words.keys import search_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from luotsi.core.tables.columns import Column
    from luotsi.core.tables.grids import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column of the file that means nothing to us. `text` may be empty: a column without a name."""

    letter: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How to read the rows below the header. `places` says where each column's cells stand, `headings` has them all."""

    header_row: int
    width: int
    places: Mapping[str, int]
    headings: tuple[str, ...]
    unknown_headers: tuple[Heading, ...]
    missing_columns: tuple[str, ...]


def heading_key(text: str) -> str:
    """What headers are compared by: a star or a colon at the end, which forms add, does not count."""
    return search_key(text.rstrip(" *:\t\r\n\u00a0"))


def heading_keys(columns: Sequence[Column]) -> Mapping[str, str]:
    """Each accepted header's key with the column it means. Two columns may not share a header: ValueError."""
    keys: dict[str, str] = {}
    for column in columns:
        for header in column.headers:
            if keys.setdefault(heading_key(header), column.key) != column.key:
                raise ValueError(f"the header {header} means both {keys[heading_key(header)]} and {column.key}")
    return keys


def find_layout(
    rows: Sequence[tuple[int, Sequence[Cell]]], columns: Sequence[Column], first_column: int
) -> Layout | None:
    """The layout by the row that knows most of our headers, the first of such rows; None if none knows any.

    Raises TableRefusedError when the header names a personal identity code, or one of our columns twice.
    """
    keys = heading_keys(columns)
    known = [sum(key in keys for key in _keys(cells)) for _, cells in rows]
    if not any(known):
        return None
    number, cells = rows[known.index(max(known))]
    texts = [cell if isinstance(cell, str) else str(cell) for cell in cells]
    while not texts[-1].strip():
        texts.pop()
    _refuse_identity_codes(texts, first_column)
    means = [keys.get(heading_key(text), "") for text in texts]
    _refuse_repeats(texts, means, first_column)
    return Layout(
        header_row=number,
        width=len(texts),
        places={key: place for place, key in enumerate(means) if key},
        headings=tuple(" ".join(hide_codes(text).split()) for text in texts),
        unknown_headers=tuple(
            Heading(letter=column_letter(first_column + place), text=shown(text))
            for place, (text, key) in enumerate(zip(texts, means, strict=True))
            if not key
        ),
        missing_columns=tuple(column.key for column in columns if column.required and column.key not in means),
    )


def _keys(cells: Sequence[Cell]) -> set[str]:
    return {heading_key(cell) for cell in cells if isinstance(cell, str)}


def _refuse_identity_codes(texts: Sequence[str], first_column: int) -> None:
    for place, text in enumerate(texts):
        if names_identity_code(text):
            letter = column_letter(first_column + place)
            raise TableRefusedError(RefusalCode.IDENTITY_CODE, column=letter, header=shown(text))


def _refuse_repeats(texts: Sequence[str], means: Sequence[str], first_column: int) -> None:
    for place, key in enumerate(means):
        if key and means.index(key) != place:
            letters = [column_letter(first_column + other) for other, same in enumerate(means) if same == key]
            raise TableRefusedError(RefusalCode.REPEATED_HEADER, header=shown(texts[place]), columns=", ".join(letters))
