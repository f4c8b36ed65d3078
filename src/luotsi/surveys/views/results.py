"""Pages and files of results: for who steers an organisation, and for coordinators of a circle's network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luotsi.core.tables.csv_writing import write_csv
from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx
from luotsi.surveys.messages import result_charts as charts
from luotsi.surveys.messages import results as words
from luotsi.surveys.messages.result_pages import changed, counted_questions, dimensions_told
from luotsi.surveys.messages.result_tables import columns, rows_of
from luotsi.surveys.queries.results import results_for

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.requests import PersonRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def results(request: PersonRequest, ref: UUID) -> HttpResponse:
    """What a wave came to; before its closing, when that will be."""
    found = results_for(request.user, ref)
    context = {"results": found, "taking": words.taking_sentence(found.taking)}
    if not found.is_shown:
        return render(request, "surveys/results_none.html", context)
    context |= {
        "headline": words.headline(found),
        "bars": charts.dimension_charts(found),
        "hidden": charts.hidden_units(found),
        "earlier_name": charts.wave_name(found.earlier.wave) if found.earlier else "",
        "maps": charts.unit_maps(found),
        "dimensions": dimensions_told(found),
        "changed": changed(found),
        "questions": counted_questions(found),
    }
    return render(request, "surveys/results.html", context)


@login_required
@require_safe
def results_csv(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = results_for(request.user, ref)
    body = write_csv([list(columns().values()), *rows_of(found)], language=get_language() or "fi")
    return _file(body, "text/csv; charset=utf-8", "csv")


@login_required
@require_safe
def results_xlsx(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = results_for(request.user, ref)
    sheet = Sheet(title=_("Results"), headers=list(columns().values()), rows=rows_of(found))
    return _file(write_xlsx([sheet]), XLSX, "xlsx")


def _file(body: bytes, kind: str, ending: str) -> HttpResponse:
    name = "luotsi-" + _("results")
    disposition = f'attachment; filename="{name}.{ending}"'
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": disposition})
