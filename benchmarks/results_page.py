"""The results of a survey of 100,000 answers, from the database to the figures and to the whole page.

2,857 people in 20 units answer the 35 statements of the long learning culture, 2 % of the answers missing. `figures` is
the one query of results: read, joined, suppressed, analysed. `page` is the whole answer of the server to a reader,
pictures, words and all. Writes benchmarks/results/results_page.json: `cpu_s` (user and system, median of the rounds),
and how many `queries` were asked.

    ./dev bench results_page
    python benchmarks/results_page.py [--people 2857] [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luotsi.people.models import Person
    from luotsi.surveys.models import Wave

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks/results/results_page.json"
UNITS = 20


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "benchmarks.web_settings",
        "LUOTSI_MODE": "demo",
        "LUOTSI_VAR": str(folder),
        "LUOTSI_ADDRESS": "http://localhost",
        "DATABASE_URL": os.environ.get("DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}"),
    }


def measure(people: int, rounds: int) -> list[dict[str, object]]:
    """In a process that has the settings: fill the database, read and draw."""
    import django  # noqa: PLC0415 -- only in the measured process

    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from luotsi.surveys.queries.results import results_for  # noqa: PLC0415

    person, wave = filled(people)
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    path = f"/surveys/waves/{wave.ref}/results/"

    def page() -> None:
        answer = client.get(path)
        if answer.status_code != 200:  # noqa: PLR2004 -- fine
            raise SystemExit(f"{path} answered {answer.status_code}")

    told: list[dict[str, object]] = []
    for case, act in (("figures", lambda: results_for(person, wave.ref)), ("page", page)):
        act()
        times = []
        for _ in range(rounds):
            began = time.process_time()
            act()
            times.append(time.process_time() - began)
        with CaptureQueriesContext(connection) as asked:
            act()
        told.append({"case": case, "metric": "cpu_s", "value": round(statistics.median(times), 3), "unit": "s"})
        told.append({"case": case, "metric": "queries", "value": len(asked), "unit": "queries"})
    return told


def filled(people: int) -> tuple[Person, Wave]:
    """An organisation with a closed wave, and somebody of its human resources."""
    from random import Random  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from luotsi.core.actors import SYSTEM  # noqa: PLC0415
    from luotsi.people.enums import OrganisationKind, Role  # noqa: PLC0415
    from luotsi.people.services.accounts import add_person  # noqa: PLC0415
    from luotsi.people.services.memberships import grant  # noqa: PLC0415
    from luotsi.people.services.organisations import add_organisation  # noqa: PLC0415
    from luotsi.surveys.models import AnonymousAnswer, Instrument, Wave  # noqa: PLC0415
    from luotsi.surveys.services.instruments import load_shipped  # noqa: PLC0415

    dice = Random(20)  # noqa: S311 -- made-up answers
    load_shipped(by=SYSTEM)
    asked = Instrument.objects.get(key="learning_culture_long")
    place = add_organisation(by=SYSTEM, name="Bench", kind=OrganisationKind.EMPLOYER)
    units = [
        add_organisation(by=SYSTEM, name=f"Unit {number}", kind=OrganisationKind.EMPLOYER, parent=place)
        for number in range(UNITS)
    ]
    person = add_person(by=SYSTEM, email="hr@example.org", given_name="H", family_name="R", language="fi")
    grant(person, Role.HR, organisation=place, by=SYSTEM)
    now = timezone.now()
    wave = Wave(
        instrument=asked, organisation=place, answering="anonymous", closes_on=timezone.localdate(), closed_at=now
    ).insert()
    keys = [item.key for item in asked.questions.items if item.scale]
    AnonymousAnswer.objects.bulk_create(
        AnonymousAnswer(
            wave=wave,
            unit=dice.choice(units),
            answers={key: dice.randint(1, 5) for key in keys if dice.random() > 0.02},  # noqa: PLR2004 -- missing
        )
        for _ in range(people)
    )
    return person, wave


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2857)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(measure(options.people, options.rounds)))
        return
    with tempfile.TemporaryDirectory() as name:
        env = environment(Path(name))
        for command in (["migrate"], ["collectstatic", "--noinput"]):
            told = [sys.executable, "-m", "django", *command, "--verbosity", "0"]
            subprocess.run(told, cwd=ROOT, env=env, check=True)
        command = [sys.executable, __file__, "--here", "--people", str(options.people), "--rounds", str(options.rounds)]
        answer = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    results = json.loads(answer.stdout.splitlines()[-1])
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    for row in results:
        print(f"{row['case']:<10} {row['metric']:<10} {row['value']:>8} {row['unit']}")


if __name__ == "__main__":
    main()
