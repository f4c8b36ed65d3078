"""Pages of the coordinator: the steps from a model to a public call, each saved by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import SetUpStep
from luotsi.programmes.formats.calls import form_of
from luotsi.programmes.formats.tailoring import known_questions
from luotsi.programmes.formats.values import RoleKey
from luotsi.programmes.forms.set_up import DatesForm, ModelForm, PlanForm, ScopeForm
from luotsi.programmes.forms.tailoring import MatchingForm, OwnQuestionForm, QuestionsForm
from luotsi.programmes.messages.set_up import before, here, place_of, steps_of, summary_of, watched
from luotsi.programmes.queries.checks import blocking, obstacles_to
from luotsi.programmes.queries.descriptions import card_of, model_in
from luotsi.programmes.queries.plans import phases_of
from luotsi.programmes.queries.set_up import (
    base_of,
    draft_for,
    models_offered_in,
    organisations_of,
    shared_activities_of,
)
from luotsi.programmes.services import dates as date_services
from luotsi.programmes.services import set_up as set_up_services
from luotsi.web.forms import carried_out
from luotsi.web.questions.fields import questions_form

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.programmes import Programme


@login_required
@require_safe
def set_up(request: PersonRequest, ref: UUID) -> HttpResponse:
    """On to the step that is next."""
    return redirect(here(draft_for(request.user, ref)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def model(request: PersonRequest, ref: UUID) -> HttpResponse:
    draft = draft_for(request.user, ref)
    form = ModelForm(_posted(request), models=models_offered_in(draft.network), chosen=draft.model_key)
    if request.method == "POST" and carried_out(
        form,
        lambda: set_up_services.change_model(draft, model_key=form.cleaned_data["model_key"], by=request.user),
    ):
        return redirect("programmes:set_up_scope", ref)
    return _page(request, draft, SetUpStep.MODEL, form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scope(request: PersonRequest, ref: UUID) -> HttpResponse:
    draft = draft_for(request.user, ref)
    form = ScopeForm(_posted(request), programme=draft, organisations=list(organisations_of(draft)))
    if request.method == "POST" and carried_out(
        form, lambda: set_up_services.set_scope(draft, form.scope(), by=request.user)
    ):
        return redirect("programmes:set_up_dates", ref)
    audience = TranslatedText(model_in(draft.description).audience)
    return _page(request, draft, SetUpStep.SCOPE, form=form, audience=audience)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: PersonRequest, ref: UUID) -> HttpResponse:
    draft = draft_for(request.user, ref)
    form = DatesForm(_posted(request), programme=draft, phases=list(phases_of(draft)))
    if request.method == "POST" and carried_out(
        form, lambda: date_services.set_dates(draft, form.dates(), by=request.user)
    ):
        stays = "again" in request.POST
        return redirect("programmes:set_up_dates" if stays else "programmes:set_up_plan", ref)
    return _page(request, draft, SetUpStep.DATES, form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PersonRequest, ref: UUID) -> HttpResponse:
    draft = draft_for(request.user, ref)
    form = PlanForm(_posted(request), activities=shared_activities_of(draft))
    moved: list[int] = []
    if request.method == "POST" and carried_out(
        form, lambda: moved.append(date_services.set_activities(draft, form.choices(), by=request.user))
    ):
        _tell_of_moved(request, sum(moved))
        return redirect("programmes:set_up_questions", ref)
    return _page(request, draft, SetUpStep.PLAN, form=form, phases=list(phases_of(draft)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: PersonRequest, ref: UUID) -> HttpResponse:
    draft = draft_for(request.user, ref)
    form = _questions_form(request, draft)
    up = request.POST.get("up", "")
    if request.method == "POST" and carried_out(
        form,
        lambda: set_up_services.set_questions(
            draft, form.asked(up), terms=form.terms(), by=request.user, is_done=not (up or "add" in request.POST)
        ),
    ):
        if up:
            return redirect("programmes:set_up_questions", ref)
        return redirect("programmes:set_up_question" if "add" in request.POST else "programmes:set_up_matching", ref)
    return _page(request, draft, SetUpStep.QUESTIONS, form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: PersonRequest, ref: UUID) -> HttpResponse:
    """One more question, that the model does not have."""
    draft = draft_for(request.user, ref)
    form = OwnQuestionForm(_posted(request))
    if request.method == "POST" and carried_out(
        form, lambda: set_up_services.add_question(draft, form.question(), by=request.user)
    ):
        messages.success(request, _("The question is asked, as the last one."))
        return redirect("programmes:set_up_questions", ref)
    return render(request, "programmes/set_up_question.html", {"programme": draft, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def matching(request: PersonRequest, ref: UUID) -> HttpResponse:
    draft = draft_for(request.user, ref)
    form = MatchingForm(_posted(request), matching=model_in(draft.description).matching)
    if request.method == "POST" and carried_out(
        form, lambda: set_up_services.set_matching(draft, form.tailored(), by=request.user)
    ):
        return redirect("programmes:set_up_check", ref)
    return _page(request, draft, SetUpStep.MATCHING, form=form)


@login_required
@require_safe
def check(request: PersonRequest, ref: UUID) -> HttpResponse:
    draft = draft_for(request.user, ref)
    obstacles = obstacles_to(draft)
    context = {
        "obstacles": watched(draft, obstacles),
        "may_open": not blocking(obstacles),
        "summary": summary_of(draft, model_in(draft.description)),
    }
    return _page(request, draft, SetUpStep.CHECK, **context)


@login_required
@require_safe
def preview(request: PersonRequest, ref: UUID) -> HttpResponse:
    """The questions as mentees and mentors see them."""
    draft = draft_for(request.user, ref)
    description = model_in(draft.description)
    previews = [
        (TranslatedText(description.role(role).many), questions_form(form_of(description, role).items, {}))
        for role in (RoleKey.MENTEE, RoleKey.MENTOR)
    ]
    return render(request, "programmes/set_up_preview.html", {"programme": draft, "previews": previews})


def _page(request: PersonRequest, draft: Programme, step: SetUpStep, **more: Any) -> HttpResponse:  # noqa: ANN401 -- what the template of the step shows
    context = {
        "programme": draft,
        "model": card_of(draft),
        "step": step,
        "steps": steps_of(draft),
        "place": place_of(step),
        "before": before(draft, step),
    }
    return render(request, f"programmes/set_up_{step.value}.html", context | more)


def _posted(request: PersonRequest) -> Any:  # noqa: ANN401 -- what forms take
    return request.POST if request.method == "POST" else None


def _questions_form(request: PersonRequest, draft: Programme) -> QuestionsForm:
    description = model_in(draft.description)
    return QuestionsForm(
        _posted(request),
        known=known_questions(description, base_of(draft)),
        asked=frozenset(question.key for question in description.questions),
        terms=description.enrolment.terms,
    )


def _tell_of_moved(request: PersonRequest, count: int) -> None:
    if count:
        text = ngettext(
            "%(num)s activity came on the next working day.", "%(num)s activities came on the next working day.", count
        )
        messages.info(request, text % {"num": count})
