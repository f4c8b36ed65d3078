"""Lists of applicants from the upload to the last application, while somebody else writes all the time.

Each size is a process of its own with a database of its own (SQLite in a file): the list is handed in, read into rows,
and taken, as the worker does it. Meanwhile another process writes to the same database, again and again, and notes how
long it had to wait. Then the round is taken out as a workbook, and brought in again untouched.

Writes benchmarks/results/lists.json: for each size seconds of reading, of taking, and of the whole way; CPU seconds of
it (user and system); the peak of memory (MB) after it; the longest wait of the other writer and how often it wrote; and
seconds of going out and of being read again.

    ./dev bench lists
    python benchmarks/lists.py [--rows 5000 20000 100000]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from luotsi.people.models import Person
    from luotsi.programmes.models.programmes import Round

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks/results/lists.json"
SIZES = (5_000, 20_000, 100_000)
HEADINGS = (
    *("Etunimi", "Sukunimi", "Sähköposti", "Rooli", "Kielet", "Maakunta", "Organisaatio", "Taidot (tarjolla)"),
    *("Taidot (tarve)", "Ehdottomat", "Paikat", "Etäyhteys", "Ilmoittautunut", "Vuosia työelämässä", "Tunniste"),
)
SKILLS = ("johtaminen", "kielet", "myynti", "hitsaus", "ohjelmointi", "hoitotyö", "taloushallinto", "opettaminen")
REGIONS = ("Keski-Pohjanmaa", "Pohjanmaa", "Uusimaa", "Lappi", "Kainuu")


def rows(count: int) -> Iterator[list[str]]:
    """Made-up applicants, one mentor to two mentees."""
    yield list(HEADINGS)
    for number in range(count):
        is_mentor = number % 3 == 0
        wanted = "; ".join(f"{SKILLS[(number + step) % 8]} ({1 + (number + step) % 5})" for step in range(3))
        yield [
            f"Äijö{number % 977}",
            f"Virtanen{number}",
            f"aijo.{number}@example.org",
            "mentori" if is_mentor else "mentoroitava",
            ("suomi", "suomi; ruotsi", "ruotsi; englanti")[number % 3],
            REGIONS[number % 5],
            f"Yritys {number % 200} Oy",
            wanted if is_mentor else "",
            "" if is_mentor else wanted,
            "" if is_mentor else SKILLS[number % 8],
            str(1 + number % 3) if is_mentor else "",
            ("kyllä", "ei")[number % 2],
            f"{date(2026, 1, 1) + timedelta(days=number % 60):%d.%m.%Y}",
            str(number % 40),
            f"K-{number}",
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--here", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--write-to", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write_to:
        write_until_told(options.write_to)
    elif options.here:
        print(json.dumps(measure_here(options.here)))
    else:
        measured = [measure(count) for count in options.rows]
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(json.dumps(measured, indent=1) + "\n")


def measure(count: int) -> dict[str, float]:
    """One size in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ,
            "LUOTSI_VAR": folder,
            "LUOTSI_MODE": "test",
            "DATABASE_URL": f"sqlite:///{folder}/lists.sqlite3",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }
        command = [sys.executable, __file__, "--here", str(count)]
        answer = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    print(json.dumps(figures))
    return figures


