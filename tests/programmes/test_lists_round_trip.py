"""A round goes out as a list, is changed in a spreadsheet, and comes in again: what differs is shown, then taken."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from luotsi.core import jobs
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry, Job
from luotsi.core.tables.csv_writing import write_csv
from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx
from luotsi.people.models import Person
from luotsi.programmes.enums import ApplicationState, CameBy, ImportState
from luotsi.programmes.formats.answers import answers_from_json, answers_to_json
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.lists import ImportRun
from luotsi.programmes.queries.lists import counts_of
from luotsi.programmes.services import imports
from luotsi.programmes.services.exports import export_applications
from luotsi.programmes.services.forgetting import forget_applications
from tests.factories.people import OrganisationFactory, PersonFactory, coordinator_of, part_of
from tests.factories.programmes import ApplicationFactory, answers, open_round
from tests.pages import rows_of
from tests.programmes.formats.test_applicants import ANSWERS
from tests.programmes.sheets import AINO, BO, HEADERS, csv_of

pytestmark = pytest.mark.django_db


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


def staged(round_, content: bytes, by: Person) -> ImportRun:
    run = imports.stage_import(round_, name="hakijat.xlsx", content=content, by=by)
    work()
    run.refresh_from_db()
    return run


def applied(run: ImportRun) -> ImportRun:
    imports.apply_import(run, by=run.started_by)
    work()
    run.refresh_from_db()
    return run


def outcomes(run: ImportRun) -> list[tuple[int, str, list[str]]]:
    rows = run.rows.order_by("number")
    return [(row.number, row.outcome, [fault["code"] for fault in row.faults]) for row in rows]


def exported(round_, by: Person, language: str = "fi", kind: str = "xlsx") -> bytes:
    table = export_applications(round_, language=language, by=by)
    if kind == "csv":
        return write_csv([table.headings, *table.rows], language=language)
    return write_xlsx([Sheet(title="Luotsi", headers=table.headings, rows=table.rows)])


def edited(content: bytes, *cells: tuple[int, str, Any]) -> bytes:
    """The workbook after somebody has written into cells: row, heading, value."""
    workbook = load_workbook(BytesIO(content))
    [sheet] = workbook.worksheets
    headings = [cell.value for cell in sheet[1]]
    for row, heading, value in cells:
        sheet.cell(row=row, column=headings.index(heading) + 1).value = value
    kept = BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def some(round_) -> list[Application]:
    """Applications of different kinds: by the form, decided, with things that are hard to write down."""
    college = OrganisationFactory.create(name="Rannikon opisto, Kokkola")
    part_of(round_.programme.network, college)
    awkward = answers_to_json(answers(organisation="=SUM(A1); oy", languages=("sv", "fa_AF"), is_remote=False))
    awkward["offers"] = [["Word, Excel / muut", 4], ["Käsityö (9)", 2]]
    plain = ApplicationFactory.create(round=round_, person=PersonFactory.create(email="aino@example.org"))
    by_form = ApplicationFactory.create(
        round=round_,
        person=PersonFactory.create(given_name="Cher", family_name="", email="cher@example.org"),
        organisation=college,
        came_by=CameBy.FORM,
        told={"goal": "-työ\nja muuta;", "situation": "working", "region": "r16", "is_remote": "yes"},
    )
    decided = ApplicationFactory.create(
        round=round_, state=ApplicationState.ACCEPTED, role="mentor", external_id="A-7", answers=awkward
    )
    return [plain, by_form, decided]


def snapshot(round_) -> list[dict[str, Any]]:
    return [dict(row) for row in Application.objects.filter(round=round_).order_by("pk").values()]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_untouched_list_says_nothing_new(round_, coordinator, language: str, kind: str) -> None:
    some(round_)
    before = snapshot(round_)

    run = staged(round_, exported(round_, coordinator, language, kind), coordinator)

    assert outcomes(run) == [(2, "same", []), (3, "same", []), (4, "same", [])]
    assert run.unknown_columns == []
    with pytest.raises(RefusedError):
        imports.apply_import(run, by=coordinator)
    assert snapshot(round_) == before


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANSWERS, min_size=1, max_size=4))
def test_whatever_was_answered_an_untouched_list_says_nothing_new(db, told) -> None:
    round_ = open_round()
    coordinator = coordinator_of(round_.programme.network)
    for each in told:
        ApplicationFactory.create(round=round_, answers=answers_to_json(each))

    run = staged(round_, edited(exported(round_, coordinator)), coordinator)

    assert counts_of(run) == {"same": len(told)}


def test_only_what_was_changed_is_taken(round_, coordinator) -> None:
    plain, by_form, _decided = some(round_)
    content = exported(round_, coordinator)
    content = edited(content, (2, "Maakunta", "Kainuu"), (2, "Paikat", 3), (3, "Vuosia työelämässä", 12))

    run = staged(round_, content, coordinator)

    assert [(row.outcome, row.before) for row in run.rows.order_by("number")] == [
        ("changed", {"places": 1, "region": "16"}),
        ("changed", {"experience": None}),
        ("same", {}),
    ]
    applied(run)
    plain.refresh_from_db()
    assert (plain.answers["region"], plain.answers["places"]) == ("18", 3)
    told, organisation = by_form.told, by_form.organisation_id
    by_form.refresh_from_db()
    assert (by_form.answers["experience"], by_form.told, by_form.organisation_id) == (12, told, organisation)
    assert AuditEntry.objects.filter(verb="programmes.application_changed").count() == 2
    assert {(row.before == {}, row.kept == {}) for row in run.rows.all()} == {(True, True)}


def test_what_the_form_holds_follows_the_list(round_, coordinator) -> None:
    some(round_)
    content = edited(
        exported(round_, coordinator), (3, "Maakunta", "Kainuu"), (3, "Mikä kuvaa tilannettasi parhaiten?", "")
    )

    applied(staged(round_, content, coordinator))

    application = Application.objects.get(came_by=CameBy.FORM)
    assert application.told == {"goal": "-työ\nja muuta;", "region": "r18", "is_remote": "yes"}
    assert answers_from_json(application.answers).region == "18"


def test_a_decided_one_is_refused_and_says_why(round_, coordinator) -> None:
    some(round_)
    before = snapshot(round_)

    run = staged(round_, edited(exported(round_, coordinator), (4, "Maakunta", "Kainuu")), coordinator)

    assert outcomes(run)[2] == (4, "refused", ["decided"])
    with pytest.raises(RefusedError):
        imports.apply_import(run, by=coordinator)
    assert snapshot(round_) == before


def test_nobody_is_accepted_by_a_list(round_, coordinator) -> None:
    some(round_)

    run = staged(round_, edited(exported(round_, coordinator), (2, "Hakemuksen tila", "hyväksytty")), coordinator)

    assert outcomes(run)[0] == (2, "same", ["state_not_taken"])


def test_another_address_with_the_same_id_is_the_same_application(round_, coordinator) -> None:
    plain, *_others = some(round_)
    content = edited(exported(round_, coordinator), (2, "Sähköposti", "new@example.org"), (2, "Paikat", 2))

    run = applied(staged(round_, content, coordinator))

    assert outcomes(run)[0] == (2, "changed", ["other_address"])
    plain.refresh_from_db()
    assert plain.answers["places"] == 2
    assert EmailAddress.objects.filter(email="new@example.org").count() == 0
    assert Application.objects.filter(round=round_).count() == 3


def test_the_id_of_a_list_is_remembered(round_, coordinator) -> None:
    headers = (*HEADERS, "Tunniste")
    applied(staged(round_, csv_of(AINO | {"Tunniste": "K-1"}, BO | {"Tunniste": "K-2"}, headers=headers), coordinator))
    rows = (
        AINO | {"Tunniste": "K-1", "Sähköposti": "aino.a@example.org"},
        BO | {"Tunniste": "K-1"},
        BO | {"Tunniste": "K-2"},
        AINO | {"Tunniste": "K-2", "Sähköposti": "third@example.org"},
        AINO | {"Tunniste": "K-3", "Sähköposti": "fourth@example.org"},
        BO | {"Tunniste": "K-3", "Sähköposti": "fifth@example.org"},
    )

    run = staged(round_, csv_of(*rows, headers=headers), coordinator)

    assert outcomes(run) == [
        (2, "same", ["other_address"]),
        (3, "refused", ["id_of_another"]),
        (4, "same", []),
        (5, "duplicate", ["twice"]),
        (6, "new", ["unknown_organisation"]),
        (7, "duplicate", ["twice_id"]),
    ]
    assert sorted(Application.objects.values_list("external_id", flat=True)) == ["K-1", "K-2"]


def test_what_was_changed_meanwhile_stays(round_, coordinator) -> None:
    plain, *_others = some(round_)
    run = staged(round_, edited(exported(round_, coordinator), (2, "Maakunta", "Kainuu")), coordinator)
    plain.amend(answers=plain.answers | {"region": "15"})

    applied(run)

    assert outcomes(run)[0] == (2, "refused", ["changed_meanwhile"])
    plain.refresh_from_db()
    assert plain.answers["region"] == "15"


def test_a_column_that_is_not_in_the_list_changes_nothing(round_, coordinator) -> None:
    some(round_)
    headers = ("Etunimi", "Sukunimi", "Sähköposti", "Rooli", "Kielet")

    run = staged(round_, csv_of(AINO | {"Kielet": "suomi"}, headers=headers), coordinator)

    assert outcomes(run) == [(2, "same", [])]


def test_a_round_that_has_closed_takes_nobody(round_, coordinator) -> None:
    run = staged(round_, csv_of(AINO), coordinator)
    imports.apply_import(run, by=coordinator)
    round_.programme.amend(state="closed")

    work()
    run.refresh_from_db()

    assert (run.state, outcomes(run)) == (
        ImportState.APPLIED,
        [(2, "refused", ["unknown_organisation", "no_longer_open"])],
    )
    assert (Application.objects.count(), Person.objects.count()) == (0, 1)


def test_the_list_of_another_network_is_not_taken_out(round_, coordinator) -> None:
    elsewhere = open_round()
    some(elsewhere)

    with pytest.raises(RefusedError):
        export_applications(elsewhere, language="fi", by=coordinator)
    assert list(export_applications(round_, language="fi", by=coordinator).rows) == []


# The pages


def test_the_page_shows_what_becomes_of_what(client, round_, coordinator) -> None:
    some(round_)
    client.force_login(coordinator)
    address = f"/programmes/{round_.programme.ref}"
    content = client.get(f"{address}/applications.xlsx").content
    content = edited(content, (2, "Region", "Kainuu"), (2, "Role", "mentor"), (2, "Years in working life", 4))
    run = staged(round_, content, coordinator)

    page = client.get(f"{address}/imports/{run.ref}/")

    assert rows_of(page) == [
        ["2", "Role", "“mentee” becomes “mentor”.", "changes an application"],
        ["2", "Region", "“Central Ostrobothnia” becomes “Kainuu”.", "changes an application"],
        ["2", "Years in working life", "Nothing stands there now. “4” comes in.", "changes an application"],
    ]
    assert "Take the 1 good row" in page.content.decode()


def test_a_list_goes_out_in_the_readers_language_with_signs_guarded(client, round_, coordinator) -> None:
    some(round_)
    client.force_login(coordinator)
    client.cookies["language"] = "sv"

    response = client.get(f"/programmes/{round_.programme.ref}/applications.csv")

    text = response.content.decode("utf-8-sig")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert text.splitlines()[0].startswith("Förnamn;Efternamn;E-post;Roll;Språk;Landskap;Organisation;")
    assert '"\'=SUM(A1); oy"' in text
    assert "\"'-työ\n" in text.replace("\r\n", "\n")
    assert AuditEntry.objects.get(verb="programmes.list_exported").facts.facts == '{"rows": 3}'


def test_people_who_were_forgotten_or_never_asked_are_not_in_the_list(client, round_, coordinator) -> None:
    plain, *_others = some(round_)
    Person.objects.filter(pk=plain.person_id).update(erased_at=date(2026, 3, 1).isoformat() + "T00:00Z")

    with translation.override("en"):
        rows = list(export_applications(round_, language="en", by=coordinator).rows)

    assert [row[2] for row in rows][:1] == ["cher@example.org"]
    assert len(rows) == 2


def test_who_is_forgotten_loses_the_id_too(round_, coordinator) -> None:
    *_others, decided = some(round_)

    forget_applications(decided.person, by=coordinator)

    decided.refresh_from_db()
    assert (decided.external_id, decided.answers) == ("", {})
