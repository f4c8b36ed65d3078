"""Pages of the region: what its employers need, for everybody in the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luotsi.competence.forms.needs import RegionForm
from luotsi.competence.queries import needs as queries
from luotsi.competence.queries.demand import Demand, demand_for, open_needs_for
from luotsi.core.errors import NotThereError
from luotsi.people.formats.regions import regions_in
from luotsi.web.charts import Bar, BarChart, Measure
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest

MOST_BARS = 8
NEEDS_A_PAGE = 10


@login_required
@require_safe
def needs(request: PersonRequest) -> HttpResponse:
    if not queries.has_networks(request.user):
        raise NotThereError
    form = RegionForm(request.GET)
    region = form.cleaned_data["region"] if form.is_valid() else ""
    demand = demand_for(request.user, region)
    page = page_of(open_needs_for(request.user, region), request.GET, by=("-created_at", "-pk"), size=NEEDS_A_PAGE)
    shown = {
        "form": form,
        "demand": demand,
        "page": page,
        "by_competence": _by_competence(demand),
        "by_month": _by_month(demand),
        "month": _month,
        "regions": regions_in((get_language() or "fi")[:2]),
        "may_state": queries.may_state_some(request.user),
    }
    return render(request, "competence/needs.html", shown)


@login_required
@require_safe
def need(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.need_for(request.user, ref)
    shown = {
        "need": found,
        "may_change": queries.may_change(request.user, found),
        "is_over": queries.is_over(found),
        "regions": regions_in((get_language() or "fi")[:2]),
    }
    return render(request, "competence/need.html", shown)


def _by_competence(demand: Demand) -> BarChart | None:
    """The competences that are needed most; None while no need names one."""
    if not demand.by_competence:
        return None
    rows = [(str(row.name), row.sum.people) for row in demand.by_competence[:MOST_BARS]]
    name, people = rows[0]
    text = ngettext("Most needed: %(name)s, %(people)s person.", "Most needed: %(name)s, %(people)s people.", people)
    return _chart(text % {"name": name, "people": people}, _("Competence"), rows)


def _by_month(demand: Demand) -> BarChart | None:
    """When people are needed; None while nothing is."""
    if not demand.by_month:
        return None
    rows = [(_month(row.month), row.sum.people) for row in demand.by_month]
    month, people = rows[0]
    text = ngettext("Needed in %(month)s: %(people)s person.", "Needed in %(month)s: %(people)s people.", people)
    return _chart(text % {"month": month, "people": people}, _("Month"), rows)


def _chart(conclusion: str, subject: str, rows: list[tuple[str, int]]) -> BarChart:
    bars = tuple(Bar(label=label, measures=(Measure(value=people),)) for label, people in rows)
    return BarChart(conclusion=conclusion, subject=subject, series=(_("People needed"),), bars=bars, decimals=0)


def _month(day: date) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")
