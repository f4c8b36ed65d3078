from datetime import date, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.files.storage import default_storage
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core import jobs
from luotsi.core.errors import RefusedError
from luotsi.core.models import Job, StoredFile
from luotsi.people.models import Person
from luotsi.programmes.enums import ApplicationState, ImportState, ProgrammeState, RowOutcome
from luotsi.programmes.formats.answers import Answers, Skill, answers_from_json
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.lists import ImportRow, ImportRun
from luotsi.programmes.queries.lists import counts_of
from luotsi.programmes.services import imports
from luotsi.programmes.services.applications import decide
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of, part_of
from tests.factories.programmes import ApplicationFactory, open_round
from tests.programmes.sheets import AINO, BO, HEADERS, applicant, csv_of, xlsx_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return open_round()


@pytest.fixture
def coordinator(round_):
    return coordinator_of(round_.programme.network)


def work() -> None:
    """What the worker does, without the mail."""
    Job.objects.filter(name="comms.deliver").delete()
    jobs.run_waiting()
    assert list(Job.objects.filter(state="failed")) == []


def staged(round_, content: bytes, by: Person, name: str = "hakijat.csv") -> ImportRun:
    run = imports.stage_import(round_, name=name, content=content, by=by)
    work()
    run.refresh_from_db()
    return run


def applied(run: ImportRun) -> ImportRun:
    imports.apply_import(run, by=run.started_by)
    work()
    run.refresh_from_db()
    return run


def outcomes(run: ImportRun) -> list[tuple[int, str, list[str]]]:
    """Each row's number, outcome, and codes of its remarks."""
    rows = run.rows.order_by("number")
    return [(row.number, row.outcome, [fault["code"] for fault in row.faults]) for row in rows]


# From the file to people


def test_a_list_is_only_read_at_first(round_, coordinator) -> None:
    run = staged(round_, csv_of(AINO, BO), coordinator)

    assert run.state == ImportState.READY
    assert outcomes(run) == [(2, "new", ["unknown_organisation"]), (3, "new", [])]
    assert Application.objects.count() == 0
    assert list(Person.objects.all()) == [coordinator]
    assert [message.kind for message in Message.objects.all()] == ["programmes.list_read"]


def test_the_good_rows_become_people_with_applications(round_, coordinator) -> None:
    run = applied(staged(round_, csv_of(AINO, BO), coordinator))

    assert run.state == ImportState.APPLIED
    aino, bo = Application.objects.order_by("pk")
    assert (str(aino.person), aino.person.language, aino.person.region) == ("Aino Äijälä", "fi", "16")
    assert (aino.role, aino.state, aino.submitted_on) == ("mentee", "submitted", date(2026, 2, 1))
    assert answers_from_json(aino.answers) == Answers(
        languages=("fi", "sv"),
        region="16",
        organisation="Rannikon opisto",
        needs=(Skill(name="johtaminen", grade=5), Skill(name="kielet")),
        musts=frozenset({"johtaminen"}),
        is_remote=True,
        experience=2,
    )
    assert (str(bo.person), bo.person.language, bo.role) == ("Bo Öst", "sv", "mentor")
    assert answers_from_json(bo.answers) == Answers(
        languages=("sv", "en"),
        region="15",
        offers=(Skill(name="Johtaminen", grade=4),),
        places=2,
        is_vetted=True,
        experience=20,
    )
    assert list(EmailAddress.objects.filter(user=bo.person).values_list("email", "verified")) == [
        ("bo@example.org", False)
    ]
    assert outcomes(run) == [(2, "taken", ["unknown_organisation"]), (3, "taken", [])]


def test_what_was_typed_is_forgotten_once_it_is_taken(round_, coordinator) -> None:
    run = applied(staged(round_, csv_of(AINO, AINO, BO), coordinator))

    assert [(row.kept, row.email_key) for row in run.rows.all()] == [({}, "")] * 3
    assert [(fault["code"], fault["value"]) for row in run.rows.order_by("number") for fault in row.faults] == [
        ("unknown_organisation", "Rannikon opisto"),
        ("twice", ""),
    ]


