"""Writes: a partner's yes to the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.programmes.models.partners import Partner
from luotsi.programmes.models.plans import PlanApproval
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.plans import standing_of
from luotsi.programmes.rules import may_approve

if TYPE_CHECKING:
    from luotsi.people.models import Person


@transaction.atomic
def approve_plan(partner: Partner, *, seen: int, by: Person) -> PlanApproval:
    """Say yes for a partner to the plan as it was seen: up to the change `seen`.

    Refused when the plan has changed meanwhile. Approved already, nothing happens.
    """
    if not may_approve(by, partner):
        raise RefusedError(_("Only the partner's own contacts, management and HR approve the plan for it."))
    programme = Programme.objects.select_for_update().get(pk=partner.programme_id)
    Partner.objects.select_for_update().get(pk=partner.pk)
    if not programme.activities.exists():
        raise RefusedError(_("There is nothing in the plan yet."))
    concerning = programme.plan_changes.filter(Q(partner=None) | Q(partner=partner))
    newest = concerning.order_by("-pk").values_list("pk", flat=True).first() or 0
    if newest > seen:
        raise RefusedError(_("The plan has changed while you looked at it. Look at it again, then approve it."))
    standing = standing_of(partner)
    if standing.is_approved and standing.approval is not None:
        return standing.approval
    approval = PlanApproval(partner=partner, person=by, name=str(by), newest_change=newest).insert()
    audit.record(by=by, verb="programmes.plan_approved", subject=partner, newest=newest)
    return approval
