"""Pages for whoever has applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luotsi.programmes.enums import APPLICATION_MOVES, ApplicationState
from luotsi.programmes.messages.told import told_in
from luotsi.programmes.queries import applications as application_queries
from luotsi.programmes.services import applications as application_services
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def applications(request: PersonRequest) -> HttpResponse:
    page = page_of(application_queries.applications_by(request.user), request, by=("-submitted_on", "-pk"))
    return render(request, "programmes/my_applications.html", {"page": page})


@login_required
@require_safe
def application(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = application_queries.application_by(request.user, ref)
    page = {
        "application": found,
        "told": told_in(found),
        "may_withdraw": ApplicationState.WITHDRAWN in APPLICATION_MOVES[ApplicationState(found.state)],
    }
    return render(request, "programmes/my_application.html", page)


@login_required
@require_POST
def withdraw(request: PersonRequest, ref: UUID) -> HttpResponse:
    application_services.withdraw(application_queries.application_by(request.user, ref), by=request.user)
    messages.success(request, _("Your application has been withdrawn."))
    return redirect("programmes:my_application", ref)
