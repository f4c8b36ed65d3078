"""Pages of needs: said in a minute, with or without a script; read by the network; the person named to few."""

import re
from datetime import date

import pytest
import time_machine

from luotsi.competence.enums import NeedState
from luotsi.competence.models import SkillNeed
from luotsi.competence.services.words import index_words
from luotsi.people.enums import CircleRole, Role
from tests.factories.competence import AreaFactory, CompetenceFactory, FrameworkFactory
from tests.factories.needs import employer, need_for
from tests.factories.people import (
    CircleFactory,
    NetworkFactory,
    OrganisationFactory,
    PersonFactory,
    coordinator_of,
    grant,
    join,
    operator,
    part_of,
)
from tests.pages import errors_of, parts, queries_for, reasons_of, rows_of, said_on, title_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=True):
        yield


@pytest.fixture
def network():
    return NetworkFactory.create(region="16")


@pytest.fixture
def contact(client, network):
    person = employer(network, name="Sawmill")
    client.force_login(person)
    return person


def organisation_of(person):
    return person.memberships.get().organisation


def competences(*names):
    framework = FrameworkFactory.create(name={"en": "Wood industry"})
    area = AreaFactory.create(framework=framework, name={"en": "Working together"})
    found = [CompetenceFactory.create(area=area, name={"en": name}) for name in names]
    index_words(framework)
    return found


def typed(contact, network, **more):
    return {
        "whose": f"{organisation_of(contact).ref}:{network.ref}",
        "words": "Two people who solve problems and give feedback",
        "search": "",
        "people": "2",
        "needed_from": "1.2.2027",
        "needed_until": "",
        "region": "16",
        "place": "Kannus",
    } | more


def ticks(response):
    """Refs of the offered competences, and whether each is ticked."""
    found = re.findall(r'name="picked" value="([^"]+)"( checked)?', response.content.decode())
    return {ref: bool(checked) for ref, checked in found}


def value_of(response, name):
    found = re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', response.content.decode())
    return found[1] if found else None


def test_an_empty_form_knows_for_whom_where_and_from_when(client, contact, network) -> None:
    response = client.get("/needs/new/")

    assert title_of(response) == "Say what skills you need"
    assert "This is a need of Sawmill." in response.content.decode()
    assert (value_of(response, "people"), value_of(response, "needed_from")) == ("1", "21.11.2026")
    assert '<option value="16" selected>Central Ostrobothnia</option>' in response.content.decode()
    assert ticks(response) == {}


def test_said_with_what_was_ticked_and_shown_at_once(client, contact, network) -> None:
    feedback = competences("Problem solving", "Giving feedback")[1]

    response = client.post("/needs/new/", typed(contact, network, picked=[str(feedback.ref)]), follow=True)

    need = SkillNeed.objects.get()
    assert said_on(response) == ["It is said. Everybody in the network sees it now."]
    assert response.redirect_chain == [(f"/needs/{need.ref}/", 302)]
    assert title_of(response) == "What Sawmill needs"
    assert (need.words, need.people, need.needed_from, need.needed_until, need.region, need.place, need.language) == (
        "Two people who solve problems and give feedback", 2, date(2027, 2, 1), None, "16", "Kannus", "en",
    )  # fmt: skip
    assert [row.competence for row in need.needed.all()] == [feedback]


def test_without_a_script_the_search_is_a_round_trip_that_loses_nothing(client, contact, network) -> None:
    solving, feedback, welding = competences("Problem solving", "Giving feedback", "Welding")
    sent = typed(contact, network, search="welds", people="several", needed_until="some day", picked=[str(solving.ref)])

    response = client.post("/needs/new/", sent | {"find": "1"})

    assert response.status_code == 200
    assert errors_of(response) == []
    assert ticks(response) == {str(solving.ref): True, str(welding.ref): False, str(feedback.ref): False}
    assert (value_of(response, "people"), value_of(response, "needed_until")) == ("several", "some day")
    assert value_of(response, "search") == "welds"
    assert "Two people who solve problems and give feedback</textarea>" in response.content.decode()
    assert not SkillNeed.objects.exists()


def test_with_a_script_only_the_competences_come_anew(client, contact, network) -> None:
    solving, feedback, welding = competences("Problem solving", "Giving feedback", "Welding")

    response = client.post("/needs/new/find/", typed(contact, network, search="welding", picked=[str(feedback.ref)]))

    assert "<html" not in response.content.decode()
    assert ticks(response) == {str(feedback.ref): True, str(welding.ref): False, str(solving.ref): False}
    assert parts(response, r'<p role="status"[^>]*>(.*?)</p>') == ["1 competence found."]
    assert parts(response, r"<legend>(.*?)</legend>") == ["Picked", "Found by the search", "From your own words"]


