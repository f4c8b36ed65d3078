"""Writes: organisations, their units, networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.words.keys import search_key, sort_key
from luotsi.people.enums import Role
from luotsi.people.models import Network, NetworkOrganisation, Organisation
from luotsi.people.rules import administers, is_system, operates
from luotsi.people.services.memberships import invite

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person


@transaction.atomic
def add_organisation(
    *, by: Actor, name: str, kind: str, region: str = "", parent: Organisation | None = None
) -> Organisation:
    """A new organisation (operator) or a unit of one (its administrator)."""
    may_add = administers(by, parent) if parent else operates(by)
    if not (may_add or is_system(by)):
        raise RefusedError(_("Only the operator adds organisations, and only an administrator adds units."))
    if parent is not None and parent.parent is not None:
        raise RefusedError(_("A unit has no units of its own. Add it to the organisation."))
    if Organisation.objects.filter(parent=parent, search_key=search_key(name)).exists():
        raise RefusedError(
            _("There is already a unit with this name. Choose another name.")
            if parent
            else _("There is already an organisation with this name. Use that one, or choose another name.")
        )
    organisation = Organisation(
        name=name.strip(), sort_key=sort_key(name)[:250], search_key=search_key(name)[:250], kind=kind, region=region,
        parent=parent,
    ).insert()  # fmt: skip
    audit.record(by=by, verb="people.organisation_added", subject=organisation)
    return organisation


@transaction.atomic
def add_network(*, by: Actor, name: str, region: str = "") -> Network:
    """A new network. The operator's."""
    if not (operates(by) or is_system(by)):
        raise RefusedError(_("Only the operator adds networks."))
    if Network.objects.filter(name=name.strip()).exists():
        raise RefusedError(_("There is already a network with this name. Choose another name."))
    network = Network(name=name.strip(), region=region).insert()
    audit.record(by=by, verb="people.network_added", subject=network)
    return network


@transaction.atomic
def join_network(organisation: Organisation, network: Network, *, by: Actor) -> NetworkOrganisation:
    """Make an organisation part of a network, once; one that had left comes back. The operator's."""
    if not (operates(by) or is_system(by)):
        raise RefusedError(_("Only the operator joins organisations to a network."))
    found = NetworkOrganisation.objects.filter(network=network, organisation=organisation).first()
    if found and found.until is None:
        return found
    part = (
        found.amend(until=None) if found else NetworkOrganisation(network=network, organisation=organisation).insert()
    )
    audit.record(by=by, verb="people.organisation_joined", subject=network, organisation=str(organisation.ref))
    return part


@transaction.atomic
def add_organisation_with_administrator(
    *, by: Person, name: str, kind: str, network: Network | None, email: str, language: str
) -> Organisation:
    """A new organisation, part of a network if one is named, with an invitation to its first administrator."""
    organisation = add_organisation(by=by, name=name, kind=kind)
    if network is not None:
        join_network(organisation, network, by=by)
    invite(by=by, email=email, role=Role.ADMIN, organisation=organisation, language=language)
    return organisation
