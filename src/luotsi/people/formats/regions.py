"""The regions of Finland, by code and by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Final = ("fi", "sv", "en")

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


def name_of_region(code: str, language: str) -> str:
    """The name in fi, sv or en; nothing for an unknown code."""
    names = REGIONS.get(code)
    return names[LANGUAGES.index(language)] if names else ""


def regions_in(language: str) -> dict[str, str]:
    """Every region's name in fi, sv or en, by its code."""
    return {code: name_of_region(code, language) for code in REGIONS}
