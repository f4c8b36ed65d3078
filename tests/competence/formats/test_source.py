from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from luotsi.competence.formats.errors import Fault, FormatError
from luotsi.competence.formats.source import (
    DEEPEST,
    LARGEST,
    child,
    day,
    mark,
    moment,
    parse,
    path_of,
    points,
    rows,
    walk,
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_parse_reads_every_encoding_of_json(encoding):
    assert parse('{"a": "ä"}'.encode(encoding)) == {"a": "ä"}


@pytest.mark.parametrize(
    ("content", "code", "path", "facts"),
    [
        (b"", Fault.NOT_JSON, "$", {"line": 1, "column": 1}),
        (b'{"a": 1,\n}', Fault.NOT_JSON, "$", {"line": 2, "column": 1}),
        (b'{"a": NaN}', Fault.NOT_JSON, "$", {"constant": "NaN"}),
        (b'{"a": ' + b"9" * 5_000 + b"}", Fault.NOT_JSON, "$", {"digits": 5_000}),
        (b"\xff\xfe\x00", Fault.NOT_TEXT, "$", {"byte": 2}),
        (b'{"a": "\xe4"}', Fault.NOT_TEXT, "$", {"byte": 7}),
        (b" " * (LARGEST + 1), Fault.TOO_LARGE, "$", {"bytes": LARGEST + 1, "largest": LARGEST}),
        (b"[" * 100_000, Fault.TOO_DEEP, "$", {"deepest": DEEPEST}),
        (b'{"a":' * 65 + b"1" + b"}" * 65, Fault.TOO_DEEP, "$" + ".a" * 64, {"deepest": DEEPEST}),
        (b'{"x": [1, {"a": 1, "b": 2, "a": 3}]}', Fault.DUPLICATE_KEY, "$.x[1]", {"key": ".a"}),
        (b'{"x": {"a": 1, "a": 2}, "x": 3}', Fault.DUPLICATE_KEY, "$", {"key": ".x"}),
    ],
)
def test_parse_refuses_and_says_where(content, code, path, facts):
    with pytest.raises(FormatError) as refused:
        parse(content)

    assert (refused.value.code, refused.value.path, refused.value.facts) == (code, path, facts)


def test_walk_names_every_object_and_list_in_the_order_of_the_file():
    tree: Any = {"a": [{"b": {}}, []], "kokonaismäärä": [], "two words": {}}

    assert [(path, depth) for path, _, depth in walk(tree)] == [
        ("$", 1),
        ("$.a", 2),
        ("$.a[0]", 3),
        ("$.a[0].b", 4),
        ("$.a[1]", 3),
        ("$.kokonaismäärä", 2),
        ('$["two words"]', 2),
    ]


def test_path_of_finds_the_very_object_and_not_its_equal():
    tree: Any = {"a": {"x": 1}, "b": {"x": 1}}

    assert path_of(tree, tree["b"]) == "$.b"
    assert path_of(tree, {"x": 1}) == "$"


def test_looking_into_what_is_not_there_finds_nothing():
    node: Any = {"list": [1, None, {"a": 1}, "x"], "text": "x", "nothing": None}

    assert rows(node, "list") == [{"a": 1}]
    assert rows(node, "text") == rows(node, "nothing") == rows(node, "other") == []
    assert child(node, "list") == child(node, "nothing") == child(node, "other") == {}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("  OPH-1 ", "OPH-1"),
        (7, "7"),
        ("a\x00\u202eb\ud800", "ab"),
        (True, ""),
        (None, ""),
        ([], ""),
        ("x" * 60, "x" * 60),
        ("x" * 61, ""),
    ],
)
def test_mark_keeps_what_is_safe_to_keep(value, found):
    assert mark({"key": value}, "key") == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (30, "30"),
        (Decimal("2.50"), "2.50"),
        (Decimal("30.0"), "30"),
        (0, "0"),
        (-1, "None"),
        (10**30, "None"),
        (Decimal("1e999999999"), "None"),
        (True, "None"),
        ("30", "None"),
        (None, "None"),
    ],
)
def test_points_are_a_possible_extent_or_none(value, found):
    assert str(points({"laajuus": value}, "laajuus")) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (1596229200000, date(2020, 8, 1)),
        ("2020-08-01", date(2020, 8, 1)),
        ("2020-07-31T21:00:00Z", date(2020, 8, 1)),
        ("2020-08-01T00:00:00.000+03:00", date(2020, 8, 1)),
        ("1.8.2020", None),
        (10**20, None),
        (-(10**17), None),
        (True, None),
        (None, None),
        ({}, None),
    ],
)
def test_day_is_the_day_in_finland(value, found):
    assert day({"voimassaoloAlkaa": value}, "voimassaoloAlkaa") == found


def test_moment_is_in_utc():
    assert moment({"muokattu": 1596229200000}, "muokattu") == datetime(2020, 7, 31, 21, tzinfo=UTC)
