"""The site's addresses, and a few pages that go wrong on purpose."""

from datetime import UTC, datetime

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils.translation import gettext_lazy as _

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as addresses
from luotsi.core.errors import NotThereError, RefusedError
from luotsi.web.environment import day_time
from luotsi.web.forms import PlainForm

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


class NameForm(PlainForm):
    name = forms.CharField(label="Name")


def form(request):
    """Never content with what is sent."""
    sent = NameForm(request.POST or None)
    template = engines.all()[0].from_string(FORM)
    return HttpResponse(template.render({"form": sent}, request))


FORM = """
{% extends "web/base.html" %}{% import "web/form.html" as f %}{% block title %}Form{% endblock %}
{% block content %}{% call f.form(csrf_input, form) %}{{ f.fields(form) }}{{ f.submit("Send") }}{% endcall %}{% endblock %}
"""


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
    path("form/", form),
]
