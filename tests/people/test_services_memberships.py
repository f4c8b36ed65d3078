"""Roles: given, ended, invited to."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry
from luotsi.people.enums import Role
from luotsi.people.models import Invitation, Membership, Person
from luotsi.people.rules import administers, coordinates, has_role, operates
from luotsi.people.services.memberships import end_membership, grant, invite, withdraw_invitation
from tests.factories.people import (
    NetworkFactory,
    OrganisationFactory,
    PersonFactory,
    administrator_of,
    coordinator_of,
    operator,
)
from tests.factories.people import grant as given

pytestmark = pytest.mark.django_db


def roles_of(person) -> list[str]:
    return sorted(Membership.objects.current().filter(person=person).values_list("role", flat=True))


# --- given


def test_an_administrator_gives_a_role_and_the_person_is_told() -> None:
    kpedu = OrganisationFactory.create(name="Kpedu")
    admin, person = administrator_of(kpedu), PersonFactory.create(language="sv")

    membership = grant(person, Role.ASSESSOR, organisation=kpedu, by=admin)

    assert (membership.person, membership.since, membership.until) == (person, timezone.localdate(), None)
    assert has_role(person, Role.ASSESSOR, organisation=kpedu) is True
    message = Message.objects.get()
    assert (message.recipient_ref, message.language, message.lines) == (
        person.ref, "sv", ["Din roll i Kpedu är nu: bedömare."],
    )  # fmt: skip
    entry = AuditEntry.objects.filter(verb="people.role_granted").get()
    assert (entry.actor_ref, entry.subject_ref) == (admin.ref, membership.ref)


def test_a_role_is_given_once() -> None:
    kpedu = OrganisationFactory.create()
    admin, person = administrator_of(kpedu), PersonFactory.create()

    first = grant(person, Role.ASSESSOR, organisation=kpedu, by=admin)
    again = grant(person, Role.ASSESSOR, organisation=kpedu, by=admin)

    assert again == first
    assert Message.objects.count() == 1


def test_the_installation_itself_gives_roles_quietly() -> None:
    person = PersonFactory.create()

    grant(person, Role.OPERATOR, organisation=OrganisationFactory.create(), by=SYSTEM)

    assert operates(person) is True
    assert not Message.objects.exists()


def test_nobody_gives_a_role_elsewhere_or_above_the_own() -> None:
    kpedu, centria = OrganisationFactory.create(), OrganisationFactory.create()
    network = NetworkFactory.create()
    admin, person = administrator_of(kpedu), PersonFactory.create()
    coordinator = coordinator_of(network)
    keeper = operator()
    asked: list[tuple[Person, Role, dict[str, Any]]] = [
        (admin, Role.ASSESSOR, {"organisation": centria}),
        (admin, Role.OPERATOR, {"organisation": kpedu}),
        (admin, Role.COORDINATOR, {"network": network}),
        (coordinator, Role.ADMIN, {"organisation": kpedu}),
        (coordinator, Role.ADMIN, {"network": network}),
        (coordinator, Role.READER, {"network": NetworkFactory.create()}),
        (keeper, Role.ASSESSOR, {"organisation": kpedu}),
        (keeper, Role.READER, {"network": network}),
        (person, Role.MEMBER, {"organisation": kpedu}),
    ]

    for by, role, where in asked:
        with pytest.raises(RefusedError, match="You cannot give this role"):
            grant(person, role, by=by, **where)

    assert roles_of(person) == []


def test_each_gives_what_is_theirs_to_give() -> None:
    kpedu, network = OrganisationFactory.create(), NetworkFactory.create()
    person = PersonFactory.create()
    keeper, coordinator = operator(), coordinator_of(network)

    grant(person, Role.ADMIN, organisation=kpedu, by=keeper)
    grant(person, Role.COORDINATOR, network=network, by=keeper)
    grant(person, Role.READER, network=network, by=coordinator)
    grant(person, Role.ASSESSOR, network=network, by=coordinator)

    assert roles_of(person) == ["admin", "assessor", "coordinator", "reader"]
    assert (administers(person, kpedu), coordinates(person, network)) == (True, True)


def test_an_administrator_administers_the_units_too_and_not_the_other_way_round() -> None:
    kpedu = OrganisationFactory.create()
    unit = OrganisationFactory.create(parent=kpedu)
    over, under = administrator_of(kpedu), administrator_of(unit)

    assert (administers(over, unit), administers(under, unit), administers(under, kpedu)) == (True, True, False)


# --- ended


def test_a_role_ends_from_today_on() -> None:
    kpedu = OrganisationFactory.create()
    admin, person = administrator_of(kpedu), PersonFactory.create()
    with time_machine.travel(timezone.now() - timedelta(days=10)):
        membership = given(person, Role.ASSESSOR, organisation=kpedu)

    end_membership(membership, by=admin)

    membership.refresh_from_db()
    assert membership.until == timezone.localdate() - timedelta(days=1)
    assert has_role(person, Role.ASSESSOR, organisation=kpedu) is False


def test_a_role_that_began_today_is_gone_and_the_log_knows_of_it() -> None:
    kpedu = OrganisationFactory.create()
    admin, person = administrator_of(kpedu), PersonFactory.create()
    membership = given(person, Role.ASSESSOR, organisation=kpedu)
    ref = membership.ref

    end_membership(membership, by=admin)

    assert roles_of(person) == []
    assert AuditEntry.objects.values_list("actor_ref", "subject_ref").get(verb="people.role_ended") == (admin.ref, ref)


def test_a_role_that_ended_can_be_given_again() -> None:
    kpedu = OrganisationFactory.create()
    admin, person = administrator_of(kpedu), PersonFactory.create()
    with time_machine.travel(timezone.now() - timedelta(days=10)):
        membership = given(person, Role.ASSESSOR, organisation=kpedu)
    end_membership(membership, by=admin)

    grant(person, Role.ASSESSOR, organisation=kpedu, by=admin)

    assert roles_of(person) == ["assessor"]
    assert person.memberships.count() == 2


def test_the_last_administrator_stays() -> None:
    kpedu = OrganisationFactory.create()
    admin = administrator_of(kpedu)
    administrator_of(OrganisationFactory.create())
    membership = admin.memberships.get()

    with pytest.raises(RefusedError) as refused:
        end_membership(membership, by=admin)

    assert str(refused.value.text) == "An organisation needs an administrator. Give the role to somebody else first."
    assert roles_of(admin) == ["admin"]


def test_one_of_two_administrators_may_go() -> None:
    kpedu = OrganisationFactory.create()
    first, second = administrator_of(kpedu), administrator_of(kpedu)

    end_membership(first.memberships.get(), by=first)

    assert (roles_of(first), roles_of(second)) == ([], ["admin"])
    with pytest.raises(RefusedError):
        end_membership(second.memberships.get(), by=second)


def test_the_last_administrator_of_a_unit_may_go_when_the_organisation_has_one() -> None:
    kpedu = OrganisationFactory.create()
    unit = OrganisationFactory.create(parent=kpedu)
    over, under = administrator_of(kpedu), administrator_of(unit)

    end_membership(under.memberships.get(), by=over)

    assert (roles_of(over), roles_of(under)) == (["admin"], [])


def test_nobody_ends_a_role_elsewhere() -> None:
    kpedu, network = OrganisationFactory.create(), NetworkFactory.create()
    person = PersonFactory.create()
    in_organisation = given(person, Role.ASSESSOR, organisation=kpedu)
    in_network = given(person, Role.READER, network=network)
    strangers = [
        administrator_of(OrganisationFactory.create()),
        coordinator_of(NetworkFactory.create()),
        PersonFactory.create(),
    ]

    for stranger in strangers:
        for membership in (in_organisation, in_network):
            with pytest.raises(RefusedError, match="You cannot end this role"):
                end_membership(membership, by=stranger)

    assert roles_of(person) == ["assessor", "reader"]


def test_everybody_may_leave_and_a_coordinator_ends_roles_in_the_network() -> None:
    kpedu, network = OrganisationFactory.create(), NetworkFactory.create()
    person = PersonFactory.create()

    end_membership(given(person, Role.ASSESSOR, organisation=kpedu), by=person)
    end_membership(given(person, Role.READER, network=network), by=coordinator_of(network))

    assert roles_of(person) == []


# --- invited to


def test_nobody_invites_to_a_role_that_is_not_theirs_to_give() -> None:
    kpedu, network = OrganisationFactory.create(), NetworkFactory.create()
    admin, coordinator = administrator_of(kpedu), coordinator_of(network)
    asked: list[tuple[Person, Role, dict[str, Any]]] = [
        (admin, Role.READER, {"network": network}),
        (admin, Role.ADMIN, {"organisation": OrganisationFactory.create()}),
        (coordinator, Role.ADMIN, {"organisation": kpedu}),
        (PersonFactory.create(), Role.MEMBER, {"organisation": kpedu}),
    ]

    for by, role, where in asked:
        with pytest.raises(RefusedError, match="You cannot invite anybody to this role"):
            invite(by=by, email="uusi@example.org", role=role, **where)

    assert not Invitation.objects.exists()
    assert not Message.objects.exists()


def test_an_address_that_no_mail_reaches_is_not_invited() -> None:
    kpedu = OrganisationFactory.create()
    admin = administrator_of(kpedu)

    with pytest.raises(RefusedError) as refused:
        invite(by=admin, email=f"a@{'ä' * 60}.example", role=Role.MEMBER, organisation=kpedu)

    assert str(refused.value.text) == "No mail can reach that address. Check how it is written."
    assert not Invitation.objects.exists()


def test_a_stranger_withdraws_no_invitation() -> None:
    kpedu = OrganisationFactory.create()
    invitation = invite(by=administrator_of(kpedu), email="uusi@example.org", role=Role.MEMBER, organisation=kpedu)

    with pytest.raises(RefusedError, match="You cannot withdraw this invitation"):
        withdraw_invitation(invitation, by=administrator_of(OrganisationFactory.create()))

    invitation.refresh_from_db()
    assert invitation.is_open is True
