"""Reads: marks, claims and credentials, for whom they are."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from luotsi.core.errors import NotThereError
from luotsi.core.queries import one
from luotsi.passport.credentials.keys import VerificationKey
from luotsi.passport.credentials.verifying import verify
from luotsi.passport.enums import ClaimState, MarkState
from luotsi.passport.models import Claim, Credential, Decision, IssuerKey, Mark, MarkCriterion
from luotsi.people.enums import Role
from luotsi.people.models import Membership, Network, NetworkOrganisation
from luotsi.people.queries import circles_of, networks_for
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.passport.credentials.verdicts import Verdict
    from luotsi.people.models import Organisation, Person

CARE_AFTER = timedelta(days=14)


def did_of(issuer: UUID) -> str:
    """The issuer's name for ever. It does not depend on the host that serves the pages."""
    return f"did:web:{quote(settings.ISSUER_HOST, safe='')}:issuers:{issuer}"


def key_name_of(key: IssuerKey) -> str:
    return f"{did_of(key.issuer_ref)}#{key.ref}"


def signing_key_of(*, organisation: Organisation | None, network: Network | None) -> IssuerKey | None:
    return IssuerKey.objects.filter(organisation=organisation, network=network, retired_at=None).first()


def keys_of_issuer(issuer: UUID) -> list[VerificationKey]:
    """All keys that an issuer ever had, for its public document. Raises NotThereError for who has none."""
    rows = IssuerKey.objects.filter(Q(organisation__ref=issuer) | Q(network__ref=issuer))
    found = [_public(row) for row in rows.select_related("organisation", "network")]
    if not found:
        raise NotThereError
    return found


def key_named(name: str) -> VerificationKey | None:
    """Our own key with this name, retired or not. Other issuers' keys are not known here."""
    try:
        ref = UUID(name.rpartition("#")[2])
    except ValueError:
        return None
    row = IssuerKey.objects.select_related("organisation", "network").filter(ref=ref).first()
    found = _public(row) if row else None
    return found if found and found.id == name else None


def _public(row: IssuerKey) -> VerificationKey:
    return VerificationKey(id=key_name_of(row), multikey=row.public_multikey, created=row.since, retired=row.retired_at)


def verdict_on(document: bytes) -> Verdict:
    """What can be said about a document that somebody shows. Writes nothing, fetches nothing."""
    return verify(document, key_of=key_named, now=timezone.now())


# --- marks


def networks_of(person: Person) -> QuerySet[Network]:
    """Networks whose offering a person sees: through a role there, an organisation of it, or a circle."""
    organisations = Membership.objects.current().filter(person=person, organisation__isnull=False)
    own = Q(organisation__in=organisations.values("organisation"))
    own |= Q(organisation__in=organisations.values("organisation__parent"))
    through = Q(pk__in=NetworkOrganisation.objects.current().filter(own).values("network"))
    through |= Q(pk__in=circles_of(person).filter(network__isnull=False).values("network"))
    through |= Q(pk__in=networks_for(person).order_by().values("pk"))
    return Network.objects.filter(through).order_by("name")


def open_marks_of(network: Network) -> QuerySet[Mark]:
    return Mark.objects.filter(network=network, state=MarkState.OPEN).order_by("key")


def offering_for(person: Person) -> QuerySet[Mark]:
    """Open marks that the person can choose."""
    networks = Network.objects.filter(pk__in=networks_of(person).order_by().values("pk"))
    marks = Mark.objects.filter(network__in=networks, state=MarkState.OPEN)
    return marks.select_related("network", "issuer").order_by("theme", "key", "pk")


def offered_mark_for(person: Person, ref: UUID) -> Mark:
    return one(offering_for(person), ref)


def marks_for(coordinator: Person) -> QuerySet[Mark]:
    """Marks of the networks that somebody coordinates, in every state."""
    networks = networks_for(coordinator, Role.COORDINATOR).order_by()
    marks = Mark.objects.filter(network__in=networks).select_related("network", "issuer")
    return marks.annotate(number_of_criteria=Count("criteria")).order_by("key", "pk")


