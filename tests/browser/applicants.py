"""A list of applicants out of real requests and offers, with planted faults: a file that a coordinator was sent."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx
from luotsi.journey.demo.applicants import FaultKind, make_applicants
from tests.browser.running import ROOT

if TYPE_CHECKING:
    from pathlib import Path

REAL = ROOT.parent / "shared/data/matching"
ROWS = 200
IN_ENGLISH = {
    "Etunimi": "Given name",
    "Ilmoittautunut": "Registered",
    "Kielet": "Languages",
    "Rooli": "Role",
    "Sähköposti": "E-mail",
}
HARMLESS = {FaultKind.WINDOWS_1252}  # a workbook has no such encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """`remarks`: row and column of each fault, as a spreadsheet counts. `addresses`: by full names that are there once."""

    file: Path
    remarks: list[tuple[str, str]]
    refused: int
    twice: int
    minors: int  # good rows of those whose guardian is asked first
    addresses: dict[str, str]

    @property
    def good(self) -> int:
        return ROWS - self.refused - self.twice

    @property
    def adults(self) -> int:
        return self.good - self.minors


def write_list(folder: Path) -> Given:
    """Another list each time; its seed is in its name."""
    seed = random.SystemRandom().randrange(10**6)
    requests, offers = (json.loads((REAL / name).read_bytes()) for name in ("requests.json", "offers.json"))
    sheet = make_applicants(requests, offers, seed=seed, count=ROWS)
    file = folder / f"applicants-{seed}.xlsx"
    file.write_bytes(write_xlsx([Sheet(title="Hakijat", headers=sheet.headers, rows=sheet.rows)]))
    people = [dict(zip(sheet.headers, row, strict=True)) for row in sheet.rows]
    names = Counter(f"{one['Etunimi']} {one['Sukunimi']}" for one in people)
    faults = [fault for fault in sheet.faults if fault.kind not in HARMLESS]
    bad = {fault.row for fault in faults}
    twice = sum(fault.kind == FaultKind.SAME_PERSON for fault in faults)
    return Given(
        file=file,
        remarks=[(str(fault.row), IN_ENGLISH[fault.column]) for fault in faults],
        refused=len(faults) - twice,
        twice=twice,
        minors=sum(one["Alaikäinen"] == "kyllä" for row, one in enumerate(people, start=2) if row not in bad),
        addresses={
            name: str(one["Sähköposti"])
            for one in people
            if names[name := f"{one['Etunimi']} {one['Sukunimi']}"] == 1 and one["Sähköposti"]
        },
    )