def test_nothing_found_says_what_to_do(client, contact, network) -> None:
    response = client.post("/needs/new/find/", {"words": "", "search": "<b>zzz"})

    assert parts(response, r'<p role="status"[^>]*>(.*?)</p>') == [
        "Nothing more was found with “<b>zzz”. Try another word, or leave it at your own words."
    ]
    assert "<b>zzz" not in response.content.decode()


def test_what_is_wrong_is_told_and_nothing_is_lost(client, contact, network) -> None:
    [feedback] = competences("Giving feedback")
    sent = typed(contact, network, words="", people="0", needed_from="31.2.2027", picked=[str(feedback.ref), "x"])

    response = client.post("/needs/new/", sent)

    assert errors_of(response) == [
        "Fill in “What should people be able to do?”.",
        "Write a number in “How many people?” that is 1 or more.",
        "There is no such day. Check the day and the month in “From when?”.",
    ]
    assert ticks(response) == {str(feedback.ref): True}
    assert value_of(response, "needed_from") == "31.2.2027"
    response = client.post("/needs/new/", typed(contact, network, needed_until="31.1.2027"))
    assert errors_of(response) == ["The need ends before it begins. Check the two dates."]
    response = client.post("/needs/new/", typed(contact, network, needed_from="1.1.2026", needed_until="1.2.2026"))
    assert errors_of(response) == ["The need is over already. Give a later end, or none."]
    assert not SkillNeed.objects.exists()


def test_nobody_speaks_for_another_organisation(client, contact, network) -> None:
    other = employer(network)
    response = client.post("/needs/new/", typed(other, network))

    assert errors_of(response) == ["Choose one of the offered in “Whose need it is”: what was chosen is not offered."]
    assert not SkillNeed.objects.exists()


def test_a_coordinator_chooses_for_whom_and_it_is_marked(client, network) -> None:
    other = employer(network, name="Bakery")
    employer(network, name="Sawmill")
    employer(name="Elsewhere")
    client.force_login(coordinator_of(network))

    page = client.get("/needs/new/")
    response = client.post("/needs/new/", typed(other, network), follow=True)

    assert parts(page, r"<option[^>]*>(.*?)</option>", within=r'name="whose"(.*?)</select>') == ["Bakery", "Sawmill"]
    assert SkillNeed.objects.get().is_on_behalf
    assert "A coordinator wrote this down on behalf of the organisation." in response.content.decode()


def test_a_need_is_changed(client, contact, network) -> None:
    solving, feedback = competences("Problem solving", "Giving feedback")
    need = need_for(organisation_of(contact), network, solving, words="Somebody", people=3)

    page = client.get(f"/needs/{need.ref}/change/")
    looked = client.post(
        "/needs/new/find/", {"need": str(need.ref), "picked": [str(solving.ref)], "words": "", "search": ""}
    )
    sent = typed(contact, network, picked=[str(feedback.ref)])
    response = client.post(f"/needs/{need.ref}/change/", sent, follow=True)

    assert ticks(page) == ticks(looked) == {str(solving.ref): True}
    assert value_of(page, "people") == "3"
    assert said_on(response) == ["The need is changed."]
    need.refresh_from_db()
    assert (need.people, [row.competence for row in need.needed.all()]) == (2, [feedback])


def test_the_search_of_another_ones_need_is_not_there(client, contact, network) -> None:
    other = need_for(organisation_of(employer(network)), network)
    for ref in (other.ref, "x"):
        assert client.post("/needs/new/find/", {"need": str(ref)}).status_code == 404


def test_a_need_is_answered_withdrawn_and_opened_again(client, contact, network) -> None:
    need = need_for(organisation_of(contact), network)

    answered = client.post(f"/needs/{need.ref}/answered/", follow=True)
    again = client.post(f"/needs/{need.ref}/answered/")
    opened = client.post(f"/needs/{need.ref}/reopen/", follow=True)
    withdrawn = client.post(f"/needs/{need.ref}/withdraw/", follow=True)

    assert said_on(answered) == ["Good: the need is answered. It does not count in the demand any more."]
    assert again.status_code == 409
    assert reasons_of(again) == ["The need is not as it was when you opened the page. Look at it again."]
    assert said_on(opened) == ["The need is open again."]
    assert said_on(withdrawn) == ["The need is withdrawn. Others do not see it any more; you can open it again."]
    need.refresh_from_db()
    assert need.state == NeedState.WITHDRAWN


