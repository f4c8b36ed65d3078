"""Pages for who assesses: the own sheet, page by page, and the own growth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.competence.enums import TaskState
from luotsi.competence.forms.assessments import AskAboutForm, SheetForm
from luotsi.competence.queries import assessments as queries
from luotsi.competence.queries import plans, shares
from luotsi.competence.queries.growth import own_growth
from luotsi.competence.services import assessments as services
from luotsi.competence.services.plans import ask_for_oneself
from luotsi.web.forms import PlainForm, carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """The own growth, and all that belongs to it."""
    person = request.user
    page = {
        "growth": own_growth(person, request.GET),
        "waiting": list(queries.waiting_tasks_of(person)),
        "about_me": list(queries.waiting_about(person)),
        "made": list(queries.done_for_others_by(person)[:20]),
        "plans": list(plans.own_plans_of(person)),
        "shares": list(shares.standing_shares_of(person)),
        "shown": list(shares.shares_shown_to(person)),
    }
    return render(request, "competence/growth_mine.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: PersonRequest, ref: UUID) -> HttpResponse:
    """A page of the sheet. What is valid is kept, also when something else has to be mended."""
    found = queries.task_for(request.user, ref)
    if found.state != TaskState.ASKED or found.plan.ended_at:
        return _read_only(request, ref)
    page = queries.pages_of(queries.asked_in(found), request.GET.get("page"))
    form = SheetForm(request.POST or None, asked=page.asked, asks_then=queries.asks_then(found))
    is_fine = form.is_valid()
    if form.is_bound:
        services.keep_draft(found, form.entries(), by=request.user)
    if form.is_bound and request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    if is_fine:
        following = reverse("competence:send", args=[ref]) if page.is_last else f"{request.path}?page={page.number + 1}"
        return redirect(following)
    return render(request, "competence/assess_sheet.html", {"task": found, "page": page, "form": form})


def _read_only(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.task_for(request.user, ref)
    said = [(each, queries.level_said(each)) for each in queries.said_in(found)]
    return render(request, "competence/assess_done.html", {"task": found, "said": said})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: PersonRequest, ref: UUID) -> HttpResponse:
    """All that was filled in, to look at once more; then it is sent."""
    found = queries.task_for(request.user, ref)
    form = PlainForm(request.POST if request.method == "POST" else None)
    is_own = found.person_id == request.user.pk
    if carried_out(form, lambda: services.send(found, by=request.user)):
        messages.success(request, _said_of(is_own))
        return redirect("competence:mine") if is_own else redirect("competence:task", ref)
    if found.state != TaskState.ASKED or found.plan.ended_at:
        return redirect("competence:task", ref)
    asked = queries.asked_in(found)
    page = {"task": found, "asked": asked, "asks_then": queries.asks_then(found), "form": form}
    return render(request, "competence/assess_send.html", page)


def _said_of(is_own: bool) -> str:  # noqa: FBT001 -- one question
    if is_own:
        return _("Thank you. Your assessment is kept. This is how you have grown.")
    return _("Thank you. Your assessment is kept.")


@login_required
@require_POST
def close_task(request: PersonRequest, ref: UUID) -> HttpResponse:
    services.close_task(queries.task_to_close_for(request.user, ref), by=request.user)
    messages.success(request, _("The assessment will not be made. Nobody asks for it again."))
    return redirect("competence:mine")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Ask a mentor or a peer for an assessment of oneself."""
    plan = plans.own_plan_for(request.user, ref)
    candidates = plans.own_candidates_for(request.user, plan)
    form = AskAboutForm(request.POST or None, candidates=candidates, with_moment=False)
    if carried_out(
        form,
        lambda: ask_for_oneself(plan, form.candidate, answer_by=form.cleaned_data["answer_by"], by=request.user),
    ):
        messages.success(request, _("%(name)s has been asked.") % {"name": form.candidate.person})
        return redirect("competence:mine")
    return render(request, "competence/assess_ask.html", {"plan": plan, "form": form, "candidates": candidates})


@login_required
@require_safe
def areas(request: PersonRequest) -> HttpResponse:
    """In what one can assess the self without having been asked."""
    page = page_of(queries.areas_open_to(request.user), request.GET, by=("-framework_id", "position", "pk"))
    return render(request, "competence/assess_areas.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def area(request: PersonRequest, ref: UUID) -> HttpResponse:
    """A page of an area's competences. Each page is written when it is sent."""
    found = queries.area_open_to(request.user, ref)
    page = queries.pages_of(queries.asked_in_area(found, request.user), request.GET.get("page", "1"))
    form = SheetForm(request.POST or None, asked=page.asked, asks_then=False)
    if carried_out(form, lambda: services.assess_oneself(request.user, form.entries(), by=request.user)):
        if not page.is_last:
            return redirect(f"{request.path}?page={page.number + 1}")
        messages.success(request, _("Your assessment is kept."))
        return redirect("competence:mine")
    return render(request, "competence/assess_area.html", {"area": found, "page": page, "form": form})
