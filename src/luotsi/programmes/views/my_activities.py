"""Activities for those whom they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.comms.queries import calendar_file as written
from luotsi.library.queries import tools_by_key
from luotsi.programmes.enums import ActivityState, AttendanceState
from luotsi.programmes.formats.values import ActivityKind
from luotsi.programmes.messages.activities import event_of, when
from luotsi.programmes.queries import activities as queries
from luotsi.programmes.queries.assignments import answer_of, late_for
from luotsi.programmes.rules import may_train
from luotsi.programmes.services import activities as services
from luotsi.programmes.services import attendance
from luotsi.programmes.views.files import file_response
from luotsi.web.forms import PlainForm, carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.plans import Activity


@login_required
@require_safe
def activities(request: PersonRequest) -> HttpResponse:
    """What is coming, and under `?past=1` what is over; what has no day yet stands with what is coming."""
    mine, today = queries.activities_for(request.user), timezone.localdate()
    is_past = request.GET.get("past") == "1"
    if is_past:
        page = page_of(mine.filter(day__lt=today), request, by=("-day", "-pk"))
    else:
        page = page_of(mine.filter(day__gte=today).exclude(state=ActivityState.CANCELLED), request, by=("day", "pk"))
    shown = {
        "page": page,
        "is_past": is_past,
        "unsettled": [] if is_past else list(mine.filter(day=None, state=ActivityState.PLANNED)[:20]),
        "late": [] if is_past else list(late_for(request.user)[:20]),
        "states": queries.attendances_of(request.user),
        "when": when,
    }
    return render(request, "programmes/activities.html", shown)


@login_required
@require_safe
def activity(request: PersonRequest, ref: UUID) -> HttpResponse:
    return _draw(request, queries.activity_for(request.user, ref))


def _draw(request: PersonRequest, found: Activity) -> HttpResponse:
    mine = queries.attendance_of(found, request.user)
    is_assignment = found.kind == ActivityKind.INTERIM_ASSIGNMENT
    tools = tools_by_key() if found.materials else {}
    page = {
        "activity": found,
        "when": when(found),
        "mine": mine,
        "place_in_queue": queries.place_in_queue(mine) if mine and mine.state == AttendanceState.QUEUING else 0,
        "may_sign": found.takes_sign_up and found.state == ActivityState.PLANNED and not queries.has_begun(found),
        "is_full": found.capacity is not None and found.taken >= found.capacity,
        "tools": [tools[key] for key in found.materials if key in tools],
        "files": list(found.files.select_related("file").order_by("pk")),
        "is_assignment": is_assignment,
        "answer": answer_of(found, request.user) if is_assignment else None,
        "trains": may_train(request.user, found),
    }
    return render(request, "programmes/activity.html", page)


@login_required
@require_POST
def sign_up(request: PersonRequest, ref: UUID) -> HttpResponse:
    got = services.sign_up(queries.activity_for(request.user, ref), by=request.user)
    if got.state == AttendanceState.SIGNED_UP:
        messages.success(request, _("You have a place. An invitation for your calendar is on its way to you."))
    else:
        messages.success(request, _("It is full. You are in the queue, and you are told as soon as you have a place."))
    return redirect("programmes:my_activity", ref)


@login_required
@require_POST
def sign_off(request: PersonRequest, ref: UUID) -> HttpResponse:
    services.sign_off(queries.activity_for(request.user, ref), by=request.user)
    messages.success(request, _("You are not expected any more. Thank you for saying so."))
    return redirect("programmes:my_activity", ref)


@login_required
@require_safe
@never_cache
def calendar_file(request: PersonRequest, ref: UUID) -> HttpResponse:
    """The activity as a file that any calendar program opens."""
    found = queries.activity_for(request.user, ref)
    return HttpResponse(
        written([event_of(found)]),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="luotsi.ics"'},
    )


@login_required
@require_safe
@never_cache
def material(request: PersonRequest, ref: UUID, file_ref: UUID) -> HttpResponse:
    found = queries.activity_for(request.user, ref)
    return file_response(queries.file_in(found, file_ref).file)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check_in(request: PersonRequest, key: UUID) -> HttpResponse:
    """Where the code at the door leads. The page sends itself: looking at a link alone notes nothing."""
    found = queries.activity_at_door(request.user, key)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if carried_out(form, lambda: attendance.check_in(found, by=request.user)):
        messages.success(request, _("Welcome! It is noted that you are here."))
        return redirect("programmes:my_activity", found.ref)
    mine = queries.attendance_of(found, request.user)
    page = {
        "activity": found,
        "when": when(found),
        "form": form,
        "is_there": mine is not None and mine.state == AttendanceState.ATTENDED,
        "is_open": queries.is_door_open(found) and found.state != ActivityState.CANCELLED,
    }
    return render(request, "programmes/attendance_check_in.html", page)
