"""Two waves of 100,000 answers analysed, beside pandas, pingouin and statsmodels group by group, in one run.

2,857 people in 20 units answer 35 items of 7 dimensions in two waves, 3 % of the answers missing. For each unit and for
all together, dimension by dimension: mean, standard deviation, share agreeing, interval of the mean; alpha with its
interval and omega, in both waves; the paired change with its interval and effect.

Writes benchmarks/results/surveys.json: `cpu_s` (user and system) of the analysis and `import_s` of the imports before
it, `peak_mb` of the whole process, and `ratio_to_luotsi`, the CPU time of the analysis over ours. The peers live in an
environment of their own (benchmarks/peers-surveys.txt), made at the first run. All get the same answers, and what they
find is compared before anything is written. Each measurement is a process of its own; subjects take turns, round by
round.

    ./dev bench surveys
    python benchmarks/surveys.py [--people 2857] [--rounds 3]
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
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Found = dict[str, list[float]]
    Table = Any  # of pandas, which is not here

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks/results/surveys.json"
PEERS = ROOT / "benchmarks/peers-surveys.txt"
ENVIRONMENT = ROOT / "var/benchmarks/peers-surveys"
ITEMS, DIMENSIONS, UNITS, AGREE, MISSING = 35, 7, 20, 4, 0.03
A_LITTLE = 2e-3  # pingouin rounds the limits of alpha, and corrects effects of pairs as if they were strangers


def write_answers(path: Path, people: int) -> None:
    """Made-up answers from 1 to 5, the second wave a little higher than the first."""
    drawn = np.random.default_rng(20)
    dimension = np.arange(ITEMS) * DIMENSIONS // ITEMS
    trait = drawn.normal(size=(people, DIMENSIONS))
    waves = []
    for rise in (0.0, 0.3):
        felt = 3 + rise + (0.8 * trait + 0.4 * drawn.normal(size=trait.shape))[:, dimension]
        answers = np.clip(np.round(felt + 0.9 * drawn.normal(size=(people, ITEMS))), 1, 5)
        answers[drawn.random(answers.shape) < MISSING] = np.nan
        waves.append(answers)
    np.savez(path, first=waves[0], second=waves[1], unit=drawn.integers(0, UNITS, people), dimension=dimension)


def groups_of(units: NDArray[np.int64]) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    yield "all", np.ones(len(units), dtype=np.bool_)
    for unit in range(UNITS):
        yield str(unit), units == unit


def analyse_with_luotsi() -> Callable[[dict[str, Any]], Found]:
    from luotsi.core.statistics.comparison import compare_pairs  # noqa: PLC0415 -- only in the measured process
    from luotsi.core.statistics.description import describe  # noqa: PLC0415
    from luotsi.core.statistics.reliability import cronbach_alpha, mcdonald_omega  # noqa: PLC0415
    from luotsi.core.statistics.scores import dimension_scores  # noqa: PLC0415

    def analyse(survey: dict[str, Any]) -> Found:
        found: dict[str, list[Any]] = {}
        groups = list(groups_of(survey["unit"]))
        for dimension in range(DIMENSIONS):
            items = survey["dimension"] == dimension
            waves = [survey[wave][:, items] for wave in ("first", "second")]
            scores = [dimension_scores(wave) for wave in waves]
            for name, members in groups:
                figures: list[float | None] = []
                for wave, score in zip(waves, scores, strict=True):
                    described = describe(score[members], agree_from=AGREE)
                    alpha, omega = cronbach_alpha(wave[members]), mcdonald_omega(wave[members])
                    figures += [
                        described.mean,
                        described.sd,
                        described.agreeing,
                        described.interval and described.interval.low,
                    ]
                    figures += [alpha.coefficient, alpha.interval and alpha.interval.low, omega.coefficient]
                change = compare_pairs(scores[0][members], scores[1][members])
                figures += [change.difference, change.interval and change.interval.low, change.effect]
                found[f"{dimension}/{name}"] = figures
        return found

    return analyse


def analyse_with_peers() -> Callable[[dict[str, Any]], Found]:
    import pandas as pd  # noqa: PLC0415 -- only in the environment of the peers
    import pingouin  # noqa: PLC0415
    from statsmodels.multivariate.factor import Factor  # noqa: PLC0415
    from statsmodels.stats.weightstats import DescrStatsW  # noqa: PLC0415

    def omega(complete: Table) -> float:
        fitted = Factor(corr=complete.corr().to_numpy(), n_factor=1, method="pa").fit(maxiter=500, tol=1e-8)
        deviations, loadings = complete.std().to_numpy(), fitted.loadings[:, 0]
        common = (loadings @ deviations) ** 2
        return float(common / (common + deviations**2 @ (1 - loadings**2)))

    def of_wave(answers: Table, score: Table) -> list[float]:
        answered = score.dropna()
        complete = answers.dropna()  # pingouin 0.7 would count those it leaves out in the interval
        alpha, limits = pingouin.cronbach_alpha(data=complete)
        return [
            answered.mean(),
            answered.std(),
            (answered >= AGREE).mean(),
            DescrStatsW(answered.to_numpy()).tconfint_mean()[0],
            alpha,
            limits[0],
            omega(complete),
        ]

    def analyse(survey: dict[str, Any]) -> Found:
        found: Found = {}
        groups = list(groups_of(survey["unit"]))
        frames = [pd.DataFrame(survey[wave]) for wave in ("first", "second")]
        for dimension in range(DIMENSIONS):
            items = np.flatnonzero(survey["dimension"] == dimension)
            waves = [frame[items] for frame in frames]
            scores = [wave.mean(axis=1).where(2 * wave.notna().sum(axis=1) >= len(items)) for wave in waves]
            for name, members in groups:
                figures = [
                    figure
                    for wave, score in zip(waves, scores, strict=True)
                    for figure in of_wave(wave[members], score[members])
                ]
                pairs = pd.DataFrame({"one": scores[0][members], "two": scores[1][members]}).dropna()
                differences = pairs["two"] - pairs["one"]
                effect = pingouin.compute_effsize(pairs["two"], pairs["one"], paired=True, eftype="hedges")
                figures += [differences.mean(), DescrStatsW(differences.to_numpy()).tconfint_mean()[0], effect]
                found[f"{dimension}/{name}"] = [float(figure) for figure in figures]
        return found

    return analyse


ANALYSES: dict[str, Callable[[], Callable[[dict[str, Any]], Found]]] = {
    "luotsi": analyse_with_luotsi,
    "pandas+pingouin+statsmodels": analyse_with_peers,
}
PEER = "pandas+pingouin+statsmodels"


def measure_here(subject: str, folder: Path) -> None:
    """Analyse in this process; print what it cost, keep what was found."""
    with np.load(folder / "answers.npz") as stored:
        survey = dict(stored)
    before = time.process_time()
    analyse = ANALYSES[subject]()
    started = time.process_time()
    found = analyse(survey)
    ended = time.process_time()
    (folder / f"{subject}.json").write_text(json.dumps(found))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    costs = {"cpu_s": round(ended - started, 3), "import_s": round(started - before, 3), "peak_mb": round(peak, 1)}
    print(json.dumps(costs))


def python_of(subject: str) -> str:
    """The interpreter of a subject; that of the peers is made when it is not there yet."""
    if subject != PEER:
        return sys.executable
    python = ENVIRONMENT / "bin/python"
    if not python.exists():
        print(f"Installing the peers into {ENVIRONMENT.relative_to(ROOT)}.", file=sys.stderr)
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--requirement", PEERS], check=True)
    return str(python)


def measure(subject: str, folder: Path) -> dict[str, float]:
    """Analyse in a fresh process, on one core: libraries that spread would only be slower at this size."""
    command = [python_of(subject), "-W", "ignore", __file__, "--subject", subject, "--folder", str(folder)]
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    env = {**os.environ, **threads, "PYTHONPATH": str(ROOT / "src")}
    answer = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(answer.stdout)
    return figures


def check_agreement(folder: Path) -> None:
    """Stop when the subjects found different things."""
    ours, theirs = (json.loads((folder / f"{subject}.json").read_text()) for subject in ANALYSES)
    assert ours.keys() == theirs.keys()
    for group, figures in ours.items():
        np.testing.assert_allclose(figures, theirs[group], atol=A_LITTLE, rtol=0, err_msg=group)


def run(people: int, rounds: int) -> list[dict[str, str | float]]:
    costs: dict[str, list[dict[str, float]]] = {subject: [] for subject in ANALYSES}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_answers(folder / "answers.npz", people)
        for _ in range(rounds):
            for subject, measured in costs.items():
                measured.append(measure(subject, folder))
        check_agreement(folder)
    case = f"analyse_{2 * people * ITEMS}"
    results: list[dict[str, str | float]] = []
    for subject, measured in costs.items():
        for metric, unit in (("cpu_s", "s"), ("import_s", "s"), ("peak_mb", "MB")):
            value = statistics.median(figures[metric] for figures in measured)
            results.append({"case": case, "subject": subject, "metric": metric, "value": value, "unit": unit})
        ratio = statistics.median(
            figures["cpu_s"] / ours["cpu_s"] for figures, ours in zip(measured, costs["luotsi"], strict=True)
        )
        metric = "ratio_to_luotsi"
        results.append({"case": case, "subject": subject, "metric": metric, "value": round(ratio, 2), "unit": ""})
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2857)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--subject", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.subject:
        measure_here(options.subject, options.folder)
        return
    results = run(options.people, options.rounds)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    for row in results:
        print(f"{row['case']:<16} {row['subject']:<28} {row['metric']:<16} {row['value']:>8} {row['unit']}")


if __name__ == "__main__":
    main()
