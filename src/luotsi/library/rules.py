"""Who may do what in the library. Reading is everybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.people.rules import is_system, operates

if TYPE_CHECKING:
    from luotsi.core.actors import Actor


def may_load(actor: Actor) -> bool:
    return is_system(actor) or operates(actor)
