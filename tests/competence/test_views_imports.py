"""Pages of an import: handing in, looking, deciding; fetching; what is on its way."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luotsi.competence.enums import ImportState
from luotsi.competence.models import Framework, FrameworkImport
from luotsi.competence.services.imports import import_framework
from luotsi.core import jobs
from luotsi.core.actors import SYSTEM
from luotsi.core.models import Job
from luotsi.people.models import Person
from tests.factories.competence import requirement, unit_file
from tests.factories.people import NetworkFactory, coordinator_of
from tests.pages import errors_of, parts, queries_for, reasons_of, rows_of, said_on, title_of

pytestmark = pytest.mark.django_db

GUIDING = requirement("Ohjaaminen", ["ottaa vastaan"])
FEEDBACK = requirement("Palaute", ["antaa palautetta"])
REWORDED = requirement("Ohjaaminen", ["ottaa hyvin vastaan"])
UNIT = unit_file(GUIDING)
NOT_JSON = "The file is not whole JSON. Fetch it again from ePerusteet and choose that file."


@pytest.fixture
def coordinator(client) -> Person:
    person = coordinator_of(NetworkFactory.create())
    client.force_login(person)
    return person


def hand_in(client, content: bytes, name: str = "unit.json", **values: str):
    return client.post("/competence/import/", {"file": SimpleUploadedFile(name, content), **values}, follow=True)


def seen_on(page) -> str:
    [seen] = re.findall(r'name="seen" value="([^"]*)"', page.content.decode())
    return str(seen)


@pytest.mark.usefixtures("coordinator")
def test_something_new_is_shown_and_then_brought_in(client) -> None:
    page = hand_in(client, UNIT)
    nothing = Framework.objects.count()
    found = FrameworkImport.objects.get()
    done = client.post(f"/competence/imports/{found.ref}/apply/", {"seen": seen_on(page)}, follow=True)

    assert title_of(page) == "Kaverin ohjaaminen in Finnish"
    assert rows_of(page) == [
        ["Units and parts", "1", "0", "0", "0"], ["Requirements", "0", "0", "0", "0"],
        ["Things assessed", "1", "0", "0", "0"], ["Criteria", "1", "0", "0", "0"],
    ]  # fmt: skip
    assert (nothing, Framework.objects.count()) == (0, 1)
    assert said_on(done) == ["“Kaverin ohjaaminen” is here."]


@pytest.mark.usefixtures("coordinator")
def test_a_new_version_shows_what_is_added_changed_and_ended(client) -> None:
    import_framework(unit_file(GUIDING, FEEDBACK), by=SYSTEM)

    page = hand_in(client, unit_file(REWORDED, requirement("Turvallisuus", ["suojaa"])))

    assert rows_of(page) == [
        ["Units and parts", "0", "0", "0", "1"], ["Requirements", "0", "0", "0", "0"],
        ["Things assessed", "1", "1", "1", "0"], ["Criteria", "2", "0", "2", "0"],
    ]  # fmt: skip
    assert parts(page, r"<summary>(.*?)</summary>")[0] == "Ohjaaminen"
    within = r"<summary>Ohjaaminen</summary>(.*?)</details>"
    assert parts(page, r"<li>(.*?)</li>", within=within) == [
        "ottaa hyvin vastaan in Finnish", "ottaa vastaan in Finnish",
    ]  # fmt: skip


@pytest.mark.usefixtures("coordinator")
def test_the_same_again_and_an_older_one_cannot_be_brought_in(client) -> None:
    import_framework(unit_file(GUIDING, muokattu=1_800_000_000_000), by=SYSTEM)

    same = hand_in(client, unit_file(GUIDING, muokattu=1_800_000_000_000))
    older = hand_in(client, unit_file(FEEDBACK, muokattu=1_700_000_000_000))

    titles = [parts(page, r'<div class="alert[^"]*"><svg.*?<b>(.*?)</b>')[0] for page in (same, older)]
    assert titles == ["Nothing would change", "A newer version is here already"]
    assert [re.findall(r"/apply/", page.content.decode()) for page in (same, older)] == [[], []]


@pytest.mark.usefixtures("coordinator")
def test_putting_away_leads_back(client) -> None:
    hand_in(client, UNIT)
    found = FrameworkImport.objects.get()

    page = client.post(f"/competence/imports/{found.ref}/put-away/", follow=True)

    assert said_on(page) == ["It was put away. Nothing was changed."]
    assert (FrameworkImport.objects.get().state, Framework.objects.count()) == (ImportState.PUT_AWAY, 0)
    assert client.get(f"/competence/imports/{found.ref}/").status_code == 200


@pytest.mark.usefixtures("coordinator")
def test_a_late_decision_is_told_why(client) -> None:
    page = hand_in(client, UNIT)
    found = FrameworkImport.objects.get()
    import_framework(unit_file(FEEDBACK), by=SYSTEM)

    refused = client.post(f"/competence/imports/{found.ref}/apply/", {"seen": seen_on(page)})

    assert (refused.status_code, reasons_of(refused)) == (
        409, ["Another version came in at the same moment. Look at what this one would change now."],
    )  # fmt: skip


@pytest.mark.usefixtures("coordinator")
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty. Choose another one for “File”."),
        (b"x" * (20 * 1024 * 1024 + 1), "The file is too large. Choose one of 20 MB at most."),
        (
            b"<html></html>",
            f"{NOT_JSON} Where: line 1, character 1.",
        ),
    ],
    ids=["empty", "large", "html"],
)
def test_a_file_that_is_none_is_told_on_the_form(client, content: bytes, told: str) -> None:
    response = hand_in(client, content)

    assert errors_of(response) == [told]
    assert not FrameworkImport.objects.exists()


@pytest.mark.usefixtures("coordinator")
def test_no_file_at_all_is_told_on_the_form(client) -> None:
    assert errors_of(client.post("/competence/import/", {})) == ["Choose a file for “File”."]


def test_an_import_is_there_for_the_one_who_brought_it(client, coordinator) -> None:
    hand_in(client, UNIT)
    found = FrameworkImport.objects.get()
    other = coordinator_of(NetworkFactory.create())
    client.force_login(other)

    answers = [
        client.get(f"/competence/imports/{found.ref}/"), client.get(f"/competence/imports/{found.ref}/progress/"),
        client.post(f"/competence/imports/{found.ref}/apply/"), client.post(f"/competence/imports/{found.ref}/put-away/"),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [404] * 4
    assert found.person == coordinator


@pytest.mark.usefixtures("coordinator")
def test_fetching_says_who_can_switch_it_on(client, settings) -> None:
    settings.EPERUSTEET_ADDRESS = ""
    page = client.get("/competence/import/")

    assert "Whoever runs this service can switch it on." in page.content.decode()
    assert errors_of(client.post("/competence/import/fetch/", {"number": "1"})) == []
    assert not FrameworkImport.objects.exists()


@pytest.mark.usefixtures("coordinator")
def test_what_is_fetched_can_be_left_and_found_again(client, settings) -> None:
    settings.EPERUSTEET_ADDRESS = "http://127.0.0.1:1"
    page = client.post("/competence/import/fetch/", {"number": "7614470"}, follow=True)
    found = FrameworkImport.objects.get()
    listed = client.get("/competence/import/")
    going_on = client.get(f"/competence/imports/{found.ref}/progress/")
    for _try in range(4):
        Job.objects.update(run_at="2020-01-01T00:00:00Z")
        jobs.run_waiting()
    over = client.get(f"/competence/imports/{found.ref}/progress/")

    assert 'role="status"' in page.content.decode()
    assert f'href="/competence/imports/{found.ref}/"' in listed.content.decode()
    assert ("HX-Refresh" in going_on, over["HX-Refresh"]) == (False, "true")
    assert FrameworkImport.objects.get().state == ImportState.REFUSED


@pytest.mark.usefixtures("coordinator")
def test_a_wrong_number_is_told_and_stays_as_typed(client, settings) -> None:
    settings.EPERUSTEET_ADDRESS = "https://eperusteet.example"

    page = client.post("/competence/import/fetch/", {"number": "hitsaaja"})

    assert errors_of(page) == [
        "Write the number of a qualification or a unit, for example 7614470 or tutkinnonosat_106879."
    ]
    assert 'value="hitsaaja"' in page.content.decode()


@pytest.mark.usefixtures("coordinator")
def test_a_missing_scale_is_named_and_offered(client, settings) -> None:
    settings.EPERUSTEET_ADDRESS = "https://eperusteet.example"
    page = hand_in(client, unit_file(GUIDING, _geneerinenArviointiasteikko="77"))

    assert 'href="/competence/import/?number=77#fetch"' in page.content.decode()
    assert 'value="77"' in client.get("/competence/import/?number=77").content.decode()


@pytest.mark.usefixtures("coordinator")
def test_the_list_of_what_waits_asks_as_much_for_one_as_for_three(client) -> None:
    hand_in(client, UNIT)
    one = queries_for(client, "/competence/import/")
    hand_in(client, unit_file(FEEDBACK))
    hand_in(client, unit_file(REWORDED))

    assert queries_for(client, "/competence/import/") == one
