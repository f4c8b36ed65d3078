"""Pages of the two to whom a pair is proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luotsi.matching import queries
from luotsi.matching.forms import AnswerForm
from luotsi.matching.messages.reasons import reasons_of
from luotsi.matching.rules import is_mentor_of, may_answer
from luotsi.matching.services import answers
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def proposal(request: PersonRequest, ref: UUID) -> HttpResponse:
    return _page(request, ref, AnswerForm())


@login_required
@require_POST
def answer(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.proposal_for(request.user, ref)
    form = AnswerForm(request.POST)
    if carried_out(form, lambda: answers.answer(found, form.is_yes(), by=request.user)):
        messages.success(request, _("Thank you. Your answer has been noted."))
        return redirect("matching:proposal", ref)
    return _page(request, ref, form)


def _page(request: PersonRequest, ref: UUID, form: AnswerForm) -> HttpResponse:
    found = queries.proposal_for(request.user, ref)
    is_mentor = is_mentor_of(request.user, found)
    other = found.mentee if is_mentor else found.mentor
    page = {
        "proposal": found,
        "is_mentor": is_mentor,
        "other": other.person,
        "organisation": other.application.organisation,
        "reasons": [each for each in reasons_of(found.reasons, queries.names_of_skills(found)) if each.points],
        "said": found.mentor_said if is_mentor else found.mentee_said,
        "may_answer": may_answer(request.user, found),
        "form": form,
    }
    return render(request, "matching/proposal.html", page)
