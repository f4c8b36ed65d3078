"""A programme model: everything that a programme is started from."""

from __future__ import annotations

from dataclasses import dataclass, field
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


class Stage(StrEnum):
    """What a phase is for. The rounds of a programme go through them; the call ends with the last recruiting day."""

    PLANNING = "planning"
    RECRUITING = "recruiting"
    MATCHING = "matching"
    RUNNING = "running"
    EVALUATING = "evaluating"


class ActivityKind(StrEnum):
    TRAINING_SESSION = "training_session"
    INTERIM_ASSIGNMENT = "interim_assignment"
    HR_DAY = "hr_day"
    MENTOR_HR_MEETING = "mentor_hr_meeting"
    KICK_OFF = "kick_off"
    MIDWAY = "midway"
    CLOSING = "closing"
    PEER_SUPPORT = "peer_support"
    SURVEY = "survey"
    EVALUATION = "evaluation"
    OTHER = "other"


class Audience(StrEnum):
    """Whom an activity or a nudge is for."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    HR = "hr"
    MANAGEMENT = "management"
    COORDINATOR = "coordinator"


class SurveyMoment(StrEnum):
    NONE = "none"
    START = "start"
    END = "end"
    THEN = "then"


class Pairing(StrEnum):
    """Who forms the pairs: the coordinator by a run, the mentee by asking, or both."""

    ADMIN = "admin"
    REQUEST = "request"
    HYBRID = "hybrid"


class NudgeEvent(StrEnum):
    """What a nudge counts its days from; negative days: before it."""

    APPLICATION_WAITING = "application_waiting"  # since it was handed in
    ACTIVITY_COMING = "activity_coming"  # days before, so they are negative
    DEADLINE_PASSED = "deadline_passed"  # of a deadline of the plan that was not kept
    AGREEMENT_WAITING = "agreement_waiting"  # since the pair began
    NO_MEETING = "no_meeting"  # since the last one, or since the agreement
    PROGRAMME_STARTED = "programme_started"
    PROGRAMME_ENDING = "programme_ending"  # the last day; days before are negative


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
    CHOICES = "choices"
    DATE = "date"
    AVAILABILITY = "availability"


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


class IndicatorName(StrEnum):
    """Figures that a programme of the model is followed by. How each is counted, insight knows."""

    APPLICATIONS = "applications"
    MENTORS = "mentors"
    MENTEES = "mentees"
    PAIRS = "pairs"
    SESSIONS = "sessions"
    HOURS = "hours"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"
    CLAIMS = "claims"
    MARKS = "marks"


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
class ActivityOutline:
    """Something that the plan proposes in a phase. `week`: which one of the phase, from 1.

    `minutes`: how long it takes at a time; none: there is a deadline instead, the last day of the week. `materials` are
    keys of library tools, `instrument` the key of the instrument that a survey asks.
    """

    key: str
    kind: ActivityKind
    name: Texts
    text: Texts
    week: int
    minutes: int | None
    for_whom: tuple[Audience, ...]
    is_required: bool
    takes_sign_up: bool
    capacity: int | None
    materials: tuple[str, ...]
    instrument: str
    moment: SurveyMoment


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """`stage` tells what the phase is for."""

    key: str
    name: Texts
    aim: Texts
    weeks: int
    stage: Stage = Stage.RUNNING
    activities: tuple[ActivityOutline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    key: str
    text: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of the application. `roles` are those who are asked; `lowest` and `highest` belong to numbers.

    `when`: asked only if another question, a choice or yes or no, was answered so: its key and the choice's.
    """

    key: str
    text: Texts
    hint: Texts
    type: QuestionType
    required: bool
    roles: tuple[RoleKey, ...]
    choices: tuple[Choice, ...]
    lowest: int | None
    highest: int | None
    when: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """How people come in. `self_only`: only the person enrols; others may invite, and never see a no.

    `may_be_both`: mentor and mentee in one application. `interview`: no decision before one was held. `terms` are what
    an applicant accepts; `decides`, `decision_days` and `asks` tell on the public page who decides, how long it takes
    and what taking part asks of one.
    """

    self_only: bool = False
    may_be_both: bool = False
    guardian_consent: bool = True
    interview: bool = False
    decision_days: int = 14
    terms: Texts = field(default_factory=dict)
    decides: Texts = field(default_factory=dict)
    asks: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What must be there before a programme opens: of each partner a sponsor, a main goal, an approval of the plan."""

    sponsor: bool = False
    main_goal: bool = False
    approved_plan: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetenceArea:
    """What participants grow in. `framework` and `area` are the source's own identifiers; empty: a theme in words."""

    key: str
    name: Texts
    framework: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """A letter that goes out by itself, `days` after an event (before it, when negative); several: again each time."""

    key: str
    event: NudgeEvent
    days: tuple[int, ...]
    to: tuple[Audience, ...]
    subject: Texts
    text: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The model that one was derived from."""

    key: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """`weights` by criterion, with `FULL_MARKS` where they are told. No pair is made under `floor` (0 to 10,000).

    Each side has `answer_days` days to accept. `training_first`: nobody is matched without the required training.
    """

    weights: dict[str, int]
    rules: tuple[RuleName, ...]
    floor: int
    answer_days: int
    pairing: Pairing = Pairing.ADMIN
    training_first: bool = False


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
    """One version of a model. `weeks` is the sum of its phases; `leads_to` are keys of marks offered at the end.

    `topic`: the sector or topic that a derived model is made for.
    """

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
    indicators: tuple[IndicatorName, ...]
    origin: Origin | None = None
    topic: Texts = field(default_factory=dict)
    enrolment: Enrolment = field(default_factory=Enrolment)
    opening: Opening = field(default_factory=Opening)
    competences: tuple[CompetenceArea, ...] = ()
    nudges: tuple[Nudge, ...] = ()

    @property
    def answer_days(self) -> int:
        return self.matching.answer_days

    def role(self, key: RoleKey) -> RoleLabel:
        """What somebody in this role is called."""
        return next(role for role in self.roles if role.key is key)
