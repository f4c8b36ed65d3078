"""Pages of the coordinator: programmes and applications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import NotThereError
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.programmes.enums import APPLICATION_MOVES, ApplicationState
from luotsi.programmes.forms.applications import DecisionForm, FilterForm
from luotsi.programmes.forms.programmes import ProgrammeForm
from luotsi.programmes.messages.checklist import checklist_of
from luotsi.programmes.messages.told import told_in
from luotsi.programmes.queries import applications as application_queries
from luotsi.programmes.queries import descriptions
from luotsi.programmes.queries import lists as list_queries
from luotsi.programmes.queries import programmes as programme_queries
from luotsi.programmes.services import applications as application_services
from luotsi.programmes.services import programmes as programme_services
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.programmes import Programme, Round


@login_required
@require_safe
def programmes(request: PersonRequest) -> HttpResponse:
    if not networks_for(request.user, Role.COORDINATOR).exists():
        raise NotThereError
    page = page_of(programme_queries.programmes_for(request.user), request, by=("-starts_on", "-pk"))
    return render(request, "programmes/programmes.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_programme(request: PersonRequest) -> HttpResponse:
    networks = list(networks_for(request.user, Role.COORDINATOR))
    if not networks:
        raise NotThereError
    form = ProgrammeForm(request.POST or None, networks=networks, models=descriptions.shipped_models())
    made: list[Programme] = []

    def draft() -> None:
        values = {name: form.cleaned_data[name] for name in ("model_key", "starts_on")}
        made.append(
            programme_services.draft_programme(form.chosen_network(), name=form.names(), by=request.user, **values)
        )

    if request.method == "POST" and carried_out(form, draft):
        return redirect("programmes:programme", made[0].ref)
    return render(request, "programmes/new_programme.html", {"form": form})


@login_required
@require_safe
def programme(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = programme_queries.programme_for(request.user, ref)
    funnel, newest = programme_queries.funnel_of(found), list_queries.imports_of(found).first()
    page = {
        "programme": found,
        "model": descriptions.card_of(found),
        "funnel": funnel,
        "plan": programme_queries.plan_of(found),
        "checklist": checklist_of(found, programme_queries.round_of(found), funnel, newest),
    }
    return render(request, "programmes/programme.html", page)


@login_required
@require_POST
def open_programme(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme_services.publish_programme(programme_queries.programme_for(request.user, ref), by=request.user)
    messages.success(request, _("The programme is open."))
    return redirect("programmes:programme", ref)


@login_required
@require_POST
def cancel_programme(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme_services.cancel_programme(programme_queries.programme_for(request.user, ref), by=request.user)
    messages.success(request, _("The programme has been cancelled."))
    return redirect("programmes:programme", ref)


@login_required
@require_POST
def close_programme(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme_services.close_programme(programme_queries.programme_for(request.user, ref), by=request.user)
    messages.success(request, _("The programme has been closed."))
    return redirect("programmes:programme", ref)


@login_required
@require_safe
def applications(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = programme_queries.programme_for(request.user, ref)
    form = FilterForm(request.GET)
    rows = application_queries.applications_of(
        found, state=form.chosen("state"), role=form.chosen("role"), wanted=form.chosen("name")
    )
    page = page_of(rows, request, by=("person__sort_key", "pk"))
    context = {"programme": found, "form": form, "page": page, "funnel": programme_queries.funnel_of(found)}
    return render(request, "programmes/applications.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept_submitted(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = programme_queries.programme_for(request.user, ref)
    undecided = programme_queries.funnel_of(found).undecided
    if request.method == "POST":
        application_services.ask_to_accept_submitted(_round_of(found), by=request.user)
        text = ngettext(
            "%(count)s application is being accepted. The one who applied gets a message.",
            "%(count)s applications are being accepted. Those who applied get a message.",
            undecided,
        )
        messages.success(request, text % {"count": undecided})
        return redirect("programmes:applications", ref)
    return render(request, "programmes/accept_submitted.html", {"programme": found, "undecided": undecided})


@login_required
@require_safe
def application(request: PersonRequest, ref: UUID, application_ref: UUID) -> HttpResponse:
    return _application_page(request, ref, application_ref, DecisionForm())


@login_required
@require_POST
def decide(request: PersonRequest, ref: UUID, application_ref: UUID) -> HttpResponse:
    found = application_queries.application_in(programme_queries.programme_for(request.user, ref), application_ref)
    form = DecisionForm(request.POST)
    if carried_out(
        form,
        lambda: application_services.decide(found, ApplicationState(form.cleaned_data["state"]), by=request.user),
    ):
        messages.success(request, _("Decided. %(name)s gets a message.") % {"name": found.person})
        return redirect("programmes:application", ref, application_ref)
    return _application_page(request, ref, application_ref, form)


def _application_page(request: PersonRequest, ref: UUID, application_ref: UUID, form: DecisionForm) -> HttpResponse:
    programme = programme_queries.programme_for(request.user, ref)
    found = application_queries.application_in(programme, application_ref)
    moves = APPLICATION_MOVES[ApplicationState(found.state)]
    page = {
        "programme": programme,
        "application": found,
        "told": told_in(found),
        "form": form,
        "decisions": [choice for choice in form.fields["state"].choices if choice[0] in moves],  # type: ignore[attr-defined]  # a ChoiceField
    }
    return render(request, "programmes/application.html", page)


def _round_of(programme: Programme) -> Round:
    """The newest round. Raises NotThereError while the programme is a draft."""
    found = programme_queries.round_of(programme)
    if found is None:
        raise NotThereError
    return found
