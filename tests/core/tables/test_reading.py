from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from luotsi.core.tables.columns import Column, Kind
from luotsi.core.tables.faults import Fault, FaultCode
from luotsi.core.tables.headings import Heading
from luotsi.core.tables.limits import Limits
from luotsi.core.tables.reading import Repetition, TableReading, duplicates_of, read_table, scan_table
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError
from tests.core.tables.samples import APPLICANTS, EMAIL, NAME

REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "data" / "reference"

ROLE = Column(
    key="role",
    headers=("Rooli", "Roll", "Role"),
    kind=Kind.CHOICE,
    choices={"mentor": ("mentori",), "mentee": ("mentoroitava", "adept")},
)
FIELDS = Column(
    key="fields",
    headers=("Alat",),
    kind=Kind.LIST,
    choices={"care": ("Sosiaali-, terveys- ja liikunta-ala", "vård"), "it": ("ICT", "TKI/IT")},
)


def read(text: str, *columns: Column, limits: Limits | None = None) -> TableReading:
    return read_table(text.encode(), "list.csv", columns or APPLICANTS, limits or Limits())


def refusal(text: str, *columns: Column, limits: Limits | None = None) -> TableRefusedError:
    with pytest.raises(TableRefusedError) as refused:
        read(text, *columns, limits=limits)
    return refused.value


def test_read_table_gives_values_and_faults_row_by_row() -> None:
    reading = read(
        "Nimi;Sähköposti;Syntymäaika;Tunteja;Kommentti\n"
        "Aino;a@example.org;1.3.2006;1,5;hei\n"
        ";\n"
        ";e@example;31.2.2006;puoli;\n"
    )

    assert [(row.number, dict(row.values)) for row in reading.rows] == [
        (2, {"name": "Aino", "email": "a@example.org", "born": date(2006, 3, 1), "hours": Decimal("1.5")}),
        (4, {"name": "", "email": "", "born": None, "hours": None}),
    ]
    assert [row.faults for row in reading.rows] == [
        (),
        (
            Fault(code=FaultCode.MISSING, column="name"),
            Fault(code=FaultCode.NOT_AN_EMAIL, column="email", value="e@example"),
            Fault(code=FaultCode.NO_SUCH_DATE, column="born", value="31.2.2006"),
            Fault(code=FaultCode.NOT_A_NUMBER, column="hours", value="puoli"),
        ),
    ]
    assert reading.unknown_headers == (Heading(letter="E", text="Kommentti"),)
    assert reading.missing_columns == ()


@pytest.mark.parametrize(
    "header",
    [
        "Nimi;Sähköposti",
        "NAMN;e-post",
        "name *;E-mail:",
        " Nimi \u00a0;Sa\u0308hko\u0308posti",
        "nimi ;E–mail",
        "\u00adNimi;SÄHKÖPOSTI *",
    ],
)
def test_headers_are_known_in_every_language_and_spelling(header: str) -> None:
    reading = read(f"{header}\nAino;a@example.org\n")

    assert dict(reading.rows[0].values) == {"name": "Aino", "email": "a@example.org", "born": None, "hours": None}


def test_columns_come_in_any_order_and_missing_ones_are_told() -> None:
    reading = read("Tunteja;;Nimi\n2;x;Aino\n")

    assert reading.missing_columns == ("email",)
    assert reading.unknown_headers == (Heading(letter="B", text=""),)
    assert dict(reading.rows[0].values) == {"name": "Aino", "email": "", "born": None, "hours": Decimal(2)}
    assert reading.rows[0].faults == ()


def test_a_header_below_titles_and_blank_rows_is_found() -> None:
    reading = read("Hakijat 2026;;\n\nKokkola; ;\nNimi;Sähköposti;\nAino;a@example.org;\n;;\n \n")

    assert (reading.header_row, [row.number for row in reading.rows]) == (4, [5])


