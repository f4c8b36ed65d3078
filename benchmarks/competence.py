"""A qualification of 4 MB, made up in the shape of the national service, read and brought in, beside json.loads alone.

Writes benchmarks/results/competence.json: `cpu_s`, `wall_s`, `peak_mb` for each case and subject, and `ratio_to_bare`,
the CPU time over that of json.loads. `read` takes every text out, cleans it and accounts for it; `import` does that,
compares it with what is here and writes all rows into a SQLite database of its own; `again` brings in a second version.
Each measurement is a process of its own; subjects take turns, round by round.

    ./dev bench competence
    python benchmarks/competence.py [--megabytes 4] [--rounds 3]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks/results/competence.json"
LEVELS = range(5, 10)
AREAS, REQUIREMENTS, CRITERIA = 4, 6, 5
LANGUAGES = {"fi": "tekee työn huolellisesti", "sv": "utför arbetet omsorgsfullt", "en": "does the work with care"}


def text(number: int, words: str = "") -> dict[str, str]:
    return {"_id": str(number), "_tunniste": f"{number:032x}"} | {
        language: f"<p>{said} {words} {number}</p>" for language, said in LANGUAGES.items()
    }


def scale(number: int) -> dict[str, Any]:
    """The general scale, which each unit holds in full."""
    return {
        "id": 6_783_341,
        "nimi": text(1, "asteikko"),
        "arviointiAsteikko": {"id": 3, "osaamistasot": [{"id": level, "otsikko": text(level)} for level in LEVELS]},
        "osaamistasonKriteerit": [
            {
                "osaamistaso": {"id": level, "otsikko": text(level, "taso"), "koodi": {"nimi": {"fi": str(level - 4)}}},
                "kriteerit": [text(number + level * 10 + place, "kriteeri") for place in range(CRITERIA)],
            }
            for level in LEVELS
        ],
    }


def unit(number: int) -> dict[str, Any]:
    wanted = [[number * 100 + area * 10 + place for place in range(REQUIREMENTS)] for area in range(AREAS)]
    return {
        "id": number,
        "muokattu": 1_700_000_000_000,
        "muokkaaja": "1.2.3",
        "nimi": text(number, "osa"),
        "koodiUri": f"tutkinnonosat_{number}",
        "laajuus": 15,
        "geneerinenArviointiasteikko": scale(number * 1000),
        "ammattitaitovaatimukset2019": {
            "kohde": text(2, "opiskelija"),
            "kohdealueet": [
                {
                    "kuvaus": text(area[0], "alue"),
                    "vaatimukset": [
                        {"vaatimus": text(place, "vaatimus"), "koodi": {"uri": f"ammattitaitovaatimukset_{place}"}}
                        for place in area
                    ],
                }
                for area in wanted
            ],
        },
        "ammattitaidonOsoittamistavat": text(number + 1, "näyttö " * 60),
    }


def qualification(megabytes: float, *, version: int = 1) -> bytes:
    """As many units as it takes."""
    size = len(json.dumps(unit(1), ensure_ascii=False).encode())
    units = [unit(number) for number in range(1, int(megabytes * 1024 * 1024 / size) + 2)]
    for place, one in enumerate(units[: 10 * (version - 1)]):
        one["ammattitaitovaatimukset2019"]["kohdealueet"][0]["vaatimukset"][0]["vaatimus"] = text(
            place, "uusi sanamuoto"
        )
    tree = {"id": 1, "nimi": text(3, "tutkinto"), "muokattu": 1_700_000_000_000 + version, "tutkinnonOsat": units}
    return json.dumps(tree, ensure_ascii=False).encode()


def parse_with_json(content: bytes) -> int:
    return len(json.loads(content)["tutkinnonOsat"])


def read_with_luotsi(content: bytes) -> int:
    from luotsi.competence.formats.reading import read_eperusteet  # noqa: PLC0415 -- only in the measured process

    reading = read_eperusteet(content)
    assert not reading.not_understood
    return reading.counts.areas


def import_with_luotsi(content: bytes) -> int:
    from luotsi.competence.services.imports import import_framework  # noqa: PLC0415 -- only in the measured process
    from luotsi.core.actors import SYSTEM  # noqa: PLC0415 -- as above

    report = import_framework(content, by=SYSTEM)
    assert report.is_new
    return report.reading.counts.areas


CASES: dict[tuple[str, str], Callable[[bytes], int]] = {
    ("read", "json"): parse_with_json,
    ("read", "luotsi"): read_with_luotsi,
    ("import", "luotsi"): import_with_luotsi,
    ("again", "luotsi"): import_with_luotsi,
}


def start(folder: Path) -> None:
    """A database of its own, made before the clock runs."""
    os.environ |= {
        "LUOTSI_MODE": "demo",
        "LUOTSI_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'competence.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    import django  # noqa: PLC0415 -- settings first
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    django.setup()
    call_command("migrate", verbosity=0)


def measure_here(case: str, subject: str, folder: Path, megabytes: float) -> None:
    """Do one case in this process and print what it cost."""
    content = qualification(megabytes)
    if case != "read":
        start(folder)
    if case == "again":
        import_with_luotsi(content)
        content = qualification(megabytes, version=2)
    cpu, wall = time.process_time(), time.perf_counter()
    CASES[case, subject](content)
    figures = {"cpu_s": time.process_time() - cpu, "wall_s": time.perf_counter() - wall}
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures))


def measure(case: str, subject: str, megabytes: float) -> dict[str, float]:
    """Do one case in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--case", case, "--subject", subject, "--folder", folder]
        env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(
            [*command, "--megabytes", str(megabytes)], env=env, check=True, capture_output=True, text=True
        )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def run(megabytes: float, rounds: int) -> list[dict[str, str | float]]:
    costs: dict[tuple[str, str], list[dict[str, float]]] = {}
    for _ in range(rounds):
        for case, subject in CASES:
            costs.setdefault((case, subject), []).append(measure(case, subject, megabytes))
    bare = costs["read", "json"]
    results: list[dict[str, str | float]] = []
    for (case, subject), measured in costs.items():
        told = {metric: statistics.median(each[metric] for each in measured) for metric in measured[0]}
        told["ratio_to_bare"] = statistics.median(
            ours["cpu_s"] / theirs["cpu_s"] for ours, theirs in zip(measured, bare, strict=True)
        )
        units = {"cpu_s": "s", "wall_s": "s", "peak_mb": "MB", "ratio_to_bare": ""}
        name = f"{case}_{megabytes:g}mb"
        results += [
            {"case": name, "subject": subject, "metric": metric, "value": round(value, 2), "unit": units[metric]}
            for metric, value in told.items()
        ]
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--case", help=argparse.SUPPRESS)
    parser.add_argument("--subject", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.case:
        measure_here(options.case, options.subject, options.folder, options.megabytes)
        return
    results = run(options.megabytes, options.rounds)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    for row in results:
        print(f"{row['case']:<20} {row['subject']:<16} {row['metric']:<14} {row['value']:>8} {row['unit']}")


if __name__ == "__main__":
    main()
