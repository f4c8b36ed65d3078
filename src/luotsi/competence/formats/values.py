"""What a reading consists of: a framework of areas, competences and criteria, and an account of every text read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

Texts: TypeAlias = dict[str, str]
"""Plain text by language (`fi`, `sv`, `en`); a language that the source lacks is not there."""

LANGUAGES = ("fi", "sv", "en")


class FrameworkKind(StrEnum):
    QUALIFICATION = "qualification"
    PREPARATORY = "preparatory"
    UNIT = "unit"
    UNITS = "units"
    PARTS = "parts"
    ASSESSMENT = "assessment"
    BADGES = "badges"
    SCALE = "scale"
    OWN = "own"
    CLASSIFICATION = "classification"


class Scale(StrEnum):
    """What a level number means: passed (1), the older three grades (1 to 3), the grades 1 to 5."""

    PASSED = "passed"
    THREE = "three"
    FIVE = "five"


class Reason(StrEnum):
    """Why a text of the source is not in the framework."""

    BLANK = "blank"
    PLACEHOLDER = "placeholder"
    REPETITION = "repetition"
    REGISTER = "wording_of_a_code_register"
    REFERENCE = "name_of_another_qualification"
    OTHER_LANGUAGE = "other_language"
    SUBJECT = "subject_of_the_sentence"
    SCALE_NAME = "scale_name"
    DEMONSTRATION = "way_of_demonstrating_competence"
    ASSESSMENT_NOTE = "assessment_note"
    FAILING = "description_of_failing"
    RECOGNITION = "recognition_of_other_studies"
    STRUCTURE = "structure_description"
    CHAPTER = "other_chapter"
    CONTENT = "content_of_teaching"
    QUALIFICATION = "qualification_description"
    CLASSIFICATION = "classification"
    ANNEX = "international_annex"
    DOCUMENT = "document_of_the_regulation"
    SCHEDULE = "schedule"
    REPLACED = "replaced_requirements"
    HIDDEN_LABEL = "label_for_search_only"
    DESCRIBES_GROUP = "note_on_a_group"
    OUT_OF_USE = "out_of_use"
    OTHER_PILLAR = "file_of_something_else"


class LeftOut(NamedTuple):
    path: str
    reason: Reason


class RemarkCode(StrEnum):
    ACTIVE_CONTENT = "active_content_removed"
    UNKNOWN_SCALE = "unknown_scale"
    LANGUAGES_DIFFER = "languages_differ"


class Remark(NamedTuple):
    """Something that was read, but that a careful reader should look at."""

    path: str
    code: RemarkCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One statement to judge against. `level` is a number on the competence's scale; None holds at every level.

    `code` is the national code of the statement (`ammattitaitovaatimukset_1866`) or empty.
    """

    level: int | None
    level_name: Texts
    text: Texts
    code: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """One thing that is assessed, with its criteria.

    `origin_id` is the same at every reading of the same thing, and at most 100 characters; `code` at most 60. `group`
    is the heading under which it stands, if any. `generic_scale` is the identifier of a national general scale that
    the source names; its criteria are here when the source holds them, or when the caller gave the scale.
    """

    origin_id: str
    code: str
    name: Texts
    group: Texts
    description: Texts
    is_optional: bool
    scale: Scale | None
    generic_scale: str
    criteria: tuple[Criterion, ...]
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A unit of a qualification, or a part of one (then `within` is the unit's origin id).

    `extent` and `extent_max` are competence points. `requirements` are the unit's requirements where the criteria are
    written apart from them.
    """

    origin_id: str
    code: str
    name: Texts
    within: str
    extent: Decimal | None
    extent_max: Decimal | None
    description: Texts
    requirements: tuple[Texts, ...]
    competences: tuple[Competence, ...]
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """`code` is the regulation's number (`OPH-1161-2018`), or a single unit's national code. Dates are Finnish days.

    `version` is what the source calls this state of it; `replaces` are codes of frameworks whose place it takes.
    """

    origin_id: str
    code: str
    kind: FrameworkKind
    name: Texts
    description: Texts
    source: str
    modified: datetime | None
    valid_from: date | None
    valid_to: date | None
    areas: tuple[Area, ...]
    version: str = ""
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """`texts` is the sum of `placed`, `left_out` and `not_understood`."""

    areas: int
    competences: int
    criteria: int
    texts: int
    placed: int
    left_out: int
    not_understood: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkReading:
    """A framework, and where each text of the source went.

    `missing_scales` are general scales that the source names without their criteria, and that the caller did not give.
    """

    framework: Framework
    counts: Counts
    left_out: tuple[LeftOut, ...]
    not_understood: tuple[str, ...]
    remarks: tuple[Remark, ...]
    missing_scales: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GenericScale:
    """A national general scale of assessment: the criteria that hold for every requirement that names it."""

    origin_id: str
    name: Texts
    scale: Scale | None
    criteria: tuple[Criterion, ...]
