"""Minutes of meetings are carried up to the part in the programme, as they stand now."""

import pytest
from django.utils import timezone

from luotsi.core import events
from luotsi.core.models import Event
from luotsi.mentoring.enums import How
from luotsi.mentoring.services.sessions import Meeting, correct_session, log_session
from luotsi.programmes.models.participations import Participation
from tests.factories.mentoring import active_pair, met

pytestmark = pytest.mark.django_db(transaction=True)


def test_hours_are_those_of_all_meetings_and_follow_a_correction() -> None:
    pair = active_pair()
    met(active_pair(pair.programme), 2, minutes=40)
    met(pair, 5, minutes=30)
    mine = Participation.objects.filter(person__in=[pair.mentor, pair.mentee])

    session = log_session(pair, Meeting(held_on=timezone.localdate(), minutes=60), by=pair.mentee)
    assert set(mine.values_list("minutes_mentored", flat=True)) == {90}

    correct_session(session, Meeting(held_on=timezone.localdate(), minutes=15), by=pair.mentee)
    assert set(mine.values_list("minutes_mentored", flat=True)) == {45}

    correct_session(session, Meeting(held_on=timezone.localdate(), how=How.NOT_HELD), by=pair.mentee)
    assert sorted(Participation.objects.values_list("minutes_mentored", flat=True)) == [0, 0, 30, 30]


def test_told_twice_the_hours_are_the_same() -> None:
    pair = active_pair()
    log_session(pair, Meeting(held_on=timezone.localdate(), minutes=60), by=pair.mentor)
    event = Event.objects.get(kind="mentoring.SessionLogged")
    Event.objects.update(dispatched_at=None)
    event.handled.all().delete()

    events.dispatch(event.pk)

    assert set(Participation.objects.values_list("minutes_mentored", flat=True)) == {60}
