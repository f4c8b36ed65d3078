"""Answering without the name: once, in batches, never fewer than five."""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.surveys.formats.codes import CodeParts
from luotsi.surveys.models import AnonymousAnswer, AnonymousWords, Invitee, Urn, Wave
from luotsi.surveys.queries.waves import is_thrown_away
from luotsi.surveys.services.anonymous import Given, answer_as_invited, answer_by_link
from luotsi.surveys.services.urns import _pooled
from luotsi.surveys.services.waves import close_wave
from tests.surveys.crowd import answer, ask, follow

pytestmark = pytest.mark.django_db


def written(wave) -> list[str]:
    return sorted(row.answers["who"] for row in AnonymousAnswer.objects.filter(wave=wave))


def numbers(people) -> list[str]:
    return sorted(str(person.pk) for person in people)


def by_unit(wave) -> Counter:
    return Counter(AnonymousAnswer.objects.filter(wave=wave).values_list("unit__name", flat=True))


def test_nothing_is_written_before_ten_have_answered_and_then_five() -> None:
    crowd = ask([12])

    counts = []
    for person in crowd.people:
        answer(crowd.wave, person)
        counts.append(AnonymousAnswer.objects.count())

    assert counts == [0] * 9 + [5] * 3


def test_closing_writes_all_that_waits_and_takes_the_urns_away() -> None:
    crowd = ask([12, 6])
    for person in crowd.people:
        answer(crowd.wave, person)

    close_wave(crowd.wave, by=SYSTEM)

    assert written(crowd.wave) == numbers(crowd.people)
    assert by_unit(crowd.wave) == {"Osasto 0": 12, "Osasto 1": 6}
    assert Urn.objects.count() == 0


def test_a_second_answer_is_refused_and_changes_nothing() -> None:
    crowd = ask([6])
    answer(crowd.wave, crowd.people[0], who="1")

    with pytest.raises(RefusedError, match="You have answered already"):
        answer(crowd.wave, crowd.people[0], who="2")

    for person in crowd.people[1:]:
        answer(crowd.wave, person, who="3")
    close_wave(crowd.wave, by=SYSTEM)
    assert written(crowd.wave) == ["1", "3", "3", "3", "3", "3"]


def test_nobody_answers_for_another() -> None:
    crowd = ask([6])
    invitee = Invitee.objects.get(person=crowd.people[0])

    with pytest.raises(RefusedError, match="Only the one who was asked"):
        answer_as_invited(invitee, given=Given(answers={"who": "1"}), by=crowd.people[1])

    assert Invitee.objects.filter(has_answered=True).count() == 0


def test_bad_answers_are_told_by_question_and_nobody_has_answered() -> None:
    crowd = ask([6])

    with pytest.raises(ValidationError) as refused:
        answer(crowd.wave, crowd.people[0], who="many", stranger="1")

    assert set(refused.value.message_dict) == {"who", "stranger"}
    assert Invitee.objects.filter(has_answered=True).count() == 0


def test_after_closing_nobody_answers() -> None:
    crowd = ask([6])
    close_wave(crowd.wave, by=SYSTEM)

    with pytest.raises(RefusedError, match="The time to answer is over"):
        answer(crowd.wave, crowd.people[0])

    assert (Invitee.objects.filter(has_answered=True).count(), AnonymousAnswer.objects.count()) == (0, 0)


def test_who_sends_while_the_wave_closes_is_refused_and_has_not_answered() -> None:
    crowd = ask([6])
    invitee = Invitee.objects.select_related("wave__instrument", "person").get(person=crowd.people[0])
    close_wave(crowd.wave, by=SYSTEM)
    assert invitee.wave.is_open  # as it was read before

    with pytest.raises(RefusedError, match="The time to answer is over"):
        answer_as_invited(invitee, given=Given(answers={"who": "1"}), by=invitee.person)

    invitee.refresh_from_db()
    assert not invitee.has_answered


# --- small groups


def test_fewer_than_five_in_all_are_thrown_away() -> None:
    crowd = ask([6])
    for person in crowd.people[:4]:
        answer(crowd.wave, person, who="1", words="Mine.")

    close_wave(crowd.wave, by=SYSTEM)

    crowd.wave.refresh_from_db()
    assert (AnonymousAnswer.objects.count(), AnonymousWords.objects.count(), Urn.objects.count()) == (0, 0, 0)
    assert is_thrown_away(crowd.wave)


def test_small_units_are_counted_together_without_a_unit() -> None:
    crowd = ask([8, 6, 6])
    eight, six, other = crowd.people[:8], crowd.people[8:14], crowd.people[14:]
    for person in [*eight, *six[:2], *other[:3]]:
        answer(crowd.wave, person)

    close_wave(crowd.wave, by=SYSTEM)

    assert by_unit(crowd.wave) == {"Osasto 0": 8, None: 5}
    assert written(crowd.wave) == numbers([*eight, *six[:2], *other[:3]])


def test_the_only_one_of_a_unit_hides_among_the_smallest_other() -> None:
    crowd = ask([12, 7, 6])
    for person in [*crowd.people[:19], crowd.people[19]]:
        answer(crowd.wave, person)

    close_wave(crowd.wave, by=SYSTEM)

    assert by_unit(crowd.wave) == {"Osasto 0": 12, None: 8}


