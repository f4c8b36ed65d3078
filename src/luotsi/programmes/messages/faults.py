"""What is wrong with a list, in words: what, where, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from luotsi.core.tables.faults import FaultCode
from luotsi.core.tables.refusals import RefusalCode
from luotsi.programmes.formats.applicants import Remark, RowFault, name_of_column
from luotsi.web.tables import TABLE_REFUSALS, Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: dict[str, str] = {
    FaultCode.MISSING: gettext_noop("This cell is empty. Fill it in."),
    FaultCode.UNCLEAN_TEXT: gettext_noop("There is a character that cannot be stored. Write the text again."),
    FaultCode.FORMULA_ERROR: gettext_noop("There is an error of a formula, “%(value)s”. Write the value itself."),
    FaultCode.NOT_A_DATE: gettext_noop("“%(value)s” is not a date. Write day, month and year, for example 23.3.2026."),
    FaultCode.NO_SUCH_DATE: gettext_noop("There is no such day as “%(value)s”. Check the day and the month."),
    FaultCode.SHORT_YEAR: gettext_noop("“%(value)s” has no year in four digits. Write for example 23.3.2026."),
    FaultCode.DATE_IS_NUMBER: gettext_noop("“%(value)s” is a number and not a date. Write for example 23.3.2026."),
    FaultCode.NOT_A_NUMBER: gettext_noop("“%(value)s” is not a number. Write it in digits, for example 2."),
    FaultCode.NOT_WHOLE: gettext_noop("“%(value)s” is not a whole number. Write for example 2."),
    FaultCode.DIGITS_LOST: gettext_noop(
        "Excel has dropped digits of “%(value)s”. Set the cell to text and write it again."
    ),
    FaultCode.NOT_YES_OR_NO: gettext_noop("“%(value)s” is neither yes nor no. Write yes or no."),
    FaultCode.NOT_AN_EMAIL: gettext_noop(
        "“%(value)s” is not an e-mail address. Write one address in full, for example name@example.org."
    ),
    FaultCode.NOT_A_CHOICE: gettext_noop(
        "“%(item)s” is not known here. Check how it is written, or choose another word."
    ),
    FaultCode.IDENTITY_CODE: gettext_noop("There is a personal identity code. Take it away: Luotsi never stores them."),
    FaultCode.TOO_MANY_CELLS: gettext_noop(
        "The row has %(found)s cells, and there are %(expected)s columns. Look for a separator too many."
    ),
    RowFault.OUT_OF_RANGE: gettext_noop("“%(value)s” is not possible. Write a number from %(least)s to %(most)s."),
    RowFault.TOO_LONG: gettext_noop("“%(value)s” is too long. Shorten it to %(most)s characters at most."),
    RowFault.TOO_MANY: gettext_noop("There are too many. Leave the %(most)s most important ones."),
    RowFault.LOOKS_LIKE_FORMULA: gettext_noop(
        "“%(value)s” begins like a formula. Take away the sign at the beginning, and write the name itself."
    ),
    RowFault.TWICE: gettext_noop(
        "The same e-mail address is on row %(row)s already. That row counts, this one does not."
    ),
    RowFault.DECIDED: gettext_noop(
        "This person's application has been decided already, and the row says something else. Nothing was changed."
    ),
    RowFault.TWICE_ID: gettext_noop("The same ID is on row %(row)s already. That row counts, this one does not."),
    RowFault.ID_OF_ANOTHER: gettext_noop(
        "The ID belongs to another person's application than the e-mail address. Check which of the two is right."
    ),
    RowFault.CHANGED_MEANWHILE: gettext_noop(
        "The application was changed after the list had been read. Bring the list in again to see what differs now."
    ),
    RowFault.NO_LONGER_OPEN: gettext_noop("The programme took no applications any more when it was this row's turn."),
    RowFault.OTHER_ADDRESS: gettext_noop(
        "The ID is known here with another e-mail address than “%(value)s”. It is the same application; the person's "
        "address stays as it was."
    ),
    RowFault.NOT_ASKED: gettext_noop("This is not asked of somebody in this role, so the answer is left out."),
    RowFault.STATE_NOT_TAKEN: gettext_noop(
        "“%(value)s” does not change the state of the application. Decide about it on its own page."
    ),
    RowFault.NOT_TAKEN: gettext_noop("The row could not be stored. Check its texts, and bring it in again."),
    RowFault.UNKNOWN_ORGANISATION: gettext_noop(
        "“%(value)s” is not an organisation of this network. The name is kept as text with the application."
    ),
}
"""For each code one sentence. `value` is what was typed; the other names are the facts of the code."""

REFUSALS: dict[str, str] = TABLE_REFUSALS | {
    RefusalCode.EMPTY: gettext_noop("The file is empty. Choose the file with the applicants."),
    RefusalCode.TOO_LARGE: gettext_noop("The file is too large. Divide it into smaller lists."),
    RefusalCode.NO_HEADER: gettext_noop(
        "No row with the names of the columns was found. These are missing: %(expected)s. Found: %(found)s."
    ),
    RowFault.MISSING_COLUMNS: gettext_noop(
        "The list lacks columns that are needed: %(columns)s. Add them to its first row, and fill them in."
    ),
}
"""Why a whole list was not read."""


def sentence_of(remark: Remark) -> str:
    """What is wrong and how to mend it, in the active language."""
    return _(SENTENCES[remark.code]) % Facts({"value": remark.value, **remark.facts})


def refusal_of(fault: Mapping[str, Any]) -> str:
    """Why the whole list was not read, in the active language."""
    code, facts = fault["code"], Facts(fault["facts"])
    if code == RowFault.MISSING_COLUMNS:
        language = (get_language() or "fi")[:2]
        facts["columns"] = ", ".join(name_of_column(key, language) for key in facts["columns"])
    return _(REFUSALS[code]) % facts


def wanted_of(fault: Mapping[str, Any]) -> str:
    """What a list waits to hear, in the active language."""
    language = (get_language() or "fi")[:2]
    names = ", ".join(name_of_column(key, language) for key in fault["facts"]["columns"])
    return _("These columns are needed and were not found: %(columns)s. Say which headings of the list mean them.") % {
        "columns": names
    }
