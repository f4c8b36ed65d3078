"""Writes: what employers need. Their own words stay theirs: no entry of the audit log repeats them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.competence.enums import NEED_MOVES, NeedState
from luotsi.competence.models import NeededCompetence, SkillNeed
from luotsi.competence.rules import may_state_need, speaks_for
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.people.models import NetworkOrganisation, Person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from luotsi.competence.queries.search import FoundCompetence
    from luotsi.core.actors import Actor
    from luotsi.people.models import Network, Organisation

MOST_PICKED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDetails:
    """What is needed, how many, when and where. `region` is a maakunta code or empty."""

    words: str
    language: str
    people: int
    needed_from: date
    needed_until: date | None = None
    region: str = ""
    place: str = ""


@transaction.atomic
def state_need(
    organisation: Organisation,
    *,
    network: Network,
    details: NeedDetails,
    competences: Sequence[FoundCompetence],
    by: Actor,
) -> SkillNeed:
    """Say what an organisation needs. A coordinator who does not speak for it says so on its behalf, marked."""
    if not may_state_need(by, organisation, network):
        raise RefusedError(_("Only those who speak for the organisation, or a coordinator, say what it needs."))
    _refuse_outsider(organisation, network)
    _refuse_bad(details, competences)
    need = SkillNeed(
        organisation=organisation,
        network=network,
        person=by if isinstance(by, Person) else None,
        is_on_behalf=not speaks_for(by, organisation),
        **asdict(details),
    ).insert()
    count = _write(need, competences)
    audit.record(
        by=by, verb="competence.need_stated", subject=need, people=need.people, competences=count,
        on_behalf=need.is_on_behalf,
    )  # fmt: skip
    return need


@transaction.atomic
def change_need(
    need: SkillNeed, *, details: NeedDetails, competences: Sequence[FoundCompetence], by: Actor
) -> SkillNeed:
    """Say it in another way, as long as the need is open. Who said it first stays."""
    _refuse_others(need, by)
    if need.state != NeedState.OPEN:
        raise RefusedError(_("Open the need again before you change it."))
    _refuse_bad(details, competences)
    need.amend(**asdict(details))
    need.needed.all().delete()
    count = _write(need, competences)
    audit.record(by=by, verb="competence.need_changed", subject=need, people=need.people, competences=count)
    return need


@transaction.atomic
def withdraw_need(need: SkillNeed, *, by: Actor) -> None:
    """It is not needed after all: nobody else sees it any more."""
    _move(need, NeedState.WITHDRAWN, by=by)


@transaction.atomic
def mark_answered(need: SkillNeed, *, by: Actor) -> None:
    """Those who were needed are there: it does not count in the demand any more."""
    _move(need, NeedState.ANSWERED, by=by)


@transaction.atomic
def reopen_need(need: SkillNeed, *, by: Actor) -> None:
    """It is needed after all."""
    _move(need, NeedState.OPEN, by=by)


def _move(need: SkillNeed, to: NeedState, *, by: Actor) -> None:
    _refuse_others(need, by)
    if to not in NEED_MOVES[NeedState(need.state)]:
        raise RefusedError(_("The need is not as it was when you opened the page. Look at it again."))
    need.amend(state=to)
    audit.record(by=by, verb="competence.need_moved", subject=need, state=to.value)


def _write(need: SkillNeed, competences: Sequence[FoundCompetence]) -> int:
    """One for each line: two versions or two frameworks may have the same."""
    lines = {found.lineage: found for found in competences}
    NeededCompetence.objects.bulk_create(
        NeededCompetence(need=need, competence_id=found.pk, lineage=found.lineage) for found in lines.values()
    )
    return len(lines)


def _refuse_others(need: SkillNeed, by: Actor) -> None:
    if not may_state_need(by, need.organisation, need.network):
        raise RefusedError(_("Only those who speak for the organisation, or a coordinator, say what it needs."))


def _refuse_outsider(organisation: Organisation, network: Network) -> None:
    whole = [organisation.pk, organisation.parent_id]
    if not NetworkOrganisation.objects.current().filter(network=network, organisation__in=whole).exists():
        raise RefusedError(_("The organisation is not part of this network."))


def _refuse_bad(details: NeedDetails, competences: Sequence[FoundCompetence]) -> None:
    if details.needed_until is not None and details.needed_until < details.needed_from:
        raise RefusedError(_("The need ends before it begins. Check the two dates."))
    if details.needed_until is not None and details.needed_until < timezone.localdate():
        raise RefusedError(_("The need is over already. Give a later end, or none."))
    if len(competences) > MOST_PICKED:
        raise RefusedError(_("Pick %(most)s competences at most: those that matter most.") % {"most": MOST_PICKED})