def test_a_unit_that_was_written_already_moves_with_the_small_one() -> None:
    crowd = ask([12, 6])
    for person in [*crowd.people[:12], crowd.people[12]]:
        answer(crowd.wave, person)
    assert by_unit(crowd.wave) == {"Osasto 0": 5}

    close_wave(crowd.wave, by=SYSTEM)

    assert by_unit(crowd.wave) == {None: 13}
    assert written(crowd.wave) == numbers(crowd.people[:13])


@given(st.dictionaries(st.one_of(st.none(), st.integers(1, 6)), st.integers(0, 14)))
def test_no_group_is_ever_smaller_than_five(counts: dict[int | None, int]) -> None:
    counts = {None: 0, **counts}
    pooled = _pooled(counts)

    groups = [counts[unit] for unit in counts if unit not in pooled] + [sum(counts[unit] for unit in pooled)]

    assert sum(groups) == sum(counts.values())
    if sum(counts.values()) >= 5:
        assert [size for size in groups if 0 < size < 5] == []


# --- own words


def test_own_words_stand_apart_and_only_where_five_people_wrote() -> None:
    crowd = ask([6])
    for number, person in enumerate(crowd.people):
        answer(crowd.wave, person, who=str(number), words=f"Word {number}.")
    close_wave(crowd.wave, by=SYSTEM)

    assert sorted(AnonymousWords.objects.values_list("item", "words")) == [
        ("words", f"Word {number}.") for number in range(6)
    ]
    assert [set(row.answers) for row in AnonymousAnswer.objects.all()] == [{"who"}] * 6


def test_own_words_of_four_people_are_thrown_away() -> None:
    crowd = ask([6])
    for number, person in enumerate(crowd.people):
        answer(crowd.wave, person, who=str(number), **({"words": "Mine."} if number < 4 else {}))

    close_wave(crowd.wave, by=SYSTEM)

    assert (AnonymousAnswer.objects.count(), AnonymousWords.objects.count()) == (6, 0)


def test_own_words_are_not_written_before_closing() -> None:
    crowd = ask([12])
    for person in crowd.people:
        answer(crowd.wave, person, who="1", words="Mine.")

    assert (AnonymousAnswer.objects.count(), AnonymousWords.objects.count()) == (5, 0)


# --- the respondent's own code


def test_the_same_code_is_the_same_in_the_wave_that_follows_and_another_elsewhere() -> None:
    code = CodeParts(birthplace="Turku", day=7, carer="Aino")
    crowd = ask([5])
    sent = {person: Given(answers={"who": "1"}, code=code) for person in crowd.people}
    _all_send(crowd.wave, sent)
    _all_send(follow(crowd), sent)
    other = ask([5])
    _all_send(other.wave, {person: Given(answers={"who": "1"}, code=code) for person in other.people})

    codes = [set(AnonymousAnswer.objects.filter(wave=wave).values_list("code", flat=True)) for wave in _waves()]
    assert codes[0] == codes[1]
    assert codes[0] != codes[2]
    assert all(len(digest) == 64 and "tu07no" not in digest for one in codes for digest in one)


@pytest.mark.parametrize(
    "parts", [("Turku", 7, "Aino"), (" TU", 7, "no"), ("turku", 7, "AINO "), ("Tu-rku", 7, "ai no")]
)
def test_a_code_is_the_same_however_it_is_written(parts: tuple[str, int, str]) -> None:
    birthplace, day, carer = parts

    assert CodeParts(birthplace=birthplace, day=day, carer=carer).code == "tu07no"


def _all_send(wave, sent):
    for person, sheet in sent.items():
        invitee = Invitee.objects.select_related("wave__instrument", "person").get(wave=wave, person=person)
        answer_as_invited(invitee, given=sheet, by=person)
    close_wave(wave, by=SYSTEM)


def _waves():
    return Wave.objects.order_by("pk")


# --- the open link


def test_whoever_has_the_link_answers_in_the_unit_that_is_chosen() -> None:
    crowd = ask([6, 6], has_link=True)
    for number in range(11):
        answer_by_link(
            crowd.wave, given=Given(answers={"who": str(number)}), unit=crowd.units[0] if number < 6 else None
        )

    close_wave(crowd.wave, by=SYSTEM)

    assert Invitee.objects.count() == 0
    assert by_unit(crowd.wave) == {"Osasto 0": 6, None: 5}


def test_by_a_link_nobody_answers_in_a_unit_of_another_organisation() -> None:
    crowd, other = ask([6], has_link=True), ask([6])

    with pytest.raises(RefusedError, match="Choose one of the units"):
        answer_by_link(crowd.wave, given=Given(answers={"who": "1"}), unit=other.units[0])


def test_a_wave_without_a_link_is_not_answered_by_one() -> None:
    crowd = ask([6])

    with pytest.raises(RefusedError, match="has no open link"):
        answer_by_link(crowd.wave, given=Given(answers={"who": "1"}), unit=None)


def test_answers_come_out_in_another_order_than_they_came_in() -> None:
    """Twenty answers in their own order by chance: one in 10¹⁸."""
    crowd = ask([20])
    for person in crowd.people:
        answer(crowd.wave, person)
    close_wave(crowd.wave, by=SYSTEM)

    keys = list(AnonymousAnswer.objects.order_by("key").values_list("answers", flat=True))

    assert [row["who"] for row in keys] != [str(person.pk) for person in crowd.people]
