"""Pages for whoever has applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import RefusedError
from luotsi.core.versions import text_of
from luotsi.programmes.enums import APPLICATION_MOVES, UNDECIDED, ApplicationState
from luotsi.programmes.forms.apply import GuardianAddressForm
from luotsi.programmes.messages.apply import role_name
from luotsi.programmes.messages.told import told_in
from luotsi.programmes.queries import applications as application_queries
from luotsi.programmes.queries import calls
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.services import answers, guardians
from luotsi.programmes.services import applications as application_services
from luotsi.programmes.views.steps import Changing
from luotsi.web.forms import carried_out
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
        "may_change": found.state in UNDECIDED,
        "role_name": role_name(model_in(found.round.programme.description), found.role),
        "guardian": calls.guardian_of(found),
        "guardian_is_missing": calls.guardian_is_missing(found),
        "terms": text_of(found.terms) if found.terms else None,
    }
    return render(request, "programmes/my_application.html", page)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, ref: UUID) -> HttpResponse:
    """All questions on one page. Those that the answers bring up come when it is sent."""
    found = application_queries.application_by(request.user, ref)
    if found.state not in UNDECIDED:
        raise RefusedError(_("This application has been decided already, so it is not changed any more."))
    changing = Changing.of(found)
    taken = changing.sent(request.POST) if request.method == "POST" else changing.begun()
    if request.method == "POST" and taken.typed is None:
        answers.change_answers(found, taken.told, by=request.user)
        messages.success(request, _("Your answers have been changed."))
        return redirect("programmes:my_application", ref)
    page = {
        "application": found,
        "form": changing.form(taken),
        "brought_up": taken.typed is not None and not taken.faults,
        "skill_names": calls.usual_skills(found.round.programme.network),
    }
    return render(request, "programmes/my_application_change.html", page)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: PersonRequest, ref: UUID) -> HttpResponse:
    """A minor asks the guardian again, at the same address or another one."""
    found = application_queries.application_by(request.user, ref)
    asked = calls.guardian_of(found)
    initial = {"email": asked.email, "language": asked.language} if asked else {}
    form = GuardianAddressForm(request.POST if request.method == "POST" else None, initial=initial)
    if carried_out(form, lambda: guardians.ask_guardian(found, **form.cleaned_data, by=request.user)):
        messages.success(request, _("We have written to your guardian."))
        return redirect("programmes:my_application", ref)
    return render(request, "programmes/my_application_guardian.html", {"application": found, "form": form})


@login_required
@require_POST
def withdraw(request: PersonRequest, ref: UUID) -> HttpResponse:
    application_services.withdraw(application_queries.application_by(request.user, ref), by=request.user)
    messages.success(request, _("Your application has been withdrawn."))
    return redirect("programmes:my_application", ref)
