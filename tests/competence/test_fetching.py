"""Fetching, against a real server on this machine: what it answers, how it fails, and where it may not lead."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from luotsi.competence.enums import ImportState
from luotsi.competence.models import Framework, FrameworkImport
from luotsi.competence.services import staging
from luotsi.competence.services.fetching import FetchError, Limits, fetch, number_in
from luotsi.core import jobs
from luotsi.core.errors import RefusedError
from luotsi.core.models import Job
from tests.factories.competence import requirement, unit_file
from tests.factories.people import NetworkFactory, coordinator_of

UNIT = unit_file(requirement("Ohjaaminen", ["ottaa vastaan"]))
JSON = {"Content-Type": "application/json;charset=UTF-8"}
QUICK = Limits(silence=0.4, whole=1.0, most_bytes=50_000)


class Service:
    """The national service as a story needs it: answers by path, and what was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[str] = []
        self.address = ""

    def says(self, path: str, body: bytes = UNIT, status: int = 200, headers: dict[str, str] | None = None) -> None:
        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in (JSON if headers is None else headers).items():
                request.send_header(name, value)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)

        self.answers[path] = answer


@pytest.fixture
def service(settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    story = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            story.asked.append(self.path)
            try:
                if self.path in story.answers:
                    story.answers[self.path](self)
                else:
                    self.send_error(404)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the other side had enough

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    story.address = f"http://127.0.0.1:{server.server_port}"
    settings.EPERUSTEET_ADDRESS = f"{story.address}/eperusteet-service"
    yield story
    server.shutdown()
    server.server_close()
    thread.join()


BASE = "/eperusteet-service/api"


def fault_of(number: str = "1", limits: Limits = QUICK) -> tuple[str, bool]:
    with pytest.raises(FetchError) as failed:
        fetch(number, limits=limits)
    return str(failed.value.text), failed.value.is_passing


def test_a_number_is_asked_for_where_it_may_be_known(service: Service) -> None:
    service.says(f"{BASE}/perusteenosat/4242")

    assert fetch("4242") == UNIT
    assert service.asked == [
        f"{BASE}/external/peruste/4242", f"{BASE}/perusteet/4242/kaikki", f"{BASE}/perusteenosat/4242",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("tutkinnonosat_106879", "/external/peruste/tutkinnonosa/tutkinnonosat_106879"),
        ("osaamismerkit_1000", "/external/osaamismerkki/koodi/osaamismerkit_1000"),
    ],
)
def test_a_code_has_a_path_of_its_own(service: Service, code: str, path: str) -> None:
    service.says(BASE + path)

    assert fetch(code) == UNIT
    assert service.asked == [BASE + path]


def test_the_operator_may_name_other_paths(service: Service, settings) -> None:
    settings.EPERUSTEET_PATHS = ["/mine/{number}"]
    service.says("/eperusteet-service/mine/5")

    assert fetch("5") == UNIT


def test_faults_are_told_and_those_that_pass_are_told_apart(service: Service) -> None:
    first = f"{BASE}/external/peruste/"
    service.says(f"{first}2", status=503)
    service.says(f"{first}3", status=403)
    service.says(f"{first}4", b"<html></html>", headers={"Content-Type": "text/html"})
    service.says(f"{first}5", b"x" * 60_000)

    assert [fault_of(number) for number in "12345"] == [
        ("ePerusteet knows nothing by the number 1. Look at the number there.", False),
        ("ePerusteet answered with the error 503. Try again later.", True),
        ("ePerusteet answered with the error 403. Try again later.", False),
        ("ePerusteet answered with something else than JSON. Look at the number.", False),
        ("The answer of ePerusteet is too large. Fetch one unit at a time.", False),
    ]


