"""Pages of the participant: the passport, claims and credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.passport import queries
from luotsi.passport.forms import EvidenceForm
from luotsi.passport.services import claims
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def passport(request: PersonRequest) -> HttpResponse:
    mine = list(queries.claims_for(request.user)[:100])
    chosen = [claim.mark_id for claim in mine]
    page = page_of(queries.offering_for(request.user).exclude(pk__in=chosen), request.GET, by=("theme", "key", "pk"))
    return render(request, "passport/passport.html", {"claims": mine, "page": page})


@login_required
@require_POST
def choose(request: PersonRequest, ref: UUID) -> HttpResponse:
    claim = claims.choose_mark(queries.offered_mark_for(request.user, ref), by=request.user)
    messages.success(request, _("The mark is in your plan."))
    return redirect("passport:claim", claim.ref)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: PersonRequest, ref: UUID) -> HttpResponse:
    mine = queries.claim_for(request.user, ref)
    form = EvidenceForm(request.POST or None)
    if form.is_valid() and carried_out(
        form, lambda: claims.add_evidence(mine, form.cleaned_data["text"], by=request.user)
    ):
        messages.success(request, _("The evidence is added."))
        return redirect("passport:claim", ref)
    decisions = queries.decisions_of(mine)
    page = {
        "claim": mine,
        "form": form,
        "criteria": queries.criteria_of(mine.mark),
        "evidence": list(mine.evidence.order_by("pk")),
        "decisions": decisions,
        "judged": queries.judged_last(decisions),
    }
    return render(request, "passport/claim.html", page)


@login_required
@require_POST
def submit(request: PersonRequest, ref: UUID) -> HttpResponse:
    claims.submit_claim(queries.claim_for(request.user, ref), by=request.user)
    messages.success(request, _("Your claim is with the assessors."))
    return redirect("passport:claim", ref)


@login_required
@require_POST
def withdraw(request: PersonRequest, ref: UUID) -> HttpResponse:
    claims.withdraw_claim(queries.claim_for(request.user, ref), by=request.user)
    messages.success(request, _("The claim is withdrawn. You can take it up again."))
    return redirect("passport:mine")


@login_required
@require_safe
def download(request: PersonRequest, ref: UUID) -> HttpResponse:
    credential = queries.credential_for(request.user, ref)
    named = {"Content-Disposition": f'attachment; filename="{credential.claim.mark.key}.json"'}
    return HttpResponse(bytes(credential.document), content_type="application/vc+ld+json", headers=named)
