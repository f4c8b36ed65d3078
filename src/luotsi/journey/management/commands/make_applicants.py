"""Makes the spreadsheet of made-up applicants that a coordinator imports. Reads and writes files; needs no database."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.core.management.base import BaseCommand, CommandError

from luotsi.core.tables.csv_writing import write_csv
from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx
from luotsi.journey.demo.applicants import FEWEST, LAST_DAY, ApplicantSheet, make_applicants
from luotsi.journey.demo.places import OTHER_REGION, REGION_NAMES, REGION_OF_LAND
from luotsi.journey.demo.skills import OTHER_SKILL, SKILL_OF_SUBJECT, SKILLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.management.base import CommandParser

NOT_TOLD: Final = "(not told)"


class Command(BaseCommand):
    help = "Make a spreadsheet of made-up applicants out of real requests and offers."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--requests", type=Path, help="JSON list of requests")
        parser.add_argument("--offers", type=Path, help="JSON list of offers")
        parser.add_argument("--out", type=Path, help="where to write: a name that ends in .xlsx or .csv (Windows-1252)")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--count", type=int, default=200, help=f"rows, at least {FEWEST}")
        parser.add_argument("--last-day", type=date.fromisoformat, default=LAST_DAY, help="of applying: YYYY-MM-DD")
        parser.add_argument("--table", action="store_true", help="show which subject and Land stands for what")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 -- as Django calls it
        if options["table"]:
            for line in _table():
                self.stdout.write(line)
        paths = [options[name] for name in ("requests", "offers", "out")]
        if options["table"] and not any(paths):
            return
        if not all(paths):
            raise CommandError("Give all three: --requests FILE.json --offers FILE.json --out FILE.xlsx (or .csv)")
        requests, offers, out = paths
        if out.suffix not in {".xlsx", ".csv"}:
            raise CommandError(f"{out.name}: the name must end in .xlsx or .csv")
        try:
            sheet = make_applicants(
                _read(requests),
                _read(offers),
                seed=options["seed"],
                count=options["count"],
                last_day=options["last_day"],
            )
            out.write_bytes(_written(sheet, out.suffix))
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        for line in _summary(sheet, out):
            self.stdout.write(line)


def _read(path: Path) -> list[dict[str, Any]]:
    """Raises ValueError when the file holds no JSON list."""
    try:
        records = json.loads(path.read_bytes())
    except ValueError as error:
        raise ValueError(f"{path.name} is no JSON file: {error}") from error
    if not isinstance(records, list):
        raise ValueError(f"{path.name} holds no list")  # noqa: TRY004 -- one kind of refusal for bad input
    return records


def _written(sheet: ApplicantSheet, suffix: str) -> bytes:
    """The CSV as older programs write it, in Windows-1252: one of the faults that the reader must cope with."""
    if suffix == ".csv":
        return write_csv([sheet.headers, *sheet.rows], language="fi").decode("utf-8-sig").encode("cp1252")
    return write_xlsx([Sheet(title="Ilmoittautuneet", headers=sheet.headers, rows=sheet.rows)])


def _table() -> Iterator[str]:
    yield "Subject -> skill"
    for subject, skill in SKILL_OF_SUBJECT.items():
        yield f"  {subject:<26} {skill:<24} {SKILLS[skill]['fi']}"
    yield f"  {'(any other)':<26} {OTHER_SKILL:<24} {SKILLS[OTHER_SKILL]['fi']}"
    yield "Land -> region"
    for land, region in [*REGION_OF_LAND.items(), ("(any other)", OTHER_REGION)]:
        yield f"  {land:<26} {region or '-':<24} {REGION_NAMES[region]['fi'] if region else NOT_TOLD}"


def _summary(sheet: ApplicantSheet, out: Path) -> Iterator[str]:
    yield f"{len(sheet.rows)} rows in {out}: {sheet.mentees} mentees, {sheet.mentors} mentors"
    if sheet.repeated:
        yield f"  {sheet.repeated} of them stand on an entry that another row stands on too: the files hold no more"
    for unknown in sheet.unmapped:
        yield f"  not in the table, became other: {unknown.what} {unknown.value} ({unknown.times} applicants)"
    yield "Planted faults"
    for fault in sheet.faults:
        if fault.row:
            yield f"  row {fault.row:<4} {fault.kind:<17} {fault.column}: {fault.value or '(empty)'}"
        elif out.suffix == ".csv":
            yield f"  the file {fault.kind}"
