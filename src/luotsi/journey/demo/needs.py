"""What the made-up workplaces of the region say they need, in words such as employers use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from luotsi.competence.queries.search import competences_matching
from luotsi.competence.services.needs import NeedDetails, mark_answered, state_need
from luotsi.core.actors import SYSTEM
from luotsi.journey.demo import play
from luotsi.journey.demo.organisations import WORKPLACES
from luotsi.people.enums import Role
from luotsi.people.models import Organisation, Person
from luotsi.people.services.memberships import grant

if TYPE_CHECKING:
    from luotsi.competence.models import SkillNeed

WAITING: Final = "satamaportti"  # its contact has not said anything yet
MOST_OF_A_SEARCH = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpNeed:
    """`weeks`: from when, counted from today, and for how long; 0: for the time being. `searches`: what is picked."""

    workplace: str
    words: str
    language: str
    people: int
    place: str
    weeks: tuple[int, int]
    searches: tuple[str, ...]
    region: str = "16"
    is_on_behalf: bool = False
    is_answered: bool = False


NEEDS: Final = (
    MadeUpNeed(
        workplace="kajo",
        words="Kesäksi kolme ihmistä vastaanottoon. Pitää osata kuunnella asiakasta, hoitaa hankalakin tilanne "
        "rauhassa ja perehdyttää kesätyöntekijät vuoroon.",
        language="fi",
        people=3,
        place="Kokkola",
        weeks=(22, 16),
        searches=("kuunteleminen", "perehdytys", "erimielisyys"),
    ),
    MadeUpNeed(
        workplace="kirkaspuro",
        words="Sairaalasiivoukseen kuusi tekijää aamuvuoroon. Hygienia opetetaan talossa, mutta toisen ohjaamista ja "
        "palautteen antamista kaivataan: porukka vaihtuu ja joka kuukausi joku aloittaa.",
        language="fi",
        people=6,
        place="Kokkola",
        weeks=(2, 0),
        searches=("ohjaaminen", "palautteen antaminen", "uuden ihmisen vastaanottaminen"),
    ),
    MadeUpNeed(
        workplace="vasaranlahti",
        words="Haemme kahta hitsaajaa, jotka lukevat piirustuksia ja uskaltavat sanoa, kun jokin ei täsmää. Vika "
        "pitää osata etsiä, ei vain korjata.",
        language="fi",
        people=2,
        place="Kannus",
        weeks=(6, 0),
        searches=("ongelman syy", "ratkaisun seuraaminen"),
    ),
    MadeUpNeed(
        workplace="sinihohde",
        words="Prosessinhoitajia kunnossapitoseisokkiin. Turvalliset työtavat ensin: jokaisen on osattava näyttää ne "
        "myös urakoitsijan väelle.",
        language="fi",
        people=8,
        place="Ykspihlaja, Kokkola",
        weeks=(28, 6),
        searches=("turvalliset työtavat", "työn näyttäminen"),
    ),
    MadeUpNeed(
        workplace="koivukunnas",
        words="Kotihoitoon neljä lähihoitajaa, joista ainakin kaksi ryhtyisi opiskelijoiden työpaikkaohjaajiksi. "
        "Arviointikeskustelut ovat meille vaikeita, niihin toivotaan tukea.",
        language="fi",
        people=4,
        place="Kokkola ja Kälviä",
        weeks=(4, 0),
        searches=("arviointikeskustelu", "havaintojen kokoaminen", "ohjaaminen"),
    ),
    MadeUpNeed(
        workplace="skarviken",
        words="Vi söker två båtbyggare till våren. Viktigast är att man vågar pröva nytt och kan visa arbetet för en "
        "praktikant steg för steg.",
        language="sv",
        people=2,
        place="Larsmo",
        region="15",
        weeks=(14, 0),
        searches=("visa arbetet", "pröva nytt"),
    ),
    MadeUpNeed(
        workplace="trallskog",
        words="En arbetsledare till elementhallen som kan planera introduktionen för nya montörer, ge respons och ta "
        "upp svåra saker utan att det blir gräl.",
        language="sv",
        people=1,
        place="Pedersöre",
        region="15",
        weeks=(8, 0),
        searches=("planera introduktionen", "ge respons", "ta upp något svårt"),
    ),
    MadeUpNeed(
        workplace="rantakaisla",
        words="Pikkujoulukauteen viisi tarjoilijaa ja kaksi kokkia. Kielitaito on plussaa, tärkeintä on tehdä oma "
        "osuutensa ja kysyä ajoissa.",
        language="fi",
        people=7,
        place="Kalajoki",
        region="17",
        weeks=(-2, 6),
        searches=("yhteisestä työstä", "kuunteleminen"),
    ),
    MadeUpNeed(
        workplace="bittipaja",
        words="Ohjelmistokehittäjä, joka ymmärtää meijerin tai konepajan arkea: toisen alan näkökulma on meillä "
        "puolet työstä. Myös aloitteleva käy, jos oppiminen on itsellä hallussa.",
        language="fi",
        people=1,
        place="Kokkola, osin etänä",
        weeks=(10, 0),
        searches=("toisen alan näkökulma", "oman oppimisen"),
    ),
    MadeUpNeed(
        workplace="peltotuuli",
        words="Pakkaamon iltavuoroon kolme työntekijää, jotka oppivat linjan alusta loppuun. Kokonaisuuden "
        "hahmottaminen auttaa, kun linja pysähtyy.",
        language="fi",
        people=3,
        place="Toholampi",
        weeks=(5, 0),
        searches=("kokonaisuuden hahmottaminen", "ongelman syy"),
        is_on_behalf=True,
    ),
    MadeUpNeed(
        workplace="kaustarinne",
        words="Tuottaja kesän musiikkiviikolle: verkostot kuntoon, vapaaehtoiset mukaan ja langat käsissä.",
        language="fi",
        people=1,
        place="Kaustinen",
        weeks=(20, 12),
        searches=("verkostojen rakentaminen", "verkostot", "aloitteellisuus"),
        is_answered=True,
    ),
)


def say_needs(team: play.Staff) -> int:
    """Each workplace says its own through somebody who speaks for it; one through the coordinator. Returns how many."""
    _contact(WAITING)
    needs = [_say(made_up, team) for made_up in NEEDS]
    return len(needs)


def _say(made_up: MadeUpNeed, team: play.Staff) -> SkillNeed:
    organisation = _organisation(made_up.workplace)
    by = team.coordinator if made_up.is_on_behalf else _contact(made_up.workplace)
    since = play.today() + timedelta(weeks=made_up.weeks[0])
    details = NeedDetails(
        words=made_up.words,
        language=made_up.language,
        people=made_up.people,
        needed_from=since,
        needed_until=since + timedelta(weeks=made_up.weeks[1]) if made_up.weeks[1] else None,
        region=made_up.region,
        place=made_up.place,
    )
    picked = [
        found
        for search in made_up.searches
        for found in competences_matching(by, search, made_up.language, MOST_OF_A_SEARCH)
    ]
    need = state_need(organisation, network=team.network, details=details, competences=picked, by=by)
    if made_up.is_answered:
        mark_answered(need, by=by)
    return need


def _organisation(key: str) -> Organisation:
    name = next(made_up.name for made_up in WORKPLACES if made_up.key == key)
    return Organisation.objects.get(name=name, parent=None)


def _contact(key: str) -> Person:
    """The administrator of a workplace is its contact too."""
    organisation = _organisation(key)
    members = organisation.memberships.current().select_related("person").order_by("pk")
    person = members.filter(role=Role.ADMIN).first()
    if person is None:
        raise ValueError(key)
    grant(person.person, Role.EMPLOYER_CONTACT, organisation=organisation, by=SYSTEM)
    return person.person
