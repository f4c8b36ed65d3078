"""Pages of the coordinator: one decision or one letter for many applications, and the letters that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import NotThereError
from luotsi.core.models import Job
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.programmes.enums import BatchOutcome
from luotsi.programmes.forms.applications import FilterForm, ManyForm, TemplateForm, words_as_typed
from luotsi.programmes.messages.history import previews_of
from luotsi.programmes.queries import applications as queries
from luotsi.programmes.queries.programmes import programme_for
from luotsi.programmes.services import batches, letters
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.applications import Application
    from luotsi.programmes.models.batches import Batch
    from luotsi.programmes.models.programmes import Programme


@login_required
@require_POST
def many(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Choose what to do, look at it, do it: `step` says how far. What was chosen and typed comes along."""
    programme = programme_for(request.user, ref)
    chosen, kept = _chosen(request, programme)
    step, templates = request.POST.get("step", "choose"), queries.templates_of(programme.network)
    form = ManyForm(None if step == "choose" else request.POST, templates=templates)
    if step == "use":
        form = form.with_template()
    made: list[Batch] = []
    if step == "do" and carried_out(
        form, lambda: made.append(batches.ask_for_many(programme, chosen, form.asked(), by=request.user))
    ):
        return redirect("programmes:batch", ref, made[0].ref)
    page = {
        "programme": programme,
        "form": form,
        "kept": kept,
        "count": chosen.count(),
        "rooms": queries.rooms_of(programme),
        "previews": _previews(form, chosen) if step in {"look", "do"} else [],
    }
    return render(request, "programmes/applications_many.html", page)


def _chosen(request: PersonRequest, programme: Programme) -> tuple[QuerySet[Application], list[tuple[str, str]]]:
    """The ticked applications, or all that the list showed; and the fields that say so, to be carried along."""
    if request.POST.get("which") == "all":
        form = FilterForm(request.POST, organisations=queries.organisations_applied_from(programme))
        found = queries.applications_of(programme, form.wanted())
        kept = [("which", "all"), *form.kept().items()]
    else:
        refs = [each for each in request.POST.getlist("chosen") if _is_ref(each)]
        found, kept = queries.chosen_in(programme, refs), [("chosen", each) for each in refs]
    return queries.with_programme(found).order_by("pk"), kept


def _is_ref(text: str) -> bool:
    return len(text) == len("00000000-0000-0000-0000-000000000000") and set(text) <= set("0123456789abcdef-")


def _previews(form: ManyForm, chosen: QuerySet[Application]) -> list[object]:
    if not form.is_valid():
        return []
    asked = form.asked()
    return [*previews_of(chosen, asked.decision, asked.words)]


@login_required
@require_safe
def batch(request: PersonRequest, ref: UUID, batch_ref: UUID) -> HttpResponse:
    programme = programme_for(request.user, ref)
    found = queries.batch_in(programme, batch_ref)
    refused = found.rows.filter(outcome=BatchOutcome.REFUSED).select_related("application__person")
    page = {"programme": programme, **_standing(found), "page": page_of(refused, request, by=("pk",))}
    return render(request, "programmes/application_batch.html", page)


@login_required
@require_safe
@never_cache
def batch_progress(request: PersonRequest, ref: UUID, batch_ref: UUID) -> HttpResponse:
    """The part of the page that changes while somebody waits. Once the work is over, it asks for the whole page."""
    programme = programme_for(request.user, ref)
    found = queries.batch_in(programme, batch_ref)
    page = {"programme": programme, **_standing(found)}
    response = render(request, "programmes/application_batch_progress.html", page)
    if found.ended_at is not None:
        response["HX-Refresh"] = "true"
    return response


def _standing(found: Batch) -> dict[str, object]:
    counts = queries.counts_in(found)
    job = Job.objects.filter(ref=found.job_ref).first() if found.job_ref else None
    return {"batch": found, "counts": counts, "job": job}


@login_required
@require_safe
def letter_templates(request: PersonRequest) -> HttpResponse:
    if not networks_for(request.user, Role.COORDINATOR).exists():
        raise NotThereError
    page = page_of(queries.templates_for(request.user).order_by(), request, by=("network__name", "name", "pk"))
    return render(request, "programmes/letters.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_letter(request: PersonRequest) -> HttpResponse:
    networks = list(networks_for(request.user, Role.COORDINATOR))
    if not networks:
        raise NotThereError
    form = TemplateForm(request.POST or None, networks=networks)

    def act() -> None:
        words = form.words()
        if words is not None:
            letters.make_template(form.chosen_network(), name=form.cleaned_data["name"], words=words, by=request.user)

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, _("The letter has been kept."))
        return redirect("programmes:letters")
    return render(request, "programmes/letter.html", {"form": form, "letter": None})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.template_for(request.user, ref)
    typed = {"network": str(found.network.ref), "name": found.name, **words_as_typed(found)}
    form = TemplateForm(request.POST or None, initial=typed, networks=[found.network])

    def act() -> None:
        words = form.words()
        if words is not None:
            letters.change_template(found, name=form.cleaned_data["name"], words=words, by=request.user)

    if request.method == "POST" and carried_out(form, act):
        messages.success(request, _("The letter has been changed."))
        return redirect("programmes:letters")
    return render(request, "programmes/letter.html", {"form": form, "letter": found})


@login_required
@require_POST
def remove_letter(request: PersonRequest, ref: UUID) -> HttpResponse:
    letters.remove_template(queries.template_for(request.user, ref), by=request.user)
    messages.success(request, _("The letter has been removed."))
    return redirect("programmes:letters")
