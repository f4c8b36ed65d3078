"""Pages of frameworks, for those who make marks from them and judge by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luotsi.competence.queries import frameworks as queries
from luotsi.competence.rules import may_import
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def frameworks(request: PersonRequest) -> HttpResponse:
    page = page_of(queries.frameworks_for(request.user), request.GET, by=("-created_at", "-pk"))
    given = {"page": page, "may_import": may_import(request.user)}
    return render(request, "competence/frameworks.html", given)


@login_required
@require_safe
def framework(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.version_for(request.user, ref)
    given = {
        "framework": found,
        "page": page_of(queries.areas_of(found), request.GET, by=("position", "pk")),
        "versions": queries.other_versions_of(found),
        "waits_for_levels": queries.scales_missing_in(found),
        "may_import": may_import(request.user),
    }
    return render(request, "competence/framework.html", given)


@login_required
@require_safe
def area(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.area_of_any_version_for(request.user, ref)
    is_current = found.framework.retired_at is None
    given = {
        "area": found,
        "page": page_of(queries.competences_of(found), request.GET, by=("position", "pk")),
        "requirements": found.requirements.order_by("position"),
        "by_level": queries.by_level,
        "parts": found.parts.order_by("position"),
        "may_make_marks": is_current and networks_for(request.user, Role.COORDINATOR).exists(),
    }
    return render(request, "competence/area.html", given)
