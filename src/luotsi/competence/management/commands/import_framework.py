"""Bring a framework in from a file of ePerusteet, or say what it would bring."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from luotsi.competence import services
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError


class Command(BaseCommand):
    help = "Import a qualification, a unit or badges from an ePerusteet JSON file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what it would bring, write nothing")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 -- what argparse gives
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}") from error
        try:
            plan = services.plan_import(content)
            report = plan if options["dry_run"] else services.import_framework(content, by=SYSTEM)
        except RefusedError as refused:
            raise CommandError(str(refused.text)) from refused
        self.say(report, is_dry=options["dry_run"])

    def say(self, report: services.ImportReport, *, is_dry: bool) -> None:
        counts = report.reading.counts
        self.stdout.write(f"{report.reading.framework.name.get('fi') or report.reading.framework.code}")
        self.stdout.write(f"units {counts.areas}, competences {counts.competences}, criteria {counts.criteria}")
        self.stdout.write(
            f"texts {counts.texts}: placed {counts.placed}, left out {counts.left_out}, "
            f"not understood {counts.not_understood}"
        )
        for reason, number in sorted(Counter(row.reason for row in report.reading.left_out).items()):
            self.stdout.write(f"  left out: {reason}: {number}")
        for path in report.reading.not_understood[:50]:
            self.stdout.write(f"  not understood: {path}")
        verb = "would be added" if is_dry else "added"
        self.stdout.write(verb if report.is_new else "already here; nothing changed")
