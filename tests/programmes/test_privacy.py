import pytest
from allauth.account.models import EmailAddress

from luotsi.core import jobs
from luotsi.core.models import Job
from luotsi.programmes import privacy
from luotsi.programmes.formats.answers import answers_to_json
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.lists import ImportRow
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.services import imports
from tests.factories.people import PersonFactory, coordinator_of
from tests.factories.programmes import ApplicationFactory, answers, mentor, open_round, skills
from tests.programmes.sheets import BO, csv_of

pytestmark = pytest.mark.django_db


def test_everybody_gets_all_that_is_held() -> None:
    part = mentor(open_round(name={"en": "Spring"}), answers(offers=skills("kielet"), places=2))
    ApplicationFactory.create()

    held = privacy.collect(part.person)

    assert [(each.title, each.rows) for each in held] == [
        (
            "Applications",
            [
                {
                    "Programme": "Spring",
                    "Role": "mentor",
                    "State": "accepted",
                    "Applied on": "Sun 1 Feb 2026",
                    "Languages": "Finnish",
                    "Region": "Central Ostrobothnia",
                    "Skills offered": "kielet (3)",
                    "Places": "2",
                    "Criminal record extract": "not checked",
                    "Meeting remotely": "is fine",
                }
            ],
        ),
        ("Parts in programmes", [{"Programme": "Spring", "Role": "mentor", "State": "active", "Places": "0 / 2"}]),
    ]


def test_of_whom_nothing_is_held_nothing_is_told() -> None:
    assert privacy.collect(PersonFactory.create()) == []


def test_a_forgotten_person_leaves_without_words() -> None:
    part = mentor(open_round(), answers(offers=skills("kielet")))
    other = ApplicationFactory.create(round=part.application.round, answers=answers_to_json(answers(region="01")))

    privacy.erase(part.person, by=part.person)

    part.refresh_from_db()
    part.application.refresh_from_db()
    assert (part.state, part.application.state, part.application.answers) == ("left", "withdrawn", {})
    assert Participation.objects.count() == 1
    other.refresh_from_db()
    assert other.answers["region"] == "01"


def test_rows_of_lists_forget_too() -> None:
    round_ = open_round()
    coordinator = coordinator_of(round_.programme.network)
    content = csv_of(BO | {"Rooli": "tukihenkilö"}, BO | {"Sähköposti": "c@example.org", "Rooli": "x"})
    imports.stage_import(round_, name="x.csv", content=content, by=coordinator)
    Job.objects.filter(name="comms.deliver").delete()
    jobs.run_waiting()
    person = PersonFactory.create(email="bo@example.org")

    privacy.erase(person, by=person)

    mine, others = ImportRow.objects.order_by("number")
    assert (mine.kept, mine.email_key, [fault["value"] for fault in mine.faults]) == ({}, "", [""])
    assert (others.kept["given_name"], others.email_key) == ("Bo", "c@example.org")
    assert Application.objects.count() == 0
    assert EmailAddress.objects.filter(user=person).count() == 1
