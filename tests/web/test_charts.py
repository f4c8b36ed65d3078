"""Charts stay in their box, whatever the numbers, and say the same in words, pictures and tables."""

from __future__ import annotations

import re
from datetime import date, timedelta
from math import inf, nan

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.web.charts import (
    BAR_HEIGHT,
    LINE_HEIGHT,
    WIDTH,
    Bar,
    BarChart,
    HeatCell,
    HeatMap,
    HeatRow,
    LineChart,
    Measure,
    Point,
    Scale,
    Series,
    StackedBar,
    StackedRow,
    at,
    lanes,
    round_up,
    scale_for,
)
from tests.web.markup import faults_of, read

PAIR = re.compile(r"([MLHVh])(-?[\d.]+)(?: (-?[\d.]+))?")
FINITE = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)
MAYBE = st.none() | FINITE
MEASURES = st.builds(Measure, value=MAYBE, low=MAYBE, high=MAYBE)
DAY = date(2026, 1, 1)


def corners(path: str) -> list[tuple[float, float]]:
    """Every corner that a path of ours draws through."""
    found: list[tuple[float, float]] = []
    x = y = 0.0
    for command, first, second in PAIR.findall(path):
        if command in "ML":
            x, y = float(first), float(second)
        elif command == "H":
            x = float(first)
        elif command == "V":
            y = float(first)
        found.append((x, y))
    return found


def is_inside(paths: list[str], height: float) -> bool:
    return all(0 <= x <= WIDTH and 0 <= y <= height for path in paths for x, y in corners(path))


@st.composite
def bar_charts(draw: st.DrawFn) -> BarChart:
    series = draw(st.integers(1, 4))
    bars = draw(st.lists(st.tuples(*[MEASURES] * series), max_size=5))
    return BarChart(
        conclusion="C",
        subject="S",
        series=tuple(f"s{number}" for number in range(series)),
        bars=tuple(Bar(label="b", measures=measures) for measures in bars),
        floor=draw(st.sampled_from([None, 1.0])),
        ceiling=draw(st.sampled_from([None, 5.0])),
    )


@st.composite
def line_charts(draw: st.DrawFn) -> LineChart:
    days = st.lists(st.integers(0, 900), unique=True, max_size=8)
    lines = draw(
        st.lists(
            days.flatmap(lambda found: st.tuples(st.just(sorted(found)), st.lists(MAYBE, min_size=8, max_size=8))),
            max_size=4,
        )
    )
    return LineChart(
        conclusion="C",
        series=tuple(
            Series(
                label="l",
                points=tuple(
                    Point(on=DAY + timedelta(days=day), value=value) for day, value in zip(found, values, strict=False)
                ),
            )
            for found, values in lines
        ),
    )


@given(bar_charts())
def test_bars_and_intervals_stay_in_the_box(chart: BarChart) -> None:
    paths = [path for bar in chart.bars for path in (*chart.bands(bar), *chart.whiskers(bar))]

    assert is_inside([*paths, chart.grid(), chart.zero()], BAR_HEIGHT)


@given(line_charts())
def test_lines_and_dots_stay_in_the_box(chart: LineChart) -> None:
    paths = [path for line in chart.series for path in (chart.strokes(line), chart.dots(line))]

    assert is_inside([*paths, chart.grid()], LINE_HEIGHT)


@given(line_charts())
def test_a_line_has_a_dot_for_each_value_and_a_break_for_each_gap(chart: LineChart) -> None:
    for line in chart.series:
        values = [point.value is not None for point in line.points]
        runs = sum(1 for index, known in enumerate(values) if known and (index == 0 or not values[index - 1]))

        assert chart.dots(line).count("h0") == sum(values)
        assert chart.strokes(line).count("M") == runs


