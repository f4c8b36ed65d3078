"""What every write between two who mentor needs: who does it, the next state, and telling the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.mentoring.enums import MOVES, RelationshipState
from luotsi.mentoring.models import Relationship, RelationshipMember
from luotsi.people.queries import recipient_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from luotsi.comms.models import Letter
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person

    Told = Callable[[Relationship, Person], Letter]


def lock(relationship: Relationship) -> None:
    """Read the state anew, and keep others from changing it until this transaction is over."""
    columns = ["state", "agreed_at", "ending", "ended_at", "reminded_at"]
    relationship.refresh_from_db(fields=columns, from_queryset=Relationship.objects.select_for_update())


def member_of(relationship: Relationship, by: Actor) -> RelationshipMember:
    """The doer as one of the two, with the relationship locked. Refused for anybody else."""
    lock(relationship)
    for member in relationship.members.select_related("person"):
        if member.person.ref == by.actor_ref:
            return member
    raise RefusedError(_("Only the two of the pair can do this."))


def move(relationship: Relationship, to: RelationshipState, *, by: Actor, **values: object) -> None:
    """The one door to a state."""
    if to not in MOVES[RelationshipState(relationship.state)]:
        raise RefusedError(_("This mentoring is over already."))
    relationship.amend(state=to, **values)
    audit.record(by=by, verb=f"mentoring.{to.value}", subject=relationship, ending=str(relationship.ending))


def tell_all(relationship: Relationship, letter: Told, *, by: Actor) -> None:
    """To each of the two about the other."""
    for member in relationship.members.select_related("person").order_by("pk"):
        tell_one(relationship, letter, member.person, by=by)


def tell_other(relationship: Relationship, letter: Told, *, by: Actor) -> None:
    """To the one who did not do it, about the one who did."""
    for member in relationship.members.select_related("person"):
        if member.person.ref != by.actor_ref:
            tell_one(relationship, letter, member.person, by=by)


def tell_one(relationship: Relationship, letter: Told, person: Person, *, by: Actor) -> None:
    """To one of the two about the other; nobody writes to who is forgotten."""
    if person.erased_at is None:
        tell(lambda: letter(relationship, relationship.other_than(person)), to=recipient_of(person), by=by)
