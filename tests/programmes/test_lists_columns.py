"""What headings mean: said once by a coordinator, remembered; and the model's own questions as columns."""

import pytest

from luotsi.core import jobs
from luotsi.core.errors import RefusedError
from luotsi.core.models import Job, StoredFile
from luotsi.programmes.enums import ImportState
from luotsi.programmes.formats.list_columns import columns_for, own_questions
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.lists import ColumnMapping, ImportRun
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.lists import counts_of
from luotsi.programmes.services import imports
from tests.factories.people import coordinator_of
from tests.factories.programmes import open_round
from tests.pages import errors_of
from tests.programmes.sheets import AINO, BO, HEADERS, csv_of

pytestmark = pytest.mark.django_db
STRANGE = ("Etunimi", "Sukunimi", "Tavoita minut", "Osallistun", "Kielet", "Kengännumero")
ROW = {
    "Etunimi": "Aino",
    "Sukunimi": "Äijälä",
    "Tavoita minut": "aino@example.org",
    "Osallistun": "mentori",
    "Kielet": "suomi",
    "Kengännumero": "42",
}
SAID = {
    "Etunimi": "given_name",
    "Sukunimi": "family_name",
    "Tavoita minut": "email",
    "Osallistun": "role",
    "Kielet": "languages",
    "Kengännumero": "",
}


@pytest.fixture
def round_():
    return open_round()


@pytest.fixture
def coordinator(round_):
    return coordinator_of(round_.programme.network)


def work() -> None:
    Job.objects.filter(name="comms.deliver").delete()
    jobs.run_waiting()
    assert list(Job.objects.filter(state="failed")) == []


def staged(round_, content: bytes, by) -> ImportRun:
    run = imports.stage_import(round_, name="hakijat.csv", content=content, by=by)
    work()
    run.refresh_from_db()
    return run


def strange() -> bytes:
    return csv_of(ROW, headers=STRANGE)


def test_a_list_with_strange_headings_waits_to_hear_what_they_mean(round_, coordinator) -> None:
    run = staged(round_, strange(), coordinator)

    assert (run.state, run.fault["facts"]["columns"]) == (ImportState.COLUMNS, ["email", "role"])
    assert dict(run.mapping) == SAID | {"Tavoita minut": "", "Osallistun": ""}
    assert [heading for heading, _key in run.mapping] == list(STRANGE)
    assert (run.rows.count(), Application.objects.count(), StoredFile.objects.count()) == (0, 0, 1)


def test_it_is_read_as_was_said_and_the_next_one_by_itself(round_, coordinator) -> None:
    run = staged(round_, strange(), coordinator)
    imports.map_columns(run, SAID, by=coordinator)
    work()
    run.refresh_from_db()
    assert (run.state, counts_of(run)) == (ImportState.READY, {"new": 1})

    turned = tuple(reversed(STRANGE))
    again = staged(round_, csv_of(ROW | {"Tavoita minut": "bo@example.org"}, headers=turned), coordinator)

    assert (again.state, counts_of(again), dict(again.mapping)) == (ImportState.READY, {"new": 1}, SAID)
    assert ColumnMapping.objects.count() == 1


def test_what_was_said_is_of_this_network_alone(round_, coordinator) -> None:
    imports.map_columns(staged(round_, strange(), coordinator), SAID, by=coordinator)
    work()
    elsewhere = open_round()

    run = staged(elsewhere, strange(), coordinator_of(elsewhere.programme.network))

    assert run.state == ImportState.COLUMNS


def test_a_heading_that_we_know_can_be_passed_over_for_another(round_, coordinator) -> None:
    headers = (*HEADERS, "Kotimaakunta")
    run = staged(round_, csv_of(AINO | {"Kotimaakunta": "Kainuu"}, headers=headers), coordinator)
    assert (run.state, run.unknown_columns) == (ImportState.READY, ["Kotimaakunta"])

    imports.map_columns(run, dict(run.mapping) | {"Maakunta": "", "Kotimaakunta": "region"}, by=coordinator)
    work()

    assert [row.kept["answers"]["region"] for row in run.rows.all()] == ["18"]


@pytest.mark.parametrize(
    "said",
    [SAID | {"Kengännumero": "email"}, SAID | {"Kengännumero": "shoe_size"}, {"Etunimi": "given_name"}],
    ids=["twice", "no such column", "not all headings"],
)
def test_what_makes_no_sense_is_not_remembered(round_, coordinator, said: dict[str, str]) -> None:
    run = staged(round_, strange(), coordinator)

    with pytest.raises(RefusedError):
        imports.map_columns(run, said, by=coordinator)

    run.refresh_from_db()
    assert (run.state, ColumnMapping.objects.count()) == (ImportState.COLUMNS, 0)


