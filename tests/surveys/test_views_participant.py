"""What a person who is asked sees."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.people.enums import CircleRole
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.models import Response
from luotsi.surveys.queries.responses import next_things_for
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of, join
from tests.factories.surveys import ResponseFactory, WaveFactory, answered, wave_in

pytestmark = pytest.mark.django_db

LABELS = re.compile(r"<(?:label|legend)[^>]*>(.*?)</(?:label|legend)>", re.DOTALL)


@pytest.fixture
def response() -> Response:
    return ResponseFactory.create(wave=wave_in(NetworkFactory.create(name="Rannikon verkosto")))


def page_for(client, response: Response, person=None) -> str:
    client.force_login(person or response.person)
    found = client.get(f"/my/surveys/{response.ref}/")
    assert found.status_code == 200
    return str(found.content.decode())


def test_the_page_asks_every_question_and_says_who_reads(client, response: Response) -> None:
    page = page_for(client, response)

    assert [legend in page for legend in ("It was useful", "How often did you meet?", "In your own words")] == [
        True
    ] * 3
    assert "1: not at all, 5: very much" in page
    assert "the coordinators of Rannikon verkosto, together with the answers of others" in page
    assert "Your name is kept with your answers" in page


@pytest.mark.parametrize(
    ("language", "question"),
    [("fi", "It was useful (fi)"), ("sv", "It was useful (sv)"), ("en", "It was useful")],
)
def test_the_page_asks_in_the_readers_language(client, response: Response, language: str, question: str) -> None:
    client.cookies["language"] = language

    page = page_for(client, response)

    assert f"<legend>\n{question}" in page or f"<legend>{question}" in page


def test_answering_keeps_the_answers_and_shows_them(client, response: Response) -> None:
    client.force_login(response.person)

    sent = client.post(
        f"/my/surveys/{response.ref}/", {"useful": "5", "rhythm": "seldom", "words": "We met in a café."}, follow=True
    )

    response.refresh_from_db()
    assert sent.redirect_chain == [(f"/my/surveys/{response.ref}/", 302)]
    assert response.answers == {"useful": 5, "rhythm": "seldom", "words": "We met in a café."}
    page = sent.content.decode()
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page) == [
        ("It was useful", "5 of 5"),
        ("How often did you meet?", "Too seldom"),
        ("In your own words", "We met in a café."),
    ]


def test_what_is_missing_is_named_and_what_was_typed_is_kept(client, response: Response) -> None:
    client.force_login(response.person)

    sent = client.post(f"/my/surveys/{response.ref}/", {"rhythm": "seldom", "words": "Typed with care."})

    assert sent.status_code == 200
    page = sent.content.decode()
    assert "Choose one in “It was useful”." in page
    assert "Typed with care." in page
    assert re.findall(r'value="(\w+)" id="[^"]*" checked', page) == ["seldom"]
    response.refresh_from_db()
    assert (response.state, response.answers) == (ResponseState.ASKED, {})


def test_answering_again_through_the_page_is_refused(client) -> None:
    response = answered(WaveFactory.create(), useful=2)
    client.force_login(response.person)

    sent = client.post(f"/my/surveys/{response.ref}/", {"useful": "5", "rhythm": "seldom"})

    response.refresh_from_db()
    assert "You have answered already. Your answers are kept." in sent.content.decode()
    assert response.answers == {"rhythm": "enough", "useful": 2}


def test_when_the_time_is_over_the_page_says_so(client) -> None:
    response = ResponseFactory.create(wave=WaveFactory.create(closes_on=timezone.localdate() - timedelta(days=1)))

    page = page_for(client, response)

    assert "The time to answer is over." in page
    assert "It was useful" not in page


def test_somebody_elses_survey_is_not_found(client) -> None:
    network = NetworkFactory.create()
    wave = wave_in(network)
    theirs = answered(wave, useful=4, words="Read by nobody else.")
    join(wave.circle, theirs.person, CircleRole.MENTEE)

    for person in (ResponseFactory.create(wave=wave).person, coordinator_of(network)):
        client.force_login(person)
        got, posted = (
            client.get(f"/my/surveys/{theirs.ref}/"),
            client.post(f"/my/surveys/{theirs.ref}/", {"useful": "1"}),
        )
        assert [got.status_code, posted.status_code] == [404, 404]
        assert "Read by nobody else." not in got.content.decode()


def test_next_things_are_the_open_surveys_the_earliest_first(django_assert_num_queries) -> None:
    person = PersonFactory.create()
    today = timezone.localdate()
    later = ResponseFactory.create(person=person, wave=WaveFactory.create(closes_on=today + timedelta(days=9)))
    sooner = ResponseFactory.create(person=person, wave=WaveFactory.create(closes_on=today))
    ResponseFactory.create(person=person, wave=WaveFactory.create(closes_on=today - timedelta(days=1)))
    ResponseFactory.create(person=person, state=ResponseState.CLOSED)
    ResponseFactory.create()

    with django_assert_num_queries(1):
        things = next_things_for(person)

    assert [(thing.address, thing.by_when) for thing in things] == [
        (f"/my/surveys/{sooner.ref}/", today),
        (f"/my/surveys/{later.ref}/", today + timedelta(days=9)),
    ]
    assert things[0].title == "Answer: How did it go?"
