"""Reads: who would be asked, and in which unit they are counted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.people.enums import Role
from luotsi.people.models import CircleMember, Membership, Organisation, Person
from luotsi.surveys.rules import SMALLEST_GROUP

if TYPE_CHECKING:
    from luotsi.people.models import Circle


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A person, and the direct unit of the organisation in which the person's answers are counted, if in any."""

    person: Person
    unit: Organisation | None = None


def members_to_ask(circle: Circle) -> list[Asked]:
    """Who is in a circle now."""
    members = CircleMember.objects.current().filter(circle=circle).values("person")
    return [Asked(person=person) for person in Person.objects.present().filter(pk__in=members).order_by("pk")]


def people_to_ask(organisation: Organisation) -> list[Asked]:
    """Who has a role in the organisation or below it now, each once.

    Who is in several direct units is counted in the smallest of them, of equal ones in the first by name. A unit with
    fewer than five people is no group of its own: they are counted without a unit.
    """
    unit_of = units_below(organisation)
    roles = (
        Membership.objects.current().filter(organisation__in=[organisation.pk, *unit_of]).exclude(role=Role.OPERATOR)
    )
    found: defaultdict[int, set[Organisation | None]] = defaultdict(set)
    for person_id, place_id in roles.order_by().values_list("person", "organisation"):
        found[person_id].add(unit_of.get(place_id))
    sizes: defaultdict[Organisation | None, int] = defaultdict(int)
    for units in found.values():
        for unit in units:
            sizes[unit] += 1
    chosen = {person_id: _smallest(units, sizes) for person_id, units in found.items()}
    counted: defaultdict[Organisation | None, int] = defaultdict(int)
    for unit in chosen.values():
        counted[unit] += 1
    persons = Person.objects.present().filter(pk__in=found).order_by("pk")
    return [
        Asked(person=person, unit=unit if counted[unit := chosen[person.pk]] >= SMALLEST_GROUP else None)
        for person in persons
    ]


def units_below(organisation: Organisation) -> dict[int, Organisation]:
    """Every unit below an organisation, however deep, with the direct unit that it belongs to. One query a level."""
    found = {unit.pk: unit for unit in Organisation.objects.filter(parent=organisation)}
    level = list(found)
    while level:
        deeper = [unit for unit in Organisation.objects.filter(parent__in=level) if unit.pk not in found]
        found |= {unit.pk: found[unit.parent_id] for unit in deeper if unit.parent_id is not None}
        level = [unit.pk for unit in deeper]
    return found


def _smallest(units: set[Organisation | None], sizes: defaultdict[Organisation | None, int]) -> Organisation | None:
    named = [unit for unit in units if unit is not None]
    return min(named, key=lambda unit: (sizes[unit], unit.sort_key, unit.pk)) if named else None
