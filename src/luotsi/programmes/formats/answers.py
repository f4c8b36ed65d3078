"""What somebody who applies tells, and its JSON form as it is kept with the application."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from luotsi.core.words.keys import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TOP: Final = 5
USUAL: Final = 3
_GRADED = re.compile(r"(?P<name>.*?)\s*(?:\(\s*(?P<grade>[1-5])\s*\)|:\s*(?P<after>[1-5]))", re.DOTALL)


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return search_key(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """`grade`, 1 to `TOP`: the level at which it is offered, or how important it is to the one who needs it."""

    name: str
    grade: int = USUAL

    @property
    def key(self) -> str:
        """The same for the same name, however it was typed."""
        return _key(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a person tells of him- or herself.

    `languages`: codes (ISO 639), the best first. `region`: the code of a maakunta. `organisation`: as it was written.
    `musts`: keys of needed skills that a mentor must offer. `experience`: years in working life; None is not told.
    """

    languages: tuple[str, ...]
    region: str = ""
    organisation: str = ""
    offers: tuple[Skill, ...] = ()
    needs: tuple[Skill, ...] = ()
    musts: frozenset[str] = frozenset()
    places: int = 1
    is_remote: bool = False
    is_minor: bool = False
    is_vetted: bool = False
    experience: int | None = None


def read_skills(parts: Iterable[str]) -> tuple[Skill, ...]:
    """From `matematiikka (5)`, `kielet: 2`, `johtaminen`. One skill once: the first counts. Spelling is kept."""
    found: dict[str, Skill] = {}
    for part in parts:
        name = " ".join(part.split())
        skill = Skill(name=name)
        if graded := _GRADED.fullmatch(name):
            skill = Skill(name=graded["name"], grade=int(graded["grade"] or graded["after"]))
        if skill.key:
            found.setdefault(skill.key, skill)
    return tuple(found.values())


def with_musts(needs: tuple[Skill, ...], musts: tuple[Skill, ...]) -> tuple[Skill, ...]:
    """The needs, with whatever is a must and was not named among them."""
    known = {skill.key for skill in needs}
    return (*needs, *(skill for skill in musts if skill.key not in known))


def answers_to_json(answers: Answers) -> dict[str, Any]:
    return {
        "languages": list(answers.languages),
        "region": answers.region,
        "organisation": answers.organisation,
        "offers": [[skill.name, skill.grade] for skill in answers.offers],
        "needs": [[skill.name, skill.grade] for skill in answers.needs],
        "musts": sorted(answers.musts),
        "places": answers.places,
        "is_remote": answers.is_remote,
        "is_minor": answers.is_minor,
        "is_vetted": answers.is_vetted,
        "experience": answers.experience,
    }


def answers_from_json(form: Mapping[str, Any]) -> Answers:
    """The answers as they were kept; what is missing was not told (all of it, once the person is forgotten)."""
    return Answers(
        languages=tuple(form.get("languages", ())),
        region=form.get("region", ""),
        organisation=form.get("organisation", ""),
        offers=tuple(Skill(name=name, grade=grade) for name, grade in form.get("offers", ())),
        needs=tuple(Skill(name=name, grade=grade) for name, grade in form.get("needs", ())),
        musts=frozenset(form.get("musts", ())),
        places=form.get("places", 1),
        is_remote=form.get("is_remote", False),
        is_minor=form.get("is_minor", False),
        is_vetted=form.get("is_vetted", False),
        experience=form.get("experience"),
    )
