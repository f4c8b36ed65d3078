"""What people are told of a spreadsheet that cannot be taken: row, column, and how to mend it; all of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from luotsi.competence.formats.columns import heading_of
from luotsi.competence.formats.spreadsheet import SheetFaultCode
from luotsi.core.tables.faults import FaultCode
from luotsi.core.tables.refusals import RefusalCode
from luotsi.web.tables import TABLE_REFUSALS, Facts

if TYPE_CHECKING:
    from luotsi.competence.formats.spreadsheet import SheetFault, SheetRefusedError
    from luotsi.core.tables.refusals import TableRefusedError

MOST_TOLD = 20
SENTENCES: dict[str, str] = {
    SheetFaultCode.NO_AREA: gettext_noop("Name the area on the first row that holds something."),
    SheetFaultCode.NO_COMPETENCE: gettext_noop("Name the competence that the row speaks of."),
    SheetFaultCode.NO_CRITERION: gettext_noop("There is a level without a criterion. Write the criterion."),
    SheetFaultCode.LEVEL_OUT: gettext_noop("A level is a number from 1 to 5. Mend it."),
    SheetFaultCode.TOO_LONG: gettext_noop("The text has %(found)s characters. Shorten it to %(most)s at most."),
    SheetFaultCode.REPEATED: gettext_noop("Row %(first)s says the same already. Take one of them away."),
    SheetFaultCode.DIFFERS: gettext_noop(
        "Row %(first)s names the same thing otherwise in this language. Make the two agree."
    ),
    SheetFaultCode.NO_ROWS: gettext_noop("There is nothing below the headings. Fill in at least one row."),
    FaultCode.UNCLEAN_TEXT: gettext_noop("There is a character that cannot be stored. Write the text again."),
    FaultCode.FORMULA_ERROR: gettext_noop("There is an error of a formula, “%(value)s”. Write the value itself."),
    FaultCode.NOT_A_NUMBER: gettext_noop("A level is a number from 1 to 5. Mend it."),
    FaultCode.NOT_WHOLE: gettext_noop("A level is a number from 1 to 5. Mend it."),
    FaultCode.DIGITS_LOST: gettext_noop("A level is a number from 1 to 5. Mend it."),
    FaultCode.IDENTITY_CODE: gettext_noop("There is a personal identity code. Take it away: Luotsi never stores them."),
    FaultCode.TOO_MANY_CELLS: gettext_noop(
        "The row has %(found)s cells, and there are %(expected)s columns. Look for a separator too many."
    ),
}
REFUSALS: dict[str, str] = TABLE_REFUSALS | {
    RefusalCode.EMPTY: gettext_noop("The file is empty. Choose the file with your framework."),
    RefusalCode.TOO_LARGE: gettext_noop("The file is too large. Leave one framework in it."),
    RefusalCode.NO_HEADER: gettext_noop(
        "No row with the names of the columns was found. Use the headings of the empty sheet, for example Area and "
        "Competence."
    ),
}


def told_of_rows(error: SheetRefusedError) -> str:
    """Every fault as a sentence, in the order of the rows; how many more there are when they are very many."""
    lines = [_told(fault) for fault in error.faults[:MOST_TOLD]]
    more = len(error.faults) - MOST_TOLD
    if more > 0:
        lines.append(ngettext("And %(num)s more.", "And %(num)s more.", more) % {"num": more})
    return "\n".join(lines)


def told_of_table(error: TableRefusedError) -> str:
    """Why the file as a whole is no sheet that can be read."""
    return _(REFUSALS[error.code]) % Facts(error.facts)


def _told(fault: SheetFault) -> str:
    sentence = _(SENTENCES[fault.code]) % Facts(fault.facts)
    if not fault.row:
        return sentence
    if not fault.column:
        return _("Row %(row)s: %(sentence)s") % {"row": fault.row, "sentence": sentence}
    column = heading_of(fault.column, (get_language() or "fi")[:2])
    return _("Row %(row)s, “%(column)s”: %(sentence)s") % {"row": fault.row, "column": column, "sentence": sentence}
