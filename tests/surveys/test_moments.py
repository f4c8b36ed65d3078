"""Start, end and a look back at the start: a coordinator asks a programme's mentors three times, by name."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.people.enums import CircleRole
from luotsi.people.models import Circle, Network, Person
from luotsi.surveys.enums import Answering, Moment
from luotsi.surveys.messages.letters import asked as letter
from luotsi.surveys.models import Instrument, Response, Wave
from luotsi.surveys.services.answers import answer
from luotsi.surveys.services.instruments import load_shipped
from luotsi.surveys.services.opening import WavePlan, start_wave
from luotsi.surveys.services.waves import close_wave
from tests.factories.people import CircleFactory, NetworkFactory, PersonFactory, coordinator_of, join
from tests.factories.surveys import InstrumentFactory
from tests.surveys.crowd import ask
from tests.web.markup import faults_of

pytestmark = pytest.mark.django_db

SCORES = {Moment.START: (4, 4, 4, 3, 4, 4), Moment.END: (4, 5, 4, 4, 4, 4), Moment.THEN: (2, 2, 3, 2, 2, 2)}
LOOKS_BACK = "You look back at the start. Answer how it was then, as you see it now"
SHIFTED = "Building trust: looking back, people put their start lower than they did then, by 1.7."
GREW = "By the measure that they have now they grew by 2.0"
PLAIN = "Start and end alone would say +0.3, from the same 6 people."


@pytest.fixture
def network() -> Network:
    return NetworkFactory.create(name="Länsirannikko")


@pytest.fixture
def coordinator(network: Network) -> Person:
    return coordinator_of(network)


@pytest.fixture
def questions() -> Instrument:
    load_shipped(by=SYSTEM)
    return Instrument.objects.get(key="mentor_competence", retired_at=None)


def mentors(network: Network, count: int) -> Circle:
    circle = CircleFactory.create(network=network, name="Mentors of the spring")
    for _ in range(count):
        join(circle, PersonFactory.create(), CircleRole.MENTOR)
    return circle


def plan(questions: Instrument, circle: Circle, moment: Moment, **values: Any) -> WavePlan:
    usual: dict[str, Any] = {"answering": Answering.NAMED, "closes_on": timezone.localdate() + timedelta(days=7)}
    return WavePlan(instrument=questions, circle=circle, moment=moment, **usual | values)


def answered_by_all(wave: Wave, scores: Sequence[int], *, by: Person) -> Wave:
    """Each gives every statement the own score, by the service, and the coordinator closes."""
    items = wave.instrument.questions.items
    responses = Response.objects.filter(wave=wave).select_related("person").order_by("pk")
    for response, score in zip(responses, scores, strict=False):
        given = {item.key: score for item in items if item.scale is not None}
        answer(response, answers=given, by=response.person)
    close_wave(wave, by=by)
    wave.refresh_from_db()
    return wave


def asked_three_times(questions: Instrument, circle: Circle, by: Person) -> Wave:
    """The look back, with the end before it and the start before that, each closed with answers of all."""
    before = None
    for moment, scores in SCORES.items():
        opened = start_wave(plan(questions, circle, moment, follows=before), by=by)
        before = answered_by_all(opened, scores, by=by)
    assert before is not None
    return before


def words_at(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def sent(questions: Instrument, circle: Circle, moment: Moment, **values: str) -> Mapping[str, str]:
    until = timezone.localdate() + timedelta(days=7)
    return {
        "instrument": str(questions.ref), "target": str(circle.ref), "answering": "named", "name": "Typed with care",
        "closes_on": f"{until.day}.{until.month}.{until.year}", "follows": "", "moment": moment.value,
    } | values  # fmt: skip


def test_six_people_s_look_back_tells_growth_from_a_change_of_measure(
    client: Client, network: Network, coordinator: Person, questions: Instrument
) -> None:
    then = asked_three_times(questions, mentors(network, 6), coordinator)
    client.force_login(coordinator)

    told = words_at(client, f"/surveys/waves/{then.ref}/results/")

    assert [sentence in told for sentence in (SHIFTED, GREW, PLAIN)] == [True] * 3
    assert told.count("looking back, people put their start lower") == 5  # dimensions
    assert "Moment in a programme at the end, looking back at the start" in told
    assert "Moment in a programme at the end, looking back" in words_at(client, f"/surveys/waves/{then.ref}/")


def test_four_people_s_look_back_tells_nothing(
    client: Client, network: Network, coordinator: Person, questions: Instrument
) -> None:
    then = asked_three_times(questions, mentors(network, 4), coordinator)
    client.force_login(coordinator)

    told = words_at(client, f"/surveys/waves/{then.ref}/results/")

    assert Response.objects.filter(wave=then, state="answered").count() == 4
    assert [part in told for part in ("looking back, people", "they grew", "Building trust", "2.0")] == [False] * 4
    assert "Too few answered" in told


def test_the_look_back_is_opened_on_the_page_and_answered_with_the_start_in_mind(
    client: Client, network: Network, coordinator: Person, questions: Instrument
) -> None:
    circle = mentors(network, 6)
    start = answered_by_all(
        start_wave(plan(questions, circle, Moment.START), by=coordinator), SCORES[Moment.START], by=coordinator
    )
    end = start_wave(plan(questions, circle, Moment.END, follows=start), by=coordinator)
    answered_by_all(end, SCORES[Moment.END], by=coordinator)
    client.force_login(coordinator)
    offered = words_at(client, "/surveys/new/")
    assert faults_of(client.get("/surveys/new/").content.decode()) == []

    opened = client.post("/surveys/new/", sent(questions, circle, Moment.THEN, follows=str(end.ref)))

    then = Wave.objects.get(moment=Moment.THEN)
    assert opened.headers["Location"] == f"/surveys/waves/{then.ref}/"
    assert (then.follows, then.answering, then.responses.count()) == (end, Answering.NAMED, 6)
    assert "After the end, people say where they were at the start, by what they know now." in offered
    assert "(at the start)" in offered
    response = then.responses.select_related("person").earliest("pk")
    client.force_login(response.person)
    pages = [words_at(client, f"{response.path}?page={key}") for key in ("trust", "role", "check")]
    assert [LOOKS_BACK in page for page in pages] == [True, True, False]
    assert "You look back: answer how it was at the start" in pages[2]
    old = start.responses.get(person=response.person)
    assert LOOKS_BACK not in words_at(client, old.path)
    assert ["You look back" in str(line) for line in letter(then, "/").lines] == [False, False, True, False]
    assert not any("You look back" in str(line) for line in letter(end, "/").lines)


def test_a_refusal_stands_on_the_page_with_the_moment_still_chosen(
    client: Client, network: Network, coordinator: Person, questions: Instrument
) -> None:
    client.force_login(coordinator)

    page = client.post("/surveys/new/", sent(questions, mentors(network, 6), Moment.THEN)).content.decode()

    assert "People look back after the survey of the end." in page
    assert "Typed with care" in page
    assert re.search(r'name="moment" value="then"[^>]* checked', page)
    assert Wave.objects.count() == 0


# --- what is refused


@pytest.mark.parametrize("before", [(), (Moment.START,), (Moment.NONE,), (Moment.START, Moment.END, Moment.THEN)])
def test_a_look_back_follows_the_end(
    network: Network, coordinator: Person, questions: Instrument, before: tuple[Moment, ...]
) -> None:
    circle, earlier = mentors(network, 5), None
    for moment in before:
        opened = start_wave(plan(questions, circle, moment, follows=earlier), by=coordinator)
        earlier = answered_by_all(opened, SCORES[Moment.END], by=coordinator)

    with pytest.raises(RefusedError, match="People look back after the survey of the end"):
        start_wave(plan(questions, circle, Moment.THEN, follows=earlier), by=coordinator)

    assert Wave.objects.count() == len(before)


@pytest.mark.parametrize("before", [(Moment.END,), (Moment.NONE, Moment.END), (Moment.END, Moment.END)])
def test_the_end_that_is_followed_follows_a_start(
    network: Network, coordinator: Person, questions: Instrument, before: tuple[Moment, ...]
) -> None:
    circle, earlier = mentors(network, 5), None
    for moment in before:
        opened = start_wave(plan(questions, circle, moment, follows=earlier), by=coordinator)
        earlier = answered_by_all(opened, SCORES[Moment.END], by=coordinator)

    with pytest.raises(RefusedError, match="does not follow a survey of the start"):
        start_wave(plan(questions, circle, Moment.THEN, follows=earlier), by=coordinator)

    assert Wave.objects.count() == len(before)


def test_an_end_that_is_still_open_cannot_be_looked_back_after(
    network: Network, coordinator: Person, questions: Instrument
) -> None:
    circle = mentors(network, 5)
    start = answered_by_all(
        start_wave(plan(questions, circle, Moment.START), by=coordinator), SCORES[Moment.END], by=coordinator
    )
    end = start_wave(plan(questions, circle, Moment.END, follows=start), by=coordinator)

    with pytest.raises(RefusedError, match="Close that survey first"):
        start_wave(plan(questions, circle, Moment.THEN, follows=end), by=coordinator)

    assert Wave.objects.count() == 2


def test_questions_that_changed_since_the_start_are_not_looked_back_at(
    network: Network, coordinator: Person, questions: Instrument
) -> None:
    circle = mentors(network, 5)
    start = answered_by_all(
        start_wave(plan(questions, circle, Moment.START), by=coordinator), SCORES[Moment.END], by=coordinator
    )
    newer = InstrumentFactory.create(key=questions.key, version=2, form={**questions.form, "version": 2})
    end = answered_by_all(
        start_wave(plan(newer, circle, Moment.END, follows=start), by=coordinator), SCORES[Moment.END], by=coordinator
    )

    with pytest.raises(RefusedError, match="The questions have changed since the start"):
        start_wave(plan(newer, circle, Moment.THEN, follows=end), by=coordinator)

    assert Wave.objects.count() == 2


@pytest.mark.parametrize("moment", [Moment.START, Moment.END, Moment.THEN])
def test_an_anonymous_wave_has_no_moment(
    network: Network, coordinator: Person, questions: Instrument, moment: Moment
) -> None:
    with pytest.raises(
        RefusedError, match="Only a survey that the people of a programme or group answer with the name"
    ):
        start_wave(plan(questions, mentors(network, 6), moment, answering=Answering.ANONYMOUS), by=coordinator)

    assert Wave.objects.count() == 0


def test_a_wave_of_an_organisation_has_no_moment(questions: Instrument) -> None:
    place = ask([6]).organisation
    asked_there = WavePlan(
        instrument=questions,
        answering=Answering.NAMED,
        closes_on=timezone.localdate(),
        organisation=place,
        moment=Moment.START,
    )

    with pytest.raises(
        RefusedError, match="Only a survey that the people of a programme or group answer with the name"
    ):
        start_wave(asked_there, by=SYSTEM)

    assert Wave.objects.count() == 1
