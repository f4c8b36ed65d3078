"""An own framework from a sheet: the empty one is fetched, filled in and read; what is wrong is told in words."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from luotsi.competence.enums import SourceKind
from luotsi.competence.services.readers import read_framework
from luotsi.core.errors import RefusedError
from luotsi.core.tables.csv_writing import write_csv
from luotsi.people.enums import Role
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of, grant

pytestmark = pytest.mark.django_db


def refusal_of(*rows):
    with pytest.raises(RefusedError) as refused:
        read_framework(write_csv(rows, language="en"), kind=SourceKind.SPREADSHEET, name="own.csv")
    return str(refused.value.text)


@pytest.mark.parametrize(
    ("language", "first", "name"), [("fi", "Osa-alue (fi)", "viitekehys"), ("sv", "Delområde (fi)", "referensram")]
)
def test_the_empty_sheet_speaks_ones_language_and_can_be_read(client, language, first, name) -> None:
    client.cookies["language"] = language
    client.force_login(coordinator_of(NetworkFactory.create()))

    workbook = client.get("/competence/import/empty-sheet.xlsx")
    table = client.get("/competence/import/empty-sheet.csv")

    assert workbook["Content-Disposition"] == f'attachment; filename="{name}.xlsx"'
    assert load_workbook(BytesIO(workbook.content)).worksheets[0]["A1"].value == first
    assert table.content.decode("utf-8-sig").startswith(first)
    for content in (workbook.content, table.content):
        assert read_framework(content, kind=SourceKind.SPREADSHEET, name="own").counts.criteria == 7


def test_only_a_coordinator_fetches_the_empty_sheet(client) -> None:
    addresses = ("/competence/import/empty-sheet.xlsx", "/competence/import/empty-sheet.csv")
    assert [client.get(address).status_code for address in addresses] == [302] * 2
    assessor = PersonFactory.create()
    grant(assessor, Role.ASSESSOR, organisation=OrganisationFactory.create())
    client.force_login(assessor)
    assert [client.get(address).status_code for address in addresses] == [404] * 2


def test_each_fault_says_where_it_is_and_how_to_mend_it() -> None:
    text = refusal_of(
        ("Area", "Competence", "Level", "Criterion"),
        ("", "Listening", 1, "Listens."),
        ("Sales", "Listening", 7, "Listens."),
        ("", "", 1, "Listens."),
        ("", "", 1, "listens."),
    )
    assert text.split("\n") == [
        "Row 2, “Area (fi)”: Name the area on the first row that holds something.",
        "Row 3, “Level”: A level is a number from 1 to 5. Mend it.",
        "Row 5, “Criterion (en)”: Row 4 says the same already. Take one of them away.",
    ]


def test_very_many_faults_are_counted() -> None:
    text = refusal_of(("Area", "Competence", "Level", "Criterion"), *[("Sales", "Listening", 9, "x")] * 23)
    assert len(text.split("\n")) == 21
    assert text.endswith("And 3 more.")


def test_a_file_that_is_no_sheet_is_told() -> None:
    with pytest.raises(RefusedError) as refused:
        read_framework(b"%PDF-1.7", kind=SourceKind.SPREADSHEET, name="own.pdf")
    assert str(refused.value.text) == "This is a PDF. Save the table itself as .xlsx or CSV."
    assert refusal_of(("Price", "Amount"), (1, 2)).startswith("No row with the names of the columns was found.")
