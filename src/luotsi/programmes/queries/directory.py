"""Reads: what everybody may know of programmes and of those who run them; news, enquiries, the pool."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.core import signing
from django.db.models import Exists, Min, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from luotsi.core.errors import NotThereError
from luotsi.core.queries import one
from luotsi.core.words.keys import email_key
from luotsi.people.enums import Role
from luotsi.people.models import Membership, Network, Organisation
from luotsi.people.queries import networks_for
from luotsi.programmes.enums import EnquiryState, ParticipationState, PartRole, ProgrammeState, RoundState
from luotsi.programmes.formats.values import Stage
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.directory import Enquiry, NewsSubscription, PoolMember
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.partners import Partner
from luotsi.programmes.models.plans import Phase
from luotsi.programmes.models.programmes import Programme, Round

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person

NEWS_SALT = "programmes.news"


class CallState(StrEnum):
    """Where the call of a programme is: nobody may apply yet, now, or not any more."""

    COMING = "coming"
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """When one may apply, and for which parts there is room. `opens_on`, `closes_on`: None is not said."""

    programme: Programme
    state: CallState
    opens_on: date | None
    closes_on: date | None
    roles: tuple[PartRole, ...]

    @property
    def is_open(self) -> bool:
        return self.state is CallState.OPEN


def with_calls(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """With what `call_of` reads, in the same query."""
    newest = Round.objects.filter(programme=OuterRef("pk")).order_by("-number")
    fields = ("state", "mentors_most", "mentors_taken", "mentees_most", "mentees_taken")
    recruiting = Phase.objects.filter(programme=OuterRef("pk"), stage=Stage.RECRUITING).order_by()
    first = recruiting.values("programme").annotate(first=Min("starts_on")).values("first")
    return programmes.annotate(
        call_opens_on=Subquery(first),
        **{f"newest_{field}": Subquery(newest.values(field)[:1]) for field in fields},
    )


def call_of(programme: Programme, today: date) -> Call:
    """The call of a programme that came with `with_calls`."""
    told = {name: getattr(programme, f"newest_{name}") for name in ("state", "mentors_most", "mentors_taken")}
    told |= {name: getattr(programme, f"newest_{name}") for name in ("mentees_most", "mentees_taken")}
    opens_on: date | None = getattr(programme, "call_opens_on")  # noqa: B009 -- an annotation
    roles = tuple(
        role
        for role, most, taken in (
            (PartRole.MENTEE, told["mentees_most"], told["mentees_taken"]),
            (PartRole.MENTOR, told["mentors_most"], told["mentors_taken"]),
        )
        if most is None or taken < most
    )
    is_recruiting = programme.state == ProgrammeState.OPEN and told["state"] == RoundState.RECRUITING
    is_past = programme.apply_until is not None and today > programme.apply_until
    if not is_recruiting or is_past:
        state = CallState.OVER
    else:
        state = CallState.COMING if opens_on and today < opens_on else CallState.OPEN
    return Call(programme=programme, state=state, opens_on=opens_on, closes_on=programme.apply_until, roles=roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for in the directory. Empty: anything."""

    region: str = ""
    language: str = ""
    role: str = ""
    state: str = ""

    def takes(self, call: Call) -> bool:
        """Whether the programme is open to the region and language, and the call in the state and for the role."""
        programme = call.programme
        return (
            (not self.region or not programme.regions or self.region in programme.regions)
            and (not self.language or not programme.languages or self.language in programme.languages)
            and (not self.state or self.state == call.state)
            and (not self.role or (self.role in call.roles and call.state is not CallState.OVER))
        )


def public_programmes() -> QuerySet[Programme]:
    """What everybody may know of: open programmes, the next to start first."""
    found = Programme.objects.filter(state=ProgrammeState.OPEN)
    return with_calls(found).select_related("network").order_by("starts_on", "pk")


def public_call(ref: UUID) -> Call:
    """One of the open programmes, with its call."""
    return call_of(one(public_programmes().select_related("circle"), ref), timezone.localdate())


def listed(wanted: Wanted) -> QuerySet[Programme]:
    """The open programmes that fit. Regions and languages are lists in a column, so they are looked through here."""
    today = timezone.localdate()
    fitting = [row.pk for row in public_programmes() if wanted.takes(call_of(row, today))]
    return public_programmes().filter(pk__in=fitting)


def calls_of(programmes: Iterable[Programme]) -> list[Call]:
    today = timezone.localdate()
    return [call_of(programme, today) for programme in programmes]


