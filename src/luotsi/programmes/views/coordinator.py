"""Pages of the coordinator: programmes, from a draft to their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import NotThereError, RefusedError
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.programmes.forms.programmes import ProgrammeForm
from luotsi.programmes.messages.checklist import checklist_of
from luotsi.programmes.messages.foundations import lines_of
from luotsi.programmes.messages.set_up import here, names_of_steps
from luotsi.programmes.queries import descriptions
from luotsi.programmes.queries import lists as list_queries
from luotsi.programmes.queries import programmes as programme_queries
from luotsi.programmes.queries.foundations import foundations_of
from luotsi.programmes.queries.rounds import may_recruit_again, rounds_of
from luotsi.programmes.queries.set_up import models_offered_in
from luotsi.programmes.services import programmes as programme_services
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.models import Person
    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.programmes import Programme


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
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None, networks=networks, models=models_offered_in(*networks)
    )
    if request.method == "POST" and (made := drafted(form, by=request.user)):
        return redirect(here(made))
    return render(request, "programmes/new_programme.html", {"form": form, "steps": names_of_steps()})


def drafted(form: ProgrammeForm, *, by: Person) -> Programme | None:
    """The draft that the form asks for; none, and why not on the form, if it cannot be made."""
    made: list[Programme] = []

    def draft() -> None:
        network, key = form.chosen_network(), form.cleaned_data["model_key"]
        if key not in {model.key for model in models_offered_in(network)}:
            raise RefusedError(_("This network does not have the model. Choose another one."))
        starts_on = form.cleaned_data["starts_on"]
        made.append(
            programme_services.draft_programme(network, model_key=key, name=form.names(), starts_on=starts_on, by=by)
        )

    return made[0] if carried_out(form, draft) else None


@login_required
@require_safe
def programme(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = programme_queries.programme_for(request.user, ref)
    funnel, newest = programme_queries.funnel_of(found), list_queries.imports_of(found).first()
    rounds = list(rounds_of(found))
    page = {
        "programme": found,
        "model": descriptions.card_of(found),
        "funnel": funnel,
        "plan": programme_queries.plan_of(found),
        "checklist": checklist_of(found, rounds[0] if rounds else None, funnel, newest),
        "lines": lines_of(foundations_of(found)),
        "rounds": rounds,
        "may_recruit_again": may_recruit_again(rounds),
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