def test_a_list_that_is_taken_is_not_read_again(round_, coordinator) -> None:
    run = staged(round_, csv_of(AINO | {"Koko": "42"}, headers=(*HEADERS, "Koko")), coordinator)
    imports.apply_import(run, by=coordinator)
    work()
    run.refresh_from_db()

    with pytest.raises(RefusedError):
        imports.map_columns(run, dict(run.mapping), by=coordinator)

    assert (Application.objects.count(), run.file) == (1, None)


def test_a_coordinator_of_another_network_says_nothing_here(round_, coordinator) -> None:
    run = staged(round_, strange(), coordinator)
    stranger = coordinator_of(open_round().programme.network)

    with pytest.raises(RefusedError):
        imports.map_columns(run, SAID, by=stranger)

    assert ColumnMapping.objects.count() == 0


# The page


def page_of(client, round_) -> str:
    run = ImportRun.objects.get(round=round_)
    return f"/programmes/{round_.programme.ref}/imports/{run.ref}/columns/"


def test_the_page_shows_each_heading_and_what_it_is_taken_for(client, round_, coordinator) -> None:
    staged(round_, strange(), coordinator)
    client.force_login(coordinator)

    page = client.get(page_of(client, round_)).content.decode()
    run_page = client.get(page_of(client, round_).removesuffix("columns/")).content.decode()

    assert all(heading in page for heading in STRANGE)
    assert page.count("selected") == 6
    assert "needed and were not found: E-mail, Role. Say which headings" in run_page
    assert "Say what the columns mean" in run_page


def test_the_page_keeps_what_was_chosen_when_something_is_missing(client, round_, coordinator) -> None:
    staged(round_, strange(), coordinator)
    client.force_login(coordinator)
    chosen = {f"heading_{place}": key or "-" for place, key in enumerate(SAID.values())}

    lacking = client.post(page_of(client, round_), chosen | {"heading_3": "email"})
    whole = client.post(page_of(client, round_), chosen)

    assert errors_of(lacking) == [
        "Say which heading means each of these: Role.",
        "“Tavoita minut” means “E-mail” already. Choose something else, or pass this one over.",
    ]
    assert whole.status_code == 302
    work()
    assert counts_of(ImportRun.objects.get()) == {"new": 1}


def test_a_list_that_needs_no_saying_leads_back(client, round_, coordinator) -> None:
    staged(round_, csv_of(AINO), coordinator)
    client.force_login(coordinator)

    assert client.get(page_of(client, round_)).status_code == 302


# Own questions


def test_answers_to_the_models_own_questions_are_kept(round_, coordinator) -> None:
    headers = (*HEADERS, "What describes your situation best?", "goal")
    row = AINO | {"What describes your situation best?": "Haen työtä", "goal": "=töissä"}
    run = staged(round_, csv_of(row, headers=headers), coordinator)
    imports.apply_import(run, by=coordinator)
    work()

    assert Application.objects.get().told == {"situation": "looking_for_work", "goal": "=töissä"}


def test_an_answer_that_is_not_offered_is_a_fault_of_its_row(round_, coordinator) -> None:
    run = staged(round_, csv_of(AINO | {"situation": "?"}, headers=(*HEADERS, "situation")), coordinator)

    [row] = run.rows.all()
    assert (row.outcome, row.faults[0]["column"], row.faults[0]["code"]) == (
        "refused",
        "told.situation",
        "not_a_choice",
    )


def test_an_answer_that_is_not_asked_in_this_role_is_left_out(round_, coordinator) -> None:
    run = staged(round_, csv_of(BO | {"situation": "Opiskelen"}, headers=(*HEADERS, "situation")), coordinator)
    assert [fault["code"] for fault in run.rows.get().faults] == ["not_asked"]

    imports.apply_import(run, by=coordinator)
    work()

    assert Application.objects.get().told == {}


def test_no_heading_of_a_shipped_model_means_two_columns(round_) -> None:
    model = model_in(round_.programme.description)

    assert {"told.situation", "told.goal"} <= set(own_questions(model))
    assert {column.key for column in columns_for(model)} >= set(own_questions(model))


def test_no_list_is_taken_where_everybody_applies_in_person(round_, coordinator) -> None:
    text = round_.programme.description
    round_.programme.amend(description=f"{text}\nenrolment:\n  self_only: yes\n" if "\nenrolment:" not in text else text.replace("\nenrolment:\n", "\nenrolment:\n  self_only: yes\n"))  # fmt: skip
    assert model_in(round_.programme.description).enrolment.self_only

    with pytest.raises(RefusedError, match="everybody applies in person"):
        imports.stage_import(round_, name="x.csv", content=csv_of(AINO), by=coordinator)

    assert (ImportRun.objects.count(), StoredFile.objects.count()) == (0, 0)
