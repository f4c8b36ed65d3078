"""What a wave's answers come to: by hand, and where there is hardly anything to count."""

import pytest

from luotsi.core.statistics.comparison import Direction
from luotsi.core.statistics.reliability import Outcome
from luotsi.surveys.formats.figures import WaveFigures, figures_of
from tests.surveys.culture import form_of, trusting, wave_of

FORM = form_of()


def figures(*people: dict[str, int], unit: str = "") -> WaveFigures:
    return figures_of(FORM, [wave_of("one", [(unit, "", answers) for answers in people])], "one")["one"]


def test_a_dimension_is_the_mean_of_persons_with_the_reversed_statement_turned() -> None:
    people = [trusting(5, 1, 5), trusting(4, 2, 4), trusting(3, 3, 3), trusting(2, 4, 2), trusting(1, 5, 1)]

    trust = figures(*people).dimensions["trust"]

    assert trust.whole is not None
    assert (trust.whole.n, trust.whole.mean, trust.whole.agreeing) == (5, 3.0, 0.4)
    assert trust.whole.sd == pytest.approx(1.5811, abs=1e-4)
    assert [(each.item.key, each.description.mean, each.disagreeing) for each in trust.statements] == [
        ("t1", 3.0, 0.4),
        ("t2", 3.0, 0.4),
        ("t3", 3.0, 0.4),
    ]
    assert trust.reliability is not None
    assert trust.reliability.alpha.coefficient == pytest.approx(1.0)


def test_four_people_are_not_shown_and_five_are() -> None:
    four, five = (figures(*[trusting(4, 2, 4)] * count).dimensions["trust"] for count in (4, 5))

    assert (four.whole, four.units, four.statements, four.reliability) == (None, {}, (), None)
    assert five.whole is not None
    assert (five.whole.mean, five.whole.sd, five.whole.interval) == (4.0, 0.0, None)


def test_nobody_answered_and_nobody_answered_a_dimension() -> None:
    assert figures().dimensions["trust"].whole is None
    assert figures(*[trusting(1, 1, 1)] * 6).dimensions["sharing"].whole is None


def test_who_answered_less_than_half_has_no_score() -> None:
    people = [trusting(5, 1, 5)] * 10 + [trusting(1, None, None)] * 6

    trust = figures(*people).dimensions["trust"]

    assert trust.whole is not None
    assert (trust.whole.n, trust.whole.missing, trust.whole.mean) == (10, 6, 5.0)


def test_a_statement_that_all_answer_alike_and_answers_that_pull_apart_have_their_reliability() -> None:
    flat = figures(*[trusting(3, 3, 3)] * 7).dimensions["trust"].reliability
    apart = figures(*[trusting(5, 5, 1), trusting(1, 1, 5), trusting(5, 5, 2), trusting(1, 1, 4), trusting(5, 4, 1)])

    assert flat is not None
    assert (flat.alpha.coefficient, flat.omega.outcome) == (None, Outcome.TOO_FEW_ITEMS)
    against = apart.dimensions["trust"].reliability
    assert against is not None
    assert against.alpha.coefficient is not None
    assert against.alpha.coefficient < 0


def test_statements_leave_out_as_many_as_it_takes_that_the_rest_is_not_a_few() -> None:
    people = [trusting(4, 2, 4)] * 27 + [trusting(4, 2, None)] * 3

    trust = figures(*people).dimensions["trust"]

    assert trust.whole is not None
    assert (trust.whole.n, trust.left_out) == (30, 0)
    assert [each.description.n for each in trust.statements] == [25, 25, 25]


def test_in_a_small_group_the_one_who_skipped_a_statement_is_left_out() -> None:
    trust = figures(*[trusting(4, 2, 4)] * 11, trusting(1, None, 1)).dimensions["trust"]

    assert trust.whole is not None
    assert (trust.whole.n, trust.left_out, trust.whole.mean) == (11, 1, 4.0)
    assert [each.description.n for each in trust.statements] == [11, 11, 11]


def test_when_many_skipped_statements_there_are_no_statements() -> None:
    trust = figures(*[trusting(4, 2, 4)] * 7, *[trusting(1, None, 1)] * 3).dimensions["trust"]

    assert trust.whole is not None
    assert (trust.whole.n, trust.left_out, trust.statements, trust.reliability) == (10, 0, (), None)


def test_a_small_unit_is_hidden_with_the_smallest_of_the_others() -> None:
    people = [(unit, "", trusting(4, 2, 4)) for unit, size in [("a", 9), ("b", 6), ("c", 2)] for _ in range(size)]

    trust = figures_of(FORM, [wave_of("one", people)], "one")["one"].dimensions["trust"]

    assert ({unit: shown.n for unit, shown in trust.units.items()}, trust.hidden_units) == ({"a": 9}, 2)


