"""The front page, the goodbye, and the doors of the demo."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luotsi.journey.demo import doors
from luotsi.people.services import accounts
from luotsi.programmes.enums import RoundState
from luotsi.programmes.queries.programmes import open_programmes
from luotsi.web.components import Step


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("journey:home")
    steps = [
        Step(
            title=_("Application"), text=_("Say what you want to learn or to give. It takes ten minutes."), state="done"
        ),
        Step(
            title=_("Pair or group"),
            text=_("You see why just the two of you. Mentoring begins when both say yes."),
            state="done",
        ),
        Step(title=_("Meetings"), text=_("Each has a frame and a tool. What you say stays between you."), state="now"),
        Step(title=_("Passport"), text=_("What you learn becomes marks that an employer or a school can verify.")),
    ]
    recruiting = open_programmes().filter(rounds__state=RoundState.RECRUITING).distinct()
    return render(request, "journey/front.html", {"programmes": list(recruiting[:3]), "steps": steps})


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    return render(request, "journey/forgotten.html", {})


def _only_in_the_demo(request: HttpRequest) -> None:
    if not settings.DEMO or request.META.get("REMOTE_ADDR") not in {"127.0.0.1", "::1"}:
        raise Http404


@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    _only_in_the_demo(request)
    return render(request, "journey/demo.html", {"doors": doors.doors()})


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Steps into a made-up person. Another person's account is never opened here, whatever is asked for."""
    _only_in_the_demo(request)
    door = doors.door(request.POST.get("role", ""))
    if door is None:
        raise Http404
    accounts.sign_in(request, door.person)
    return redirect("journey:home")
