"""Factories of rows with translated texts: in memory they are what a reading from the database gives."""

from typing import Any, TypeVar

import factory
from django.db import models

from luotsi.core.texts import TranslatedText

Row = TypeVar("Row", bound=models.Model)


class TextFactory(factory.django.DjangoModelFactory[Row]):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Row], *args: Any, **values: Any) -> Row:
        texts = {name: TranslatedText(value) for name, value in values.items() if isinstance(value, dict)}
        made: Row = super()._create(model_class, *args, **(values | texts))
        return made
