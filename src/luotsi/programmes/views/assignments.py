"""Interim assignments: for the one who answers, and for those who judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import NotThereError
from luotsi.programmes.enums import ActivityState, AnswerState
from luotsi.programmes.formats.values import ActivityKind
from luotsi.programmes.forms.activities import FileForm
from luotsi.programmes.forms.assignments import AnswerForm, CommentForm, DecisionForm
from luotsi.programmes.messages.activities import when
from luotsi.programmes.queries import activities as activity_queries
from luotsi.programmes.queries import assignments as queries
from luotsi.programmes.services import assignments as services
from luotsi.programmes.views.files import file_response
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from luotsi.people.requests import PersonRequest
    from luotsi.programmes.models.activities import AssignmentAnswer
    from luotsi.programmes.models.plans import Activity
    from luotsi.web.forms import PlainForm


def _assignment(request: PersonRequest, ref: UUID) -> Activity:
    found = activity_queries.activity_for(request.user, ref)
    if found.kind != ActivityKind.INTERIM_ASSIGNMENT:
        raise NotThereError
    return found


def _own_answer(request: PersonRequest, ref: UUID) -> AssignmentAnswer:
    answer = queries.answer_of(_assignment(request, ref), request.user)
    if answer is None:
        raise NotThereError
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_answer(request: PersonRequest, ref: UUID) -> HttpResponse:
    """The own answer. It is kept as it is written (htmx), and handed in by the button."""
    found = _assignment(request, ref)
    form = AnswerForm(request.POST) if request.method == "POST" else None
    if form is not None and request.headers.get("HX-Request"):
        if form.is_valid():
            services.keep_draft(found, text=form.cleaned_data["text"], by=request.user)
        return HttpResponse(status=204)
    keeps = request.POST.get("keep") == "yes"
    act = services.keep_draft if keeps else services.hand_in
    if form is not None and carried_out(form, lambda: act(found, text=form.cleaned_data["text"], by=request.user)):
        told = _("What you have written is kept.") if keeps else _("Your answer has been handed in. Thank you.")
        messages.success(request, told)
        return redirect("programmes:my_answer", ref)
    return _draw_own(request, found, {"form": form} if form is not None else {})


def _draw_own(request: PersonRequest, found: Activity, forms: dict[str, PlainForm]) -> HttpResponse:
    answer = queries.answer_of(found, request.user)
    is_open = found.state != ActivityState.CANCELLED and (answer is None or answer.state in services.OPEN)
    page: dict[str, Any] = {
        "activity": found,
        "when": when(found),
        "answer": answer,
        "is_open": is_open,
        "form": AnswerForm(initial={"text": answer.text if answer else ""}),
        "file_form": FileForm(),
        "comment_form": CommentForm(),
    }
    return render(request, "programmes/assignment.html", page | _said(answer) | forms)


def _said(answer: AssignmentAnswer | None) -> dict[str, Any]:
    if answer is None:
        return {"files": [], "comments": []}
    return {
        "files": list(answer.files.select_related("file").order_by("pk")),
        "comments": list(answer.comments.select_related("person").order_by("pk")),
    }


@login_required
@require_POST
def add_file(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = _assignment(request, ref)
    form = FileForm(request.POST, request.FILES)

    def add() -> None:
        name, content = form.chosen
        services.add_file(found, name=name, content=content, by=request.user)

    if carried_out(form, add):
        messages.success(request, _("The file is with your answer."))
        return redirect("programmes:my_answer", ref)
    return _draw_own(request, found, {"file_form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def my_file(request: PersonRequest, ref: UUID, file_ref: UUID) -> HttpResponse:
    """GET hands the file out; POST removes it."""
    added = queries.file_of(_own_answer(request, ref), file_ref)
    if request.method != "POST":
        return file_response(added.file)
    services.remove_file(added, by=request.user)
    messages.success(request, _("The file has been removed."))
    return redirect("programmes:my_answer", ref)


@login_required
@require_POST
def my_comment(request: PersonRequest, ref: UUID) -> HttpResponse:
    answer = _own_answer(request, ref)
    form = CommentForm(request.POST)
    if carried_out(form, lambda: services.comment(answer, text=form.cleaned_data["text"], by=request.user)):
        return redirect("programmes:my_answer", ref)
    return _draw_own(request, _assignment(request, ref), {"comment_form": form})


@login_required
@require_safe
def answers(request: PersonRequest) -> HttpResponse:
    """What waits for a trainer, the oldest first."""
    if not activity_queries.programmes_trained_by(request.user).exists():
        raise NotThereError
    page = page_of(queries.waiting_answers_of(request.user), request, by=("handed_in_at", "pk"))
    return render(request, "programmes/assignment_answers.html", {"page": page, "days_waiting": queries.days_waiting})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PersonRequest, ref: UUID) -> HttpResponse:
    """An answer for a trainer: read it, accept it or return it."""
    found = queries.answer_to_judge_by(request.user, ref)
    form = DecisionForm(request.POST) if request.method == "POST" else None
    accepts = request.POST.get("decision") == DecisionForm.ACCEPT
    act = services.accept if accepts else services.give_back
    if form is not None and carried_out(form, lambda: act(found, words=form.cleaned_data["words"], by=request.user)):
        messages.success(
            request, _("The answer is accepted.") if accepts else _("The answer goes back with your words.")
        )
        return redirect("programmes:answers")
    return _draw_answer(request, found, {"form": form} if form is not None else {})


def _draw_answer(request: PersonRequest, found: AssignmentAnswer, forms: dict[str, PlainForm]) -> HttpResponse:
    page: dict[str, Any] = {
        "answer": found,
        "activity": found.activity,
        "when": when(found.activity),
        "is_waiting": found.state == AnswerState.HANDED_IN,
        "days": queries.days_waiting(found),
        "form": DecisionForm(),
        "comment_form": CommentForm(),
    }
    return render(request, "programmes/assignment_answer.html", page | _said(found) | forms)


@login_required
@require_POST
def comment(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.answer_to_judge_by(request.user, ref)
    form = CommentForm(request.POST)
    if carried_out(form, lambda: services.comment(found, text=form.cleaned_data["text"], by=request.user)):
        messages.success(request, _("Your comment has been sent."))
        return redirect("programmes:answer", ref)
    return _draw_answer(request, found, {"comment_form": form})


@login_required
@require_safe
@never_cache
def answer_file(request: PersonRequest, ref: UUID, file_ref: UUID) -> HttpResponse:
    found = queries.answer_to_judge_by(request.user, ref)
    return file_response(queries.file_of(found, file_ref).file)
