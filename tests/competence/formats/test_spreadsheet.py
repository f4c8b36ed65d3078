"""An own framework from a spreadsheet: both forms, three languages, and all faults at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.competence.formats.columns import columns, heading_of, template
from luotsi.competence.formats.spreadsheet import SheetRefusedError, read_spreadsheet
from luotsi.competence.formats.values import FrameworkKind, Scale
from luotsi.core.tables.csv_writing import write_csv
from luotsi.core.tables.headings import heading_keys
from luotsi.core.tables.refusals import RefusalCode, TableRefusedError
from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx


def sheet(*rows):
    return write_csv(rows, language="fi")


def read(*rows, name="Myynti.csv"):
    return read_spreadsheet(sheet(*rows), name)


def refused(*rows):
    with pytest.raises(SheetRefusedError) as error:
        read(*rows)
    return [(fault.code, fault.row, fault.column) for fault in error.value.faults]


def told(reading):
    """Areas with their competences, and these with their criteria by level."""
    return [
        (
            area.name,
            [(one.name, [(each.level, each.text) for each in one.criteria]) for one in area.competences],
        )
        for area in reading.framework.areas
    ]


def test_a_row_for_each_competence_with_columns_for_levels():
    reading = read(
        ("Osa-alue", "Osaaminen", "Kuvaus", "Taso 1", "Taso 2", "Taso 5"),
        ("Myynti", "Kuunteleminen", "Kysyy.", "Kuuntelee.", "Kysyy.", "Opettaa."),
        ("", "Hinnan kertominen", "", "Kertoo.", "", ""),
        ("Kassa", "Tilitys", "", "", "", ""),
    )
    assert told(reading) == [
        (
            {"fi": "Myynti"},
            [
                (
                    {"fi": "Kuunteleminen"},
                    [(1, {"fi": "Kuuntelee."}), (2, {"fi": "Kysyy."}), (5, {"fi": "Opettaa."})],
                ),
                ({"fi": "Hinnan kertominen"}, [(1, {"fi": "Kertoo."})]),
            ],
        ),
        ({"fi": "Kassa"}, [({"fi": "Tilitys"}, [])]),
    ]
    first, _, last = [one for area in reading.framework.areas for one in area.competences]
    assert (first.description, first.scale, last.scale) == ({"fi": "Kysyy."}, Scale.FIVE, None)
    assert reading.framework.name == {"fi": "Myynti", "sv": "Myynti", "en": "Myynti"}
    assert reading.framework.kind is FrameworkKind.OWN
    counts = reading.counts
    assert (counts.areas, counts.competences, counts.criteria) == (2, 3, 4)
    assert (counts.texts, counts.placed, counts.left_out, counts.not_understood) == (10, 10, 0, 0)


def test_a_row_for_each_criterion():
    reading = read(
        ("Area", "Competence", "Level", "Criterion"),
        ("Sales", "Listening", 2, "Asks."),
        ("", "", 1, "Listens."),
        ("", "Telling the price", "", "Tells it."),
        ("Sales", "Listening", 3, "Sums up."),
    )
    assert told(reading) == [
        (
            {"en": "Sales"},
            [
                ({"en": "Listening"}, [(1, {"en": "Listens."}), (2, {"en": "Asks."}), (3, {"en": "Sums up."})]),
                ({"en": "Telling the price"}, [(None, {"en": "Tells it."})]),
            ],
        )
    ]


def test_three_languages_side_by_side_whatever_the_headings_are_called():
    reading = read(
        ("Framework (en)", "Osa-alue", "Delområde", "area_en", "Osaaminen (fi)", "Kunnande på", "Kompetens (sv)",
         "Competence English", "Kriteeri suomeksi", "Kriterium (ruotsi)", "CRITERION_EN *"),
        ("Sales work", "Myynti", "Försäljning", "Sales", "Kuunteleminen", "?", "Att lyssna", "Listening", "Kuuntelee.",
         "Lyssnar.", "Listens."),
    )  # fmt: skip
    assert told(reading) == [
        (
            {"fi": "Myynti", "sv": "Försäljning", "en": "Sales"},
            [
                (
                    {"fi": "Kuunteleminen", "sv": "Att lyssna", "en": "Listening"},
                    [(None, {"fi": "Kuuntelee.", "sv": "Lyssnar.", "en": "Listens."})],
                )
            ],
        )
    ]
    assert reading.framework.name == {"en": "Sales work"}
    assert reading.not_understood == ("$.F",)
    assert reading.counts.texts == reading.counts.placed + 1


def test_the_same_sheet_gives_the_same_identifiers_and_a_changed_text_another_one():
    rows = [("Osa-alue", "Osaaminen", "Kriteeri"), ("Myynti", "Kuunteleminen", "Kuuntelee.")]
    more = [*rows, ("", "Tilitys", "Tilittää.")]
    one, two = read(*rows).framework, read(*more).framework
    assert one.origin_id == two.origin_id
    assert one.areas[0].origin_id == two.areas[0].origin_id
    assert one.areas[0].competences[0] == two.areas[0].competences[0]
    assert len({each.origin_id for each in two.areas[0].competences}) == 2
    assert read(*rows, name="Other.csv").framework.origin_id != one.origin_id


def test_a_translation_may_come_on_another_row():
    reading = read(
        ("Osa-alue", "Osaaminen", "Kunnande", "Kriteeri"),
        ("Myynti", "Kuunteleminen", "", "Kuuntelee."),
        ("Myynti", "KUUNTELEMINEN", "Att lyssna", "Kysyy."),
    )
    [[(_area, [(name, criteria)])]] = [told(reading)]
    assert name == {"fi": "Kuunteleminen", "sv": "Att lyssna"}
    assert len(criteria) == 2


def test_all_that_is_wrong_is_told_at_once():
    assert refused(
        ("Osa-alue", "Osaaminen", "Kunnande", "Taso", "Kriteeri"),
        ("", "Kuunteleminen", "", 1, "Kuuntelee."),
        ("Myynti", "", "", 2, "Kysyy."),
        ("", "Hinta", "Pris", 6, "Kertoo."),
        ("", "Hinta", "Annat", 1, "Kertoo."),
        ("", "", "", 1, "kertoo."),
        ("", "", "", 2, ""),
        ("", "", "", "kaksi", "Kertoo."),
        ("", "x" * 201, "", "", "x" * 2001),
    ) == [
        ("no_area", 2, "area_fi"),
        ("no_competence", 3, "competence_fi"),
        ("level_out", 4, "level"),
        ("differs", 5, "competence_sv"),
        ("repeated", 6, "criterion_fi"),
        ("no_criterion", 7, "criterion_fi"),
        ("not_a_number", 8, "level"),
        ("too_long", 9, "competence_fi"),
        ("too_long", 9, "criterion_fi"),
    ]


def test_a_sheet_without_rows_is_refused():
    assert refused(("Osa-alue", "Osaaminen")) == [("no_rows", 0, "")]


def test_a_sheet_without_our_columns_is_refused():
    with pytest.raises(TableRefusedError) as error:
        read(("Hinta", "Määrä"), (1, 2))
    assert error.value.code is RefusalCode.NO_HEADER


def test_a_personal_identity_code_is_refused():
    with pytest.raises(TableRefusedError) as error:
        read(("Osa-alue", "Osaaminen", "Muuta"), ("Myynti", "Kuunteleminen", "131052-308T"))
    assert error.value.code is RefusalCode.IDENTITY_CODE


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_template_can_be_read_as_it_is(language):
    headings, rows = template(language)
    as_csv = read_spreadsheet(write_csv([headings, *rows], language=language), "x.csv")
    as_xlsx = read_spreadsheet(write_xlsx([Sheet(title="A", headers=headings, rows=rows)]), "x.xlsx")
    assert as_csv == as_xlsx
    assert (as_csv.counts.areas, as_csv.counts.competences, as_csv.counts.criteria) == (1, 2, 7)
    assert as_csv.not_understood == ()
    assert all(len(texts) == 3 for area in as_csv.framework.areas for texts in (area.name, area.competences[0].name))


def test_no_heading_means_two_columns():
    keys = heading_keys(columns())
    assert len(set(keys.values())) == len(columns()) == 31
    assert heading_of("criterion_sv", "fi") == "Kriteeri (sv)"
    assert heading_of("level3_en", "sv") == "Nivå 3 (en)"
    assert heading_of("level", "en") == "Level"


cells = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), st.integers(-2, 9))


@given(st.lists(st.tuples(cells, cells, cells, cells), max_size=8))
@settings(deadline=None)
def test_whatever_stands_there_is_taken_whole_or_refused(rows):
    try:
        reading = read(("Osa-alue", "Osaaminen", "Taso", "Kriteeri"), *rows)
    except (SheetRefusedError, TableRefusedError, ValueError):
        return
    counts = reading.counts
    assert counts.texts == counts.placed
    for area in reading.framework.areas:
        assert area.name
        for competence in area.competences:
            assert competence.name
            assert len(competence.origin_id) <= 100
            assert all(criterion.text for criterion in competence.criteria)
