"""Reads: what a person is asked without the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luotsi.core.errors import NotThereError
from luotsi.surveys.models import Invitee, Wave
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Organisation, Person

WEIGHT = 40  # as of what is asked by name
PATH = "/my/surveys/anonymous/"


def invitees_for(person: Person) -> QuerySet[Invitee]:
    """Everything that the person was asked anonymously, the newest first."""
    about = ("wave__instrument", "wave__circle__network", "wave__organisation", "person", "unit")
    return Invitee.objects.filter(person=person).select_related(*about).order_by("-wave__opened_at", "-pk")


def invitee_for(person: Person, ref: UUID) -> Invitee:
    found = invitees_for(person).filter(ref=ref).first()
    if found is None:
        raise NotThereError
    return found


def wave_with_link(link: UUID) -> Wave:
    """The wave that whoever has the link may answer. Raises NotThereError."""
    found = Wave.objects.select_related("instrument", "circle__network", "organisation").filter(link_key=link).first()
    if found is None:
        raise NotThereError
    return found


def units_to_choose(wave: Wave) -> list[Organisation]:
    """The units that somebody with the link can say to be of, by name."""
    units = [urn.unit for urn in wave.urns.exclude(unit=None).select_related("unit") if urn.unit is not None]
    return sorted(units, key=lambda unit: (unit.sort_key, unit.pk))


def readers_of(wave: Wave) -> str:
    """Who reads own words that are written without the name, in a sentence's end."""
    if wave.organisation is not None:
        who = _("HR and management of %(organisation)s") % {"organisation": wave.organisation}
    else:
        network = wave.circle.network if wave.circle else None
        who = _("the coordinators of %(network)s") % {"network": network}
    return _("%(who)s, after the survey has closed, mixed with the words of others, if five people or more wrote") % {
        "who": who
    }


def next_things_for(person: Person) -> list[NextThing]:
    """Anonymous surveys that wait for the person. One query."""
    waiting = invitees_for(person).filter(
        has_answered=False, wave__closed_at=None, wave__closes_on__gte=timezone.localdate()
    )
    return [
        NextThing(
            title=_("Answer: %(survey)s") % {"survey": invitee.wave.instrument},
            text=_("It is anonymous, and takes a few minutes."),
            by_when=invitee.wave.closes_on,
            address=reverse("surveys:answer_anonymously", args=[invitee.ref]),
            label=_("Answer the questions"),
            weight=WEIGHT,
        )
        for invitee in waiting.order_by("wave__closes_on", "pk")
    ]


def without_answered(person: Person, things: Sequence[NextThing]) -> list[NextThing]:
    """The things without the anonymous surveys that have been answered meanwhile. One query at most.

    Answering anonymously writes nothing into the audit log, by which the home page knows that something has changed.
    """
    if not any(thing.address.startswith(PATH) for thing in things):
        return list(things)
    refs = Invitee.objects.filter(person=person, has_answered=False).values_list("ref", flat=True)
    waiting = {f"{PATH}{ref}/" for ref in refs}
    return [thing for thing in things if not thing.address.startswith(PATH) or thing.address in waiting]
