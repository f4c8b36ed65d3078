"""Reading a programme model from its YAML file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from luotsi.programmes.formats.document import parse
from luotsi.programmes.formats.errors import Code, ModelError
from luotsi.programmes.formats.fields import Form
from luotsi.programmes.formats.values import (
    AGREEMENT_SECTIONS,
    CRITERIA,
    FULL_MARKS,
    LANGUAGES,
    AgreementSection,
    Choice,
    FeedbackQuestion,
    FeedbackType,
    Matching,
    Mode,
    ModelDescription,
    Phase,
    Question,
    QuestionType,
    RoleKey,
    RoleLabel,
    RuleName,
    Sessions,
)

if TYPE_CHECKING:
    from luotsi.programmes.formats.document import Entry
    from luotsi.programmes.formats.errors import Fault

FORM: Final = 1
"""The form of the file itself; a later form gets a higher number."""

_FIELDS: Final = (
    "form",
    "key",
    "version",
    "name",
    "summary",
    "audience",
    "weeks",
    "roles",
    "modes",
    "phases",
    "questions",
    "matching",
    "agreement",
    "sessions",
    "feedback",
    "leads_to",
    "indicators",
)
_MOST_WEEKS: Final = 260
_ANY: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelReading:
    """A model that can be used, and what is worth knowing about it (texts missing in a language)."""

    model: ModelDescription
    warnings: tuple[Fault, ...]


def read_model(content: bytes | str) -> ModelDescription:
    """The model in a file. Raises ModelError with all that is wrong."""
    return check_model(content).model


def check_model(content: bytes | str, *, is_shipped: bool = False) -> ModelReading:
    """The model and its warnings. A shipped model must have every text in every language. Raises ModelError."""
    root, faults = parse(content)
    form = Form(LANGUAGES if is_shipped else (), faults)
    model = _model(form, root)
    if form.faults:
        raise ModelError(form.faults)
    return ModelReading(model=model, warnings=tuple(form.warnings))


def _model(form: Form, root: Entry) -> ModelDescription:
    given = form.table(root, _FIELDS)
    form.whole(given.get("form"), FORM, FORM)
    before = len(form.faults)
    phases = _phases(form, given.get("phases"))
    told = sum(phase.weeks for phase in phases) if phases and len(form.faults) == before else None
    return ModelDescription(
        key=form.key(given.get("key")),
        version=form.whole(given.get("version"), 1, _ANY),
        name=form.text(given.get("name")),
        summary=form.text(given.get("summary")),
        audience=form.text(given.get("audience")),
        weeks=_weeks(form, given.get("weeks"), told),
        roles=_roles(form, given.get("roles")),
        modes=form.some_of(given.get("modes"), Mode),
        phases=phases,
        questions=_questions(form, given.get("questions")),
        matching=_matching(form, given.get("matching")),
        agreement=_agreement(form, given.get("agreement")),
        sessions=_sessions(form, given.get("sessions")),
        feedback=_feedback(form, given.get("feedback")),
        leads_to=form.keys(given.get("leads_to"), 0, 20),
        indicators=form.keys(given.get("indicators"), 0, 50),
    )


def _weeks(form: Form, entry: Entry | None, told: int | None) -> int:
    """The length; `told` is what the phases add up to, if they are right."""
    before = len(form.faults)
    weeks = form.whole(entry, 1, _MOST_WEEKS)
    if entry is not None and told is not None and len(form.faults) == before and weeks != told:
        form.fault(entry, Code.WEEKS_DIFFER, found=weeks, wanted=told)
    return weeks


def _roles(form: Form, entry: Entry | None) -> tuple[RoleLabel, ...]:
    given = form.table(entry, tuple(RoleKey))
    found = []
    for key in RoleKey:
        label = form.table(given.get(key), ("one", "many"))
        found.append(RoleLabel(key=key, one=form.text(label.get("one")), many=form.text(label.get("many"))))
    return tuple(found)


def _phases(form: Form, entry: Entry | None) -> tuple[Phase, ...]:
    found = []
    keys = []
    for row in form.rows(entry, 1, 20):
        given = form.table(row, ("key", "name", "aim", "weeks"))
        phase = Phase(
            key=form.key(given.get("key")),
            name=form.text(given.get("name")),
            aim=form.text(given.get("aim")),
            weeks=form.whole(given.get("weeks"), 1, _MOST_WEEKS),
        )
        found.append(phase)
        keys.append((given.get("key", row), phase.key))
    form.unlike(keys)
    return tuple(found)


def _questions(form: Form, entry: Entry | None) -> tuple[Question, ...]:
    found = []
    keys = []
    for row in form.rows(entry, 1, 40):
        given = form.table(row, ("key", "text", "type"), ("hint", "required", "roles", "choices", "lowest", "highest"))
        question = _question(form, given)
        _fitting(form, row, given, question)
        found.append(question)
        keys.append((given.get("key", row), question.key))
    form.unlike(keys)
    return tuple(found)


def _question(form: Form, given: dict[str, Entry]) -> Question:
    lowest, highest = given.get("lowest"), given.get("highest")
    return Question(
        key=form.key(given.get("key")),
        text=form.text(given.get("text")),
        hint=form.text(given.get("hint")),
        type=form.one_of(given.get("type"), QuestionType),
        required=form.yes_no(given.get("required"), otherwise=False),
        roles=form.some_of(given["roles"], RoleKey) if "roles" in given else tuple(RoleKey),
        choices=_choices(form, given.get("choices")),
        lowest=None if lowest is None else form.whole(lowest, -_ANY, _ANY),
        highest=None if highest is None else form.whole(highest, -_ANY, _ANY),
    )


def _choices(form: Form, entry: Entry | None) -> tuple[Choice, ...]:
    found = []
    keys = []
    for row in form.rows(entry, 2, 100):
        given = form.table(row, ("key", "text"))
        choice = Choice(key=form.key(given.get("key")), text=form.text(given.get("text")))
        found.append(choice)
        keys.append((given.get("key", row), choice.key))
    form.unlike(keys)
    return tuple(found)


def _fitting(form: Form, row: Entry, given: dict[str, Entry], question: Question) -> None:
    """Choices belong to choices and limits to numbers, and the lowest is not above the highest."""
    allowed = {QuestionType.CHOICE: {"choices"}, QuestionType.NUMBER: {"lowest", "highest"}}.get(question.type, set())
    for key in sorted({"choices", "lowest", "highest"} & given.keys() - allowed):
        form.fault(given[key], Code.UNKNOWN_KEY, key=key, nearest="", allowed=", ".join(sorted(allowed)))
    if question.type is QuestionType.CHOICE and "choices" not in given:
        form.fault(row, Code.MISSING_KEY, key="choices")
    if question.lowest is not None and question.highest is not None and question.lowest > question.highest:
        form.fault(given["highest"], Code.OUT_OF_RANGE, found=question.highest, lowest=question.lowest, highest=_ANY)


def _matching(form: Form, entry: Entry | None) -> Matching:
    given = form.table(entry, ("weights", "rules", "floor", "answer_days"))
    weights = form.table(given.get("weights"), (), (*CRITERIA, *FULL_MARKS))
    told: dict[str, int] = {key: form.whole(weights[key], 0, 100) for key in CRITERIA if key in weights}
    full: dict[str, int] = {key: form.whole(weights[key], 1, 3_650) for key in FULL_MARKS if key in weights}
    if "weights" in given and not any(told.values()):
        form.fault(given["weights"], Code.NO_WEIGHT)
    return Matching(
        weights=told | full,
        rules=form.some_of(given.get("rules"), RuleName) if "rules" in given else (),
        floor=form.whole(given.get("floor"), 0, 10_000),
        answer_days=form.whole(given.get("answer_days"), 1, 60),
    )


def _agreement(form: Form, entry: Entry | None) -> tuple[AgreementSection, ...]:
    found = []
    keys = []
    for row in form.rows(entry, len(AGREEMENT_SECTIONS), 20):
        given = form.table(row, ("key", "title", "text"))
        section = AgreementSection(
            key=form.key(given.get("key")), title=form.text(given.get("title")), text=form.text(given.get("text"))
        )
        found.append(section)
        keys.append((given.get("key", row), section.key))
    form.unlike(keys)
    if entry is not None:
        for key in AGREEMENT_SECTIONS:
            if key not in {section.key for section in found}:
                form.fault(entry, Code.MISSING_KEY, key=key)
    return tuple(found)


def _sessions(form: Form, entry: Entry | None) -> Sessions:
    given = form.table(entry, ("planned", "every_weeks", "minutes", "agenda"))
    planned = form.whole(given.get("planned"), 1, 100)
    agenda = tuple(form.key(row) for row in form.rows(given.get("agenda"), 0, 100))
    if "planned" in given and len(agenda) > planned:
        form.fault(given["agenda"], Code.TOO_MANY_MEETINGS, found=len(agenda), highest=planned)
    return Sessions(
        planned=planned,
        every_weeks=form.whole(given.get("every_weeks"), 1, 26),
        minutes=form.whole(given.get("minutes"), 5, 480),
        agenda=agenda,
    )


def _feedback(form: Form, entry: Entry | None) -> tuple[FeedbackQuestion, ...]:
    found = []
    keys = []
    for row in form.rows(entry, 1, 10):
        given = form.table(row, ("key", "text", "type"))
        question = FeedbackQuestion(
            key=form.key(given.get("key")),
            text=form.text(given.get("text")),
            type=form.one_of(given.get("type"), FeedbackType),
        )
        found.append(question)
        keys.append((given.get("key", row), question.key))
    form.unlike(keys)
    return tuple(found)
