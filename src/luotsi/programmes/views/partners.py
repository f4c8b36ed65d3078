"""Pages of a programme's partners: who they are, what they emphasise, who speaks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luotsi.core.errors import NotThereError
from luotsi.programmes.forms.partners import (
    AddPartnerForm,
    EmphasisForm,
    NamedForm,
    QuotaForm,
    SponsorForm,
    emphasis_of,
)
from luotsi.programmes.queries import goals as goal_queries
from luotsi.programmes.queries import partners as queries
from luotsi.programmes.queries.plans import standing_of, standings_of
from luotsi.programmes.queries.programmes import programme_for
from luotsi.programmes.rules import may_approve, may_run, may_set_goal, may_speak_for
from luotsi.programmes.services import partners
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.partners import Partner

form_page = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@form_page
def partner_list(request: PersonRequest, ref: UUID) -> HttpResponse:
    """All partners with how they stand; posted, one more."""
    programme = programme_for(request.user, ref)
    offered = list(queries.organisations_to_join(programme))
    form = AddPartnerForm(request.POST or None, organisations=offered)
    if carried_out(form, lambda: partners.add_partner(programme, organisation=form.chosen(), by=request.user)):
        messages.success(request, _("The organisation is a partner now."))
        return redirect("programmes:partners", ref)
    found = list(queries.partners_of(programme))
    page = {
        "programme": programme,
        "standings": standings_of(programme, found),
        "quota": queries.quota_of(found),
        "form": form if offered else None,
    }
    return render(request, "programmes/partners.html", page)


@login_required
@require_http_methods(["GET", "HEAD"])
def partner(request: PersonRequest, ref: UUID, partner_ref: UUID) -> HttpResponse:
    return _draw(request, ref, partner_ref)


@login_required
@form_page
def emphasis(request: PersonRequest, ref: UUID, partner_ref: UUID) -> HttpResponse:
    found = _own(request, ref, partner_ref)
    words = request.GET.get("words", "")[:80]
    chosen = [row.area for row in found.areas.select_related("area__framework")]
    areas = [*chosen, *(area for area in queries.areas_to_choose(found.programme.network, words) if area not in chosen)]
    for area_ref in request.POST.getlist("areas"):
        if area_ref not in {str(area.ref) for area in areas}:
            areas += queries.area_with(found.programme.network, area_ref)
    form = EmphasisForm(request.POST or None, areas=areas, initial=emphasis_of(found))

    def keep() -> None:
        told = {"areas": form.chosen_areas(), "task": form.task(), "outputs": form.outputs()}
        partners.set_emphasis(found, by=request.user, **told)  # type: ignore[arg-type]  # each of its kind

    if carried_out(form, keep):
        messages.success(request, _("It is written down what %(name)s emphasises.") % {"name": found.organisation.name})
        return redirect("programmes:partner", ref, partner_ref)
    page = {"programme": found.programme, "partner": found, "form": form, "words": words}
    return render(request, "programmes/partner_emphasis.html", page)


@login_required
@form_page
def sponsor(request: PersonRequest, ref: UUID, partner_ref: UUID) -> HttpResponse:
    found = _own(request, ref, partner_ref)
    initial = {"person": str(found.sponsor.ref) if found.sponsor else ""}
    form = SponsorForm(request.POST or None, managers=queries.managers_of(found.organisation), initial=initial)

    def keep() -> None:
        if form.cleaned_data["email"]:
            partners.name_sponsor(found, named=form.named(), by=request.user)
        else:
            partners.set_sponsor(found, sponsor=form.chosen(), by=request.user)

    if carried_out(form, keep):
        messages.success(request, _("It is written down who the sponsor is."))
        return redirect("programmes:partner", ref, partner_ref)
    page = {"programme": found.programme, "partner": found, "form": form}
    return render(request, "programmes/partner_sponsor.html", page)


@login_required
@require_POST
def name_contact(request: PersonRequest, ref: UUID, partner_ref: UUID) -> HttpResponse:
    found = _own(request, ref, partner_ref)
    form = NamedForm(request.POST)
    if carried_out(form, lambda: partners.name_contact(found, named=form.named(), by=request.user)):
        messages.success(request, _("The contact is named and told by e-mail."))
        return redirect("programmes:partner", ref, partner_ref)
    return _draw(request, ref, partner_ref, form=form)


@login_required
@require_POST
def remove_contact(request: PersonRequest, ref: UUID, partner_ref: UUID, contact_ref: UUID) -> HttpResponse:
    found = _own(request, ref, partner_ref)
    partners.remove_contact(queries.contact_of(found, contact_ref), by=request.user)
    messages.success(request, _("The contact is removed."))
    return (
        redirect("programmes:plan", ref)
        if not may_speak_for(request.user, found)
        else redirect("programmes:partner", ref, partner_ref)
    )


@login_required
@form_page
def quota(request: PersonRequest, ref: UUID, partner_ref: UUID) -> HttpResponse:
    programme = programme_for(request.user, ref)
    found = queries.partner_in(programme, partner_ref)
    initial = {"mentors": found.mentors_wanted, "mentees": found.mentees_wanted}
    form = QuotaForm(request.POST or None, initial=initial)
    if carried_out(form, lambda: partners.set_quota(found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("It is written down how many are hoped for."))
        return redirect("programmes:partner", ref, partner_ref)
    return render(request, "programmes/partner_quota.html", {"programme": programme, "partner": found, "form": form})


@login_required
@require_POST
def move_partner(request: PersonRequest, ref: UUID, partner_ref: UUID) -> HttpResponse:
    """Make it the host, or let it leave. What is neither does nothing."""
    found = queries.partner_in(programme_for(request.user, ref), partner_ref)
    if request.POST.get("to") == "host":
        partners.set_host(found, by=request.user)
        messages.success(request, _("%(name)s is the host now.") % {"name": found.organisation.name})
    elif request.POST.get("to") == "leave":
        partners.remove_partner(found, by=request.user)
        messages.success(request, _("%(name)s has left the programme.") % {"name": found.organisation.name})
    return redirect("programmes:partners", ref)


def _own(request: PersonRequest, ref: UUID, partner_ref: UUID) -> Partner:
    """A partner of the programme that the person may speak for. Raises NotThereError."""
    found = queries.partner_for(request.user, partner_ref)
    if found.programme.ref != ref:
        raise NotThereError
    return found


def _draw(request: PersonRequest, ref: UUID, partner_ref: UUID, form: NamedForm | None = None) -> HttpResponse:
    programme = queries.shared_programme_for(request.user, ref)
    found = queries.partner_in(programme, partner_ref)
    page = {
        "programme": programme,
        "partner": found,
        "standing": standing_of(found),
        "runs": may_run(request.user, programme),
        "may_speak": may_speak_for(request.user, found),
        "may_approve": may_approve(request.user, found),
        "may_set_goal": may_set_goal(request.user, found),
        "to_take": goal_queries.conclusions_to_take(found),
        "removed": goal_queries.removed_goals_of(found)[:20],
        "activities": found.activities.select_related("phase").order_by("starts_local", "due_on", "pk"),
        "form": form or NamedForm(),
    }
    return render(request, "programmes/partner.html", page)
