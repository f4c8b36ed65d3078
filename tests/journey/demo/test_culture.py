"""Surveys and HR days of the demo region: enough answers, the same every time, nothing of anybody real."""

from __future__ import annotations

import time
from random import Random

import pytest
from django.db import transaction

from luotsi.core.actors import SYSTEM
from luotsi.journey.demo import culture, play
from luotsi.journey.demo.names import made_up_people
from luotsi.journey.demo.organisations import WORKPLACES
from luotsi.people.enums import OrganisationKind, Role
from luotsi.people.models import Membership, Organisation, Person
from luotsi.people.services.organisations import add_organisation, join_network
from luotsi.surveys.enums import WorkshopState
from luotsi.surveys.models import AnonymousAnswer, Invitee, Wave, Workshop
from luotsi.surveys.queries import results
from luotsi.surveys.queries import workshops as queries
from tests.waiting import things_waiting

pytestmark = pytest.mark.django_db

MOST_SECONDS = 6  # of CPU: a busy machine is not a slow program


def make(seed: int) -> play.Staff:
    crowd = made_up_people(Random(seed))
    team = play.staff("Region", "College", [next(crowd) for _ in range(3)])
    for workplace in WORKPLACES:
        if workplace.name in {culture.HOTEL, culture.BOATYARD}:
            house = add_organisation(by=SYSTEM, name=workplace.name, kind=OrganisationKind.EMPLOYER)
            join_network(house, team.network, by=SYSTEM)
            for names in workplace.units:
                add_organisation(
                    by=SYSTEM, name=next(iter(names.values())), kind=OrganisationKind.EMPLOYER, parent=house
                )
    culture.fill(team, crowd, seed)
    return team


def means(wave: Wave) -> dict[str, float]:
    figures = results.whole_of(wave).figures.dimensions
    return {key: round(found.whole.mean or 0.0, 6) for key, found in figures.items() if found.whole}


@pytest.mark.parametrize("seed", [5, 2026])
def test_two_surveys_of_a_hotel_show_what_rose_and_each_unit(seed) -> None:
    started = time.process_time()
    make(seed)
    spent = time.process_time() - started

    hotel = Organisation.objects.get(name=culture.HOTEL)
    before, now, still_open = Wave.objects.filter(organisation=hotel).order_by("pk")
    found = results.units_of(now)
    changes = found.figures.changes
    rose = {
        key
        for key, change in changes.by_dimension.items()
        if change.of_all and change.of_all.direction == "rose"
        if change.of_same_people and change.of_same_people.direction == "rose"
    }
    assert [AnonymousAnswer.objects.filter(wave=wave).count() for wave in (before, now, still_open)] == [27, 29, 0]
    assert [len(found.units), now.follows, now.closed_at is not None, still_open.is_open] == [3, before, True, True]
    assert rose == {"trust", "feedback"}
    assert changes.stayed is not None
    assert changes.stayed.both.count == 18
    assert spent < MOST_SECONDS


def test_the_hr_day_ended_in_goals_that_somebody_carries_and_another_one_is_coming() -> None:
    make(5)

    done, coming = Workshop.objects.order_by("held_on")
    hotel, yard = (Organisation.objects.get(name=name) for name in (culture.HOTEL, culture.BOATYARD))
    assert (done.state, coming.state) == (WorkshopState.DONE, WorkshopState.PLANNED)
    assert [queries.settled_conclusions_of(house).count() for house in (hotel, yard)] == [3, 1]
    assert all(goal.carrier or goal.carried_by for goal in queries.settled_in(done))
    hr = Membership.objects.get(role=Role.HR, organisation=hotel).person
    assert len(things_waiting(queries, hr)) == 1


def test_everybody_is_made_up_and_the_staff_of_the_hotel_is_asked_now() -> None:
    make(5)

    hotel = Organisation.objects.get(name=culture.HOTEL)
    still_open = Wave.objects.get(organisation=hotel, closed_at=None)
    assert Invitee.objects.filter(wave=still_open).count() == 33
    assert not Person.objects.filter(is_made_up=False).exists()


def test_the_same_seed_gives_the_same_figures_and_another_one_does_not() -> None:
    worlds = []

    for seed in (5, 5, 6):
        with transaction.atomic():
            make(seed)
            worlds.append([means(wave) for wave in Wave.objects.filter(closed_at__isnull=False).order_by("pk")])
            transaction.set_rollback(True)

    first, again, other = worlds
    assert again == first
    assert other != first
    assert [set(figures) for figures in first] == [set(culture.BASELINE)] * 3