@given(st.lists(st.lists(st.floats(0, 1e9), min_size=3, max_size=3), max_size=5))
def test_parts_of_a_whole_fill_it_and_no_more(rows: list[list[float]]) -> None:
    chart = StackedBar(
        conclusion="C",
        subject="S",
        parts=("a", "b", "c"),
        rows=tuple(StackedRow(label="r", amounts=tuple(amounts)) for amounts in rows),
    )

    for row in chart.rows:
        segments = [path for path in chart.segments(row) if path]
        assert is_inside([*segments, chart.borders(row)], BAR_HEIGHT)
        if row.total:
            assert corners(segments[0])[0][0] == 0
            assert abs(corners(segments[-1])[-1][0] - WIDTH) < 0.02


@given(st.lists(FINITE))
def test_a_scale_holds_its_values_and_zero(values: list[float]) -> None:
    scale = scale_for(values)

    assert scale.floor < scale.ceiling
    assert all(scale.floor <= value <= scale.ceiling for value in [*values, 0.0])


@given(FINITE, FINITE)
def test_more_stands_never_to_the_left_of_less(one: float, other: float) -> None:
    scale = scale_for([one, other])

    assert scale.place(min(one, other)) <= scale.place(max(one, other))


@pytest.mark.parametrize(
    ("value", "rounded"), [(0, 0), (-3, 0), (0.3, 0.5), (1, 1), (3, 5), (7, 10), (12, 20), (21, 25), (99, 100)]
)
def test_ends_are_round(value: float, rounded: float) -> None:
    assert round_up(value) == pytest.approx(rounded)


def test_a_negative_value_reaches_left_from_zero() -> None:
    chart = BarChart(
        conclusion="C",
        subject="S",
        series=("s",),
        bars=(Bar(label="less", measures=(Measure(value=-5),)), Bar(label="more", measures=(Measure(value=5),))),
    )

    assert [chart.bands(bar) for bar in chart.bars] == [["M50 12H0"], ["M50 12H100"]]


def test_a_value_beyond_the_scale_is_drawn_at_its_edge() -> None:
    assert Scale(floor=1, ceiling=5).place(9) == WIDTH
    assert Scale(floor=1, ceiling=5).place(-9) == 0


def test_one_point_stands_in_the_middle() -> None:
    line = Series(label="l", points=(Point(on=DAY, value=5),))
    chart = LineChart(conclusion="C", series=(line,), floor=0, ceiling=10)

    assert (chart.strokes(line), chart.dots(line)) == ("M50 20", "M50 20h0")


@pytest.mark.parametrize(
    "make",
    [
        lambda: Measure(value=nan),
        lambda: Measure(value=1, low=-inf),
        lambda: Scale(floor=1, ceiling=1),
        lambda: StackedBar(conclusion="", subject="", parts=("a", "b"), rows=(StackedRow(label="r", amounts=(1, -1)),)),
        lambda: StackedBar(conclusion="", subject="", parts=("a",), rows=(StackedRow(label="r", amounts=(1, 1)),)),
        lambda: BarChart(conclusion="", subject="", series=(), bars=()),
        lambda: BarChart(
            conclusion="", subject="", series=("a", "b"), bars=(Bar(label="b", measures=(Measure(value=1),)),)
        ),
        lambda: LineChart(conclusion="", series=(Series(label="l", points=(Point(on=DAY, value=inf),)),)),
    ],
)
def test_what_cannot_be_drawn_is_refused(make) -> None:
    with pytest.raises(ValueError, match=r"."):
        make()


def drawn(macro: str, chart: object) -> str:
    source = f'{{% from "web/charts.html" import {macro} %}}{{{{ {macro}(chart) }}}}'
    with translation.override("fi"):
        return engines.all()[0].from_string(source).render({"chart": chart})


def test_the_table_says_what_the_picture_shows() -> None:
    chart = BarChart(
        conclusion="Aikaa on vähän.",
        subject="Osa",
        series=("Syksy", "Kevät"),
        bars=(
            Bar(label="Aika", measures=(Measure(value=2.7, low=2.5, high=2.9), Measure(value=None))),
            Bar(label="Yö", measures=(Measure(value=None), Measure(value=None)), note="alle viisi"),
        ),
        decimals=1,
    )

    page = read(drawn("bar_chart", chart))

    assert page.all("figcaption")[0].words == "Aikaa on vähän."
    assert [element.words for element in page.elements if element.tag in {"th", "td"}] == [
        "Osa", "Syksy", "Kevät", "Aika", "2,7 (2,5–2,9)", "–", "Yö", "–", "–",
    ]  # fmt: skip
    assert [element.words for element in page.elements if element.attributes.get("class") == "val"] == [
        "2,7 → –",
        "alle viisi",
    ]


