"""What the parts, fields and closed words of a model are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, npgettext

from luotsi.programmes.formats.values import (
    ActivityKind,
    Audience,
    FeedbackType,
    IndicatorName,
    Mode,
    NudgeEvent,
    Pairing,
    QuestionType,
    RuleName,
    Stage,
    SurveyMoment,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from enum import StrEnum

PARTS: dict[str, str] = {
    "name": gettext_noop("Name"),
    "summary": gettext_noop("Summary"),
    "audience": gettext_noop("Who it is for"),
    "topic": gettext_noop("Sector or topic"),
    "roles": gettext_noop("What the roles are called"),
    "modes": gettext_noop("Ways of mentoring"),
    "enrolment": gettext_noop("How people come in"),
    "opening": gettext_noop("What must be there before a programme opens"),
    "competences": gettext_noop("What participants grow in"),
    "phases": gettext_noop("Phases and activities"),
    "questions": gettext_noop("Questions of the application"),
    "matching": gettext_noop("How pairs are formed"),
    "agreement": gettext_noop("Agreement"),
    "sessions": gettext_noop("Meetings"),
    "feedback": gettext_noop("Questions at the end"),
    "nudges": gettext_noop("Letters that go out by themselves"),
    "leads_to": gettext_noop("Marks at the end"),
    "indicators": gettext_noop("Figures to follow"),
}

FIELDS: dict[str, str] = {
    "name": gettext_noop("Name"),
    "text": gettext_noop("Text"),
    "hint": gettext_noop("Hint"),
    "aim": gettext_noop("Aim"),
    "title": gettext_noop("Heading"),
    "subject": gettext_noop("Subject"),
    "one": gettext_noop("Word for one"),
    "many": gettext_noop("Word for several"),
    "weeks": gettext_noop("Weeks"),
    "week": gettext_noop("Week of the phase"),
    "stage": gettext_noop("What the phase is for"),
    "kind": gettext_noop("Kind"),
    "type": gettext_noop("Kind of answer"),
    "minutes": gettext_noop("Minutes"),
    "for_whom": gettext_noop("For whom"),
    "required": gettext_noop("Required"),
    "sign_up": gettext_noop("People sign up"),
    "capacity": gettext_noop("Places"),
    "materials": gettext_noop("Tools of the library"),
    "instrument": gettext_noop("Questionnaire"),
    "moment": gettext_noop("When it is asked"),
    "roles": gettext_noop("Who is asked"),
    "choices": gettext_noop("Choices"),
    "lowest": gettext_noop("Lowest"),
    "highest": gettext_noop("Highest"),
    "when": gettext_noop("Asked only after this answer"),
    "self_only": gettext_noop("Only the person enrols"),
    "may_be_both": gettext_noop("One may be mentor and mentee"),
    "guardian_consent": gettext_noop("A guardian's consent for those under 18"),
    "interview": gettext_noop("An interview before the decision"),
    "decision_days": gettext_noop("Days until the decision"),
    "terms": gettext_noop("Terms that are accepted"),
    "decides": gettext_noop("Who decides"),
    "asks": gettext_noop("What taking part asks"),
    "sponsor": gettext_noop("A sponsor in the management of each partner"),
    "main_goal": gettext_noop("A main goal of each partner"),
    "approved_plan": gettext_noop("Each partner's approval of the plan"),
    "framework": gettext_noop("Framework"),
    "area": gettext_noop("Area of the framework"),
    "weights": gettext_noop("Weights"),
    "rules": gettext_noop("What no pair may break"),
    "floor": gettext_noop("Lowest score of a pair"),
    "answer_days": gettext_noop("Days to answer a proposal"),
    "pairing": gettext_noop("Who forms the pairs"),
    "training_first": gettext_noop("The required training before a pair"),
    "planned": gettext_noop("Planned meetings"),
    "every_weeks": gettext_noop("Weeks between meetings"),
    "agenda": gettext_noop("Tool of each meeting"),
    "event": gettext_noop("Counted from"),
    "days": gettext_noop("Days"),
    "to": gettext_noop("To whom"),
    "skills": gettext_noop("Skills that are sought and offered"),
    "region": gettext_noop("Region"),
    "language": gettext_noop("Language"),
    "experience": gettext_noop("Experience"),
    "waiting": gettext_noop("Time of waiting"),
    "experience_full": gettext_noop("Years of difference for full points"),
    "waiting_full": gettext_noop("Days of waiting for full points"),
}

WORDS: dict[str, str] = {
    Mode.PAIR: gettext_noop("in pairs"),
    Mode.GROUP: gettext_noop("in groups"),
    Mode.PEER: gettext_noop("among peers"),
    Mode.REVERSE: gettext_noop("reverse: the younger one mentors"),
    Mode.FLASH: gettext_noop("in short meetings"),
    Mode.NETWORKING: gettext_noop("in a network"),
    Stage.PLANNING: gettext_noop("planning"),
    Stage.RECRUITING: gettext_noop("recruiting"),
    Stage.MATCHING: gettext_noop("forming pairs"),
    Stage.RUNNING: gettext_noop("mentoring"),
    Stage.EVALUATING: gettext_noop("evaluating"),
    ActivityKind.TRAINING_SESSION: gettext_noop("training session"),
    ActivityKind.INTERIM_ASSIGNMENT: gettext_noop("interim assignment"),
    ActivityKind.HR_DAY: gettext_noop("HR day"),
    ActivityKind.MENTOR_HR_MEETING: gettext_noop("meeting of mentors and HR"),
    ActivityKind.KICK_OFF: gettext_noop("kick-off"),
    ActivityKind.MIDWAY: gettext_noop("midway meeting"),
    ActivityKind.CLOSING: gettext_noop("closing event"),
    ActivityKind.PEER_SUPPORT: gettext_noop("peer support"),
    ActivityKind.SURVEY: gettext_noop("survey"),
    ActivityKind.EVALUATION: gettext_noop("evaluation"),
    ActivityKind.OTHER: gettext_noop("something else"),
    Audience.MENTOR: gettext_noop("mentors"),
    Audience.MENTEE: gettext_noop("mentees"),
    Audience.HR: gettext_noop("HR"),
    Audience.MANAGEMENT: gettext_noop("management"),
    Audience.COORDINATOR: gettext_noop("coordinators"),
    SurveyMoment.NONE: gettext_noop("once"),
    SurveyMoment.START: gettext_noop("at the start"),
    SurveyMoment.END: gettext_noop("at the end"),
    SurveyMoment.THEN: gettext_noop("at the end, about the start"),
    Pairing.ADMIN: gettext_noop("the coordinator"),
    Pairing.REQUEST: gettext_noop("the mentee asks a mentor"),
    Pairing.HYBRID: gettext_noop("both ways"),
    NudgeEvent.APPLICATION_WAITING: gettext_noop("an application that waits for a decision"),
    NudgeEvent.ACTIVITY_COMING: gettext_noop("an activity that comes"),
    NudgeEvent.DEADLINE_PASSED: gettext_noop("a deadline of the plan that was not kept"),
    NudgeEvent.AGREEMENT_WAITING: gettext_noop("a pair whose agreement is not approved"),
    NudgeEvent.NO_MEETING: gettext_noop("a pair that has not met"),
    NudgeEvent.PROGRAMME_STARTED: gettext_noop("the first day of the programme"),
    NudgeEvent.PROGRAMME_ENDING: gettext_noop("the last day of the programme"),
    QuestionType.TEXT: gettext_noop("own words"),
    QuestionType.CHOICE: gettext_noop("one choice"),
    QuestionType.CHOICES: gettext_noop("several choices"),
    QuestionType.LANGUAGES: gettext_noop("languages"),
    QuestionType.SKILLS: gettext_noop("skills"),
    QuestionType.REGION: gettext_noop("a region"),
    QuestionType.YES_NO: gettext_noop("yes or no"),
    QuestionType.NUMBER: gettext_noop("a number"),
    QuestionType.DATE: gettext_noop("a day"),
    QuestionType.AVAILABILITY: gettext_noop("when one has time"),
    FeedbackType.SCALE: gettext_noop("a scale"),
    RuleName.CAPACITY: gettext_noop("Nobody has more mentees than places."),
    RuleName.MINOR_NEEDS_VETTED: gettext_noop(
        "Somebody under 18 has a mentor whose criminal record extract was checked."
    ),
    RuleName.COMMON_LANGUAGE: gettext_noop("The two have a language in common."),
    RuleName.NOT_SAME_ORGANISATION: gettext_noop("The two are not of the same organisation."),
    RuleName.NOT_SAME_UNIT: gettext_noop("The two are not of the same unit."),
    RuleName.NOT_SAME_LINE_MANAGER: gettext_noop("The two do not have the same supervisor."),
    RuleName.REGION_OR_REMOTE: gettext_noop("The two live in the same region, or both can meet online."),
    RuleName.MANDATORY_SKILLS: gettext_noop("The mentor knows what the mentee cannot do without."),
    IndicatorName.APPLICATIONS: gettext_noop("applications"),
    IndicatorName.MENTORS: gettext_noop("mentors"),
    IndicatorName.MENTEES: gettext_noop("mentees"),
    IndicatorName.PAIRS: gettext_noop("pairs that began"),
    IndicatorName.SESSIONS: gettext_noop("meetings held"),
    IndicatorName.HOURS: gettext_noop("hours of mentoring"),
    IndicatorName.COMPLETED: gettext_noop("pairs that came to their end together"),
    IndicatorName.ENDED_EARLY: gettext_noop("pairs that ended early"),
    IndicatorName.CLAIMS: gettext_noop("claims submitted"),
    IndicatorName.MARKS: gettext_noop("marks awarded"),
}
"""By value. What stands in two closed sets under one value means the same in both: `mentor`, `text`, `yes_no`."""


def word_for(value: StrEnum) -> str:
    """A word of a closed set, in the active language."""
    return _(WORDS[value])


def words_for(values: Iterable[StrEnum]) -> str:
    return ", ".join(word_for(value) for value in values)


def part_name(part: str) -> str:
    return _(PARTS[part])


def field_name(field: str) -> str:
    return _(FIELDS[field])


def yes_no(*, is_yes: bool) -> str:
    return _("yes") if is_yes else _("no")


def days_of_nudge(days: Iterable[int]) -> str:
    """After how many days a letter goes out, or how many before."""
    return "; ".join(_one_day(day) for day in days)


def _one_day(day: int) -> str:
    if day == 0:
        return _("on that day")
    if day < 0:
        return npgettext("nudge", "%(num)s day before", "%(num)s days before", -day) % {"num": -day}
    return npgettext("nudge", "%(num)s day after", "%(num)s days after", day) % {"num": day}
