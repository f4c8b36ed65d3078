"""Writes: HR days, who takes part in them, and how they go on from step to step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.people.models import Membership, NetworkOrganisation, Person
from luotsi.people.queries import recipient_of
from luotsi.people.rules import coordinates, is_system
from luotsi.surveys.enums import WORKSHOP_MOVES, ShareLevel, Step, WorkshopState
from luotsi.surveys.messages import workshops as letters
from luotsi.surveys.models import Wave, Workshop, WorkshopPart
from luotsi.surveys.rules import STEERING, facilitates, takes_part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from luotsi.core.actors import Actor
    from luotsi.people.models import Network, Organisation

COMING = frozenset({WorkshopState.PLANNED, WorkshopState.RUNNING})


@transaction.atomic
def plan_workshop(
    network: Network, *, name: str, held_on: date, organisations: Iterable[Organisation], by: Actor
) -> Workshop:
    """Plan an HR day and invite organisations of the network to it. Their HR people are told."""
    if not (is_system(by) or coordinates(by, network)):
        raise RefusedError(_("Only a coordinator of the network plans HR days."))
    _refuse_past(held_on, by)
    workshop = Workshop(network=network, name=name.strip(), held_on=held_on).insert()
    audit.record(by=by, verb="surveys.workshop_planned", subject=workshop, held_on=held_on.isoformat())
    for organisation in organisations:
        invite_organisation(workshop, organisation=organisation, by=by)
    return workshop


@transaction.atomic
def change_workshop(workshop: Workshop, *, name: str, held_on: date, by: Actor) -> None:
    """Another name or day. Who takes part is told of a new day."""
    locked = to_lead(workshop, by)
    _refuse_over(locked)
    is_moved = held_on != locked.held_on
    if is_moved:
        _refuse_past(held_on, by)
    locked.amend(name=name.strip(), held_on=held_on)
    audit.record(by=by, verb="surveys.workshop_changed", subject=locked, held_on=held_on.isoformat())
    if is_moved:
        for part in locked.parts.select_related("organisation"):
            _tell_steering(part, letters.moved, by)


@transaction.atomic
def invite_organisation(workshop: Workshop, *, organisation: Organisation, by: Actor) -> WorkshopPart:
    """Let an organisation of the network take part, once. Its HR, management and administrators are told."""
    locked = to_lead(workshop, by)
    _refuse_over(locked)
    values = {"name": organisation.name}
    if not NetworkOrganisation.objects.current().filter(network=locked.network, organisation=organisation).exists():
        raise RefusedError(_("%(name)s is not part of this network.") % values)
    if locked.parts.filter(organisation=organisation).exists():
        raise RefusedError(_("%(name)s takes part already.") % values)
    if not steering_people(organisation):
        raise RefusedError(
            _("%(name)s has nobody for human resources, management or administration here yet. Invite somebody first.")
            % values
        )
    part = WorkshopPart(workshop=locked, organisation=organisation).insert()
    audit.record(by=by, verb="surveys.workshop_joined", subject=locked, organisation=str(organisation.ref))
    _tell_steering(part, letters.invited, by)
    return part


@transaction.atomic
def leave_workshop(part: WorkshopPart, *, by: Actor) -> None:
    """Take the own organisation out of an HR day whose goals are not settled. Its notes and goals there go with it."""
    if not takes_part(by, part):
        raise RefusedError(_("Only the organisation itself leaves an HR day."))
    workshop = locked_workshop(part.workshop)
    _refuse_over(workshop)
    part.conclusions.all().delete()
    audit.record(by=by, verb="surveys.workshop_left", subject=workshop, organisation=str(part.organisation.ref))
    part.delete()


@transaction.atomic
def choose_results(part: WorkshopPart, *, wave: Wave | None, shares: ShareLevel, by: Actor) -> None:
    """Say which of the own results are looked at, and what the others see of them. Holds at once, both ways."""
    if not takes_part(by, part):
        raise RefusedError(_("Only the organisation itself says which of its results are looked at."))
    workshop = locked_workshop(part.workshop)
    _refuse_over(workshop)
    if wave is not None and (wave.organisation_id != part.organisation_id or wave.closed_at is None):
        raise RefusedError(_("Choose results of your own organisation that are closed."))
    if wave is None and shares != ShareLevel.NOTHING:
        raise RefusedError(_("Choose first which results you look at. Without them there is nothing to show."))
    part.amend(wave=wave, shares=shares)
    audit.record(
        by=by, verb="surveys.workshop_results_chosen", subject=workshop, organisation=str(part.organisation.ref),
        wave=str(wave.ref) if wave else None, shares=str(shares),
    )  # fmt: skip


@transaction.atomic
def start_workshop(workshop: Workshop, *, by: Actor) -> None:
    """From now on notes and goals are written."""
    locked = to_lead(workshop, by)
    if not locked.parts.exists():
        raise RefusedError(_("No organisation takes part yet. Invite at least one."))
    move(locked, WorkshopState.RUNNING, by=by)


@transaction.atomic
def cancel_workshop(workshop: Workshop, *, by: Actor) -> None:
    """It is not held, or not finished. Who takes part is told."""
    locked = to_lead(workshop, by)
    move(locked, WorkshopState.CANCELLED, by=by)
    for part in locked.parts.select_related("organisation"):
        _tell_steering(part, letters.cancelled, by)


@transaction.atomic
def go_to_step(workshop: Workshop, *, step: Step, by: Actor) -> None:
    """Say at which step everybody is. Each organisation may look back and ahead all the same."""
    locked = to_lead(workshop, by)
    refuse_not_running(locked)
    locked.amend(step=step)
    audit.record(by=by, verb="surveys.workshop_step", subject=locked, step=int(step))


def to_lead(workshop: Workshop, by: Actor) -> Workshop:
    """The workshop, locked, for those who lead it."""
    if not facilitates(by, workshop):
        raise RefusedError(_("Only a coordinator of the network leads its HR days."))
    return locked_workshop(workshop)


def locked_workshop(workshop: Workshop) -> Workshop:
    return Workshop.objects.select_for_update(of=("self",)).select_related("network").get(pk=workshop.pk)


def move(workshop: Workshop, to: WorkshopState, *, by: Actor, **facts: Any) -> None:  # noqa: ANN401 -- of the audit log
    """Into another state, if there is a way to it."""
    if to not in WORKSHOP_MOVES[WorkshopState(workshop.state)]:
        raise RefusedError(
            _("The HR day is %(state)s. Look at the page again.") % {"state": workshop.get_state_display()}
        )
    workshop.amend(state=to)
    audit.record(by=by, verb="surveys.workshop_moved", subject=workshop, state=to.value, **facts)


def refuse_not_running(workshop: Workshop) -> None:
    if workshop.state == WorkshopState.PLANNED:
        raise RefusedError(_("The HR day has not begun yet. A coordinator starts it."))
    if workshop.state != WorkshopState.RUNNING:
        raise RefusedError(_("The HR day is over, and what was written stands."))


def steering_people(organisation: Organisation) -> list[Person]:
    """Who works on an HR day for the organisation."""
    mine = Membership.objects.current().filter(organisation=organisation, role__in=STEERING)
    return list(Person.objects.present().filter(pk__in=mine.values("person")).order_by("sort_key", "pk"))


def _refuse_over(workshop: Workshop) -> None:
    if workshop.state not in COMING:
        raise RefusedError(_("The HR day is over, and what was written stands."))


def _refuse_past(held_on: date, by: Actor) -> None:
    if held_on < timezone.localdate() and not is_system(by):
        raise RefusedError(_("The day has passed already. Choose a later one."))


def _tell_steering(part: WorkshopPart, compose: letters.Compose, by: Actor) -> None:
    for person in steering_people(part.organisation):
        tell(lambda: compose(part), to=recipient_of(person), by=by)
