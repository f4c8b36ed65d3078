"""Own questions are brought in from a spreadsheet: looked at first, every fault named, then kept."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from luotsi.core.questions.faults import FormFaultCode
from luotsi.core.questions.table_writing import write_rows
from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx
from luotsi.people.enums import Role
from luotsi.people.models import Network
from luotsi.surveys.formats.sheets import example, read_sheet
from luotsi.surveys.messages.faults import SENTENCES
from luotsi.surveys.models import Instrument
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of, grant, part_of
from tests.factories.surveys import form_of

pytestmark = pytest.mark.django_db

ADDRESS = "/surveys/instruments/import/"


def xlsx(rows) -> bytes:
    head, *rest = [list(row) for row in rows]
    return write_xlsx([Sheet(title="Questions", headers=head, rows=rest)])


@pytest.fixture
def network() -> Network:
    return NetworkFactory.create()


def send(client, network: Network, content: bytes, name: str = "Own questions.xlsx"):
    return client.post(ADDRESS, {"network": str(network.ref), "file": SimpleUploadedFile(name, content)})


def keep(client, page: str):
    fields = dict(re.findall(r'<input type="hidden" name="(network|described)" value="([^"]*)">', page))
    return client.post("/surveys/instruments/keep/", fields)


def test_the_template_comes_back_as_it_is_is_shown_and_kept(client, network: Network) -> None:
    client.force_login(coordinator_of(network))

    template = client.get("/surveys/instruments/template.xlsx")
    seen = send(client, network, template.content)
    before = Instrument.objects.count()
    kept = keep(client, seen.content.decode())

    instrument = Instrument.objects.get()
    page = seen.content.decode()
    assert [text in page for text in ("Own questions", "I have time to learn.", "Completely disagree", "Yes")] == [
        True
    ] * 4
    assert "What is best about mentoring?" in page
    assert before == 0
    assert kept.headers["Location"] == f"/surveys/instruments/{instrument.ref}/"
    assert (instrument.key, instrument.version, instrument.network) == ("own_questions", 1, network)
    assert instrument.questions.languages == ("fi", "sv", "en")


def test_an_instrument_goes_out_as_a_spreadsheet_and_comes_back_the_same(client, network: Network) -> None:
    client.force_login(coordinator_of(network))
    form = form_of()

    first = keep(client, send(client, network, xlsx(write_rows(form, "fi"))).content.decode())
    out = client.get(f"{first.headers['Location']}questions.xlsx")
    keep(client, send(client, network, out.content).content.decode())

    assert Instrument.objects.get().questions.digest() == form.digest()


def test_csv_with_semicolons_and_a_title_above_is_read_and_called_like_the_file() -> None:
    content = "Our own;;\n;;\nkey;type;text_fi\nage;luku;Ikä?\n".encode()

    form = read_sheet(content, "Äänekoski 2026.csv")

    assert (form.key, form.name["fi"], form.item("age").text) == (
        "aanekoski_2026",
        "Äänekoski 2026",
        {"fi": "Ikä?"},
    )


def test_every_fault_is_named_by_row_and_column_and_nothing_is_kept(client, network: Network) -> None:
    client.force_login(coordinator_of(network))
    rows = [
        ["key", "type", "text_fi", "scale", "when", "colour"],
        ["q1", "scale", "Kysymys", "unheard", "", ""],
        ["Q 2", "text", "Toinen", "", "", ""],
        ["q3", "text", "", "", "q9 = yes", ""],
        ["q4", "poem", "Neljäs", "", "", ""],
    ]

    seen = send(client, network, "\n".join(";".join(row) for row in rows).encode(), "faulty.csv").content.decode()

    found = re.findall(r'<th scope="row" role="rowheader">(.*?)</th>\s*<td[^>]*>(.*?)</td>', seen)
    assert [place for place, _ in found] == [
        "Row 1, column colour",
        "Row 2, column scale",
        "Row 3, column key",
        "Row 4, column text_fi",
        "Row 4, column when",
        "Row 5, column type",
    ]
    assert found[0][1].startswith("No column is called “colour”.")
    assert found[1][1].startswith("The scale “unheard” is not described.")
    assert "Nothing was kept." in seen
    assert Instrument.objects.count() == 0


def test_what_is_no_table_is_refused_in_words(client, network: Network) -> None:
    client.force_login(coordinator_of(network))

    pages = [send(client, network, content).content.decode() for content in (b"%PDF-1.7 ...", b"PK\x03\x04broken")]

    assert "This is a PDF. Save the table itself as .xlsx or CSV." in pages[0]
    assert "The file is damaged." in pages[1]
    assert Instrument.objects.count() == 0


def test_a_preview_that_was_tampered_with_is_not_kept(client, network: Network) -> None:
    client.force_login(coordinator_of(network))

    refused = client.post("/surveys/instruments/keep/", {"network": str(network.ref), "described": "made-up:x:y"})

    assert (refused.status_code, Instrument.objects.count()) == (409, 0)


def test_nobody_brings_questions_into_another_network(client, network: Network) -> None:
    stranger = coordinator_of(NetworkFactory.create())
    client.force_login(stranger)

    refused = send(client, network, xlsx(example())).content.decode()

    assert "Keep these questions" not in refused
    assert "what was chosen is not offered" in refused


@pytest.mark.parametrize(
    ("role", "status"), [(Role.HR, 200), (Role.MANAGEMENT, 200), (Role.ADMIN, 404), (Role.MEMBER, 404)]
)
def test_hr_and_management_of_the_network_s_organisations_may(
    client, network: Network, role: Role, status: int
) -> None:
    organisation, person = OrganisationFactory.create(), PersonFactory.create()
    part_of(network, organisation)
    grant(person, role, organisation=organisation)
    client.force_login(person)

    assert [client.get(ADDRESS).status_code, client.get("/surveys/instruments/template.xlsx").status_code] == [
        status
    ] * 2


def test_every_fault_has_a_sentence_in_three_languages() -> None:
    assert set(SENTENCES) == set(FormFaultCode)
    for language in ("fi", "sv"):
        with translation.override(language):
            assert [text for text in SENTENCES.values() if translation.gettext(text) == text] == []


def test_the_example_is_read_without_a_fault() -> None:
    assert len(read_sheet(xlsx(example()), "x.xlsx").items) == 3
    assert BytesIO(xlsx(example())).read(2) == b"PK"
