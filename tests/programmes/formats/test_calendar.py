from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.programmes.formats.calendar import (
    Span,
    after_days,
    after_weeks,
    days_between,
    holidays_of,
    is_summer_week,
    is_working_day,
    moved,
    spans_of,
    working_day_from,
)

DAYS = st.dates(date(2020, 1, 1), date(2039, 12, 31))
WEEKS = st.lists(st.integers(1, 30), min_size=1, max_size=8)


def test_the_moving_holidays_of_two_years_are_known() -> None:
    easter_2026 = {date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6), date(2026, 5, 14)}
    midsummer_2027 = {date(2027, 6, 25), date(2027, 6, 26)}

    assert easter_2026 <= holidays_of(2026)
    assert midsummer_2027 <= holidays_of(2027)
    assert {date(2026, 12, 6), date(2026, 12, 24), date(2026, 1, 6)} <= holidays_of(2026)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 4, 2), date(2026, 4, 2)),  # a Thursday
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday, over Easter Monday
        (date(2026, 12, 24), date(2026, 12, 28)),  # Christmas, and the weekend after it
        (date(2026, 10, 31), date(2026, 11, 2)),  # All Saints' Day, a Saturday
    ],
)
def test_what_falls_on_a_holiday_comes_on_the_next_working_day(day: date, expected: date) -> None:
    assert working_day_from(day) == expected


def test_july_has_the_weeks_that_are_mostly_in_it() -> None:
    mondays = [date(2026, 6, 22) + timedelta(weeks=number) for number in range(8)]

    assert [day for day in mondays if is_summer_week(day)] == [
        date(2026, 6, 29),
        date(2026, 7, 6),
        date(2026, 7, 13),
        date(2026, 7, 20),
        date(2026, 7, 27),
    ]
    assert working_day_from(date(2026, 7, 1), skips_july=True) == date(2026, 8, 3)


def test_weeks_are_counted_over_july() -> None:
    assert after_weeks(date(2026, 6, 15), 3) == date(2026, 7, 6)
    assert after_weeks(date(2026, 6, 15), 3, skips_july=True) == date(2026, 8, 10)


@given(day=DAYS, skips_july=st.booleans())
def test_a_working_day_is_never_a_weekend_or_a_holiday(day: date, *, skips_july: bool) -> None:
    found = working_day_from(day, skips_july=skips_july)

    assert found >= day
    assert found.weekday() < 5
    assert found not in holidays_of(found.year)
    assert not (skips_july and is_summer_week(found))
    assert all(
        not is_working_day(passed) or (skips_july and is_summer_week(passed))
        for passed in (day + timedelta(days=step) for step in range((found - day).days))
    )


@given(day=DAYS, weeks=WEEKS, skips_july=st.booleans())
def test_phases_follow_each_other_and_begin_on_the_same_day_of_the_week(
    day: date, weeks: list[int], *, skips_july: bool
) -> None:
    spans = spans_of(day, weeks, skips_july=skips_july)

    assert spans[0].starts_on == day
    assert [span.starts_on.weekday() for span in spans] == [day.weekday()] * len(weeks)
    assert [(after.starts_on - before.ends_on).days for before, after in pairwise(spans)] == [1] * (len(weeks) - 1)
    if not skips_july:
        assert [((span.ends_on - span.starts_on).days + 1) / 7 for span in spans] == weeks


@given(DAYS, WEEKS, st.integers(0, 7), st.integers(0, 400))
def test_moving_keeps_order_and_lengths(day: date, weeks: list[int], at: int, days: int) -> None:
    spans, place = spans_of(day, weeks), min(at, len(weeks) - 1)

    found = moved(spans, place, days)

    assert len(found) == len(spans)
    assert [span.ends_on - span.starts_on for span in found[place:]] == [
        span.ends_on - span.starts_on for span in spans[place:]
    ]
    assert found[: max(place - 1, 0)] == spans[: max(place - 1, 0)]
    assert list(found) == sorted(found)
    assert moved(found, place, -days) == tuple(spans)


def test_nothing_is_moved_over_the_one_before_it() -> None:
    spans = spans_of(date(2026, 3, 2), [2, 4])

    with pytest.raises(ValueError, match="1"):
        moved(spans, 1, -14)

    assert moved(spans, 1, -13)[0] == Span(date(2026, 3, 2), date(2026, 3, 2))


@given(day=DAYS, days=st.integers(0, 500), skips_july=st.booleans())
def test_days_that_are_counted_lead_there_again(day: date, days: int, *, skips_july: bool) -> None:
    there = after_days(day, days, skips_july=skips_july)

    assert days_between(day, there, skips_july=skips_july) == days
