import pytest
from allauth.account.models import EmailAddress

from luotsi.core import jobs
from luotsi.core.models import Job, StoredFile
from luotsi.programmes import privacy
from luotsi.programmes.formats.answers import answers_to_json
from luotsi.programmes.models.activities import AssignmentAnswer, AssignmentComment, Attendance
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.lists import ImportRow
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.services import activities, assignments, imports
from tests.factories.activities import activity_in, answer_to, assignment_in, trainer_of, was_at, with_places
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


def test_what_one_did_at_activities_is_told_and_answers_are_forgotten() -> None:
    round_ = open_round(name={"en": "Spring"})
    part, trainer = mentor(round_), trainer_of(round_.programme.network)
    coming = with_places(round_.programme, 1, name="Coming")
    queuing = mentor(round_).person
    activities.sign_up(coming, by=part.person)
    activities.sign_up(coming, by=queuing)
    was_at(activity_in(round_.programme, "Held", starts_local=None), part.person)
    assignment = assignment_in(round_.programme, "Write")
    assignments.add_file(assignment, name="a.pdf", content=b"%PDF-", by=part.person)
    answer = assignments.hand_in(assignment, text="My words.", by=part.person)
    other = answer_to(assignment, queuing)
    assignments.comment(answer, text="Well seen.", by=trainer)
    assignments.comment(other, text="You too.", by=trainer)

    held = {each.title: each.rows for each in privacy.collect(part.person)}
    of_trainer = {each.title: each.rows for each in privacy.collect(trainer)}
    privacy.erase(part.person, by=part.person)

    assert [(row["Activity"], row["State"]) for row in held["Activities"]] == [
        ("Coming", "signed up"),
        ("Held", "was there"),
    ]
    [row] = held["Answers to assignments"]
    assert (row["Text"], row["Files"], row["Comments"]) == ("My words.", "a.pdf", f"{trainer}: Well seen.")
    assert [row["Text"] for row in of_trainer["What I wrote about answers of others"]] == ["Well seen.", "You too."]
    assert list(AssignmentAnswer.objects.all()) == [other]
    assert list(AssignmentComment.objects.values_list("text", flat=True)) == ["You too."]
    assert StoredFile.objects.count() == 0
    assert Attendance.objects.get(activity=coming, person=queuing).state == "signed_up"
    assert Attendance.objects.get(activity=coming, person=part.person).state == "signed_off"
