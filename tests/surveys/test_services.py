from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry, AuditFacts
from luotsi.core.privacy import day_of
from luotsi.surveys import privacy
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.models import Response, Wave
from luotsi.surveys.services.answers import answer
from luotsi.surveys.services.waves import close_due, close_wave, open_wave
from luotsi.surveys.tasks import run_close_due
from tests.factories.people import CircleFactory, NetworkFactory, PersonFactory, coordinator_of
from tests.factories.surveys import InstrumentFactory, ResponseFactory, WaveFactory, answered, wave_in

pytestmark = pytest.mark.django_db

ANSWERS = {"useful": 4, "rhythm": "enough", "words": "Thank you."}


def soon(days: int = 14):
    return timezone.localdate() + timedelta(days=days)


def circle():
    return CircleFactory.create(network=NetworkFactory.create())


# --- asking


def test_open_wave_asks_each_person_once_and_tells_them() -> None:
    anna, ben = PersonFactory.create(), PersonFactory.create(language="sv")

    wave = open_wave(
        InstrumentFactory.create(), circle=circle(), persons=[anna, ben, anna], closes_on=soon(), by=SYSTEM
    )

    assert list(wave.responses.order_by("pk").values_list("person", "state")) == [(anna.pk, "asked"), (ben.pk, "asked")]
    told = Message.objects.order_by("pk").values_list("recipient_ref", "kind", "language", "action_path")
    paths = {response.person.ref: f"/my/surveys/{response.ref}/" for response in wave.responses.all()}
    assert list(told) == [
        (anna.ref, "surveys.asked", "en", paths[anna.ref]),
        (ben.ref, "surveys.asked", "sv", paths[ben.ref]),
    ]


def test_open_wave_again_asks_only_the_new_ones_and_moves_the_last_day_on() -> None:
    instrument, group = InstrumentFactory.create(), circle()
    anna, ben = PersonFactory.create_batch(2)
    first = open_wave(instrument, circle=group, persons=[anna], closes_on=soon(7), by=SYSTEM)

    again = open_wave(instrument, circle=group, persons=[anna, ben], closes_on=soon(21), by=SYSTEM)

    first.refresh_from_db()
    assert again == first
    assert first.closes_on == soon(21)
    assert list(first.responses.order_by("pk").values_list("person", flat=True)) == [anna.pk, ben.pk]
    assert Message.objects.count() == 2


