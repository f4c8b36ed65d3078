"""A person's own data in all modules: given out, and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.comms import privacy as comms
from luotsi.competence import privacy as competence
from luotsi.core.errors import RefusedError
from luotsi.insight import privacy as insight
from luotsi.journey import privacy as journey
from luotsi.matching import privacy as matching
from luotsi.mentoring import privacy as mentoring
from luotsi.passport import privacy as passport
from luotsi.people import privacy as people
from luotsi.people.rules import is_system
from luotsi.programmes import privacy as programmes
from luotsi.surveys import privacy as surveys

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.core.privacy import Held
    from luotsi.people.models import Person

# The account last: the others still need to know who it is.
HOLDERS = (journey, insight, passport, mentoring, matching, programmes, surveys, competence, comms, people)


def collect(person: Person) -> list[Held]:
    """All that any module holds about a person, for that person only."""
    return [held for holder in reversed(HOLDERS) for held in holder.collect(person)]


@transaction.atomic
def forget(person: Person, *, by: Actor) -> None:
    """Erase a person everywhere: what others need to keep stays without the person. It cannot be undone."""
    if not (is_system(by) or by.actor_ref == person.ref):
        raise RefusedError(_("Only you can have your own data erased."))
    for holder in HOLDERS:
        holder.erase(person, by=by)
