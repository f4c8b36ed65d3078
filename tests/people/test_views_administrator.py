"""Pages of those who administer an organisation."""

import re

import pytest
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.people.enums import OrganisationKind, Role
from luotsi.people.models import Invitation, Membership, Organisation
from luotsi.people.services.memberships import invite
from tests.factories.people import (
    NetworkFactory,
    OrganisationFactory,
    PersonFactory,
    administrator_of,
    coordinator_of,
    grant,
    operator,
)
from tests.pages import errors_of, parts, queries_for, reasons_of, rows_of, said_on, title_of

pytestmark = pytest.mark.django_db


def address(organisation: Organisation, rest: str = "") -> str:
    return f"/organisations/{organisation.ref}/{rest}"


@pytest.fixture
def kpedu() -> Organisation:
    organisation: Organisation = OrganisationFactory.create(name="Kpedu", kind=OrganisationKind.PROVIDER, region="16")
    return organisation


def test_an_administrator_sees_people_invitations_and_units(client, kpedu) -> None:
    admin = administrator_of(kpedu, given_name="Aino", family_name="Aho")
    unit = OrganisationFactory.create(name="Kampus", parent=kpedu)
    grant(PersonFactory.create(given_name="Åsa", family_name="Öberg"), Role.ASSESSOR, organisation=unit)
    centria = OrganisationFactory.create(name="Centria")
    other_admin = administrator_of(centria, given_name="Not", family_name="Ours")
    invite(by=admin, email="uusi@example.org", role=Role.ASSESSOR, organisation=kpedu)
    invite(by=other_admin, email="theirs@example.org", role=Role.ASSESSOR, organisation=centria)
    client.force_login(admin)

    page = client.get(address(kpedu))

    assert title_of(page) == "Kpedu"
    people = [[cell.partition(" Cancel")[0] for cell in row[:3]] for row in rows_of(page)]
    assert people == [["Aino Aho", "administrator", "Kpedu"], ["Åsa Öberg", "assessor", "Kampus"]]
    lists = re.findall(r'<ul class="rows">.*?</ul>', page.content.decode(), re.DOTALL)
    assert len(lists) == 2
    assert parts(page, r"<span>(\S+)<br>") == ["uusi@example.org"]
    assert parts(page, r'<li><a href="/organisations/[^"]*">(.*?)</a></li>', within=r"<main(.*)</main>") == ["Kampus"]
    assert "Not Ours" not in page.content.decode()


def test_a_unit_has_a_page_without_units_of_its_own(client, kpedu) -> None:
    unit = OrganisationFactory.create(name="Kampus", parent=kpedu)
    client.force_login(administrator_of(kpedu))

    page = client.get(address(unit))

    assert title_of(page) == "Kampus"
    assert parts(page, r"<h2>(.*?)</h2>") == ["People and roles", "Open invitations"]
    assert parts(page, r'<a class="btn[^>]*>(.*?)</a>', within=r'<div class="page-head">(.*?)</h2>') == [
        "Invite somebody"
    ]


def test_nobody_else_finds_the_page(client, kpedu) -> None:
    unit = OrganisationFactory.create(parent=kpedu)
    network = NetworkFactory.create()
    assessor = PersonFactory.create()
    grant(assessor, Role.ASSESSOR, organisation=kpedu)
    strangers = [
        administrator_of(OrganisationFactory.create()), administrator_of(unit), coordinator_of(network), operator(),
        assessor, PersonFactory.create(),
    ]  # fmt: skip
    administrator_of(kpedu)

    for stranger in strangers:
        client.force_login(stranger)
        assert client.get(address(kpedu)).status_code == 404
        assert client.get(address(kpedu, "invite/")).status_code == 404
        assert client.post(address(kpedu, "units/"), {"name": "Mine"}).status_code == 404

    assert not kpedu.units.filter(name="Mine").exists()


def test_an_invitation_is_sent_from_the_page(client, kpedu) -> None:
    client.force_login(administrator_of(kpedu))

    response = client.post(
        address(kpedu, "invite/"), {"email": "Uusi@example.org", "role": "assessor", "language": "sv"}, follow=True
    )

    assert said_on(response) == ["The invitation is on its way."]
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.language, invitation.organisation) == (
        "uusi@example.org", Role.ASSESSOR, "sv", kpedu,
    )  # fmt: skip


@pytest.mark.parametrize("role", ["operator", "reader", "king"])
def test_a_role_that_is_not_offered_is_refused_in_our_words(client, kpedu, role: str) -> None:
    client.force_login(administrator_of(kpedu))

    response = client.post(address(kpedu, "invite/"), {"email": "uusi@example.org", "role": role, "language": "fi"})

    assert errors_of(response) == ["Choose one of the offered in “Role”: what was chosen is not offered."]
    assert parts(response, r'name="email"[^>]*value="([^"]*)"') == ["uusi@example.org"]
    assert not Invitation.objects.exists()


