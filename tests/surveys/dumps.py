"""The whole database as somebody has it who has stolen a copy: every table, every column, in the order on disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`places`: where each row lies: SQLite's rowid, PostgreSQL's ctid. `writers`: the transaction that wrote it."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    places: tuple[str, ...]
    writers: tuple[str, ...]

    def values(self, column: str) -> list[Any]:
        return [row[self.columns.index(column)] for row in self.rows]


Dump = dict[str, Table]


def take_dump() -> Dump:
    with connection.cursor() as cursor:
        return {name: _table(cursor, name) for name in sorted(connection.introspection.table_names(cursor))}


def _table(cursor: Any, name: str) -> Table:
    if connection.vendor == "postgresql":
        cursor.execute(f'SELECT ctid::text AS place, xmin::text AS writer, * FROM "{name}" ORDER BY "{name}".ctid')  # noqa: S608 -- a name from the database itself
        columns = tuple(column.name for column in cursor.description)[2:]
        found = cursor.fetchall()
        return Table(
            columns=columns,
            rows=tuple(row[2:] for row in found),
            places=tuple(row[0] for row in found),
            writers=tuple(row[1] for row in found),
        )
    cursor.execute(f'SELECT _rowid_, * FROM "{name}" ORDER BY _rowid_')  # noqa: S608 -- as above
    columns = tuple(column[0] for column in cursor.description)[1:]
    found = cursor.fetchall()
    places = tuple(str(row[0]) for row in found)
    return Table(columns=columns, rows=tuple(row[1:] for row in found), places=places, writers=places)


def cells(dump: Dump) -> Iterator[tuple[str, str, str]]:
    """Table, column and text of every cell that is not empty."""
    for name, table in dump.items():
        for row in table.rows:
            for column, value in zip(table.columns, row, strict=True):
                if value not in (None, ""):
                    yield name, column, _text(value)


def where(dump: Dump, *words: str) -> set[tuple[str, str]]:
    """The columns in which one of the words stands."""
    return {(name, column) for name, column, text in cells(dump) if any(word in text for word in words)}


def changed(before: Dump, after: Dump) -> dict[str, set[str]]:
    """The columns that differ between two dumps, by table. A row that is new or gone counts with all its columns."""
    found: dict[str, set[str]] = {}
    for name, table in after.items():
        old, new = _by_key(before[name]), _by_key(table)
        columns = {
            column
            for key in old.keys() | new.keys()
            for column in table.columns
            if (old.get(key) or {}).get(column, ...) != (new.get(key) or {}).get(column, ...)
        }
        if columns:
            found[name] = columns
    return found


def _by_key(table: Table) -> dict[Any, dict[str, Any]]:
    rows = [dict(zip(table.columns, map(_text, row), strict=True)) for row in table.rows]
    return {row.get("id") or row.get("key") or str(row): row for row in rows}


def _text(value: Any) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
