"""Writes: the questions that can be put to people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from luotsi.core import audit
from luotsi.core.texts import TranslatedText
from luotsi.surveys.formats.items import items_to_json, read_items
from luotsi.surveys.models import Instrument

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.core.actors import Actor


@transaction.atomic
def keep_instrument(key: str, *, name: Mapping[str, str], items: list[dict[str, Any]], by: Actor) -> Instrument:
    """The version with exactly these questions: the newest one if it has them, else a new one. Raises ItemsError."""
    kept = items_to_json(read_items(items))
    newest = Instrument.objects.filter(key=key).order_by("-version").first()
    if newest is not None and newest.items == kept and newest.name == name:
        return newest
    instrument = Instrument(
        key=key, version=newest.version + 1 if newest else 1, name=TranslatedText(name), items=kept
    ).insert()
    audit.record(by=by, verb="surveys.instrument_kept", subject=instrument, key=key, version=instrument.version)
    return instrument
