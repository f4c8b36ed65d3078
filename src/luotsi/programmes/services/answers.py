"""Writes: what somebody who has applied tells anew, until it is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.core.errors import RefusedError
from luotsi.core.questions.answers import check_answers
from luotsi.people.queries import address_of
from luotsi.programmes.enums import ApplicationRole
from luotsi.programmes.formats.answers import answers_from_json
from luotsi.programmes.formats.calls import (
    GUARDIAN_EMAIL,
    GUARDIAN_KEYS,
    GUARDIAN_LANGUAGE,
    answers_after,
    faults_beyond,
    form_to_change,
)
from luotsi.programmes.queries.calls import has_guardian
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.services.applications import Candidacy, change_application
from luotsi.programmes.services.guardians import ask_guardian

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.core.actors import Actor
    from luotsi.programmes.models.applications import Application


@transaction.atomic
def change_answers(application: Application, told: Mapping[str, object], *, by: Actor) -> None:
    """Other answers to the questions of the call. Of somebody who turns out to be a minor the guardian is asked."""
    model = model_in(application.round.programme.description)
    form = form_to_change(model, application.role, has_guardian=has_guardian(application))
    checked = check_answers(form, told)
    email = address_of(application.person)
    if checked.faults or faults_beyond(model, application.role, checked.kept, email=email):
        raise RefusedError(_("Some answers are missing or need to be corrected. Look at your answers once more."))
    before = answers_from_json(application.answers)
    candidacy = Candidacy(
        role=ApplicationRole(application.role),
        answers=answers_after(model, application.role, checked.kept, before),
        organisation=application.organisation,
        submitted_on=application.submitted_on,
        told={key: answer for key, answer in checked.kept.items() if key not in GUARDIAN_KEYS},
    )
    change_application(application, candidacy, by=by)
    if GUARDIAN_EMAIL in checked.kept:
        ask_guardian(
            application, str(checked.kept[GUARDIAN_EMAIL]), language=str(checked.kept[GUARDIAN_LANGUAGE]), by=by
        )
