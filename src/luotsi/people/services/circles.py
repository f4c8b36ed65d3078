"""Writes: circles and their moments. Higher modules carry facts down by calling these."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from luotsi.core import audit
from luotsi.people.models import Circle, CircleMember, Network, Occasion

if TYPE_CHECKING:
    from datetime import datetime

    from luotsi.core.actors import Actor
    from luotsi.people.enums import CircleKind, CircleRole
    from luotsi.people.models import Person


@transaction.atomic
def open_circle(
    kind: CircleKind, *, by: Actor, name: str = "", network: Network | None = None, parent: Circle | None = None
) -> Circle:
    """A new circle without members. The module that opens it has asked its own rules."""
    circle = Circle(kind=kind, name=name[:200], network=network, parent=parent).insert()
    audit.record(by=by, verb="people.circle_opened", subject=circle, kind=kind)
    return circle


@transaction.atomic
def join_circle(circle: Circle, person: Person, role: CircleRole, *, by: Actor) -> CircleMember:
    """Make a person a member in a role, once at a time."""
    found = CircleMember.objects.current().filter(circle=circle, person=person, role=role).first()
    if found:
        return found
    member = CircleMember(circle=circle, person=person, role=role).insert()
    audit.record(by=by, verb="people.circle_joined", subject=circle, person=str(person.ref), role=role)
    return member


@transaction.atomic
def leave_circle(circle: Circle, person: Person, *, by: Actor) -> None:
    """End all the person's roles in the circle from today on. One that began today is removed."""
    yesterday = timezone.localdate() - timedelta(days=1)
    mine = CircleMember.objects.current().filter(circle=circle, person=person)
    mine.filter(since__gt=yesterday).delete()
    mine.update(until=yesterday)
    audit.record(by=by, verb="people.circle_left", subject=circle, person=str(person.ref))


@transaction.atomic
def close_circle(circle: Circle, *, by: Actor) -> None:
    """The circle's members were members until today; what they shared stays theirs to see where its module says so."""
    CircleMember.objects.current().filter(circle=circle).update(until=timezone.localdate())
    audit.record(by=by, verb="people.circle_closed", subject=circle)


@transaction.atomic
def arrange_occasion(
    circle: Circle, *, by: Actor, name: str, starts_local: datetime, minutes: int, place: str = ""
) -> Occasion:
    """A moment that the circle's members see coming."""
    occasion = Occasion(circle=circle, name=name, starts_local=starts_local, minutes=minutes, place=place).insert()
    audit.record(by=by, verb="people.occasion_arranged", subject=occasion)
    return occasion


@transaction.atomic
def cancel_occasion(occasion: Occasion, *, by: Actor) -> None:
    occasion.amend(cancelled_at=timezone.now())
    audit.record(by=by, verb="people.occasion_cancelled", subject=occasion)
