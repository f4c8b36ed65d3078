"""Pages of those who say what their organisation needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.competence.forms.needs import NeedForm
from luotsi.competence.queries import needs as queries
from luotsi.competence.queries.needs import Asked, Picks
from luotsi.competence.services import needs as services
from luotsi.core.errors import NotThereError
from luotsi.people.formats.regions import regions_in
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from luotsi.competence.models import SkillNeed
    from luotsi.people.requests import PersonRequest

ONLY_LOOKING = "find"  # the button that looks for competences and saves nothing


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_need(request: PersonRequest) -> HttpResponse:
    form = NeedForm(places=queries.spoken_for_by(request.user), **_typed(request))
    picks = _picks(request)
    made: list[SkillNeed] = []
    if form.is_bound and carried_out(form, lambda: made.append(_state(form, picks, request))):
        messages.success(request, _("It is said. Everybody in the network sees it now."))
        return redirect("competence:need", made[0].ref)
    return render(request, "competence/need_form.html", {"form": form, "picks": picks, "need": None})


def _state(form: NeedForm, picks: Picks, request: PersonRequest) -> SkillNeed:
    place = form.place_chosen
    return services.state_need(
        place.organisation, network=place.network, details=form.details(), competences=picks.picked, by=request.user
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_need(request: PersonRequest, ref: UUID) -> HttpResponse:
    need = queries.own_need_for(request.user, ref)
    form = NeedForm(**(_typed(request) if request.method == "POST" else {"initial": _said(need)}))
    picks = _picks(request, need)
    if form.is_bound and carried_out(
        form,
        lambda: services.change_need(need, details=form.details(), competences=picks.picked, by=request.user),
    ):
        messages.success(request, _("The need is changed."))
        return redirect("competence:need", need.ref)
    return render(request, "competence/need_form.html", {"form": form, "picks": picks, "need": need})


@login_required
@require_POST
def find_competences(request: PersonRequest) -> HttpResponse:
    """The part of the form with the competences, anew. Everything that was typed comes along and nothing is kept."""
    queries.spoken_for_by(request.user)
    need = _need_of(request)
    return render(request, "competence/need_picks.html", {"picks": _picks(request, need)})


@login_required
@require_safe
def my_needs(request: PersonRequest) -> HttpResponse:
    queries.spoken_for_by(request.user)
    page = page_of(queries.own_needs_for(request.user), request.GET, by=("-created_at", "-pk"))
    shown = {"page": page, "is_over": queries.is_over, "regions": regions_in((get_language() or "fi")[:2])}
    return render(request, "competence/needs_mine.html", shown)


@login_required
@require_POST
def withdraw_need(request: PersonRequest, ref: UUID) -> HttpResponse:
    services.withdraw_need(queries.own_need_for(request.user, ref), by=request.user)
    messages.success(request, _("The need is withdrawn. Others do not see it any more; you can open it again."))
    return redirect("competence:need", ref)


@login_required
@require_POST
def answer_need(request: PersonRequest, ref: UUID) -> HttpResponse:
    services.mark_answered(queries.own_need_for(request.user, ref), by=request.user)
    messages.success(request, _("Good: the need is answered. It does not count in the demand any more."))
    return redirect("competence:need", ref)


@login_required
@require_POST
def reopen_need(request: PersonRequest, ref: UUID) -> HttpResponse:
    services.reopen_need(queries.own_need_for(request.user, ref), by=request.user)
    messages.success(request, _("The need is open again."))
    return redirect("competence:need", ref)


def _typed(request: PersonRequest) -> dict[str, Any]:
    """What the form begins with: what was sent; as it was typed, unjudged, when somebody was only looking."""
    if request.method != "POST":
        return {}
    return {"initial": request.POST.dict()} if ONLY_LOOKING in request.POST else {"data": request.POST}


def _said(need: SkillNeed) -> dict[str, Any]:
    columns = ("words", "people", "needed_from", "needed_until", "region", "place")
    return {name: getattr(need, name) for name in columns}


def _need_of(request: PersonRequest) -> SkillNeed | None:
    """The need that is being changed, if it is not a new one."""
    if "need" not in request.POST:
        return None
    try:
        return queries.own_need_for(request.user, UUID(request.POST["need"]))
    except ValueError as error:
        raise NotThereError from error


def _picks(request: PersonRequest, need: SkillNeed | None = None) -> Picks:
    sent = request.POST
    asked = Asked(picked=tuple(sent.getlist("picked")), words=sent.get("words", ""), search=sent.get("search", ""))
    if need is not None and request.method != "POST":
        asked = Asked(picked=tuple(str(row.competence.ref) for row in need.needed.all()))
    return queries.picks_for(request.user, asked, (get_language() or "fi")[:2], need)
