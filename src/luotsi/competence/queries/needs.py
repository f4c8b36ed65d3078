"""Reads: what employers need, for those of their networks; who said it, for fewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import BooleanField, Case, Prefetch, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.competence.enums import NeedState
from luotsi.competence.models import NeededCompetence, SkillNeed
from luotsi.competence.queries.reach import networks_of
from luotsi.competence.queries.search import competences_matching, competences_suggested, competences_with
from luotsi.competence.rules import SPEAKERS, may_state_need
from luotsi.core.errors import NotThereError
from luotsi.core.queries import one
from luotsi.people.enums import Role
from luotsi.people.models import Membership, NetworkOrganisation, Organisation
from luotsi.people.queries import networks_for
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.competence.queries.search import FoundCompetence
    from luotsi.people.models import Network, Person

WEIGHT_OF_FIRST_NEED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenFor:
    """An organisation whose needs somebody may state in a network; `is_own`: speaks for it, else on its behalf."""

    organisation: Organisation
    network: Network
    is_own: bool

    @property
    def key(self) -> str:
        return f"{self.organisation.ref}:{self.network.ref}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a form brings: refs of the ticked competences as they came, the own words, and the words of the search."""

    picked: tuple[str, ...] = ()
    words: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picks:
    """Competences on the way to a need: picked, spoken of in the own words, found by the search."""

    picked: list[FoundCompetence]
    suggested: list[FoundCompetence]
    found: list[FoundCompetence]
    search: str


def spoken_for_by(person: Person) -> list[SpokenFor]:
    """Own organisations and their units first, then, for a coordinator, the others of the network. Two queries.

    Raises NotThereError when there are none.
    """
    own = list(_own_organisations(person))
    places = {key for organisation in own for key in (organisation.pk, organisation.parent_id) if key is not None}
    is_coordinated = Q(network__in=networks_for(person, Role.COORDINATOR).order_by().values("pk"))
    parts = list(
        NetworkOrganisation.objects.current()
        .annotate(is_coordinated=Case(When(is_coordinated, then=True), default=False, output_field=BooleanField()))
        .filter(Q(is_coordinated=True) | Q(organisation__in=places))
        .select_related("network", "organisation")
        .order_by("organisation__sort_key", "pk")
    )
    rows = [
        SpokenFor(organisation=organisation, network=part.network, is_own=True)
        for organisation in own
        for part in parts
        if part.organisation_id in {organisation.pk, organisation.parent_id}
    ]
    mine = {organisation.pk for organisation in own}
    rows += [
        SpokenFor(organisation=part.organisation, network=part.network, is_own=False)
        for part in parts
        if part.is_coordinated and part.organisation_id not in mine
    ]
    if not rows:
        raise NotThereError
    return rows


def needs_for(person: Person) -> QuerySet[SkillNeed]:
    """What is or was needed in the person's networks, the newest first; withdrawn ones for nobody."""
    return _readable(person).exclude(state=NeedState.WITHDRAWN)


def need_for(person: Person, ref: UUID) -> SkillNeed:
    """A need of the person's networks; a withdrawn one for those who may open it again."""
    found = one(_readable(person), ref)
    if found.state == NeedState.WITHDRAWN and not may_change(person, found):
        raise NotThereError
    return found


def has_networks(person: Person) -> bool:
    return networks_of(person).exists()


def may_state_some(person: Person) -> bool:
    """Whether there is an organisation whose needs the person may state."""
    try:
        return bool(spoken_for_by(person))
    except NotThereError:
        return False


def own_needs_for(person: Person) -> QuerySet[SkillNeed]:
    """Needs that the person may change: of own organisations, and of a coordinator's networks."""
    own = _own_organisations(person).order_by()
    coordinated = networks_for(person, Role.COORDINATOR).order_by()
    return _told().filter(Q(organisation__in=own.values("pk")) | Q(network__in=coordinated.values("pk")))


def own_need_for(person: Person, ref: UUID) -> SkillNeed:
    return one(own_needs_for(person), ref)


def may_change(person: Person, need: SkillNeed) -> bool:
    """Those who may change a need also see who said it."""
    return may_state_need(person, need.organisation, need.network)


def picks_for(person: Person, asked: Asked, language: str, need: SkillNeed | None = None) -> Picks:
    """What a form shows of competences: what is picked is not offered again. Six queries at most."""
    refs = [UUID(ref) for ref in asked.picked if _is_uuid(ref)]
    picked = competences_with(person, refs, need)
    taken = {row.lineage for row in picked}
    suggested = [row for row in competences_suggested(person, asked.words, language) if row.lineage not in taken]
    taken |= {row.lineage for row in suggested}
    found = [row for row in competences_matching(person, asked.search, language) if row.lineage not in taken]
    return Picks(picked=picked, suggested=suggested, found=found, search=asked.search.strip())


def things_of_needs(person: Person) -> list[NextThing]:
    """An employer's contact whose organisation has not said yet what it needs is asked to. Three queries at most."""
    contact = Membership.objects.current().filter(person=person, role=Role.EMPLOYER_CONTACT).order_by()
    organisations = Organisation.objects.filter(pk__in=contact.values("organisation"))
    whole = list(organisations.values_list("pk", "parent_id"))
    keys = {key for pair in whole for key in pair if key}
    if not keys or not NetworkOrganisation.objects.current().filter(organisation__in=keys).exists():
        return []
    if SkillNeed.objects.filter(organisation__in=[pk for pk, _parent in whole]).exists():
        return []
    return [
        NextThing(
            title=_("Say what skills you need"),
            text=_("In your own words, in a minute. Educators of the region see it and can answer."),
            by_when=None,
            address=reverse("competence:new_need"),
            label=_("Say what you need"),
            weight=WEIGHT_OF_FIRST_NEED,
        )
    ]


def _own_organisations(person: Person) -> QuerySet[Organisation]:
    mine = Membership.objects.current().filter(person=person, role__in=SPEAKERS).order_by()
    own = Q(pk__in=mine.values("organisation")) | Q(parent__in=mine.values("organisation"))
    return Organisation.objects.filter(own).order_by("sort_key", "pk")


def _readable(person: Person) -> QuerySet[SkillNeed]:
    return _told().filter(network__in=networks_of(person).order_by().values("pk"))


def _told() -> QuerySet[SkillNeed]:
    needed = NeededCompetence.objects.select_related("competence").order_by("pk")
    return (
        SkillNeed.objects.select_related("organisation__parent", "network", "person")
        .prefetch_related(Prefetch("needed", needed))
        .order_by("-created_at", "-pk")
    )


def is_over(need: SkillNeed) -> bool:
    """Whether its time has passed."""
    return need.needed_until is not None and need.needed_until < timezone.localdate()


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
