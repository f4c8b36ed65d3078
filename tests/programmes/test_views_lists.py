import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from luotsi.core import jobs
from luotsi.core.models import Job
from luotsi.programmes.enums import ImportState
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.lists import ImportRun
from tests.factories.counting import queries_for
from tests.factories.people import coordinator_of
from tests.factories.programmes import ImportRunFactory, open_round
from tests.pages import errors_of, lead_of, rows_of
from tests.programmes.sheets import AINO, BO, HEADERS, applicant, csv_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coordinator")]

BAD = BO | {"Rooli": "tukihenkilö", "Ilmoittautunut": "31.2.2026"}


@pytest.fixture
def round_():
    return open_round()


@pytest.fixture
def coordinator(round_, client):
    person = coordinator_of(round_.programme.network)
    client.force_login(person)
    return person


def work() -> None:
    Job.objects.filter(name="comms.deliver").delete()
    jobs.run_waiting()


def brought_in(client, round_, content: bytes, name: str = "hakijat.csv") -> str:
    """The address of the list's page after the worker has read it."""
    file = SimpleUploadedFile(name, content)
    response = client.post(f"/programmes/{round_.programme.ref}/imports/new/", {"file": file})
    assert response.status_code == 302
    work()
    return str(response["Location"])


def facts_of(response) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", response.content.decode()))


def test_a_list_goes_from_the_file_to_people(client, round_) -> None:
    address = brought_in(client, round_, csv_of(AINO, BO, BO, BAD | {"Sähköposti": "c@example.org"}))

    read = client.get(address)
    assert facts_of(read) == {
        "New applications": "2",
        "Changes to applications": "0",
        "Already here, the same": "0",
        "Twice in the list": "1",
        "Not taken: something to mend": "1",
    }
    assert "Take the 2 good rows" in read.content.decode()
    client.post(f"{address}apply/")
    work()
    taken = client.get(address)

    assert facts_of(taken)["New applications"] == "2"
    assert Application.objects.count() == 2
    assert client.get("/programmes/").status_code == 200