def heat(*values: float | None, columns: int = 1) -> HeatMap:
    rows = tuple(HeatRow(label="r", cells=(HeatCell(value=value, note="liian vähän"),)) for value in values)
    return HeatMap(conclusion="C", subject="S", columns=("c",) * columns, rows=rows, floor=1, ceiling=5)


def test_squares_are_shaded_by_fifths_of_the_scale() -> None:
    values = [1.0, 1.79, 1.81, 2.6, 3.0, 4.19, 4.21, 5.0, 7.0, -1.0, None]
    chart = heat(*values)

    assert [chart.shade(row.cells[0]) for row in chart.rows] == [1, 1, 2, 3, 3, 4, 5, 5, 5, 1, 0]
    assert [(shade, round(low, 1), round(high, 1)) for shade, low, high in chart.shades()] == [
        (1, 1.0, 1.8), (2, 1.8, 2.6), (3, 2.6, 3.4), (4, 3.4, 4.2), (5, 4.2, 5.0),
    ]  # fmt: skip


def test_a_heat_map_is_a_table_with_a_number_in_every_square_or_the_reason_why_not() -> None:
    page = read(drawn("heat_map", heat(3.44, None)))

    assert [element.words for element in page.elements if element.tag in {"th", "td"}] == [
        "S", "c", "r", "3,4", "r", "liian vähän",
    ]  # fmt: skip
    assert faults_of(drawn("heat_map", heat(3.44, None))) == []


def test_a_heat_map_without_a_number_or_with_squares_missing() -> None:
    assert [element.words for element in read(drawn("heat_map", heat(None))).all("p")] == [
        "Piirrettäviä lukuja ei ole vielä."
    ]
    for wrong in (lambda: heat(1.0, columns=2), lambda: heat(nan), lambda: heat(inf)):
        with pytest.raises(ValueError, match="square"):
            wrong()


@pytest.mark.parametrize(
    ("macro", "chart"),
    [
        ("bar_chart", BarChart(conclusion="C", subject="S", series=("s",), bars=())),
        (
            "bar_chart",
            BarChart(
                conclusion="C", subject="S", series=("s",), bars=(Bar(label="b", measures=(Measure(value=None),)),)
            ),
        ),
        ("stacked_bar", StackedBar(conclusion="C", subject="S", parts=("a",), rows=())),
        (
            "stacked_bar",
            StackedBar(conclusion="C", subject="S", parts=("a",), rows=(StackedRow(label="r", amounts=(0,)),)),
        ),
        ("line_chart", LineChart(conclusion="C", series=())),
        ("line_chart", LineChart(conclusion="C", series=(Series(label="l", points=(Point(on=DAY, value=None),)),))),
    ],
)
def test_a_chart_without_numbers_says_so(macro: str, chart: object) -> None:
    page = read(drawn(macro, chart))

    assert [element.words for element in page.all("p")] == ["Piirrettäviä lukuja ei ole vielä."]
    assert page.all("svg") == []


@settings(max_examples=30)
@given(bar_charts())
def test_any_bar_chart_is_valid_markup(chart: BarChart) -> None:
    assert faults_of(drawn("bar_chart", chart)) == []


@settings(max_examples=30)
@given(line_charts())
def test_any_line_chart_is_valid_markup(chart: LineChart) -> None:
    assert faults_of(drawn("line_chart", chart)) == []


def test_coordinates_are_short() -> None:
    assert [at(value) for value in (0, 50, 33.3333, 99.999, -0.001)] == ["0", "50", "33.33", "100", "-0"]
    assert lanes(2) == [6.0, 18.0]
