"""A plan is drawn within its box, each day under its month."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luotsi.web.charts import WIDTH
from luotsi.web.timelines import Lane, Timeline

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def timeline(starts_on: date, ends_on: date, today: date, *lanes: Lane) -> Timeline:
    return Timeline(conclusion="", lanes=lanes, starts_on=starts_on, ends_on=ends_on, today=today)


def across(path: str) -> list[float]:
    """Where along a path of bars and days goes."""
    return [float(x) for x in re.findall(r"[MH](-?[\d.]+)", path)]


@given(start=DAYS, days=st.integers(0, 1500), today=DAYS, first=DAYS, length=st.integers(0, 900))
def test_bars_and_days_stay_in_the_box_and_today_parts_what_is_behind(start, days, today, first, length):
    lane = Lane(label="a", span=(first, first + timedelta(days=length)), ahead=(first,), late=(today,))
    chart = timeline(start, start + timedelta(days=days), today, lane)
    behind, ahead = chart.bars(lane)

    for path in (behind, ahead, chart.grid(), chart.now(), chart.dots([*lane.ahead, *lane.late])):
        assert all(0 <= x <= WIDTH for x in across(path))
    if behind and ahead:
        assert across(behind)[-1] == across(ahead)[0]


@given(start=DAYS, days=st.integers(0, 1500), day=st.integers(0, 1500))
def test_a_day_stands_under_its_month_and_after_the_day_before(start, days, day):
    ends_on = start + timedelta(days=days)
    chart = timeline(start, ends_on, start)
    on = start + timedelta(days=min(day, days))
    number = chart.months.index(on.replace(day=1))
    wide = WIDTH / len(chart.months)

    assert number * wide <= chart.place(on) <= (number + 1) * wide
    if on > start:
        assert chart.place(on - timedelta(days=1)) < chart.place(on)


def test_a_plan_of_two_months():
    lane = Lane(label="Call", span=(date(2026, 3, 1), date(2026, 4, 15)), done=(date(2026, 3, 1),))
    chart = timeline(date(2026, 3, 9), date(2026, 4, 30), date(2026, 4, 1), lane)

    assert chart.months == [date(2026, 3, 1), date(2026, 4, 1)]
    assert chart.bars(lane) == ("M0 12H50", "M50 12H75")
    assert chart.grid() == "M50 0V24"
    assert chart.dots(lane.done) == "M0.81 12h0"
    assert chart.now() == "M50.83 0V24"


def test_today_is_drawn_only_among_the_months():
    assert timeline(date(2026, 3, 9), date(2026, 4, 2), date(2026, 2, 28)).now() == ""
    assert timeline(date(2026, 3, 9), date(2026, 4, 2), date(2026, 5, 1)).now() == ""
    assert timeline(date(2026, 3, 9), date(2026, 4, 2), date(2026, 4, 30)).now() != ""
