"""Reads: what the two see of their mentoring, what coordinators see of their pairs, and what is next for either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.mentoring.enums import OVER
from luotsi.mentoring.queries.pairs import programmes_to_look_at
from luotsi.mentoring.queries.relationships import relationships_for
from luotsi.mentoring.queries.standings import is_due, next_thing_in, standings_for

if TYPE_CHECKING:
    from luotsi.people.models import Person
    from luotsi.web.components import NextThing


def next_things_for(person: Person) -> list[NextThing]:
    """What waits for the person, as one of two and as a coordinator. Three queries."""
    return [*things_in_mentoring(person), *programmes_to_look_at(person)]


def things_in_mentoring(person: Person) -> list[NextThing]:
    """What waits for the person as one of two. Two queries."""
    mine = relationships_for(person).exclude(state__in=OVER).select_related(None).select_related("programme")
    standings = standings_for(person, mine)
    return [thing for standing in standings if (thing := next_thing_in(standing)) and is_due(standing)]
