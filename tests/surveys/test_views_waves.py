"""Pages for those who put questions to people."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.people.enums import Role
from luotsi.surveys.models import Wave
from luotsi.surveys.services.waves import close_wave
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of, grant, part_of
from tests.factories.surveys import InstrumentFactory, wave_in
from tests.surveys.crowd import Crowd, answer, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd() -> Crowd:
    return ask([7, 5])


def chief_of(crowd: Crowd):
    chief = PersonFactory.create()
    grant(chief, Role.HR, organisation=crowd.organisation)
    return chief


def page(client, person, address: str) -> str:
    client.force_login(person)
    found = client.get(address)
    assert found.status_code == 200
    return str(found.content.decode())


def test_the_list_shows_one_s_own_waves_and_no_others(client, crowd: Crowd) -> None:
    other = ask([5])
    chief = chief_of(crowd)
    answer(crowd.wave, crowd.people[0])

    seen = page(client, chief, "/surveys/")

    assert (f"/surveys/waves/{crowd.wave.ref}/" in seen, f"/surveys/waves/{other.wave.ref}/" in seen) == (True, False)
    assert "1 of 12" in seen


def test_the_list_costs_the_same_for_one_wave_and_for_three(client) -> None:
    network = NetworkFactory.create()
    client.force_login(coordinator_of(network))

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/surveys/").status_code == 200
        return len(counted)

    wave_in(network)
    client.get("/surveys/")
    for_one = queries()
    wave_in(network)
    wave_in(network)

    assert queries() == for_one


def test_a_wave_s_page_counts_by_unit_and_names_nobody(client, crowd: Crowd) -> None:
    for person in crowd.people[:3]:
        answer(crowd.wave, person)

    seen = page(client, chief_of(crowd), f"/surveys/waves/{crowd.wave.ref}/")

    rows = re.findall(r'<th scope="row" role="rowheader">(.*?)</th>\s*<td[^>]*>(\d+)</td>\s*<td[^>]*>(\d+)</td>', seen)
    assert rows == [("Osasto 0", "7", "3"), ("Osasto 1", "5", "0")]
    assert [person for person in crowd.people if person.family_name in seen] == []


def test_a_wave_is_opened_reminded_of_moved_and_closed(client, crowd: Crowd) -> None:
    chief = chief_of(crowd)
    client.force_login(chief)
    instrument = InstrumentFactory.create()
    until = timezone.localdate() + timedelta(days=20)

    opened = client.post(
        "/surveys/new/",
        {
            "instrument": str(instrument.ref), "target": str(crowd.organisation.ref), "answering": "anonymous",
            "name": "Spring", "closes_on": f"{until.day}.{until.month}.{until.year}", "follows": "",
        },
    )  # fmt: skip
    wave = Wave.objects.get(instrument=instrument)
    address = f"/surveys/waves/{wave.ref}/"
    later = until + timedelta(days=5)
    steps = [
        client.post(f"{address}remind/"),
        client.post(address, {"closes_on": f"{later.day}.{later.month}.{later.year}"}),
        client.post(f"{address}close/"),
    ]

    wave.refresh_from_db()
    assert [step.headers["Location"] for step in (opened, *steps)] == [address] * 4
    assert (wave.name, wave.closes_on, wave.reminders, wave.closed_at is None) == ("Spring", later, 1, False)
    assert wave.invitees.count() == 13


def test_a_refusal_stands_on_the_form_and_nothing_typed_is_lost(client) -> None:
    network = NetworkFactory.create()
    crowd = ask([5])
    part_of(network, crowd.organisation)
    client.force_login(coordinator_of(network))
    culture = crowd.wave.instrument

    seen = client.post(
        "/surveys/new/",
        {
            "instrument": str(culture.ref), "target": str(crowd.organisation.ref), "answering": "named",
            "name": "Typed with care", "closes_on": "1.1.2099", "follows": "",
        },
    ).content.decode()  # fmt: skip

    assert "A survey of learning culture is always anonymous." in seen
    assert "Typed with care" in seen
    assert Wave.objects.count() == 1


def test_when_too_few_answered_the_page_says_that_all_was_thrown_away(client, crowd: Crowd) -> None:
    answer(crowd.wave, crowd.people[0])
    close_wave(crowd.wave, by=SYSTEM)

    assert "They have been thrown away" in page(client, chief_of(crowd), f"/surveys/waves/{crowd.wave.ref}/")


def test_members_and_strangers_find_nothing(client, crowd: Crowd) -> None:
    chief_elsewhere = chief_of(ask([5]))
    statuses = {}
    for person in (crowd.people[0], chief_elsewhere):
        client.force_login(person)
        addresses = [f"/surveys/waves/{crowd.wave.ref}/", "/surveys/", "/surveys/new/", "/surveys/instruments/"]
        statuses[person.pk] = [client.get(address).status_code for address in addresses]

    assert statuses == {crowd.people[0].pk: [404] * 4, chief_elsewhere.pk: [404, 200, 200, 200]}


def test_instruments_are_shown_with_their_tags_and_in_all_languages(client) -> None:
    network, other = NetworkFactory.create(), NetworkFactory.create()
    own, theirs = InstrumentFactory.create(network=network), InstrumentFactory.create(network=other)
    coordinator = coordinator_of(network)

    listed = page(client, coordinator, "/surveys/instruments/")
    one = page(client, coordinator, f"/surveys/instruments/{own.ref}/")
    hidden = client.get(f"/surveys/instruments/{theirs.ref}/")

    assert "not validated yet" in listed
    assert (str(own.ref) in listed, str(theirs.ref) in listed) == (True, False)
    assert [f'<dd lang="{code}">It was useful{end}</dd>' in one for code, end in (("fi", " (fi)"), ("en", ""))] == [
        True
    ] * 2
    assert hidden.status_code == 404


def test_a_wave_with_an_open_link_shows_the_link_and_counts_nobody(client) -> None:
    crowd = ask([5], has_link=True)

    seen = page(client, chief_of(crowd), f"/surveys/waves/{crowd.wave.ref}/")

    assert f"http://localhost:8000/answer/{crowd.wave.link_key}/" in seen
    assert "Remind those who have not answered" not in seen


def test_the_way_to_the_results_opens_with_the_closing(client, crowd: Crowd) -> None:
    chief, address = chief_of(crowd), f"/surveys/waves/{crowd.wave.ref}/"
    for person in crowd.people:
        answer(crowd.wave, person)

    before = page(client, chief, address)
    close_wave(crowd.wave, by=SYSTEM)
    after = page(client, chief, address)

    assert (f"{address}results/" in before, f"{address}results/" in after) == (False, True)
