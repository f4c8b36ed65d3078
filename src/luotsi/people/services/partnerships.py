"""Writes: education providers and workplaces that work together, and how far they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.people.enums import PARTNERSHIP_MOVES, PartnershipState
from luotsi.people.models import Network, Partnership, PartnershipStep
from luotsi.people.queries import staff_of
from luotsi.people.rules import coordinates, is_system

if TYPE_CHECKING:
    from datetime import date

    from luotsi.core.actors import Actor
    from luotsi.people.models import Organisation, Person


@transaction.atomic
def begin_partnership(
    network: Network,
    *,
    provider: Organisation,
    workplace: Organisation,
    by: Actor,
    came_about: str = "",
    on: date | None = None,
) -> Partnership:
    """Note that two organisations of a network have been in contact. The two have one open partnership at most."""
    _refuse_unless_coordinates(network, by)
    Network.objects.select_for_update().get(pk=network.pk)
    if provider == workplace:
        raise RefusedError(_("A partnership is one of two organisations. Choose two different ones."))
    for organisation in (provider, workplace):
        if not network.parts.current().filter(organisation=organisation).exists():
            raise RefusedError(
                _("%(organisation)s does not belong to the network. An organisation joins the network first.")
                % {"organisation": organisation.name}
            )
    if Partnership.objects.filter(network=network, provider=provider, workplace=workplace, until=None).exists():
        raise RefusedError(_("These two have a partnership already."))
    day = on or timezone.localdate()
    _refuse_future(day)
    partnership = Partnership(
        network=network, provider=provider, workplace=workplace, came_about=came_about.strip(), since=day
    ).insert()
    PartnershipStep(partnership=partnership, state=partnership.state, on=day).insert()
    audit.record(by=by, verb="people.partnership_begun", subject=partnership)
    return partnership


@transaction.atomic
def move_partnership(partnership: Partnership, *, to: PartnershipState, by: Actor, on: date | None = None) -> None:
    """Note a step, dated: on the day of the step before it or later."""
    locked = _to_change(partnership, by)
    if to not in PARTNERSHIP_MOVES[PartnershipState(locked.state)]:
        raise RefusedError(_("The partnership does not go there from where it is. Look at it again."))
    day = on or timezone.localdate()
    _refuse_future(day)
    last = locked.steps.order_by("-on", "-pk").first()
    if last is not None and day < last.on:
        raise RefusedError(_("The step before this one was later. Choose a day after it."))
    locked.amend(state=to)
    PartnershipStep(partnership=locked, state=to, on=day).insert()
    audit.record(by=by, verb="people.partnership_moved", subject=locked, state=to)


@transaction.atomic
def describe_partnership(
    partnership: Partnership,
    *,
    came_about: str,
    provider_contact: Person | None,
    workplace_contact: Person | None,
    by: Actor,
) -> None:
    """How it came about, and who speaks for each side: somebody with a role there."""
    locked = _to_change(partnership, by)
    sides = ((locked.provider, provider_contact), (locked.workplace, workplace_contact))
    for organisation, contact in sides:
        if contact is not None and not staff_of(organisation).filter(person=contact).exists():
            raise RefusedError(
                _("%(name)s has no role in %(organisation)s. Choose somebody of that organisation.")
                % {"name": contact, "organisation": organisation.name}
            )
    locked.amend(came_about=came_about.strip(), provider_contact=provider_contact, workplace_contact=workplace_contact)
    audit.record(by=by, verb="people.partnership_described", subject=locked)


@transaction.atomic
def end_partnership(partnership: Partnership, *, by: Actor) -> None:
    """The two do not work together any more, from today on. What was stays written."""
    locked = _to_change(partnership, by)
    locked.amend(until=timezone.localdate())
    audit.record(by=by, verb="people.partnership_ended", subject=locked)


@transaction.atomic
def forget_contact(person: Person, *, by: Actor) -> None:
    """Nobody is a contact of a partnership under this name any more."""
    for side in ("provider_contact", "workplace_contact"):
        for partnership in Partnership.objects.filter(**{side: person}):
            partnership.amend(**{side: None})
            audit.record(by=by, verb="people.partnership_described", subject=partnership)


def _to_change(partnership: Partnership, by: Actor) -> Partnership:
    locked: Partnership = (
        Partnership.objects.select_for_update(of=("self",))
        .select_related("network", "provider", "workplace")
        .get(pk=partnership.pk)
    )
    _refuse_unless_coordinates(locked.network, by)
    if locked.until is not None:
        raise RefusedError(_("This partnership has ended. Begin a new one if the two work together again."))
    return locked


def _refuse_future(day: date) -> None:
    if day > timezone.localdate():
        raise RefusedError(_("Write a day that has been, or today."))


def _refuse_unless_coordinates(network: Network, by: Actor) -> None:
    if not (is_system(by) or coordinates(by, network)):
        raise RefusedError(_("Only a coordinator of the network writes down its partnerships."))
