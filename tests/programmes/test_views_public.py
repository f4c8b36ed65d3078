import re
from datetime import date

import pytest

from luotsi.programmes.enums import ProgrammeState, RoundState
from tests.factories.people import NetworkFactory, coordinator_of
from tests.factories.programmes import ProgrammeFactory, open_round
from tests.pages import rows_of, title_of

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
