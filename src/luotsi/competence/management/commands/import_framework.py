"""Bring a framework in from a file or from ePerusteet, or say what it would bring."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from luotsi.competence.enums import SourceKind
from luotsi.competence.queries.prospects import Standing
from luotsi.competence.services import imports as services
from luotsi.competence.services.fetching import FetchError, fetch, number_in
from luotsi.competence.services.readers import guessed_kind
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.management.base import CommandParser

    from luotsi.competence.formats.comparison import Tally
    from luotsi.competence.formats.values import FrameworkReading
    from luotsi.competence.queries.prospects import Prospect

MOST_PATHS = 50
ENDS = {
    Standing.NEW: ("would be added", "added"),
    Standing.NEWER: ("would be added as a new version", "added as a new version"),
    Standing.BACK: ("an earlier version would be taken back into use", "an earlier version is in use again"),
    Standing.SAME: ("already here; nothing would change", "already here; nothing changed"),
    Standing.OLDER: (
        "older than what is here; nothing would change", "older than what is here; nothing changed",
    ),
}  # fmt: skip


class Command(BaseCommand):
    help = "Import a framework: ePerusteet JSON, ESCO's CSV, a spreadsheet or the product's own YAML."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--fetch", metavar="NUMBER", help="fetch it from LUOTSI_EPERUSTEET_ADDRESS instead")
        parser.add_argument("--kind", choices=SourceKind.values, help="what to read it as, if it cannot be told")
        parser.add_argument("--dry-run", action="store_true", help="say what it would bring, write nothing")

    @translation.override("en")
    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 -- what argparse gives
        if (options["file"] is None) == (options["fetch"] is None):
            raise CommandError("Name a file, or a number with --fetch.")
        content, name = _fetched(options["fetch"]) if options["fetch"] else _read(options["file"])
        kind = SourceKind(options["kind"]) if options["kind"] else guessed_kind(content, name)
        is_dry = options["dry_run"]
        try:
            if is_dry:
                report = services.plan_import(content, kind=kind, name=name)
            else:
                report = services.import_framework(content, by=SYSTEM, kind=kind, name=name)
        except RefusedError as refused:
            raise CommandError(str(refused.text)) from refused
        for line in _lines(report, is_dry=is_dry):
            self.stdout.write(line)


def _read(file: Path) -> tuple[bytes, str]:
    try:
        return file.read_bytes(), file.name
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}") from error


def _fetched(written: str) -> tuple[bytes, str]:
    try:
        number = number_in(written)
        return fetch(number), f"{number}.json"
    except (FetchError, RefusedError) as error:
        raise CommandError(str(error.text)) from error


def _lines(report: services.ImportReport, *, is_dry: bool) -> Iterator[str]:
    reading, prospect = report.reading, report.prospect
    framework = reading.framework
    yield str(TranslatedText(framework.name)) or framework.code or framework.origin_id
    yield f"{framework.kind} {framework.code}".rstrip() + f", {prospect.origin} of {prospect.source}"
    yield from _contents(reading)
    yield from _account(reading)
    yield from _changes(prospect, is_dry=is_dry)
    yield ENDS[prospect.standing][0 if is_dry else 1]


def _contents(reading: FrameworkReading) -> Iterator[str]:
    areas = reading.framework.areas
    parts = sum(bool(area.within) for area in areas)
    requirements = sum(len(area.requirements) for area in areas)
    counts = reading.counts
    yield (
        f"units {counts.areas - parts}, parts {parts}, requirements {requirements}, "
        f"competences {counts.competences}, criteria {counts.criteria}"
    )
    levels = Counter(criterion.level for area in areas for one in area.competences for criterion in one.criteria)
    for level, number in sorted(levels.items(), key=lambda each: each[0] or 0):
        yield f"  criteria {'for every level' if level is None else f'at level {level}'}: {number}"


def _account(reading: FrameworkReading) -> Iterator[str]:
    counts = reading.counts
    yield (
        f"texts {counts.texts}: placed {counts.placed}, left out {counts.left_out}, "
        f"not understood {counts.not_understood}"
    )
    for reason, number in sorted(Counter(row.reason for row in reading.left_out).items()):
        yield f"  left out: {reason}: {number}"
    for path in reading.not_understood[:MOST_PATHS]:
        yield f"  not understood: {path}"
    for code, number in sorted(Counter(remark.code for remark in reading.remarks).items()):
        yield f"  remark: {code}: {number}"
    for scale in reading.missing_scales:
        yield f"  a general scale that the file names without its criteria: {scale}"


def _changes(prospect: Prospect, *, is_dry: bool) -> Iterator[str]:
    if prospect.changes_nothing:
        return
    compared = prospect.comparison
    for kind, tally in (
        ("units and parts", compared.areas),
        ("requirements", compared.requirements),
        ("competences", compared.competences),
        ("criteria", compared.criteria),
    ):
        yield f"  {kind}: {_tally(tally)}"
    if prospect.fills:
        yield f"  competences that {'would get' if is_dry else 'got'} levels from this scale: {prospect.fills}"
    if prospect.current is not None and prospect.retires:
        yield f"  {'would retire' if is_dry else 'retired'}: {prospect.current.name}"


def _tally(tally: Tally) -> str:
    return f"add {tally.new}, change {tally.changed}, retire {tally.ending}, keep {tally.same}"
