"""Reads over several modules: what is next for somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from luotsi.competence.queries import assessments
from luotsi.competence.queries.needs import things_of_needs
from luotsi.insight import queries as insight
from luotsi.matching import queries as matching
from luotsi.mentoring import queries as mentoring
from luotsi.mentoring.queries.pairs import programmes_to_look_at
from luotsi.passport import queries as passport
from luotsi.people.enums import Role
from luotsi.people.queries import roles_held_by
from luotsi.programmes.queries import assignments as activities
from luotsi.programmes.queries import next_things as programmes
from luotsi.programmes.queries import participations as parts
from luotsi.programmes.queries import shared_things as shared_plans
from luotsi.surveys.queries import next_things as surveys
from luotsi.surveys.queries import workshops
from luotsi.surveys.rules import STEERING
from luotsi.web.components import NextThing, Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

    from luotsi.people.models import Person
    from luotsi.people.queries import RolesHeld

MOST_THINGS = 8
WORDED: dict[str, Callable[[Waiting], NextThing | None]] = {
    assessments.KIND: assessments.thing_of,
    insight.KIND: insight.thing_of,
    workshops.PART_KIND: workshops.thing_of,
    workshops.LED_KIND: workshops.thing_of,
    surveys.NAMED_KIND: surveys.thing_of,
    surveys.ANONYMOUS_KIND: surveys.thing_of,
    activities.ANSWER_KIND: activities.thing_of,
    parts.DATA_KIND: parts.thing_of,
    activities.SIGN_UP_KIND: activities.thing_of,
    activities.JUDGE_KIND: activities.thing_of,
    shared_plans.APPROVE_KIND: shared_plans.thing_of,
    shared_plans.LATE_KIND: shared_plans.thing_of,
    shared_plans.GOALS_KIND: shared_plans.thing_of,
}
KEPT = 20  # seconds: what follows from the clock alone may be so much late


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHome:
    """What the home page shows that follows from what happened."""

    roles: RolesHeld
    things: list[NextThing]


def at_home(person: Person, newest: int) -> AtHome:
    """Roles and next things, worked out anew whenever anything has changed: `newest` (of the audit log) tells.

    Six queries when something has changed, none when nothing has. Kept in this process only, and never for long.
    """
    key = f"home:{person.pk}:{get_language()}:{timezone.localdate()}:{newest}"
    found: AtHome | None = cache.get(key)
    if found is None:
        roles = roles_held_by(person)
        found = AtHome(roles=roles, things=next_things_for(person, roles))
        cache.set(key, found, KEPT)
    return replace(found, things=surveys.without_answered(person, found.things))


def next_things_for(person: Person, mine: RolesHeld) -> list[NextThing]:
    """What waits for the person, the most pressing first. Asks only the modules that can know of something."""
    asked = (thing for ask in _asked(mine) for thing in ask(person))
    found = [_in_words(thing) for thing in (*asked, *_waiting(person, mine))]
    return sorted(found, key=lambda thing: (thing.weight, thing.by_when or date.max))[:MOST_THINGS]


def _in_words(thing: NextThing) -> NextThing:
    """In the language of now, so that it can be kept."""
    return replace(thing, title=str(thing.title), text=str(thing.text), label=str(thing.label))


def _asked(mine: RolesHeld) -> Iterator[Callable[[Person], list[NextThing]]]:
    """Whose questions are worth asking: roles and circles tell."""
    if Role.COORDINATOR in mine.roles:
        yield from (programmes.next_things_for, matching.things_to_publish)
        yield programmes_to_look_at
    if Role.ASSESSOR in mine.roles:
        yield passport.next_things_for_assessor
    if Role.EMPLOYER_CONTACT in mine.roles:
        yield things_of_needs
    if mine.circle_roles:
        yield from (matching.things_to_answer, mentoring.things_in_mentoring)
        yield passport.next_things_for


def _waiting(person: Person, mine: RolesHeld) -> Iterator[NextThing]:
    """What lies in tables whose rows have one shape: one query for all of them."""
    rows: list[QuerySet[Any, Any]] = insight.waiting_for(person) if Role.COORDINATOR in mine.roles else []
    if mine.circle_roles or mine.roles:
        rows += assessments.waiting_for(person) + activities.waiting_for(person) + parts.waiting_for(person)
    if mine.roles & {Role.COORDINATOR, Role.TRAINER}:
        rows += activities.waiting_for_trainer(person)
    if mine.roles & {Role.COORDINATOR, *STEERING}:
        rows += workshops.waiting_for(person)
    if mine.circle_roles or mine.organisations(*Role):
        rows += surveys.waiting_for(person)
    rows += shared_plans.waiting_for(person)
    for row in rows[0].union(*rows[1:], all=True):
        waiting = Waiting(*row)
        if thing := WORDED[waiting.kind](waiting):
            yield thing
