"""The made-up organisations of the demo region: four education providers, thirteen workplaces. None of them exists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

REGION: Final = {"fi": "Keski-Pohjanmaa", "sv": "Mellersta Österbotten", "en": "Central Ostrobothnia"}


class Kind(StrEnum):
    """As people know organisations."""

    PROVIDER = "provider"
    EMPLOYER = "employer"
    PUBLIC_BODY = "public_body"
    ASSOCIATION = "association"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpOrganisation:
    """`names` and those of `units` by language: at least Finnish or Swedish, the first one being its own.

    `municipality` is the official code of its seat.
    """

    key: str
    kind: Kind
    municipality: str
    names: dict[str, str]
    units: tuple[dict[str, str], ...] = ()

    @property
    def name(self) -> str:
        """In its own language."""
        return next(iter(self.names.values()))


PROVIDERS: Final = (
    MadeUpOrganisation(
        key="meripohja",
        kind=Kind.PROVIDER,
        municipality="272",
        names={
            "fi": "Meripohjan ammattiopisto",
            "sv": "Meripohja yrkesinstitut",
            "en": "Meripohja Vocational College",
        },
        units=(
            {"fi": "Kokkolan kampus", "sv": "Campus Karleby", "en": "Kokkola campus"},
            {"fi": "Kannuksen kampus", "sv": "Campus Kannus", "en": "Kannus campus"},
            {"fi": "Työelämäpalvelut", "sv": "Arbetslivstjänster", "en": "Working-life services"},
        ),
    ),
    MadeUpOrganisation(
        key="tuuliranta",
        kind=Kind.PROVIDER,
        municipality="272",
        names={"fi": "Tuulirannan lukio", "sv": "Tuuliranta gymnasium", "en": "Tuuliranta Upper Secondary School"},
    ),
    MadeUpOrganisation(
        key="skaren",
        kind=Kind.PROVIDER,
        municipality="598",
        names={"sv": "Yrkesinstitutet Skären", "fi": "Ammattiopisto Skären", "en": "Skären Vocational Institute"},
        units=(
            {"sv": "Campus Jakobstad", "fi": "Pietarsaaren kampus", "en": "Jakobstad campus"},
            {"sv": "Campus Nykarleby", "fi": "Uudenkaarlepyyn kampus", "en": "Nykarleby campus"},
        ),
    ),
    MadeUpOrganisation(
        key="ulappa",
        kind=Kind.PROVIDER,
        municipality="272",
        names={
            "fi": "Ulapan ammattikorkeakoulu",
            "sv": "Yrkeshögskolan Ulappa",
            "en": "Ulappa University of Applied Sciences",
        },
        units=(
            {"fi": "Tekniikka", "sv": "Teknik", "en": "Technology"},
            {"fi": "Liiketalous", "sv": "Företagsekonomi", "en": "Business"},
            {"fi": "Sosiaali- ja terveysala", "sv": "Social- och hälsovård", "en": "Health and social services"},
        ),
    ),
)

WORKPLACES: Final = (
    MadeUpOrganisation(
        key="kajo",
        kind=Kind.EMPLOYER,
        municipality="272",
        names={"fi": "Hotelli Merikajo", "sv": "Hotell Merikajo", "en": "Hotel Merikajo"},
        units=(
            {"fi": "Vastaanotto", "sv": "Receptionen", "en": "Reception"},
            {"fi": "Keittiö ja ravintola", "sv": "Köket och restaurangen", "en": "Kitchen and restaurant"},
            {"fi": "Kerroshoito", "sv": "Våningsservicen", "en": "Housekeeping"},
        ),
    ),
    MadeUpOrganisation(
        key="kirkaspuro",
        kind=Kind.EMPLOYER,
        municipality="272",
        names={
            "fi": "Kirkaspuron siivouspalvelut",
            "sv": "Kirkaspuro städtjänster",
            "en": "Kirkaspuro Cleaning Services",
        },
        units=(
            {"fi": "Toimitilat", "sv": "Lokaler", "en": "Offices"},
            {"fi": "Sairaalat", "sv": "Sjukhus", "en": "Hospitals"},
        ),
    ),
    MadeUpOrganisation(
        key="vasaranlahti",
        kind=Kind.EMPLOYER,
        municipality="217",
        names={
            "fi": "Vasaranlahden konepaja",
            "sv": "Vasaranlahti mekaniska verkstad",
            "en": "Vasaranlahti Engineering Works",
        },
        units=(
            {"fi": "Tuotanto", "sv": "Produktionen", "en": "Production"},
            {"fi": "Suunnittelu", "sv": "Planeringen", "en": "Design"},
        ),
    ),
    MadeUpOrganisation(
        key="sinihohde",
        kind=Kind.EMPLOYER,
        municipality="272",
        names={"fi": "Sinihohteen kemiantehdas", "sv": "Sinihohde kemifabrik", "en": "Sinihohde Chemical Plant"},
        units=(
            {"fi": "Tehdas", "sv": "Fabriken", "en": "Plant"},
            {"fi": "Laboratorio", "sv": "Laboratoriet", "en": "Laboratory"},
            {"fi": "Logistiikka", "sv": "Logistiken", "en": "Logistics"},
        ),
    ),
    MadeUpOrganisation(
        key="koivukunnas",
        kind=Kind.PUBLIC_BODY,
        municipality="272",
        names={
            "fi": "Koivukunnaan hoivapalvelut",
            "sv": "Koivukunnas omsorgstjänster",
            "en": "Koivukunnas Care Services",
        },
        units=(
            {"fi": "Kotihoito", "sv": "Hemvården", "en": "Home care"},
            {"fi": "Asumispalvelut", "sv": "Boendeservicen", "en": "Assisted living"},
        ),
    ),
    MadeUpOrganisation(
        key="skarviken",
        kind=Kind.EMPLOYER,
        municipality="440",
        names={"sv": "Skärvikens båtvarv", "fi": "Skärvikenin venetelakka", "en": "Skärviken Boatyard"},
    ),
    MadeUpOrganisation(
        key="trallskog",
        kind=Kind.EMPLOYER,
        municipality="599",
        names={"sv": "Trällskogs trähus", "fi": "Trällskogin puutalot", "en": "Trällskog Timber Houses"},
    ),
    MadeUpOrganisation(
        key="rantakaisla",
        kind=Kind.EMPLOYER,
        municipality="208",
        names={
            "fi": "Rantakaislan ravintolat",
            "sv": "Rantakaisla restauranger",
            "en": "Rantakaisla Restaurants",
        },
    ),
    MadeUpOrganisation(
        key="bittipaja",
        kind=Kind.EMPLOYER,
        municipality="272",
        names={"fi": "Bittimeren ohjelmistopaja", "sv": "Bittimeri programverkstad", "en": "Bittimeri Software"},
    ),
    MadeUpOrganisation(
        key="peltotuuli",
        kind=Kind.EMPLOYER,
        municipality="849",
        names={"fi": "Peltotuulen meijeri", "sv": "Peltotuuli mejeri", "en": "Peltotuuli Dairy"},
    ),
    MadeUpOrganisation(
        key="satamaportti",
        kind=Kind.EMPLOYER,
        municipality="272",
        names={"fi": "Satamaportin huolinta", "sv": "Satamaportti spedition", "en": "Satamaportti Forwarding"},
    ),
    MadeUpOrganisation(
        key="kaustarinne",
        kind=Kind.PUBLIC_BODY,
        municipality="236",
        names={
            "fi": "Kaustarinteen kulttuurikeskus",
            "sv": "Kaustarinne kulturcentrum",
            "en": "Kaustarinne Arts Centre",
        },
    ),
    MadeUpOrganisation(
        key="yritysranta",
        kind=Kind.ASSOCIATION,
        municipality="272",
        names={
            "fi": "Rannikon yrittäjänaapurit",
            "sv": "Kustens företagargrannar",
            "en": "Coastal Business Neighbours",
        },
    ),
)
