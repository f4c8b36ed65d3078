"""A spreadsheet of applicants, made out of the requests and offers of a real service, with the faults that sheets have.

Taken from the history: who needs and offers what, what is a must, where people live, how often somebody offered (that
many places), the order in which they came. Made up from a seed: names, languages, organisations, and whatever else a
tutoring service for schools did not ask. A pupil's grade stands for experience; the lowest ones are people under age.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING, Any, Final

from luotsi.journey.demo.history import first_offers, first_requests
from luotsi.journey.demo.names import SHARE_OF_GROUP, NameGroup, made_up_person
from luotsi.journey.demo.organisations import PROVIDERS, WORKPLACES
from luotsi.journey.demo.places import OTHER_REGION, REGION_NAMES, REGION_OF_LAND
from luotsi.journey.demo.skills import OTHER_SKILL, SKILL_OF_SUBJECT, SKILLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from luotsi.journey.demo.history import Entry, Subject
    from luotsi.journey.demo.names import MadeUpPerson

Cell = str | int | date | None
Row = dict[str, Cell]

HEADERS: Final = (
    "Etunimi",
    "Sukunimi",
    "Sähköposti",
    "Rooli",
    "Kielet",
    "Maakunta",
    "Organisaatio",
    "Taidot (tarjolla)",
    "Taidot (tarve)",
    "Ehdottomat",
    "Paikat",
    "Etäyhteys",
    "Alaikäinen",
    "Rikosrekisteriote tarkistettu",
    "Ilmoittautunut",
    "Vuosia työelämässä",
)
LANGUAGE_WORDS: Final = {
    "ar": "arabia",
    "en": "englanti",
    "es": "espanja",
    "et": "viro",
    "fa": "persia",
    "fi": "suomi",
    "fil": "filipino",
    "hi": "hindi",
    "pl": "puola",
    "ru": "venäjä",
    "so": "somali",
    "sv": "ruotsi",
    "th": "thai",
    "tr": "turkki",
    "uk": "ukraina",
    "vi": "vietnam",
}

MENTEES_PERCENT: Final = 55
"""The rest are mentors; with one to three places each, nearly everybody could find one."""
FEWEST: Final = 20
"""Under this many rows the faults would not have a row each."""
MOST_PLACES: Final = 3
HIGHEST_GRADE_OF_MINORS: Final = 4
YEARS_OF_MENTOR: Final = 3
"""Every mentor has at least so many years in working life, and more by the highest grade that he or she taught."""
MUST_GRADE: Final = 5
REMOTE_SHARE: Final = 0.8
"""Of those who could be near; who lives elsewhere must be remote."""
VETTED_SHARE: Final = 0.6
FIRST_ROW: Final = 2
DAYS_OPEN: Final = 56
LAST_DAY: Final = date(2026, 2, 28)


class FaultKind(StrEnum):
    NO_EMAIL = "no_email"
    NO_ROLE = "no_role"
    NO_SUCH_DATE = "no_such_date"
    SHORT_YEAR = "short_year"
    UNKNOWN_ROLE = "unknown_role"
    UNKNOWN_LANGUAGE = "unknown_language"
    FORMULA = "formula"
    SAME_PERSON = "same_person"
    WINDOWS_1252 = "windows_1252"  # the whole file, when it is written as CSV


FAULTY_CELLS: Final[Mapping[FaultKind, tuple[str, Cell]]] = {
    FaultKind.NO_EMAIL: ("Sähköposti", None),
    FaultKind.NO_ROLE: ("Rooli", None),
    FaultKind.NO_SUCH_DATE: ("Ilmoittautunut", "31.2.2026"),
    FaultKind.SHORT_YEAR: ("Ilmoittautunut", "5.2.26"),
    FaultKind.UNKNOWN_ROLE: ("Rooli", "tukihenkilö"),
    FaultKind.UNKNOWN_LANGUAGE: ("Kielet", "sumoi"),
    FaultKind.FORMULA: ("Etunimi", '=HYPERLINK("http://example.org/";"Aino")'),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedFault:
    """`row` as a spreadsheet counts (the headers are row 1), 0 for the whole file. `twin`: the person's first row."""

    kind: FaultKind
    row: int
    column: str = ""
    value: Cell = None
    twin: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmapped:
    """A subject or a Land that the tables do not know, and how many of the applicants have it."""

    what: str
    value: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantSheet:
    """`rows` hold whole numbers, dates, texts and None, in the order of the headers. `mentees`, `mentors`: how many.

    `repeated`: how many rows stand on an entry of the history that another row stands on too, for want of others.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    faults: tuple[PlantedFault, ...]
    unmapped: tuple[Unmapped, ...]
    mentees: int
    mentors: int
    repeated: int


def make_applicants(
    requests: Sequence[Mapping[str, Any]],
    offers: Sequence[Mapping[str, Any]],
    *,
    seed: int,
    count: int = 200,
    last_day: date = LAST_DAY,
) -> ApplicantSheet:
    """The same input and seed make the same sheet.

    Raises HistoryError when the lists are none of requests and offers, ValueError when both are empty or `count` is
    under `FEWEST`. A subject or a Land that the tables do not know becomes "other", and is told in `unmapped`.
    """
    if count < FEWEST:
        raise ValueError(f"a sheet has at least {FEWEST} applicants")
    dice = Random(seed)  # noqa: S311 -- made-up people, no secret
    asking, offering = first_requests(requests), first_offers(offers)
    mentees = _number_of_mentees(count, len(asking), len(offering))
    chosen = _chosen(asking, mentees, dice) + _chosen(offering, count - mentees, dice)
    chosen.sort(key=lambda entry: entry.at)
    taken: set[str] = set()
    rows = [
        _row(entry, made_up_person(dice, taken, _group(entry, dice)), dice)
        | {"Ilmoittautunut": _day(place, count, last_day)}
        for place, entry in enumerate(chosen)
    ]
    return ApplicantSheet(
        headers=HEADERS,
        faults=_plant(rows, dice),
        rows=tuple(tuple(row[header] for header in HEADERS) for row in rows),
        unmapped=_unmapped(chosen),
        mentees=mentees,
        mentors=count - mentees,
        repeated=max(mentees - len(asking), 0) + max(count - mentees - len(offering), 0),
    )


def _number_of_mentees(count: int, asking: int, offering: int) -> int:
    if not asking and not offering:
        raise ValueError("there are neither requests nor offers")
    if not asking or not offering:
        return count if asking else 0
    return count * MENTEES_PERCENT // 100


def _chosen(entries: Sequence[Entry], count: int, dice: Random) -> list[Entry]:
    """Each entry once; when there are too few, some again."""
    whole, rest = divmod(count, len(entries) or 1)
    return [*entries] * whole + dice.sample([*entries], rest)


def _day(place: int, count: int, last_day: date) -> date:
    """People come evenly over the weeks in which applying is open."""
    return last_day - timedelta(days=DAYS_OPEN - DAYS_OPEN * place // (count - 1))


def _group(entry: Entry, dice: Random) -> NameGroup:
    """Who needs Finnish at work has another mother tongue."""
    shares = dict(SHARE_OF_GROUP)
    if not entry.is_offer and "finnish_at_work" in {_skill(subject) for subject in entry.subjects}:
        shares[NameGroup.FINNISH] = 0
    return dice.choices(list(shares), list(shares.values()))[0]


def _row(entry: Entry, person: MadeUpPerson, dice: Random) -> Row:
    region = REGION_OF_LAND.get(entry.land, OTHER_REGION)
    row: Row = dict.fromkeys(HEADERS, None)
    row |= {
        "Etunimi": person.given_name,
        "Sukunimi": person.family_name,
        "Sähköposti": person.email,
        "Kielet": "; ".join(LANGUAGE_WORDS[language] for language in person.languages),
        "Maakunta": REGION_NAMES[region]["fi"] if region else None,
        "Etäyhteys": _yes_no(is_so=region == OTHER_REGION or dice.random() < REMOTE_SHARE),
    }
    return row | (_mentor_cells(entry, dice) if entry.is_offer else _mentee_cells(entry, dice))


def _mentee_cells(entry: Entry, dice: Random) -> Row:
    is_minor = entry.grade is not None and entry.grade <= HIGHEST_GRADE_OF_MINORS
    needs = list(dict.fromkeys(_skill(subject) for subject in entry.subjects))
    musts = {_skill(subject) for subject in entry.subjects if subject.is_mandatory}
    return {
        "Rooli": "mentoroitava",
        "Organisaatio": _organisation(dice, providers=100) if is_minor else _organisation(dice, 55, 25),
        "Taidot (tarve)": "; ".join(_label(skill, MUST_GRADE if skill in musts else None) for skill in needs),
        "Ehdottomat": "; ".join(_label(skill) for skill in needs if skill in musts) or None,
        "Alaikäinen": _yes_no(is_so=is_minor),
        "Vuosia työelämässä": None if entry.grade is None else max(entry.grade - HIGHEST_GRADE_OF_MINORS, 0),
    }


def _mentor_cells(entry: Entry, dice: Random) -> Row:
    levels: dict[str, int] = {}
    for subject in entry.subjects:
        levels[_skill(subject)] = max(levels.get(_skill(subject), 0), _level(subject))
    highest = max((subject.most for subject in entry.subjects), default=0)
    return {
        "Rooli": "mentori",
        "Organisaatio": _organisation(dice, providers=10, workplaces=85),
        "Taidot (tarjolla)": "; ".join(_label(skill, level) for skill, level in levels.items()),
        "Paikat": min(entry.times, MOST_PLACES),
        "Alaikäinen": _yes_no(is_so=False),
        "Rikosrekisteriote tarkistettu": _yes_no(is_so=dice.random() < VETTED_SHARE),
        "Vuosia työelämässä": YEARS_OF_MENTOR + highest + dice.randint(0, 12),
    }


def _skill(subject: Subject) -> str:
    return SKILL_OF_SUBJECT.get(subject.name, OTHER_SKILL)


def _level(subject: Subject) -> int:
    """1 to 5: the wider the range of grades that somebody teaches, the better he or she knows the subject."""
    return 1 + min(max(subject.most - subject.least, 0) // 3, 4)


def _label(skill: str, grade: int | None = None) -> str:
    label = SKILLS[skill]["fi"]
    return f"{label} ({grade})" if grade else label


def _yes_no(*, is_so: bool) -> str:
    return "kyllä" if is_so else "ei"


def _organisation(dice: Random, providers: int, workplaces: int = 0) -> str | None:
    """One of them by its own name, with these chances in percent; else none."""
    rest = 100 - providers - workplaces
    [organisations] = dice.choices((PROVIDERS, WORKPLACES, ()), (providers, workplaces, rest))
    return dice.choice(organisations).name if organisations else None


def _plant(rows: list[Row], dice: Random) -> tuple[PlantedFault, ...]:
    """Spoils a row for each kind of fault, in place. The first row of the person who comes twice stays whole."""
    spoilt = sorted(dice.sample(range(1, len(rows)), len(FAULTY_CELLS) + 1))
    first = next(place for place in range(len(rows)) if place not in spoilt)
    *places, second = spoilt
    rows[second] = rows[first] | {
        "Sähköposti": str(rows[first]["Sähköposti"]).upper(),
        "Ilmoittautunut": rows[second]["Ilmoittautunut"],
    }
    faults = [
        PlantedFault(
            kind=FaultKind.SAME_PERSON,
            row=second + FIRST_ROW,
            column="Sähköposti",
            value=rows[second]["Sähköposti"],
            twin=first + FIRST_ROW,
        ),
        PlantedFault(kind=FaultKind.WINDOWS_1252, row=0),
    ]
    dice.shuffle(places)
    for place, (kind, (header, cell)) in zip(places, FAULTY_CELLS.items(), strict=True):
        rows[place][header] = cell
        faults.append(PlantedFault(kind=kind, row=place + FIRST_ROW, column=header, value=cell))
    return tuple(sorted(faults, key=lambda fault: fault.row))


def _unmapped(entries: Iterable[Entry]) -> tuple[Unmapped, ...]:
    found = Counter[tuple[str, str]]()
    for entry in entries:
        found.update({("subject", subject.name) for subject in entry.subjects if subject.name not in SKILL_OF_SUBJECT})
        found.update({("land", entry.land)} - {("land", land) for land in REGION_OF_LAND})
    return tuple(Unmapped(what=what, value=value, times=times) for (what, value), times in sorted(found.items()))
