"""Writes: what the evaluation of a programme found, and whether the model changes for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.programmes.enums import FindingState
from luotsi.programmes.models.partners import Finding
from luotsi.programmes.rules import may_run

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person
    from luotsi.programmes.models.programmes import Programme


@transaction.atomic
def propose_finding(programme: Programme, *, text: str, change: str, by: Person) -> Finding:
    """Write down what was found, and what it would change in the model's next version."""
    _refuse_unless_runs(programme, by)
    finding = Finding(programme=programme, text=text.strip(), change=change.strip(), made_by=by).insert()
    audit.record(by=by, verb="programmes.finding_proposed", subject=finding)
    return finding


@transaction.atomic
def decide_finding(finding: Finding, *, is_accepted: bool, grounds: str, by: Person) -> None:
    """Accept a finding as a change of the model's next version, or refuse it, which needs grounds. Decided once."""
    _refuse_unless_runs(finding.programme, by)
    locked: Finding = Finding.objects.select_for_update().get(pk=finding.pk)
    if locked.state != FindingState.PROPOSED:
        raise RefusedError(_("This finding has been decided on already."))
    if is_accepted and not locked.change:
        raise RefusedError(_("Write down first what the finding changes in the model."))
    if not is_accepted and not grounds.strip():
        raise RefusedError(_("Write why the model does not change for it."))
    state = FindingState.ACCEPTED if is_accepted else FindingState.REFUSED
    locked.amend(state=state, grounds=grounds.strip(), decided_by=by, decided_at=timezone.now())
    audit.record(by=by, verb="programmes.finding_decided", subject=locked, state=state)


@transaction.atomic
def change_finding(finding: Finding, *, text: str, change: str, by: Person) -> None:
    """Word a finding anew, as long as nobody has decided on it."""
    _refuse_unless_runs(finding.programme, by)
    locked: Finding = Finding.objects.select_for_update().get(pk=finding.pk)
    if locked.state != FindingState.PROPOSED:
        raise RefusedError(_("This finding has been decided on already."))
    locked.amend(text=text.strip(), change=change.strip())
    audit.record(by=by, verb="programmes.finding_changed", subject=locked)


def _refuse_unless_runs(programme: Programme, by: Actor) -> None:
    if not may_run(by, programme):
        raise RefusedError(_("Only a coordinator of the network writes down findings and decides on them."))