def test_a_change_of_the_same_people_is_narrower_than_that_of_all() -> None:
    before = [("", str(number), trusting(1 + number % 4, 5 - number % 4, 1 + number % 4)) for number in range(20)]
    after = [
        ("", str(number), trusting(2 + number % 4, 4 - number % 4, 2 + number % 4 - (number == 0)))
        for number in range(20)
    ]

    shown = figures_of(FORM, [wave_of("one", before), wave_of("two", after, follows="one")], "two")

    assert list(shown) == ["two", "one"]
    change = shown["two"].changes.by_dimension["trust"]
    assert change.of_all is not None
    assert change.of_same_people is not None
    assert (change.of_all.n_first, change.of_same_people.n_first) == (20, 20)
    assert change.of_same_people.direction == Direction.ROSE
    stayed = shown["two"].changes.stayed
    assert stayed is not None
    assert (stayed.before, stayed.now, stayed.both.count, stayed.both.share) == (20, 20, 20, 1.0)


def test_the_same_people_are_not_compared_when_those_who_left_are_a_few() -> None:
    before = [("", str(number), trusting(3, 3, 3)) for number in range(9)]
    after = [("", str(number), trusting(4, 2, 4)) for number in range(7)]

    shown = figures_of(FORM, [wave_of("one", before), wave_of("two", after, follows="one")], "two")["two"]

    change = shown.changes.by_dimension["trust"]
    assert change.of_same_people is None
    assert change.baseline is None
    assert change.of_all is not None
    assert change.of_all.difference == 1.0


def test_who_left_is_held_against_who_stayed() -> None:
    before = [("", str(number), trusting(*[5, 1, 5] if number < 10 else [1, 5, 1])) for number in range(16)]
    after = [("", str(number), trusting(5, 1, 5)) for number in range(10)]

    shown = figures_of(FORM, [wave_of("one", before), wave_of("two", after, follows="one")], "two")["two"]

    baseline = shown.changes.by_dimension["trust"].baseline
    assert baseline is not None
    assert (baseline.n_first, baseline.mean_first, baseline.n_second, baseline.mean_second) == (6, 1.0, 10, 5.0)


def test_a_code_that_two_people_gave_joins_nobody() -> None:
    before = [("", "same", trusting(3, 3, 3))] * 2 + [("", str(number), trusting(3, 3, 3)) for number in range(8)]
    after = [("", "same", trusting(4, 2, 4))] + [("", str(number), trusting(4, 2, 4)) for number in range(8)]

    shown = figures_of(FORM, [wave_of("one", before), wave_of("two", after, follows="one")], "two")["two"]

    assert shown.changes.stayed is not None
    assert shown.changes.stayed.both.count == 8


def test_looking_back_gives_response_shift_and_true_change() -> None:
    def wave(key: str, score: int, **values: object) -> object:
        answers = trusting(score, 6 - score, score)
        return wave_of(key, [("", str(number), answers) for number in range(6)], is_anonymous=False, **values)

    waves = [
        wave("start", 4),
        wave("end", 4, follows="start"),
        wave("then", 2, follows="end", looks_back=True, start="start", end="end"),
    ]

    shown = figures_of(FORM, waves, "then")["then"].changes  # type: ignore[arg-type]

    assert dict(shown.by_dimension) == {}
    shift = shown.shifts["trust"]
    differences = (shift.shift.difference, shift.true_change.difference, shift.conventional_change.difference)
    assert (shift.n, differences) == (6, (-2.0, 2.0, 0.0))


def test_choices_ranks_and_numbers_of_the_whole() -> None:
    people = [
        *[{"role": "care", "wishes": ["time", "peers"], "order": ["team", "pay", "calm"], "years": "4"}] * 6,
        *[{"role": "office", "wishes": ["time"], "order": ["calm", "team", "pay"], "years": "10.5"}] * 5,
        *[{"role": "kitchen", "wishes": ["tools"], "order": ["calm", "pay", "team"], "since": "2020-01-01"}] * 2,
    ]

    role, wishes, order, years = figures(*people).counted  # type: ignore[arg-type]

    assert dict(role.counts) == {"care": 6, "office": None, "kitchen": None}
    assert dict(wishes.counts) == {"time": None, "peers": 6, "tools": None}
    assert order.ranks == pytest.approx({"calm": 25 / 13, "pay": 31 / 13, "team": 22 / 13})
    assert years.description is not None
    assert years.answered == 11
    assert years.description.mean == pytest.approx(6.9545, abs=1e-4)


def test_a_question_that_four_answered_is_not_shown() -> None:
    role, *_ = figures(*[{"role": "care"}] * 4, *[trusting(1, 1, 1)] * 9).counted  # type: ignore[arg-type]

    assert (role.answered, role.is_shown, dict(role.counts)) == (4, False, {})