def test_open_wave_again_for_the_same_persons_changes_nothing_even_when_it_is_closed() -> None:
    instrument, group, anna = InstrumentFactory.create(), circle(), PersonFactory.create()
    wave = open_wave(instrument, circle=group, persons=[anna], closes_on=soon(), by=SYSTEM)
    close_wave(wave, by=SYSTEM)

    again = open_wave(instrument, circle=group, persons=[anna], closes_on=soon(), by=SYSTEM)

    assert again == wave
    assert (Wave.objects.count(), Response.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_open_wave_after_the_first_was_closed_opens_another_for_the_new_ones() -> None:
    instrument, group = InstrumentFactory.create(), circle()
    first = open_wave(instrument, circle=group, persons=[PersonFactory.create()], closes_on=soon(), by=SYSTEM)
    close_wave(first, by=SYSTEM)
    late = PersonFactory.create()

    second = open_wave(instrument, circle=group, persons=[late], closes_on=soon(), by=SYSTEM)

    assert second != first
    assert list(second.responses.values_list("person", flat=True)) == [late.pk]


def test_open_wave_leaves_out_who_is_forgotten() -> None:
    gone = PersonFactory.create(erased_at=timezone.now())

    wave = open_wave(InstrumentFactory.create(), circle=circle(), persons=[gone], closes_on=soon(), by=SYSTEM)

    assert wave.responses.count() == 0


def test_open_wave_by_a_coordinator_of_the_network() -> None:
    network = NetworkFactory.create()
    group = CircleFactory.create(network=network)

    wave = open_wave(InstrumentFactory.create(), circle=group, persons=[], closes_on=soon(), by=coordinator_of(network))

    assert wave.circle == group


@pytest.mark.parametrize("who", ["member", "coordinator of another network"])
def test_open_wave_by_anybody_else_is_refused(who: str) -> None:
    by = PersonFactory.create() if who == "member" else coordinator_of(NetworkFactory.create())

    with pytest.raises(RefusedError, match="Only a coordinator of the network asks its people"):
        open_wave(InstrumentFactory.create(), circle=circle(), persons=[by], closes_on=soon(), by=by)

    assert (Wave.objects.count(), Response.objects.count(), Message.objects.count()) == (0, 0, 0)


def test_open_wave_in_a_circle_of_no_network_is_refused() -> None:
    with pytest.raises(RefusedError, match="nobody would read the answers"):
        open_wave(InstrumentFactory.create(), circle=CircleFactory.create(), persons=[], closes_on=soon(), by=SYSTEM)

    assert Wave.objects.count() == 0


def test_open_wave_until_yesterday_is_refused() -> None:
    with pytest.raises(RefusedError, match="has passed already"):
        open_wave(InstrumentFactory.create(), circle=circle(), persons=[], closes_on=soon(-1), by=SYSTEM)

    assert Wave.objects.count() == 0


# --- answering


def test_answer_keeps_the_answers_once() -> None:
    response = ResponseFactory.create()

    answer(response, answers=ANSWERS, by=response.person)

    response.refresh_from_db()
    assert (response.state, response.answers) == (ResponseState.ANSWERED, ANSWERS)
    assert response.answered_at is not None


def test_answer_leaves_no_word_of_it_in_the_audit_log() -> None:
    response = ResponseFactory.create()

    answer(response, answers=ANSWERS, by=response.person)

    entry = AuditEntry.objects.get(verb="surveys.answered")
    assert AuditFacts.objects.get(entry=entry).facts == '{"answers": 3}'


def test_answer_a_second_time_is_refused() -> None:
    response = answered(WaveFactory.create(), useful=2)

    with pytest.raises(RefusedError, match="You have answered already"):
        answer(response, answers=ANSWERS, by=response.person)

    response.refresh_from_db()
    assert response.answers == {"rhythm": "enough", "useful": 2}


def test_answer_for_somebody_else_is_refused() -> None:
    network = NetworkFactory.create()
    response = ResponseFactory.create(wave=wave_in(network))

    with pytest.raises(RefusedError, match="Only the one who was asked"):
        answer(response, answers=ANSWERS, by=coordinator_of(network))

    response.refresh_from_db()
    assert (response.state, response.answers) == (ResponseState.ASKED, {})


def test_answer_on_the_last_day_is_kept_and_on_the_day_after_refused() -> None:
    response, late = ResponseFactory.create(), ResponseFactory.create()

    with time_machine.travel(timezone.now() + timedelta(days=14)):
        answer(response, answers=ANSWERS, by=response.person)
    with time_machine.travel(timezone.now() + timedelta(days=15)), pytest.raises(RefusedError, match="time to answer"):
        answer(late, answers=ANSWERS, by=late.person)

    late.refresh_from_db()
    assert (response.state, late.state) == (ResponseState.ANSWERED, ResponseState.ASKED)


def test_bad_answers_are_told_by_question_and_none_is_kept() -> None:
    response = ResponseFactory.create()

    with pytest.raises(ValidationError) as refused:
        answer(response, answers={"useful": 9, "words": "Fine"}, by=response.person)

    assert refused.value.message_dict == {
        "rhythm": ["Answer the question “How often did you meet?”."],
        "useful": ["Choose a number from 1 to 5 for “It was useful”."],
    }
    response.refresh_from_db()
    assert (response.state, response.answers) == (ResponseState.ASKED, {})


# --- closing


def test_close_due_closes_what_is_over_and_nothing_else() -> None:
    over = WaveFactory.create(closes_on=soon(-1))
    waiting, done = ResponseFactory.create(wave=over), answered(over, useful=3)
    still_open = ResponseFactory.create()

    closed = close_due(by=SYSTEM)

    states = [Response.objects.get(pk=response.pk).state for response in (waiting, done, still_open)]
    assert (closed, states) == (1, ["closed", "answered", "asked"])
    assert close_due(by=SYSTEM) == 0


def test_the_clock_closes_what_is_over() -> None:
    class Held:
        told: list[tuple[int, int]] = []

        def report(self, done: int, total: int) -> None:
            self.told.append((done, total))

    lease, wave = Held(), WaveFactory.create(closes_on=soon(-1))

    run_close_due(lease)

    wave.refresh_from_db()
    assert lease.told == [(1, 1)]
    assert wave.closed_at is not None


def test_close_wave_by_anybody_else_is_refused() -> None:
    wave = WaveFactory.create()

    with pytest.raises(RefusedError):
        close_wave(wave, by=coordinator_of(NetworkFactory.create()))

    wave.refresh_from_db()
    assert wave.closed_at is None


# --- own data


def test_own_data_has_the_answers_in_words() -> None:
    response = answered(WaveFactory.create(), useful=4, words="Thank you.")
    answered(response.wave, useful=1, words="Somebody else's words.")

    held, *_others = privacy.collect(response.person)

    assert held.title == "My answers to surveys"
    assert held.rows == [
        {
            "Survey": "How did it go?",
            "Asked": day_of(response.created_at),
            "State": "answered",
            "It was useful": "4 of 5",
            "How often did you meet?": "Often enough",
            "In your own words": "Thank you.",
        }
    ]


def test_erasing_takes_the_own_words_and_leaves_what_is_counted() -> None:
    mine = answered(WaveFactory.create(), useful=4, words="My own words.")
    asked = ResponseFactory.create(person=mine.person)
    others = answered(mine.wave, useful=2, words="Others' words.")

    privacy.erase(mine.person, by=SYSTEM)

    for response in (mine, asked, others):
        response.refresh_from_db()
    assert mine.answers == {"rhythm": "enough", "useful": 4}
    assert asked.state == ResponseState.CLOSED
    assert others.answers == {"rhythm": "enough", "useful": 2, "words": "Others' words."}
