"""A form from a spreadsheet: what people write there, and what they are told."""

from typing import Any

import pytest

from luotsi.core.questions.choice_cells import read_choice_cells, write_choice_cell
from luotsi.core.questions.condition_texts import ConditionTextError, read_condition_text
from luotsi.core.questions.table_columns import COLUMNS, column_of, heading_of, read_cell, type_word
from luotsi.core.questions.table_writing import write_rows
from luotsi.core.questions.tables import TableFormError, read_rows
from luotsi.core.questions.writing import write_form
from tests.core.questions.forms import form, item, plain, section, texts

HEAD: dict[str, Any] = {key: value for key, value in plain().items() if key != "sections"}
FINNISH = [
    ["Osio", "Tunnus *", "Tyyppi", "Teksti (fi)", "Pakollinen", "Asteikko", "Vaihtoehdot fi", "Vaihtoehdot sv", "Ehto"],
    ["alku", "q1", "valinta", "Oletko töissä?", "kyllä", "", "yes=Kyllä|no=En", "Ja|Nej", ""],
    ["", "q2", "asteikko", "Viihdyn", "", "agreement", "", "", "q1 = yes"],
    ["", "", "", "", "", "", "", "", ""],
    ["loppu", "q3", "Teksti", "Miksi?", "ei", "", "", "", "q2 <= 2 tai ei q1 vastattu"],
]


def faults_of(rows: list[list[str]], otherwise: dict[str, Any] | None = None) -> list[str]:
    with pytest.raises(TableFormError) as refused:
        read_rows(rows, HEAD if otherwise is None else otherwise)
    return [str(fault) for fault in refused.value.faults]


def test_form_is_read_from_a_finnish_sheet() -> None:
    read = read_rows(FINNISH, HEAD)

    assert write_form(read)["sections"] == [
        {
            "key": "alku",
            "items": [
                {
                    "key": "q1",
                    "type": "choice",
                    "text": {"fi": "Oletko töissä?"},
                    "required": True,
                    "choices": [
                        {"key": "yes", "text": {"fi": "Kyllä", "sv": "Ja"}},
                        {"key": "no", "text": {"fi": "En", "sv": "Nej"}},
                    ],
                },
                {
                    "key": "q2",
                    "type": "scale",
                    "text": {"fi": "Viihdyn"},
                    "when": {"item": "q1", "is": "yes"},
                    "scale": "agreement",
                },
            ],
        },
        {
            "key": "loppu",
            "items": [
                {
                    "key": "q3",
                    "type": "text",
                    "text": {"fi": "Miksi?"},
                    "when": {"any": [{"item": "q2", "at_most": 2}, {"not": {"item": "q1", "answered": True}}]},
                }
            ],
        },
    ]
    assert read.scales[0].key == "agreement"


def test_form_scale_and_dimension_may_stand_in_rows() -> None:
    rows = [
        ["type", "key", "text_en", "help_en", "version", "choices_en", "agrees_from", "section", "scale", "dimension"],
        ["form", "own", "Our own", "Hello", "3", "", "", "", "", ""],
        ["points", "how", "", "", "", "1=Badly|2=Well", "2", "", "", ""],
        ["dimension", "calm", "Calm", "", "", "", "", "", "", ""],
        ["scale", "q1", "How?", "", "", "", "", "", "how", "calm"],
    ]

    read = read_rows(rows, HEAD)

    assert (read.key, read.version, read.name, read.intro) == ("own", 3, {"en": "Our own"}, {"en": "Hello"})
    assert [(scale.key, scale.agrees_from) for scale in read.scales] == [("agreement", 4), ("how", 2)]
    assert [dimension.key for dimension in read.dimensions] == ["trust", "calm"]
    assert read.sections[0].key == "questions"
    assert read.item("q1").scale == read.scales[1]


def test_faults_name_row_and_column() -> None:
    rows = [
        ["section", "key", "type", "text_fi", "required", "most", "choices_fi", "when", "Muistiinpanoja"],
        ["a", "q1", "valinta", "Mitä?", "ehkä", "", "a=Yksi", "", ""],
        ["", "q2", "luku", "", "", "", "", "q1 = ", ""],
        ["", "Q3", "kysymys", "Mitä?", "", "", "", "", "huom"],
        ["", "q4", "ranking", "Mitä?", "", "x", "Yksi|Kaksi|a=Kolme", "q5 answered", "", "yli"],
        ["a", "q5", "text", "Mitä?", "", "", "", "q1 = b", ""],
        ["a", "q6", "text", "Mitä?", "", "3", "", "", ""],
    ]

    assert faults_of(rows) == [
        "row 1, Muistiinpanoja: no column is called Muistiinpanoja",
        "row 2, choices_fi: there are from 2 to 60 of them, not 1",
        "row 2, required: is true or false",
        "row 3, when: cannot be understood from … on; write as: q01 = yes and q02 >= 4",
        "row 3, text_fi: is missing",
        "row 4, key: begins with a small letter and goes on with small letters, digits, _ and -, 60 at most",
        "row 4, type: kysymys is none of scale, choice, text, ranking, number, date, availability",
        "row 5, yli: no column is called yli",
        "row 5, choices_fi: a is there already",
        "row 5, most: is a whole number",
        "row 5, when: names q5, which comes later",
        "row 7, most: does not belong to the type text",
    ]


