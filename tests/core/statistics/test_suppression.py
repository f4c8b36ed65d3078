from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.core.statistics.suppression import is_total_publishable, nested_safe, publishable, reveals

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), max_size=8)
FEW_COUNTS = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 8), max_size=4)
SMALLEST = st.integers(1, 6)


def test_large_units_are_all_shown():
    assert publishable({"Kokkola": 9, "Kannus": 5, "Pietarsaari": 30}) == {"Kokkola", "Kannus", "Pietarsaari"}


def test_one_small_unit_takes_the_smallest_other_with_it():
    assert publishable({"Kokkola": 9, "Kannus": 3, "Pietarsaari": 30, "Toholampi": 9}) == {"Pietarsaari", "Toholampi"}


def test_small_units_that_are_enough_together_hide_nobody_else():
    assert publishable({"Kokkola": 9, "Kannus": 3, "Pietarsaari": 2}) == {"Kokkola"}


def test_units_without_answers_are_neither_shown_nor_a_reason_to_hide():
    assert publishable({"Kokkola": 9, "Kannus": 0}) == {"Kokkola"}


@pytest.mark.parametrize("counts", [{}, {"a": 0}, {"a": 4}, {"a": 2, "b": 2}])
def test_too_few_altogether_show_nothing(counts):
    assert publishable(counts) == frozenset()
    assert not is_total_publishable(counts)


def test_the_total_may_be_shown_when_no_unit_may():
    assert publishable({"a": 3, "b": 3}) == publishable({"a": 5, "b": 1}) == frozenset()
    assert is_total_publishable({"a": 3, "b": 3})


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="fewer than no answers"):
        publishable({"a": -1, "b": 9})
    with pytest.raises(ValueError, match="at least one person"):
        publishable({"a": 3}, smallest=0)
    with pytest.raises(ValueError, match="not a part"):
        nested_safe(3, 4)


def test_a_part_beside_its_whole():
    assert [nested_safe(12, part) for part in (12, 11, 8, 7, 0)] == [True, False, False, True, True]
    assert nested_safe(12, 10, smallest=2)


def test_revealing_is_found():
    ten, nine, seven = (frozenset(range(many)) for many in (10, 9, 7))

    assert not reveals([ten])
    assert reveals([ten, nine])
    assert reveals([ten, seven])
    assert not reveals([ten, frozenset(range(5))])
    assert reveals([frozenset(range(4))])
    assert not reveals([])
    assert not reveals([frozenset()])


def test_overlapping_sets_reveal_without_being_nested():
    first, second, third = set(range(3)), set(range(3, 9)), set(range(9, 15))

    shown = [frozenset(first | second), frozenset(second | third), frozenset(first | third)]

    assert reveals(shown)  # half of the first plus the third less the second is three people
    assert not _reveals_by_nesting(shown, 5)
    assert not reveals(shown[:2])


def test_two_ways_of_dividing_the_same_people_can_reveal_together():
    schools = {"a": frozenset(range(10)), "b": frozenset(range(10, 20))}
    roles = {"mentor": frozenset(range(12)), "mentee": frozenset(range(12, 20))}

    assert publishable({key: len(unit) for key, unit in schools.items()}) == {"a", "b"}
    assert publishable({key: len(unit) for key, unit in roles.items()}) == {"mentor", "mentee"}
    assert reveals([*schools.values(), *roles.values()])  # mentors less school a: two people


@given(COUNTS, SMALLEST)
@settings(max_examples=300)
def test_an_attack_that_subtracts_never_wins(counts, smallest):
    people = _people(counts)
    shown = [people[key] for key in publishable(counts, smallest)]
    if is_total_publishable(counts, smallest):
        shown.append(frozenset[object]().union(*people.values()))

    assert not reveals(shown, smallest)


@given(FEW_COUNTS, SMALLEST)
def test_as_few_people_as_can_be_are_hidden(counts, smallest):
    people = _people(counts)
    total = [frozenset[object]().union(*people.values())] if is_total_publishable(counts, smallest) else []
    candidates = [key for key in counts if counts[key] >= smallest]

    best = max(
        sum(counts[key] for key in chosen)
        for many in range(len(candidates) + 1)
        for chosen in combinations(candidates, many)
        if not _reveals_by_nesting([*total, *(people[key] for key in chosen)], smallest)
    )

    assert sum(counts[key] for key in publishable(counts, smallest)) == best


@given(COUNTS, SMALLEST)
def test_the_order_of_the_units_does_not_matter(counts, smallest):
    assert publishable(dict(reversed(counts.items())), smallest) == publishable(counts, smallest)


@given(st.lists(st.frozensets(st.integers(0, 12)), max_size=4), SMALLEST)
def test_the_judge_finds_all_that_nesting_finds(shown, smallest):
    if _reveals_by_nesting(shown, smallest):
        assert reveals(shown, smallest)


@given(st.integers(0, 40), st.integers(0, 40), SMALLEST)
def test_a_part_that_is_safe_reveals_nothing(whole, part, smallest):
    part = min(whole, part)
    sets = [frozenset(range(whole)), frozenset(range(part))]

    alone = reveals(sets[:1], smallest) or reveals(sets[1:], smallest)

    assert (alone or not nested_safe(whole, part, smallest)) == reveals(sets, smallest)


def _people(counts):
    return {key: frozenset((key, number) for number in range(count)) for key, count in counts.items()}


def _reveals_by_nesting(shown, smallest):
    """An independent attack: take what is shown, nested from nested and disjoint together, until nothing new comes."""
    known = {people for people in shown if people}
    fresh = set(known)
    while fresh:
        made = set()
        for one in known:
            for other in known:
                if other < one:
                    made.add(one - other)
                elif not one & other:
                    made.add(one | other)
        fresh = made - known
        known |= fresh
    return any(len(people) < smallest for people in known)
