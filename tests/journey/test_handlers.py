"""What follows from what: facts of one module become things of another, once."""

import pytest

from luotsi.core import events
from luotsi.core.models import Event
from luotsi.journey.demo import play
from luotsi.journey.models import AwardRule
from luotsi.mentoring.models import Relationship
from luotsi.passport.models import Claim, Fact
from luotsi.surveys.models import Response
from tests.architecture.world import make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]


@pytest.fixture
def world(mail_folder):
    return make_world(7)


def test_an_accepted_proposal_becomes_one_relationship_however_often_it_is_told(world) -> None:
    event = Event.objects.filter(kind="matching.ProposalAccepted").earliest("pk")
    before = Relationship.objects.count()
    Event.objects.filter(pk=event.pk).update(dispatched_at=None)
    event.handled.all().delete()

    events.dispatch(event.pk)

    assert Relationship.objects.count() == before


def test_a_completed_relationship_offers_the_mark_and_asks_both_how_it_was(world) -> None:
    participant = world.people["participant"]
    relationship = Relationship.objects.get(members__person=participant)

    facts = list(Fact.objects.filter(person=participant).values_list("kind", "fact_ref"))
    asked = Response.objects.filter(person__in=[relationship.mentor, relationship.mentee]).count()

    assert facts == [("mentoring.completed", relationship.ref)]
    assert asked == 2
    assert Claim.objects.filter(person=participant, is_offered=True).count() == 1


def test_a_programme_that_leads_to_nothing_offers_nothing(world) -> None:
    AwardRule.objects.all().delete()
    pair = Relationship.objects.get(ref=world.things["relationship"])
    before = Claim.objects.count()

    play.part(pair)

    assert pair.state == "completed"
    assert Claim.objects.count() == before
