"""Reads: to whom a person shows the own growth, and whose growth somebody is shown. Without a share nobody sees any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from luotsi.competence.models import Area, Assessment, GrowthShare
from luotsi.core.queries import one
from luotsi.people.enums import CircleKind
from luotsi.people.models import CircleMember, Person
from luotsi.people.queries import circles_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Circle


def standing() -> Q:
    """Shares that hold today."""
    return Q(ended_at=None) & (Q(until=None) | Q(until__gte=timezone.localdate()))


def standing_shares_of(person: Person) -> QuerySet[GrowthShare]:
    """What the person shows now, the newest first."""
    mine = GrowthShare.objects.filter(standing(), person=person)
    return mine.select_related("shown_to", "circle", "area__framework", "person").order_by("-pk")


def share_for(person: Person, ref: UUID) -> GrowthShare:
    """One that the person gives."""
    return one(standing_shares_of(person), ref)


def shares_shown_to(viewer: Person) -> QuerySet[GrowthShare]:
    """What others show to the viewer now: by name, or to a circle that the viewer is in at this moment."""
    to_me = Q(shown_to=viewer) | Q(circle__in=circles_of(viewer).values("pk"))
    found = GrowthShare.objects.filter(standing(), to_me, person__erased_at=None).exclude(person=viewer)
    return found.select_related("person", "circle", "area__framework").order_by("-pk")


def shown_share_for(viewer: Person, ref: UUID) -> GrowthShare:
    """One through which the viewer sees somebody's growth. Raises NotThereError once it is taken back or over."""
    return one(shares_shown_to(viewer), ref)


def circles_to_show_to(person: Person) -> QuerySet[Circle]:
    """The own groups and programmes; in a pair there is one person to show it to."""
    return circles_of(person).exclude(kind=CircleKind.PAIR)


def people_to_show_to(person: Person) -> QuerySet[Person]:
    """People of the own pairs and groups, by name."""
    near = circles_of(person).exclude(kind=CircleKind.PROGRAMME)
    members = CircleMember.objects.current().filter(circle__in=near.values("pk"))
    found: QuerySet[Person] = Person.objects.present().filter(pk__in=members.values("person")).exclude(pk=person.pk)
    return found.order_by("sort_key", "pk")


def shares_with_circle_of(person: Person, other: Person) -> bool:
    """Whether the two are in one circle now."""
    theirs = CircleMember.objects.current().filter(person=other, person__erased_at=None).values("circle")
    return person.pk != other.pk and circles_of(person).filter(pk__in=theirs).exists()


def areas_to_show(person: Person) -> QuerySet[Area]:
    """Areas in which there is something to show."""
    said = Assessment.objects.filter(person=person, competence__area=OuterRef("pk"))
    return Area.objects.filter(Exists(said)).select_related("framework").order_by("framework__pk", "position")


def within(area: Area) -> Q:
    """Assessments in an area or its parts, in every version of its framework: all keep the source's identifiers."""
    framework = area.framework
    same = Q(competence__area__framework__source=framework.source, competence__area__framework__origin=framework.origin)
    here = Q(competence__area__origin=area.origin) | Q(competence__area__within__origin=area.origin)
    return same & here
