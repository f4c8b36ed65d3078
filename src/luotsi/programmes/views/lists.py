"""Pages of the coordinator: lists of applicants, from the file to the last row."""

from __future__ import annotations

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
from luotsi.programmes.forms.lists import ListForm
from luotsi.programmes.messages.faults import column_names, column_of, refusal_of, refused_rows, remarks_of, sentence_of
from luotsi.programmes.queries import lists as list_queries
from luotsi.programmes.queries import programmes as programme_queries
from luotsi.programmes.services import imports as import_services
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.lists import ImportRun

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
    page = {"programme": programme, "form": form, "column_names": column_names()}
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
        "rows": [(row, remark) for row in rows.rows for remark in remarks_of(row)],
        "sentence_of": sentence_of,
        "column_of": column_of,
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
    content = write_csv(_refused(run), language=(get_language() or "fi")[:2])
    return _download(content, "applicants-to-mend.csv", "text/csv; charset=utf-8")


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _refused(run: ImportRun) -> list[list[str | int]]:
    rows = list(list_queries.rows_of(run, RowOutcome.REFUSED).exclude(kept={}))
    if not rows:
        raise NotThereError
    return refused_rows(rows)


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
        "refusal": refusal_of(run.fault) if run.fault else "",
    }