def test_silence_and_dripping_come_to_an_end(service: Service) -> None:
    def silent(_request: BaseHTTPRequestHandler) -> None:
        time.sleep(1)

    def dripping(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.end_headers()
        for _drop in range(40):
            request.wfile.write(b" ")
            request.wfile.flush()
            time.sleep(0.1)

    service.answers[f"{BASE}/external/peruste/1"] = silent
    service.answers[f"{BASE}/external/peruste/2"] = dripping
    begun = time.monotonic()

    assert fault_of("1") == ("ePerusteet did not answer, or the connection broke. Try again later.", True)
    assert fault_of("2") == ("ePerusteet answers too slowly. Try again later.", True)
    assert time.monotonic() - begun < 6


def test_an_answer_cut_off_is_a_broken_connection(service: Service) -> None:
    def cut(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", "1000")
        request.end_headers()
        request.wfile.write(UNIT[:50])

    service.answers[f"{BASE}/external/peruste/1"] = cut

    assert fault_of() == ("ePerusteet did not answer, or the connection broke. Try again later.", True)


def test_a_redirect_stays_with_the_host(service: Service) -> None:
    first = f"{BASE}/external/peruste/"
    service.says("/elsewhere")
    service.says(f"{first}1", b"", 302, {"Location": "/elsewhere"})
    for number, there in (("2", "http://localhost:1/x"), ("3", "file:///etc/passwd"), ("4", "http://169.254.169.254/")):
        service.says(f"{first}{number}", b"", 302, {"Location": there})

    assert fetch("1") == UNIT
    assert [fault_of(number)[1] for number in "234"] == [False] * 3
    assert fault_of("2")[0] == "ePerusteet sent us to another host. Nothing is fetched from there."


def test_a_redirect_in_a_circle_ends(service: Service) -> None:
    path = f"{BASE}/external/peruste/1"
    service.says(path, b"", 302, {"Location": path})

    assert fault_of()[0].startswith("ePerusteet answered with the error 302")


def test_nothing_listens(settings) -> None:
    settings.EPERUSTEET_ADDRESS = "http://127.0.0.1:1"

    assert fault_of()[1] is True


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org", "nonsense"])
def test_an_address_that_is_none_is_told(settings, address: str) -> None:
    settings.EPERUSTEET_ADDRESS = address

    assert fault_of() == ("The address of ePerusteet that is set here is none. The operator mends it.", False)


def test_no_address_no_fetching(settings) -> None:
    settings.EPERUSTEET_ADDRESS = ""

    assert fault_of()[0].startswith("Fetching is not switched on here.")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (" 7614470 ", "7614470"),
        ("tutkinnonosat_106879", "tutkinnonosat_106879"),
        ("https://eperusteet.example/#/fi/ammatillinen/7614470/tiedot", "7614470"),
        ("https://eperusteet.example/#/fi/kooste/7614470/tutkinnonosat/7892678", "7892678"),
        ("https://eperusteet.example/eperusteet-service/api/external/peruste/7614470", "7614470"),
        ("https://eperusteet.example/x/osaamismerkit_1000", "osaamismerkit_1000"),
    ],
)
def test_a_number_is_found_in_what_people_paste(settings, written: str, number: str) -> None:
    settings.EPERUSTEET_ADDRESS = "https://eperusteet.example/eperusteet-service"

    assert number_in(written) == number


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("https://example.org/7614470", "Only addresses of eperusteet.example are fetched. Write the number alone."),
        ("https://eperusteet.example@example.org/7614470", "Only addresses of eperusteet.example are fetched."),
        ("hitsaaja", "Write the number of a qualification or a unit, for example 7614470 or tutkinnonosat_106879."),
        ("../../etc/passwd", "Write the number of a qualification or a unit"),
    ],
)
def test_what_is_no_number_is_refused(settings, written: str, told: str) -> None:
    settings.EPERUSTEET_ADDRESS = "https://eperusteet.example/eperusteet-service"

    with pytest.raises(RefusedError) as refused:
        number_in(written)

    assert str(refused.value.text).startswith(told)


@pytest.mark.django_db
def test_what_is_asked_for_comes_by_itself_and_waits_for_a_decision(service: Service) -> None:
    service.says(f"{BASE}/perusteenosat/4242")
    found = staging.ask_for("4242", by=coordinator_of(NetworkFactory.create()))
    before = found.state

    jobs.run_waiting()

    found.refresh_from_db()
    assert (before, found.state, found.origin_number) == (ImportState.FETCHING, ImportState.READY, "4242")
    assert Framework.objects.count() == 0


@pytest.mark.django_db
def test_what_cannot_come_is_refused_with_the_reason(service: Service) -> None:
    service.says(f"{BASE}/external/peruste/5", b'{"a": ')
    by = coordinator_of(NetworkFactory.create(), language="en")
    asked = [staging.ask_for(number, by=by) for number in ("4", "5")]

    jobs.run_waiting()

    assert [(each.state, each.fault[:40]) for each in FrameworkImport.objects.order_by("pk")] == [
        (ImportState.REFUSED, "ePerusteet knows nothing by the number 4"),
        (ImportState.REFUSED, "The file is not whole JSON. Fetch it aga"),
    ]
    assert len(asked) == 2


@pytest.mark.django_db
def test_a_passing_fault_is_tried_again_and_told_at_the_last(service: Service) -> None:
    service.says(f"{BASE}/external/peruste/1", status=503)
    by = coordinator_of(NetworkFactory.create(), language="en")
    found = staging.ask_for("1", by=by)

    jobs.run_waiting()
    found.refresh_from_db()
    once = (found.state, Job.objects.get().state)
    for _again in range(3):
        Job.objects.update(run_at="2020-01-01T00:00:00Z")
        jobs.run_waiting()

    found.refresh_from_db()
    assert once == (ImportState.FETCHING, "waiting")
    assert (found.state, found.fault) == (
        ImportState.REFUSED, "ePerusteet answered with the error 503. Try again later.",
    )  # fmt: skip
    assert len(service.asked) == 4


@pytest.mark.django_db
def test_what_was_put_away_meanwhile_is_not_fetched(service: Service) -> None:
    by = coordinator_of(NetworkFactory.create())
    found = staging.ask_for("1", by=by)
    staging.put_away(found, by=by)

    jobs.run_waiting()

    found.refresh_from_db()
    assert (found.state, service.asked) == (ImportState.PUT_AWAY, [])
