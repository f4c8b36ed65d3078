"""Pages for coordinators: that pairs agreed and met, never what they wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luotsi.mentoring.queries.pairs import pair_in, pairs_from, pairs_of, watched
from luotsi.mentoring.queries.relationships import plan_of
from luotsi.mentoring.services import relationships
from luotsi.programmes.queries.programmes import programme_for
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest

MOST_WATCHED = 20


@login_required
@require_safe
def pairs(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme = programme_for(request.user, ref)
    found = pairs_of(programme)
    to_look_at = pairs_from(found.filter(watched()).order_by("created_at", "pk")[: MOST_WATCHED + 1])
    page = page_of(found, request, by=("sort_key",))
    shown = {
        "programme": programme,
        "page": page,
        "pairs": pairs_from(page.rows),
        "watched": to_look_at[:MOST_WATCHED],
        "has_more_watched": len(to_look_at) > MOST_WATCHED,
        "planned": plan_of(programme).planned,
    }
    return render(request, "mentoring/pairs.html", shown)


@login_required
@require_POST
def remind(request: PersonRequest, ref: UUID, pair_ref: UUID) -> HttpResponse:
    programme = programme_for(request.user, ref)
    relationships.remind(pair_in(programme, pair_ref), by=request.user)
    messages.success(request, _("Both have been sent a friendly reminder."))
    return redirect("mentoring:pairs", ref)
