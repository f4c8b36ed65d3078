"""Pages of instruments, for those who put them to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import NotThereError, RefusedError
from luotsi.core.questions.reading import read_form
from luotsi.core.questions.table_writing import write_rows
from luotsi.core.questions.tables import TableFormError
from luotsi.core.questions.writing import write_form
from luotsi.core.tables.refusals import TableRefusedError
from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx
from luotsi.surveys.formats.pages import pages_of
from luotsi.surveys.formats.sheets import example, read_sheet
from luotsi.surveys.forms.instruments import KeepForm, SheetForm
from luotsi.surveys.messages.faults import place_of, refusal_text, sentence_of
from luotsi.surveys.queries import instruments as queries
from luotsi.surveys.services.instruments import keep_instrument
from luotsi.web.questions.fields import questions_form
from luotsi.web.questions.wording import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from luotsi.core.questions.values import Form
    from luotsi.people.requests import PersonRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "luotsi.surveys.instruments"
A_DAY = 24 * 60 * 60  # seconds for which a preview can be kept


@login_required
@require_safe
def instruments(request: PersonRequest) -> HttpResponse:
    found = queries.current_instruments_for(request.user)
    may_import = queries.networks_to_keep_in(request.user).exists()
    return render(request, "surveys/instruments.html", {"instruments": found, "may_import": may_import})


@login_required
@require_safe
def instrument(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.instrument_for(request.user, ref)
    context = {"instrument": found, "form": found.questions, "versions": queries.versions_of(found), "kinds": KINDS}
    return render(request, "surveys/instrument.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_instrument(request: PersonRequest) -> HttpResponse:
    """A file is read, and shown as those who answer will see it, or with all that is wrong in it."""
    if not queries.networks_to_keep_in(request.user).exists():
        raise NotThereError
    sheet = SheetForm(request.POST or None, request.FILES or None, person=request.user)
    if not sheet.is_valid():
        return render(request, "surveys/import_instrument.html", {"form": sheet, "faults": []})
    file = sheet.cleaned_data["file"]
    try:
        form = read_sheet(file.read(), file.name)
    except TableRefusedError as refused:
        sheet.add_error("file", refusal_text(refused))
    except TableFormError as refused:
        faults = [(place_of(fault), sentence_of(fault)) for fault in refused.faults]
        return render(request, "surveys/import_instrument.html", {"form": sheet, "faults": faults})
    else:
        return _preview(request, sheet, form)
    return render(request, "surveys/import_instrument.html", {"form": sheet, "faults": []})


@login_required
@require_POST
def keep(request: PersonRequest) -> HttpResponse:
    """What was just shown is kept."""
    if not queries.networks_to_keep_in(request.user).exists():
        raise NotThereError
    form = KeepForm(request.POST, person=request.user)
    if not form.is_valid():
        raise RefusedError(_("Read the file in again: this preview is too old."))
    kept = keep_instrument(_described(form), by=request.user, network=form.chosen())
    messages.success(request, _("The questions are kept. You can put them to people now."))
    return redirect("surveys:instrument", kept.ref)


@login_required
@require_safe
def template(request: PersonRequest) -> HttpResponse:
    """A small example, to be written over."""
    if not queries.networks_to_keep_in(request.user).exists():
        raise NotThereError
    return _download("luotsi-questions.xlsx", example())


@login_required
@require_safe
def instrument_xlsx(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.instrument_for(request.user, ref)
    return _download(f"{found.key}-{found.version}.xlsx", write_rows(found.questions, (get_language() or "fi")[:2]))


def _preview(request: PersonRequest, sheet: SheetForm, form: Form) -> HttpResponse:
    pages = [(page, questions_form(page.items, {})) for page in pages_of(form, {})]
    conditional = {item.key for item in form.items} - {key for page, _form in pages for key in page.keys}
    described = signing.dumps(write_form(form), salt=SALT, compress=True)
    context = {
        "described": described,
        "network": sheet.chosen(),
        "form_read": form,
        "pages": pages,
        "later": [item for item in form.items if item.key in conditional],
    }
    return render(request, "surveys/preview_instrument.html", context)


def _described(form: KeepForm) -> Form:
    try:
        return read_form(signing.loads(form.cleaned_data["described"], salt=SALT, max_age=A_DAY))
    except signing.BadSignature:
        raise RefusedError(_("Read the file in again: this preview is too old.")) from None


def _download(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    head, *rest = rows
    content = write_xlsx([Sheet(title="Luotsi", headers=list(head), rows=rest)])
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition or ""})
