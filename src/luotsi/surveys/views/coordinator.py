"""Pages for coordinators of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luotsi.surveys.messages.feedback import feedback_told
from luotsi.surveys.queries import feedback as queries

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def feedback(request: PersonRequest, ref: UUID) -> HttpResponse:
    network = queries.network_for(request.user, ref)
    found = feedback_told(queries.pooled_for(request.user, network))
    return render(request, "surveys/feedback.html", {"network": network, "results": found})
