"""Pages of the coordinator: the network's marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.competence.queries.frameworks import area_for, competences_of
from luotsi.core.errors import NotThereError
from luotsi.core.texts import TranslatedText
from luotsi.passport import queries
from luotsi.passport.forms import MarkForm
from luotsi.passport.services import marks
from luotsi.people.enums import Role
from luotsi.people.models import Organisation
from luotsi.people.queries import networks_for
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.passport.models import Mark
    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def offering(request: PersonRequest) -> HttpResponse:
    if not networks_for(request.user, Role.COORDINATOR).exists():
        raise NotThereError
    page = page_of(queries.marks_for(request.user), request.GET, by=("key", "pk"))
    return render(request, "passport/offering.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make_mark(request: PersonRequest, ref: UUID) -> HttpResponse:
    networks = list(networks_for(request.user, Role.COORDINATOR))
    if not networks:
        raise NotThereError
    area = area_for(request.user, ref)
    issuers = Organisation.objects.filter(networks__in=networks).order_by("sort_key").distinct()
    form = MarkForm(request.POST or None, networks=networks, issuers=issuers, competences=competences_of(area))
    made: list[Mark] = []
    if form.is_valid() and carried_out(form, lambda: made.append(_make(form, request))):
        messages.success(request, _("The mark is made. Look at it, and open it when it is ready."))
        return redirect("passport:mark", made[0].ref)
    return render(request, "passport/make_mark.html", {"area": area, "form": form})


def _make(form: MarkForm, request: PersonRequest) -> Mark:
    typed = form.cleaned_data
    language = get_language() or "fi"
    texts = {name: TranslatedText({language: typed[name]}) for name in ("name", "description", "evidence_asked")}
    return marks.make_mark_from(
        form.chosen(),
        by=request.user,
        network=form.networks[typed["network"]],
        issuer=form.issuers.get(typed["issuer"]),
        key=typed["key"],
        theme=typed["theme"],
        language=language,
        **texts,
    )


@login_required
@require_safe
def mark(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.mark_for(request.user, ref)
    return render(request, "passport/mark.html", {"mark": found, "criteria": queries.criteria_of(found)})


@login_required
@require_POST
def open_mark(request: PersonRequest, ref: UUID) -> HttpResponse:
    marks.open_mark(queries.mark_for(request.user, ref), by=request.user)
    messages.success(request, _("The mark is open: it can be chosen and claimed."))
    return redirect("passport:mark", ref)


@login_required
@require_POST
def retire_mark(request: PersonRequest, ref: UUID) -> HttpResponse:
    marks.retire_mark(queries.mark_for(request.user, ref), by=request.user)
    messages.success(request, _("The mark is retired. What was awarded stays valid."))
    return redirect("passport:mark", ref)
