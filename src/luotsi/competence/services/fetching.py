"""Fetching an answer of ePerusteet from the address that the operator has set, and from nowhere else."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, quote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from luotsi.competence.formats.source import LARGEST
from luotsi.core.errors import RefusedError

if TYPE_CHECKING:
    from http.client import HTTPMessage, HTTPResponse
    from typing import IO

    from django.utils.functional import Promise

AT_A_TIME = 64 * 1024
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
NOT_FOUND = 404
CODES = re.compile(r"\b((?:tutkinnonosat|osaamismerkit)_\d{1,10})\b")
UNITS = re.compile(r"\b(?:tutkinnonosat|tutkinnonosa|perusteenosat|perusteenosa|perusteenOsa)/(\d{1,12})\b")
NUMBERS = re.compile(r"(?<![\w.])(\d{1,12})(?![\w.])")
# Where the service answers with a whole qualification, a unit, a badge and a general scale, in the order of trying.
PATHS = (
    "/api/external/peruste/{number}",
    "/api/perusteet/{number}/kaikki",
    "/api/perusteenosat/{number}",
    "/api/geneerinenarviointi/{number}/kaikki",
)
PATHS_OF_CODES: dict[str, tuple[str, ...]] = {
    "tutkinnonosat": ("/api/external/peruste/tutkinnonosa/{number}", "/api/tutkinnonosat/kaikki/{number}"),
    "osaamismerkit": ("/api/external/osaamismerkki/koodi/{number}", "/api/osaamismerkit/osaamismerkki/koodi/{number}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long to wait for a sign of life, how long in all (seconds), and how much to take (bytes)."""

    silence: float = 15.0
    whole: float = 60.0
    most_bytes: int = LARGEST


class FetchError(Exception):
    """Nothing usable came. `is_passing`: it may go well later. The text is for people."""

    def __init__(self, text: str | Promise, *, is_passing: bool = False) -> None:
        super().__init__(text)
        self.text = text
        self.is_passing = is_passing


class _ElsewhereError(Exception):
    """The service sent us to another host."""


def number_in(written: str) -> str:
    """What is asked for: a number or a national code, given as it is or within an address of the operator's host.

    Refused when there is no such, or when the address leads elsewhere.
    """
    text = written.strip()
    if "://" in text and urlsplit(text).hostname != urlsplit(settings.EPERUSTEET_ADDRESS).hostname:
        host = urlsplit(settings.EPERUSTEET_ADDRESS).hostname or ""
        raise RefusedError(_("Only addresses of %(host)s are fetched. Write the number alone.") % {"host": host})
    path = text.partition("://")[2].partition("/")[2] if "://" in text else text
    for pattern in (CODES, UNITS, NUMBERS):
        if found := pattern.search(path):
            return found[1]
    raise RefusedError(_("Write the number of a qualification or a unit, for example 7614470 or tutkinnonosat_106879."))


def fetch(number: str, *, limits: Limits | None = None) -> bytes:
    """The service's answer about a number: the first of its paths that knows it. Raises FetchError."""
    if not settings.EPERUSTEET_ADDRESS:
        raise FetchError(_("Fetching is not switched on here. The operator sets the address of ePerusteet."))
    paths = settings.EPERUSTEET_PATHS or PATHS_OF_CODES.get(number.partition("_")[0], PATHS)
    for path in paths:
        answer = _answer(settings.EPERUSTEET_ADDRESS + path.format(number=quote(number, safe="")), limits or Limits())
        if answer is not None:
            return answer
    raise FetchError(
        _("ePerusteet knows nothing by the number %(number)s. Look at the number there.") % {"number": number}
    )


def _answer(address: str, limits: Limits) -> bytes | None:
    """What stands at an address, None when nothing does."""
    wanted = urlsplit(address)
    if wanted.scheme not in {"http", "https"} or not wanted.hostname:
        raise FetchError(_("The address of ePerusteet that is set here is none. The operator mends it."))
    # The scheme was looked at, and the opener knows no other.
    request = Request(address, headers={"Accept": "application/json", "Caller-Id": "luotsi", "User-Agent": "Luotsi"})  # noqa: S310
    try:
        with _opener(wanted).open(request, timeout=limits.silence) as response:
            return _body(response, limits)
    except HTTPError as error:
        error.close()
        if error.code == NOT_FOUND:
            return None
        raise FetchError(
            _("ePerusteet answered with the error %(code)s. Try again later.") % {"code": error.code},
            is_passing=error.code in PASSING,
        ) from error
    except _ElsewhereError as error:
        raise FetchError(_("ePerusteet sent us to another host. Nothing is fetched from there.")) from error
    except (URLError, OSError, HTTPException) as error:
        raise FetchError(
            _("ePerusteet did not answer, or the connection broke. Try again later."), is_passing=True
        ) from error


def _body(response: HTTPResponse, limits: Limits) -> bytes:
    if "json" not in response.headers.get_content_type():
        raise FetchError(_("ePerusteet answered with something else than JSON. Look at the number."))
    end = time.monotonic() + limits.whole
    body = bytearray()
    while some := response.read1(AT_A_TIME):
        body += some
        if len(body) > limits.most_bytes:
            raise FetchError(_("The answer of ePerusteet is too large. Fetch one unit at a time."))
        if time.monotonic() > end:
            raise FetchError(_("ePerusteet answers too slowly. Try again later."), is_passing=True)
    told = response.headers.get("Content-Length", "")
    if told.isdecimal() and len(body) < int(told):
        raise FetchError(_("ePerusteet did not answer, or the connection broke. Try again later."), is_passing=True)
    return bytes(body)


def _opener(wanted: SplitResult) -> OpenerDirector:
    """Opens http and https alone: no files, no other schemes; redirects stay with the host."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
        _SameHost(wanted),
    ):
        opener.add_handler(handler)
    return opener


class _SameHost(HTTPRedirectHandler):
    max_redirections = 3

    def __init__(self, wanted: SplitResult) -> None:
        self._wanted = wanted

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        there = urlsplit(newurl)
        is_same = (there.scheme, there.netloc) == (self._wanted.scheme, self._wanted.netloc)
        is_safer = (self._wanted.scheme, there.scheme) == ("http", "https") and there.netloc == self._wanted.hostname
        if not (is_same or is_safer):
            fp.close()
            raise _ElsewhereError
        return super().redirect_request(req, fp, code, msg, headers, newurl)
