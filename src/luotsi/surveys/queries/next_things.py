"""Reads: what waits for somebody to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.surveys.queries import invitees, responses

if TYPE_CHECKING:
    from luotsi.people.models import Person
    from luotsi.web.components import NextThing


def next_things_for(person: Person) -> list[NextThing]:
    """Surveys by name and anonymous ones. Two queries."""
    return [*responses.next_things_for(person), *invitees.next_things_for(person)]
