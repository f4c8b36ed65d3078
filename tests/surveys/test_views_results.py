"""The page and the files of results, as those see them who may."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from luotsi.people.enums import Role
from luotsi.people.models import Organisation, Person
from luotsi.surveys.models import Wave
from tests.factories.people import OrganisationFactory, PersonFactory, grant
from tests.surveys import asked
from tests.surveys.culture import trusting
from tests.web.markup import faults_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create(name="Hotelli Kajo")


@pytest.fixture
def reader(client: Client, organisation: Organisation) -> Person:
    person = PersonFactory.create()
    grant(person, Role.HR, organisation=organisation)
    client.force_login(person)
    return person


def sharing(score: int, **others: object) -> dict[str, object]:
    return {"s1": score, "s2": score, **others}


def two_waves(organisation: Organisation) -> tuple[Wave, Wave]:
    """Before and after: trust rises, sharing stays; two units are shown, one is not."""
    questions = asked.instrument()
    before = asked.closed_wave(organisation, questions, days_ago=300, name="Baseline")
    after = asked.closed_wave(organisation, questions, days_ago=1, name="Follow-up", follows=before)
    units = [asked.unit_of(organisation, name) for name in ("Kitchen", "Rooms", "Spa")]
    for wave, lift in ((before, 0), (after, 1)):
        for unit, size in zip(units, (9, 8, 6), strict=True):
            people = []
            for place in range(size):
                score = 2 + place % 3 + lift * (place % 4 > 0)
                role = {"role": "care" if place % 2 else "office", "years": str(place)}
                people.append(trusting(score, 6 - score, score) | sharing(1 + place % 5) | role)
            asked.answer(wave, people, unit, codes=unit.name)
            asked.invite(wave, size + 2, size, unit)
    asked.answer(after, [trusting(1, 5, 1)] * 2, asked.unit_of(organisation, "Boiler room"))
    asked.write(after, "words", "Alpha", "Bravo", "Charlie", "Delta", "<b>Echo</b>")
    return before, after


def page_of(client: Client, wave: Wave, ending: str = "/") -> str:
    response = client.get(f"/surveys/waves/{wave.ref}/results{ending}")
    assert response.status_code == 200
    return str(response.content.decode())


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.usefixtures("reader")
def test_the_page_tells_what_stands_out_and_what_changed(client: Client, organisation: Organisation) -> None:
    _, after = two_waves(organisation)

    page = page_of(client, after)

    told = words_of(page)
    assert "Strongest: “Trust” (3.4). Weakest: “Sharing” (2.7). Rose: Trust." in told
    assert re.search(r"Trust rose from [23]\.\d to [34]\.\d; with the same 18 people both times the true change", told)
    assert "25 of 29 answered (86 %). What the others think is not known." in told
    assert "The 3 statements measure the same thing well enough (alpha 1.00)." in told
    assert "These questions have not been validated yet" in told
    assert "&lt;b&gt;Echo&lt;/b&gt;" in page
    assert faults_of(page) == []


@pytest.mark.usefixtures("reader")
def test_small_units_are_told_of_but_not_named(client: Client, organisation: Organisation) -> None:
    _, after = two_waves(organisation)

    page = page_of(client, after)

    assert "Boiler room" not in page
    assert "Kitchen" in page
    assert "2 units are not shown by themselves" in words_of(page)


@pytest.mark.usefixtures("reader")
def test_the_files_hold_the_figures_of_the_page(client: Client, organisation: Organisation) -> None:
    _, after = two_waves(organisation)

    text = client.get(f"/surveys/waves/{after.ref}/results.csv").content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(client.get(f"/surveys/waves/{after.ref}/results.xlsx").content))

    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    sheet = [list(row) for row in book.active.iter_rows(values_only=True)]  # type: ignore[union-attr]
    assert rows[0] == sheet[0]
    assert len(rows) == len(sheet) > 20
    level = next(row for row in rows if row[0] == "level" and row[3] == "Trust")
    assert (level[1], level[5], level[7], level[8]) == ("Follow-up", "The whole", "25", "3,44")
    assert {row[5] for row in rows[1:]} == {"The whole", "Kitchen", "Rooms", "Spa"}
    assert {row[5] for row in rows if row[1:4] == ["Follow-up", "", "Trust"]} == {"The whole", "Kitchen", "Rooms"}
    assert "Boiler room" not in text
    assert "Echo" not in text


@pytest.mark.usefixtures("reader")
def test_before_the_closing_the_page_says_when_results_come(client: Client, organisation: Organisation) -> None:
    wave = asked.closed_wave(organisation, asked.instrument(), closed_at=None)
    asked.answer(wave, [trusting(5, 1, 5)] * 9)
    asked.invite(wave, 12, 9)

    told = words_of(page_of(client, wave))

    assert "The results come when the survey is closed" in told
    assert "9 of 12 answered (75 %)." in told
    assert "Trust" not in told
    assert len(client.get(f"/surveys/waves/{wave.ref}/results.csv").content.decode().splitlines()) == 1


@pytest.mark.usefixtures("reader")
def test_four_answers_are_not_shown(client: Client, organisation: Organisation) -> None:
    wave = asked.closed_wave(organisation, asked.instrument())
    asked.answer(wave, [trusting(5, 1, 5) | {"role": "care"}] * 4)

    told = words_of(page_of(client, wave))

    assert "Too few answered" in told
    assert "Trust" not in told
    assert len(client.get(f"/surveys/waves/{wave.ref}/results.csv").content.decode().splitlines()) == 1


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.usefixtures("reader")
def test_the_page_is_in_order_in_every_language(client: Client, organisation: Organisation, language: str) -> None:
    _, after = two_waves(organisation)
    client.cookies["language"] = language

    page = page_of(client, after)

    assert faults_of(page) == []
    assert ("3,4" in words_of(page)) == (language != "en")


@pytest.mark.usefixtures("reader")
def test_under_ten_queries_whatever_there_is_to_show(client: Client, organisation: Organisation) -> None:
    small = asked.closed_wave(organisation, asked.instrument())
    asked.answer(small, [trusting(5, 1, 5)] * 6, asked.unit_of(organisation, "One"))
    asked.invite(small, 6, 6)
    _, large = two_waves(organisation)

    def queries(wave: Wave) -> int:
        with CaptureQueriesContext(connection) as made:
            page_of(client, wave)
        return len(made)

    assert queries(small) == queries(large) < 10


def test_the_wave_leads_to_its_results_once_it_is_closed(client: Client, organisation: Organisation) -> None:
    person = PersonFactory.create()
    grant(person, Role.HR, organisation=organisation)
    client.force_login(person)
    wave = asked.closed_wave(organisation, asked.instrument(), closed_at=None)

    def has_link() -> bool:
        return f"/surveys/waves/{wave.ref}/results/" in client.get(f"/surveys/waves/{wave.ref}/").content.decode()

    assert not has_link()
    wave.amend(closed_at=timezone.now())
    assert has_link()


def test_others_do_not_find_the_page_or_the_files(client: Client, organisation: Organisation) -> None:
    _, after = two_waves(organisation)
    client.force_login(PersonFactory.create())

    for ending in ("/", ".csv", ".xlsx"):
        assert client.get(f"/surveys/waves/{after.ref}/results{ending}").status_code == 404