def test_a_table_without_our_headers_is_refused_with_what_was_looked_for() -> None:
    refused = refusal("Etunimi;Osoite\nAino;Kotikatu 1\n")

    assert refused.code == RefusalCode.NO_HEADER
    assert refused.facts == {"expected": "Nimi, Sähköposti", "found": "Etunimi, Osoite"}


def test_a_header_that_comes_twice_is_refused_with_its_columns() -> None:
    refused = refusal("Nimi;Sähköposti;Huom;E-mail\nAino;a@example.org;;b@example.org\n")

    assert (refused.code, refused.facts) == (RefusalCode.REPEATED_HEADER, {"header": "E-mail", "columns": "B, D"})


def test_cells_beyond_the_header_are_a_fault_of_the_row() -> None:
    reading = read("Nimi;Sähköposti\nMeikäläinen;Aino;a@example.org\nEero;e@example.org;;\n", NAME, EMAIL)

    assert [row.faults[-1:] for row in reading.rows] == [
        (Fault(code=FaultCode.TOO_MANY_CELLS, facts={"expected": 2, "found": 3}),),
        (),
    ]


@pytest.mark.parametrize("header", ["Henkilötunnus", "HETU", "Personbeteckning", "Personal identity code (PIC)", "ssn"])
def test_a_column_of_identity_codes_is_refused_by_its_header(header: str) -> None:
    refused = refusal(f"Nimi;Sähköposti;{header}\nAino;a@example.org;131052-308T\n")

    assert (refused.code, refused.facts) == (RefusalCode.IDENTITY_CODE, {"column": "C", "header": header})


@pytest.mark.parametrize("place", [0, 2])
def test_a_column_of_identity_codes_is_refused_by_its_cells_known_or_not(place: int) -> None:
    cells = ["Aino", "a@example.org", "x"]
    cells[place] = " 131052-308T"

    refused = refusal(f"Nimi;Sähköposti;Tunnus\nEero;e@example.org;\n{';'.join(cells)}\n")

    assert (refused.code, refused.facts) == (RefusalCode.IDENTITY_CODE, {"column": "ABC"[place], "row": 3})
    assert "308T" not in repr(refused)


def test_an_identity_code_inside_a_text_is_a_fault_that_does_not_repeat_it() -> None:
    reading = read("Nimi;Sähköposti;Syntymäaika\nAino (131052-308T);a@example.org;s. 131052-308T\n")

    assert reading.rows[0].faults == (
        Fault(code=FaultCode.IDENTITY_CODE, column="name"),
        Fault(code=FaultCode.IDENTITY_CODE, column="born"),
    )
    assert "308T" not in repr(reading)


def test_an_identity_code_in_the_way_of_the_header_is_not_told() -> None:
    assert refusal("Aino;131052-308T\n").facts["found"] == "Aino, ***"
    assert "308T" not in repr(read("Nimi;Sähköposti;131052-308T\nAino;a@example.org;\n"))


def test_a_fault_shows_what_was_typed_on_one_short_line() -> None:
    reading = read('Nimi;Sähköposti;Tunteja\nAino;a@example.org;"noin\nkolme, ' + "tai " * 40 + '"\n')

    assert reading.rows[0].faults[0].value == "noin kolme, " + ("tai " * 40)[:47] + "…"
    assert len(reading.rows[0].faults[0].value) == 60


def test_choices_go_by_any_of_their_names() -> None:
    reading = read("Nimi;Rooli\nAino;Mentori\nEero;ADEPT\nLiisa;mentee\nMatti;\nVille;johtaja\n", NAME, ROLE)

    assert [row.values["role"] for row in reading.rows] == ["mentor", "mentee", "mentee", "", ""]
    assert [row.faults for row in reading.rows if row.faults] == [
        (Fault(code=FaultCode.NOT_A_CHOICE, column="role", value="johtaja", facts={"item": "johtaja"}),),
    ]


