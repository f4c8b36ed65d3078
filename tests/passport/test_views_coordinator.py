"""The coordinator's pages: the network's marks."""

from typing import Any

import pytest

from luotsi.passport.enums import MarkState
from luotsi.passport.models import Mark
from luotsi.people.enums import Role
from luotsi.people.models import Network, Organisation, Person
from tests.factories.competence import AreaFactory, competence_with
from tests.factories.passport import MarkFactory, assessor_of, mark_with, participant_of
from tests.factories.people import (
    NetworkFactory,
    OrganisationFactory,
    PersonFactory,
    coordinator_of,
    grant,
    operator,
    part_of,
)
from tests.pages import errors_of, parts, queries_for, reasons_of, rows_of, said_on, title_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    made: Network = NetworkFactory.create(name="Keski-Pohjanmaa")
    return made


@pytest.fixture
def kpedu(network) -> Organisation:
    made: Organisation = OrganisationFactory.create(name="Kpedu")
    part_of(network, made)
    return made


@pytest.fixture
def coordinator(client, network) -> Person:
    made = coordinator_of(network)
    client.force_login(made)
    return made


def typed(network: Network, **values: Any) -> dict[str, Any]:
    return {
        "network": str(network.ref), "issuer": "", "key": "guiding", "name": "Guiding", "description": "Can guide.",
        "evidence_asked": "An example.", "theme": "guiding",
    } | values  # fmt: skip


@pytest.mark.usefixtures("coordinator")
def test_marks_of_the_own_networks_are_listed_in_every_state(client, network, kpedu) -> None:
    mark_with("a", "b", network=network, key="a", name={"en": "Guiding"}, issuer=kpedu)
    MarkFactory.create(network=network, key="b", name={"en": "Feedback"}, state=MarkState.DRAFT)
    MarkFactory.create(network=network, key="c", name={"en": "Old"}, state=MarkState.RETIRED)
    MarkFactory.create(key="d", name={"en": "Of another network"})

    assert rows_of(client.get("/marks/")) == [
        ["Guiding", "Kpedu", "open", "2"],
        ["Feedback", "Keski-Pohjanmaa", "draft", "0"],
        ["Old", "Keski-Pohjanmaa", "retired", "0"],
    ]


@pytest.mark.usefixtures("coordinator")
def test_an_empty_offering_says_how_to_begin(client) -> None:
    MarkFactory.create()

    assert parts(client.get("/marks/"), r'<div class="empty">.*?<p>(.*?)</p>') == [
        "Choose a framework and make the first one from its criteria."
    ]


def test_nobody_else_finds_the_marks(client, network) -> None:
    mark = MarkFactory.create(network=network, state=MarkState.DRAFT)
    area = competence_with("greets").area
    in_organisation = PersonFactory.create()
    grant(in_organisation, Role.COORDINATOR, organisation=OrganisationFactory.create())
    others = [assessor_of(network), participant_of(network), operator(), in_organisation]

    for other in others:
        client.force_login(other)
        gets = ["/marks/", f"/marks/{mark.ref}/", f"/marks/from/{area.ref}/"]
        assert [client.get(each).status_code for each in gets] == [404] * 3
        assert [client.post(f"/marks/{mark.ref}/{each}/").status_code for each in ("open", "retire")] == [404] * 2
        assert client.post(f"/marks/from/{area.ref}/", typed(network)).status_code == 404
    client.force_login(coordinator_of(NetworkFactory.create()))

    assert client.get(f"/marks/{mark.ref}/").status_code == 404
    assert client.post(f"/marks/{mark.ref}/open/").status_code == 404
    mark.refresh_from_db()
    assert (mark.state, Mark.objects.count()) == (MarkState.DRAFT, 1)


@pytest.mark.usefixtures("coordinator")
def test_a_mark_is_made_from_an_imported_area_and_opened(client, network, kpedu) -> None:
    area = AreaFactory.create()
    chosen = competence_with("greets", "shows around", area=area, name={"en": "Receiving"})
    competence_with("not chosen", area=area)

    response = client.post(
        f"/marks/from/{area.ref}/", typed(network, issuer=str(kpedu.ref), competences=[str(chosen.ref)]), follow=True
    )

    mark = Mark.objects.get()
    assert said_on(response) == ["The mark is made. Look at it, and open it when it is ready."]
    assert response.redirect_chain == [(f"/marks/{mark.ref}/", 302)]
    assert (title_of(response), mark.issuer, mark.network, mark.language) == ("Guiding", kpedu, network, "en")
    assert parts(response, r"<li>(.*?)</li>", within=r"<h2>Criteria</h2>(.*?)</ul>") == ["greets", "shows around"]
    opened = client.post(f"/marks/{mark.ref}/open/", follow=True)
    assert said_on(opened) == ["The mark is open: it can be chosen and claimed."]
    mark.refresh_from_db()
    assert mark.state == MarkState.OPEN


