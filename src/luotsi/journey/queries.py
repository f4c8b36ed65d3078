"""Reads over several modules: what is next for somebody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from luotsi.insight import queries as insight
from luotsi.matching import queries as matching
from luotsi.mentoring import queries as mentoring
from luotsi.mentoring.queries.pairs import programmes_to_look_at
from luotsi.passport import queries as passport
from luotsi.people.enums import Role
from luotsi.programmes import queries as programmes
from luotsi.surveys import queries as surveys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from luotsi.people.models import Person
    from luotsi.people.queries import RolesHeld
    from luotsi.web.components import NextThing

MOST_THINGS = 8


def next_things_for(person: Person, mine: RolesHeld) -> list[NextThing]:
    """What waits for the person, the most pressing first. Asks only the modules that can know of something."""
    found = (thing for ask in _asked(mine) for thing in ask(person))
    return sorted(found, key=lambda thing: (thing.weight, thing.by_when or date.max))[:MOST_THINGS]


def _asked(mine: RolesHeld) -> Iterator[Callable[[Person], list[NextThing]]]:
    """Whose questions are worth asking: roles and circles tell."""
    if Role.COORDINATOR in mine.roles:
        yield from (programmes.next_things_for, matching.things_to_publish)
        yield from (programmes_to_look_at, insight.next_things_for)
    if Role.ASSESSOR in mine.roles:
        yield passport.next_things_for_assessor
    if mine.circle_roles:
        yield from (matching.things_to_answer, mentoring.things_in_mentoring)
        yield from (surveys.next_things_for, passport.next_things_for)
