"""Where the made-up people live: the municipalities of Central Ostrobothnia and around it, by their official codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """Names in Finnish and Swedish, and the code of the region (maakunta) that it lies in."""

    fi: str
    sv: str
    region: str


MUNICIPALITIES: Final = {
    "052": Municipality(fi="Evijärvi", sv="Evijärvi", region="14"),
    "074": Municipality(fi="Halsua", sv="Halsua", region="16"),
    "208": Municipality(fi="Kalajoki", sv="Kalajoki", region="17"),
    "217": Municipality(fi="Kannus", sv="Kannus", region="16"),
    "236": Municipality(fi="Kaustinen", sv="Kaustby", region="16"),
    "272": Municipality(fi="Kokkola", sv="Karleby", region="16"),
    "288": Municipality(fi="Kruunupyy", sv="Kronoby", region="15"),
    "421": Municipality(fi="Lestijärvi", sv="Lestijärvi", region="16"),
    "440": Municipality(fi="Luoto", sv="Larsmo", region="15"),
    "584": Municipality(fi="Perho", sv="Perho", region="16"),
    "598": Municipality(fi="Pietarsaari", sv="Jakobstad", region="15"),
    "599": Municipality(fi="Pedersöre", sv="Pedersöre", region="15"),
    "746": Municipality(fi="Sievi", sv="Sievi", region="17"),
    "849": Municipality(fi="Toholampi", sv="Toholampi", region="16"),
    "893": Municipality(fi="Uusikaarlepyy", sv="Nykarleby", region="15"),
    "924": Municipality(fi="Veteli", sv="Vetil", region="16"),
    "977": Municipality(fi="Ylivieska", sv="Ylivieska", region="17"),
}

HOMES: Final = {
    "finnish": {
        "272": 46, "217": 9, "208": 7, "236": 6, "977": 6, "849": 5, "924": 5, "598": 4, "584": 4, "746": 3, "074": 2,
        "052": 2, "421": 1,
    },
    "swedish": {"598": 28, "272": 20, "599": 17, "288": 14, "440": 11, "893": 10},
    "international": {"272": 55, "598": 25, "217": 6, "977": 5, "208": 4, "893": 3, "599": 2},
}  # fmt: skip
"""In percent, where people of a name group live."""

REGION_NAMES: Final = {
    "01": {"fi": "Uusimaa", "sv": "Nyland", "en": "Uusimaa"},
    "06": {"fi": "Pirkanmaa", "sv": "Birkaland", "en": "Pirkanmaa"},
    "11": {"fi": "Pohjois-Savo", "sv": "Norra Savolax", "en": "North Savo"},
    "13": {"fi": "Keski-Suomi", "sv": "Mellersta Finland", "en": "Central Finland"},
    "14": {"fi": "Etelä-Pohjanmaa", "sv": "Södra Österbotten", "en": "South Ostrobothnia"},
    "15": {"fi": "Pohjanmaa", "sv": "Österbotten", "en": "Ostrobothnia"},
    "16": {"fi": "Keski-Pohjanmaa", "sv": "Mellersta Österbotten", "en": "Central Ostrobothnia"},
    "17": {"fi": "Pohjois-Pohjanmaa", "sv": "Norra Österbotten", "en": "North Ostrobothnia"},
    "18": {"fi": "Kainuu", "sv": "Kajanaland", "en": "Kainuu"},
    "19": {"fi": "Lappi", "sv": "Lappland", "en": "Lapland"},
}
OTHER_REGION: Final = ""
"""Not told: an empty cell in the sheet."""

REGION_OF_LAND: Final = {
    "nw": "16",
    "be": "16",
    "rp": "16",
    "hb": "16",
    "bw": "15",
    "sh": "15",
    "hh": "15",
    "by": "17",
    "ni": "17",
    "he": "14",
    "th": "14",
    "sn": "13",
    "bb": "13",
    "st": "11",
    "mv": "18",
    "sl": "06",
    "at": "01",
    "ch": "19",
    "other": OTHER_REGION,
}
"""The German Länder of the real history (with Austria, Switzerland and elsewhere) as Finnish regions: the largest ones
as the region itself and its neighbours, so that most people could meet."""
