"""Languages, regions and roles by the names that people write in Finnish, Swedish or English; and the names back."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from babel import Locale

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN_IN: Final = ("fi", "sv", "en")

REGIONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "01": ("Uusimaa", "Nyland", "Uusimaa"),
    "02": ("Varsinais-Suomi", "Egentliga Finland", "Southwest Finland"),
    "04": ("Satakunta", "Satakunta", "Satakunta"),
    "05": ("Kanta-Häme", "Egentliga Tavastland", "Kanta-Häme"),
    "06": ("Pirkanmaa", "Birkaland", "Pirkanmaa"),
    "07": ("Päijät-Häme", "Päijänne-Tavastland", "Päijät-Häme"),
    "08": ("Kymenlaakso", "Kymmenedalen", "Kymenlaakso"),
    "09": ("Etelä-Karjala", "Södra Karelen", "South Karelia"),
    "10": ("Etelä-Savo", "Södra Savolax", "South Savo"),
    "11": ("Pohjois-Savo", "Norra Savolax", "North Savo"),
    "12": ("Pohjois-Karjala", "Norra Karelen", "North Karelia"),
    "13": ("Keski-Suomi", "Mellersta Finland", "Central Finland"),
    "14": ("Etelä-Pohjanmaa", "Södra Österbotten", "South Ostrobothnia"),
    "15": ("Pohjanmaa", "Österbotten", "Ostrobothnia"),
    "16": ("Keski-Pohjanmaa", "Mellersta Österbotten", "Central Ostrobothnia"),
    "17": ("Pohjois-Pohjanmaa", "Norra Österbotten", "North Ostrobothnia"),
    "18": ("Kainuu", "Kajanaland", "Kainuu"),
    "19": ("Lappi", "Lappland", "Lapland"),
    "21": ("Ahvenanmaa", "Åland", "Åland"),
}
"""The nineteen maakunta by Statistics Finland's code: name in Finnish, Swedish, English."""

ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "mentor": ("mentori", "mentor"),
    "mentee": ("mentoroitava", "aktori", "adept", "aktör", "mentee"),
}


_LONGER = frozenset({"ckb", "fil", "rom", "smn", "sms"})  # spoken here, without a code of two letters


@lru_cache(maxsize=1)
def languages() -> dict[str, tuple[str, ...]]:
    """ISO 639 codes with their names in Finnish, Swedish and English."""
    shown = [Locale.parse(language).languages for language in SHOWN_IN]
    codes = [code for code in map(str, shown[0]) if len(code) == 2 or code in _LONGER]  # noqa: PLR2004 -- ISO 639-1
    names = {code: tuple(str(each[code]) for each in shown if code in each) for code in codes}
    return names | {"fa_AF": ("dari",)}


def name_of_region(code: str, language: str) -> str:
    """The name in fi, sv or en; nothing for an unknown code."""
    names = REGIONS.get(code)
    return names[SHOWN_IN.index(language)] if names else ""


def name_of_language(code: str, language: str) -> str:
    """What a language is called in another one: suomi, finska, Finnish. The code itself when it has no name."""
    return str(Locale.parse(language).languages.get(code, code))
