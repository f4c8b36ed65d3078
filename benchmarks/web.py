"""The heaviest pages under load, beside a bare page of the same size under the same server, in one run.

Writes benchmarks/results/web.json: requests per second, p50/p95/p99 at concurrency 32, queries and bytes per page, and
`ratio_to_bare`: how many requests a second the page answers for each that the bare page does. The bare page is the
framework alone: the same server and middleware, somebody signed in, a template of the same number of bytes, no data.
Both are asked in turn, round by round, so that a machine that slows down slows both.

    ./dev bench web [--rounds 5] [--seconds 4]
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks/results/web.json"
CONCURRENCY = 32


@dataclass
class Page:
    """A page, who opens it, and what was measured of it."""

    case: str
    path: str
    cookie: str
    bytes: int = 0
    queries: int = 0
    rates: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    bare_rates: list[float] = field(default_factory=list)
    bare_times: list[float] = field(default_factory=list)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "benchmarks.web_settings",
        "LUOTSI_MODE": "demo",
        "LUOTSI_VAR": str(folder),
        "LUOTSI_ADDRESS": f"http://localhost:{port}",
        "DATABASE_URL": os.environ.get("DATABASE_URL", f"sqlite:///{folder / 'bench.sqlite3'}"),
    }


def manage(env: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "django", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout


def ask(port: int, path: str, cookie: str) -> tuple[int, int]:
    """One request: its status and the bytes of its body."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Cookie": cookie, "Host": f"localhost:{port}"})
        answer = connection.getresponse()
        return answer.status, len(answer.read())


def load(port: int, path: str, cookie: str, seconds: float) -> tuple[float, list[float]]:
    """Ask with 32 connections at once for some seconds: requests a second, and how long each took in milliseconds."""
    times: list[float] = []
    ends = time.perf_counter() + seconds

    def client() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Cookie": cookie, "Host": f"localhost:{port}"}
        while time.perf_counter() < ends:
            began = time.perf_counter()
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:  # noqa: PLR2004 -- fine
                raise SystemExit(f"{path} answered {answer.status}")
            times.append(1000 * (time.perf_counter() - began))
        connection.close()

    began = time.perf_counter()
    clients = [threading.Thread(target=client) for _ in range(CONCURRENCY)]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    return len(times) / (time.perf_counter() - began), times


def percentile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def rows_of(page: Page) -> list[dict[str, object]]:
    ratios = [rate / bare for rate, bare in zip(page.rates, page.bare_rates, strict=True)]
    figures = [
        ("luotsi", "requests_per_s", statistics.median(page.rates), "1/s"),
        ("luotsi", "p50", percentile(page.times, 0.50), "ms"),
        ("luotsi", "p95", percentile(page.times, 0.95), "ms"),
        ("luotsi", "p99", percentile(page.times, 0.99), "ms"),
        ("luotsi", "queries", page.queries, "queries"),
        ("luotsi", "bytes", page.bytes, "bytes"),
        ("luotsi", "ratio_to_bare", statistics.median(ratios), "ratio"),
        ("bare", "requests_per_s", statistics.median(page.bare_rates), "1/s"),
        ("bare", "p50", percentile(page.bare_times, 0.50), "ms"),
        ("bare", "p95", percentile(page.bare_times, 0.95), "ms"),
        ("bare", "p99", percentile(page.bare_times, 0.99), "ms"),
    ]
    return [
        {"case": page.case, "subject": subject, "metric": metric, "value": round(float(value), 3), "unit": unit}
        for subject, metric, value, unit in figures
    ]


def measure(port: int, pages: list[Page], rounds: int, seconds: float) -> None:
    for page in pages:
        page.bytes = ask(port, page.path, page.cookie)[1]
        for number in range(rounds + 1):
            bare_rate, bare_times = load(port, f"/bare/?bytes={page.bytes}", page.cookie, seconds)
            rate, times = load(port, page.path, page.cookie, seconds)
            if number:  # the first round warms up
                page.rates.append(rate)
                page.times += times
                page.bare_rates.append(bare_rate)
                page.bare_times += bare_times
        print(f"{page.case}: {statistics.median(page.rates):.0f}/s, bare {statistics.median(page.bare_rates):.0f}/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--people", type=int, default=150)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        port = free_port()
        env = environment(Path(name), port)
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "collectstatic", "--no-input", "--verbosity", "0")
        manage(env, "fill_demo", "--people", str(options.people))
        pages = [Page(**found) for found in json.loads(manage(env, "bench_pages").splitlines()[-1])]
        server = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
             "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
             "config.wsgi:application"],
            cwd=ROOT, env=env,
        )  # fmt: skip
        try:
            wait_for(port)
            measure(port, pages, options.rounds, options.seconds)
        finally:
            server.terminate()
            server.wait(timeout=15)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps([row for page in pages for row in rows_of(page)], indent=1), encoding="utf-8")
    print(RESULTS.relative_to(ROOT))


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            if ask(port, "/health", "")[0] == 200:  # noqa: PLR2004 -- fine
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
