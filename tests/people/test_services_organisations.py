"""Organisations, their units, networks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.people.enums import OrganisationKind, Role
from luotsi.people.models import Invitation, Network, NetworkOrganisation, Organisation
from luotsi.people.services.organisations import (
    add_network,
    add_organisation,
    add_organisation_with_administrator,
    join_network,
)
from tests.factories.people import (
    NetworkFactory,
    OrganisationFactory,
    PersonFactory,
    administrator_of,
    coordinator_of,
    operator,
    part_of,
)

pytestmark = pytest.mark.django_db
PROVIDER = OrganisationKind.PROVIDER


def test_the_operator_adds_an_organisation_with_its_network_and_first_administrator() -> None:
    keeper, network = operator(), NetworkFactory.create()

    organisation = add_organisation_with_administrator(
        by=keeper, name=" Öjan opisto ", kind=PROVIDER, network=network, email="Rehtori@example.org", language="sv"
    )

    assert (organisation.name, organisation.search_key, organisation.parent) == ("Öjan opisto", "öjan opisto", None)
    assert list(network.organisations.all()) == [organisation]
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.language) == ("rehtori@example.org", Role.ADMIN, "sv")


def test_when_the_invitation_cannot_be_mailed_nothing_is_added() -> None:
    keeper = operator()

    with pytest.raises(RefusedError):
        add_organisation_with_administrator(
            by=keeper, name="Opisto", kind=PROVIDER, network=None, email=f"a@{'ä' * 60}.example", language="fi"
        )

    assert not Organisation.objects.filter(name="Opisto").exists()


@pytest.mark.parametrize("name", ["Kpedu", "kpedu ", "KPEDU"])
def test_an_organisation_is_there_once(name: str) -> None:
    OrganisationFactory.create(name="Kpedu")

    with pytest.raises(RefusedError) as refused:
        add_organisation(by=SYSTEM, name=name, kind=PROVIDER)

    assert str(refused.value.text) == (
        "There is already an organisation with this name. Use that one, or choose another name."
    )
    assert Organisation.objects.count() == 1


def test_only_the_operator_adds_organisations_and_networks() -> None:
    kpedu, network = OrganisationFactory.create(), NetworkFactory.create()

    for by in (administrator_of(kpedu), coordinator_of(network), PersonFactory.create()):
        with pytest.raises(RefusedError):
            add_organisation(by=by, name="New", kind=PROVIDER)
        with pytest.raises(RefusedError):
            add_network(by=by, name="New")
        with pytest.raises(RefusedError):
            join_network(kpedu, network, by=by)

    assert (Organisation.objects.count(), Network.objects.count(), NetworkOrganisation.objects.count()) == (1, 1, 0)


def test_an_administrator_adds_units_and_a_unit_has_none() -> None:
    kpedu = OrganisationFactory.create()
    admin = administrator_of(kpedu)

    unit = add_organisation(by=admin, name="Kampus", kind=PROVIDER, parent=kpedu)
    with pytest.raises(RefusedError, match="A unit has no units of its own"):
        add_organisation(by=admin, name="Sali", kind=PROVIDER, parent=unit)

    assert list(kpedu.units.all()) == [unit]
    assert not unit.units.exists()


def test_two_organisations_may_have_units_of_one_name_and_one_may_not() -> None:
    kpedu, centria = OrganisationFactory.create(), OrganisationFactory.create()
    add_organisation(by=SYSTEM, name="Kampus", kind=PROVIDER, parent=kpedu)
    add_organisation(by=SYSTEM, name="Kampus", kind=PROVIDER, parent=centria)

    with pytest.raises(RefusedError) as refused:
        add_organisation(by=SYSTEM, name="KAMPUS", kind=PROVIDER, parent=kpedu)

    assert str(refused.value.text) == "There is already a unit with this name. Choose another name."
    assert Organisation.objects.filter(parent__isnull=False).count() == 2


def test_a_network_is_there_once() -> None:
    NetworkFactory.create(name="Keski-Pohjanmaa")

    with pytest.raises(RefusedError) as refused:
        add_network(by=operator(), name=" Keski-Pohjanmaa")

    assert str(refused.value.text) == "There is already a network with this name. Choose another name."
    assert Network.objects.count() == 1


def test_an_organisation_joins_a_network_once_and_may_come_back() -> None:
    kpedu, network, keeper = OrganisationFactory.create(), NetworkFactory.create(), operator()
    part = part_of(network, kpedu)
    yesterday = timezone.localdate() - timedelta(days=1)
    NetworkOrganisation.objects.update(since=yesterday, until=yesterday)

    again = join_network(kpedu, network, by=keeper)
    once_more = join_network(kpedu, network, by=keeper)

    assert again == once_more == part
    assert (again.until, NetworkOrganisation.objects.count()) == (None, 1)
