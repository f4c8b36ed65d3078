"""Writes: what an organisation's management or HR wants of a programme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.programmes.models.partners import MainGoal, Partner
from luotsi.programmes.rules import may_set_goal
from luotsi.surveys.queries.workshops import settled_conclusions_of

if TYPE_CHECKING:
    from luotsi.competence.models import Competence
    from luotsi.people.models import Person
    from luotsi.surveys.models import Conclusion

MOST_GOALS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDetails:
    """What is wanted, the strategy behind it, and what it comes from: an HR day's conclusion, or a competence."""

    title: str
    strategy: str = ""
    conclusion: Conclusion | None = None
    competence: Competence | None = None


@transaction.atomic
def set_goal(partner: Partner, *, goal: GoalDetails, by: Person) -> MainGoal:
    """Write down a main goal of a partner, by whom and today."""
    _refuse_others(partner, by)
    Partner.objects.select_for_update().get(pk=partner.pk)
    if partner.main_goals.filter(removed_at=None).count() >= MOST_GOALS:
        raise RefusedError(
            _("A partner has %(most)s main goals at most in a programme. Remove one first.") % {"most": MOST_GOALS}
        )
    if goal.conclusion is not None and not _may_take(partner, goal.conclusion):
        raise RefusedError(_("Choose a conclusion of an HR day of this organisation."))
    if goal.conclusion is not None and _is_taken(partner, goal.conclusion):
        raise RefusedError(_("This conclusion is a main goal here already."))
    if goal.competence is not None and not _is_seen(partner, goal.competence):
        raise RefusedError(_("Choose a competence that the network has."))
    made = MainGoal(
        partner=partner,
        title=goal.title.strip(),
        strategy=goal.strategy.strip(),
        set_by=by,
        conclusion=goal.conclusion,
        competence=goal.competence,
    ).insert()
    audit.record(by=by, verb="programmes.main_goal_set", subject=made, partner=str(partner.ref))
    return made


@transaction.atomic
def take_conclusions(partner: Partner, *, conclusions: list[Conclusion], by: Person) -> list[MainGoal]:
    """Make main goals of what an HR day ended in, each in its own words; those taken already stay as they are."""
    _refuse_others(partner, by)
    taken = set(partner.main_goals.filter(removed_at=None).values_list("conclusion_id", flat=True))
    fresh = [conclusion for conclusion in conclusions if conclusion.pk not in taken]
    return [
        set_goal(partner, goal=GoalDetails(title=each.title, strategy=each.why, conclusion=each), by=by)
        for each in fresh
    ]


@transaction.atomic
def remove_goal(goal: MainGoal, *, by: Person) -> None:
    """It is not aimed at any more. What it was stays written."""
    _refuse_others(goal.partner, by)
    if goal.removed_at is not None:
        return
    goal.amend(removed_at=timezone.now())
    audit.record(by=by, verb="programmes.main_goal_removed", subject=goal)


def _may_take(partner: Partner, conclusion: Conclusion) -> bool:
    own = settled_conclusions_of(partner.organisation)
    return own.filter(part__workshop__network=partner.programme.network_id, pk=conclusion.pk).exists()


def _is_taken(partner: Partner, conclusion: Conclusion) -> bool:
    return partner.main_goals.filter(conclusion=conclusion, removed_at=None).exists()


def _is_seen(partner: Partner, competence: Competence) -> bool:
    return competence.area.framework.network_id in {None, partner.programme.network_id}


def _refuse_others(partner: Partner, by: Person) -> None:
    if partner.left_on is not None or not may_set_goal(by, partner):
        raise RefusedError(_("Main goals are set by the management and HR of the organisation, or by a coordinator."))
