"""Activities for trainers and coordinators: who comes, who was there, the code at the door, materials."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import Markup

from luotsi.comms.queries import absolute
from luotsi.core.errors import NotThereError
from luotsi.programmes.enums import ActivityState, AttendanceState
from luotsi.programmes.formats.values import ActivityKind
from luotsi.programmes.forms.activities import FileForm
from luotsi.programmes.messages.activities import when
from luotsi.programmes.queries import activities as queries
from luotsi.programmes.queries import assignments, training
from luotsi.programmes.queries.programmes import programme_for
from luotsi.programmes.services import activities as services
from luotsi.programmes.services import attendance as attendance_services
from luotsi.programmes.views.files import file_response
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.plans import Activity


@login_required
@require_safe
def trained(request: PersonRequest) -> HttpResponse:
    """Activities at which the person trains: the coming ones, and under `?past=1` those that are over."""
    mine = queries.trained_activities_of(request.user).exclude(state=ActivityState.CANCELLED)
    if not queries.programmes_trained_by(request.user).exists():
        raise NotThereError
    today, is_past = timezone.localdate(), request.GET.get("past") == "1"
    found = mine.filter(day__lt=today) if is_past else mine.filter(day__gte=today)
    page = {
        "page": page_of(found, request, by=("-day", "-pk") if is_past else ("day", "pk")),
        "is_past": is_past,
        "waiting": assignments.waiting_answers_of(request.user).count(),
        "when": when,
    }
    return render(request, "programmes/activities_trained.html", page)


@login_required
@require_safe
def attendance(request: PersonRequest, ref: UUID) -> HttpResponse:
    """The list at the door, the answers to an assignment, and the materials."""
    return _draw(request, ref, FileForm())


def _draw(request: PersonRequest, ref: UUID, form: FileForm) -> HttpResponse:
    found = queries.trained_activity_of(request.user, ref)
    expected = queries.expected_at(found)
    page = {
        "activity": found,
        "when": when(found),
        "expected": expected,
        "answers": list(assignments.answers_to(found, request.user)),
        "missing": list(assignments.missing_answers_to(found)) if _is_assignment(found) else [],
        "is_late": found.due_on is not None and found.due_on < timezone.localdate(),
        "files": list(found.files.select_related("file").order_by("pk")),
        "form": form,
        "may_note": found.starts_local is not None and found.state != ActivityState.CANCELLED,
        "days_waiting": assignments.days_waiting,
    }
    return render(request, "programmes/attendance.html", page | _counted(expected))


def _is_assignment(found: Activity) -> bool:
    return found.kind == ActivityKind.INTERIM_ASSIGNMENT


def _counted(expected: list[queries.Expected]) -> dict[str, Any]:
    states = [each.state for each in expected]
    return {
        "there": states.count(AttendanceState.ATTENDED),
        "coming": states.count(AttendanceState.SIGNED_UP),
        "queuing": states.count(AttendanceState.QUEUING),
    }


@login_required
@require_POST
def note_presence(request: PersonRequest, ref: UUID, person_ref: UUID) -> HttpResponse:
    """One person was there, or was not. With htmx the row alone comes back."""
    found = queries.trained_activity_of(request.user, ref)
    expected = queries.expected_at(found)
    each = next((each for each in expected if each.person.ref == person_ref), None)
    if each is None:
        raise NotThereError
    noted = attendance_services.note_presence(
        found, each.person, was_there=request.POST.get("was_there") == "yes", by=request.user
    )
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('programmes:attendance', args=[ref])}#p-{person_ref}")
    row = queries.Expected(person=each.person, state=AttendanceState(noted.state))
    return render(request, "programmes/attendance_row.html", {"activity": found, "each": row})


@login_required
@require_POST
def note_all(request: PersonRequest, ref: UUID) -> HttpResponse:
    noted = attendance_services.note_all_present(queries.trained_activity_of(request.user, ref), by=request.user)
    told = ngettext("%(count)d person more was there.", "%(count)d people more were there.", noted)
    messages.success(request, told % {"count": noted})
    return redirect("programmes:attendance", ref)


@login_required
@require_POST
def finish(request: PersonRequest, ref: UUID) -> HttpResponse:
    attendance_services.finish(queries.trained_activity_of(request.user, ref), by=request.user)
    messages.success(request, _("It is marked as held."))
    return redirect("programmes:attendance", ref)


@login_required
@require_safe
@never_cache
def door(request: PersonRequest, ref: UUID) -> HttpResponse:
    """A page to show on a screen or to print: the code that those who come scan."""
    found = queries.trained_activity_of(request.user, ref)
    address = absolute(reverse("programmes:check_in", args=[found.check_in_key]))
    code = segno.make(address, error="m", micro=False).svg_inline(
        border=4,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        dark="#000",
        light="#fff",
        title=_("Code for checking in"),
    )
    page = {"activity": found, "when": when(found), "address": address, "code": Markup(code)}  # noqa: S704 -- drawn by segno of an address of ours
    return render(request, "programmes/attendance_door.html", page)


@login_required
@require_POST
def bring_material(request: PersonRequest, ref: UUID) -> HttpResponse:
    found: Activity = queries.trained_activity_of(request.user, ref)
    form = FileForm(request.POST, request.FILES)

    def bring() -> None:
        name, content = form.chosen
        services.bring_material(found, name=name, content=content, by=request.user)

    if carried_out(form, bring):
        messages.success(request, _("The file is there for everybody whom this is for."))
        return redirect("programmes:attendance", ref)
    return _draw(request, ref, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def trained_material(request: PersonRequest, ref: UUID, file_ref: UUID) -> HttpResponse:
    """GET hands the file out; POST removes it."""
    brought = queries.file_in(queries.trained_activity_of(request.user, ref), file_ref)
    if request.method != "POST":
        return file_response(brought.file)
    services.remove_material(brought, by=request.user)
    messages.success(request, _("The file has been removed."))
    return redirect("programmes:attendance", ref)


@login_required
@require_safe
def lacking(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Who lacks what of the training, for the coordinator."""
    programme = programme_for(request.user, ref)
    page = {
        "programme": programme,
        "comes_first": training.comes_first(programme),
        "required": training.required_training_of(programme),
        "lacking": training.lacking_in(programme),
        "when": when,
    }
    return render(request, "programmes/activities_lacking.html", page)
