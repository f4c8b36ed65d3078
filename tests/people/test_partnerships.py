"""Stories of education providers and workplaces that work together."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from luotsi.core.errors import NotThereError, RefusedError
from luotsi.people import queries
from luotsi.people.enums import OrganisationKind, PartnershipState, Role
from luotsi.people.models import Network, Organisation, Partnership, PartnershipStep
from luotsi.people.privacy import collect, erase
from luotsi.people.services.partnerships import (
    begin_partnership,
    describe_partnership,
    end_partnership,
    move_partnership,
)
from tests.factories.people import (
    NetworkFactory,
    OrganisationFactory,
    PersonFactory,
    administrator_of,
    coordinator_of,
    grant,
    part_of,
)

pytestmark = pytest.mark.django_db


def two_in(network: Network) -> tuple[Organisation, Organisation]:
    """An education provider and a workplace of the network."""
    sides = OrganisationFactory.create(kind=OrganisationKind.PROVIDER), OrganisationFactory.create()
    for organisation in sides:
        part_of(network, organisation)
    return sides


def begun(network: Network, **values: object) -> Partnership:
    provider, workplace = two_in(network)
    coordinator = coordinator_of(network)
    return begin_partnership(network, provider=provider, workplace=workplace, by=coordinator, **values)  # type: ignore[arg-type]  # of each its kind


def test_each_step_is_dated_and_none_goes_before_the_one_before_it():
    network = NetworkFactory.create()
    partnership, coordinator = begun(network, on=date(2026, 1, 7), came_about=" A fair "), coordinator_of(network)

    move_partnership(partnership, to=PartnershipState.JOINED, on=date(2026, 2, 3), by=coordinator)
    for to, on in (
        (PartnershipState.INTERESTED, date(2026, 3, 1)),
        (PartnershipState.CONTINUING, date(2026, 2, 2)),
        (PartnershipState.CONTINUING, timezone.localdate() + timedelta(days=1)),
    ):
        with pytest.raises(RefusedError):
            move_partnership(partnership, to=to, on=on, by=coordinator)

    partnership.refresh_from_db()
    assert (partnership.state, partnership.came_about) == (PartnershipState.JOINED, "A fair")
    assert list(partnership.steps.order_by("pk").values_list("state", "on")) == [
        ("contacted", date(2026, 1, 7)),
        ("joined", date(2026, 2, 3)),
    ]


def test_two_different_organisations_of_the_network_once_at_a_time():
    network = NetworkFactory.create()
    coordinator, (provider, workplace) = coordinator_of(network), two_in(network)
    outside = OrganisationFactory.create()
    first = begin_partnership(network, provider=provider, workplace=workplace, by=coordinator)

    for left, right in ((provider, provider), (provider, outside), (outside, workplace), (provider, workplace)):
        with pytest.raises(RefusedError):
            begin_partnership(network, provider=left, workplace=right, by=coordinator)
    with pytest.raises(RefusedError):
        begin_partnership(network, provider=workplace, workplace=provider, by=coordinator_of(NetworkFactory.create()))
    assert list(Partnership.objects.all()) == [first]

    end_partnership(first, by=coordinator)
    with pytest.raises(RefusedError, match="has ended"):
        move_partnership(first, to=PartnershipState.JOINED, by=coordinator)
    again = begin_partnership(network, provider=provider, workplace=workplace, by=coordinator)
    assert list(queries.partnerships_of(network)) == [again]


def test_contacts_are_of_their_side_and_go_with_the_person():
    network = NetworkFactory.create()
    partnership, coordinator = begun(network), coordinator_of(network)
    teacher, boss = administrator_of(partnership.provider), administrator_of(partnership.workplace)

    with pytest.raises(RefusedError, match="no role"):
        describe_partnership(partnership, came_about="", provider_contact=boss, workplace_contact=None, by=coordinator)
    describe_partnership(partnership, came_about="", provider_contact=teacher, workplace_contact=boss, by=coordinator)
    held = {part.title: part.rows for part in collect(boss)}
    assert held["Partnerships that I am a contact of"][0]["Workplace"] == partnership.workplace.name

    erase(boss, by=boss)
    partnership.refresh_from_db()
    assert (partnership.provider_contact, partnership.workplace_contact) == (teacher, None)


def test_both_sides_and_readers_read_it_and_others_do_not():
    network, elsewhere = NetworkFactory.create(), NetworkFactory.create()
    partnership, other = begun(network), begun(elsewhere)
    reader, member = PersonFactory.create(), PersonFactory.create()
    grant(reader, Role.READER, network=network)
    grant(member, Role.MEMBER, organisation=partnership.workplace)
    readers = [reader, coordinator_of(network), administrator_of(partnership.workplace)]
    strangers = [member, coordinator_of(elsewhere), administrator_of(other.provider)]

    assert [queries.partnership_for(person, partnership.ref) for person in readers] == [partnership] * 3
    for person in strangers:
        with pytest.raises(NotThereError):
            queries.partnership_for(person, partnership.ref)


def test_they_are_counted_by_state_and_listed_by_it(client, django_assert_max_num_queries):
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)
    client.force_login(coordinator)
    client.cookies["language"] = "en"
    first = begun(network)
    address = reverse("people:partnerships", args=[network.ref])
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)
    joined = begun(network)
    begun(network)
    move_partnership(joined, to=PartnershipState.JOINED, by=coordinator)

    with django_assert_max_num_queries(12):
        page = client.get(address).content.decode()
    assert [row.count for row in queries.counts_of_partnerships(network)] == [2, 0, 1, 0, 0]
    assert page.count("/partnerships/") > 3
    page = client.get(address + "?state=joined").content.decode()
    assert joined.provider.name in page
    assert first.provider.name not in page


def test_a_coordinator_writes_one_down_and_takes_it_on(client):
    network = NetworkFactory.create()
    provider, workplace = two_in(network)
    contact = administrator_of(workplace)
    client.force_login(coordinator_of(network))
    client.cookies["language"] = "en"
    told = {"provider": str(provider.ref), "workplace": str(workplace.ref), "on": "7.1.2026", "came_about": "A fair"}

    client.post(reverse("people:new_partnership", args=[network.ref]), told)
    again = client.post(reverse("people:new_partnership", args=[network.ref]), told).content.decode()
    assert "These two have a partnership already." in again
    assert "A fair" in again
    made = Partnership.objects.get()
    client.post(reverse("people:change_partnership", args=[made.ref]), {"workplace_contact": str(contact.ref)})
    wrong = client.post(reverse("people:move_partnership", args=[made.ref]), {"to": "joined", "on": "6.1.2026"})
    assert "Choose a day after it." in wrong.content.decode()
    client.post(reverse("people:move_partnership", args=[made.ref]), {"to": "joined", "on": "9.1.2026"})

    made.refresh_from_db()
    assert (made.state, made.workplace_contact) == (PartnershipState.JOINED, contact)
    assert PartnershipStep.objects.count() == 2
    client.force_login(contact)
    page = client.get(reverse("people:partnership", args=[made.ref])).content.decode()
    assert "Note the step" not in page
    assert client.post(reverse("people:end_partnership", args=[made.ref])).status_code == 404
