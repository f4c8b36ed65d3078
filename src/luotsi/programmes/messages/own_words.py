"""Words that a coordinator writes to applicants: with two places to fill, in one language or several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.core.texts import FALLBACK_ORDER, TranslatedText
from luotsi.programmes.formats.places import PLACE, filled

if TYPE_CHECKING:
    from luotsi.programmes.models.applications import Application

PLACES = ("name", "programme")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """A letter's subject and text by language. {name} and {programme} are filled for each recipient."""

    subject: TranslatedText
    text: TranslatedText

    @property
    def languages(self) -> list[str]:
        """In which languages there are both."""
        return [code for code in ("fi", "sv", "en") if self.subject.get(code) and self.text.get(code)]

    def said_to(self, application: Application) -> tuple[str, list[str]]:
        """Subject and paragraphs in the active language, or in the nearest that the letter has in both."""
        nearest = FALLBACK_ORDER.get((get_language() or "fi")[:2], FALLBACK_ORDER["en"])
        spoken = next((code for code in nearest if code in self.languages), "fi")
        values = {"name": application.person.given_name, "programme": str(application.round.programme.name)}
        lines = [line.strip() for line in filled(self.text.get(spoken, ""), values).splitlines()]
        return filled(self.subject.get(spoken, ""), values), [line for line in lines if line]


def trouble_with(text: str) -> str:
    """What is wrong with the places in a text, as a sentence; empty when nothing is."""
    unknown = [found for found in PLACE.findall(text) if found.strip() not in PLACES]
    if unknown:
        return _("Nothing can be filled in for {%(place)s}. The places are {name} and {programme}.") % {
            "place": unknown[0][:40]
        }
    if "{" in PLACE.sub("", text) or "}" in PLACE.sub("", text):
        return _("A curly bracket has no pair. The places are {name} and {programme}.")
    return ""
