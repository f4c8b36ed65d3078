"""What is wrong with questions in a spreadsheet, in words: how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from luotsi.core.questions.faults import FormFaultCode
from luotsi.core.tables.refusals import RefusalCode
from luotsi.web.tables import TABLE_REFUSALS, Facts

if TYPE_CHECKING:
    from luotsi.core.questions.tables import TableFault
    from luotsi.core.tables.refusals import TableRefusedError

UNREADABLE = gettext_noop("This file cannot be read as a table. Save the table as an Excel workbook (.xlsx) or as CSV.")

SENTENCES: dict[str, str] = {
    FormFaultCode.NOT_A_MAPPING: gettext_noop("This cannot be understood. Write it as in the template."),
    FormFaultCode.NOT_A_LIST: gettext_noop("This cannot be understood. Write it as in the template."),
    FormFaultCode.NOT_A_TEXT: gettext_noop("Write a text."),
    FormFaultCode.NOT_A_KEY: gettext_noop(
        "Write a key that begins with a small letter from a to z and goes on with small letters, digits, _ or -."
    ),
    FormFaultCode.NOT_WHOLE: gettext_noop("Write a whole number in digits."),
    FormFaultCode.NOT_A_NUMBER: gettext_noop("Write a number in digits."),
    FormFaultCode.NOT_YES_OR_NO: gettext_noop("Write yes or no."),
    FormFaultCode.NOT_A_DATE: gettext_noop("Write a date, for example 23.3.2026."),
    FormFaultCode.NOT_ALLOWED: gettext_noop("“%(found)s” is not known here. Write one of: %(allowed)s."),
    FormFaultCode.NOT_FOR_TYPE: gettext_noop("This does not belong to a question of this type. Leave the cell empty."),
    FormFaultCode.NOT_OFFERED: gettext_noop("“%(found)s” is not among what “%(item)s” offers."),
    FormFaultCode.MISSING: gettext_noop("This cell is empty. Fill it in."),
    FormFaultCode.UNKNOWN: gettext_noop("This is not known here. Leave the cell empty."),
    FormFaultCode.REPEATED: gettext_noop("“%(found)s” is there already. Give this one another name."),
    FormFaultCode.OUT_OF_RANGE: gettext_noop("Write a number from %(lowest)s to %(highest)s."),
    FormFaultCode.WRONG_COUNT: gettext_noop(
        "There are %(found)s of these. Possible are from %(lowest)s to %(highest)s."
    ),
    FormFaultCode.TOO_LONG: gettext_noop("Shorten the text to %(longest)s characters at most."),
    FormFaultCode.TOO_MANY_ITEMS: gettext_noop("There are too many questions. Leave %(highest)s at most."),
    FormFaultCode.TOO_MANY_DECIMALS: gettext_noop("Write %(decimals)s decimals at most."),
    FormFaultCode.UNCLEAN_TEXT: gettext_noop("There is a character that cannot be stored. Write the text again."),
    FormFaultCode.NOT_RISING: gettext_noop("Number the points of a scale one by one, for example 1, 2, 3."),
    FormFaultCode.CROSSED: gettext_noop("The beginning comes after the end. Change one of them."),
    FormFaultCode.NEEDS_MANY: gettext_noop(
        "This belongs to a choice of several. Write yes in the column for several, or leave this cell empty."
    ),
    FormFaultCode.NO_SUCH_SCALE: gettext_noop(
        "The scale “%(found)s” is not described. Add a row for its points, or write agreement."
    ),
    FormFaultCode.NO_SUCH_DIMENSION: gettext_noop("The dimension “%(found)s” is not described. Add a row for it."),
    FormFaultCode.NO_SUCH_ITEM: gettext_noop("There is no question “%(item)s”. Check the key in the condition."),
    FormFaultCode.COMES_LATER: gettext_noop(
        "The question “%(item)s” comes later. A condition looks at earlier questions only."
    ),
    FormFaultCode.NAMES_ITSELF: gettext_noop("The condition looks at the question itself. Name an earlier one."),
    FormFaultCode.NOT_ONE_TEST: gettext_noop("This condition cannot be understood. Write for example: mentor = yes"),
    FormFaultCode.UNFIT_TEST: gettext_noop("This condition does not suit the question “%(item)s”."),
    FormFaultCode.TOO_DEEP: gettext_noop("This condition is too complicated. Make it simpler."),
    FormFaultCode.TOO_MANY_TESTS: gettext_noop("This condition is too complicated. Make it simpler."),
    FormFaultCode.NOT_YAML: UNREADABLE,
    FormFaultCode.TOO_LARGE: UNREADABLE,
    FormFaultCode.ALIAS: UNREADABLE,
    FormFaultCode.NOT_A_CONDITION: gettext_noop(
        "The condition cannot be understood from “%(found)s” on. Write for example: mentor = yes"
    ),
    FormFaultCode.UNKNOWN_COLUMN: gettext_noop(
        "No column is called “%(found)s”. Check how it is written, or take the column away."
    ),
    FormFaultCode.MISSING_COLUMN: gettext_noop("The column “%(found)s” is missing. Add it to the first row."),
    FormFaultCode.NO_ROWS: gettext_noop("There is nothing below the names of the columns. Add the questions."),
}

REFUSALS: dict[str, str] = TABLE_REFUSALS | {
    RefusalCode.EMPTY: gettext_noop("The file is empty. Choose the file with the questions."),
    RefusalCode.TOO_LARGE: gettext_noop("The file is too large for a list of questions."),
    RefusalCode.TOO_MANY_ROWS: gettext_noop("There are more than %(limit)s rows. Leave fewer questions."),
    RefusalCode.NO_HEADER: UNREADABLE,
}
"""Why a whole file was not read."""


def refusal_text(refused: TableRefusedError) -> str:
    return _(REFUSALS[refused.code]) % Facts(refused.facts)


def place_of(fault: TableFault) -> str:
    """Where it is: the row at the spreadsheet's left edge, and the column as the file calls it."""
    column = fault.heading or fault.column
    if not fault.row:
        return _("The whole file")
    if not column:
        return _("Row %(row)s") % {"row": fault.row}
    return _("Row %(row)s, column %(column)s") % {"row": fault.row, "column": column}


def sentence_of(fault: TableFault) -> str:
    return _(SENTENCES[fault.fault.code]) % Facts(fault.fault.facts)
