"""What every request passes: the health answer, the log line, the reader's language and time zone, and the no."""

from __future__ import annotations

import re
import time
import uuid
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes

from luotsi.core.enums import JobState
from luotsi.core.errors import NotThereError, RefusedError
from luotsi.core.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    Answer = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("luotsi.request")
SAFE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
CHOICES = {
    "language": frozenset(code for code, _name in settings.LANGUAGES),
    "theme": frozenset({"auto", "light", "dark"}),
}


def health(get_response: Answer) -> Answer:
    """Answers /health, whatever the host is called, with nothing about anybody. 503 when the installation cannot serve.

    It tells whether the database is there, whether its tables are as the code wants them, and for how many seconds the
    oldest job that is due has waited.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path != "/health":
            return get_response(request)
        state: dict[str, str | int] = {"database": "ok"}
        try:
            state["migrations"] = (
                "ok" if wanted_migrations() <= set(MigrationRecorder(connection).applied_migrations()) else "waiting"
            )
            if state["migrations"] == "ok":
                state["jobs_waiting_seconds"] = seconds_waited()
        except Error:
            state["database"] = "gone"
        is_well = state["database"] == "ok" and state["migrations"] == "ok"
        return JsonResponse(state, status=200 if is_well else 503, headers={"Cache-Control": "no-store"})

    return answer


@lru_cache(maxsize=1)
def wanted_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each module, as the code has them. Read from disk once."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def seconds_waited() -> int:
    """For how long the oldest job that is due has waited for a worker. One query."""
    due = Job.objects.filter(state=JobState.WAITING, run_at__lte=timezone.now()).order_by("run_at")
    oldest = due.values_list("run_at", flat=True).first()
    return 0 if oldest is None else int((timezone.now() - oldest).total_seconds())


def log_request(get_response: Answer) -> Answer:
    """One log line a request, by its route's name: addresses may hold secrets. The answer carries the request's id."""

    def answer(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if SAFE_REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        began = time.perf_counter()
        response = get_response(request)
        route = request.resolver_match.view_name if request.resolver_match else "none"
        log.info(
            "request",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round((time.perf_counter() - began) * 1000),
            request_id=request_id,
        )
        response["X-Request-ID"] = request_id
        return response

    return answer


def choose_language(get_response: Answer) -> Answer:
    """The reader's language and time zone for this request, and the switches for language and colours.

    Language: the cookie, else what the browser asks for, else Finnish. `?language=sv` and `?theme=dark` on any page are
    kept in a cookie and lead back to the very page, its other parameters kept.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = language_of(request)
        with translation.override(chosen), timezone.override(ReaderZone(request)):
            switched = switch(request)
            response = get_response(request) if switched is None else switched
        response.headers.setdefault("Content-Language", chosen)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    return answer


def language_of(request: HttpRequest) -> str:
    """The language to answer in: fi, sv or en."""
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return kept if kept in CHOICES["language"] else translation.get_language_from_request(request)


def switch(request: HttpRequest) -> HttpResponse | None:
    """The way back to this page with the choice kept, or None when nothing is chosen."""
    chosen = {name: request.GET[name] for name in CHOICES if request.GET.get(name) in CHOICES[name]}
    if not chosen or request.method not in {"GET", "HEAD"}:
        return None
    rest = request.GET.copy()
    for name in chosen:
        del rest[name]
    address = escape_leading_slashes(escape_uri_path(request.path))
    response = HttpResponseRedirect(f"{address}?{rest.urlencode()}" if rest else address)
    for name, value in chosen.items():
        response.set_cookie(
            name,
            value,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


class ReaderZone(tzinfo):
    """The time zone of whoever asks. The person is read when a time is first shown, not before."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._zone: ZoneInfo | None = None

    @property
    def zone(self) -> ZoneInfo:
        if self._zone is None:
            self._zone = ZoneInfo(settings.TIME_ZONE)  # while the person is being read
            name = getattr(getattr(self._request, "user", None), "time_zone", "")
            try:
                self._zone = ZoneInfo(name or settings.TIME_ZONE)
            except (ZoneInfoNotFoundError, ValueError):
                self._zone = ZoneInfo(settings.TIME_ZONE)
        return self._zone

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return self.zone.utcoffset(moment)

    def dst(self, moment: datetime | None) -> timedelta | None:
        return self.zone.dst(moment)

    def tzname(self, moment: datetime | None) -> str | None:
        return self.zone.tzname(moment)

    def fromutc(self, moment: datetime) -> datetime:
        return self.zone.fromutc(moment.replace(tzinfo=self.zone)).replace(tzinfo=self)

    def __str__(self) -> str:
        return self.zone.key


class say_no:  # noqa: N801 -- named in settings like the other ways, which are functions
    """What is not there for the one who asks is the 404 page; what a rule forbids is a page that says why (409)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotThereError):
            return render(request, "web/not_found.html", status=404)
        if isinstance(error, RefusedError):
            return refused(request, [error.text])
        if isinstance(error, ValidationError) and request.method == "POST":
            return refused(request, error.messages)
        return None


def refused(request: HttpRequest, reasons: list[Any]) -> HttpResponse:
    """The page that says why not, with the way back to where the person came from."""
    return render(request, "web/refused.html", {"reasons": reasons, "back": way_back(request)}, status=409)


def way_back(request: HttpRequest) -> str:
    """The page that the request came from, if it is one of ours, else the front page."""
    came_from = request.headers.get("Referer", "")
    here = f"{request.scheme}://{request.get_host()}/"
    return came_from if came_from.startswith(here) else "/"
