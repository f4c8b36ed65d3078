"""Pages of frameworks, for those who make marks from them and judge by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luotsi.competence.forms.frameworks import FrameworkForm
from luotsi.competence.queries import frameworks as queries
from luotsi.competence.rules import may_import
from luotsi.competence.services import imports as services
from luotsi.core.errors import NotThereError
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def frameworks(request: PersonRequest) -> HttpResponse:
    page = page_of(queries.frameworks_for(request.user), request.GET, by=("-created_at", "-pk"))
    return render(request, "competence/frameworks.html", {"page": page, "may_import": may_import(request.user)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_framework(request: PersonRequest) -> HttpResponse:
    if not may_import(request.user):
        raise NotThereError
    form = FrameworkForm(request.POST or None, request.FILES or None)
    reports: list[services.ImportReport] = []
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        carried_out(form, lambda: reports.append(services.import_framework(content, by=request.user)))
    if reports:
        messages.success(request, _said(reports[0]))
        return redirect("competence:frameworks")
    return render(request, "competence/import.html", {"form": form})


def _said(report: services.ImportReport) -> str:
    if not report.is_new:
        return _("Nothing changed: this very version is here already.")
    counts = report.reading.counts
    told = {"units": counts.areas, "criteria": counts.criteria}
    if report.replaces is not None:
        return _("The new version is here. Units: %(units)s, criteria: %(criteria)s.") % told
    return _("The framework is here. Units: %(units)s, criteria: %(criteria)s.") % told


@login_required
@require_safe
def framework(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.framework_for(request.user, ref)
    page = page_of(queries.areas_of(found), request.GET, by=("position", "pk"))
    return render(request, "competence/framework.html", {"framework": found, "page": page})


@login_required
@require_safe
def area(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.area_for(request.user, ref)
    page = page_of(queries.competences_of(found), request.GET, by=("position", "pk"))
    may_make_marks = bool(page.rows) and networks_for(request.user, Role.COORDINATOR).exists()
    return render(request, "competence/area.html", {"area": found, "page": page, "may_make_marks": may_make_marks})
