"""What competence holds about a person: nothing yet. Frameworks are public criteria; officials are never read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.core.privacy import Held
    from luotsi.people.models import Person

COVERS: frozenset[str] = frozenset()


def collect(person: Person) -> list[Held]:  # noqa: ARG001 -- the same for every module
    return []


def erase(person: Person, *, by: Actor) -> None:
    """Nothing to erase."""