def test_an_address_that_no_mail_reaches_is_told_on_the_form(client, kpedu) -> None:
    client.force_login(administrator_of(kpedu))
    email = f"a@{'ä' * 60}.example"

    response = client.post(address(kpedu, "invite/"), {"email": email, "role": "assessor", "language": "fi"})

    assert errors_of(response) == ["No mail can reach that address. Check how it is written."]
    assert not Invitation.objects.exists()


def test_an_invitation_is_withdrawn_from_the_page(client, kpedu) -> None:
    admin = administrator_of(kpedu)
    invitation = invite(by=admin, email="uusi@example.org", role=Role.ASSESSOR, organisation=kpedu)
    client.force_login(admin)

    response = client.post(address(kpedu, f"invitations/{invitation.ref}/withdraw/"), follow=True)

    assert said_on(response) == ["The invitation is withdrawn. Its link no longer works."]
    assert parts(response, r"<span>(\S+)<br>") == []
    assert client.get(Message.objects.get().action_path).status_code == 404


def test_another_organisations_invitation_is_not_there(client, kpedu) -> None:
    centria = OrganisationFactory.create()
    invitation = invite(by=administrator_of(centria), email="u@example.org", role=Role.ASSESSOR, organisation=centria)
    client.force_login(administrator_of(kpedu))

    response = client.post(address(kpedu, f"invitations/{invitation.ref}/withdraw/"))

    assert response.status_code == 404
    invitation.refresh_from_db()
    assert invitation.is_open is True


def test_a_role_is_ended_from_the_page(client, kpedu) -> None:
    person = PersonFactory.create()
    membership = grant(person, Role.ASSESSOR, organisation=kpedu)
    client.force_login(administrator_of(kpedu))

    response = client.post(address(kpedu, f"roles/{membership.ref}/end/"), follow=True)

    assert said_on(response) == ["The role has ended."]
    assert not Membership.objects.current().filter(person=person).exists()


def test_the_last_administrator_reads_why_the_role_stays(client, kpedu) -> None:
    admin = administrator_of(kpedu)
    client.force_login(admin)

    response = client.post(address(kpedu, f"roles/{admin.memberships.get().ref}/end/"))

    assert response.status_code == 409
    assert reasons_of(response) == ["An organisation needs an administrator. Give the role to somebody else first."]
    assert Membership.objects.current().filter(person=admin).count() == 1


def test_another_organisations_role_is_not_there(client, kpedu) -> None:
    membership = grant(PersonFactory.create(), Role.ASSESSOR, organisation=OrganisationFactory.create())
    client.force_login(administrator_of(kpedu))

    assert client.post(address(kpedu, f"roles/{membership.ref}/end/")).status_code == 404
    membership.refresh_from_db()
    assert membership.until is None


def test_a_unit_is_added_from_the_page_and_is_like_its_organisation(client, kpedu) -> None:
    client.force_login(administrator_of(kpedu))

    response = client.post(address(kpedu, "units/"), {"name": "Kampus"}, follow=True)

    assert said_on(response) == ["The unit is added."]
    unit = kpedu.units.get()
    assert (unit.name, unit.kind, unit.region) == ("Kampus", OrganisationKind.PROVIDER, "16")


def test_a_second_unit_of_the_name_is_refused_on_the_form(client, kpedu) -> None:
    OrganisationFactory.create(name="Kampus", parent=kpedu)
    client.force_login(administrator_of(kpedu))

    response = client.post(address(kpedu, "units/"), {"name": "kampus"})

    assert errors_of(response) == ["There is already a unit with this name. Choose another name."]
    assert kpedu.units.count() == 1


def test_a_role_that_ended_is_not_on_the_page(client, kpedu) -> None:
    admin = administrator_of(kpedu)
    membership = grant(PersonFactory.create(given_name="Gone"), Role.ASSESSOR, organisation=kpedu)
    day = timezone.localdate()
    Membership.objects.filter(pk=membership.pk).update(since="2020-01-01", until=day.replace(year=day.year - 1, day=1))
    client.force_login(admin)

    assert len(rows_of(client.get(address(kpedu)))) == 1


def test_the_page_asks_as_much_for_one_as_for_thirty(client, kpedu) -> None:
    admin = administrator_of(kpedu)
    client.force_login(admin)
    invite(by=admin, email="uusi@example.org", role=Role.ASSESSOR, organisation=kpedu)
    OrganisationFactory.create(parent=kpedu)
    asked = queries_for(client, address(kpedu))
    for unit in OrganisationFactory.create_batch(29, parent=kpedu):
        grant(PersonFactory.create(), Role.ASSESSOR, organisation=unit)
        invite(by=admin, email=f"uusi{unit.pk}@example.org", role=Role.ASSESSOR, organisation=kpedu)

    assert queries_for(client, address(kpedu)) == asked < 10
    page = client.get(address(kpedu))
    assert len(rows_of(page)) == 30
    assert len(parts(page, r"<span>(\S+)<br>")) == 30
