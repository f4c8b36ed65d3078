"""Learning culture in the demo region: surveys of two workplaces, an HR day that they held, and one that is coming.

The same from the same seed: what people answer follows from dice, not from who they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.core.questions.values import Kind
from luotsi.journey.demo import play
from luotsi.people.enums import Role
from luotsi.people.queries import person_with_address
from luotsi.people.services.memberships import grant
from luotsi.surveys.enums import Answering, ShareLevel, Step
from luotsi.surveys.formats.codes import CodeParts
from luotsi.surveys.models import Instrument, Invitee, Wave
from luotsi.surveys.services.anonymous import Given, answer_as_invited
from luotsi.surveys.services.conclusions import Goal, finish_workshop, name_carrier, set_goal
from luotsi.surveys.services.history import date_wave
from luotsi.surveys.services.instruments import load_shipped
from luotsi.surveys.services.notes import write_note
from luotsi.surveys.services.opening import WavePlan, start_wave
from luotsi.surveys.services.waves import close_wave
from luotsi.surveys.services.workshops import choose_results, go_to_step, plan_workshop, start_workshop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from luotsi.journey.demo.names import MadeUpPerson
    from luotsi.people.models import Organisation, Person
    from luotsi.surveys.models import WorkshopPart

SHORT, LONG = "learning_culture_short", "learning_culture_long"
HOTEL, BOATYARD = "Hotelli Merikajo", "Skärvikens båtvarv"
IN_A_UNIT, IN_THE_BOATYARD = 10, 13
UNANSWERED = 0.04  # of the statements
SPREAD = 0.75
BASELINE = {"trust": 2.9, "experimenting": 3.4, "sharing": 3.8, "feedback": 2.7, "structures": 3.3}
BASELINE |= {"leadership": 3.6, "outlook": 3.2}
RISE = {"trust": 0.9, "feedback": 0.8, "sharing": 0.1, "outlook": -0.1}
YARD = {"trust": 3.9, "experimenting": 3.0, "sharing": 3.5, "feedback": 3.2, "structures": 2.8}
YARD |= {"leadership": 3.4, "outlook": 3.0}
OF_UNIT = (0.3, 0.0, -0.4)  # by how much a unit is above the whole
WORDS: Final = (
    "Aikaa keskustella vuoron vaihtuessa.",
    "Se, että saisin seurata kokenutta työkaveria yhden vuoron.",
    "Selkeät ohjeet kuvina, ei vain suomeksi.",
    "Palautetta heti eikä vasta kehityskeskustelussa.",
    "Lupa kokeilla uutta ilman että tarvitsee pelätä virheitä.",
    "Kurssit, jotka mahtuvat työaikaan.",
    "Yhteinen palaveri kerran viikossa.",
)
PLACES, CARERS = (
    ("Kokkola", "Kannus", "Lohtaja", "Toholampi", "Halsua", "Kaustinen"),
    ("Anna", "Eero", "Liisa", "Olavi"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A workplace and its people. `units`: who is in each; `carriers`: who sees to things, besides `hr`."""

    organisation: Organisation
    hr: Person
    carriers: tuple[Person, ...]
    units: tuple[tuple[Person, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A note of the HR day."""

    step: Step
    text: str
    dimension: str = ""
    is_shared: bool = False


OF_THE_HOTEL: Final = (
    Said(
        step=Step.STANDS_OUT, dimension="trust", is_shared=True,
        text="Luottamus on noussut vuodessa selvästi: virheistä uskalletaan nyt puhua.",
    ),
    Said(
        step=Step.STANDS_OUT, dimension="feedback",
        text="Kerroshoito jää muista jälkeen lähes kaikessa. Palautetta saadaan siellä vähiten.",
    ),
    Said(
        step=Step.MEANS, dimension="feedback", is_shared=True,
        text="Palaute kulkee niissä vuoroissa, joissa on yhteinen aloitus. Kerroshoidossa sellaista ei ole.",
    ),
    Said(
        step=Step.MEANS, dimension="sharing",
        text="Osaaminen on kiinni muutamassa pitkään talossa olleessa. Heitä ei ole pyydetty neuvomaan.",
    ),
    Said(
        step=Step.WANTED, dimension="feedback", is_shared=True,
        text="Jokainen saa palautetta työstään joka viikko, myös kerroshoidossa",
    ),
    Said(
        step=Step.WANTED, dimension="sharing",
        text="Uusi työntekijä saa rinnalleen mentorin ensimmäisestä vuorosta alkaen",
    ),
    Said(step=Step.WANTED, dimension="structures", text="Vuorolistassa on viikoittain puoli tuntia yhdessä oppimiseen"),
)  # fmt: skip
OF_THE_BOATYARD: Final = (
    Said(
        step=Step.STANDS_OUT, dimension="trust", is_shared=True,
        text="Förtroendet är högt hos oss, men vi prövar sällan nytt.",
    ),
    Said(
        step=Step.MEANS, dimension="structures", is_shared=True,
        text="Det finns ingen tid för lärande i produktionsplanen. Därför blir det ogjort när det är bråttom.",
    ),
    Said(step=Step.WANTED, dimension="structures", text="En timme i veckan är reserverad för att pröva nya arbetssätt"),
)  # fmt: skip


def fill(team: play.Staff, crowd: Iterator[MadeUpPerson], seed: int) -> None:
    """Two waves of a hotel and one of a boatyard, all closed; an HR day that both held; what is open and coming now."""
    dice = Random(seed + 23)  # noqa: S311 -- made-up people, no secret
    load_shipped(by=SYSTEM)
    fresh = _fresh(crowd)
    hotel = _house(team, HOTEL, fresh, IN_A_UNIT)
    yard = _house(team, BOATYARD, fresh, IN_THE_BOATYARD)
    before = _wave(hotel, "Lähtötilanne", months_ago=13, follows=None)
    _answer(before, hotel, (9, 9, 9), BASELINE, dice)
    _close(before, months_ago=12)
    now = _wave(hotel, "Vuoden päästä", months_ago=3, follows=before)
    _answer(now, hotel, (10, 10, 9), {key: mean + RISE.get(key, 0.0) for key, mean in BASELINE.items()}, dice)
    _close(now, months_ago=2)
    theirs = _wave(yard, "Nuläget", months_ago=4, follows=None)
    _answer(theirs, yard, (11,), YARD, dice)
    _close(theirs, months_ago=3)
    _held(team, (hotel, now), (yard, theirs))
    _coming(team, (hotel, yard))
    _open_now(hotel)


def _fresh(crowd: Iterator[MadeUpPerson]) -> Iterator[Person]:
    """People who have no account yet."""
    return (play.person_from(made_up) for made_up in crowd if person_with_address(made_up.email) is None)


def _house(team: play.Staff, name: str, people: Iterator[Person], in_a_unit: int) -> House:
    organisation = team.network.organisations.get(name=name)
    hr, manager, supervisor = (next(people) for _ in range(3))
    grant(hr, Role.HR, organisation=organisation, by=SYSTEM)
    grant(manager, Role.MANAGEMENT, organisation=organisation, by=SYSTEM)
    grant(supervisor, Role.MEMBER, organisation=organisation, by=SYSTEM)
    units = list(organisation.units.order_by("pk")) or [organisation]
    return House(
        organisation=organisation,
        hr=hr,
        carriers=(manager, supervisor),
        units=tuple(tuple(_member(next(people), unit) for _ in range(in_a_unit)) for unit in units),
    )


def _member(person: Person, unit: Organisation) -> Person:
    grant(person, Role.MEMBER, organisation=unit, by=SYSTEM)
    return person


def _wave(house: House, name: str, *, months_ago: int, follows: Wave | None) -> Wave:
    """Open as long ago as that, for as long as people answer."""
    wave = start_wave(_plan(house, SHORT, name, play.today(), follows), by=house.hr)
    date_wave(wave, opened_at=_moment(months_ago), closed_at=None, by=SYSTEM)
    return wave


def _plan(house: House, key: str, name: str, closes_on: date, follows: Wave | None = None) -> WavePlan:
    return WavePlan(
        instrument=Instrument.objects.get(key=key, network=None, retired_at=None),
        answering=Answering.ANONYMOUS,
        closes_on=closes_on,
        organisation=house.organisation,
        name=name,
        follows=follows,
    )


def _close(wave: Wave, *, months_ago: int) -> None:
    close_wave(wave, by=SYSTEM)
    wave.refresh_from_db()
    date_wave(wave, opened_at=wave.opened_at, closed_at=_moment(months_ago), by=SYSTEM)


def _moment(months_ago: int) -> datetime:
    """At noon, so many months ago."""
    return timezone.make_aware(datetime.combine(play.today() - timedelta(days=30 * months_ago), time(12)))


def _answer(wave: Wave, house: House, counts: Sequence[int], means: Mapping[str, float], dice: Random) -> None:
    """So many people of each unit answer. Two in three have an own code, the same in every wave."""
    invitees = {
        row.person_id: row for row in Invitee.objects.filter(wave=wave).select_related("wave__instrument", "person")
    }
    for unit, (people, count) in enumerate(zip(house.units, counts, strict=True)):
        for place, person in enumerate(people[:count]):
            person_dice = Random(f"{house.organisation.name} {unit} {place}")  # noqa: S311 -- made-up people, no secret
            lean = person_dice.gauss(0, 0.4) + (OF_UNIT[unit] if len(house.units) > 1 else 0.0)
            answers = dict(_answers(wave, means, lean, dice))
            code = _code(unit, place) if place % 3 < 2 else None  # noqa: PLR2004 -- two in three
            invitee = invitees[person.pk]
            answer_as_invited(invitee, given=Given(answers=answers, code=code), by=person)


def _answers(wave: Wave, means: Mapping[str, float], lean: float, dice: Random) -> Iterator[tuple[str, object]]:
    for item in wave.instrument.questions.items:
        if item.kind is Kind.SCALE and item.scale is not None and dice.random() >= UNANSWERED:
            value = round(dice.gauss(means[item.dimension] + lean, SPREAD))
            value = min(max(value, item.scale.lowest), item.scale.highest)
            yield item.key, item.scale.lowest + item.scale.highest - value if item.is_reversed else value
        elif item.kind is Kind.TEXT and dice.random() < 0.3:  # noqa: PLR2004 -- a few write
            yield item.key, dice.choice(WORDS)


def _code(unit: int, place: int) -> CodeParts:
    return CodeParts(
        birthplace=PLACES[(unit + place) % len(PLACES)],
        day=1 + (10 * unit + place) % 28,
        carer=CARERS[place % len(CARERS)],
    )


def _held(team: play.Staff, hotel: tuple[House, Wave], yard: tuple[House, Wave]) -> None:
    """An HR day of three weeks ago, from the results to goals that stand."""
    workshop = plan_workshop(
        team.network,
        name="HR-päivä: mitä opimme kyselystä",
        held_on=play.today() - timedelta(weeks=3),
        organisations=[house.organisation for house, _wave in (hotel, yard)],
        by=SYSTEM,
    )
    for house, wave in (hotel, yard):
        part = _part(house, workshop.parts)
        choose_results(part, wave=wave, shares=ShareLevel.WHOLE, by=house.hr)
    start_workshop(workshop, by=team.coordinator)
    go_to_step(workshop, step=Step.CARRIERS, by=team.coordinator)
    _write(_part(hotel[0], workshop.parts), OF_THE_HOTEL, by=hotel[0].hr)
    _write(_part(yard[0], workshop.parts), OF_THE_BOATYARD, by=yard[0].hr)
    _goals_of_the_hotel(_part(hotel[0], workshop.parts), hotel[0])
    _goal_of_the_boatyard(_part(yard[0], workshop.parts), yard[0])
    finish_workshop(workshop, by=team.coordinator)


def _part(house: House, parts: object) -> WorkshopPart:
    found: WorkshopPart = parts.select_related("workshop__network", "organisation", "wave__instrument").get(  # type: ignore[attr-defined]  # a related manager
        organisation=house.organisation
    )
    return found


def _write(part: WorkshopPart, said: Sequence[Said], *, by: Person) -> None:
    for each in said:
        write_note(part, step=each.step, text=each.text, dimension=each.dimension, is_shared=each.is_shared, by=by)


def _goals_of_the_hotel(part: WorkshopPart, house: House) -> None:
    manager, supervisor = house.carriers
    goals = (
        Goal(
            title="Jokainen saa palautetta työstään joka viikko",
            why="Palaute on noussut niissä yksiköissä, joissa vuoro aloitetaan yhdessä. Kerroshoito on jäänyt jälkeen.",
            dimension="feedback",
            measure="Palaute ja keskustelu on seuraavassa kyselyssä kaikissa yksiköissä vähintään 3,5.",
            by_when=play.today() + timedelta(days=270),
        ),
        Goal(
            title="Uudella työntekijällä on mentori ensimmäisestä vuorosta alkaen",
            why="Osaaminen on muutaman pitkään talossa olleen varassa, eikä heitä ole pyydetty neuvomaan.",
            dimension="sharing",
            measure="Kymmenestä uudesta työntekijästä yhdeksän kertoo saaneensa mentorin.",
            by_when=play.today() + timedelta(days=180),
        ),
        Goal(
            title="Vuorolistassa on aikaa oppia yhdessä",
            why="Ilman varattua aikaa hyvät aikomukset jäävät kiireen jalkoihin.",
            dimension="structures",
            measure="Puoli tuntia viikossa jokaisen yksikön vuorolistassa.",
            by_when=play.today() + timedelta(days=120),
        ),
    )
    carriers: tuple[tuple[Person | None, str], ...] = (
        (supervisor, ""), (house.hr, "yhdessä yksiköiden esihenkilöiden kanssa"), (manager, ""),
    )  # fmt: skip
    for goal, (carrier, group) in zip(goals, carriers, strict=True):
        name_carrier(set_goal(part, goal=goal, by=house.hr), carrier=carrier, carried_by=group, by=house.hr)


def _goal_of_the_boatyard(part: WorkshopPart, house: House) -> None:
    goal = Goal(
        title="En timme i veckan går till att pröva nya arbetssätt",
        why="Förtroendet räcker till för försök, men produktionsplanen ger ingen tid för dem.",
        dimension="structures",
        measure="Varje arbetslag har prövat och utvärderat ett nytt arbetssätt före nästa enkät.",
        by_when=play.today() + timedelta(days=240),
    )
    name_carrier(
        set_goal(part, goal=goal, by=house.hr), carrier=None, carried_by="arbetsledarna tillsammans", by=house.hr
    )


def _coming(team: play.Staff, houses: Sequence[House]) -> None:
    """One that nobody has prepared yet."""
    plan_workshop(
        team.network,
        name="HR-päivä: miten tavoitteet etenevät",
        held_on=play.today() + timedelta(days=12),
        organisations=[house.organisation for house in houses],
        by=team.coordinator,
    )


def _open_now(hotel: House) -> None:
    """A survey that everybody of the hotel finds at home."""
    start_wave(_plan(hotel, LONG, "Syventävä kysely", play.today() + timedelta(days=14)), by=hotel.hr)
