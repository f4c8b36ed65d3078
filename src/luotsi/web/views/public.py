"""Pages that anybody may open: what went wrong, accessibility, privacy, and the page of all components."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from luotsi.web.environment import ICONS
from luotsi.web.middleware import language_of
from luotsi.web.views.specimens import SPECIMENS, SpecimenForm, faulty_form

if TYPE_CHECKING:
    from django.http import HttpRequest

STATEMENT_DRAWN_UP = date(2026, 11, 21)


def page_of_error(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """An error page in the reader's language, also when no middleware has chosen it. Touches no database."""
    with translation.override(language_of(request)):
        response = HttpResponse(render_to_string(f"web/{name}.html", {"request": request}), status=status)
        response["Content-Language"] = translation.get_language() or ""
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    return page_of_error(request, "bad_request", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    return page_of_error(request, "forbidden", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    return render(request, "web/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return page_of_error(request, "server_error", 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    return page_of_error(request, "csrf_failed", 403)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html", {"drawn_up": STATEMENT_DRAWN_UP})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/privacy.html")


@require_http_methods(["GET", "HEAD", "POST"])
def design(request: HttpRequest) -> HttpResponse:
    """Every component in every state. A POST changes nothing: the page's own buttons lead here."""
    samples = {"faulty": faulty_form(), "fresh": SpecimenForm(), "icon_names": sorted(ICONS)}
    moment = datetime(2026, 3, 10, 14, 30, tzinfo=UTC)
    return render(request, "web/design.html", {**SPECIMENS, **samples, "now": moment, "today": moment.date()})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- the same for all
    return HttpResponse("User-agent: *\nDisallow: /my/\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- the same for all
    return HttpResponseRedirect(static("web/luotsi.svg"))