def test_the_file_is_forgotten_once_it_is_read(round_, coordinator, django_capture_on_commit_callbacks) -> None:
    run = imports.stage_import(round_, name="hakijat.csv", content=csv_of(AINO), by=coordinator)
    path = StoredFile.objects.get().path

    with django_capture_on_commit_callbacks(execute=True):
        work()

    run.refresh_from_db()
    assert run.file is None
    assert StoredFile.objects.count() == 0
    assert default_storage.exists(path) is False


def test_a_workbook_is_read_like_a_csv(round_, coordinator) -> None:
    rows = AINO | {"Ilmoittautunut": date(2026, 2, 1), "Vuosia työelämässä": 2}, BO | {"Paikat": 2}

    applied(staged(round_, xlsx_of(*rows), coordinator, "hakijat.xlsx"))

    assert sorted(Application.objects.values_list("person__given_name", "submitted_on")) == [
        ("Aino", date(2026, 2, 1)),
        ("Bo", timezone.localdate()),
    ]


def test_windows_letters_are_read(round_, coordinator) -> None:
    applied(staged(round_, csv_of(AINO, BO, encoding="cp1252"), coordinator))

    assert sorted(str(person) for person in Person.objects.exclude(pk=coordinator.pk)) == ["Aino Äijälä", "Bo Öst"]


@pytest.mark.parametrize(
    "headers",
    [
        ("Förnamn", "Efternamn", "E-post", "Roll", "Språk", "Landskap"),
        ("Given name", "Family name", "E-mail", "Role", "Languages", "Region"),
    ],
)
def test_the_columns_may_be_in_swedish_or_english(round_, coordinator, headers: tuple[str, ...]) -> None:
    cells = dict(zip(headers, ("Bo", "Öst", "bo@example.org", "mentor", "svenska", "Österbotten"), strict=True))

    applied(staged(round_, csv_of(cells, headers=headers), coordinator))

    assert list(Application.objects.values_list("person__given_name", "role")) == [("Bo", "mentor")]


def test_columns_that_mean_nothing_here_are_named(round_, coordinator) -> None:
    content = csv_of(AINO | {"Kengännumero": "42"}, headers=(*HEADERS, "Kengännumero"))

    run = staged(round_, content, coordinator)

    assert run.unknown_columns == ["Kengännumero"]
    assert counts_of(run) == {"new": 1}


def test_an_organisation_of_the_network_is_found_however_it_is_written(round_, coordinator) -> None:
    college = OrganisationFactory.create(name="Rannikon Opisto")
    part_of(round_.programme.network, college)
    part_of(NetworkFactory.create(), OrganisationFactory.create(name="Toinen opisto"))

    run = applied(staged(round_, csv_of(AINO, applicant(1, Organisaatio="Toinen opisto"), BO), coordinator))

    assert outcomes(run) == [(2, "taken", []), (3, "taken", ["unknown_organisation"]), (4, "taken", [])]
    assert list(Application.objects.order_by("pk").values_list("organisation", flat=True)) == [college.pk, None, None]


def test_a_known_person_is_not_renamed(round_, coordinator) -> None:
    known = PersonFactory.create(given_name="Aino-Maria", family_name="Äijälä", email="aino@example.org")

    applied(staged(round_, csv_of(AINO | {"Sähköposti": " AINO@Example.ORG "}), coordinator))

    known.refresh_from_db()
    assert str(known) == "Aino-Maria Äijälä"
    assert list(Application.objects.values_list("person", flat=True)) == [known.pk]


# Every fault

