"""Reads: the models that a coordinator may look at: those that ship, and the own ones of the networks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from luotsi.core.errors import NotThereError
from luotsi.core.queries import one
from luotsi.core.texts import TranslatedText
from luotsi.library.models import Tool
from luotsi.library.queries import tools_by_key
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.programmes.formats.comparison import Kind, Maker, changes_between, makers_of
from luotsi.programmes.formats.shipped import earlier_source, shipped_source
from luotsi.programmes.formats.shipped import shipped_models as shipped_keys
from luotsi.programmes.models.programmes import ProgrammeModel
from luotsi.programmes.queries.descriptions import model_in
from luotsi.surveys.models import Instrument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from luotsi.people.models import Network, Person
    from luotsi.programmes.formats.comparison import Change
    from luotsi.programmes.formats.values import ActivityOutline, ModelDescription
    from luotsi.programmes.models.programmes import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownModel:
    """One version of a model. `mark`: how addresses name it. `row` belongs to an own one; none: it ships."""

    mark: str
    key: str
    version: int
    text: str
    row: ProgrammeModel | None = None

    @property
    def description(self) -> ModelDescription:
        return model_in(self.text)

    @property
    def name(self) -> TranslatedText:
        return self.row.name if self.row else TranslatedText(self.description.name)

    @property
    def network(self) -> Network | None:
        return self.row.network if self.row else None

    @property
    def is_retired(self) -> bool:
        return self.row is not None and self.row.retired_at is not None


def models_for(person: Person) -> QuerySet[ProgrammeModel]:
    """The own models of the networks that the person coordinates, every version, the newest of each first."""
    networks = networks_for(person, Role.COORDINATOR)
    rows = ProgrammeModel.objects.filter(network__in=networks).select_related("network")
    return rows.order_by("network__name", "key", "-version", "pk")


def models_by(person: Person) -> QuerySet[ProgrammeModel]:
    """Versions that the person brought in."""
    return ProgrammeModel.objects.filter(made_by=person).select_related("network").order_by("pk")


def known_models_for(person: Person) -> list[KnownModel]:
    """What ships, then the own ones. Raises NotThereError for who coordinates nothing."""
    if not networks_for(person, Role.COORDINATOR).exists():
        raise NotThereError
    return [shipped_model(key) for key in shipped_keys()] + [own_model(row) for row in models_for(person)]


def model_for(person: Person, mark: str) -> KnownModel:
    """One that the person may look at, by its mark: the key of one that ships, the ref of an own one."""
    if not networks_for(person, Role.COORDINATOR).exists():
        raise NotThereError
    if mark in shipped_keys():
        return shipped_model(mark)
    try:
        ref = UUID(mark)
    except ValueError:
        raise NotThereError from None
    return own_model(own_model_for(person, ref))


def own_model_for(person: Person, ref: UUID) -> ProgrammeModel:
    return one(models_for(person), ref)


def versions_of(model: KnownModel) -> list[KnownModel]:
    """All versions of an own model, the newest first; of one that ships, the one that there is."""
    if model.row is None:
        return [model]
    rows = ProgrammeModel.objects.filter(network=model.row.network_id, key=model.key).select_related("network")
    return [own_model(row) for row in rows.order_by("-version")]


def models_derived_from(person: Person, model: KnownModel) -> QuerySet[ProgrammeModel]:
    """What was made out of any version of it, in the person's networks."""
    found = models_for(person).filter(parent_key=model.key)
    return found if model.row is None else found.filter(network=model.row.network_id)


def shipped_model(key: str) -> KnownModel:
    text = shipped_source(key)
    return KnownModel(mark=key, key=key, version=model_in(text).version, text=text)


def own_model(row: ProgrammeModel) -> KnownModel:
    return KnownModel(mark=str(row.ref), key=row.key, version=row.version, text=row.description, row=row)


def models_for_programme(programme: Programme) -> list[KnownModel]:
    """What the programme can take from: the versions of its model, and of those derived from it; the newest first."""
    key = programme.model_key
    rows = ProgrammeModel.objects.filter(network=programme.network_id, retired_at=None).select_related("network")
    own = [own_model(row) for row in rows.filter(key=key).order_by("-version")]
    ship = [shipped_model(key)] if key in shipped_keys() else []
    return own + ship + [own_model(row) for row in rows.filter(parent_key=key).order_by("key", "-version")]


def opened_with(programme: Programme) -> ModelDescription | None:
    """The model as it was when the programme took it; none when that version is not kept anywhere."""
    key, version = programme.model_key, programme.model_version
    row = ProgrammeModel.objects.filter(network=programme.network_id, key=key, version=version).first()
    if row is not None:
        return model_in(row.description)
    if key in shipped_keys() and shipped_model(key).version == version:
        return shipped_model(key).description
    try:
        return model_in(earlier_source(key, version))
    except KeyError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A difference between a programme's own copy and a model. `fits`: it can be taken; else it is for reading."""

    change: Change
    maker: Maker
    fits: bool

    @property
    def is_suggested(self) -> bool:
        """What the model changed and nobody changed here."""
        return self.fits and self.maker is Maker.MODEL


def proposals_for(programme: Programme, model: KnownModel) -> list[Proposed]:
    """All differences. The plan is laid out on the calendar: it takes new activities of phases that it has."""
    here = model_in(programme.description)
    found = changes_between(here, model.description)
    makers = makers_of(found, opened_with(programme), here)
    weeks = {phase.key: phase.weeks for phase in here.phases}
    return [Proposed(change=change, maker=makers[change.name], fits=_fits_the_plan(change, weeks)) for change in found]


def _fits_the_plan(change: Change, weeks: dict[str, int]) -> bool:
    if change.part != "phases":
        return True
    is_new = change.kind is Kind.ADDED and "activities" in change.path
    return is_new and change.after["week"] <= weeks[change.path[1]]


def names_of_tools(model: ModelDescription) -> dict[str, str]:
    """The names of the tools that a model uses, by key; a tool that is not here is called by its key."""
    found = tools_by_key()
    keys = {*model.sessions.agenda, *(key for each in _activities(model) for key in each.materials)}
    return {key: str(found[key].name) if key in found else key for key in keys}


def names_of_instruments(model: ModelDescription) -> dict[str, str]:
    """The names of the questionnaires that a model asks, by key."""
    keys = {each.instrument for each in _activities(model) if each.instrument}
    rows = Instrument.objects.filter(key__in=keys).order_by("version")
    return {key: key for key in keys} | {row.key: str(row.name) for row in rows}


def _activities(model: ModelDescription) -> Iterator[ActivityOutline]:
    return (activity for phase in model.phases for activity in phase.activities)


def known_tools() -> set[str]:
    return set(Tool.objects.values_list("key", flat=True))


def known_instruments(network: Network | None) -> set[str]:
    """Everybody's and the network's own; without a network, of all networks."""
    found = Instrument.objects.filter(retired_at=None)
    if network is not None:
        found = found.filter(network=None) | found.filter(network=network)
    return set(found.values_list("key", flat=True))
