"""Reads: what a programme is set up from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.core.queries import one
from luotsi.core.texts import TranslatedText
from luotsi.people.models import Organisation
from luotsi.programmes.enums import ActivityState, ProgrammeState
from luotsi.programmes.formats.shipped import shipped_models
from luotsi.programmes.models.programmes import ProgrammeModel
from luotsi.programmes.queries.descriptions import model_in, shipped_text
from luotsi.programmes.queries.models import opened_with
from luotsi.programmes.queries.plans import activities_of, day_of
from luotsi.programmes.queries.programmes import programmes_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Network, Person
    from luotsi.programmes.formats.values import ModelDescription
    from luotsi.programmes.models.plans import Activity
    from luotsi.programmes.models.programmes import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedModel:
    """A model that a programme can start from. `is_own`: the network's, and not one that ships."""

    key: str
    version: int
    name: TranslatedText
    summary: TranslatedText
    weeks: int
    text: str
    is_own: bool


def models_offered_in(*networks: Network) -> list[OfferedModel]:
    """What ships, and the newest versions of the networks' own. An own model under a shipped one's key replaces it."""
    found = {key: _offered(shipped_text(key), is_own=False) for key in shipped_models()}
    own = ProgrammeModel.objects.filter(network__in=networks, retired_at=None).order_by("key", "version")
    for row in own:
        found[row.key] = _offered(row.description, is_own=True)
    return list(found.values())


def text_of_model(network: Network, key: str) -> str:
    """The YAML that a new programme takes. Raises KeyError for a model that is not offered in the network."""
    own = ProgrammeModel.objects.filter(network=network, key=key, retired_at=None).order_by("-version").first()
    return own.description if own else shipped_text(key)


def base_of(programme: Programme) -> ModelDescription:
    """The model as it was when the programme took it; its own copy when that is kept nowhere."""
    return opened_with(programme) or model_in(programme.description)


def _offered(text: str, *, is_own: bool) -> OfferedModel:
    model = model_in(text)
    return OfferedModel(
        key=model.key,
        version=model.version,
        name=TranslatedText(model.name),
        summary=TranslatedText(model.summary),
        weeks=model.weeks,
        text=text,
        is_own=is_own,
    )


def draft_for(person: Person, ref: UUID) -> Programme:
    """A programme that is being set up."""
    return one(programmes_for(person).filter(state=ProgrammeState.DRAFT), ref)


def organisations_of(programme: Programme) -> QuerySet[Organisation]:
    """Who can be a partner: the organisations that are in the network now."""
    parts = programme.network.parts.current().values("organisation")
    return Organisation.objects.filter(pk__in=parts).order_by("name", "pk")


def shared_activities_of(programme: Programme) -> list[Activity]:
    """What the partners do together and is not done yet, switched off or not, in the order of its days."""
    found = activities_of(programme).filter(partner=None).exclude(state=ActivityState.DONE)
    return sorted(found, key=lambda each: (each.phase.position, day_of(each) or each.phase.ends_on, each.pk))
