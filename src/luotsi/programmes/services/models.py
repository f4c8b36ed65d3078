"""Writes: the own models of networks, and what a programme takes over from another version of its model."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText
from luotsi.people.models import Person
from luotsi.programmes.enums import ProgrammeState
from luotsi.programmes.formats.comparison import taken_over
from luotsi.programmes.formats.errors import Code, Fault, ModelError
from luotsi.programmes.formats.fields import nearest
from luotsi.programmes.formats.reading import ModelReading, check_model
from luotsi.programmes.formats.shipped import shipped_models
from luotsi.programmes.formats.values import Origin
from luotsi.programmes.formats.writing import write_model
from luotsi.programmes.messages.models import sentence_of
from luotsi.programmes.models.programmes import Programme, ProgrammeModel
from luotsi.programmes.queries.models import known_instruments, known_tools, proposals_for
from luotsi.programmes.rules import may_run, may_run_programmes
from luotsi.programmes.services.plans import lay_out

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from luotsi.core.actors import Actor
    from luotsi.people.models import Network
    from luotsi.programmes.formats.comparison import Change
    from luotsi.programmes.formats.values import ModelDescription
    from luotsi.programmes.queries.models import KnownModel


def check(content: bytes | str, *, network: Network | None = None) -> ModelReading:
    """The model in a file, if all that it names is here. Raises ModelError with everything that is wrong.

    Without a network, an instrument that any network has is good enough. A model that it was derived from and that is
    not here is a warning.
    """
    reading = check_model(content)
    faults = list(_unknown_names(reading, network))
    if faults:
        raise ModelError(faults)
    return replace(reading, warnings=(*reading.warnings, *_unknown_origin(reading, network)))


@transaction.atomic
def import_model(network: Network, content: bytes | str, *, by: Actor) -> ProgrammeModel:
    """Keep a file as a version of the network's own model. The same content again is the same row.

    Raises ModelError for a faulty file, RefusedError for a version that is not higher than the newest here.
    """
    _refuse_unless_runs(network, by)
    model = check(content, network=network).model
    text = _text_of(content)
    digest = hashlib.sha256(text.encode()).hexdigest()
    rows = ProgrammeModel.objects.filter(network=network, key=model.key).order_by("-version")
    same = rows.filter(digest=digest).first()
    if same is not None:
        return same
    _refuse_shipped_key(model.key)
    newest = rows.first()
    if newest is not None and model.version <= newest.version:
        refusal = _(
            "Version %(newest)s of “%(key)s” is here already. "
            "Give the file a higher version, for example %(next)s, in its line “version”."
        )
        raise RefusedError(refusal % {"newest": newest.version, "key": model.key, "next": newest.version + 1})
    return _keep(network, model, text, digest, by)


@transaction.atomic
def derive_model(
    network: Network, source: KnownModel, *, key: str, name: Mapping[str, str], topic: Mapping[str, str], by: Actor
) -> ProgrammeModel:
    """Version 1 of a new own model, made for a sector or topic, with all that its parent has. It keeps the parent."""
    _refuse_unless_runs(network, by)
    if source.row is not None and source.row.network_id != network.pk:
        raise RefusedError(_("A model of another network is not yours to derive from. Import its file instead."))
    _refuse_shipped_key(key)
    if ProgrammeModel.objects.filter(network=network, key=key).exists():
        raise RefusedError(
            _("There is a model with the key “%(key)s” already. Give the new one another key.") % {"key": key}
        )
    description = replace(
        source.description,
        key=key,
        version=1,
        name=_told(name) or source.description.name,
        topic=_told(topic),
        origin=Origin(key=source.key, version=source.version),
    )
    return import_model(network, write_model(description), by=by)


@transaction.atomic
def retire_model(model: ProgrammeModel, *, by: Actor) -> None:
    """Offer this version for new programmes no longer. Programmes that began with it go on."""
    _refuse_unless_runs(model.network, by)
    if model.retired_at is None:
        model.amend(retired_at=timezone.now())
        audit.record(by=by, verb="programmes.model_retired", subject=model, key=model.key, version=model.version)


@transaction.atomic
def offer_model(model: ProgrammeModel, *, by: Actor) -> None:
    """Offer a retired version again."""
    _refuse_unless_runs(model.network, by)
    if model.retired_at is not None:
        model.amend(retired_at=None)
        audit.record(by=by, verb="programmes.model_offered", subject=model, key=model.key, version=model.version)


@transaction.atomic
def take_version(programme: Programme, model: KnownModel, chosen: Collection[str], *, by: Actor) -> None:
    """Take the chosen differences (by name) into the programme's own copy; all others stay as they are here.

    New activities come into the plan as planned; what is there, done or not, stays. Agreements that were made stay as
    they were made: new ones have the new text. Refused when the choice does not fit together.
    """
    programme = Programme.objects.select_for_update().select_related("network").get(pk=programme.pk)
    if not may_run(by, programme):
        raise RefusedError(_("Only a coordinator of the network changes its programmes."))
    if programme.state not in {ProgrammeState.DRAFT, ProgrammeState.OPEN}:
        raise RefusedError(_("The programme is over. Nothing is changed in it any more."))
    offered = {proposed.change.name: proposed.change for proposed in proposals_for(programme, model) if proposed.fits}
    if set(chosen) - set(offered):
        raise RefusedError(_("The programme or the model has changed since you looked. Look at the differences again."))
    changes = [change for name, change in offered.items() if name in chosen]
    here = _with_changes(programme, model, changes)
    programme.amend(description=here, model_key=model.key, model_version=model.version)
    if any(change.part == "phases" for change in changes):
        lay_out(programme, by=by)
    facts: dict[str, str | int] = {"model": model.key, "version": model.version, "changes": len(changes)}
    audit.record(by=by, verb="programmes.model_taken", subject=programme, **facts)


def _with_changes(programme: Programme, model: KnownModel, changes: Collection[Change]) -> str:
    try:
        here = taken_over(check_model(programme.description).model, changes, key=model.key, version=model.version)
    except ModelError as error:
        told = " ".join(f"{fault.path}: {sentence_of(fault)}" for fault in error.faults)
        text = _("What you chose does not fit together. Choose what belongs to it too, or leave it out. %(faults)s")
        raise RefusedError(text % {"faults": told}) from error
    return write_model(here).decode()


def _keep(network: Network, model: ModelDescription, text: str, digest: str, by: Actor) -> ProgrammeModel:
    row = ProgrammeModel(
        network=network,
        key=model.key,
        version=model.version,
        name=TranslatedText(model.name),
        parent_key=model.origin.key if model.origin else "",
        parent_version=model.origin.version if model.origin else None,
        description=text,
        digest=digest,
        made_by=by if isinstance(by, Person) else None,
    ).insert()
    audit.record(by=by, verb="programmes.model_kept", subject=row, key=model.key, version=model.version)
    return row


def _text_of(content: bytes | str) -> str:
    """The text with the line ends of the product, so that a pasted file is the same as the file."""
    text = content if isinstance(content, str) else content.decode("utf-8-sig")
    return text.replace("\r\n", "\n").strip("\n") + "\n"


def _told(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}


def _unknown_names(reading: ModelReading, network: Network | None) -> Iterator[Fault]:
    """Tools and instruments that are not here, each with its line."""
    tools, instruments = known_tools(), known_instruments(network)
    for path, key in _named_tools(reading.model):
        if key not in tools:
            facts = {"found": key, "nearest": nearest(key, sorted(tools)), "allowed": ", ".join(sorted(tools)) or "–"}
            yield Fault(reading.lines[path], path, Code.UNKNOWN_TOOL, facts)
    for place, phase in enumerate(reading.model.phases):
        for number, activity in enumerate(phase.activities):
            if activity.instrument and activity.instrument not in instruments:
                path, key = f"phases[{place}].activities[{number}].instrument", activity.instrument
                near, allowed = nearest(key, sorted(instruments)), ", ".join(sorted(instruments)) or "–"
                facts = {"found": key, "nearest": near, "allowed": allowed}
                yield Fault(reading.lines[path], path, Code.UNKNOWN_INSTRUMENT, facts)


def _named_tools(model: ModelDescription) -> Iterator[tuple[str, str]]:
    for number, key in enumerate(model.sessions.agenda):
        yield f"sessions.agenda[{number}]", key
    for place, phase in enumerate(model.phases):
        for number, activity in enumerate(phase.activities):
            for nth, key in enumerate(activity.materials):
                yield f"phases[{place}].activities[{number}].materials[{nth}]", key


def _unknown_origin(reading: ModelReading, network: Network | None) -> Iterator[Fault]:
    origin = reading.model.origin
    if origin is None or origin.key in shipped_models():
        return
    rows = ProgrammeModel.objects.filter(key=origin.key)
    if network is not None:
        rows = rows.filter(network=network)
    if not rows.exists():
        path = "derived_from.key"
        yield Fault(reading.lines[path], path, Code.UNKNOWN_MODEL, {"found": origin.key})


def _refuse_unless_runs(network: Network, by: Actor) -> None:
    if not may_run_programmes(by, network):
        raise RefusedError(_("Only a coordinator of the network keeps its models."))


def _refuse_shipped_key(key: str) -> None:
    if key in shipped_models():
        text = _(
            "“%(key)s” is a model that comes with Luotsi. Give yours another key, and name this one in “derived_from”."
        )
        raise RefusedError(text % {"key": key})
