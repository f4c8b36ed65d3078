"""What in a series of assessments is compared with what."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luotsi.competence.formats.series import Change, LookedBack, Spoken, Value, change_of, looked_back, values_of

DAY = date(2026, 3, 2)


def spoken(days: int, level: int, *, kind: str = "self", who: int = 1, moment: str = "other") -> Spoken:
    return Spoken(on=DAY + timedelta(days=days), kind=kind, who=who, moment=moment, level=level)


def on(days: int, level: float) -> Value:
    return Value(on=DAY + timedelta(days=days), level=level)


SERIES = st.lists(
    st.builds(
        spoken,
        st.integers(0, 9),
        st.integers(0, 5),
        kind=st.sampled_from(["self", "peer"]),
        who=st.integers(1, 3),
        moment=st.sampled_from(["start", "end", "then", "other"]),
    ),
    max_size=12,
).map(lambda rows: sorted(rows, key=lambda row: row.on))


def test_the_last_word_of_a_day_counts_and_several_are_averaged() -> None:
    rows = [
        spoken(0, 2, kind="peer", who=1),
        spoken(0, 4, kind="peer", who=2),
        spoken(0, 3, kind="peer", who=1),
        spoken(5, 5, kind="peer", who=2),
        spoken(5, 1, kind="mentor", who=3),
    ]

    assert values_of(rows, "peer") == (on(0, 3.5), on(5, 5))


def test_change_goes_from_the_newest_start_to_now() -> None:
    first = [spoken(0, 1, moment="start"), spoken(100, 3, moment="end")]
    second = [spoken(200, 2, moment="start"), spoken(250, 3), spoken(300, 4, moment="end")]

    assert change_of(first, "self") == Change(first=on(0, 1), now=on(100, 3))
    assert change_of(first + second[:1], "self") == Change(first=on(0, 1), now=on(200, 2))
    assert change_of(first + second, "self") == Change(first=on(200, 2), now=on(300, 4))
    assert change_of([spoken(0, 1), spoken(9, 0)], "self") == Change(first=on(0, 1), now=on(9, 0))


def test_one_day_is_no_change_and_nothing_is_nothing() -> None:
    once = change_of([spoken(0, 3), spoken(0, 4)], "self")

    assert once == Change(first=None, now=on(0, 4))
    assert once.by is None
    assert change_of([spoken(0, 3, moment="then")], "self") is None


def test_looking_back_stands_beside_what_was_said_then() -> None:
    rows = [
        spoken(0, 3, moment="start"),
        spoken(90, 4, moment="end"),
        spoken(90, 2, moment="then"),
        spoken(120, 5),
    ]

    assert looked_back(rows) == LookedBack(on=DAY + timedelta(days=90), level=2, said_then=on(0, 3), now=on(90, 4))
    assert looked_back(rows[2:]) == LookedBack(on=DAY + timedelta(days=90), level=2, said_then=None, now=None)
    assert looked_back(rows[:2]) is None


@given(SERIES)
def test_change_is_between_two_days_of_the_series(rows) -> None:
    values = values_of(rows, "self")
    change = change_of(rows, "self")

    assert (change is None) == (not values)
    if change is not None:
        assert change.now == values[-1]
        assert change.first is None if len(values) == 1 else change.first in values[:-1]


@given(SERIES)
def test_others_words_change_nothing_in_ones_own(rows) -> None:
    own = [row for row in rows if row.kind == "self"]

    assert change_of(rows, "self") == change_of(own, "self")
    assert looked_back(rows) == looked_back(own)
