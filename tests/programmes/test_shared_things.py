"""Stories of what waits at home for those who share a plan."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.people.enums import Role
from luotsi.people.models import Person
from luotsi.programmes.enums import ProgrammeState
from luotsi.programmes.queries import plans as queries
from luotsi.programmes.queries import shared_things
from luotsi.programmes.services import entries, goals
from luotsi.programmes.services.approvals import approve_plan
from luotsi.surveys.enums import WorkshopState
from luotsi.web.components import Waiting
from tests.factories.partners import contact_of, details_of, partner_of, planned_programme
from tests.factories.people import PersonFactory, coordinator_of, grant
from tests.factories.workshops import goal_in, steering, workshop_in

pytestmark = pytest.mark.django_db


def waiting(person: Person) -> list[str]:
    rows = shared_things.waiting_for(person)
    return sorted(str(shared_things.thing_of(Waiting(*row)).title) for row in rows[0].union(*rows[1:], all=True))


def coming() -> date:
    return timezone.localdate() + timedelta(days=30)


def test_a_plan_waits_for_a_yes_until_it_is_given_and_again_after_a_change(django_assert_num_queries):
    programme = planned_programme(starts_on=coming(), name={"en": "Cooks"})
    partner, other = partner_of(programme), partner_of(programme)
    contact, trainer = contact_of(partner), PersonFactory.create()
    grant(trainer, Role.TRAINER, organisation=partner.organisation)
    letters = queries.activities_of(programme).get(key="letters")
    with django_assert_num_queries(1):
        assert waiting(contact) == ["Approve the plan: Cooks"]
    assert waiting(trainer) == []

    approve_plan(partner, seen=0, by=contact)
    assert waiting(contact) == []
    entries.add_activity(programme, partner=other, details=details_of(letters), by=SYSTEM)
    assert waiting(contact) == []
    entries.change_activity(letters, details=details_of(letters, place="Yard"), by=SYSTEM)
    assert waiting(contact) == ["The plan has changed: Cooks"]
    letters.refresh_from_db()
    entries.change_activity(letters, details=details_of(letters, place=""), by=SYSTEM)
    assert waiting(contact) == []


def test_what_is_late_is_seen_by_coordinators_and_whoever_is_responsible():
    programme = planned_programme(starts_on=timezone.localdate() - timedelta(days=90))
    elsewhere = planned_programme(starts_on=timezone.localdate() - timedelta(days=90))
    mine, other = partner_of(programme), partner_of(programme)
    programme.activities.exclude(key="letters").update(responsible=mine.organisation)
    own = entries.add_activity(
        programme,
        partner=other,
        details=details_of(programme.activities.get(key="letters")),
        by=SYSTEM,
    )
    people = [contact_of(partner) for partner in (mine, other)]
    for partner, person in zip((mine, other), people, strict=True):
        approve_plan(partner, seen=queries.newest_change_of(programme), by=person)

    assert waiting(coordinator_of(programme.network)) == ["4 activities are late"]
    assert [waiting(person) for person in people] == [["2 activities are late"], ["1 activity is late"]]
    entries.mark_done(own, by=people[1])
    assert waiting(people[1]) == []
    programme.amend(state=ProgrammeState.CLOSED)
    assert waiting(people[0]) == []
    assert waiting(coordinator_of(elsewhere.network)) == ["3 activities are late"]


def test_what_an_hr_day_ended_in_waits_to_be_taken():
    programme = planned_programme(starts_on=coming(), name={"en": "Cooks"})
    partner, other = partner_of(programme), partner_of(programme)
    hr, neighbour = steering(partner.organisation), steering(other.organisation)
    workshop = workshop_in(programme.network, partner.organisation, state=WorkshopState.DONE)
    conclusion = goal_in(workshop.parts.get(), "Time to learn", carried_by="HR", is_settled=True)
    taking = "Take what the HR day ended in as main goals: Cooks"

    assert waiting(hr) == ["Approve the plan: Cooks", taking]
    assert waiting(neighbour) == ["Approve the plan: Cooks"]
    assert taking not in waiting(contact_of(partner))
    goals.take_conclusions(partner, conclusions=[conclusion], by=hr)
    assert waiting(hr) == ["Approve the plan: Cooks"]
