"""Pages of what somebody shows, and is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.competence.forms.assessments import ShareForm
from luotsi.competence.models import GrowthShare
from luotsi.competence.queries import shares as queries
from luotsi.competence.queries.growth import growth_for, growth_through
from luotsi.competence.services import shares as services
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """First the preview of what will be seen, then the share itself."""
    form = ShareForm(request.POST or None, person=request.user)
    given: list[GrowthShare] = []
    if "sure" in request.POST and carried_out(form, lambda: given.append(services.show(form.wish, by=request.user))):
        messages.success(request, _("It is shown now. You can take it back at any time."))
        return redirect("competence:share", given[0].ref)
    preview = None
    if form.is_bound and form.is_valid():
        wish = form.wish
        share = GrowthShare(person=request.user, area=wish.area, with_words=wish.with_words)
        preview = growth_through(share, request.GET)
    return render(request, "competence/share_new.html", {"form": form, "preview": preview})


@login_required
@require_safe
def share(request: PersonRequest, ref: UUID) -> HttpResponse:
    """One's own share: to whom, and exactly what is seen."""
    found = queries.share_for(request.user, ref)
    page = {"share": found, "growth": growth_through(found, request.GET)}
    return render(request, "competence/share.html", page)


@login_required
@require_POST
def take_back(request: PersonRequest, ref: UUID) -> HttpResponse:
    services.take_back(queries.share_for(request.user, ref), by=request.user)
    messages.success(request, _("It is not shown any more."))
    return redirect("competence:mine")


@login_required
@require_safe
def shown(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Somebody's growth, as that person shows it."""
    found, growth = growth_for(request.user, ref, request.GET)
    return render(request, "competence/share_shown.html", {"share": found, "growth": growth})
