"""Writes: bringing frameworks in. A new version stands beside the old one; the same again changes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.competence.formats.errors import Fault, FormatError
from luotsi.competence.formats.reading import read_eperusteet
from luotsi.competence.models import Area, Competence, Criterion, Framework
from luotsi.competence.rules import may_import
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText

if TYPE_CHECKING:
    from luotsi.competence.formats import values
    from luotsi.competence.formats.values import FrameworkReading
    from luotsi.core.actors import Actor

SOURCE = "ePerusteet"
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
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, or would do. `framework` is None in a dry run of something new."""

    reading: FrameworkReading
    framework: Framework | None
    is_new: bool
    replaces: Framework | None


def read_framework(content: bytes) -> FrameworkReading:
    """Read a file without writing anything. Refused with where and why when it cannot be read whole."""
    try:
        return read_eperusteet(content)
    except FormatError as error:
        raise RefusedError(_told(error)) from error


def _told(error: FormatError) -> str:
    """Why, and where in the file if that is anywhere but the whole."""
    why = str(FAULTS[error.code])
    if "line" in error.facts:
        where = _("Where: line %(line)s, character %(column)s.") % error.facts
        return f"{why} {where}"
    if error.path == WHOLE:
        return why
    where = _("Where: %(path)s.") % {"path": error.path}
    return f"{why} {where}"


def plan_import(content: bytes, *, source: str = SOURCE) -> ImportReport:
    """What importing this file would do."""
    reading = read_framework(content)
    known = Framework.objects.filter(source=source, origin=reading.framework.origin_id)
    same = known.filter(digest=_digest(content)).first()
    current = known.filter(retired_at=None).first()
    return ImportReport(reading=reading, framework=same, is_new=same is None, replaces=None if same else current)


@transaction.atomic
def import_framework(content: bytes, *, by: Actor, source: str = SOURCE) -> ImportReport:
    """Bring a framework in: all of it or nothing. An older version is retired; what was assessed with it keeps it."""
    if not may_import(by):
        raise RefusedError(_("Only a coordinator brings frameworks in."))
    plan = plan_import(content, source=source)
    if not plan.is_new:
        return plan
    if plan.replaces is not None:
        plan.replaces.amend(retired_at=timezone.now())
    framework = _write(plan.reading.framework, _digest(content), source)
    counts = plan.reading.counts
    audit.record(
        by=by, verb="competence.framework_imported", subject=framework, areas=counts.areas, criteria=counts.criteria
    )
    return ImportReport(reading=plan.reading, framework=framework, is_new=True, replaces=plan.replaces)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _text(texts: values.Texts, instead: values.Texts) -> TranslatedText:
    return TranslatedText(texts or instead)


def _write(read: values.Framework, digest: str, source: str) -> Framework:
    unnamed = {"fi": read.code or read.origin_id}
    framework = Framework(
        origin=read.origin_id, code=read.code, kind=read.kind, name=_text(read.name, unnamed), source=source,
        modified_at=read.modified, digest=digest,
    ).insert()  # fmt: skip
    areas = [
        Area(
            framework=framework, origin=area.origin_id, code=area.code, name=_text(area.name, read.name or unnamed),
            extent=area.extent, position=position,
        )
        for position, area in enumerate(read.areas)
    ]  # fmt: skip
    Area.objects.bulk_create(areas)
    for row, area in zip(areas, read.areas, strict=True):
        _write_competences(row, area)
    return framework


def _write_competences(row: Area, area: values.Area) -> None:
    competences = [
        Competence(
            area=row, origin=read.origin_id, code=read.code, name=_text(read.name, row.name),
            group=TranslatedText(read.group) if read.group else None, position=position,
        )
        for position, read in enumerate(area.competences)
    ]  # fmt: skip
    Competence.objects.bulk_create(competences)
    criteria = [
        Criterion(competence=competence, level=found.level, text=TranslatedText(found.text), position=position)
        for competence, read in zip(competences, area.competences, strict=True)
        for position, found in enumerate(read.criteria)
        if found.text
    ]
    Criterion.objects.bulk_create(criteria)
