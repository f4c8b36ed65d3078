"""Pages of frameworks on their way in: handing in or fetching, looking at what would change, deciding."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.competence.enums import ImportState
from luotsi.competence.formats.comparison import Fate
from luotsi.competence.forms.frameworks import FetchForm, FrameworkForm
from luotsi.competence.queries import imports as queries
from luotsi.competence.queries.prospects import prospect_of
from luotsi.competence.rules import may_import
from luotsi.competence.services import staging
from luotsi.competence.views.wording import REASONS, REMARKS
from luotsi.core.errors import NotThereError
from luotsi.core.texts import TranslatedText
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.competence.formats.comparison import Pairing
    from luotsi.competence.formats.values import FrameworkReading
    from luotsi.competence.models import FrameworkImport
    from luotsi.people.requests import PersonRequest

MOST_SHOWN = 60  # competences of each fate; the counts tell of the rest
MOST_PATHS = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_framework(request: PersonRequest) -> HttpResponse:
    form = _upload_form(request, is_posted=request.method == "POST")
    brought: list[FrameworkImport] = []
    if form.is_valid():
        carried_out(form, lambda: brought.append(staging.stage(**form.handed_in(), by=request.user)))
    if brought:
        return redirect("competence:waiting_import", brought[0].ref)
    return _import_page(request, form, FetchForm(initial={"number": request.GET.get("number", "")[:300]}))


@login_required
@require_POST
def fetch(request: PersonRequest) -> HttpResponse:
    upload = _upload_form(request, is_posted=False)
    form = FetchForm(request.POST)
    asked: list[FrameworkImport] = []
    if form.is_valid():
        carried_out(form, lambda: asked.append(staging.ask_for(form.cleaned_data["number"], by=request.user)))
    if asked:
        return redirect("competence:waiting_import", asked[0].ref)
    return _import_page(request, upload, form)


def _upload_form(request: PersonRequest, *, is_posted: bool) -> FrameworkForm:
    if not may_import(request.user):
        raise NotThereError
    networks = list(networks_for(request.user, Role.COORDINATOR))
    given = (request.POST, request.FILES) if is_posted else (None, None)
    return FrameworkForm(*given, networks=networks)


def _import_page(request: PersonRequest, form: FrameworkForm, fetch_form: FetchForm) -> HttpResponse:
    given = {
        "form": form,
        "fetch_form": fetch_form,
        "may_fetch": bool(settings.EPERUSTEET_ADDRESS),
        "waiting": queries.open_imports_for(request.user),
    }
    return render(request, "competence/import.html", given)


@login_required
@require_safe
@never_cache
def waiting_import(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.import_for(request.user, ref)
    given = {"reading": None, **_standing(found), **(_prospect(found) if found.state == ImportState.READY else {})}
    return render(request, "competence/import_prospect.html", given)


@login_required
@require_safe
@never_cache
def import_progress(request: PersonRequest, ref: UUID) -> HttpResponse:
    """The part of the page that changes while somebody waits. Once the work is over, it asks for the whole page."""
    found = queries.import_for(request.user, ref)
    response = render(request, "competence/import_progress.html", _standing(found))
    if found.state != ImportState.FETCHING:
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def apply_import(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.import_for(request.user, ref)
    done = staging.apply_import(found, by=request.user, seen=request.POST.get("seen", ""))
    if done.framework is None:
        return redirect("competence:waiting_import", done.ref)
    messages.success(request, _("“%(name)s” is here.") % {"name": done.framework.name})
    return redirect("competence:framework", done.framework.ref)


@login_required
@require_POST
def put_import_away(request: PersonRequest, ref: UUID) -> HttpResponse:
    staging.put_away(queries.import_for(request.user, ref), by=request.user)
    messages.success(request, _("It was put away. Nothing was changed."))
    return redirect("competence:import")


def _standing(found: FrameworkImport) -> dict[str, Any]:
    is_at_work = found.state == ImportState.FETCHING
    return {"found": found, "is_at_work": is_at_work, "job": queries.job_of(found) if is_at_work else None}


def _prospect(found: FrameworkImport) -> dict[str, Any]:
    reading = queries.reading_of(found)
    prospect = prospect_of(reading, network=found.network)
    compared = prospect.comparison
    return {
        "reading": reading,
        "words": TranslatedText,
        "prospect": prospect,
        "tallies": [
            (_("Units and parts"), compared.areas),
            (_("Requirements"), compared.requirements),
            (_("Things assessed"), compared.competences),
            (_("Criteria"), compared.criteria),
        ],
        "added": _by_area(compared.pairings, Fate.NEW),
        "changed": _some(compared.pairings, Fate.CHANGED),
        "ending": _by_area(compared.pairings, Fate.ENDING),
        "most": MOST_SHOWN,
        **_account(reading),
    }


def _some(pairings: Iterable[Pairing], fate: Fate) -> list[Pairing]:
    return [pairing for pairing in pairings if pairing.fate is fate][:MOST_SHOWN]


def _by_area(pairings: Iterable[Pairing], fate: Fate) -> list[tuple[dict[str, str], list[Pairing]]]:
    return [(area, list(found)) for area, found in groupby(_some(pairings, fate), key=lambda pairing: pairing.area)]


def _account(reading: FrameworkReading) -> dict[str, Any]:
    left_out = Counter(row.reason for row in reading.left_out)
    remarks = Counter(remark.code for remark in reading.remarks)
    return {
        "left_out": [(REASONS[reason], number) for reason, number in left_out.most_common()],
        "remarks": [(REMARKS[code], number) for code, number in remarks.items()],
        "not_understood": reading.not_understood[:MOST_PATHS],
    }