def test_faults_of_the_head_are_in_no_row_and_those_of_its_row_in_it() -> None:
    rows = [["key", "type", "text_fi", "version"], ["q1", "text", "Mitä?", ""]]

    assert faults_of(rows, {}) == ["row 0: is missing", "row 0: is missing", "row 0: is missing"]
    assert faults_of([*rows, ["Own", "form", "", "yksi"]], {}) == [
        "row 3, key: begins with a small letter and goes on with small letters, digits, _ and -, 60 at most",
        "row 3, text_fi: is missing",
        "row 3, version: is a whole number",
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], ["row 1: there is no column key", "row 1: there is no column type"]),
        ([["key", "type"]], ["row 1: there is nothing below the header"]),
        ([["text_fi"], ["Mitä?"]], ["row 1: there is no column key", "row 1: there is no column type"]),
        ([["key", "Tunnus", "type", "text_fi"], ["q", "", "text", "a"]], ["row 1, key: Tunnus is there already"]),
        ([["key", "type"], *([["q", "text"]] * 601)], ["row 0: there are from 1 to 600 of them, not 601"]),
    ],
)
def test_sheet_is_refused_for(rows: list[list[str]], told: list[str]) -> None:
    assert faults_of(rows)[: len(told)] == told


def test_every_heading_in_every_language_means_its_column() -> None:
    for language in ("fi", "sv", "en"):
        assert [column_of(heading_of(column, language)) for column in COLUMNS] == list(COLUMNS)
        kinds = ["form", "points", "section", "scale", "choice", "text", "ranking", "number", "date", "availability"]
        assert [read_cell("type", type_word(kind, language)) for kind in kinds] == kinds


def test_rows_are_written_for_people() -> None:
    asked = form(
        section("a", item("q1"), title=texts("A")),
        section("b", item("q2", "scale", scale="agreement", required=True, when={"item": "q1", "answered": True})),
        dimensions=[],
    )

    rows = write_rows(asked, "sv")

    assert rows[0][:9] == [
        "avsnitt",
        "nyckel",
        "typ",
        "text_fi",
        "text_sv",
        "text_en",
        "obligatorisk",
        "skala",
        "alternativ_fi",
    ]
    assert [row[:3] for row in rows[1:]] == [
        ["", "pulse", "formulär"],
        ["", "agreement", "skalans punkter"],
        ["", "a", "avsnitt"],
        ["a", "q1", "text"],
        ["b", "q2", "skala"],
    ]
    assert rows[5][6:8] == ["x", "agreement"]
    assert "q1 answered" in rows[5]


def test_choices_are_read_from_cells() -> None:
    assert read_choice_cells({"fi": r"a=Kyllä \| joo|b=Ei\\", "sv": "Ja | Nej"}) == [
        ("a", {"fi": "Kyllä | joo", "sv": "Ja"}),
        ("b", {"fi": "Ei\\", "sv": "Nej"}),
    ]
    assert read_choice_cells({"fi": "Yksi|Kaksi"}) == [("a", {"fi": "Yksi"}), ("b", {"fi": "Kaksi"})]
    assert read_choice_cells({"fi": "a=1|a=2", "sv": "a=3"}) == [("a", {"fi": "1", "sv": "3"}), ("a", {"fi": "2"})]
    assert write_choice_cell([("a", {"fi": "x|y"}), ("b", {"sv": "z"})], "fi") == r"a=x\|y|b="
    assert write_choice_cell([("a", {"fi": "x"})], "en") == ""
    assert read_choice_cells({"fi": write_choice_cell([("a", {"fi": "x\\|y\\n"})], "fi")}) == [
        ("a", {"fi": "x\\|y\\n"})
    ]


@pytest.mark.parametrize(
    ("text", "plain_condition"),
    [
        ("q01=yes", {"item": "q01", "is": "yes"}),
        ("q01 ≠ yes", {"item": "q01", "is_not": "yes"}),
        ("q02 >= -4", {"item": "q02", "at_least": -4}),
        ("q02 ≤ 2.5", {"item": "q02", "at_most": "2.5"}),
        ("q03 has mon.am", {"item": "q03", "holds": "mon.am"}),
        ("q1 IN (a, b)", {"item": "q1", "one_of": ["a", "b"]}),
        ("q1 ei vastattu", {"item": "q1", "answered": False}),
        ("inte q1 besvarad", {"not": {"item": "q1", "answered": True}}),
        ("'not' = 'or'", {"item": "not", "is": "or"}),
        (
            "a = x or b = y and (c = z or d >= 2026-01-01)",
            {
                "any": [
                    {"item": "a", "is": "x"},
                    {
                        "all": [
                            {"item": "b", "is": "y"},
                            {"any": [{"item": "c", "is": "z"}, {"item": "d", "at_least": "2026-01-01"}]},
                        ]
                    },
                ]
            },
        ),
    ],
)
def test_condition_is_read_from_a_line(text: str, plain_condition: Any) -> None:
    assert read_condition_text(text) == plain_condition


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("", ""),
        ("q1", ""),
        ("q1 =", ""),
        ("q1 = a b", "b"),
        ("q1 > 3", "> 3"),
        ("(q1 = a", ""),
        ("q1 in a", "a"),
        ("q1 = a)", ")"),
    ],
)
def test_line_that_is_no_condition_says_from_where(text: str, rest: str) -> None:
    with pytest.raises(ConditionTextError) as refused:
        read_condition_text(text)

    assert refused.value.rest == rest
