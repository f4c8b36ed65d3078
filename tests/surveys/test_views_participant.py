"""What a person who is asked sees."""

import re
from datetime import timedelta

import pytest
import yaml
from django.utils import timezone

from luotsi.core.questions.answers import items_asked
from luotsi.people.enums import CircleRole
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.formats.pages import pages_of
from luotsi.surveys.models import Response
from luotsi.surveys.queries import next_things
from luotsi.surveys.services.instruments import SHIPPED
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of, join
from tests.factories.surveys import (
    ITEMS,
    InstrumentFactory,
    ResponseFactory,
    WaveFactory,
    answered,
    described,
    texts,
    wave_in,
)
from tests.waiting import things_waiting

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

    asked = ("It was useful", "How often did you meet?", "In your own words", "not at all", "very much")
    assert [text in page for text in asked] == [True] * 5
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


ITEMS_ON_PAGE = ["useful", "rhythm", "words"]


def sent_page(
    to: str = "next", page: str = "part1.1", shown: list[str] | None = None, **answers: str
) -> dict[str, object]:
    return {"at.page": page, "at.shown": shown or ITEMS_ON_PAGE, "at.to": to, **answers}


def test_answers_are_looked_through_and_sent_once(client, response: Response) -> None:
    client.force_login(response.person)
    address = f"/my/surveys/{response.ref}/"

    filled = client.post(address, sent_page(useful="5", rhythm="seldom", words="We met in a café."), follow=True)
    response.refresh_from_db()
    kept_before = (response.state, response.draft, response.answers)
    sent = client.post(address, {"at.to": "send"}, follow=True)

    response.refresh_from_db()
    answers = {"useful": 5, "rhythm": "seldom", "words": "We met in a café."}
    said = [
        ("It was useful", "very much"),
        ("How often did you meet?", "Too seldom"),
        ("In your own words", "We met in a café."),
    ]
    assert filled.redirect_chain == [(f"{address}?page=check", 302)]
    assert "Check your answers" in filled.content.decode()
    assert kept_before == (ResponseState.ASKED, answers, {})
    assert sent.redirect_chain == [(address, 302)]
    assert (response.state, response.draft, response.answers) == (ResponseState.ANSWERED, {}, answers)
    for seen in (filled, sent):
        assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", seen.content.decode()) == said


def test_what_is_missing_is_named_and_what_was_typed_is_kept(client, response: Response) -> None:
    client.force_login(response.person)

    sent = client.post(f"/my/surveys/{response.ref}/", sent_page(rhythm="seldom", words="Typed with care."))

    assert sent.status_code == 200
    page = sent.content.decode()
    assert '<a href="#id_useful_0">Answer the question “It was useful”.</a>' in page
    assert "Typed with care." in page
    assert re.findall(r'value="(\w+)" id="[^"]*" checked', page) == ["seldom"]
    response.refresh_from_db()
    assert (response.state, response.draft) == (
        ResponseState.ASKED,
        {"rhythm": "seldom", "words": "Typed with care."},
    )


def test_sending_what_is_not_complete_leads_to_the_page_that_lacks_something(client, response: Response) -> None:
    client.force_login(response.person)

    sent = client.post(f"/my/surveys/{response.ref}/", {"at.to": "send"})

    assert "Answer the question “It was useful”." in sent.content.decode()
    response.refresh_from_db()
    assert (response.state, response.answers) == (ResponseState.ASKED, {})


ASKED_IF_SELDOM = {
    "key": "why",
    "type": "text",
    "text": texts("Why so seldom?"),
    "when": {"item": "rhythm", "is": "seldom"},
    "required": True,
}
MANY = [{"key": f"q{number}", "type": "text", "text": texts(f"Question {number}")} for number in range(1, 11)]


@pytest.fixture
def long_response() -> Response:
    instrument = InstrumentFactory.create(form=described(ITEMS, [ASKED_IF_SELDOM], MANY))
    return ResponseFactory.create(wave=WaveFactory.create(instrument=instrument))


def test_a_long_form_goes_page_by_page_there_and_back_and_is_resumed(client, long_response: Response) -> None:
    client.force_login(long_response.person)
    address = f"/my/surveys/{long_response.ref}/"

    pages = [
        client.post(address, sent_page(useful="3", rhythm="enough")).headers["Location"],
        client.post(address, sent_page(page="part3.1", shown=["q1", "q2", "q3", "q4", "q5"], q1="One.")).headers[
            "Location"
        ],
        client.post(
            address, sent_page(page="part3.2", shown=["q6", "q7", "q8", "q9", "q10"], to="back", q6="Six.")
        ).headers["Location"],
    ]
    resumed = client.get(address).content.decode()

    assert pages == [f"{address}?page=part3.1", f"{address}?page=part3.2", f"{address}?page=part3.1"]
    assert "Why so seldom?" not in resumed
    assert re.findall(r'name="at.page" value="(.*?)"', client.get(pages[2]).content.decode()) == ["part3.1"]
    long_response.refresh_from_db()
    assert long_response.draft == {"useful": 3, "rhythm": "enough", "q1": "One.", "q6": "Six."}


def test_an_answer_brings_up_the_page_that_depends_on_it_and_takes_it_away(client, long_response: Response) -> None:
    client.force_login(long_response.person)
    address = f"/my/surveys/{long_response.ref}/"

    brought = client.post(address, sent_page(useful="3", rhythm="seldom")).headers["Location"]
    client.post(address, sent_page(page="part2.1", shown=["why"], why="No time."))
    taken = client.post(address, sent_page(useful="3", rhythm="enough")).headers["Location"]

    long_response.refresh_from_db()
    assert (brought, taken) == (f"{address}?page=part2.1", f"{address}?page=part3.1")
    assert long_response.draft == {"useful": 3, "rhythm": "enough"}


def test_what_is_changed_is_saved_by_itself(client, response: Response) -> None:
    client.force_login(response.person)

    saved = client.post(f"/my/surveys/{response.ref}/?to=save", sent_page(useful="2"))

    response.refresh_from_db()
    assert (saved.status_code, saved.content, response.draft) == (204, b"", {"useful": 2})


@pytest.mark.parametrize("instrument", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_page_of_every_shipped_instrument_is_drawn(client, instrument) -> None:
    form = yaml.safe_load(instrument.read_text())
    response = ResponseFactory.create(wave=WaveFactory.create(instrument=InstrumentFactory.create(form=form)))
    client.force_login(response.person)

    places = []
    for page_of in pages_of(response.wave.instrument.questions, {}):
        page = client.get(f"/my/surveys/{response.ref}/?page={page_of.key}").content.decode()
        places += re.findall(r'name="at.shown" value="(.*?)"', page)

    assert places == [item.key for item in items_asked(response.wave.instrument.questions, {})]


def test_answering_again_through_the_page_is_refused(client) -> None:
    response = answered(WaveFactory.create(), useful=2)
    client.force_login(response.person)

    sent = client.post(f"/my/surveys/{response.ref}/", sent_page(useful="5", rhythm="seldom"))

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
    assert wave.circle is not None
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
        things = things_waiting(next_things, person)

    assert [(thing.address, thing.by_when) for thing in things] == [
        (f"/my/surveys/{sooner.ref}/", today),
        (f"/my/surveys/{later.ref}/", today + timedelta(days=9)),
    ]
    assert things[0].title == "Answer: How did it go?"
