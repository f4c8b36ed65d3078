"""The site's addresses, and a few pages that go wrong on purpose."""

from datetime import UTC, datetime

from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as addresses
from luotsi.core.errors import NotThereError, RefusedError
from luotsi.web.environment import day_time
from luotsi.web.forms import PlainForm, carried_out

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def raises(error):
    def page(_request, **_named):
        raise error

    return page


def with_no_form(request):
    """Forgets to put the refusal on a form."""
    if request.method == "POST":
        raise ValidationError([ValidationError(_("Fill in “%(label)s”."), params={"label": "Nimi"})])
    return HttpResponse("")


def clock(_request):
    return HttpResponse(day_time(datetime(2026, 7, 1, 9, tzinfo=UTC)))


def carried(request):
    return HttpResponse(str(carried_out(PlainForm(request.POST), lambda: None)))


urlpatterns = [
    *addresses,
    path("no/not-there/", raises(NotThereError())),
    path("no/refused/", raises(RefusedError(_("Nobody has assessed this yet.")))),
    path("no/invalid/", with_no_form),
    path("no/bad/", raises(BadRequest("x"))),
    path("no/forbidden/", raises(PermissionDenied())),
    path("no/broken/", raises(RuntimeError("a bug"))),
    path("no/secret/<str:secret>/", raises(RuntimeError("a bug")), name="secret"),
    path("clock/", clock),
    path("carried/", carried, name="carried"),
]
