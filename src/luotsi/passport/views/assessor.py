"""Pages of the assessor: the queue, and one claim with criteria and evidence side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luotsi.passport import queries
from luotsi.passport.forms import DecisionForm
from luotsi.passport.services import claims
from luotsi.passport.services.claims import CriterionJudged
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.passport.models import Claim
    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def queue(request: PersonRequest) -> HttpResponse:
    page = page_of(queries.queue_for(request.user), request.GET, by=("submitted_at", "pk"))
    return render(request, "passport/queue.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: PersonRequest, ref: UUID) -> HttpResponse:
    claim = queries.waiting_claim_for(request.user, ref)
    criteria = queries.criteria_of(claim.mark)
    form = DecisionForm(request.POST or None, criteria=criteria)
    awards = request.POST.get("outcome") == "award"
    if form.is_valid() and carried_out(form, lambda: _decide(claim, form, awards=awards, request=request)):
        said = _("The mark is awarded and signed.") if awards else _("The claim is returned with your reasons.")
        messages.success(request, said)
        return redirect("passport:queue")
    page = {
        "claim": claim,
        "form": form,
        "evidence": list(claim.evidence.order_by("pk")),
        "decisions": queries.decisions_of(claim),
    }
    return render(request, "passport/decide.html", page)


def _decide(claim: Claim, form: DecisionForm, *, awards: bool, request: PersonRequest) -> None:
    met = set(form.cleaned_data["met"])
    judged = [CriterionJudged(criterion=row, is_met=ref in met) for ref, row in form.criteria.items()]
    act = claims.award_claim if awards else claims.return_claim
    act(claim, by=request.user, reasons=form.cleaned_data["reasons"], judged=judged)
