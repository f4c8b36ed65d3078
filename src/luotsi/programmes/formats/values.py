"""A programme model: everything that a programme is started from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

Texts: TypeAlias = dict[str, str]
"""Text by language (`fi`, `sv`, `en`). Shipped models have all three; an own one may lack some, but not all."""

LANGUAGES: Final = ("fi", "sv", "en")


class Mode(StrEnum):
    PAIR = "pair"
    GROUP = "group"
    PEER = "peer"
    REVERSE = "reverse"
    FLASH = "flash"
    NETWORKING = "networking"


class RoleKey(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"


class QuestionType(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    LANGUAGES = "languages"
    SKILLS = "skills"
    REGION = "region"
    YES_NO = "yes_no"
    NUMBER = "number"


class FeedbackType(StrEnum):
    SCALE = "scale"
    TEXT = "text"
    YES_NO = "yes_no"


class RuleName(StrEnum):
    """What no pair may break. The first two hold in every programme, named or not."""

    CAPACITY = "capacity"
    MINOR_NEEDS_VETTED = "minor_needs_vetted"
    COMMON_LANGUAGE = "common_language"
    NOT_SAME_ORGANISATION = "not_same_organisation"
    NOT_SAME_UNIT = "not_same_unit"
    NOT_SAME_LINE_MANAGER = "not_same_line_manager"
    REGION_OR_REMOTE = "region_or_remote"
    MANDATORY_SKILLS = "mandatory_skills"


CRITERIA: Final = ("skills", "region", "language", "experience", "waiting")
FULL_MARKS: Final = ("experience_full", "waiting_full")
"""At how many years' difference, and at how many days of waiting, a criterion gives all its points."""

AGREEMENT_SECTIONS: Final = (
    "purpose",
    "goals",
    "rhythm",
    "contact",
    "confidentiality",
    "limits",
    "ending",
    "data_protection",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLabel:
    """What somebody in this role is called here, one and many: mentoroitava or aktori is the programme's choice."""

    key: RoleKey
    one: Texts
    many: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    key: str
    name: Texts
    aim: Texts
    weeks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    key: str
    text: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of the application. `roles` are those who are asked; `lowest` and `highest` belong to numbers."""

    key: str
    text: Texts
    hint: Texts
    type: QuestionType
    required: bool
    roles: tuple[RoleKey, ...]
    choices: tuple[Choice, ...]
    lowest: int | None
    highest: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """`weights` by criterion, with `FULL_MARKS` where they are told. No pair is made under `floor` (0 to 10,000).

    Each side has `answer_days` days to accept.
    """

    weights: dict[str, int]
    rules: tuple[RuleName, ...]
    floor: int
    answer_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSection:
    key: str
    title: Texts
    text: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """How many meetings are planned, how far apart (weeks), how long (minutes), and the tool for each by its key."""

    planned: int
    every_weeks: int
    minutes: int
    agenda: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackQuestion:
    key: str
    text: Texts
    type: FeedbackType


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDescription:
    """One version of a model. `weeks` is the sum of its phases; `leads_to` are keys of marks offered at the end."""

    key: str
    version: int
    name: Texts
    summary: Texts
    audience: Texts
    weeks: int
    roles: tuple[RoleLabel, ...]
    modes: tuple[Mode, ...]
    phases: tuple[Phase, ...]
    questions: tuple[Question, ...]
    matching: Matching
    agreement: tuple[AgreementSection, ...]
    sessions: Sessions
    feedback: tuple[FeedbackQuestion, ...]
    leads_to: tuple[str, ...]
    indicators: tuple[str, ...]

    @property
    def answer_days(self) -> int:
        return self.matching.answer_days

    def role(self, key: RoleKey) -> RoleLabel:
        """What somebody in this role is called."""
        return next(role for role in self.roles if role.key is key)
