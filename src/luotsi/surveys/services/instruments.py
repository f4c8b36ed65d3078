"""Writes: the questions that can be put to people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.questions.reading import read_form
from luotsi.core.questions.writing import write_form
from luotsi.core.texts import TranslatedText
from luotsi.people.rules import is_system
from luotsi.surveys.models import Instrument
from luotsi.surveys.rules import may_keep_instruments

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.core.questions.values import Form
    from luotsi.people.models import Network

SHIPPED = Path(__file__).resolve().parents[1] / "shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a load did: keys of instruments that got a new version, and of those that were there already."""

    added: tuple[str, ...]
    unchanged: tuple[str, ...]


def load_shipped(*, by: Actor) -> Loaded:
    """Bring in the instruments that ship with the product. The same files again change nothing."""
    return load_folder(SHIPPED, by=by)


@transaction.atomic
def load_folder(folder: Path, *, by: Actor) -> Loaded:
    """Bring in every instrument of a folder, all or none. Raises FormError for a faulty file."""
    forms = [read_form(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.yaml"))]
    known = set(Instrument.objects.filter(network=None, retired_at=None).values_list("ref", flat=True))
    kept = [keep_instrument(form, by=by) for form in forms]
    return Loaded(
        added=tuple(instrument.key for instrument in kept if instrument.ref not in known),
        unchanged=tuple(instrument.key for instrument in kept if instrument.ref in known),
    )


@transaction.atomic
def keep_instrument(form: Form, *, by: Actor, network: Network | None = None) -> Instrument:
    """The version with exactly these questions: the newest one if it has them, else a new one.

    The version before is retired: it is not offered any more, and what was asked with it keeps its meaning.
    """
    if not (is_system(by) if network is None else may_keep_instruments(by, network)):
        raise RefusedError(_("Only a coordinator of the network, or its organisations' HR, brings in own questions."))
    newest = Instrument.objects.filter(key=form.key, network=network).order_by("-version").first()
    if newest is not None and newest.questions.digest() == form.digest():
        return newest
    version = max(form.version, newest.version + 1 if newest else 1)
    instrument = Instrument(
        key=form.key,
        version=version,
        name=TranslatedText(form.name),
        purpose=form.purpose.value,
        form=write_form(replace(form, version=version)),
        digest=form.digest(),
        network=network,
    ).insert()
    if newest is not None and newest.retired_at is None:
        newest.amend(retired_at=timezone.now())
    audit.record(by=by, verb="surveys.instrument_kept", subject=instrument, key=form.key, version=version)
    return instrument
