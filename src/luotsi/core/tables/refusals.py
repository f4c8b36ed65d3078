"""Why a whole file is not read. Codes are stable: the interface has a sentence for each, in each language."""

from __future__ import annotations

from enum import StrEnum


class RefusalCode(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"  # facts: limit (bytes)
    PASSWORD = "password"  # noqa: S105  # the name of a fault, not a secret
    OLD_EXCEL = "old_excel"
    BINARY_EXCEL = "binary_excel"
    OPEN_DOCUMENT = "open_document"
    OTHER_OFFICE = "other_office"
    PDF = "pdf"
    IMAGE = "image"
    WEB_PAGE = "web_page"
    XML = "xml"
    ARCHIVE = "archive"
    BINARY = "binary"
    DAMAGED = "damaged"
    UNPACKS_TOO_LARGE = "unpacks_too_large"  # facts: limit (bytes)
    ENCODING = "encoding"  # facts: row (a line of the file, from 1)
    QUOTE = "quote"  # facts: row
    TOO_MANY_ROWS = "too_many_rows"  # facts: limit
    TOO_MANY_COLUMNS = "too_many_columns"  # facts: limit, and row where it is known
    CELL_TOO_LONG = "cell_too_long"  # facts: limit, row, and column (a letter) where it is known
    NO_HEADER = "no_header"  # facts: expected, found (names, joined with commas)
    REPEATED_HEADER = "repeated_header"  # facts: header, columns (letters, joined with commas)
    IDENTITY_CODE = "identity_code"  # facts: column (a letter), header or row; never the code


class TableRefusedError(Exception):
    """The file as a whole cannot be taken. `facts` fill the sentence; they hold no identity code."""

    def __init__(self, code: RefusalCode, **facts: str | int) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
