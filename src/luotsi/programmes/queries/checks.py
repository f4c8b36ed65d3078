"""Reads: what a programme lacks before people can be asked to apply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.core.enums import Language
from luotsi.people.enums import Role
from luotsi.people.queries import people_of_network
from luotsi.programmes.enums import SetUpStep
from luotsi.programmes.formats.values import QuestionType, RoleKey, RuleName, Stage
from luotsi.programmes.models.partners import MainGoal
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.plans import late_activities, standings_of
from luotsi.programmes.queries.programmes import plan_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from luotsi.programmes.formats.values import ModelDescription
    from luotsi.programmes.models.programmes import Programme

NEEDED_BY_RULES = {
    RuleName.COMMON_LANGUAGE: QuestionType.LANGUAGES,
    RuleName.REGION_OR_REMOTE: QuestionType.REGION,
    RuleName.MANDATORY_SKILLS: QuestionType.SKILLS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Something to mend, in a whole sentence, and the step where that is done. Without `is_blocking`: good to know."""

    sentence: str
    step: SetUpStep
    is_blocking: bool = True
    is_about_partners: bool = False  # mended on the page of partners


def obstacles_to(programme: Programme) -> list[Obstacle]:
    """What stands between the programme and its opening, and what is good to know; in the order of the steps."""
    model = model_in(programme.description)
    today = timezone.localdate()
    found = [*_scope(programme, model), *_partners(programme, model), *_days(programme, today)]
    return [*found, *_activities(programme), *_questions(model), *_matching(model)]


def blocking(obstacles: list[Obstacle]) -> list[Obstacle]:
    return [obstacle for obstacle in obstacles if obstacle.is_blocking]


def _scope(programme: Programme, model: ModelDescription) -> Iterator[Obstacle]:
    missing = {
        Language.FI: _("The call is in Finnish too. Give the programme a name in Finnish."),
        Language.SV: _("The call is in Swedish too. Give the programme a name in Swedish."),
        Language.EN: _("The call is in English too. Give the programme a name in English."),
    }
    for language, sentence in missing.items():
        if language in programme.languages and not programme.name.get(language):
            yield Obstacle(sentence=sentence, step=SetUpStep.SCOPE)
    if not people_of_network(programme.network, Role.COORDINATOR):
        yield Obstacle(
            sentence=_("The network has no coordinator whom applicants could ask. Invite one."), step=SetUpStep.SCOPE
        )
    if not model.enrolment.terms:
        yield Obstacle(sentence=_("There are no terms for applicants to accept. Write them."), step=SetUpStep.QUESTIONS)


def _partners(programme: Programme, model: ModelDescription) -> Iterator[Obstacle]:
    opening = model.opening
    partners = list(
        programme.partners.filter(left_on=None).select_related("organisation").order_by("organisation__name")
    )
    if not partners and (opening.sponsor or opening.main_goal or opening.approved_plan):
        yield Obstacle(
            sentence=_("This model is carried by partners, and the programme has none yet. Choose them."),
            step=SetUpStep.SCOPE,
        )
    goals = set(MainGoal.objects.filter(partner__in=partners, removed_at=None).values_list("partner", flat=True))
    standings = standings_of(programme, partners) if opening.approved_plan else []
    approved = {standing.partner.pk for standing in standings if standing.is_approved}
    for partner in partners:
        name = {"organisation": partner.organisation.name}
        missing = [
            (
                opening.sponsor and partner.sponsor_id is None,
                _("%(organisation)s has named nobody in its management as sponsor."),
            ),
            (opening.main_goal and partner.pk not in goals, _("%(organisation)s has set no main goal.")),
            (
                opening.approved_plan and partner.pk not in approved,
                _("%(organisation)s has not approved the plan as it stands."),
            ),
        ]
        for is_missing, sentence in missing:
            if is_missing:
                yield Obstacle(sentence=sentence % name, step=SetUpStep.SCOPE, is_about_partners=True)


def _days(programme: Programme, today: date) -> Iterator[Obstacle]:
    call = next((phase for phase in plan_of(programme) if phase.stage == Stage.RECRUITING), None)
    until = programme.apply_until
    if programme.ends_on < today:
        yield Obstacle(sentence=_("The programme's last day is over already. Move its days."), step=SetUpStep.DATES)
    elif programme.starts_on < today:
        yield Obstacle(
            sentence=_("The programme's first day is over already. That is all right if it has begun elsewhere."),
            step=SetUpStep.DATES,
            is_blocking=False,
        )
    if until is not None and until < today:
        yield Obstacle(sentence=_("The last day to apply is over already. Choose a later one."), step=SetUpStep.DATES)
    elif until is not None and call is not None and until < call.starts_on:
        yield Obstacle(
            sentence=_("The last day to apply comes before the call begins. Choose a later one."), step=SetUpStep.DATES
        )


def _activities(programme: Programme) -> Iterator[Obstacle]:
    if count := late_activities().filter(programme=programme).count():
        yield Obstacle(
            sentence=ngettext(
                "%(num)s activity of the plan is on a day that is over. Move it, or switch it off.",
                "%(num)s activities of the plan are on days that are over. Move them, or switch them off.",
                count,
            )
            % {"num": count},
            step=SetUpStep.PLAN,
            is_blocking=False,
        )


def _questions(model: ModelDescription) -> Iterator[Obstacle]:
    asked = {role for question in model.questions for role in question.roles}
    if RoleKey.MENTEE not in asked:
        yield Obstacle(sentence=_("Nothing is asked of mentees. Add a question for them."), step=SetUpStep.QUESTIONS)
    if RoleKey.MENTOR not in asked:
        yield Obstacle(sentence=_("Nothing is asked of mentors. Add a question for them."), step=SetUpStep.QUESTIONS)


def _matching(model: ModelDescription) -> Iterator[Obstacle]:
    types = {question.type for question in model.questions}
    for rule, needed in NEEDED_BY_RULES.items():
        if rule in model.matching.rules and needed not in types:
            yield Obstacle(sentence=_sentence_of(rule), step=SetUpStep.MATCHING)


def _sentence_of(rule: RuleName) -> str:
    return {
        RuleName.COMMON_LANGUAGE: _(
            "Pairs must share a language, but nobody is asked for languages. Ask, or drop the rule."
        ),
        RuleName.REGION_OR_REMOTE: _(
            "Pairs must be able to meet, but nobody is asked for a region. Ask, or drop the rule."
        ),
        RuleName.MANDATORY_SKILLS: _(
            "Pairs must fit by what is a must, but nobody is asked for skills. Ask, or drop the rule."
        ),
    }[rule]
