"""Pages for those who are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luotsi.surveys.forms import answer_form
from luotsi.surveys.queries import responses
from luotsi.surveys.services import answers
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PersonRequest, ref: UUID) -> HttpResponse:
    response = responses.response_for(request.user, ref)
    form = answer_form(response.wave.instrument)(request.POST or None)
    if carried_out(form, lambda: answers.answer(response, answers=form.answers(), by=request.user)):
        messages.success(request, _("Thank you. Your answers are kept."))
        return redirect("surveys:answer", ref)
    answered = responses.answered_in(response)
    return render(request, "surveys/answer.html", {"response": response, "form": form, "answered": answered})
