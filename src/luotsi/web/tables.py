"""Why a spreadsheet is not read, in words: what every module says in the same way, and how its facts are filled in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from luotsi.core.tables.refusals import RefusalCode

TABLE_REFUSALS: dict[str, str] = {
    RefusalCode.PASSWORD: gettext_noop("The file is locked with a password. Save it without one."),
    RefusalCode.OLD_EXCEL: gettext_noop(
        "This is an old Excel file (.xls). Save it as an Excel workbook (.xlsx) or as CSV."
    ),
    RefusalCode.BINARY_EXCEL: gettext_noop(
        "This is a binary Excel file. Save it as an Excel workbook (.xlsx) or as CSV."
    ),
    RefusalCode.OPEN_DOCUMENT: gettext_noop(
        "This is an OpenDocument file. Save it as an Excel workbook (.xlsx) or as CSV."
    ),
    RefusalCode.OTHER_OFFICE: gettext_noop(
        "This is not a table but another office document. Save the table as .xlsx or CSV."
    ),
    RefusalCode.PDF: gettext_noop("This is a PDF. Save the table itself as .xlsx or CSV."),
    RefusalCode.IMAGE: gettext_noop("This is a picture. Save the table itself as .xlsx or CSV."),
    RefusalCode.WEB_PAGE: gettext_noop("This is a web page. Save the table itself as .xlsx or CSV."),
    RefusalCode.XML: gettext_noop("This is an XML file. Save the table as .xlsx or CSV."),
    RefusalCode.ARCHIVE: gettext_noop("This is a packed file. Unpack it first, and choose the table in it."),
    RefusalCode.BINARY: gettext_noop("This is not a table. Choose an .xlsx or a CSV file."),
    RefusalCode.DAMAGED: gettext_noop("The file is damaged. Open it in your spreadsheet program and save it again."),
    RefusalCode.UNPACKS_TOO_LARGE: gettext_noop(
        "The file looks small but unpacks to far too much. Copy the table to a new workbook and save that."
    ),
    RefusalCode.ENCODING: gettext_noop(
        "The letters on line %(row)s cannot be read. Save the file as CSV in UTF-8, or as .xlsx."
    ),
    RefusalCode.QUOTE: gettext_noop(
        "A quotation mark that begins on line %(row)s is never closed. Close it or take it away."
    ),
    RefusalCode.TOO_MANY_ROWS: gettext_noop("There are more than %(limit)s rows. Divide the list into smaller ones."),
    RefusalCode.TOO_MANY_COLUMNS: gettext_noop("There are more than %(limit)s columns. Take away what is not needed."),
    RefusalCode.CELL_TOO_LONG: gettext_noop("A cell on row %(row)s is longer than %(limit)s characters. Shorten it."),
    RefusalCode.REPEATED_HEADER: gettext_noop(
        "The column “%(header)s” is there more than once, in %(columns)s. Leave the right one."
    ),
    RefusalCode.IDENTITY_CODE: gettext_noop(
        "There are personal identity codes in column %(column)s. Take them away: Luotsi never stores them."
    ),
}
"""A sentence for each code but three, in which a module names what it reads: EMPTY, TOO_LARGE and NO_HEADER."""


class Facts(dict[str, Any]):
    """Facts of which one may be missing."""

    def __missing__(self, key: str) -> str:
        return "?"
