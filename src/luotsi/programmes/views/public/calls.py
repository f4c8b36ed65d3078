"""The page of a call: what the programme is, whom it is for, what it asks, and how one gets in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from luotsi.core.texts import TranslatedText
from luotsi.people.enums import Role
from luotsi.people.formats.regions import name_of_region
from luotsi.people.queries import people_of_network
from luotsi.programmes.formats.calls import questions_for
from luotsi.programmes.formats.vocabulary import name_of_language
from luotsi.programmes.messages.apply import role_name
from luotsi.programmes.messages.model_words import words_for
from luotsi.programmes.queries import calls
from luotsi.programmes.queries import programmes as programme_queries

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def call(request: HttpRequest, ref: UUID) -> HttpResponse:
    found = calls.call_for_everybody(ref)
    programme, model, language = found.programme, found.model, (get_language() or "fi")[:2]
    page = {
        "call": found,
        "programme": programme,
        "model": model,
        "for_whom": programme.for_whom or TranslatedText(model.audience),
        "modes": words_for(model.modes),
        "plan": programme_queries.plan_of(programme),
        "deciders": people_of_network(programme.network, Role.COORDINATOR),
        "regions": [name_of_region(code, language) for code in programme.regions],
        "languages_spoken": [name_of_language(code, language) for code in programme.languages],
        "roles": [(role.value, role_name(model, role)) for role in found.roles],
        "full": [role_name(model, part) for part in found.full],
        "questions": [
            (role_name(model, role), [TranslatedText(question.text) for question in questions_for(model, role)])
            for role in ("mentee", "mentor")
        ],
    }
    return render(request, "programmes/call.html", page)
