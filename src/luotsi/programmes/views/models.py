"""Pages of models, for coordinators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import NotThereError
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.programmes.formats.comparison import changes_between
from luotsi.programmes.formats.errors import ModelError
from luotsi.programmes.forms.models import CompareForm, DeriveForm, ModelFileForm, TakeForm
from luotsi.programmes.messages.model_changes import parts_of
from luotsi.programmes.messages.model_words import days_of_nudge, part_name, word_for, words_for
from luotsi.programmes.messages.models import key_of, sentence_of
from luotsi.programmes.queries import models as queries
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.programmes import programme_for
from luotsi.programmes.services import models as services
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from luotsi.people.models import Network
    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.formats.errors import Fault
    from luotsi.programmes.models.programmes import ProgrammeModel
    from luotsi.programmes.queries.models import KnownModel

WORDS = {"word": word_for, "words": words_for, "days_of_nudge": days_of_nudge, "part_name": part_name}


@login_required
@require_safe
def models(request: PersonRequest) -> HttpResponse:
    found = queries.known_models_for(request.user)
    page = {"shipped": [each for each in found if each.row is None], "own": [each for each in found if each.row]}
    return render(request, "programmes/models.html", page)


@login_required
@require_safe
def model(request: PersonRequest, mark: str) -> HttpResponse:
    found = queries.model_for(request.user, mark)
    page = {
        "known": found,
        "model": found.description,
        "versions": queries.versions_of(found),
        "derived": queries.models_derived_from(request.user, found),
        "tools": queries.names_of_tools(found.description),
        "instruments": queries.names_of_instruments(found.description),
    }
    return render(request, "programmes/model.html", page | WORDS)


@login_required
@require_safe
def model_file(request: PersonRequest, mark: str) -> HttpResponse:
    found = queries.model_for(request.user, mark)
    named = {"Content-Disposition": f'attachment; filename="{found.key}-{found.version}.yaml"'}
    return HttpResponse(found.text, content_type="application/yaml; charset=utf-8", headers=named)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_model(request: PersonRequest) -> HttpResponse:
    """A file is kept, or shown as text with all that is wrong in it."""
    form = ModelFileForm(request.POST or None, request.FILES or None, networks=_networks(request))
    if request.method != "POST" or not form.is_valid():
        return _import_page(request, form)
    content = form.given()
    kept: list[ProgrammeModel] = []
    try:
        done = carried_out(
            form, lambda: kept.append(services.import_model(form.chosen_network(), content, by=request.user))
        )
    except ModelError as error:
        return _import_page(request, _with_text(form, content), error.faults)
    if not done:
        return _import_page(request, _with_text(form, content))
    messages.success(request, _("The model is kept. Programmes can be opened with it."))
    return redirect("programmes:model", kept[0].ref)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def derive_model(request: PersonRequest, mark: str) -> HttpResponse:
    source = queries.model_for(request.user, mark)
    networks = [source.network] if source.network else _networks(request)
    form = DeriveForm(request.POST or None, networks=networks)
    made: list[ProgrammeModel] = []

    def derive() -> None:
        texts = {"name": form.texts("name"), "topic": form.texts("topic")}
        key = form.cleaned_data["key"]
        made.append(services.derive_model(form.chosen_network(), source, key=key, by=request.user, **texts))

    if request.method == "POST" and _derived(form, derive):
        messages.success(request, _("The model is made. Download its file to change it, and import it as version 2."))
        return redirect("programmes:model", made[0].ref)
    return render(request, "programmes/model_derive.html", {"form": form, "source": source})


@login_required
@require_safe
def compare_models(request: PersonRequest) -> HttpResponse:
    known = queries.known_models_for(request.user)
    form = CompareForm(request.GET or None, models=[(each.mark, _label(each)) for each in known])
    page: dict[str, Any] = {"form": form, "parts": None}
    if form.is_valid():
        before, after = (queries.model_for(request.user, form.cleaned_data[name]) for name in ("before", "after"))
        old, new = before.description, after.description
        page |= {"parts": parts_of(changes_between(old, new), old, new), "before": before, "after": after}
    return render(request, "programmes/model_compare.html", page)


@login_required
@require_POST
def retire_model(request: PersonRequest, ref: UUID) -> HttpResponse:
    row = queries.own_model_for(request.user, ref)
    services.retire_model(row, by=request.user)
    messages.success(request, _("This version is not offered for new programmes any more."))
    return redirect("programmes:model", ref)


@login_required
@require_POST
def offer_model(request: PersonRequest, ref: UUID) -> HttpResponse:
    row = queries.own_model_for(request.user, ref)
    services.offer_model(row, by=request.user)
    messages.success(request, _("This version is offered for new programmes again."))
    return redirect("programmes:model", ref)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_version(request: PersonRequest, ref: UUID) -> HttpResponse:
    """What would change in a programme, before anything does; sent back, what was chosen is taken."""
    programme = programme_for(request.user, ref)
    offered = queries.models_for_programme(programme)
    source = _chosen(offered, request.GET.get("model", ""))
    page = {"programme": programme, "offered": offered, "source": source, "parts": []}
    if source is None:
        return render(request, "programmes/model_take.html", page)
    proposed = queries.proposals_for(programme, source)
    form = TakeForm(request.POST or None, names=[each.change.name for each in proposed])
    if request.method == "POST" and carried_out(
        form, lambda: services.take_version(programme, source, form.cleaned_data["chosen"], by=request.user)
    ):
        messages.success(request, _("The programme has what you chose. All the rest is as it was."))
        return redirect("programmes:programme", ref)
    here = model_in(programme.description)
    page |= {
        "form": form,
        "parts": parts_of([each.change for each in proposed], here, source.description),
        "proposed": {each.change.name: each for each in proposed},
        "chosen": request.POST.getlist("chosen")
        if form.is_bound
        else [each.change.name for each in proposed if each.is_suggested],
    }
    return render(request, "programmes/model_take.html", page)


def _networks(request: PersonRequest) -> list[Network]:
    found = list(networks_for(request.user, Role.COORDINATOR))
    if not found:
        raise NotThereError
    return found


def _import_page(request: PersonRequest, form: ModelFileForm, faults: Sequence[Fault] = ()) -> HttpResponse:
    told = [(fault.line, key_of(fault), sentence_of(fault)) for fault in faults]
    return render(request, "programmes/model_import.html", {"form": form, "faults": told})


def _with_text(form: ModelFileForm, content: bytes | str) -> ModelFileForm:
    """The form with what was brought in as text, so that it can be mended without the file."""
    text = content if isinstance(content, str) else content.decode("utf-8-sig", errors="replace")
    form.data = {**form.data.dict(), "content": text.replace("\0", "�")}  # type: ignore[attr-defined]  # a QueryDict
    return form


def _derived(form: DeriveForm, derive: Callable[[], None]) -> bool:
    """A key that is none is told at its field."""
    try:
        return carried_out(form, derive)
    except ModelError as error:
        for fault in error.faults:
            form.add_error("key" if fault.path == "key" else None, sentence_of(fault))
        return False


def _chosen(offered: Sequence[KnownModel], mark: str) -> KnownModel | None:
    """The one that was asked for, else the first, which is the newest version."""
    return next((each for each in offered if each.mark == mark), next(iter(offered), None))


def _label(known: KnownModel) -> str:
    named = _("%(name)s, version %(version)s") % {"name": known.name, "version": known.version}
    return f"{named} ({known.network.name})" if known.network else named
