"""What the passport holds about a person: claims with their evidence, facts, decisions, credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.privacy import Held, day_of
from luotsi.passport.services import forgetting

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.passport.models import Decision
    from luotsi.people.models import Person

COVERS = frozenset({"passport.Fact.person", "passport.Claim.person", "passport.Decision.assessor"})


def collect(person: Person) -> list[Held]:
    by_criterion = "decisions__by_criterion__criterion"
    claims = (
        person.claims.select_related("mark", "credential").prefetch_related("evidence", by_criterion).order_by("pk")
    )
    rows = []
    for claim in claims:
        row = {_("Mark"): str(claim.mark.name), _("State"): claim.get_state_display()}
        for number, evidence in enumerate(claim.evidence.all(), start=1):
            row[_("Evidence %(number)s") % {"number": number}] = evidence.text
        for number, decision in enumerate(claim.decisions.all(), start=1):
            row[_("Decision %(number)s") % {"number": number}] = _told(decision)
        if hasattr(claim, "credential"):
            row[_("Signed document")] = bytes(claim.credential.document).decode()
        rows.append(row)
    facts = [{_("Day"): row.happened_on.isoformat(), _("What"): str(row.text)} for row in person.facts.order_by("pk")]
    judged = [
        {_("I decided on"): day_of(row.decided_at), _("Reasons"): row.reasons}
        for row in person.decisions.order_by("pk")
    ]
    return [
        Held(title=_("Marks and claims"), rows=rows),
        Held(title=_("What happened and can be evidence"), rows=facts),
        Held(title=_("What I decided as an assessor"), rows=judged),
    ]


def _told(decision: Decision) -> str:
    """What was decided, why, and what of each criterion."""
    said = {True: _("shown"), False: _("still to show")}
    of_each = [f"{row.criterion.text}: {said[row.is_met]} {row.reason}".strip() for row in decision.by_criterion.all()]
    return "\n".join([f"{decision.get_outcome_display()} {day_of(decision.decided_at)}", decision.reasons, *of_each])


def erase(person: Person, *, by: Actor) -> None:
    forgetting.forget_person(person, by=by)
