"""Reads: what a person is asked without the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.errors import NotThereError
from luotsi.surveys.models import Invitee, Wave

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Organisation, Person


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
