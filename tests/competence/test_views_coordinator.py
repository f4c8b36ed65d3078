"""Pages of frameworks: who reads them, what stands there, how a file is handed in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luotsi.competence.models import Framework
from luotsi.people.enums import Role
from luotsi.people.models import Person
from luotsi.people.queries import networks_for
from tests.factories.competence import (
    AreaFactory,
    CompetenceFactory,
    CriterionFactory,
    FrameworkFactory,
    competence_with,
    requirement,
    unit_file,
)
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of, grant, operator
from tests.pages import lead_of, parts, queries_for, rows_of, title_of

pytestmark = pytest.mark.django_db

UNIT = unit_file(requirement("Ohjaaminen", ["ottaa kaverin vastaan"]))


def hand_in(client, content: bytes, name: str = "unit.json"):
    return client.post("/competence/import/", {"file": SimpleUploadedFile(name, content)}, follow=True)


@pytest.fixture
def coordinator(client) -> Person:
    person = coordinator_of(NetworkFactory.create())
    client.force_login(person)
    return person


def test_strangers_find_no_frameworks(client) -> None:
    competence = competence_with("Shows it")
    area = competence.area
    addresses = [
        "/competence/", "/competence/import/", f"/competence/frameworks/{area.framework.ref}/",
        f"/competence/areas/{area.ref}/",
    ]  # fmt: skip
    admin = PersonFactory.create()
    grant(admin, Role.ADMIN, organisation=OrganisationFactory.create())

    before = [client.get(address).url for address in addresses]
    for stranger in (PersonFactory.create(), admin, operator()):
        client.force_login(stranger)
        assert [client.get(address).status_code for address in addresses] == [404] * 4
        assert hand_in(client, UNIT).status_code == 404

    assert before == [f"/sign-in/?next={address}" for address in addresses]
    assert Framework.objects.count() == 1


def test_an_assessor_reads_and_does_not_bring_in(client) -> None:
    area = competence_with("Shows it").area
    assessor = PersonFactory.create()
    grant(assessor, Role.ASSESSOR, organisation=OrganisationFactory.create())
    client.force_login(assessor)

    page = client.get(f"/competence/areas/{area.ref}/")

    assert page.status_code == 200
    assert parts(page, r'<a class="btn[^>]*>(.*?)</a>') == []
    assert parts(client.get("/competence/"), r'<a class="btn[^>]*>(.*?)</a>') == []
    assert (client.get("/competence/import/").status_code, hand_in(client, UNIT).status_code) == (404, 404)
    assert Framework.objects.count() == 1


@pytest.mark.usefixtures("coordinator")
def test_current_frameworks_are_listed_the_newest_first(client) -> None:
    old = FrameworkFactory.create(name={"en": "Old"}, code="A")
    AreaFactory.create_batch(3, framework=old)
    FrameworkFactory.create(name={"en": "New"}, code="B")
    FrameworkFactory.create(name={"en": "Retired"}, retired_at="2026-01-01T00:00:00Z")

    page = client.get("/competence/")

    assert rows_of(page) == [["New", "ePerusteet", "B", "0"], ["Old", "ePerusteet", "A", "3"]]


@pytest.mark.usefixtures("coordinator")
def test_an_empty_list_says_how_to_begin(client) -> None:
    assert parts(client.get("/competence/"), r'<div class="empty">.*?<p>(.*?)</p>') == [
        "Fetch a qualification or a unit from ePerusteet as JSON and bring it in here."
    ]


@pytest.mark.usefixtures("coordinator")
def test_a_framework_lists_its_units(client) -> None:
    framework = FrameworkFactory.create(name={"en": "Guiding"}, code="OPH-1")
    late = AreaFactory.create(framework=framework, name={"en": "Second"}, code="b", position=2, extent="12.5")
    AreaFactory.create(framework=framework, name={"en": "First"}, code="a", position=1)
    CompetenceFactory.create_batch(2, area=late)
    AreaFactory.create(name={"en": "Of another framework"})

    page = client.get(f"/competence/frameworks/{framework.ref}/")

    assert title_of(page) == "Guiding"
    assert rows_of(page) == [["First", "a", "–", "0"], ["Second", "b", "12.5", "2"]]


@pytest.mark.usefixtures("coordinator")
def test_a_unit_shows_what_is_assessed_and_leads_to_a_mark(client) -> None:
    area = AreaFactory.create(name={"en": "Guiding"})
    competence = CompetenceFactory.create(area=area, name={"en": "Receiving"}, group={"en": "At the start"})
    CriterionFactory.create(competence=competence, text={"en": "greets"}, level=1)
    CriterionFactory.create(competence=competence, text={"en": "makes at home"}, level=5)
    competence_with("Not here")

    page = client.get(f"/competence/areas/{area.ref}/")

    assert parts(page, r"<h2>(.*?)</h2>") == ["Receiving"]
    assert parts(page, r'<p class="kicker">(.*?)</p>') == [area.code, "At the start"]
    assert parts(page, r"<h3>(.*?)</h3>") == ["Level 1", "Level 5"]
    assert parts(page, r"<li>(.*?)</li>", within=r"<h2>(.*?)</main>") == ["greets", "makes at home"]
    assert parts(page, r'<a class="btn[^>]*href="([^"]*)"') == [f"/marks/from/{area.ref}/"]


@pytest.mark.usefixtures("coordinator")
def test_a_unit_without_criteria_leads_to_no_mark(client) -> None:
    area = AreaFactory.create()

    page = client.get(f"/competence/areas/{area.ref}/")

    assert parts(page, r'<div class="empty">.*?<h2>(.*?)</h2>') == ["Nothing is assessed here"]
    assert parts(page, r'<a class="btn[^>]*href="([^"]*)"') == []


@pytest.mark.usefixtures("coordinator")
def test_a_retired_framework_is_read_but_makes_no_marks(client) -> None:
    area = competence_with("Shows it").area
    old = area.framework.amend(retired_at="2026-01-01T00:00:00Z")
    current = FrameworkFactory.create(source=old.source, origin=old.origin)

    page = client.get(f"/competence/frameworks/{old.ref}/")
    unit = client.get(f"/competence/areas/{area.ref}/")

    assert f'href="/competence/frameworks/{current.ref}/"' in page.content.decode()
    assert parts(unit, r'<a class="btn[^>]*href="([^"]*)"') == []
    assert client.get(f"/marks/from/{area.ref}/").status_code == 404


def test_an_own_framework_is_read_in_its_network_alone(client, coordinator) -> None:
    mine = FrameworkFactory.create(network=networks_for(coordinator).get())
    theirs = FrameworkFactory.create(network=NetworkFactory.create())

    answers = [client.get(f"/competence/frameworks/{each.ref}/").status_code for each in (mine, theirs)]

    assert answers == [200, 404]
    assert len(rows_of(client.get("/competence/"))) == 1


@pytest.mark.usefixtures("coordinator")
@pytest.mark.parametrize(
    ("language", "shown", "marked"),
    [
        ("fi", "Kaverin ohjaaminen", []),
        ("sv", "Kaverin ohjaaminen på finska", ["på finska"]),
        ("en", "Kaverin ohjaaminen in Finnish", ["in Finnish"]),
    ],
)
def test_text_of_a_missing_language_is_shown_in_another_and_marked(
    client, language: str, shown: str, marked: list[str]
) -> None:
    area = AreaFactory.create(name={"fi": "Kaverin ohjaaminen"})
    client.cookies["language"] = language

    page = client.get(f"/competence/areas/{area.ref}/")

    assert title_of(page) == shown
    assert parts(page, r'<small class="fallback">(.*?)</small>') == marked
    assert ('<span lang="fi">Kaverin ohjaaminen</span>' in page.content.decode()) is bool(marked)


@pytest.mark.usefixtures("coordinator")
@pytest.mark.parametrize(
    ("language", "lead"),
    [
        (
            "fi",
            "Osaamisen kuvauksia, joista suoritusmerkkejä tehdään. Ne tulevat kansallisista tutkintojen perusteista.",
        ),
        (
            "sv",
            "Beskrivningar av kunnande som prestationsmärken görs av. De kommer från de nationella examensgrunderna.",
        ),
        (
            "en",
            "Frameworks of competence that marks are made from. They come from the national qualification requirements.",
        ),
    ],
)
def test_the_list_speaks_three_languages(client, language: str, lead: str) -> None:
    client.cookies["language"] = language

    assert lead_of(client.get("/competence/")) == lead


@pytest.mark.usefixtures("coordinator")
def test_lists_ask_as_much_for_one_as_for_thirty(client) -> None:
    area = competence_with("One").area
    addresses = ["/competence/", f"/competence/frameworks/{area.framework.ref}/", f"/competence/areas/{area.ref}/"]
    asked = [queries_for(client, address) for address in addresses]
    FrameworkFactory.create_batch(29)
    AreaFactory.create_batch(29, framework=area.framework)
    for _number in range(29):
        competence_with("One", "Two", area=area)

    assert [queries_for(client, address) for address in addresses] == asked
    assert max(asked) < 12
    frameworks, areas, competences = (client.get(address) for address in addresses)
    assert (len(rows_of(frameworks)), len(rows_of(areas))) == (30, 30)
    assert len(parts(competences, r"<h2>(.*?)</h2>")) == 30


@pytest.mark.usefixtures("coordinator")
def test_the_hundred_and_first_competence_is_on_a_later_page(client) -> None:
    area = AreaFactory.create()
    for number in range(31):
        CompetenceFactory.create(area=area, name={"en": f"Competence {number}"}, position=number)

    first = client.get(f"/competence/areas/{area.ref}/")
    [onward] = parts(first, r'<a href="([^"]*)" rel="next"')
    second = client.get(f"/competence/areas/{area.ref}/{onward}")

    assert parts(second, r"<h2>(.*?)</h2>") == ["Competence 30"]
