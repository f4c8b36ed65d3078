"""Reading ESCO's skills from the official CSV download: a zip with one language or several, or one skills_xx.csv.

Languages are joined by the concept's address. A skill stands in the group that the relations or the collections name;
one whose group the files do not tell stands with those of its kind. Alternative labels end the description.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from luotsi.competence.formats.drafts import draft
from luotsi.competence.formats.esco_tables import (
    COLLECTION,
    GROUPS,
    HIERARCHY,
    RELATIONS,
    SKILLS,
    Account,
    Table,
    tables_in,
)
from luotsi.competence.formats.values import (
    LANGUAGES,
    Area,
    Counts,
    Framework,
    FrameworkKind,
    FrameworkReading,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.competence.formats.values import Competence, Texts

SOURCE: Final = "ESCO"
ORIGIN: Final = "esco:skills"
NAME: Final[Texts] = {
    "fi": "ESCO: taidot, osaaminen ja tiedot",
    "sv": "Esco: färdigheter, kompetenser och kunskaper",
    "en": "ESCO: skills, competences and knowledge",
}
_ADDRESS: Final = "http://data.europa.eu/esco/"
_VERSION: Final = re.compile(r"v(\d+(?:\.\d+)+)")
_ALSO: Final = {"fi": "Myös", "sv": "Även", "en": "Also"}
_SEVERAL: Final = re.compile(r"[\n|]")
_DEEPEST: Final = 10

_KNOWLEDGE: Final[Texts] = {"fi": "Tiedot", "sv": "Kunskaper", "en": "Knowledge"}
_SKILL: Final[Texts] = {"fi": "Taidot", "sv": "Färdigheter", "en": "Skills"}
_REUSE: Final[Mapping[str, Texts]] = {
    "transversal": {"fi": "kaikille yhteiset", "sv": "gemensamma för alla", "en": "common to all"},
    "cross-sector": {"fi": "useille aloille", "sv": "för flera branscher", "en": "for several sectors"},
    "sector-specific": {"fi": "yhdelle alalle", "sv": "för en bransch", "en": "for one sector"},
    "occupation-specific": {"fi": "yhteen ammattiin", "sv": "för ett yrke", "en": "for one occupation"},
}
_OTHER: Final[Texts] = {"fi": "muut", "sv": "övriga", "en": "others"}


def read_esco(content: bytes, file_name: str = "") -> FrameworkReading:
    """The skills of ESCO, each text with its place or the rule that leaves it out. Raises FormatError only.

    `left_out` and `not_understood` name columns (`skills_fi.csv.hiddenLabels`); the counts count their cells.
    """
    account = Account()
    gathered = _Gathered(account=account)
    for table in tables_in(content, file_name, account):
        gathered.take(table)
    version = _VERSION.search(file_name)
    framework = _framework(gathered, version[1] if version else "")
    return FrameworkReading(
        framework=framework,
        counts=_counts(framework, account),
        left_out=tuple(sorted(account.left)),
        not_understood=tuple(sorted(account.unknown)),
        remarks=(),
        missing_scales=(),
    )


@dataclass(slots=True)
class _Concept:
    """A skill or a group on its way: its texts by language."""

    name: Texts = field(default_factory=dict)
    description: Texts = field(default_factory=dict)
    code: str = ""
    skill_type: str = ""
    reuse: str = ""


@dataclass(slots=True)
class _Gathered:
    """What the tables say, table by table."""

    account: Account
    skills: dict[str, _Concept] = field(default_factory=dict)
    groups: dict[str, _Concept] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)  # the first broader concept that is told

    def take(self, table: Table) -> None:
        takers = {
            SKILLS: lambda: self._concepts(table, self.skills),
            GROUPS: lambda: self._concepts(table, self.groups),
            HIERARCHY: lambda: self._hierarchy(table),
            RELATIONS: lambda: self._relations(table, "broaderUri"),
            COLLECTION: lambda: self._relations(table, "broaderConceptUri"),
        }
        takers[table.kind]()

    def _concepts(self, table: Table, concepts: dict[str, _Concept]) -> None:
        for row in table.rows(self.account):
            concept = concepts.setdefault(row["conceptUri"], _Concept())
            concept.name[table.language] = " ".join(row["preferredLabel"].split())
            if description := _description(row, table.language, is_skill=table.kind == SKILLS):
                concept.description[table.language] = description
            concept.code = concept.code or row.get("code", "")
            concept.skill_type = concept.skill_type or row.get("skillType", "")
            concept.reuse = concept.reuse or row.get("reuseLevel", "")

    def _hierarchy(self, table: Table) -> None:
        for row in table.rows(self.account):
            line = [row[name] for level in range(_DEEPEST) if (name := f"Level {level} URI") in row]
            for above, below in pairwise(line):
                self.above.setdefault(below, above)

    def _relations(self, table: Table, column: str) -> None:
        for row in table.rows(self.account):
            broader = [address for part in _SEVERAL.split(row.get(column, "")) if (address := part.strip())]
            if broader and "conceptUri" in row:
                self.above.setdefault(row["conceptUri"], broader[0])

    def group_of(self, address: str) -> str:
        """The nearest group above, however many skills stand between; empty when none is told."""
        for _ in range(_DEEPEST):
            address = self.above.get(address, "")
            if not address or address in self.groups:
                return address
        return ""


def _description(row: Mapping[str, str], language: str, *, is_skill: bool) -> str:
    """What the concept is, how the word is used, and what else it is called."""
    told = [row.get(name, "") for name in ("description", "definition")]
    if is_skill:
        told.append(row.get("scopeNote", ""))
        also = [label for part in _SEVERAL.split(row.get("altLabels", "")) if (label := part.strip())]
        others = [label for label in dict.fromkeys(also) if label.casefold() != row["preferredLabel"].casefold()]
        told.append(f"{_ALSO[language]}: {'; '.join(others)}." if others else "")
    return "\n\n".join(part for part in dict.fromkeys(told) if part)


def _framework(gathered: _Gathered, version: str) -> Framework:
    standing: dict[str, list[_Concept]] = {}
    addresses: dict[int, str] = {}
    for address, skill in gathered.skills.items():
        addresses[id(skill)] = address
        standing.setdefault(gathered.group_of(address) or _kind_of(skill), []).append(skill)
    wanted = dict.fromkeys(place for name in standing for place in (*reversed(_line_above(gathered, name)), name))
    areas = [
        _area(gathered, name, [_competence(skill, addresses[id(skill)]) for skill in standing.get(name, ())])
        for name in wanted
    ]
    return Framework(
        origin_id=ORIGIN,
        code=SOURCE,
        kind=FrameworkKind.CLASSIFICATION,
        name=NAME,
        description={},
        source=SOURCE,
        modified=None,
        valid_from=None,
        valid_to=None,
        areas=tuple(replace(area, order=order) for order, area in enumerate(areas)),
        version=version,
    )


def _line_above(gathered: _Gathered, address: str) -> list[str]:
    """The groups above a group, the nearest first."""
    found: list[str] = []
    while (address := gathered.group_of(address)) and address not in found and len(found) < _DEEPEST:
        found.append(address)
    return found


def _kind_of(skill: _Concept) -> str:
    """Where a skill stands whose group is not told: with those of its type and reach."""
    return f"kind:{'knowledge' if skill.skill_type == 'knowledge' else 'skill'}/{skill.reuse}"


def _area(gathered: _Gathered, address: str, competences: list[Competence]) -> Area:
    origin_id = _short(address)
    group = gathered.groups.get(address) or _Concept(name=_name_of_kind(address))
    above = _line_above(gathered, address)
    return Area(
        origin_id=origin_id,
        code=group.code,
        name=group.name,
        within=_short(above[0]) if above else "",
        extent=None,
        extent_max=None,
        description=group.description,
        requirements=(),
        competences=tuple(replace(competence, order=order) for order, competence in enumerate(competences)),
        order=0,
    )


def _name_of_kind(address: str) -> Texts:
    kind, _, reuse = address.removeprefix("kind:").partition("/")
    first, second = _KNOWLEDGE if kind == "knowledge" else _SKILL, _REUSE.get(reuse, _OTHER)
    return {language: f"{first[language]}, {second[language]}" for language in LANGUAGES}


def _competence(skill: _Concept, address: str) -> Competence:
    """Known by its own address, so that it stays the same when a later version moves it to another group."""
    return draft(name=skill.name, description=skill.description, criteria=(), local=_short(address), code=skill.code)


def _short(address: str) -> str:
    return f"esco:{address.removeprefix(_ADDRESS)}"


def _counts(framework: Framework, account: Account) -> Counts:
    return Counts(
        areas=len(framework.areas),
        competences=sum(len(area.competences) for area in framework.areas),
        criteria=0,
        texts=account.texts,
        placed=account.placed,
        left_out=account.left.total(),
        not_understood=account.unknown.total(),
    )
