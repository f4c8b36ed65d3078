"""How templates are drawn: strict, escaped, in the reader's language."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from luotsi.core.texts import TranslatedText
from luotsi.web.environment import ICONS, address_with, clock, day, day_time, environment, icon, mark_of, number

LANGUAGES = ("fi", "sv", "en")
TUESDAY = date(2026, 3, 10)
HALF_PAST_FOUR = datetime(2026, 3, 10, 14, 30, tzinfo=UTC)


def drawn(source: str, **values: object) -> str:
    loader = environment().overlay()
    return loader.from_string(source).render(**values)


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        drawn("{{ nobody }}")
    with pytest.raises(UndefinedError):
        drawn("{{ thing.nothing.more }}", thing={"nothing": None})


def test_options_of_the_backend_cannot_make_it_lenient() -> None:
    lenient = environment(autoescape=False, undefined=object)

    with pytest.raises(UndefinedError):
        lenient.from_string("{{ nobody }}").render()
    assert lenient.from_string("{{ text }}").render(text="<b>") == "&lt;b&gt;"


def test_text_is_escaped_also_inside_a_sentence() -> None:
    with translation.override("fi"):
        text = drawn('{{ gettext("By %(day)s", day=day_name) }}', day_name="<script>")

    assert text == "Viimeistään &lt;script&gt;"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fi", ("ti 10.3.2026", "16.30", "ti 10.3.2026 klo 16.30", "1\u00a0234,5", "\u22120,25")),
        ("sv", ("ti 10.3.2026", "16.30", "ti 10.3.2026 kl. 16.30", "1\u00a0234,5", "\u22120,25")),
        ("en", ("Tue 10 Mar 2026", "16:30", "Tue 10 Mar 2026 at 16:30", "1,234.5", "\u22120.25")),
    ],
)
def test_days_times_and_numbers_are_told_as_the_language_does(language: str, told: tuple[str, ...]) -> None:
    with translation.override(language):
        assert (
            day(TUESDAY),
            clock(HALF_PAST_FOUR),
            day_time(HALF_PAST_FOUR),
            number(1234.5),
            number(Decimal("-0.25")),
        ) == told


def test_a_constant_in_a_template_is_told_in_the_language_of_the_reader() -> None:
    template = environment().from_string("{{ 0.5|number }}")

    told = []
    for language in LANGUAGES:
        with translation.override(language):
            told.append(template.render())

    assert told == ["0,5", "0,5", "0.5"]


@pytest.mark.parametrize(
    ("value", "decimals", "told"),
    [
        (0, None, "0"),
        (12, None, "12"),
        (3.0, 1, "3,0"),
        (2.999, None, "3"),
        (-0.001, None, "0"),
        (-0.0, 1, "0,0"),
        (None, None, "–"),
    ],
)
def test_numbers_are_rounded_and_have_no_negative_zero(value: float | None, decimals: int | None, told: str) -> None:
    with translation.override("fi"):
        assert number(value, decimals) == told


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_number_reads_back_as_what_it_was(value: float) -> None:
    with translation.override("fi"):
        text = number(value)

    read = float(text.replace("\u00a0", "").replace(",", ".").replace("\u2212", "-"))
    assert abs(read - value) <= 0.005 + abs(value) * 1e-12


def test_what_is_not_known_is_a_dash() -> None:
    assert (day(None), clock(None), day_time(None)) == ("–", "–", "–")


def test_icons_are_hidden_from_screen_readers() -> None:
    assert str(icon("x")) == f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{ICONS["x"]}</svg>'
    with pytest.raises(KeyError):
        icon("anchor")


def test_an_address_keeps_its_other_parameters() -> None:
    request = RequestFactory().get("/x", {"q": "å&ä", "page": ["1", "2"], "language": "fi"})

    assert address_with(request, language="sv") == "?q=%C3%A5%26%C3%A4&page=1&page=2&language=sv"


def test_marks_tell_parts_apart() -> None:
    assert mark_of("a", "bc") == mark_of("a", "bc")
    assert len({mark_of("a", "bc"), mark_of("ab", "c"), mark_of("abc"), mark_of()}) == 4


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Palaute"),
        ("en", '<span lang="fi">Palaute</span> <small class="fallback">in Finnish</small>'),
        ("sv", '<span lang="fi">Palaute</span> <small class="fallback">på finska</small>'),
    ],
)
def test_text_in_another_language_is_marked(language: str, text: str) -> None:
    from django.template import engines  # noqa: PLC0415 -- app ready

    template = engines.all()[0].from_string('{% from "web/components.html" import text %}{{ text(name) }}')

    with translation.override(language):
        assert template.render({"name": TranslatedText({"fi": "Palaute"})}).strip() == text
