"""What coordinators see of many answers, and what nobody sees of few."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luotsi.core.errors import NotThereError
from luotsi.people.enums import Role
from luotsi.people.models import Network, Person
from luotsi.surveys.messages.feedback import InstrumentResult, Share, feedback_told
from luotsi.surveys.queries.feedback import pooled_for
from tests.factories.people import NetworkFactory, coordinator_of, grant
from tests.factories.surveys import InstrumentFactory, ResponseFactory, answered, wave_in
from tests.surveys import culture

pytestmark = pytest.mark.django_db

WORDS = ["Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot"]


def feedback_for(person: Person, network: Network) -> list[InstrumentResult]:
    return feedback_told(pooled_for(person, network))


def feedback(client, network) -> str:
    client.force_login(coordinator_of(network))
    response = client.get(f"/networks/{network.ref}/feedback/")
    assert response.status_code == 200
    return str(response.content.decode())


def test_five_answers_are_shown_as_means_and_counts() -> None:
    network = NetworkFactory.create()
    wave = wave_in(network)
    for useful, words in zip([1, 2, 4, 4, 5], WORDS, strict=False):
        answered(wave, useful=useful, words=words)
    ResponseFactory.create(wave=wave)

    [result] = feedback_for(coordinator_of(network), network)

    assert (result.name, result.asked, result.answered, result.is_shown) == ("How did it go?", 6, 5, True)
    scale, choice, text = result.items
    assert scale.mean == pytest.approx(3.2)
    assert [share.count for share in scale.shares] == [1, 1, 0, 2, 1]
    assert choice.shares == (Share(label="Often enough", count=5), Share(label="Too seldom", count=0))
    assert (text.answered, text.texts) == (5, ("Alpha", "Bravo", "Charlie", "Delta", "Echo"))
    assert result.chart is not None
    assert result.chart.conclusion == "The mean is 3.2 of 5."


def test_four_answers_are_not_shown_at_all(client) -> None:
    network = NetworkFactory.create()
    wave = wave_in(network)
    for words in WORDS[:4]:
        answered(wave, useful=4, words=words)

    page = feedback(client, network)

    assert "Too few to show" in page
    assert "4 of 4 have answered." in page
    assert [words for words in WORDS if words in page] == []
    assert "It was useful" not in page


def test_a_question_that_few_answered_is_not_shown_among_others_that_are(client) -> None:
    network = NetworkFactory.create()
    wave = wave_in(network)
    for words in WORDS[:4]:
        answered(wave, useful=4, words=words)
    for _ in range(2):
        answered(wave, useful=5)

    page = feedback(client, network)

    assert [words for words in WORDS if words in page] == []
    assert page.count("Too few to show") == 1
    assert "It was useful" in page


def test_answers_of_two_circles_of_the_network_count_together_and_another_networks_do_not() -> None:
    network, instrument = NetworkFactory.create(), InstrumentFactory.create()
    here, there = wave_in(network, instrument=instrument), wave_in(network, instrument=instrument)
    for wave in (here, here, here, there, there):
        answered(wave, useful=5, words="ours")
    elsewhere = wave_in(NetworkFactory.create(), instrument=instrument)
    for _ in range(6):
        answered(elsewhere, useful=1, words="theirs")

    [result] = feedback_for(coordinator_of(network), network)

    assert (result.asked, result.answered, result.items[0].mean) == (5, 5, 5.0)
    assert result.items[2].texts == ("ours",) * 5


def test_no_name_is_on_the_page(client) -> None:
    network = NetworkFactory.create()
    wave = wave_in(network)
    names = [answered(wave, useful=4, words=words).person.family_name for words in WORDS]

    page = feedback(client, network)

    assert [name for name in names if re.search(rf"\b{name}\b", page)] == []
    assert [words for words in WORDS if words in page] == WORDS[:5]


@pytest.mark.parametrize("role", [Role.READER, Role.ASSESSOR, Role.MEMBER, None])
def test_the_page_is_not_found_for_anybody_but_coordinators_of_the_network(client, role: Role | None) -> None:
    network = NetworkFactory.create()
    wave = wave_in(network)
    for words in WORDS:
        answered(wave, useful=4, words=words)
    person = coordinator_of(NetworkFactory.create())
    if role:
        grant(person, role, network=network)
    client.force_login(person)

    response = client.get(f"/networks/{network.ref}/feedback/")

    assert response.status_code == 404
    assert [words for words in WORDS if words in response.content.decode()] == []
    with pytest.raises(NotThereError):
        feedback_for(person, network)


def test_before_anybody_was_asked_the_page_says_what_will_be_here(client) -> None:
    assert "Nobody has been asked yet" in feedback(client, NetworkFactory.create())


def test_the_page_asks_as_much_for_one_instrument_as_for_thirty(client) -> None:
    network = NetworkFactory.create()
    client.force_login(coordinator_of(network))

    def queries_for(count: int) -> int:
        for _ in range(count):
            wave = wave_in(network)
            for words in WORDS:
                answered(wave, useful=4, words=words)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/networks/{network.ref}/feedback/")
        return len(asked)

    for_one, for_thirty = queries_for(1), queries_for(29)

    assert for_one == for_thirty <= 9


def test_answers_come_in_by_fives_so_that_two_days_do_not_tell_who_answered_between() -> None:
    network = NetworkFactory.create()
    wave = wave_in(network)
    shown = []
    for useful in [5, 5, 5, 5, 5, 1, 1, 1, 1, 1]:
        answered(wave, useful=useful)
        [result] = feedback_for(coordinator_of(network), network)
        shown.append(result.items[0].mean if result.items else None)

    assert shown == [None] * 4 + [5.0] * 5 + [3.0]


def test_rankings_and_numbers_are_shown_as_means_and_dates_are_not() -> None:
    network = NetworkFactory.create()
    wave = wave_in(network, instrument=InstrumentFactory.create(form=culture.described(purpose="feedback")))
    for years in range(5):
        ResponseFactory.create(
            wave=wave,
            state="answered",
            answered_at=timezone.now(),
            answers={"order": ["team", "calm", "pay"], "years": str(years), "since": "2020-01-01"},
        )

    [result] = feedback_for(coordinator_of(network), network)

    told = {item.kind: item for item in result.items if item.is_shown}
    assert [(share.label, share.count) for share in told["ranking"].shares] == [("team", 1), ("calm", 2), ("pay", 3)]
    assert told["number"].mean == 2.0
    assert (told["date"].shares, told["date"].mean, told["date"].texts) == ((), None, ())


def test_a_stranger_is_sent_to_sign_in(client) -> None:
    network = NetworkFactory.create()

    assert client.get(f"/networks/{network.ref}/feedback/").status_code == 302
    assert client.get(f"/my/surveys/{network.ref}/").status_code == 302
