"""What was noted of applicants, and of parts, is given out and forgotten."""

from datetime import date

import pytest

from luotsi.programmes.enums import ApplicationState, LeavingReason
from luotsi.programmes.models.applications import Interview
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.privacy import collect, erase
from luotsi.programmes.services.applications import decide
from luotsi.programmes.services.interviews import Talk, note_interview
from luotsi.programmes.services.participations import leave
from tests.factories.people import coordinator_of
from tests.factories.programmes import ApplicationFactory, open_round

pytestmark = pytest.mark.django_db


def test_what_was_noted_of_an_applicant_is_given_out_and_forgotten() -> None:
    round_ = open_round(name={"en": "Spring"})
    coordinator = coordinator_of(round_.programme.network)
    application = ApplicationFactory.create(round=round_, external_id="A-1", told={"why": "Mine"})
    talk = Talk(held_on=date(2026, 3, 2), notes="Wants courage.")
    note_interview(application, talk, by=coordinator)
    decide(application, ApplicationState.ACCEPTED, by=coordinator)
    part = Participation.objects.get()
    leave(part, LeavingReason.LIFE, by=application.person)

    given = {held.title: held.rows for held in collect(application.person)}
    assert given["Interviews with me"][0]["Notes"] == "Wants courage."
    assert given["Parts in programmes"][0]["Why I left"] == "Life has changed"
    led = {held.title: held.rows for held in collect(coordinator)}["Interviews that I held"]
    assert led == [{"Programme": "Spring", "Held on": given["Interviews with me"][0]["Held on"]}]

    erase(application.person, by=application.person)

    interview = Interview.objects.get()
    part.refresh_from_db()
    application.refresh_from_db()
    assert (interview.notes, part.left_reason, application.external_id, application.told) == ("", "", "", {})
