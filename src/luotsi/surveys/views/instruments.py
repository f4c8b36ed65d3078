"""Pages of instruments, for those who put them to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luotsi.surveys.messages.answers import KINDS
from luotsi.surveys.queries import instruments as queries

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def instruments(request: PersonRequest) -> HttpResponse:
    found = queries.current_instruments_for(request.user)
    may_import = queries.networks_to_keep_in(request.user).exists()
    return render(request, "surveys/instruments.html", {"instruments": found, "may_import": may_import})


@login_required
@require_safe
def instrument(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.instrument_for(request.user, ref)
    context = {"instrument": found, "form": found.questions, "versions": queries.versions_of(found), "kinds": KINDS}
    return render(request, "surveys/instrument.html", context)
