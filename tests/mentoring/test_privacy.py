"""What mentoring holds about a person, and what of it is forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core.actors import SYSTEM
from luotsi.core.privacy import day_of
from luotsi.mentoring import privacy
from luotsi.mentoring.enums import EarlyEnding, RelationshipState
from luotsi.mentoring.models import Agreement, Session
from luotsi.mentoring.services.agreements import propose_agreement
from tests.factories.mentoring import active_pair, met, over_pair
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_own_data_has_the_mentoring_the_agreements_and_the_meetings() -> None:
    relationship = active_pair(mentor_is=PersonFactory.create(given_name="Leena", family_name="Kivistö"))
    propose_agreement(relationship, rhythm="On Tuesdays", themes="", not_discussed="", by=relationship.mentee)
    met(relationship, 2, summary="Ours.")
    met(active_pair(), 1, summary="Not ours.")

    mentoring, agreements, meetings = privacy.collect(relationship.mentee)

    today = timezone.localdate()
    assert mentoring.rows == [
        {
            "Programme": str(relationship.programme),
            "With": "Leena Kivistö",
            "State": "under way",
            "Since": day_of(relationship.created_at),
            "Until": "",
        }
    ]
    assert [row.get("How we meet") for row in agreements.rows] == [None, None, "On Tuesdays"]
    assert [(row["Date"], row["Shared summary"]) for row in meetings.rows] == [
        ((today - timedelta(days=2)).isoformat(), "Ours.")
    ]


def test_erasing_ends_what_goes_on_and_takes_the_own_words() -> None:
    relationship = active_pair()
    person, other = relationship.mentee, relationship.mentor
    propose_agreement(relationship, rhythm="My own words", themes="", not_discussed="", by=person)
    met(relationship, 5, summary="My own words")
    met(relationship, 3, summary="The other's words", logged_by=other)
    Message.objects.all().delete()

    privacy.erase(person, by=SYSTEM)

    relationship.refresh_from_db()
    assert (relationship.state, relationship.ending) == (RelationshipState.ENDED_EARLY, EarlyEnding.OTHER)
    assert list(Session.objects.order_by("held_on").values_list("summary", "minutes")) == [
        ("", 60),
        ("The other's words", 60),
    ]
    assert list(Agreement.objects.order_by("number").values_list("rhythm", flat=True)) == ["", ""]
    [message] = Message.objects.all()
    assert (message.recipient_ref, message.kind) == (other.ref, "mentoring.left_alone")
    assert str(person) not in message.subject + " ".join(message.lines)


def test_erasing_leaves_what_is_over_as_it_ended() -> None:
    relationship = over_pair()

    privacy.erase(relationship.mentor, by=SYSTEM)

    relationship.refresh_from_db()
    assert relationship.state == RelationshipState.COMPLETED
    assert Message.objects.count() == 0
