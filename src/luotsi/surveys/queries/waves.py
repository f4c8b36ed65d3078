"""Reads: waves for those who run them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from luotsi.core.queries import one
from luotsi.people.enums import CircleKind, Role
from luotsi.people.models import Circle, Membership, Network, NetworkOrganisation, Organisation
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.models import AnonymousAnswer, Invitee, Wave
from luotsi.surveys.rules import STEERING

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """How many of a unit were asked and have answered. Who, is told to nobody."""

    unit: str
    asked: int
    answered: int


def organisations_to_ask(person: Person) -> QuerySet[Organisation]:
    """Organisations whose people the person may ask, by name."""
    networks = NetworkOrganisation.objects.current().filter(network__in=_coordinated(person))
    steered = Q(pk__in=_steered(person))
    coordinated = Q(pk__in=networks.values("organisation"))
    return Organisation.objects.filter(steered | coordinated).order_by("sort_key", "pk")


def circles_to_ask(person: Person) -> QuerySet[Circle]:
    """Programmes and groups whose people the person may ask, by name."""
    kinds = (CircleKind.PROGRAMME, CircleKind.GROUP)
    return Circle.objects.filter(network__in=_coordinated(person), kind__in=kinds).order_by("name", "pk")


def network_to_run_in(person: Person, organisation: Organisation) -> Network | None:
    """Whose coordinators run a wave that the person opens in an organisation: nobody's, if it is the person's own."""
    if organisation.pk in set(_steered(person).values_list("organisation", flat=True)):
        return None
    parts = NetworkOrganisation.objects.current().filter(organisation=organisation, network__in=_coordinated(person))
    return Network.objects.filter(pk__in=parts.values("network")).order_by("pk").first()


def waves_for(person: Person) -> QuerySet[Wave]:
    """Waves that the person runs, the newest first, each with `asked` and `answered` counted."""
    coordinated = _coordinated(person)
    mine = Q(organisation__in=_steered(person)) | Q(network__in=coordinated) | Q(circle__network__in=coordinated)
    answered = Q(responses__state=ResponseState.ANSWERED)
    return (
        Wave.objects.filter(mine)
        .select_related("instrument", "circle__network", "organisation", "network", "follows")
        .annotate(
            asked=Count("responses", distinct=True) + Count("invitees", distinct=True),
            answered=Count("responses", filter=answered, distinct=True)
            + Count("invitees", filter=Q(invitees__has_answered=True), distinct=True),
        )
        .order_by("-opened_at", "-pk")
    )


def wave_for(person: Person, ref: UUID) -> Wave:
    return one(waves_for(person), ref)


def participation_in(wave: Wave) -> list[Participation]:
    """By unit, those without a unit last. Nothing for a wave that is answered by name or by an open link."""
    counted = (
        Invitee.objects.filter(wave=wave)
        .values("unit__name", "unit__sort_key")
        .annotate(asked=Count("pk"), answered=Count("pk", filter=Q(has_answered=True)))
        .order_by("unit__sort_key", "unit__name")
    )
    rows = [
        Participation(unit=row["unit__name"] or "", asked=row["asked"], answered=row["answered"]) for row in counted
    ]
    return sorted(rows, key=lambda row: not row.unit)


def is_thrown_away(wave: Wave) -> bool:
    """Whether an anonymous wave has closed without answers that can ever be shown."""
    return wave.is_anonymous and wave.closed_at is not None and not AnonymousAnswer.objects.filter(wave=wave).exists()


def _steered(person: Person) -> QuerySet[Membership]:
    mine = Membership.objects.current().filter(person=person, role__in=STEERING, organisation__isnull=False)
    return mine.values("organisation")  # type: ignore[return-value]  # for a subquery


def _coordinated(person: Person) -> QuerySet[Membership]:
    mine = Membership.objects.current().filter(person=person, role=Role.COORDINATOR, network__isnull=False)
    return mine.values("network")  # type: ignore[return-value]  # for a subquery
