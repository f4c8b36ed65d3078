"""Reads: who is who, for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Count, Prefetch, Q, Value
from django.utils import timezone

from luotsi.comms.models import Recipient
from luotsi.comms.queries import uncertain_deliveries
from luotsi.core.enums import JobState
from luotsi.core.errors import NotThereError
from luotsi.core.models import Job
from luotsi.core.queries import one
from luotsi.core.words.keys import email_key, sort_key
from luotsi.people.enums import CircleRole, PartnershipState, Role
from luotsi.people.models import (
    Circle,
    CircleMember,
    Invitation,
    Membership,
    Network,
    Occasion,
    Organisation,
    Partnership,
    Person,
)
from luotsi.people.rules import operates
from luotsi.people.secrets import digest_of_secret

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.comms.models import Delivery


def person_with_address(email: str) -> Person | None:
    """The person who has this e-mail address, however it is written. For services and sign-in, never for a page."""
    found: Person | None = Person.objects.filter(emailaddress__email=email_key(email), erased_at=None).first()
    return found


def address_of(person: Person) -> str:
    """The address that mail goes to: the primary one, or any. Empty when there is none."""
    found = EmailAddress.objects.filter(user=person).order_by("-primary", "pk").values_list("email", flat=True).first()
    return found or ""


def addresses_of(person: Person) -> list[str]:
    return list(EmailAddress.objects.filter(user=person).order_by("-primary", "pk").values_list("email", flat=True))


def recipient_of(person: Person) -> Recipient:
    """Where and in which language a message reaches a person."""
    return Recipient(ref=person.ref, address=address_of(person), language=person.language, time_zone=person.time_zone)


def memberships_of(person: Person) -> QuerySet[Membership]:
    mine = Membership.objects.current().filter(person=person).select_related("organisation__parent", "network")
    return mine.order_by("pk")


def networks_for(person: Person, *roles: Role) -> QuerySet[Network]:
    """Networks in which the person has one of the roles now (any role, if none is named)."""
    mine = memberships_of(person).filter(network__isnull=False)
    if roles:
        mine = mine.filter(role__in=roles)
    return Network.objects.filter(pk__in=mine.values("network")).order_by("name")


def network_for(person: Person, ref: UUID, *roles: Role) -> Network:
    return one(networks_for(person, *roles), ref)


def organisations_for(person: Person) -> QuerySet[Organisation]:
    """Organisations that the person administers, with their units; all of them, by name only, for the operator."""
    if operates(person):
        return Organisation.objects.order_by("sort_key", "pk")
    mine = memberships_of(person).filter(role=Role.ADMIN, organisation__isnull=False).values("organisation")
    return Organisation.objects.filter(Q(pk__in=mine) | Q(parent__in=mine)).order_by("sort_key", "pk")


def organisation_for(person: Person, ref: UUID) -> Organisation:
    return one(organisations_for(person).select_related("parent"), ref)


def administered_organisation_for(person: Person, ref: UUID) -> Organisation:
    """The organisation with its people, for its administrators: an operator sees organisations, not their contents."""
    mine = memberships_of(person).filter(role=Role.ADMIN, organisation__isnull=False).values("organisation")
    return one(Organisation.objects.filter(Q(pk__in=mine) | Q(parent__in=mine)).select_related("parent"), ref)


def staff_of(organisation: Organisation) -> QuerySet[Membership]:
    """Current roles in an organisation and its units, by name."""
    return (
        Membership.objects.current()
        .filter(Q(organisation=organisation) | Q(organisation__parent=organisation))
        .select_related("person", "organisation")
        .order_by("person__sort_key", "pk")
    )


def membership_in(organisation: Organisation, ref: UUID) -> Membership:
    return one(staff_of(organisation), ref)


def invitations_of(organisation: Organisation) -> QuerySet[Invitation]:
    """Open invitations to an organisation, the newest first."""
    return Invitation.objects.filter(
        organisation=organisation, accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    ).order_by("-created_at", "-pk")


def invitation_in(organisation: Organisation, ref: UUID) -> Invitation:
    return one(invitations_of(organisation), ref)


def invitation_with(secret: str) -> Invitation:
    """The open invitation that this link opens. Raises NotThereError when it is used, withdrawn, too old or made up."""
    found = (
        Invitation.objects.select_related("organisation", "network")
        .filter(secret_digest=digest_of_secret(secret))
        .first()
    )
    if found is None or not found.is_open:
        raise NotThereError
    return found


def people_of_network(network: Network, role: Role) -> list[Person]:
    """Who has a role in the network now, by name."""
    memberships = Membership.objects.current().filter(network=network, role=role)
    return list(Person.objects.present().filter(pk__in=memberships.values("person")).order_by("sort_key", "pk"))


def circles_of(person: Person, *roles: CircleRole) -> QuerySet[Circle]:
    mine = CircleMember.objects.current().filter(person=person)
    if roles:
        mine = mine.filter(role__in=roles)
    return Circle.objects.filter(pk__in=mine.values("circle")).order_by("pk")


def members_of(circle: Circle) -> QuerySet[CircleMember]:
    return CircleMember.objects.current().filter(circle=circle).select_related("person").order_by("person__sort_key")


def occasions_for(person: Person) -> QuerySet[Occasion]:
    """Coming moments of the person's circles, the next first."""
    mine = CircleMember.objects.current().filter(person=person).values("circle")
    today = datetime.combine(timezone.localdate(), time.min, tzinfo=UTC)  # `starts_local` is kept as if it were UTC
    return (
        Occasion.objects.filter(circle__in=mine, cancelled_at=None, starts_local__gte=today)
        .select_related("circle")
        .order_by("starts_local", "pk")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHeld:
    """A current role, and the organisation or network that it is for."""

    role: Role
    place: str
    ref: UUID
    is_network: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesHeld:
    """What somebody is, here and now: roles for organisations and networks, and roles in circles."""

    held: tuple[RoleHeld, ...] = ()
    circle_roles: frozenset[str] = frozenset()

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(row.role for row in self.held)

    def networks(self, *roles: Role) -> list[UUID]:
        """Refs of the networks in which one of the roles is held, by name."""
        return [row.ref for row in self.held if row.is_network and row.role in roles]

    def organisations(self, *roles: Role) -> list[UUID]:
        """Refs of the organisations for which one of the roles is held, by name."""
        return [row.ref for row in self.held if not row.is_network and row.role in roles]


def roles_held_by(person: Person) -> RolesHeld:
    """One query, however many roles. For navigation and the home page; rules ask for themselves."""
    columns = ("role", "organisation__ref", "organisation__name", "network__ref", "network__name")
    roles = Membership.objects.current().filter(person=person).order_by().values_list(*columns)
    nothing, nameless = Value(None, models.UUIDField()), Value(None, models.CharField())
    circles = CircleMember.objects.current().filter(person=person).order_by()
    rows = roles.union(circles.values_list("role", nothing, nameless, nothing, nameless))
    held = [
        RoleHeld(role=Role(role), place=name or network_name, ref=ref or network_ref, is_network=ref is None)
        for role, ref, name, network_ref, network_name in rows
        if ref or network_ref
    ]
    in_circles = frozenset(role for role, ref, _name, network_ref, _network_name in rows if not (ref or network_ref))
    return RolesHeld(held=tuple(sorted(held, key=lambda row: sort_key(row.place))), circle_roles=in_circles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What the operator sees: that things are there and whether they work."""

    organisations: QuerySet[Organisation]
    networks: QuerySet[Network]
    uncertain: QuerySet[Delivery]
    failed_jobs: QuerySet[Job]


def installation_for(person: Person) -> Installation:
    """Raises NotThereError for everybody but the operator."""
    if not operates(person):
        raise NotThereError
    return Installation(
        organisations=Organisation.objects.filter(parent=None).annotate(people=Count("memberships")),
        networks=Network.objects.order_by("name"),
        uncertain=uncertain_deliveries(),
        failed_jobs=Job.objects.filter(state=JobState.FAILED).order_by("-ended_at", "-pk"),
    )


def uncertain_delivery_for(person: Person, ref: UUID) -> Delivery:
    return one(installation_for(person).uncertain, ref)


def failed_job_for(person: Person, ref: UUID) -> Job:
    return one(installation_for(person).failed_jobs, ref)


def networks_with_organisations(networks: QuerySet[Network]) -> Sequence[Network]:
    organisations = Organisation.objects.order_by("sort_key")
    return list(networks.prefetch_related(Prefetch("organisations", organisations)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipCount:
    """How many open partnerships of a network are in a state."""

    state: PartnershipState
    count: int


def partnerships_of(network: Network) -> QuerySet[Partnership]:
    """Those that go on, by the names of both sides."""
    found = network.partnerships.filter(until=None).select_related("provider", "workplace", "network")
    return found.order_by("provider__sort_key", "workplace__sort_key", "pk")


def counts_of_partnerships(network: Network) -> list[PartnershipCount]:
    """In the order of the states, those without any too. One query."""
    found = dict(network.partnerships.filter(until=None).order_by().values_list("state").annotate(Count("pk")))
    return [PartnershipCount(state=state, count=found.get(state.value, 0)) for state in PartnershipState]


def partnership_for(person: Person, ref: UUID) -> Partnership:
    """For coordinators and readers of the network, and for administrators and contacts of both sides."""
    networks = networks_for(person, Role.COORDINATOR, Role.READER).order_by().values("pk")
    mine = memberships_of(person).filter(role=Role.ADMIN, organisation__isnull=False).order_by().values("organisation")
    readable = (
        Q(network__in=networks)
        | Q(provider__in=mine)
        | Q(workplace__in=mine)
        | Q(provider_contact=person)
        | Q(workplace_contact=person)
    )
    about = ("network", "provider", "workplace", "provider_contact", "workplace_contact")
    return one(Partnership.objects.filter(readable).select_related(*about), ref)


def led_partnership_for(person: Person, ref: UUID) -> Partnership:
    """For the coordinators of the network, who write it."""
    led = Partnership.objects.filter(network__in=networks_for(person, Role.COORDINATOR))
    return one(led.select_related("network", "provider", "workplace", "provider_contact", "workplace_contact"), ref)


def organisations_in(network: Network) -> QuerySet[Organisation]:
    """Who belongs to a network now, by name."""
    here = network.parts.current().values("organisation")
    return Organisation.objects.filter(pk__in=here).order_by("sort_key", "pk")
