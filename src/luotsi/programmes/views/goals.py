"""Pages of main goals, and of what the evaluation found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import NotThereError
from luotsi.programmes.enums import FindingState
from luotsi.programmes.forms.partners import DecisionForm, FindingForm, GoalForm
from luotsi.programmes.messages.finding_texts import findings_as_text
from luotsi.programmes.queries import goals as queries
from luotsi.programmes.queries.descriptions import card_of
from luotsi.programmes.queries.partners import partner_in, shared_programme_for
from luotsi.programmes.queries.programmes import programme_for
from luotsi.programmes.rules import may_run, may_set_goal
from luotsi.programmes.services import findings, goals
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.partners import Finding, Partner
    from luotsi.programmes.models.programmes import Programme

form_page = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@form_page
def new_goal(request: PersonRequest, ref: UUID, partner_ref: UUID) -> HttpResponse:
    partner = _to_aim(request, ref, partner_ref)
    form = GoalForm(
        request.POST or None,
        conclusions=queries.conclusions_to_take(partner),
        competences=queries.competences_to_name(partner),
    )
    if carried_out(form, lambda: goals.set_goal(partner, goal=form.goal(), by=request.user)):
        messages.success(request, _("The main goal is written down."))
        return redirect("programmes:partner", ref, partner_ref)
    page = {"programme": partner.programme, "partner": partner, "form": form}
    return render(request, "programmes/goal.html", page)


@login_required
@require_POST
def take_conclusions(request: PersonRequest, ref: UUID, partner_ref: UUID) -> HttpResponse:
    """All that HR days ended in for this organisation become main goals, each in its own words."""
    partner = _to_aim(request, ref, partner_ref)
    taken = goals.take_conclusions(partner, conclusions=list(queries.conclusions_to_take(partner)), by=request.user)
    if taken:
        messages.success(request, _("What the HR day ended in are main goals of the programme now."))
    return redirect("programmes:partner", ref, partner_ref)


@login_required
@require_POST
def remove_goal(request: PersonRequest, ref: UUID, partner_ref: UUID, goal_ref: UUID) -> HttpResponse:
    partner = _to_aim(request, ref, partner_ref)
    goals.remove_goal(queries.goal_of(partner, goal_ref), by=request.user)
    messages.success(request, _("The main goal is removed. What it was stays written."))
    return redirect("programmes:partner", ref, partner_ref)


@login_required
@require_safe
def shared_findings(request: PersonRequest, ref: UUID) -> HttpResponse:
    """What was found, for the partners' people."""
    programme = shared_programme_for(request.user, ref)
    return render(request, "programmes/findings.html", _page_of(request, programme))


@login_required
@form_page
def finding_list(request: PersonRequest, ref: UUID) -> HttpResponse:
    """What was found; posted, one more."""
    programme = programme_for(request.user, ref)
    form = FindingForm(request.POST or None)
    if carried_out(form, lambda: findings.propose_finding(programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The finding is written down."))
        return redirect("programmes:findings", ref)
    return render(request, "programmes/findings.html", {**_page_of(request, programme), "form": form})


@login_required
@form_page
def change_finding(request: PersonRequest, ref: UUID, finding_ref: UUID) -> HttpResponse:
    found = _finding(request, ref, finding_ref)
    form = FindingForm(request.POST or None, initial={"text": found.text, "change": found.change})
    if carried_out(form, lambda: findings.change_finding(found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The finding is written down."))
        return redirect("programmes:findings", ref)
    page = {"programme": found.programme, "finding": found, "form": form}
    return render(request, "programmes/finding_change.html", page)


@login_required
@form_page
def decide_finding(request: PersonRequest, ref: UUID, finding_ref: UUID) -> HttpResponse:
    found = _finding(request, ref, finding_ref)
    form = DecisionForm(request.POST or None)

    def decide() -> None:
        told = form.cleaned_data
        findings.decide_finding(found, is_accepted=told["outcome"] == "yes", grounds=told["grounds"], by=request.user)

    if carried_out(form, decide):
        messages.success(request, _("The decision is written down."))
        return redirect("programmes:findings", ref)
    page = {"programme": found.programme, "finding": found, "form": form}
    return render(request, "programmes/finding_decide.html", page)


@login_required
@require_safe
def findings_text(request: PersonRequest, ref: UUID) -> HttpResponse:
    """What is accepted for the model's next version, as a text to keep with it."""
    programme = programme_for(request.user, ref)
    text = findings_as_text(programme, list(queries.findings_of(programme)))
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="findings-{programme.model_key}.txt"'
    return answer


def _page_of(request: PersonRequest, programme: Programme) -> dict[str, object]:
    found = list(queries.findings_of(programme))
    return {
        "programme": programme,
        "model": card_of(programme),
        "groups": [(state, [each for each in found if each.state == state]) for state in FindingState],
        "runs": may_run(request.user, programme),
        "form": None,
    }


def _finding(request: PersonRequest, ref: UUID, finding_ref: UUID) -> Finding:
    return queries.finding_in(programme_for(request.user, ref), finding_ref)


def _to_aim(request: PersonRequest, ref: UUID, partner_ref: UUID) -> Partner:
    """Raises NotThereError for who sees the partner, but does not set its goals."""
    partner = partner_in(shared_programme_for(request.user, ref), partner_ref)
    if not may_set_goal(request.user, partner):
        raise NotThereError
    return partner
