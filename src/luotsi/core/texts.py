"""Text in three languages, written by organisations. Missing text shows in another language, marked so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.core.enums import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL stores neither NUL nor half a character
FALLBACK_ORDER = {"fi": ("fi", "en", "sv"), "sv": ("sv", "en", "fi"), "en": ("en", "fi", "sv")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of a translated text, in which language, and whether that is another one than asked for."""

    text: str
    language: str
    is_fallback: bool


class TranslatedText(dict[str, str]):
    """Texts by language code (fi, sv, en). `str()` gives the one for the active language."""

    def shown(self, language: str | None = None) -> Shown:
        """The text for a language, or the nearest there is. Empty text and the asked language if there is none."""
        wanted = (language or get_language() or "fi")[:2]
        for code in FALLBACK_ORDER.get(wanted, FALLBACK_ORDER["en"]):
            if self.get(code):
                return Shown(text=self[code], language=code, is_fallback=code != wanted)
        return Shown(text="", language=wanted, is_fallback=False)

    def __str__(self) -> str:
        return self.shown().text

    def __hash__(self) -> int:  # type: ignore[override]  # a value: model fields must be hashable as defaults
        return hash(tuple(sorted(self.items())))


def check_translated(value: Mapping[str, str]) -> None:
    """Refuse anything but fi, sv, en → text, with at least one text."""
    known = set(Language.values)
    if (
        not isinstance(value, dict)
        or not set(value) <= known
        or not all(isinstance(text, str) for text in value.values())
    ):
        raise ValidationError(_("Text is given by language: fi, sv or en."))
    if not any(text.strip() for text in value.values()):
        raise ValidationError(_("Write the text in one language at least."))
    if any(UNSTORABLE.search(text) for text in value.values()):
        raise ValidationError(_("The text has a character that cannot be stored."))


class TranslatedTextField(models.JSONField):
    """A TranslatedText in one JSON column. Never searched by JSON operators: SQLite and PostgreSQL disagree."""

    default_validators = [check_translated]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> TranslatedText | None:  # noqa: ANN401 -- Django's signature
        found = super().from_db_value(value, expression, connection)
        return None if found is None else TranslatedText(found)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 -- Django's signature
        return TranslatedText(value) if isinstance(value, dict) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ANN401, FBT001 -- Django's signature
        return self.to_python(super().pre_save(model_instance, add))
