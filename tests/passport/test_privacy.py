"""What the passport holds about a person, told and erased."""

import pytest

from luotsi.core.privacy import Held, day_of
from luotsi.passport import privacy
from luotsi.passport.enums import ClaimState
from luotsi.passport.models import Claim, Credential, Decision, Evidence, Fact
from luotsi.passport.queries import queue_for, verdict_on
from luotsi.passport.services.claims import award_claim, return_claim, submit_claim
from luotsi.people import privacy as people_privacy
from luotsi.people.models import Person
from tests.factories.passport import (
    ClaimFactory,
    FactFactory,
    assessor_of,
    evidence_for,
    judged,
    mark_with,
    submitted,
)
from tests.factories.people import PersonFactory
from tests.kept import everything_kept

pytestmark = pytest.mark.django_db

MARKS = ["zqevidence", "zqsecond", "zqthird", "zqreason", "zqpraise", "zqjudged", "zqfact"]


def with_a_past() -> Person:
    """An assessor who has a mark, a returned claim, one in hand, a fact, and has judged somebody else's."""
    network = (mark := mark_with("greets", name={"en": "Guiding"})).network
    person, assessor = assessor_of(network), assessor_of(network)
    awarded = submitted(mark, person)
    evidence_for(awarded, "zqevidence")
    award_claim(awarded, by=assessor, judged=judged(awarded), reasons="zqpraise")
    returned = submitted(mark_with("listens", network=network, name={"en": "Feedback"}), person)
    evidence_for(returned, "zqsecond")
    return_claim(returned, by=assessor, reasons="zqreason", judged=judged(returned, is_met=False))
    evidence_for(ClaimFactory.create(person=person, mark__name={"en": "Third"}), "zqthird")
    FactFactory.create(person=person, text={"en": "zqfact"})
    return_claim(submitted(mark), by=person, reasons="zqjudged")
    return person


def test_a_person_gets_all_that_is_held() -> None:
    person = with_a_past()
    document = bytes(Credential.objects.get().document).decode()
    day = day_of(Decision.objects.earliest("pk").decided_at)

    assert privacy.collect(person) == [
        Held(
            title="Marks and claims",
            rows=[
                {
                    "Mark": "Guiding",
                    "State": "awarded",
                    "Evidence 1": "I guided a colleague.",
                    "Evidence 2": "zqevidence",
                    "Decision 1": f"awarded {day}\nzqpraise\ngreets: shown",
                    "Signed document": document,
                },
                {
                    "Mark": "Feedback",
                    "State": "returned to be completed",
                    "Evidence 1": "I guided a colleague.",
                    "Evidence 2": "zqsecond",
                    "Decision 1": f"returned to be completed {day}\nzqreason\nlistens: still to show",
                },
                {"Mark": "Third", "State": "collecting evidence", "Evidence 1": "zqthird"},
            ],
        ),
        Held(title="What happened and can be evidence", rows=[{"Day": "2026-03-10", "What": "zqfact"}]),
        Held(title="What I decided as an assessor", rows=[{"I decided on": day, "Reasons": "zqjudged"}]),
    ]


def test_of_a_forgotten_person_no_word_stays_and_the_award_does() -> None:
    person = with_a_past()
    document = bytes(Credential.objects.get().document)
    assert [mark in everything_kept("passport_") for mark in MARKS] == [True] * 7

    privacy.erase(person, by=person)
    people_privacy.erase(person, by=person)

    assert [mark for mark in MARKS if mark in everything_kept("passport_", "core_", "people_")] == []
    assert list(Claim.objects.filter(person=person).order_by("pk").values_list("state", flat=True)) == [
        ClaimState.AWARDED, ClaimState.WITHDRAWN,
    ]  # fmt: skip
    assert bytes(Credential.objects.get().document) == document
    assert verdict_on(document).outcome == "yes"
    assert not Fact.objects.exists()
    assert [row.claim.person for row in Evidence.objects.all()] == [Claim.objects.exclude(person=person).get().person]


def test_nobody_is_asked_to_judge_a_forgotten_persons_claim() -> None:
    mark = mark_with("greets")
    claim, assessor = submitted(mark), assessor_of(mark.network)
    return_claim(claim, by=assessor, reasons="More")
    submit_claim(claim, by=claim.person)
    other = submitted(mark, PersonFactory.create())

    privacy.erase(claim.person, by=claim.person)

    assert list(queue_for(assessor)) == [other]
    assert Decision.objects.filter(claim=claim).count() == 1