def mark_for(coordinator: Person, ref: UUID) -> Mark:
    return one(marks_for(coordinator), ref)


def criteria_of(mark: Mark) -> list[MarkCriterion]:
    return list(mark.criteria.order_by("position"))


# --- claims


def claims_for(person: Person) -> QuerySet[Claim]:
    """The person's own claims, the newest first."""
    claims = Claim.objects.filter(person=person).select_related("mark__network", "mark__issuer", "credential", "person")
    return claims.order_by("-changed_at", "-pk")


def claim_for(person: Person, ref: UUID) -> Claim:
    return one(claims_for(person), ref)


def decisions_of(claim: Claim) -> list[Decision]:
    """What was decided so far and why, the newest first. The participant reads the words, not who wrote them."""
    by_criterion = Prefetch("by_criterion")
    return list(claim.decisions.prefetch_related(by_criterion).order_by("-decided_at", "-pk"))


def judged_last(decisions: list[Decision]) -> dict[int, bool]:
    """By the key of a criterion, whether the last decision found it shown. Empty when none said so."""
    return {row.criterion_id: row.is_met for row in decisions[0].by_criterion.all()} if decisions else {}


def queue_for(assessor: Person) -> QuerySet[Claim]:
    """Claims that wait for this assessor, the oldest first; never the own ones. Raises NotThereError for others."""
    roles = Membership.objects.current().filter(person=assessor, role=Role.ASSESSOR)
    if not roles.exists():
        raise NotThereError
    mine = Q(mark__network__in=roles.filter(network__isnull=False).values("network"))
    mine |= Q(mark__issuer__in=roles.filter(organisation__isnull=False).values("organisation"))
    waiting = Claim.objects.filter(mine, state=ClaimState.SUBMITTED).exclude(person=assessor)
    return waiting.select_related("mark__network", "mark__issuer", "person").order_by("submitted_at", "pk")


def waiting_claim_for(assessor: Person, ref: UUID) -> Claim:
    return one(queue_for(assessor), ref)


def credential_for(person: Person, ref: UUID) -> Credential:
    """The holder's own credential."""
    return one(Credential.objects.filter(claim__person=person).select_related("claim__mark", "claim__person"), ref)


def next_things_for(person: Person) -> list[NextThing]:
    """Claims that wait for the participant. One query."""
    open_to_work = [ClaimState.COLLECTING, ClaimState.RETURNED]
    claims = Claim.objects.filter(person=person, state__in=open_to_work).select_related("mark")
    claims = claims.only("ref", "state", "mark__name").order_by("-changed_at", "-pk")[:3]
    return [
        NextThing(
            title=_("Complete your claim: %(mark)s") % {"mark": claim.mark.name}
            if claim.state == ClaimState.RETURNED
            else _("Claim the mark %(mark)s") % {"mark": claim.mark.name},
            text=_("The assessor has written what is still missing.")
            if claim.state == ClaimState.RETURNED
            else _("Tell in your own words what you did and learned, and hand it in."),
            by_when=None,
            address=reverse("passport:claim", args=[claim.ref]),
            label=_("Open the claim"),
            weight=30 if claim.state == ClaimState.RETURNED else 45,
        )
        for claim in claims
    ]


def next_things_for_assessor(person: Person) -> list[NextThing]:
    """The queue, as one thing. Two queries."""
    waiting = list(queue_for(person)[:100])
    if not waiting:
        return []
    oldest = waiting[0].submitted_at
    count = len(waiting)
    return [
        NextThing(
            title=ngettext("%(num)s claim waits for you", "%(num)s claims wait for you", count) % {"num": count},
            text=_("The oldest first. Criteria and evidence stand side by side."),
            by_when=timezone.localdate(oldest + CARE_AFTER) if oldest else None,
            address=reverse("passport:queue"),
            label=_("Assess"),
            weight=20,
        )
    ]
