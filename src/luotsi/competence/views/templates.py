"""The empty sheet for an own framework, to be filled in and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luotsi.competence.formats.columns import template
from luotsi.competence.rules import may_import
from luotsi.core.errors import NotThereError
from luotsi.core.tables.csv_writing import write_csv
from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx

if TYPE_CHECKING:
    from luotsi.people.requests import PersonRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def empty_sheet(request: PersonRequest, kind: str) -> HttpResponse:
    if not may_import(request.user):
        raise NotThereError
    language = (get_language() or "fi")[:2]
    headings, rows = template(language)
    if kind == "csv":
        content, content_type = write_csv([headings, *rows], language=language), "text/csv; charset=utf-8"
    else:
        content, content_type = write_xlsx([Sheet(title=_("Framework"), headers=headings, rows=rows)]), XLSX
    name = {"fi": "viitekehys", "sv": "referensram"}.get(language, "framework")
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    )
