"""What coordinators see of pairs: facts; and what they never see: words."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luotsi.comms.models import Message
from luotsi.mentoring.services.agreements import propose_agreement
from luotsi.people.enums import Role
from tests.factories.mentoring import active_pair, met, over_pair, pair
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of, grant
from tests.factories.programmes import ProgrammeFactory

pytestmark = pytest.mark.django_db


def address_of(programme) -> str:
    return f"/programmes/{programme.ref}/relationships/"


def page(client, programme) -> str:
    client.force_login(coordinator_of(programme.network))
    response = client.get(address_of(programme))
    assert response.status_code == 200
    return str(response.content.decode())


def cells(text: str) -> list[list[str]]:
    """The rows of the table, as text."""
    rows = re.findall(r'<tr role="row"><th scope="row".*?</tr>', text, re.DOTALL)
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in found]


def test_the_page_shows_each_pair_by_its_facts(client) -> None:
    programme = ProgrammeFactory.create()
    relationship = active_pair(programme, days_ago=60)
    met(relationship, 40, 5)

    [row] = cells(page(client, programme))

    assert row[0] == f"{relationship.mentee} and {relationship.mentor}"
    assert (row[1], row[2], row[4]) == ("under way", "2 / 7", "5")


def test_nothing_that_the_two_wrote_is_on_the_page(client) -> None:
    programme = ProgrammeFactory.create()
    relationship = active_pair(programme, days_ago=60)
    met(relationship, 40, summary="Between the two of us.")
    words = {"rhythm": "Our own rhythm", "themes": "Our own themes", "not_discussed": "What we leave out"}
    propose_agreement(relationship, **words, by=relationship.mentor)
    over_pair(programme, ending="no_time")

    text = page(client, programme)

    secrets = ["Between the two of us.", *words.values(), "There is not enough time"]
    assert [secret for secret in secrets if secret in text] == []
    assert str(relationship.mentee) in text


def test_the_page_shows_no_pair_of_another_programme(client) -> None:
    network = NetworkFactory.create()
    programme = ProgrammeFactory.create(network=network)
    active_pair(programme)
    beside = active_pair(ProgrammeFactory.create(network=network), days_ago=90)
    elsewhere = active_pair(days_ago=90)

    text = page(client, programme)

    assert len(cells(text)) == 1
    assert [str(each.mentee) in text for each in (beside, elsewhere)] == [False, False]


@pytest.mark.parametrize("role", [Role.READER, Role.ASSESSOR, None])
def test_the_page_is_not_found_for_anybody_but_coordinators_of_the_network(client, role: Role | None) -> None:
    programme = ProgrammeFactory.create()
    relationship = active_pair(programme, days_ago=90)
    person = coordinator_of(NetworkFactory.create())
    if role:
        grant(person, role, network=programme.network)

    for asker in (person, relationship.mentor):
        client.force_login(asker)
        got = client.get(address_of(programme))
        posted = client.post(address_of(programme) + f"{relationship.ref}/remind/")
        assert [got.status_code, posted.status_code] == [404, 404]
        assert str(relationship.mentee) not in got.content.decode()

    assert Message.objects.count() == 0


def test_pairs_that_need_a_look_come_first_with_their_reason_and_one_action(client) -> None:
    programme = ProgrammeFactory.create()
    waiting = pair(programme, days_ago=20)
    active_pair(programme)

    text = page(client, programme)

    [item] = re.findall(r'<ul class="watch">(.*)</ul></div>\n<form', text, re.DOTALL)
    assert "The agreement has waited for 20 days." in item
    assert text.count("Remind both") == 1
    assert f"{address_of(programme)}{waiting.ref}/remind/" in text


def test_reminding_tells_both_and_the_button_rests_for_a_week(client) -> None:
    programme = ProgrammeFactory.create()
    relationship = active_pair(programme, days_ago=30)
    client.force_login(coordinator_of(programme.network))

    response = client.post(address_of(programme) + f"{relationship.ref}/remind/", follow=True)

    text = response.content.decode()
    assert list(Message.objects.order_by("pk").values_list("recipient_ref", flat=True)) == [
        relationship.mentor.ref,
        relationship.mentee.ref,
    ]
    assert "Both have been sent a friendly reminder." in text
    assert "Remind both" not in text
    assert client.post(address_of(programme) + f"{relationship.ref}/remind/").status_code == 409
    assert Message.objects.count() == 2


def test_a_pair_of_another_programme_cannot_be_reminded_here(client) -> None:
    programme = ProgrammeFactory.create()
    elsewhere = active_pair(days_ago=30)
    client.force_login(coordinator_of(programme.network))

    response = client.post(address_of(programme) + f"{elsewhere.ref}/remind/")

    assert response.status_code == 404
    assert Message.objects.count() == 0


def test_an_empty_page_says_what_will_be_here(client) -> None:
    assert "No pairs yet" in page(client, ProgrammeFactory.create())


def test_pairs_stand_by_the_name_of_the_mentee_a_page_at_a_time(client) -> None:
    programme = ProgrammeFactory.create()
    names = [f"Mentee{number:02d}" for number in range(31)]
    for name in reversed(names):
        active_pair(programme, mentee_is=PersonFactory.create(family_name=name, sort_key=name))

    text = page(client, programme)
    [query] = re.findall(r'<a href="(\?after=[^"]+)" rel="next"', text)
    second = client.get(address_of(programme) + query).content.decode()

    found = [re.findall(r"Mentee\d\d", each)[0] for each in (row[0] for row in cells(text) + cells(second))]
    assert found == names


def test_the_page_asks_as_much_for_one_pair_as_for_thirty(client) -> None:
    programme = ProgrammeFactory.create()
    client.force_login(coordinator_of(programme.network))

    def queries_for(count: int) -> int:
        for _ in range(count):
            met(active_pair(programme, days_ago=60), 30, 40)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address_of(programme))
        assert response.status_code == 200
        return len(asked)

    for_one, for_thirty = queries_for(1), queries_for(29)

    assert for_one == for_thirty <= 10
