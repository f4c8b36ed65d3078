"""What the two agree on, version by version."""

import pytest

from luotsi.comms.models import Message
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry, AuditFacts
from luotsi.mentoring.enums import RelationshipState
from luotsi.mentoring.models import Agreement, AgreementApproval, Relationship
from luotsi.mentoring.queries.agreements import agreement_in_force, newest_agreement_of
from luotsi.mentoring.services.agreements import approve_agreement, propose_agreement
from tests.factories.mentoring import active_pair, outsider, over_pair, pair
from tests.factories.people import coordinator_of

pytestmark = pytest.mark.django_db

WORDS = {"rhythm": "Every other Tuesday at the library.", "themes": "Strengths", "not_discussed": "Salaries"}


def told() -> list[tuple[object, str]]:
    return list(Message.objects.order_by("pk").values_list("recipient_ref", "kind"))


def state_of(relationship: Relationship) -> str:
    return Relationship.objects.get(pk=relationship.pk).state


def test_approving_by_one_asks_the_other() -> None:
    relationship = pair()
    agreement = newest_agreement_of(relationship)

    approve_agreement(agreement, by=relationship.mentee)

    assert list(agreement.approvals.values_list("person", flat=True)) == [relationship.mentee.pk]
    assert state_of(relationship) == RelationshipState.AGREEING
    assert told() == [(relationship.mentor.ref, "mentoring.approved_by_one")]


def test_approved_by_both_mentoring_begins() -> None:
    relationship = pair()
    approve_agreement(newest_agreement_of(relationship), by=relationship.mentee)

    approve_agreement(newest_agreement_of(relationship), by=relationship.mentor)

    found = Relationship.objects.get(pk=relationship.pk)
    assert found.state == RelationshipState.ACTIVE
    assert found.agreed_at == newest_agreement_of(relationship).approved_at
    assert told()[1:] == [(relationship.mentor.ref, "mentoring.agreed"), (relationship.mentee.ref, "mentoring.agreed")]


def test_approving_twice_counts_once() -> None:
    relationship = pair()
    approve_agreement(newest_agreement_of(relationship), by=relationship.mentee)

    approve_agreement(newest_agreement_of(relationship), by=relationship.mentee)

    assert (AgreementApproval.objects.count(), Message.objects.count()) == (1, 1)
    assert state_of(relationship) == RelationshipState.AGREEING


def test_nobody_but_the_two_approves() -> None:
    relationship = pair()

    for by in (outsider(), coordinator_of(relationship.programme.network)):
        with pytest.raises(RefusedError, match="Only the two of the pair"):
            approve_agreement(newest_agreement_of(relationship), by=by)

    assert AgreementApproval.objects.filter(agreement__relationship=relationship).count() == 0


def test_a_proposal_is_a_new_version_approved_by_who_proposes_it() -> None:
    relationship = active_pair()

    proposed = propose_agreement(relationship, **WORDS, by=relationship.mentor)

    assert (proposed.number, proposed.rhythm, proposed.language) == (2, "Every other Tuesday at the library.", "en")
    assert proposed.text == relationship.agreements.get(number=1).text
    assert list(proposed.approvals.values_list("person", flat=True)) == [relationship.mentor.pk]
    assert told() == [(relationship.mentee.ref, "mentoring.proposed")]


def test_the_earlier_version_holds_until_both_have_approved_the_new_one() -> None:
    relationship = active_pair()
    propose_agreement(relationship, **WORDS, by=relationship.mentor)
    in_force = agreement_in_force(relationship)
    assert in_force is not None
    assert (in_force.number, state_of(relationship)) == (1, RelationshipState.ACTIVE)

    approve_agreement(newest_agreement_of(relationship), by=relationship.mentee)

    in_force = agreement_in_force(relationship)
    assert in_force is not None
    assert (in_force.number, state_of(relationship)) == (2, RelationshipState.ACTIVE)


def test_a_proposal_before_the_first_approval_begins_mentoring_when_the_other_approves() -> None:
    relationship = pair()
    propose_agreement(relationship, **WORDS, by=relationship.mentee)

    approve_agreement(newest_agreement_of(relationship), by=relationship.mentor)

    assert state_of(relationship) == RelationshipState.ACTIVE


def test_an_older_version_cannot_be_approved_any_more() -> None:
    relationship = pair()
    first = newest_agreement_of(relationship)
    propose_agreement(relationship, **WORDS, by=relationship.mentee)

    with pytest.raises(RefusedError, match="There is a newer version"):
        approve_agreement(first, by=relationship.mentor)

    assert first.approvals.count() == 0
    assert state_of(relationship) == RelationshipState.AGREEING


def test_a_proposal_that_changes_nothing_is_refused() -> None:
    relationship = active_pair()

    with pytest.raises(RefusedError, match="says just this"):
        propose_agreement(relationship, rhythm=" ", themes="", not_discussed="", by=relationship.mentor)

    assert relationship.agreements.count() == 1
    assert told() == []


def test_what_is_over_keeps_its_agreement() -> None:
    relationship = over_pair()

    with pytest.raises(RefusedError, match="Its agreement stays as it is"):
        propose_agreement(relationship, **WORDS, by=relationship.mentor)
    with pytest.raises(RefusedError, match="Its agreement stays as it is"):
        approve_agreement(newest_agreement_of(relationship), by=relationship.mentor)

    assert relationship.agreements.count() == 1


def test_the_audit_log_has_none_of_the_words() -> None:
    relationship = active_pair()

    propose_agreement(relationship, **WORDS, by=relationship.mentor)

    verbs = list(AuditEntry.objects.filter(verb__startswith="mentoring").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["mentoring.agreement_proposed", "mentoring.agreement_approved"]
    assert set(AuditFacts.objects.filter(entry__verb__startswith="mentoring").values_list("facts", flat=True)) == {
        '{"number": 2}'
    }
    assert Agreement.objects.get(number=2).themes == "Strengths"
