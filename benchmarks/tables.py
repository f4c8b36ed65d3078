"""Tables of 200,000 rows and ten columns, read and written, beside the bare library that does the parsing, in one run.

Writes benchmarks/results/tables.json: `cpu_s` (user and system) and `peak_mb` (of the whole process) for each case and
subject, and `ratio_to_bare`, the CPU time over that of the bare library. Ours checks and types every cell, looks into
the archive before it is unpacked, and tells what is wrong; the bare library only splits into cells. `luotsi-scan` goes
through the rows without keeping them. Each measurement is a process of its own; subjects take turns, round by round.

    ./dev bench tables
    python benchmarks/tables.py [--rows 200000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from luotsi.core.tables.columns import Column
    from luotsi.core.tables.output import OutputValue

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks/results/tables.json"
HEADERS = (
    *("Etunimi", "Sukunimi", "Sähköposti", "Syntymäaika", "Numero"),
    *("Tunteja", "Kortti", "Kunta", "Kielet", "Toiveet"),
)


def rows(count: int) -> Iterator[tuple[OutputValue, ...]]:
    """Made-up applicants: half of the cells differ from row to row."""
    for number in range(count):
        yield (
            f"Äijö {number}",
            f"Virtanen-{number % 977}",
            f"aijo.{number}@example.org",
            date(1960, 1, 1) + timedelta(days=number % 16_000),
            number,
            Decimal(number % 400) / 4,
            number % 3 == 0,
            ("Kokkola", "Kannus", "Pedersören kunta")[number % 3],
            ("suomi", "suomi; ruotsi", "ruotsi, englanti")[number % 3],
            f"Haluan oppia työelämästä ja tavata ihmisiä alalta numero {number}.",
        )


def columns() -> Sequence[Column]:
    from luotsi.core.tables.columns import Column, Kind  # noqa: PLC0415 -- only in the measured process

    kinds = [Kind.TEXT, Kind.TEXT, Kind.EMAIL, Kind.DATE, Kind.WHOLE, Kind.NUMBER, Kind.YES_NO, Kind.TEXT, Kind.LIST]
    return [
        Column(key=header, headers=(header,), kind=kind)
        for header, kind in zip(HEADERS, [*kinds, Kind.TEXT], strict=True)
    ]


def read_with_luotsi(path: Path) -> int:
    from luotsi.core.tables.reading import read_table  # noqa: PLC0415 -- only in the measured process

    reading = read_table(path.read_bytes(), path.name, columns())
    assert not any(row.faults for row in reading.rows)
    return len(reading.rows)


def scan_with_luotsi(path: Path) -> int:
    from luotsi.core.tables.reading import scan_table  # noqa: PLC0415 -- only in the measured process

    return sum(not row.faults for row in scan_table(path.read_bytes(), path.name, columns()).rows)


def read_with_csv(path: Path) -> int:
    stream = TextIOWrapper(BytesIO(path.read_bytes()), "utf-8-sig", newline="")
    return len(list(csv.reader(stream, delimiter=";"))) - 1


def read_with_calamine(path: Path) -> int:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 -- only in the measured process

    workbook = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    return len(list(workbook.get_sheet_by_index(0).iter_rows())) - 1


def write_csv_with_luotsi(count: int) -> bytes:
    from luotsi.core.tables.csv_writing import write_csv  # noqa: PLC0415 -- only in the measured process

    return write_csv([HEADERS, *rows(count)], language="fi")


def write_csv_with_csv(count: int) -> bytes:
    content = BytesIO()
    stream = TextIOWrapper(content, "utf-8-sig", newline="", write_through=True)
    csv.writer(stream, delimiter=";").writerows([HEADERS, *rows(count)])
    return content.getvalue()


def write_xlsx_with_luotsi(count: int) -> bytes:
    from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx  # noqa: PLC0415 -- only in the measured process

    return write_xlsx([Sheet(title="Hakijat", headers=HEADERS, rows=rows(count))])


def write_xlsx_with_openpyxl(count: int) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 -- only in the measured process

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Hakijat")
    for row in [HEADERS, *rows(count)]:
        sheet.append(row)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


READERS: dict[tuple[str, str], Callable[[Path], int]] = {
    ("read_csv", "luotsi"): read_with_luotsi,
    ("read_csv", "luotsi-scan"): scan_with_luotsi,
    ("read_csv", "csv"): read_with_csv,
    ("read_xlsx", "luotsi"): read_with_luotsi,
    ("read_xlsx", "luotsi-scan"): scan_with_luotsi,
    ("read_xlsx", "python-calamine"): read_with_calamine,
}
WRITERS: dict[tuple[str, str], Callable[[int], bytes]] = {
    ("write_csv", "luotsi"): write_csv_with_luotsi,
    ("write_csv", "csv"): write_csv_with_csv,
    ("write_xlsx", "luotsi"): write_xlsx_with_luotsi,
    ("write_xlsx", "openpyxl"): write_xlsx_with_openpyxl,
}
BARE_OF = {"read_csv": "csv", "read_xlsx": "python-calamine", "write_csv": "csv", "write_xlsx": "openpyxl"}


def measure_here(case: str, subject: str, folder: Path, count: int) -> None:
    """Do one case in this process and print what it cost."""
    path = folder / f"table.{case.partition('_')[2]}"
    started = time.process_time()
    if (case, subject) in READERS:
        assert READERS[case, subject](path) == count
    else:
        content = WRITERS[case, subject](count)
        if subject == "luotsi":
            path.write_bytes(content)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu_s": round(time.process_time() - started, 3), "peak_mb": round(peak, 1)}))


def measure(case: str, subject: str, folder: Path, count: int) -> dict[str, float]:
    """Do one case in a fresh process."""
    command = [
        sys.executable,
        __file__,
        "--case",
        case,
        "--subject",
        subject,
        "--folder",
        str(folder),
        "--rows",
        str(count),
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    answer = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(answer.stdout)
    return figures


def run(count: int, rounds: int) -> list[dict[str, str | float]]:
    """All cases, the writing ones first: the reading ones read what was written."""
    costs: dict[tuple[str, str], list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for case, subject in [*WRITERS, *READERS]:
                costs.setdefault((case, subject), []).append(measure(case, subject, Path(folder), count))
    results: list[dict[str, str | float]] = []
    for (case, subject), measured in costs.items():
        name = f"{case}_{count}"
        for metric, unit in (("cpu_s", "s"), ("peak_mb", "MB")):
            value = statistics.median(figures[metric] for figures in measured)
            results.append({"case": name, "subject": subject, "metric": metric, "value": value, "unit": unit})
        bare = costs[case, BARE_OF[case]]
        ratio = statistics.median(ours["cpu_s"] / theirs["cpu_s"] for ours, theirs in zip(measured, bare, strict=True))
        metric = "ratio_to_bare"
        results.append({"case": name, "subject": subject, "metric": metric, "value": round(ratio, 2), "unit": ""})
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--case", help=argparse.SUPPRESS)
    parser.add_argument("--subject", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.case:
        measure_here(options.case, options.subject, options.folder, options.rows)
        return
    results = run(options.rows, options.rounds)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    for row in results:
        print(f"{row['case']:<20} {row['subject']:<16} {row['metric']:<14} {row['value']:>8} {row['unit']}")


if __name__ == "__main__":
    main()
