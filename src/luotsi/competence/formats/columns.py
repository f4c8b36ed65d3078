"""The columns of a spreadsheet with an own framework, under every name that they may have, and a filled example.

Headings are Finnish, Swedish or English. A bare heading says the language of its texts too: under Kriteeri stands
Finnish, under Kriterium Swedish. A heading with a language, Kriteeri (sv) or criterion_sv, holds that one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from luotsi.competence.formats.values import LANGUAGES
from luotsi.core.tables.columns import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from luotsi.core.tables.output import OutputValue

LEVELS: Final = (1, 2, 3, 4, 5)
FRAMEWORK, AREA, COMPETENCE, DESCRIPTION, CRITERION = "framework", "area", "competence", "description", "criterion"
LEVEL: Final = "level"

_NAMES: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]] = {
    FRAMEWORK: (("Viitekehys",), ("Referensram",), ("Framework",)),
    AREA: (("Osa-alue", "Osaamisalue"), ("Delområde", "Område"), ("Area",)),
    COMPETENCE: (("Osaaminen", "Taito"), ("Kunnande", "Kompetens", "Färdighet"), ("Competence", "Skill")),
    DESCRIPTION: (("Kuvaus",), ("Beskrivning",), ("Description",)),
    CRITERION: (("Kriteeri", "Arviointikriteeri"), ("Kriterium", "Bedömningskriterium"), ("Criterion",)),
}
_LEVEL_NAMES: Final = (("Taso",), ("Nivå",), ("Level",))
_MARKS: Final = {
    "fi": ("fi", "suomi", "suomeksi", "finska", "Finnish"),
    "sv": ("sv", "ruotsi", "ruotsiksi", "svenska", "Swedish"),
    "en": ("en", "englanti", "englanniksi", "engelska", "English"),
}

_EXAMPLE: Final[tuple[Mapping[str, tuple[str, str, str]], ...]] = (
    {
        AREA: ("Asiakastyö", "Kundarbete", "Working with customers"),
        COMPETENCE: ("Asiakkaan kuunteleminen", "Att lyssna på kunden", "Listening to the customer"),
        DESCRIPTION: (
            "Ottaa selvää, mitä asiakas tarvitsee, ennen kuin ehdottaa.",
            "Tar reda på vad kunden behöver före ett förslag.",
            "Finds out what the customer needs before suggesting anything.",
        ),
        "level1": ("Kuuntelee loppuun asti.", "Lyssnar till slut.", "Listens to the end."),
        "level2": (
            "Kysyy, kun jokin jää epäselväksi.",
            "Frågar när något är oklart.",
            "Asks when something is unclear.",
        ),
        "level3": (
            "Kertoo omin sanoin, mitä asiakas tarvitsee.",
            "Säger med egna ord vad kunden behöver.",
            "Says in own words what the customer needs.",
        ),
        "level4": (
            "Huomaa myös sen, mitä asiakas ei sano.",
            "Märker också det som kunden inte säger.",
            "Notices also what the customer does not say.",
        ),
        "level5": (
            "Opettaa työkavereille, miten kysytään.",
            "Lär kollegerna hur man frågar.",
            "Teaches colleagues how to ask.",
        ),
    },
    {
        COMPETENCE: ("Palautteen vastaanottaminen", "Att ta emot respons", "Taking feedback"),
        "level1": ("Kuuntelee palautteen.", "Lyssnar på responsen.", "Listens to the feedback."),
        "level3": (
            "Muuttaa työtään palautteen mukaan.",
            "Ändrar sitt arbete enligt responsen.",
            "Changes the work by it.",
        ),
    },
)
_TEMPLATE: Final = (AREA, COMPETENCE, DESCRIPTION, *(f"level{level}" for level in LEVELS))


def key_of(part: str, language: str) -> str:
    return f"{part}_{language}"


def parts() -> tuple[str, ...]:
    """What a row may hold in each language."""
    return (*_NAMES, *(f"level{level}" for level in LEVELS))


def columns() -> tuple[Column, ...]:
    """All of them; none is required by itself, because one language is enough."""
    texts = tuple(
        Column(key=key_of(part, language), headers=tuple(_headings(part, language)))
        for part in parts()
        for language in LANGUAGES
    )
    level = Column(key=LEVEL, headers=tuple(name for names in _LEVEL_NAMES for name in names), kind=Kind.WHOLE)
    return (*texts, level)


def heading_of(key: str, language: str) -> str:
    """What a column is called in a language, with the language of its texts: Kriteeri (sv)."""
    if key == LEVEL:
        return _LEVEL_NAMES[LANGUAGES.index(language)][0]
    part, _, of_texts = key.rpartition("_")
    return f"{_names(part, language)[0]} ({of_texts})"


def template(language: str) -> tuple[tuple[str, ...], list[tuple[OutputValue, ...]]]:
    """The headings of an empty sheet in a language, and two filled example rows that can be read as they are."""
    keys = [(part, of_texts) for part in _TEMPLATE for of_texts in LANGUAGES]
    rows: list[tuple[OutputValue, ...]] = [
        tuple(row[part][LANGUAGES.index(of_texts)] if part in row else "" for part, of_texts in keys)
        for row in _EXAMPLE
    ]
    return tuple(heading_of(key_of(*key), language) for key in keys), rows


def _headings(part: str, of_texts: str) -> Iterator[str]:
    yield from _names(part, of_texts)
    for language in LANGUAGES:
        for name in _names(part, language):
            for mark in _MARKS[of_texts]:
                yield from (f"{name} ({mark})", f"{name} {mark}")
    yield key_of(part, of_texts)


def _names(part: str, language: str) -> tuple[str, ...]:
    place = LANGUAGES.index(language)
    if part in _NAMES:
        return _NAMES[part][place]
    return tuple(f"{name} {part.removeprefix(LEVEL)}" for name in _LEVEL_NAMES[place])