FAULTS = [
    ({"Sähköposti": ""}, ["missing"], "email"),
    ({"Rooli": ""}, ["missing"], "role"),
    ({"Kielet": ""}, ["missing"], "languages"),
    ({"Etunimi": ""}, ["missing"], "given_name"),
    ({"Sähköposti": "aino(at)example.org"}, ["not_an_email"], "email"),
    ({"Sähköposti": "a..b@example.org"}, ["not_an_email"], "email"),
    ({"Rooli": "tukihenkilö"}, ["not_a_choice"], "role"),
    ({"Kielet": "sumoi"}, ["not_a_choice"], "languages"),
    ({"Maakunta": "Häme"}, ["not_a_choice"], "region"),
    ({"Ilmoittautunut": "31.2.2026"}, ["no_such_date"], "submitted_on"),
    ({"Ilmoittautunut": "5.2.26"}, ["short_year"], "submitted_on"),
    ({"Ilmoittautunut": "eilen"}, ["not_a_date"], "submitted_on"),
    ({"Paikat": "monta"}, ["not_a_number"], "places"),
    ({"Paikat": "1,5"}, ["not_whole"], "places"),
    ({"Paikat": "0"}, ["out_of_range"], "places"),
    ({"Paikat": "51"}, ["out_of_range"], "places"),
    ({"Vuosia työelämässä": "200"}, ["out_of_range"], "experience"),
    ({"Alaikäinen": "ehkä"}, ["not_yes_or_no"], "is_minor"),
    ({"Rikosrekisteriote tarkistettu": "pian"}, ["not_yes_or_no"], "is_vetted"),
    ({"Rikosrekisteriote tarkistettu": "31.2.2026"}, ["no_such_date"], "is_vetted"),
    ({"Etunimi": '=HYPERLINK("http://example.org/")'}, ["looks_like_formula"], "given_name"),
    ({"Sukunimi": "#REF!"}, ["formula_error"], "family_name"),
    ({"Sukunimi": "x" * 101}, ["too_long"], "family_name"),
    ({"Organisaatio": "x" * 201}, ["too_long"], "organisation"),
    ({"Taidot (tarve)": ";".join(f"taito {number}" for number in range(51))}, ["too_many"], "needs"),
    ({"Taidot (tarve)": "y" * 101}, ["too_long"], "needs"),
]


@pytest.mark.parametrize(("cells", "codes", "column"), FAULTS, ids=[str(cells)[:50] for cells, _, _ in FAULTS])
def test_a_row_with_a_fault_is_not_taken_and_says_why(round_, coordinator, cells, codes, column) -> None:
    run = staged(round_, csv_of(AINO | cells, BO), coordinator)

    [row] = run.rows.filter(outcome=RowOutcome.REFUSED)
    assert (row.number, [fault["code"] for fault in row.faults]) == (2, codes)
    assert {fault["column"] for fault in row.faults} == {column}
    applied(run)
    assert list(Application.objects.values_list("person__given_name", flat=True)) == ["Bo"]


def test_a_row_says_all_that_is_wrong_with_it(round_, coordinator) -> None:
    run = staged(round_, csv_of(AINO | {"Rooli": "x", "Ilmoittautunut": "5.2.26", "Paikat": "0"}), coordinator)

    assert outcomes(run) == [(2, "refused", ["not_a_choice", "short_year", "out_of_range"])]


def test_the_same_address_twice_counts_once(round_, coordinator) -> None:
    again = AINO | {"Etunimi": "Aino M.", "Sähköposti": "AINO@example.org"}

    run = applied(staged(round_, csv_of(AINO, BO, again), coordinator))

    assert outcomes(run) == [(2, "taken", ["unknown_organisation"]), (3, "taken", []), (4, "duplicate", ["twice"])]
    assert run.rows.get(number=4).faults[0]["facts"] == {"row": 2}
    assert sorted(Application.objects.values_list("person__given_name", flat=True)) == ["Aino", "Bo"]


def test_a_good_row_counts_when_an_earlier_one_with_its_address_has_a_fault(round_, coordinator) -> None:
    run = staged(round_, csv_of(AINO | {"Rooli": "?"}, AINO), coordinator)

    assert [(number, outcome) for number, outcome, _codes in outcomes(run)] == [(2, "refused"), (3, "new")]