ROWS = {
    "fi": [
        ["2", "Organisaatio", "”Rannikon opisto” ei ole tämän verkoston organisaatio. Nimi säilyy tekstinä hakemuksessa.", "uusi"],
        ["3", "Rooli", "Sanaa ”tukihenkilö” ei tunneta täällä. Tarkista kirjoitusasu tai valitse toinen sana.", "ei oteta"],
        ["3", "Ilmoittautunut", "Päivää ”31.2.2026” ei ole. Tarkista päivä ja kuukausi.", "ei oteta"],
        ["4", "Sähköposti", "Sama sähköpostiosoite on jo rivillä 2. Se rivi otetaan, tätä ei.", "luettelossa kahdesti"],
    ],
    "sv": [
        ["2", "Organisation", "”Rannikon opisto” är inte en organisation i det här nätverket. Namnet sparas som text i ansökan.", "ny"],
        ["3", "Roll", "Ordet ”tukihenkilö” är inte känt här. Kontrollera stavningen eller välj ett annat ord.", "tas inte in"],
        ["3", "Anmäld", "Dagen ”31.2.2026” finns inte. Kontrollera dagen och månaden.", "tas inte in"],
        ["4", "E-post", "Samma e-postadress finns redan på rad 2. Den raden räknas, den här gör det inte.", "två gånger på listan"],
    ],
    "en": [
        ["2", "Organisation", "“Rannikon opisto” is not an organisation of this network. The name is kept as text with the application.", "new"],
        ["3", "Role", "“tukihenkilö” is not known here. Check how it is written, or choose another word.", "not taken"],
        ["3", "Registered", "There is no such day as “31.2.2026”. Check the day and the month.", "not taken"],
        ["4", "E-mail", "The same e-mail address is on row 2 already. That row counts, this one does not.", "twice in the list"],
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_remark_says_row_column_what_and_how_to_mend(client, round_, language: str) -> None:
    address = brought_in(client, round_, csv_of(AINO, BAD, AINO))
    client.cookies["language"] = language

    assert rows_of(client.get(address)) == ROWS[language]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Tämä on PDF. Tallenna itse taulukko .xlsx- tai CSV-tiedostona."),
        ("sv", "Det här är en PDF. Spara själva tabellen som .xlsx eller CSV."),
        ("en", "This is a PDF. Save the table itself as .xlsx or CSV."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(client, round_, language: str, sentence: str) -> None:
    address = brought_in(client, round_, b"%PDF-1.7", "hakijat.csv")
    client.cookies["language"] = language

    page = client.get(address).content.decode()

    assert f"<p>{sentence}</p>" in page


def test_missing_columns_are_named_in_the_readers_language(client, round_) -> None:
    address = brought_in(client, round_, csv_of(AINO, headers=("Etunimi", "Sukunimi")))

    page = client.get(address).content.decode()

    assert "The list lacks columns that are needed: E-mail, Role, Languages. Add them to its first row" in page


def test_unknown_columns_are_named(client, round_) -> None:
    address = brought_in(client, round_, csv_of(AINO | {"Kengännumero": "42"}, headers=(*HEADERS, "Kengännumero")))

    assert "nothing in them is kept: Kengännumero." in client.get(address).content.decode()


def test_no_file_is_asked_for_again(client, round_) -> None:
    response = client.post(f"/programmes/{round_.programme.ref}/imports/new/", {})

    assert errors_of(response) == ["Choose a file for “List of applicants”."]
    assert ImportRun.objects.count() == 0


def test_a_draft_says_why_it_takes_no_list(client, round_) -> None:
    round_.programme.amend(state="draft")
    round_.delete()

    file = SimpleUploadedFile("x.csv", csv_of(AINO))
    response = client.post(f"/programmes/{round_.programme.ref}/imports/new/", {"file": file})

    assert errors_of(response) == ["Open the programme first: a draft takes no applications."]
    assert ImportRun.objects.count() == 0


def test_whoever_waits_sees_how_far_it_is(client, round_) -> None:
    file = SimpleUploadedFile("hakijat.csv", csv_of(AINO))
    address = str(client.post(f"/programmes/{round_.programme.ref}/imports/new/", {"file": file})["Location"])
    Job.objects.filter(name="programmes.read_import").update(steps_done=500, steps_total=2000)

    page = client.get(address).content.decode()
    waiting = client.get(f"{address}progress/")
    work()
    over = client.get(f"{address}progress/")

    assert "The list is being read …" in page
    assert f'hx-get="{address}progress/"' in page
    assert "500 / 2,000" in waiting.content.decode()
    assert ("HX-Refresh" in waiting, over["HX-Refresh"]) == (False, "true")


def test_work_that_failed_says_so(client, round_) -> None:
    file = SimpleUploadedFile("hakijat.csv", csv_of(AINO))
    address = str(client.post(f"/programmes/{round_.programme.ref}/imports/new/", {"file": file})["Location"])
    Job.objects.filter(name="programmes.read_import").update(state="failed")

    assert "The work stopped" in client.get(address).content.decode()


# The refused rows, to be mended


def test_refused_rows_come_back_as_a_workbook_that_can_be_brought_in_again(client, round_) -> None:
    address = brought_in(client, round_, csv_of(AINO, BAD))

    response = client.get(f"{address}refused.xlsx")
    [sheet] = load_workbook(BytesIO(response.content)).worksheets
    head, row = [[cell.value for cell in cells] for cells in sheet.iter_rows()]

    assert response["Content-Disposition"] == 'attachment; filename="applicants-to-mend.xlsx"'
    assert (head[0], head[-1], row[0]) == ("Row", "What to mend", 3)
    told = {name: value for name, value in zip(head, row, strict=True) if value is not None}
    assert told == {
        "Row": 3,
        "Given name": "Bo",
        "Family name": "Öst",
        "E-mail": "bo@example.org",
        "Role": "tukihenkilö",
        "Languages": "sv; en",
        "Region": "15",
        "Skills (offered)": "Johtaminen (4)",
        "Places": "2",
        "Criminal record extract checked": "15.1.2026",
        "Registered": "31.2.2026",
        "Years in working life": "20",
        "What to mend": (
            "Role: “tukihenkilö” is not known here. Check how it is written, or choose another word. "
            "Registered: There is no such day as “31.2.2026”. Check the day and the month."
        ),
    }
    again = brought_in(client, round_, response.content, "applicants-to-mend.xlsx")
    assert ImportRun.objects.get(ref=again.split("/")[-2]).unknown_columns == ["Row", "What to mend"]
    assert [row[0:2] for row in rows_of(client.get(again))] == [["2", "Role"], ["2", "Registered"]]


def test_a_formula_comes_back_as_text(client, round_) -> None:
    address = brought_in(client, round_, csv_of(BO | {"Etunimi": "=2+2", "Sukunimi": "@SUM(A1)"}))

    lines = client.get(f"{address}refused.csv").content.decode("utf-8-sig").splitlines()
    [sheet] = load_workbook(BytesIO(client.get(f"{address}refused.xlsx").content)).worksheets
    cells = [(cell.value, cell.data_type) for cell in next(iter(sheet.iter_rows(min_row=2)))[1:3]]

    assert lines[1].split(";")[1:3] == ["'=2+2", "'@SUM(A1)"]
    assert cells == [("=2+2", "s"), ("@SUM(A1)", "s")]


def test_there_is_no_file_when_no_row_is_refused(client, round_) -> None:
    address = brought_in(client, round_, csv_of(AINO))

    assert client.get(f"{address}refused.csv").status_code == 404
    assert client.get(f"{address}refused.xlsx").status_code == 404


def test_a_list_asks_the_database_as_often_for_one_row_as_for_thirty(client, round_) -> None:
    one, thirty = (
        queries_for(client, brought_in(client, round_, csv_of(*(applicant(number, Rooli="x") for number in numbers))))
        for numbers in (range(1), range(30))
    )

    assert one == thirty < 10


def test_a_long_list_of_remarks_has_pages(client, round_) -> None:
    address = brought_in(client, round_, csv_of(*(applicant(number, Rooli="x") for number in range(45))))

    first = client.get(address)
    [query] = re.findall(r'href="(\?after=[^"]*)" rel="next"', first.content.decode())
    second = client.get(address + query)

    assert [len(rows_of(page)) for page in (first, second)] == [30, 15]
    assert rows_of(second)[0][0] == "32"


def test_the_page_of_all_lists_shows_the_newest_first(client, coordinator, round_) -> None:
    for name in ("first.csv", "second.csv"):
        ImportRunFactory.create(round=round_, file_name=name, started_by=coordinator, state=ImportState.APPLIED)

    response = client.get(f"/programmes/{round_.programme.ref}/imports/")

    assert [row[0] for row in rows_of(response)] == ["second.csv", "first.csv"]


def test_the_way_in_names_the_columns_that_are_needed(client, round_) -> None:
    response = client.get(f"/programmes/{round_.programme.ref}/imports/new/")

    needed = re.findall(r"<li>\s*([^<]*?) \*\s*</li>", response.content.decode())
    assert needed == ["Given name", "Family name", "E-mail", "Role", "Languages"]
    assert lead_of(response).startswith("First the list is only read")
