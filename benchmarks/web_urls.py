"""The product's addresses, and /bare/: what the framework alone costs for a page of a given size."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

FILLING = "<p>Luotsi brings you together with a person who has made the same journey.</p>\n"
templates: dict[int, object] = {}


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    """A Jinja2 template of so many bytes: somebody is signed in, nothing is asked of the database beyond that."""
    size = int(request.GET["bytes"])
    if size not in templates:
        templates[size] = engines["jinja2"].from_string((FILLING * (size // len(FILLING) + 1))[:size])
    return HttpResponse(templates[size].render({}, request))  # type: ignore[attr-defined]  # Django's template


urlpatterns = [path("bare/", bare), path("", include("config.urls"))]
