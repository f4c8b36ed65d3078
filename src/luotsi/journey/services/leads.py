"""Writes: what a programme leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.journey.models import AwardRule
from luotsi.journey.rules import may_lead

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.core.actors import Actor
    from luotsi.passport.models import Mark
    from luotsi.programmes.models.programmes import Programme


@transaction.atomic
def lead_to(programme: Programme, marks: Iterable[Mark], *, by: Actor) -> None:
    """These marks, and no others, are offered to who completes mentoring in the programme."""
    if not may_lead(by, programme):
        raise RefusedError(_("Only a coordinator of the network decides what a programme leads to."))
    wanted = {mark.pk: mark for mark in marks}
    AwardRule.objects.filter(programme=programme).exclude(mark__in=wanted).delete()
    known = set(AwardRule.objects.filter(programme=programme).values_list("mark_id", flat=True))
    for key, mark in wanted.items():
        if key not in known:
            AwardRule(programme=programme, mark=mark).insert()
    audit.record(by=by, verb="journey.leads_to", subject=programme, marks=len(wanted))
