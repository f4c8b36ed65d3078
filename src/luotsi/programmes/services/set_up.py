"""Writes: the steps from a model to a public call, while the programme is a draft."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import ProgrammeState, SetUpStep
from luotsi.programmes.formats.errors import ModelError
from luotsi.programmes.formats.reading import read_model
from luotsi.programmes.formats.tailoring import (
    MOST_QUESTIONS,
    LostConditionError,
    with_matching,
    with_own_question,
    with_questions,
)
from luotsi.programmes.formats.writing import write_model
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.set_up import base_of, text_of_model
from luotsi.programmes.rules import may_run
from luotsi.programmes.services.partners import add_partner, remove_partner, set_host
from luotsi.programmes.services.plans import lay_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from luotsi.core.actors import Actor
    from luotsi.people.models import Organisation
    from luotsi.programmes.formats.tailoring import Asked
    from luotsi.programmes.formats.values import Matching, ModelDescription, Question
    from luotsi.programmes.models.programmes import Programme

STEPS = tuple(SetUpStep)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whom a programme is for and who carries it. Empty: not narrowed. The host is one of the partners."""

    name: Mapping[str, str]
    for_whom: Mapping[str, str] = field(default_factory=dict)
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    mentors_most: int | None = None
    mentees_most: int | None = None
    project_code: str = ""
    project_link: str = ""
    partners: tuple[Organisation, ...] = ()
    host: Organisation | None = None


@transaction.atomic
def change_model(programme: Programme, *, model_key: str, by: Actor) -> None:
    """Start from another model: its plan, questions and pairing take the place of those that were there.

    Raises KeyError for a model that the network is not offered.
    """
    refuse_unless_draft(programme, by)
    if model_key != programme.model_key:
        if programme.partners.filter(approvals__isnull=False).exists():
            raise RefusedError(_("A partner has approved the plan already. Make another draft from the other model."))
        description = text_of_model(programme.network, model_key)
        programme.activities.all().delete()
        programme.phases.all().delete()
        programme.amend(model_key=model_key, model_version=model_in(description).version, description=description)
        lay_out(programme, by=by, skips_july=programme.skips_july)
        last = programme.phases.order_by("-position").first()
        programme.amend(ends_on=last.ends_on if last else programme.ends_on)
        audit.record(by=by, verb="programmes.model_changed", subject=programme, model=model_key)
    reach(programme, SetUpStep.SCOPE)


@transaction.atomic
def set_scope(programme: Programme, scope: Scope, *, by: Actor) -> None:
    """Name, for whom, how many, the funded project, and who carries it."""
    refuse_unless_draft(programme, by)
    programme.amend(
        name=_texts(scope.name),
        for_whom=_texts(scope.for_whom) or None,
        regions=list(scope.regions),
        languages=list(scope.languages),
        mentors_most=scope.mentors_most,
        mentees_most=scope.mentees_most,
        project_code=scope.project_code,
        project_link=scope.project_link,
    )
    _settle_partners(programme, scope, by)
    audit.record(by=by, verb="programmes.scope_set", subject=programme)
    reach(programme, SetUpStep.DATES)


def _texts(given: Mapping[str, str]) -> TranslatedText:
    return TranslatedText({language: text.strip() for language, text in given.items() if text.strip()})


def _settle_partners(programme: Programme, scope: Scope, by: Actor) -> None:
    """The chosen organisations are partners, the others leave. Without a chosen host the first one stays or becomes it.

    One that was chosen before finds what it had.
    """
    wanted = {organisation.pk: organisation for organisation in (*scope.partners, *filter(None, [scope.host]))}
    partners = {partner.organisation_id: partner for partner in programme.partners.filter(left_on=None)}
    for pk, organisation in wanted.items():
        if pk not in partners:
            partners[pk] = add_partner(programme, organisation=organisation, by=by)
    if scope.host is not None:
        set_host(partners[scope.host.pk], by=by)
    for partner in programme.partners.filter(left_on=None).exclude(organisation__in=wanted):
        remove_partner(partner, by=by)


@transaction.atomic
def set_questions(
    programme: Programme,
    asked: Sequence[Asked],
    *,
    by: Actor,
    terms: Mapping[str, str] | None = None,
    is_done: bool = True,
) -> None:
    """Which questions are asked, in this order, and the terms that go with them (none: as they are).

    `is_done`: go on to the next step afterwards.
    """
    refuse_unless_draft(programme, by)
    if not asked:
        raise RefusedError(_("Ask one question at least."))
    try:
        model = with_questions(model_in(programme.description), base_of(programme), asked)
    except LostConditionError as lost:
        raise RefusedError(
            _("“%(question)s” is asked after a certain answer to another question. Ask that one too, before it.")
            % {"question": TranslatedText(lost.question.text)}
        ) from None
    if terms is not None:
        model = replace(model, enrolment=replace(model.enrolment, terms=dict(_texts(terms))))
    _keep(programme, model)
    audit.record(by=by, verb="programmes.questions_set", subject=programme, questions=len(model.questions))
    if is_done:
        reach(programme, SetUpStep.MATCHING)


@transaction.atomic
def add_question(programme: Programme, question: Question, *, by: Actor) -> None:
    """Ask one more question, the last. Its key is made here."""
    refuse_unless_draft(programme, by)
    model = model_in(programme.description)
    if len(model.questions) >= MOST_QUESTIONS:
        raise RefusedError(_("There are as many questions as there can be. Take one away first."))
    _keep(programme, with_own_question(model, question))
    audit.record(by=by, verb="programmes.question_added", subject=programme)


@transaction.atomic
def set_matching(programme: Programme, matching: Matching, *, by: Actor) -> None:
    """What counts when pairs are sought."""
    refuse_unless_draft(programme, by)
    _keep(programme, with_matching(model_in(programme.description), matching))
    audit.record(by=by, verb="programmes.matching_set", subject=programme)
    reach(programme, SetUpStep.CHECK)


def _keep(programme: Programme, model: ModelDescription) -> None:
    """Write the model into the programme, if it can be read again."""
    description = write_model(model).decode()
    try:
        read_model(description)
    except ModelError:
        raise RefusedError(_("A text is too long, or has a character that cannot be kept. Change it.")) from None
    if description != programme.description:
        programme.amend(description=description)


def reach(programme: Programme, step: SetUpStep) -> None:
    """Remember the farthest step that was come to."""
    if STEPS.index(step) > STEPS.index(SetUpStep(programme.set_up)):
        programme.amend(set_up=step)


def refuse_unless_draft(programme: Programme, by: Actor) -> None:
    if not may_run(by, programme):
        raise RefusedError(_("Only a coordinator of the network sets its programmes up."))
    if programme.state != ProgrammeState.DRAFT:
        raise RefusedError(_("The programme has been opened already."))
