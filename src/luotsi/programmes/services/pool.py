"""Writes: mentors between rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.people.queries import recipient_of
from luotsi.programmes.enums import ApplicationRole, CameBy, PartRole, ProgrammeState
from luotsi.programmes.formats.answers import answers_from_json
from luotsi.programmes.messages import directory as letters
from luotsi.programmes.models.directory import PoolMember
from luotsi.programmes.queries.directory import mentored_in, newest_answers_of, pool_of, ready_in_pool
from luotsi.programmes.queries.programmes import round_of
from luotsi.programmes.rules import may_run
from luotsi.programmes.services.applications import Candidacy, submit_application

if TYPE_CHECKING:
    from datetime import date

    from luotsi.people.models import Network, Person
    from luotsi.programmes.models.applications import Application
    from luotsi.programmes.models.programmes import Programme


@transaction.atomic
def join_pool(network: Network, *, by: Person) -> PoolMember:
    """Be asked again when a new round begins. What was told with the last application is kept for it."""
    if not mentored_in(by).filter(pk=network.pk).exists():
        raise RefusedError(_("Those who have mentored in the network can stay in its pool."))
    if pool_of(network).filter(person=by).exists():
        raise RefusedError(_("You are in this pool already."))
    member = PoolMember(
        network=network, person=by, role=PartRole.MENTOR, answers=newest_answers_of(by, network)
    ).insert()
    audit.record(by=by, verb="programmes.pool_joined", subject=member)
    return member


@transaction.atomic
def rest_until(member: PoolMember, day: date | None, *, by: Person) -> None:
    """Not to be asked before that day; None: to be asked again from now on."""
    _only_oneself(member, by)
    if day is not None and day <= timezone.localdate():
        raise RefusedError(_("Choose a day that is still to come."))
    member.amend(rests_until=day)
    audit.record(by=by, verb="programmes.pool_rested", subject=member)


@transaction.atomic
def leave_pool(member: PoolMember, *, by: Person) -> None:
    """Not to be asked any more; what was kept for it is forgotten."""
    _only_oneself(member, by)
    member.amend(left_on=timezone.localdate(), answers={}, rests_until=None)
    audit.record(by=by, verb="programmes.pool_left", subject=member)


@transaction.atomic
def ask_pool(programme: Programme, *, by: Person) -> int:
    """Ask everybody in the network's pool who is ready and has not applied yet. Returns how many are asked."""
    if not may_run(by, programme):
        raise RefusedError(_("Only a coordinator of the network does this."))
    if programme.state != ProgrammeState.OPEN:
        raise RefusedError(_("The programme is not open."))
    members = list(ready_in_pool(programme.network, programme))
    for member in members:
        tell(lambda: letters.asked_from_pool(programme), to=recipient_of(member.person), by=by)
    audit.record(by=by, verb="programmes.pool_asked", subject=programme, count=len(members))
    return len(members)


@transaction.atomic
def apply_again(member: PoolMember, programme: Programme, *, by: Person) -> Application:
    """Apply as a mentor with what was told the last time."""
    _only_oneself(member, by)
    round_ = round_of(programme)
    if round_ is None or programme.network_id != member.network_id:
        raise RefusedError(_("This programme does not take applications now."))
    candidacy = Candidacy(role=ApplicationRole.MENTOR, answers=answers_from_json(member.answers), came_by=CameBy.POOL)
    return submit_application(round_, candidacy, person=by, by=by)


@transaction.atomic
def forget_places_in_pools(person: Person) -> None:
    """The places stay as rows of somebody who is forgotten; what was told for them goes."""
    for member in PoolMember.objects.filter(person=person):
        member.amend(answers={}, rests_until=None, left_on=member.left_on or timezone.localdate())


def _only_oneself(member: PoolMember, by: Person) -> None:
    if member.person_id != by.pk:
        raise RefusedError(_("Only the one whose place in the pool it is does this."))
