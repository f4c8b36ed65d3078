"""What a person sees of what is held, and what is left of assessments when somebody is forgotten."""

from datetime import date

import pytest
from django.utils import timezone

from luotsi.competence.enums import AssessedBy, TaskState
from luotsi.competence.models import Assessment, AssessmentEvidence, AssessmentTask, GrowthShare
from luotsi.competence.privacy import collect, erase
from tests.factories.assessments import ShareFactory, TaskFactory, plan_with, planned, said
from tests.factories.competence import CompetenceFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


@pytest.fixture
def two():
    return PersonFactory.create(given_name="Aino", family_name="Alku"), PersonFactory.create(given_name="Bo")


@pytest.fixture
def of_each_other(two):
    """Each has assessed the self and the other one, with words and a link."""
    competence = CompetenceFactory.create(name={"en": "Listens"})
    rows = {}
    for assessor in two:
        for person in two:
            kind = AssessedBy.SELF if person == assessor else AssessedBy.PEER
            row = said(person, competence, 3, DAY, assessor=assessor, assessed_by=kind, words=f"By {assessor}.")
            AssessmentEvidence.objects.create(assessment=row, address="https://example.org/")
            rows[assessor, person] = row
    return rows


def test_a_person_sees_who_said_what_but_not_of_whom(two, of_each_other) -> None:
    aino, bo = two

    of_me, of_others, *_rest = collect(aino)

    assert [(row["Name"], row["In own words"]) for row in of_me.rows] == [
        (str(aino), f"By {aino}."),
        (str(bo), f"By {bo}."),
    ]
    assert of_others.rows == [
        {
            "Date": "2026-03-02",
            "Competence": "Listens",
            "Level": "3 · Works independently in usual situations",
            "Who assesses?": "a peer",
            "Moment": "in between",
            "In own words": f"By {aino}.",
            "Links": "https://example.org/",
        }
    ]


def test_what_is_not_sent_yet_and_what_is_shown_are_held_too(two) -> None:
    aino, bo = two
    TaskFactory.create(person=aino, plan=plan_with(name="Guiding"), draft={"x": {"level": "3", "words": "Half."}})
    ShareFactory.create(person=aino, shown_to=bo)

    *_said, tasks, shares, _imports = collect(aino)

    assert [(row["Plan"], row["Filled in so far"]) for row in tasks.rows] == [("Guiding", "3 Half.")]
    assert [(row["To whom?"], row["What?"]) for row in shares.rows] == [(str(bo), "all my growth")]


def test_who_is_forgotten_leaves_levels_to_others_and_nothing_else(two, of_each_other) -> None:
    aino, bo = two
    plan = plan_with()
    own = TaskFactory.create(plan=plan, person=aino, state=TaskState.DONE, done_at=timezone.now())
    said(aino, planned(plan)[0], 2, DAY, task=own)
    TaskFactory.create(plan=plan, person=aino, assessor=bo, assessed_by=AssessedBy.PEER)
    of_bo = TaskFactory.create(
        plan=plan, person=bo, assessor=aino, assessed_by=AssessedBy.PEER, draft={"x": {"words": "By Aino."}}
    )
    ShareFactory.create(person=aino, shown_to=bo)
    ShareFactory.create(person=bo, shown_to=aino)
    untouched = of_each_other[bo, bo]

    erase(aino, by=aino)
    erase(aino, by=aino)

    assert list(Assessment.objects.order_by("pk").values_list("person", "assessor", "level", "words")) == [
        (bo.pk, None, 3, ""),
        (bo.pk, bo.pk, 3, f"By {bo}."),
    ]
    assert list(AssessmentEvidence.objects.values_list("assessment", flat=True)) == [untouched.pk]
    assert list(AssessmentTask.objects.values_list("pk", "state", "draft")) == [(of_bo.pk, TaskState.CLOSED, {})]
    assert GrowthShare.objects.count() == 0
