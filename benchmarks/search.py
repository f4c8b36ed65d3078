"""Finding competences by word forms among 20,000, beside a plain scan for the letters, in one run.

Makes the competences of the real ESCO download (or made-up ones when it is absent) and enough made-up Finnish ones in a
database of its own (SQLite in a file; PostgreSQL when DATABASE_URL names one), indexes their words, and searches.
Writes benchmarks/results/search.json: milliseconds (median of the rounds) for each query and subject, how many were
found, and what making the index took. The peer is `name LIKE '%word%'` over all competences: it has no idea of forms.

    ./dev bench search
    python benchmarks/search.py [--rounds 9]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks/results/search.json"
ESCO = ROOT.parent / "shared/data/esco/esco-v1.1.1-classification-en-csv.zip"
WANTED = 20_000
QUERIES = (
    ("fi", "hitsauksesta"),
    ("fi", "asiakaspalvelun suunnittelu"),
    ("fi", "joh"),
    ("en", "managing musical staff"),
    ("en", "communicat"),
    ("en", "skills"),
)
THINGS = (
    "asiakaspalvelu",
    "hitsaus",
    "työvuoro",
    "varasto",
    "keittiö",
    "palaute",
    "laatu",
    "työturvallisuus",
    "kunnossapito",
)
DOINGS = ("suunnittelu", "johtaminen", "arviointi", "kehittäminen", "ohjaaminen", "tarkastaminen", "opettaminen")

if TYPE_CHECKING:
    from collections.abc import Callable

    from luotsi.competence.models import Framework


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("LUOTSI_VAR", folder)
        os.environ.setdefault("LUOTSI_MODE", "test")
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/search.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        sys.path.insert(0, str(ROOT / "src"))
        measured = measure(options.rounds)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(measured, indent=1, ensure_ascii=False))


def measure(rounds: int) -> dict[str, object]:
    import django  # noqa: PLC0415 -- after the settings are chosen
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    from luotsi.competence.models import Competence, CompetenceWord, Framework  # noqa: PLC0415
    from luotsi.competence.queries.search import competences_matching, competences_suggested  # noqa: PLC0415
    from luotsi.competence.services.words import index_words  # noqa: PLC0415

    fill()
    began = time.perf_counter()
    words = sum(index_words(framework) for framework in Framework.objects.all())
    indexed = time.perf_counter() - began
    text = "Tarvitsemme kaksi ihmistä, jotka osaavat suunnitella työvuorot, ohjata uusia ja tarkastaa laadun."
    found: dict[str, object] = {
        "database": connection.vendor,
        "competences": Competence.objects.count(),
        "words": CompetenceWord.objects.count(),
        "index_s": round(indexed, 1),
        "suggest_ms": timed(lambda: competences_suggested(None, text, "fi"), rounds)[0],
    }
    assert words == found["words"]
    rows = {}
    for language, query in QUERIES:
        ours, many = timed(lambda q=query, lang=language: competences_matching(None, q, lang, 1_000), rounds)
        scan, plain = timed(lambda q=query: list(Competence.objects.filter(name__icontains=q)[:1_000]), rounds)
        rows[query] = {"ours_ms": ours, "found": many, "scan_ms": scan, "found_by_scan": plain}
    return found | {"queries": rows}


def timed(act: Callable[[], list[object]], rounds: int) -> tuple[float, int]:
    """Milliseconds (median) and how many were found. Once before, so that dictionaries are there."""
    many = len(act())
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(times), 1), many


def fill() -> None:
    from luotsi.competence.models import Area, Competence, Framework  # noqa: PLC0415

    names = [{"fi": f"{thing}n {doing} {number}"} for number in range(400) for thing in THINGS for doing in DOINGS]
    english: list[dict[str, str]] = []
    if ESCO.exists():
        from luotsi.competence.formats.esco import read_esco  # noqa: PLC0415

        read = read_esco(ESCO.read_bytes(), ESCO.name).framework
        english = [each.name for area in read.areas for each in area.competences]
    for source, some in (("ESCO", english), ("own", names[: WANTED - len(english)])):
        framework: Framework = Framework(
            origin=source, kind="own", name={"fi": source}, source=source, digest=source
        ).insert()
        area = Area(framework=framework, origin=source, name={"fi": "Osa-alue"}, position=0).insert()
        Competence.objects.bulk_create(
            [Competence(area=area, origin=str(place), name=name, position=place) for place, name in enumerate(some)],
            batch_size=1_000,
        )


if __name__ == "__main__":
    main()