# The whole file


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 not a table", "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image"),
        (b"<!doctype html><table></table>", "web_page"),
        (b"PK\x03\x04 broken", "damaged"),
        (csv_of(AINO, headers=("Nimi", "Kenkä")), "no_header"),
        (csv_of(AINO, headers=("Etunimi", "Sukunimi")), "missing_columns"),
        (csv_of(AINO, headers=(*HEADERS, "Förnamn")), "repeated_header"),
        (csv_of(AINO, headers=(*HEADERS, "Henkilötunnus")), "identity_code"),
        (csv_of(AINO | {"Organisaatio": "131052-308T"}), "identity_code"),
        (csv_of(*(applicant(number) for number in range(520)), AINO | {"Sukunimi": "131052-308T"}), "identity_code"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(round_, coordinator, content: bytes, code: str) -> None:
    run = staged(round_, content, coordinator)

    assert (run.state, run.fault["code"]) == (ImportState.REFUSED, code)
    assert run.rows.count() == Application.objects.count() == 0
    assert [message.kind for message in Message.objects.all()] == ["programmes.list_refused"]


def test_a_refused_list_is_not_taken(round_, coordinator) -> None:
    run = staged(round_, b"%PDF-", coordinator)

    with pytest.raises(RefusedError):
        imports.apply_import(run, by=coordinator)

    run.refresh_from_db()
    assert run.state == ImportState.REFUSED


def test_the_one_who_started_is_told_in_the_own_language(round_) -> None:
    coordinator = coordinator_of(round_.programme.network, language="sv")

    applied(staged(round_, csv_of(AINO, BO | {"Rooli": "?"}), coordinator))

    assert [(message.subject, message.lines) for message in Message.objects.order_by("pk")] == [
        (
            "Listan hakijat.csv har lästs",
            ["1 rad kan tas in.", "1 rad har något att rätta.", "Ingen har tagits in än: titta på listan först."],
        ),
        (
            "Listan hakijat.csv har tagits in",
            ["1 ny ansökan kom in.", "0 ansökningar ändrades.", "1 rad togs inte in."],
        ),
    ]


# Again


def test_the_same_list_again_changes_nothing(round_, coordinator) -> None:
    applied(staged(round_, csv_of(AINO, BO), coordinator))
    before = list(Application.objects.values())

    run = staged(round_, csv_of(AINO, BO), coordinator)

    assert [outcome for _number, outcome, _codes in outcomes(run)] == ["same", "same"]
    with pytest.raises(RefusedError):
        imports.apply_import(run, by=coordinator)
    assert list(Application.objects.values()) == before


def test_a_changed_row_changes_the_application_that_waits(round_, coordinator) -> None:
    applied(staged(round_, csv_of(AINO, BO), coordinator))

    run = applied(staged(round_, csv_of(AINO | {"Maakunta": "Kainuu"}, BO), coordinator))

    assert [(number, outcome) for number, outcome, _codes in outcomes(run)] == [(2, "changed"), (3, "same")]
    aino, _bo = Application.objects.order_by("pk")
    assert answers_from_json(aino.answers).region == "18"
    assert aino.submitted_on == date(2026, 2, 1)


def test_a_decided_application_is_not_changed_by_a_list(round_, coordinator) -> None:
    applied(staged(round_, csv_of(AINO), coordinator))
    application = Application.objects.select_related("round__programme__network").get()
    decide(application, ApplicationState.ACCEPTED, by=coordinator)

    run = staged(round_, csv_of(AINO | {"Maakunta": "Kainuu"}), coordinator)

    assert outcomes(run) == [(2, "refused", ["decided"])]
    application.refresh_from_db()
    assert answers_from_json(application.answers).region == "16"


def test_what_is_decided_between_reading_and_taking_stays(round_, coordinator) -> None:
    applied(staged(round_, csv_of(AINO), coordinator))
    run = staged(round_, csv_of(AINO | {"Maakunta": "Kainuu"}, BO), coordinator)
    application = Application.objects.select_related("round__programme__network").get()
    decide(application, ApplicationState.DECLINED, by=coordinator)

    applied(run)

    assert outcomes(run) == [(2, "refused", ["decided"]), (3, "taken", [])]
    application.refresh_from_db()
    assert answers_from_json(application.answers).region == "16"


def test_an_application_of_another_round_is_none_of_this_one(round_, coordinator) -> None:
    person = PersonFactory.create(email="aino@example.org")
    elsewhere = ApplicationFactory.create(person=person)

    applied(staged(round_, csv_of(AINO), coordinator))

    assert list(Application.objects.order_by("pk").values_list("person", "round")) == [
        (person.pk, elsewhere.round.pk),
        (person.pk, round_.pk),
    ]


class PowerCutError(Exception):
    """Somebody pulled the plug."""


def test_taking_goes_on_where_it_was_cut(round_, coordinator) -> None:
    run = staged(round_, csv_of(*(applicant(number) for number in range(600))), coordinator)
    imports.apply_import(run, by=coordinator)
    reports: list[tuple[int, int]] = []

    def cut(done: int, total: int) -> None:
        reports.append((done, total))
        raise PowerCutError

    with pytest.raises(PowerCutError):
        imports.carry_out_import(imports.import_run(run.ref), report=cut)
    first = list(Application.objects.order_by("pk").values_list("pk", flat=True))
    imports.carry_out_import(imports.import_run(run.ref), report=lambda *numbers: reports.append(numbers))

    run.refresh_from_db()
    assert run.state == ImportState.APPLIED
    assert (reports[0], reports[-1]) == ((len(first), 600), (600, 600))
    assert 0 < len(first) < 600
    assert list(Application.objects.order_by("pk").values_list("pk", flat=True))[: len(first)] == first
    assert Application.objects.count() == Person.objects.count() - 1 == 600
    assert counts_of(run) == {"taken": 600}


def test_reading_that_was_cut_begins_anew(round_, coordinator) -> None:
    run = imports.stage_import(
        round_, name="x.csv", content=csv_of(*(applicant(number) for number in range(3))), by=coordinator
    )

    def cut(_done: int, _total: int) -> None:
        raise PowerCutError

    with pytest.raises(PowerCutError):
        imports.read_import(imports.import_run(run.ref), report=cut)
    imports.read_import(imports.import_run(run.ref), report=lambda _done, _total: None)

    run.refresh_from_db()
    assert (run.state, run.rows.count()) == (ImportState.READY, 3)


def test_work_that_is_done_is_not_done_again(round_, coordinator) -> None:
    run = applied(staged(round_, csv_of(AINO, BO), coordinator))
    before = list(Application.objects.values())

    imports.carry_out_import(imports.import_run(run.ref), report=lambda _done, _total: None)
    imports.read_import(imports.import_run(run.ref), report=lambda _done, _total: None)

    assert list(Application.objects.values()) == before
    assert Message.objects.count() == 2


def test_a_list_is_taken_once(round_, coordinator) -> None:
    run = staged(round_, csv_of(AINO), coordinator)
    imports.apply_import(run, by=coordinator)

    with pytest.raises(RefusedError):
        imports.apply_import(run, by=coordinator)

    assert Job.objects.filter(name="programmes.apply_import").count() == 1


# Rights and forgetting


def test_a_stranger_brings_in_no_list(round_) -> None:
    stranger = coordinator_of(NetworkFactory.create())

    with pytest.raises(RefusedError):
        imports.stage_import(round_, name="x.csv", content=csv_of(AINO), by=stranger)

    assert ImportRun.objects.count() == StoredFile.objects.count() == Job.objects.count() == 0


def test_a_stranger_takes_no_list(round_, coordinator) -> None:
    run = staged(round_, csv_of(AINO), coordinator)

    with pytest.raises(RefusedError):
        imports.apply_import(run, by=coordinator_of(NetworkFactory.create()))

    run.refresh_from_db()
    assert run.state == ImportState.READY


def test_a_draft_takes_no_list() -> None:
    round_ = open_round(state=ProgrammeState.DRAFT)

    with pytest.raises(RefusedError):
        imports.stage_import(round_, name="x.csv", content=csv_of(AINO), by=coordinator_of(round_.programme.network))

    assert ImportRun.objects.count() == 0


def test_refused_rows_are_cleared_after_a_month(round_, coordinator) -> None:
    old = staged(round_, csv_of(AINO | {"Rooli": "tukihenkilö"}), coordinator)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        young = staged(round_, csv_of(AINO | {"Rooli": "tukihenkilö"}), coordinator)

        cleared = imports.clear_old_rows()

    assert cleared == 1
    [gone], [kept] = old.rows.all(), young.rows.all()
    assert (gone.kept, gone.email_key, gone.faults) == (
        {},
        "",
        [{"code": "not_a_choice", "column": "role", "value": "", "facts": {}}],
    )
    assert (kept.kept["role"], kept.email_key) == ("tukihenkilö", "aino@example.org")
    assert ImportRow.objects.count() == 2
