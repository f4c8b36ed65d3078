import re
from datetime import date

import pytest

from luotsi.programmes.enums import ProgrammeState, RoundState
from luotsi.programmes.models.partners import Partner
from tests.factories.people import NetworkFactory, OrganisationFactory, coordinator_of
from tests.factories.programmes import ProgrammeFactory, open_round
from tests.pages import parts, rows_of, title_of
from tests.programmes.applying import both_model, self_only_model

pytestmark = pytest.mark.django_db

NAME = {"fi": "Työuramentorointi", "sv": "Yrkeslivsmentorskap", "en": "Career mentoring"}


def names(response) -> list[str]:
    return re.findall(r'<h2 class="as-h3"><a href="[^"]*">\s*(.*?)\s*</a>', response.content.decode(), re.DOTALL)


def test_everybody_sees_the_open_programmes(client) -> None:
    open_round(name={"en": "Autumn"}, starts_on=date(2026, 9, 1))
    open_round(name={"en": "Spring"}, starts_on=date(2026, 3, 2))
    for state in (ProgrammeState.DRAFT, ProgrammeState.CLOSED, ProgrammeState.CANCELLED):
        ProgrammeFactory.create(name={"en": "Hidden"}, state=state)

    response = client.get("/calls/")

    assert names(response) == ["Spring", "Autumn"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_call_speaks_three_languages(client, language: str) -> None:
    round_ = open_round(name=NAME)
    client.cookies["language"] = language

    response = client.get(f"/calls/{round_.programme.ref}/")

    assert title_of(response) == NAME[language]
    assert names(client.get("/calls/")) == [NAME[language]]


def test_a_call_says_who_runs_it_who_decides_and_how_long_it_takes(client) -> None:
    network = NetworkFactory.create(name="Rannikon verkosto")
    coordinator_of(network, given_name="Petra", family_name="Lindroos")
    coordinator_of(NetworkFactory.create(), given_name="Somebody", family_name="Else")
    round_ = open_round(network, starts_on=date(2026, 3, 2))

    response = client.get(f"/calls/{round_.programme.ref}/")

    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", response.content.decode()))
    assert facts == {
        "Run by": "Rannikon verkosto",
        "Decided by": "Petra Lindroos",
        "Begins": "Mon 2 Mar 2026",
        "Ends": "Sun 11 Oct 2026",
        "Takes": "32 weeks",
        "How one meets": "in pairs",
        "Applications": "are taken now",
    }
    assert rows_of(response)[0][1] == "Mon 2 Mar 2026"


def test_a_programme_under_way_takes_no_applications(client) -> None:
    round_ = open_round()
    round_.amend(state=RoundState.RUNNING)

    page = client.get(f"/calls/{round_.programme.ref}/").content.decode()

    assert "are not taken now" in page
    assert "Write to the organiser" not in page


def test_a_draft_is_not_there_for_anybody(client) -> None:
    programme = ProgrammeFactory.create(name={"en": "Hidden"}, state=ProgrammeState.DRAFT)

    response = client.get(f"/calls/{programme.ref}/")

    assert response.status_code == 404
    assert "Hidden" not in response.content.decode()


def test_without_programmes_the_page_says_so(client) -> None:
    assert "No programme is open now" in client.get("/calls/").content.decode()


def said_of(response) -> dict[str, str]:
    return dict(zip(parts(response, r"<dt>(.*?)</dt>"), parts(response, r"<dd>(.*?)</dd>"), strict=True))


def ways_in(response) -> list[str]:
    return parts(response, r'<a class="btn[^"]*" href="/apply/[^"]*">(.*?)</a>')


def test_a_call_says_whom_it_is_for_what_it_asks_and_where(client) -> None:
    programme = open_round(regions=["16", "15"], languages=["fi", "sv"], apply_until=date(2099, 3, 1)).programme
    host = OrganisationFactory.create(name="Rannikon opisto")
    Partner.objects.create(programme=programme, organisation=host, is_host=True)
    Partner.objects.create(programme=open_round().programme, organisation=OrganisationFactory.create(name="Other"))

    response = client.get(f"/calls/{programme.ref}/")

    said = said_of(response)
    assert (said["Where"], said["In these languages"]) == ("Central Ostrobothnia, Ostrobothnia", "Finnish, Swedish")
    assert (said["Partners"], said["Apply by"]) == ("Rannikon opisto", "Sun 1 Mar 2099")
    assert ways_in(response) == ["Apply: mentee", "Apply: mentor"]
    page = response.content.decode()
    assert "Seven meetings in about half a year" in page
    assert "You hear from us within 14 days." in page
    assert "I take part for the whole programme" in page
    assert "Whom it is for" in page


def test_one_applies_as_both_where_the_model_says_so(client) -> None:
    programme = open_round(description=both_model()).programme

    assert ways_in(client.get(f"/calls/{programme.ref}/")) == [
        "Apply: mentee",
        "Apply: mentor",
        "Apply: mentor and mentee",
    ]


def test_a_part_that_is_full_is_said_and_not_offered(client) -> None:
    round_ = open_round()
    round_.amend(mentors_most=1, mentors_taken=1)
    some = client.get(f"/calls/{round_.programme.ref}/")
    round_.amend(mentees_most=0)
    none = client.get(f"/calls/{round_.programme.ref}/")

    assert ways_in(some) == ["Apply: mentee"]
    assert "There are no places left in this role: mentor." in some.content.decode()
    assert ways_in(none) == []
    assert "All places have been taken" in none.content.decode()
    assert "News of coming programmes by e-mail" in none.content.decode()


def test_after_the_last_day_a_call_says_so_and_offers_news(client) -> None:
    programme = open_round(apply_until=date(2026, 1, 1)).programme

    response = client.get(f"/calls/{programme.ref}/")

    assert ways_in(response) == []
    assert said_of(response)["Applications"] == "are not taken now"
    assert "News of coming programmes by e-mail" in response.content.decode()


def test_where_only_the_person_enrols_the_call_says_that_nobody_else_sees(client) -> None:
    programme = open_round(description=self_only_model()).programme

    assert "Your employer does not see who applied" in client.get(f"/calls/{programme.ref}/").content.decode()
