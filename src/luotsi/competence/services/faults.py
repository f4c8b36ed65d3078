"""What people are told of a file that cannot be read: why, how to mend it, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.competence.formats.errors import Fault

if TYPE_CHECKING:
    from luotsi.competence.formats.errors import FormatError

WHOLE = "$"  # the JSON path of the whole file
FAULTS = {
    Fault.TOO_LARGE: _("The file is too large. Fetch one qualification or one unit at a time."),
    Fault.NOT_TEXT: _("The file is not text. Choose the JSON file that ePerusteet gives."),
    Fault.NOT_JSON: _("The file is not whole JSON. Fetch it again from ePerusteet and choose that file."),
    Fault.TOO_DEEP: _("The file is built too deep to be read. Fetch it again from ePerusteet."),
    Fault.DUPLICATE_KEY: _("The file says the same thing twice. Fetch it again from ePerusteet."),
    Fault.NOT_EPERUSTEET: _("The file is JSON, but not from ePerusteet. Choose a qualification or a unit from there."),
    Fault.NO_CRITERIA: _(
        "The file holds no criteria. Choose a unit or a whole qualification, not its structure or text."
    ),
    Fault.UNSUPPORTED_KIND: _(
        "Files of this kind are not read. Choose a unit or a qualification of vocational education."
    ),
    Fault.SEVERAL_FRAMEWORKS: _("The file holds several qualifications. Choose a file with one."),
    Fault.LEVEL_NOT_ON_SCALE: _("A criterion has a level that its scale does not have. Ask where the file comes from."),
    Fault.TANGLED_MARKUP: _("A text in the file has markup that cannot be followed. Fetch it again from ePerusteet."),
    Fault.NOT_YAML: _("The file is not whole YAML. Look at indents, colons and quotation marks there."),
    Fault.ALIAS: _("The file refers to another place of itself. Write the text out in each place."),
    Fault.UNKNOWN_KEY: _("The file has a name in it that means nothing here. Remove it or mend its spelling."),
    Fault.MISSING_KEY: _("A part of the framework is missing. Add it."),
    Fault.MISSING_LANGUAGE: _("A text is missing in one of the three languages. Add it."),
    Fault.WRONG_TYPE: _("There is something else than what belongs here. Quotation marks make anything a text."),
    Fault.NOT_A_KEY: _(
        "A key has small letters from a to z, digits and hyphens, and begins with a letter. Mend the key."
    ),
    Fault.REPEATED: _("The same key or level is there twice. Give one of them another."),
    Fault.LEVELS_NOT_IN_ORDER: _(
        "The levels do not rise from one to five. Put them in order, none left out of the scale."
    ),
    Fault.TOO_LONG: _("A text is too long. Shorten it."),
    Fault.UNFIT_CHARACTER: _("A text holds a sign that cannot be shown. Write the text anew."),
    Fault.EMPTY: _("Something is empty that must not be. Fill it in or remove it."),
    Fault.NOT_ESCO: _(
        "No skills of ESCO are in the file. Choose the zip of the official download, or skills_fi.csv, skills_sv.csv "
        "or skills_en.csv under that very name."
    ),
    Fault.NOT_CSV: _("A table in the file is broken off. Download it again from ESCO."),
    Fault.MISSING_COLUMN: _("A table in the file lacks a column that is needed. Download it again from ESCO."),
    Fault.DAMAGED_ARCHIVE: _("The zip is damaged or locked. Download it again."),
}


def told(error: FormatError) -> str:
    """Why, and where in the file if that is anywhere but the whole."""
    why = str(FAULTS[error.code])
    if "line" in error.facts:
        where = _("Where: line %(line)s, character %(column)s.") % error.facts
        return f"{why} {where}"
    if error.path == WHOLE:
        return why
    where = _("Where: %(path)s.") % {"path": error.path}
    return f"{why} {where}"