def measure_here(count: int) -> dict[str, float]:
    import django  # noqa: PLC0415 -- the settings are chosen by now
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    from luotsi.core.tables.csv_writing import write_csv  # noqa: PLC0415

    round_, coordinator = a_round()
    content = write_csv(rows(count), language="fi")
    figures: dict[str, float] = {"rows": count, "before_mb": peak()}
    writer = subprocess.Popen(
        [sys.executable, __file__, "--write-to", connection.settings_dict["NAME"]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    figures |= take(round_, coordinator, content, count)
    waits = json.loads(writer.communicate("over\n")[0])
    figures |= {"longest_wait_s": round(max(waits), 2), "writes_beside": len(waits)}
    return figures | there_and_back(round_, coordinator, count) | {"load": round(os.getloadavg()[0], 1)}


def take(round_: Round, coordinator: Person, content: bytes, count: int) -> dict[str, float]:
    """From the upload to the last application."""
    from luotsi.programmes.queries.lists import counts_of  # noqa: PLC0415
    from luotsi.programmes.services import imports  # noqa: PLC0415

    began, cpu = time.monotonic(), time.process_time()
    run = imports.stage_import(round_, name="hakijat.csv", content=content, by=coordinator)
    work()
    read = time.monotonic()
    run.refresh_from_db()
    imports.apply_import(run, by=coordinator)
    work()
    ended, cpu = time.monotonic(), time.process_time() - cpu
    assert dict(counts_of(run)) == {"taken": count}, counts_of(run)
    return {
        "read_s": round(read - began, 1),
        "take_s": round(ended - read, 1),
        "whole_s": round(ended - began, 1),
        "cpu_s": round(cpu, 1),
        "peak_mb": peak(),
    }


def there_and_back(round_: Round, coordinator: Person, count: int) -> dict[str, float]:
    """Out as a workbook, and read again untouched."""
    from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx  # noqa: PLC0415
    from luotsi.programmes.queries.lists import counts_of  # noqa: PLC0415
    from luotsi.programmes.services import imports  # noqa: PLC0415
    from luotsi.programmes.services.exports import export_applications  # noqa: PLC0415

    began = time.monotonic()
    table = export_applications(round_, language="fi", by=coordinator)
    workbook = write_xlsx([Sheet(title="Luotsi", headers=table.headings, rows=table.rows)])
    again = time.monotonic()
    run = imports.stage_import(round_, name="hakijat.xlsx", content=workbook, by=coordinator)
    work()
    assert dict(counts_of(run)) == {"same": count}, (counts_of(run), run.fault)
    return {
        "export_s": round(again - began, 1),
        "read_again_s": round(time.monotonic() - again, 1),
        "peak_with_workbook_mb": peak(),
    }


def peak() -> int:
    """The most memory that this process has had, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def work() -> None:
    """What the worker does, but the mail."""
    from luotsi.core import jobs  # noqa: PLC0415

    jobs.run_waiting(leave="comms.deliver")


def a_round() -> tuple[Round, Person]:
    """An open programme, and its coordinator."""
    from luotsi.core.actors import SYSTEM  # noqa: PLC0415
    from luotsi.core.texts import TranslatedText  # noqa: PLC0415
    from luotsi.people.enums import CircleKind, Role  # noqa: PLC0415
    from luotsi.people.services.accounts import add_person  # noqa: PLC0415
    from luotsi.people.services.circles import open_circle  # noqa: PLC0415
    from luotsi.people.services.memberships import grant  # noqa: PLC0415
    from luotsi.people.services.organisations import add_network  # noqa: PLC0415
    from luotsi.programmes.models.programmes import Programme, Round  # noqa: PLC0415
    from luotsi.programmes.queries.descriptions import shipped_text  # noqa: PLC0415

    network = add_network(name="Verkosto", by=SYSTEM)
    coordinator = add_person(email="k@example.org", given_name="Kaisa", family_name="K", by=SYSTEM)
    grant(coordinator, Role.COORDINATOR, network=network, by=SYSTEM)
    programme = Programme(
        network=network,
        name=TranslatedText({"fi": "Uramentorointi"}),
        model_key="career-mentoring",
        description=shipped_text("career-mentoring"),
        state="open",
        starts_on=date(2026, 3, 2),
        ends_on=date(2026, 10, 1),
        circle=open_circle(kind=CircleKind.PROGRAMME, name="Piiri", network=network, by=SYSTEM),
    ).insert()
    return Round(programme=programme).insert(), coordinator


def write_until_told(path: Path) -> None:
    """Write, look at the clock, write again. Prints every wait as JSON when a line comes in."""
    from select import select  # noqa: PLC0415 -- only in the writing process

    own = sqlite3.connect(path, timeout=60, isolation_level=None)
    waits = []
    while not select([sys.stdin], [], [], 0.02)[0]:
        began = time.monotonic()
        own.execute("BEGIN IMMEDIATE")
        own.execute("UPDATE people_network SET changed_at = changed_at")
        own.execute("COMMIT")
        waits.append(round(time.monotonic() - began, 3))
    print(json.dumps(waits))


if __name__ == "__main__":
    main()
