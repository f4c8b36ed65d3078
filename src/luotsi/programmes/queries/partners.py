"""Reads: partners of programmes, for coordinators and for the partners' people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Prefetch, Q

from luotsi.competence.models import Area
from luotsi.core.queries import one
from luotsi.people.enums import Role
from luotsi.people.models import Membership, Organisation, Person
from luotsi.programmes.enums import ProgrammeState
from luotsi.programmes.models.partners import MainGoal, Partner, PartnerArea, PartnerContact
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.goals import with_setters
from luotsi.programmes.queries.programmes import programmes_for
from luotsi.programmes.rules import PLAN_READERS, partners_through

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from luotsi.people.models import Network

MOST_AREAS = 30  # offered at a time


def own_partners_of(person: Person) -> QuerySet[Partner]:
    """Partners whose people the person is among: as contact, sponsor, or by a role in the organisation."""
    return Partner.objects.filter(partners_through(person, *PLAN_READERS), left_on=None)


def planned_programmes_for(person: Person) -> QuerySet[Programme]:
    """Programmes of which the person is among a partner's people, the next to start first."""
    mine = own_partners_of(person).values("programme")
    found = Programme.objects.filter(pk__in=mine).exclude(state=ProgrammeState.CANCELLED)
    return found.select_related("network", "circle").order_by("starts_on", "pk")


def shared_programmes_for(person: Person) -> QuerySet[Programme]:
    """Programmes whose plan the person sees: as coordinator, or as one of a partner's people."""
    led, planned = (
        programmes_for(person).order_by().values("pk"),
        planned_programmes_for(person).order_by().values("pk"),
    )
    return Programme.objects.filter(Q(pk__in=led) | Q(pk__in=planned)).select_related("network", "circle")


def shared_programme_for(person: Person, ref: UUID) -> Programme:
    return one(shared_programmes_for(person), ref)


def partners_of(programme: Programme) -> QuerySet[Partner]:
    """Those who take part now, the host first, then by name; with emphasis, contacts and goals: five queries."""
    goals = with_setters(MainGoal.objects.filter(removed_at=None)).order_by("pk")
    return (
        programme.partners.filter(left_on=None)
        .select_related("organisation", "sponsor", "programme__network")
        .prefetch_related(
            Prefetch("areas", PartnerArea.objects.select_related("area__framework").order_by("area__position", "pk")),
            "outputs",
            Prefetch("contacts", PartnerContact.objects.select_related("person").order_by("person__sort_key", "pk")),
            Prefetch("main_goals", goals, to_attr="goals"),
        )
        .order_by("-is_host", "organisation__sort_key", "pk")
    )


def partner_in(programme: Programme, ref: UUID) -> Partner:
    """A partner of this programme, as all who see its plan see it."""
    return one(partners_of(programme), ref)


def partner_for(person: Person, ref: UUID) -> Partner:
    """A partner that the person may speak for: one of its people, or a coordinator of the programme."""
    led, own = programmes_for(person).order_by().values("pk"), own_partners_of(person).values("pk")
    found = Partner.objects.filter(Q(programme__in=led) | Q(pk__in=own), left_on=None)
    return one(found.select_related("organisation", "sponsor", "programme__network", "programme__circle"), ref)


def contact_of(partner: Partner, ref: UUID) -> PartnerContact:
    return one(partner.contacts.select_related("person"), ref)


def speaks_for(person: Person, programme: Programme) -> set[int]:
    """Of a programme, the partners whose people the person is among. One query."""
    return set(own_partners_of(person).filter(programme=programme).values_list("pk", flat=True))


def organisations_to_join(programme: Programme) -> QuerySet[Organisation]:
    """Organisations of the network that are no partners now, by name."""
    here = programme.partners.filter(left_on=None).values("organisation")
    parts = programme.network.parts.current().values("organisation")
    return Organisation.objects.filter(pk__in=parts).exclude(pk__in=here).order_by("sort_key", "pk")


def managers_of(organisation: Organisation) -> QuerySet[Person]:
    """Who is in the management of an organisation or of its parent: whom a sponsor is chosen from."""
    places = [organisation.pk, organisation.parent_id]
    now = Membership.objects.current().filter(organisation__in=places, role=Role.MANAGEMENT)
    found: QuerySet[Person] = Person.objects.present().filter(pk__in=now.values("person"))
    return found.order_by("sort_key", "pk")


def areas_to_choose(network: Network, words: str = "") -> Sequence[Area]:
    """Competence areas that the network sees, current ones with something in them, whose name has the words."""
    areas = Area.objects.filter(Q(framework__network=None) | Q(framework__network=network), framework__retired_at=None)
    found = areas.annotate(things=Count("competences")).filter(things__gt=0).select_related("framework")
    wanted = words.casefold().split()
    named = [area for area in found.order_by("framework", "position", "pk") if _has_all(area, wanted)]
    return named[:MOST_AREAS]


def area_with(network: Network, ref: str) -> list[Area]:
    """The current area that the network sees with this ref, if there is one."""
    areas = Area.objects.filter(Q(framework__network=None) | Q(framework__network=network), framework__retired_at=None)
    try:
        return list(areas.filter(ref=UUID(ref)).select_related("framework"))
    except ValueError:
        return []


def _has_all(area: Area, words: list[str]) -> bool:
    name = " ".join([*area.name.values(), *area.framework.name.values()]).casefold()
    return all(word in name for word in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many the partners together want, next to what the round takes."""

    mentors: int
    mentees: int


def quota_of(partners: list[Partner]) -> Quota:
    return Quota(
        mentors=sum(partner.mentors_wanted or 0 for partner in partners),
        mentees=sum(partner.mentees_wanted or 0 for partner in partners),
    )
