"""The product itself, started for the browser: database, static files, demo region, web server and worker."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PEOPLE = 150
SEED = 2026
SECONDS_TO_START = 90
SECONDS_TO_STOP = 15
SECONDS_FOR_MAIL = 60
WEB = (
    "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "2", "--blocking-threads", "4", "--no-ws",
    "--workers-kill-timeout", "5", "--log-level", "warning", "config.wsgi:application",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """`name`: of the file that it is in. `text`: without the HTML."""

    name: str
    to: str
    subject: str
    text: str

    def link(self, path: str) -> str:
        """The address in it that has such a path."""
        return next(word for word in self.text.split() if path in word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site that answers. `folder` is its LUOTSI_VAR; what its processes print is in `folder / "logs"`."""

    address: str
    folder: Path
    given: set[str] = field(default_factory=set)

    def mails(self) -> list[Mail]:
        """What was sent, the oldest first. The demo writes mail into a folder."""
        found = sorted((self.folder / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [mail_in(file) for file in found]

    def next_mail(self, to: str, words: str) -> Mail:
        """The next mail to an address in whose text the words stand, once the worker has sent it. Each is given once."""
        ends = time.monotonic() + SECONDS_FOR_MAIL
        while time.monotonic() < ends:
            for mail in self.mails():
                if mail.name not in self.given and to in mail.to and words in mail.text:
                    self.given.add(mail.name)
                    return mail
            time.sleep(0.2)
        raise RuntimeError(f"No mail to {to} came in which {words!r} stands.\n" + self.logs())

    def logs(self) -> str:
        """The end of what each process printed."""
        found = sorted((self.folder / "logs").glob("*.log"))
        return "\n".join(f"--- {log.name}\n{log.read_text()[-6000:]}" for log in found)


@cache
def mail_in(file: Path) -> Mail:
    """A mail is written once, so it is read once."""
    read = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = read.get_body(("plain",))
    return Mail(
        name=file.name, to=str(read["To"]), subject=str(read["Subject"]), text=body.get_content() if body else ""
    )


@contextlib.contextmanager
def running_site(folder: Path):
    """A `Site` with the demo region, for as long as the block lasts. Whatever happens in it, the processes end."""
    (folder / "logs").mkdir(parents=True)
    port = _free_port()
    site = Site(address=f"http://localhost:{port}", folder=folder)
    environment = _environment(site, port)
    for command in (
        ["migrate", "--verbosity", "0"],
        ["collectstatic", "--no-input", "--verbosity", "0"],
        ["fill_demo", "--people", str(PEOPLE), "--seed", str(SEED)],
    ):
        _must("django", command, environment)
    with contextlib.ExitStack() as running:
        for name, command in (("web", [*WEB, "--port", str(port)]), ("worker", ["django", "work"])):
            running.enter_context(_process(site, name, command, environment))
        _wait_for(site)
        yield site


def _environment(site: Site, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOTSI_", "DJANGO_"))}
    return {
        **kept,
        "DATABASE_URL": f"sqlite:///{site.folder / 'luotsi.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LUOTSI_ADDRESS": site.address,
        "LUOTSI_ISSUER_HOST": f"localhost%3A{port}",
        "LUOTSI_MODE": "demo",
        "LUOTSI_VAR": str(site.folder),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUNBUFFERED": "1",
    }


def _must(module: str, command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command} failed:\n{done.stdout[-3000:]}\n{done.stderr[-6000:]}")


@contextlib.contextmanager
def _process(site: Site, name: str, command: list[str], environment: dict[str, str]):
    with (site.folder / "logs" / f"{name}.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=SECONDS_TO_STOP)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # what it started ends too
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(site: Site) -> None:
    ends = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < ends:
        with contextlib.suppress(OSError), urllib.request.urlopen(site.address + "/health", timeout=5):  # noqa: S310 -- our own address
            return
        time.sleep(0.1)
    raise RuntimeError("The site did not start.\n" + site.logs())
