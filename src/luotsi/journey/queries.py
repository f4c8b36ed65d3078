"""Reads over several modules: what is next for somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.competence import queries as competence
from luotsi.insight import queries as insight
from luotsi.matching import queries as matching
from luotsi.mentoring import queries as mentoring
from luotsi.passport import queries as passport
from luotsi.people import queries as people
from luotsi.people.enums import CircleRole, Role
from luotsi.programmes import queries as programmes
from luotsi.surveys import queries as surveys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from luotsi.people.models import Person
    from luotsi.people.queries import Standing
    from luotsi.web.components import NextThing

MOST_THINGS = 8


def next_things_for(person: Person, standing: Standing) -> list[NextThing]:
    """What waits for the person, the most pressing first. Asks only the modules that can know of something."""
    found = sorted(_things(person, standing), key=lambda thing: (thing.weight, thing.by_when is None, thing.by_when))
    return found[:MOST_THINGS]


def _things(person: Person, standing: Standing) -> Iterator[NextThing]:
    for module in _modules_for(standing):
        yield from module(person)


def _modules_for(standing: Standing) -> Iterator[Callable[[Person], list[NextThing]]]:
    """Whose questions are worth asking: roles and circles tell."""
    if Role.COORDINATOR in standing.roles:
        yield from (programmes.next_things_for, matching.next_things_for, mentoring.next_things_for)
    elif standing.circle_roles:
        yield from (matching.next_things_for, mentoring.next_things_for)