@pytest.mark.usefixtures("coordinator")
def test_a_mark_is_written_in_the_language_of_the_page(client, network) -> None:
    competence = competence_with("greets")
    client.cookies["language"] = "sv"

    client.post(f"/marks/from/{competence.area.ref}/", typed(network, competences=[str(competence.ref)]))

    mark = Mark.objects.get()
    assert (mark.language, mark.name, mark.description) == ("sv", {"sv": "Guiding"}, {"sv": "Can guide."})


@pytest.mark.usefixtures("coordinator")
@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"key": "Guiding at work"}, "Write the short name with small letters, digits and hyphens alone."),
        ({"key": "taken"}, "The network has a mark with this short name already. Choose another one."),
        ({"competences": []}, "Choose at least one in “Competences”."),
        (
            {"competences": ["made-up"]},
            "Choose from the offered in “Competences”: something chosen is not offered.",
        ),
        ({"theme": "none"}, "Choose one of the offered in “Theme”: what was chosen is not offered."),
        ({"name": " "}, "Fill in “Name of the mark”."),
    ],
)
def test_what_cannot_be_a_mark_is_told_on_the_form(client, network, values: dict[str, Any], told: str) -> None:
    competence = competence_with("greets")
    MarkFactory.create(network=network, key="taken")

    response = client.post(
        f"/marks/from/{competence.area.ref}/", typed(network, competences=[str(competence.ref)]) | values
    )

    assert errors_of(response) == [told]
    assert parts(response, r"<textarea[^>]*>(.*?)</textarea>") == ["Can guide.", "An example."]
    assert Mark.objects.count() == 1


@pytest.mark.usefixtures("coordinator", "kpedu")
def test_another_networks_names_are_not_offered(client) -> None:
    other, stranger = NetworkFactory.create(), OrganisationFactory.create()
    part_of(other, stranger)
    competence = competence_with("greets")

    page = client.get(f"/marks/from/{competence.area.ref}/")
    response = client.post(
        f"/marks/from/{competence.area.ref}/",
        typed(other, issuer=str(stranger.ref), competences=[str(competence.ref)]),
    )

    assert parts(page, r"<option[^>]*>(.*?)</option>")[:3] == ["Keski-Pohjanmaa", "The network itself", "Kpedu"]
    assert errors_of(response) == [
        "Choose one of the offered in “Network”: what was chosen is not offered.",
        "Choose one of the offered in “Issuer”: what was chosen is not offered.",
    ]
    assert not Mark.objects.exists()


def test_who_coordinates_two_networks_does_not_mix_their_issuers(client, network, coordinator) -> None:
    other, stranger = NetworkFactory.create(), OrganisationFactory.create()
    part_of(other, stranger)
    grant(coordinator, Role.COORDINATOR, network=other)
    competence = competence_with("greets")

    response = client.post(
        f"/marks/from/{competence.area.ref}/",
        typed(network, issuer=str(stranger.ref), competences=[str(competence.ref)]),
    )

    assert errors_of(response) == ["The issuer is not part of this network. Choose another issuer or another network."]
    assert not Mark.objects.exists()


@pytest.mark.usefixtures("coordinator")
def test_a_mark_is_retired_and_not_opened_again(client, network) -> None:
    mark = MarkFactory.create(network=network)

    retired = client.post(f"/marks/{mark.ref}/retire/", follow=True)
    again = client.post(f"/marks/{mark.ref}/open/")

    assert said_on(retired) == ["The mark is retired. What was awarded stays valid."]
    assert (again.status_code, reasons_of(again)) == (409, ["The mark cannot be changed so any more."])
    mark.refresh_from_db()
    assert mark.state == MarkState.RETIRED


@pytest.mark.usefixtures("coordinator")
def test_the_pages_ask_as_much_for_one_as_for_thirty(client, network) -> None:
    mark = mark_with("greets", network=network)
    area = competence_with("greets").area
    addresses = ["/marks/", f"/marks/{mark.ref}/", f"/marks/from/{area.ref}/"]
    asked = [queries_for(client, each) for each in addresses]
    for number in range(29):
        mark_with("greets", network=network)
        mark.criteria.create(text={"en": f"More {number}"}, position=number + 1)
        competence_with("greets", area=area)
        part_of(network, OrganisationFactory.create())

    assert [queries_for(client, each) for each in addresses] == asked
    assert max(asked) < 10
    offering, page, form = (client.get(each) for each in addresses)
    assert len(rows_of(offering)) == 30
    assert len(parts(page, r"<li>(.*?)</li>", within=r"<h2>Criteria</h2>(.*?)</ul>")) == 30
    assert len(parts(form, r'<label class="choice">')) == 30
