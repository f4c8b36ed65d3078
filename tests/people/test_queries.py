"""Reads: who is who, for whom."""

import pytest

from luotsi.core.errors import NotThereError
from luotsi.people.enums import CircleRole, Role
from luotsi.people.models import Network
from luotsi.people.queries import (
    network_for,
    networks_for,
    networks_with_organisations,
    organisation_for,
    organisations_for,
    people_of_network,
    roles_held_by,
)
from tests.factories.people import (
    CircleFactory,
    NetworkFactory,
    OrganisationFactory,
    PersonFactory,
    administrator_of,
    coordinator_of,
    grant,
    join,
    operator,
    part_of,
)

pytestmark = pytest.mark.django_db


def test_networks_are_those_of_the_own_roles_by_name() -> None:
    person = PersonFactory.create()
    north, south, other = (NetworkFactory.create(name=name) for name in ("North", "Etelä", "Other"))
    grant(person, Role.READER, network=north)
    grant(person, Role.COORDINATOR, network=south)
    coordinator_of(other)

    assert list(networks_for(person)) == [south, north]
    assert list(networks_for(person, Role.COORDINATOR)) == [south]
    assert network_for(person, north.ref) == north
    for ref, roles in ((other.ref, []), (north.ref, [Role.COORDINATOR])):
        with pytest.raises(NotThereError):
            network_for(person, ref, *roles)


def test_organisations_are_the_administered_ones_with_their_units_and_all_for_the_operator() -> None:
    kpedu, centria = OrganisationFactory.create(name="Kpedu"), OrganisationFactory.create(name="Centria")
    unit = OrganisationFactory.create(name="Kampus", parent=kpedu)
    admin, keeper = administrator_of(kpedu), operator()

    assert list(organisations_for(admin)) == [unit, kpedu]
    assert organisations_for(keeper).count() == 4
    with pytest.raises(NotThereError):
        organisation_for(admin, centria.ref)


def test_people_of_a_network_in_a_role_stand_by_name() -> None:
    network = NetworkFactory.create()
    late, early = coordinator_of(network, family_name="Öberg"), coordinator_of(network, family_name="Aho")
    coordinator_of(NetworkFactory.create())
    grant(PersonFactory.create(), Role.READER, network=network)

    assert people_of_network(network, Role.COORDINATOR) == [early, late]


def test_roles_and_their_places_take_one_query(django_assert_num_queries) -> None:
    person = PersonFactory.create()
    network, kpedu = NetworkFactory.create(), OrganisationFactory.create()
    coordinator_of(NetworkFactory.create())
    grant(person, Role.COORDINATOR, network=network)
    grant(person, Role.READER, network=network)
    grant(person, Role.ADMIN, organisation=kpedu)
    for _number in range(30):
        join(CircleFactory.create(), person, CircleRole.MENTOR)

    with django_assert_num_queries(1):
        held = roles_held_by(person)

    assert held.roles == {"coordinator", "reader", "admin"}
    assert held.circle_roles == {"mentor"}
    assert (held.networks(Role.COORDINATOR), held.networks(Role.ADMIN)) == ([network.ref], [])
    assert (held.organisations(Role.ADMIN), held.organisations(Role.READER)) == ([kpedu.ref], [])


def test_who_holds_nothing_holds_nothing() -> None:
    held = roles_held_by(PersonFactory.create())

    assert (held.roles, held.circle_roles, held.networks(*Role)) == (frozenset(), frozenset(), [])


def test_networks_with_their_organisations_take_two_queries(django_assert_num_queries) -> None:
    networks = NetworkFactory.create_batch(3)
    for network in networks:
        part_of(network, OrganisationFactory.create())

    with django_assert_num_queries(2):
        found = networks_with_organisations(Network.objects.order_by("pk"))
        organisations = [len(network.organisations.all()) for network in found]

    assert (found, organisations) == (networks, [1, 1, 1])
