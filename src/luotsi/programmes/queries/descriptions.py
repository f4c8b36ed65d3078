"""Reads: the models that programmes start from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from luotsi.core.texts import TranslatedText
from luotsi.programmes.formats.reading import read_model
from luotsi.programmes.formats.shipped import shipped_models as shipped_keys
from luotsi.programmes.formats.shipped import shipped_source

if TYPE_CHECKING:
    from luotsi.programmes.formats.values import ModelDescription
    from luotsi.programmes.models.programmes import Programme


@lru_cache(maxsize=64)
def model_in(description: str) -> ModelDescription:
    """The model that a programme keeps. Raises ModelError when it is none: then somebody wrote into the table."""
    return read_model(description)


def shipped_text(key: str) -> str:
    """The description of a model that comes with the product. Raises KeyError for an unknown one."""
    return shipped_source(key)


def shipped_models() -> list[ModelDescription]:
    return [model_in(shipped_text(key)) for key in shipped_keys()]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What people see of a model."""

    name: TranslatedText
    summary: TranslatedText
    weeks: int


def card_of(programme: Programme) -> ModelCard:
    model = model_in(programme.description)
    return ModelCard(name=TranslatedText(model.name), summary=TranslatedText(model.summary), weeks=model.weeks)
