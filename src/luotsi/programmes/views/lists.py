"""Pages of the coordinator: lists of applicants, from the file to the last row."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import NotThereError, RefusedError
from luotsi.core.tables.csv_writing import write_csv
from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx
from luotsi.programmes.enums import ImportState, RowOutcome
from luotsi.programmes.forms.lists import ColumnsForm, ListForm
from luotsi.programmes.messages.faults import refusal_of, wanted_of
from luotsi.programmes.messages.lists import column_choices, column_names, needed_columns, noted, refused_rows
from luotsi.programmes.queries import lists as list_queries
from luotsi.programmes.queries import programmes as programme_queries
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.services import imports as import_services
from luotsi.programmes.services.exports import export_applications
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.lists import ImportRun
    from luotsi.programmes.services.exports import ListTable

AT_WORK = frozenset({ImportState.READING, ImportState.APPLYING})


@login_required
@require_safe
def imports(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme = programme_queries.programme_for(request.user, ref)
    page = page_of(list_queries.imports_of(programme), request, by=("-pk",))
    return render(request, "programmes/imports.html", {"programme": programme, "page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme = programme_queries.programme_for(request.user, ref)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    staged: list[ImportRun] = []

    def stage() -> None:
        file, round_ = form.cleaned_data["file"], programme_queries.round_of(programme)
        if round_ is None:
            raise RefusedError(import_services.NOT_OPEN)
        staged.append(import_services.stage_import(round_, name=file.name, content=file.read(), by=request.user))

    if request.method == "POST" and carried_out(form, stage):
        return redirect("programmes:import", ref, staged[0].ref)
    names = column_names(model_in(programme.description))
    page = {"programme": programme, "form": form, "column_names": names}
    return render(request, "programmes/import_new.html", page)


@login_required
@require_safe
def import_run(request: PersonRequest, ref: UUID, run_ref: UUID) -> HttpResponse:
    programme = programme_queries.programme_for(request.user, ref)
    run = list_queries.import_in(programme, run_ref)
    rows = page_of(list_queries.rows_with_remarks(run), request, by=("number", "pk"))
    page = {
        **_standing(run),
        "programme": programme,
        "page": rows,
        "rows": noted(rows.rows, model_in(programme.description)),
        "can_be_mapped": list_queries.can_be_mapped(run),
        "is_said": list_queries.is_said(run),
    }
    return render(request, "programmes/import.html", page)


@login_required
@require_safe
@never_cache
def progress(request: PersonRequest, ref: UUID, run_ref: UUID) -> HttpResponse:
    """The part of the page that changes while somebody waits. Once the work is over, it asks for the whole page."""
    programme = programme_queries.programme_for(request.user, ref)
    run = list_queries.import_in(programme, run_ref)
    response = render(request, "programmes/import_progress.html", {**_standing(run), "programme": programme})
    if run.state not in AT_WORK:
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: PersonRequest, ref: UUID, run_ref: UUID) -> HttpResponse:
    """What the headings of a list mean, said by the coordinator."""
    programme = programme_queries.programme_for(request.user, ref)
    run, model = list_queries.import_in(programme, run_ref), model_in(programme.description)
    if not list_queries.can_be_mapped(run):
        return redirect("programmes:import", ref, run_ref)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        mapping=dict(run.mapping),
        choices=column_choices(model),
        needed=needed_columns(model),
    )
    if request.method == "POST" and carried_out(
        form, lambda: import_services.map_columns(run, form.mapping, by=request.user)
    ):
        return redirect("programmes:import", ref, run_ref)
    return render(request, "programmes/import_columns.html", {"programme": programme, "run": run, "form": form})


@login_required
@require_POST
def apply(request: PersonRequest, ref: UUID, run_ref: UUID) -> HttpResponse:
    run = list_queries.import_in(programme_queries.programme_for(request.user, ref), run_ref)
    import_services.apply_import(run, by=request.user)
    return redirect("programmes:import", ref, run_ref)


@login_required
@require_safe
@never_cache
def refused_xlsx(request: PersonRequest, ref: UUID, run_ref: UUID) -> HttpResponse:
    run = list_queries.import_in(programme_queries.programme_for(request.user, ref), run_ref)
    head, *rows = _refused(run)
    content = write_xlsx([Sheet(title="Luotsi", headers=[str(name) for name in head], rows=rows)])
    return _download(content, "applicants-to-mend.xlsx", XLSX)


@login_required
@require_safe
@never_cache
def refused_csv(request: PersonRequest, ref: UUID, run_ref: UUID) -> HttpResponse:
    run = list_queries.import_in(programme_queries.programme_for(request.user, ref), run_ref)
    content = write_csv(_refused(run), language=_language())
    return _download(content, "applicants-to-mend.csv", "text/csv; charset=utf-8")


@login_required
@require_safe
@never_cache
def list_xlsx(request: PersonRequest, ref: UUID) -> HttpResponse:
    table = _list(request, ref)
    content = write_xlsx([Sheet(title="Luotsi", headers=table.headings, rows=table.rows)])
    return _download(content, "applications.xlsx", XLSX)


@login_required
@require_safe
@never_cache
def list_csv(request: PersonRequest, ref: UUID) -> HttpResponse:
    table = _list(request, ref)
    content = write_csv(chain([table.headings], table.rows), language=_language())
    return _download(content, "applications.csv", "text/csv; charset=utf-8")


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _refused(run: ImportRun) -> list[list[str | int]]:
    rows = list(list_queries.rows_of(run, RowOutcome.REFUSED).exclude(kept={}))
    if not rows:
        raise NotThereError
    return refused_rows(rows, model_in(run.round.programme.description))


def _list(request: PersonRequest, ref: UUID) -> ListTable:
    programme = programme_queries.programme_for(request.user, ref)
    round_ = programme_queries.round_of(programme)
    if round_ is None:
        raise NotThereError
    return export_applications(round_, language=_language(), by=request.user)


def _language() -> str:
    return (get_language() or "fi")[:2]


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _standing(run: ImportRun) -> dict[str, Any]:
    """How far the list is."""
    counts = list_queries.counts_of(run)
    return {
        "run": run,
        "counts": counts,
        "good": counts[RowOutcome.NEW] + counts[RowOutcome.CHANGED],
        "job": list_queries.job_of(run) if run.state in AT_WORK else None,
        "is_at_work": run.state in AT_WORK,
        "refusal": refusal_of(run.fault) if run.state == ImportState.REFUSED else "",
        "wanted": wanted_of(run.fault) if run.state == ImportState.COLUMNS else "",
    }
