"""Writes: to whom a person shows the own growth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.competence import messages
from luotsi.competence.models import GrowthShare
from luotsi.competence.queries.shares import circles_to_show_to, shares_with_circle_of, standing_shares_of
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.people.queries import members_of, recipient_of

if TYPE_CHECKING:
    from datetime import date

    from luotsi.competence.models import Area
    from luotsi.people.models import Circle, Person

MOST_TOLD = 30  # members of a circle that get a letter; a larger one finds it on the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """To whom, and what: one person or a circle; one area or all; with own words or without; until when."""

    shown_to: Person | None = None
    circle: Circle | None = None
    area: Area | None = None
    with_words: bool = False
    until: date | None = None


@transaction.atomic
def show(wish: Wish, *, by: Person) -> GrowthShare:
    """Show the own growth. Those to whom it is shown are told. The same again changes nothing."""
    _check(wish, by)
    same = standing_shares_of(by).filter(
        shown_to=wish.shown_to, circle=wish.circle, area=wish.area, with_words=wish.with_words, until=wish.until
    )
    if (found := same.first()) is not None:
        return found
    share = GrowthShare(
        person=by,
        shown_to=wish.shown_to,
        circle=wish.circle,
        area=wish.area,
        with_words=wish.with_words,
        until=wish.until,
    ).insert()
    audit.record(by=by, verb="competence.growth_shown", subject=share, with_words=wish.with_words)
    for reader in _readers(wish, by):
        tell(lambda: messages.shown(share, by), to=recipient_of(reader), by=by)
    return share


@transaction.atomic
def take_back(share: GrowthShare, *, by: Person) -> None:
    """From now on nobody sees it through this share. Done again, nothing happens."""
    if share.person_id != by.pk:
        raise RefusedError(_("Only the one who shows something can take it back."))
    locked = GrowthShare.objects.select_for_update().get(pk=share.pk)
    if locked.ended_at is None:
        locked.amend(ended_at=timezone.now())
        audit.record(by=by, verb="competence.growth_taken_back", subject=locked)
    share.refresh_from_db(fields=["ended_at"])


def _check(wish: Wish, by: Person) -> None:
    if (wish.shown_to is None) == (wish.circle is None):
        raise RefusedError(_("Choose to whom you show it."))
    if wish.until is not None and wish.until < timezone.localdate():
        raise RefusedError(_("The last day has passed already. Choose a later one, or leave it empty."))
    if wish.circle is not None and not circles_to_show_to(by).filter(pk=wish.circle.pk).exists():
        raise RefusedError(_("You can show it to circles that you belong to."))
    if wish.shown_to is not None and not shares_with_circle_of(by, wish.shown_to):
        raise RefusedError(_("You can show it to people of your own pairs, groups and programmes."))


def _readers(wish: Wish, by: Person) -> list[Person]:
    if wish.shown_to is not None:
        return [wish.shown_to]
    members = members_of(wish.circle) if wish.circle is not None else []
    found = {member.person_id: member.person for member in members if member.person_id != by.pk}
    return list(found.values()) if len(found) <= MOST_TOLD else []