def test_who_said_it_is_told_to_own_people_and_coordinators_only(client, network) -> None:
    sayer = employer(network, name="Sawmill")
    sayer.given_name, sayer.family_name = "Aino", "Sanoja"
    sayer.save()
    need = need_for(organisation_of(sayer), network, person=sayer)
    colleague = PersonFactory.create()
    grant(colleague, Role.HR, organisation=organisation_of(sayer))
    mentee = PersonFactory.create()
    join(CircleFactory.create(network=network), mentee, CircleRole.MENTEE)

    def seen_by(person):
        client.force_login(person)
        response = client.get(f"/needs/{need.ref}/")
        assert title_of(response) == "What Sawmill needs"
        return "Aino Sanoja" in response.content.decode().split("<main")[1]

    assert [seen_by(person) for person in (sayer, colleague, coordinator_of(network))] == [True] * 3
    assert [seen_by(person) for person in (employer(network), mentee)] == [False] * 2


def test_a_person_who_is_gone_has_no_name(client, contact, network) -> None:
    need = need_for(organisation_of(contact), network, person=None)

    assert "somebody who is not here any more" in client.get(f"/needs/{need.ref}/").content.decode()


def test_the_demand_of_the_region(client, contact, network) -> None:
    solving, feedback = competences("Problem solving", "Giving feedback")
    bakery = organisation_of(employer(network, name="Bakery"))
    sawmill = organisation_of(contact)
    need_for(sawmill, network, solving, people=3, region="16", needed_from=date(2026, 5, 1))
    need_for(bakery, network, solving, feedback, people=2, region="15", needed_from=date(2027, 2, 1))
    other = employer(name="Elsewhere")
    need_for(organisation_of(other), organisation_of(other).networks.get(), solving, people=90)

    response = client.get("/needs/")
    in_one = client.get("/needs/?region=15")

    assert title_of(response) == "Skill needs"
    assert "2 open needs, 5 people, 2 organisations." in " ".join(response.content.decode().split())
    assert parts(response, r"<figcaption>(.*?)</figcaption>") == [
        "Most needed: Problem solving, 5 people.", "Needed in November 2026: 3 people.",
    ]  # fmt: skip
    assert [row for row in rows_of(response) if len(row) == 4] == [
        ["Problem solving", "5", "2", "1 May 2026"],
        ["Giving feedback", "2", "1", "1 Feb 2027"],
        ["Ostrobothnia", "February 2027", "2", "1"],
        ["Central Ostrobothnia", "November 2026", "3", "1"],
    ]
    assert "Elsewhere" not in response.content.decode()
    assert parts(in_one, r'<p class="kicker">(.*?)</p>') == ["Bakery"]
    assert errors_of(client.get("/needs/?region=99")) == [
        "Choose one of the offered in “Region”: what was chosen is not offered."
    ]


def test_nothing_needed_says_so(client, contact) -> None:
    response = client.get("/needs/")
    assert parts(response, r'<div class="empty">.*?<h2>(.*?)</h2>') == ["Nothing is needed here now"]


def test_members_read_and_do_not_state(client, network) -> None:
    member = PersonFactory.create()
    grant(member, Role.MEMBER, organisation=organisation_of(employer(network)))
    client.force_login(member)

    response = client.get("/needs/")

    assert response.status_code == 200
    assert "/needs/new/" not in response.content.decode()
    assert [client.get(address).status_code for address in ("/needs/new/", "/needs/mine/")] == [404] * 2
    assert client.post("/needs/new/find/").status_code == 404


def test_what_is_not_yours_is_not_there(client, network) -> None:
    need = need_for(organisation_of(employer(network)), network)
    address = f"/needs/{need.ref}/"
    acts = ("change/", "withdraw/", "answered/", "reopen/")
    assert client.get(address).url == f"/sign-in/?next={address}"
    for stranger in (employer(), coordinator_of(NetworkFactory.create()), operator(), PersonFactory.create()):
        client.force_login(stranger)
        assert client.get(address).status_code == 404
        assert [client.post(address + act).status_code for act in acts] == [404] * 4
    for stranger in (operator(), PersonFactory.create()):
        client.force_login(stranger)
        assert client.get("/needs/").status_code == 404
    need.refresh_from_db()
    assert need.state == NeedState.OPEN


@pytest.mark.parametrize("address", ["/needs/", "/needs/mine/"])
def test_as_many_queries_for_three_as_for_one(client, contact, network, address) -> None:
    unit = OrganisationFactory.create(parent=organisation_of(contact))
    found = competences("Problem solving", "Giving feedback", "Welding")
    need_for(organisation_of(contact), network, found[0])
    client.get(address)
    one = queries_for(client, address)
    for competence in found:
        need_for(unit, network, competence)
        part_of(network, OrganisationFactory.create())

    assert queries_for(client, address) == one