def organisations_that_run() -> QuerySet[Organisation]:
    """Partners of open programmes with those programmes in `run_here`, by name."""
    open_now = Partner.objects.filter(programme__state=ProgrammeState.OPEN, left_on=None)
    rows = open_now.select_related("programme").order_by("-is_host", "programme__starts_on", "pk")
    running = open_now.filter(organisation=OuterRef("pk"))
    found = Organisation.objects.filter(Exists(running))
    return found.prefetch_related(Prefetch("partners", rows, to_attr="run_here")).order_by("sort_key", "pk")


# News


def subscription_with(token: str) -> NewsSubscription:
    """The subscription that a signed link is for. Raises NotThereError for a made-up one, and when it is gone."""
    try:
        ref = signing.loads(token, salt=NEWS_SALT)
    except signing.BadSignature:
        raise NotThereError from None
    found = NewsSubscription.objects.filter(ref=ref).first()
    if found is None:
        raise NotThereError
    return found


def subscriptions_of(addresses: Iterable[str]) -> QuerySet[NewsSubscription]:
    return NewsSubscription.objects.filter(email_key__in=[email_key(address) for address in addresses]).order_by("pk")


def token_of(subscription: NewsSubscription) -> str:
    return signing.dumps(str(subscription.ref), salt=NEWS_SALT)


# Enquiries


def networks_to_ask() -> QuerySet[Network]:
    """Networks in which somebody reads enquiries."""
    coordinators = Membership.objects.current().filter(network=OuterRef("pk"), role=Role.COORDINATOR)
    return Network.objects.filter(Exists(coordinators)).order_by("name")


def enquiries_for(person: Person) -> QuerySet[Enquiry]:
    """Enquiries to the networks that the person coordinates."""
    networks = networks_for(person, Role.COORDINATOR)
    return Enquiry.objects.filter(network__in=networks).select_related("network", "answered_by").order_by("-pk")


def enquiry_for(person: Person, ref: UUID) -> Enquiry:
    return one(enquiries_for(person), ref)


def new_enquiries(person: Person) -> int:
    return enquiries_for(person).filter(state=EnquiryState.NEW).count()


# The pool


def pool_of(network: Network) -> QuerySet[PoolMember]:
    """Who would mentor again in the network, by name."""
    found = PoolMember.objects.filter(network=network, left_on=None, person__erased_at=None)
    return found.select_related("person").order_by("person__sort_key", "pk")


def pool_member_in(network: Network, ref: UUID) -> PoolMember:
    return one(pool_of(network), ref)


def ready_in_pool(network: Network, programme: Programme) -> QuerySet[PoolMember]:
    """Who does not rest now, and has not applied to the programme's newest round."""
    newest = Round.objects.filter(programme=programme).order_by("-number").values("pk")[:1]
    applied = Application.objects.filter(person=OuterRef("person"), round__in=newest)
    today = timezone.localdate()
    return pool_of(network).filter(Q(rests_until=None) | Q(rests_until__lt=today)).exclude(Exists(applied))


def pool_places_of(person: Person) -> QuerySet[PoolMember]:
    return PoolMember.objects.filter(person=person, left_on=None).select_related("network").order_by("network__name")


def mentored_in(person: Person) -> QuerySet[Network]:
    """Networks in which the person mentors or has mentored."""
    states = [ParticipationState.ACTIVE, ParticipationState.PAUSED, ParticipationState.COMPLETED]
    parts = Participation.objects.filter(person=person, role=PartRole.MENTOR, state__in=states)
    return Network.objects.filter(pk__in=parts.values("programme__network")).order_by("name")


def pools_open_to(person: Person) -> QuerySet[Network]:
    """Networks in whose pool the person could stay and is not yet."""
    inside = PoolMember.objects.filter(person=person, left_on=None).values("network")
    return mentored_in(person).exclude(pk__in=inside)


def pool_place_for(person: Person, ref: UUID) -> PoolMember:
    return one(pool_places_of(person), ref)


def network_mentored_in(person: Person, ref: UUID) -> Network:
    return one(mentored_in(person), ref)


def newest_answers_of(person: Person, network: Network) -> dict[str, object]:
    """What the person told when he or she last applied as a mentor in the network."""
    found = Application.objects.filter(
        person=person, round__programme__network=network, role__in=[PartRole.MENTOR, "both"]
    )
    newest = found.order_by("-submitted_on", "-pk").values_list("answers", flat=True).first()
    return newest or {}


def calls_for_pool(place: PoolMember) -> list[Call]:
    """Open calls of the network to which the person has not applied, unless he or she rests."""
    if place.rests_until and place.rests_until >= timezone.localdate():
        return []
    applied = Application.objects.filter(person=place.person_id).values("round__programme")
    found = public_programmes().filter(network=place.network_id).exclude(pk__in=applied)
    return [call for call in calls_of(found) if call.is_open and place.role in call.roles]
