"""Circles: who belongs together, and their moments."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.people.enums import CircleKind, CircleRole
from luotsi.people.models import CircleMember
from luotsi.people.queries import circles_of, members_of, occasions_for
from luotsi.people.services.circles import (
    arrange_occasion,
    cancel_occasion,
    close_circle,
    join_circle,
    leave_circle,
    open_circle,
)
from tests.factories.people import CircleFactory, NetworkFactory, PersonFactory, join

pytestmark = pytest.mark.django_db


def test_a_circle_stands_in_a_network_and_in_another_circle() -> None:
    network = NetworkFactory.create()
    programme = open_circle(CircleKind.PROGRAMME, by=SYSTEM, name="n" * 300, network=network)

    pair = open_circle(CircleKind.PAIR, by=SYSTEM, network=network, parent=programme)

    assert (programme.name, pair.parent, str(pair)) == ("n" * 200, programme, "pair")
    assert list(network.circles.order_by("pk")) == [programme, pair]


def test_somebody_joins_once_in_a_role() -> None:
    circle, person = CircleFactory.create(), PersonFactory.create()

    first = join_circle(circle, person, CircleRole.MENTOR, by=SYSTEM)
    again = join_circle(circle, person, CircleRole.MENTOR, by=SYSTEM)
    also = join_circle(circle, person, CircleRole.COORDINATOR, by=SYSTEM)

    assert (again, also.role) == (first, CircleRole.COORDINATOR)
    assert list(circles_of(person)) == [circle]
    assert (list(circles_of(person, CircleRole.MENTEE)), list(circles_of(person, CircleRole.MENTOR))) == ([], [circle])


def test_members_stand_in_the_order_of_their_names() -> None:
    circle = CircleFactory.create()
    for family_name in ("Öberg", "Aho", "Åkerlund"):
        join(circle, PersonFactory.create(family_name=family_name), CircleRole.MENTEE)

    assert [member.person.family_name for member in members_of(circle)] == ["Aho", "Åkerlund", "Öberg"]


def test_who_leaves_was_a_member_until_yesterday() -> None:
    circle, person, other = CircleFactory.create(), PersonFactory.create(), PersonFactory.create()
    with time_machine.travel(timezone.now() - timedelta(days=10)):
        join(circle, person, CircleRole.MENTEE)
        join(circle, other, CircleRole.MENTOR)
    join(circle, person, CircleRole.MEMBER)

    leave_circle(circle, person, by=SYSTEM)

    assert [member.person for member in members_of(circle)] == [other]
    assert list(CircleMember.objects.filter(person=person).values_list("role", "until")) == [
        ("mentee", timezone.localdate() - timedelta(days=1))
    ]


def test_members_of_a_closed_circle_were_members_to_the_end_of_the_day() -> None:
    circle, person = CircleFactory.create(), PersonFactory.create()
    join(circle, person, CircleRole.MENTEE)

    close_circle(circle, by=SYSTEM)

    assert list(circles_of(person)) == [circle]
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert list(circles_of(person)) == []


def test_coming_moments_of_the_own_circles_are_seen() -> None:
    mine, other, person = CircleFactory.create(), CircleFactory.create(), PersonFactory.create()
    join(mine, person, CircleRole.MENTEE)
    evening = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)  # 23.30 on the wall
    with time_machine.travel(datetime(2026, 3, 10, 8, tzinfo=UTC)):
        join(mine, person, CircleRole.MENTOR)
        late = arrange_occasion(mine, by=SYSTEM, name="Late", starts_local=evening, minutes=60)
        soon = arrange_occasion(mine, by=SYSTEM, name="Soon", starts_local=evening.replace(hour=9), minutes=60)
        off = arrange_occasion(mine, by=SYSTEM, name="Off", starts_local=evening, minutes=60)
        arrange_occasion(other, by=SYSTEM, name="Not mine", starts_local=evening, minutes=60)
    cancel_occasion(off, by=SYSTEM)

    with time_machine.travel(datetime(2026, 3, 10, 20, tzinfo=UTC)):
        same_day = list(occasions_for(person))
    with time_machine.travel(datetime(2026, 3, 11, 8, tzinfo=UTC)):
        next_day = list(occasions_for(person))

    assert (same_day, next_day) == ([soon, late], [])
