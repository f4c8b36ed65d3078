"""Bring a framework in from a file of ePerusteet, or say what it would bring."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from luotsi.competence.services import imports as services
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Import a qualification, a unit or badges from an ePerusteet JSON file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what it would bring, write nothing")

    @translation.override("en")
    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 -- what argparse gives
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}") from error
        act = services.plan_import if options["dry_run"] else _carry_out
        try:
            report = act(content)
        except RefusedError as refused:
            raise CommandError(str(refused.text)) from refused
        for line in _lines(report, is_dry=options["dry_run"]):
            self.stdout.write(line)


def _carry_out(content: bytes) -> services.ImportReport:
    return services.import_framework(content, by=SYSTEM)


def _lines(report: services.ImportReport, *, is_dry: bool) -> Iterator[str]:
    reading, counts = report.reading, report.reading.counts
    yield str(TranslatedText(reading.framework.name)) or reading.framework.code or reading.framework.origin_id
    yield f"units {counts.areas}, competences {counts.competences}, criteria {counts.criteria}"
    yield (
        f"texts {counts.texts}: placed {counts.placed}, left out {counts.left_out}, "
        f"not understood {counts.not_understood}"
    )
    for reason, number in sorted(Counter(row.reason for row in reading.left_out).items()):
        yield f"  left out: {reason}: {number}"
    for path in reading.not_understood[:50]:
        yield f"  not understood: {path}"
    for scale in reading.missing_scales:
        yield f"  a general scale that the file names without its criteria: {scale}"
    yield _end(report, is_dry=is_dry)


def _end(report: services.ImportReport, *, is_dry: bool) -> str:
    if not report.is_new:
        return "already here; nothing changed"
    done = "would be added" if is_dry else "added"
    return done if report.replaces is None else f"{done}; the older version {'would be' if is_dry else 'is'} retired"