def test_a_list_of_choices_may_have_names_with_commas() -> None:
    reading = read(
        'Nimi;Alat\nAino;"Sosiaali-, terveys- ja liikunta-ala; ICT"\nEero;"ict, vård"\nLiisa;TKI/IT\nMatti;"ICT, puu"\n',
        NAME,
        FIELDS,
    )

    assert [row.values["fields"] for row in reading.rows] == [("care", "it"), ("it", "care"), ("it",), ()]
    assert [fault.facts for row in reading.rows for fault in row.faults] == [{"item": "puu"}]


def test_columns_that_share_a_header_or_a_name_of_a_choice_are_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="means both name and email"):
        read("Nimi\nAino\n", NAME, Column(key="email", headers=("nimi",)))
    with pytest.raises(ValueError, match="means both a and b"):
        read("Nimi\nAino\n", Column(key="x", headers=("Nimi",), kind=Kind.CHOICE, choices={"a": ("c",), "b": ("C",)}))
    with pytest.raises(ValueError, match="nothing to choose from"):
        Column(key="x", headers=("Nimi",), kind=Kind.CHOICE)


def test_as_many_rows_as_the_limit_are_read_and_one_more_is_refused() -> None:
    rows = "Aino;a@example.org\n\n" * 3

    assert len(read(f"Nimi;Sähköposti\n{rows}", limits=Limits(max_rows=3)).rows) == 3
    refused = refusal(f"Nimi;Sähköposti\n{rows}Eero;e@example.org\n", limits=Limits(max_rows=3))
    assert (refused.code, refused.facts) == (RefusalCode.TOO_MANY_ROWS, {"limit": 3})


def test_as_many_columns_as_the_limit_are_read_and_one_more_is_refused() -> None:
    text = "Nimi;Sähköposti;c\nAino;a@example.org;x\n"

    assert len(read(text, limits=Limits(max_columns=3)).rows) == 1
    refused = refusal(text, limits=Limits(max_columns=2))
    assert (refused.code, refused.facts) == (RefusalCode.TOO_MANY_COLUMNS, {"limit": 2, "row": 1})


def test_scan_table_gives_rows_before_it_meets_what_is_refused() -> None:
    scan = scan_table(b"Nimi;E-mail\nAino;a@example.org\nEero;131052-308T\n", "list.csv", APPLICANTS)

    assert next(scan.rows).values["name"] == "Aino"
    with pytest.raises(TableRefusedError) as refused:
        next(scan.rows)
    assert (refused.value.code, refused.value.facts) == (RefusalCode.IDENTITY_CODE, {"column": "B", "row": 3})


def test_duplicates_of_a_column_are_told_with_the_row_they_repeat() -> None:
    reading = read(
        "Nimi;Sähköposti;Tunteja\nAino;ÄIJÄ@example.org;1\nEero;;1\nLiisa;;2\nAino;äijä@example.org;3\nA;Äijä@example.org;1\n"
    )

    assert duplicates_of(reading.rows, "email") == (Repetition(number=5, first=2), Repetition(number=6, first=2))
    assert duplicates_of(reading.rows, "name") == (Repetition(number=5, first=2),)
    assert duplicates_of(reading.rows, "hours") == (Repetition(number=3, first=2), Repetition(number=6, first=2))
    assert duplicates_of(reading.rows, "born") == ()


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference data are not beside the repository")
@pytest.mark.parametrize(("name", "count"), [("kunnat.csv", 630), ("kielet.csv", 196), ("maakunnat.csv", 21)])
def test_public_lists_of_codes_are_read(name: str, count: int) -> None:
    columns = tuple(Column(key=key, headers=(key,)) for key in ("koodi_uri", "koodi", "fi", "sv", "en"))

    reading = read_table((REFERENCE / name).read_bytes(), name, columns)

    assert (reading.delimiter, reading.encoding, len(reading.rows)) == (",", "utf-8", count)
    assert [row for row in reading.rows if row.faults] == []
