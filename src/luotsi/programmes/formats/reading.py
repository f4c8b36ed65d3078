"""Reading a programme model from its YAML file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from luotsi.programmes.formats.document import lines_in, parse
from luotsi.programmes.formats.errors import Code, ModelError
from luotsi.programmes.formats.fields import Form
from luotsi.programmes.formats.reading_people import read_competences, read_enrolment, read_nudges, read_opening
from luotsi.programmes.formats.reading_plan import MOST_WEEKS, read_phases
from luotsi.programmes.formats.reading_questions import read_questions
from luotsi.programmes.formats.values import (
    AGREEMENT_SECTIONS,
    CRITERIA,
    FULL_MARKS,
    LANGUAGES,
    AgreementSection,
    FeedbackQuestion,
    FeedbackType,
    IndicatorName,
    Matching,
    Mode,
    ModelDescription,
    Origin,
    Pairing,
    RoleKey,
    RoleLabel,
    RuleName,
    Sessions,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

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
_MAY_BE_THERE: Final = ("derived_from", "topic", "enrolment", "opening", "competences", "nudges")
_ANY: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelReading:
    """A model that can be used, and what is worth knowing about it (texts missing in a language)."""

    model: ModelDescription
    warnings: tuple[Fault, ...]
    lines: Mapping[str, int]
    """In which line each path of the file stands."""


def read_model(content: bytes | str) -> ModelDescription:
    """The model in a file. Raises ModelError with all that is wrong."""
    return check_model(content).model


def check_model(content: bytes | str, *, is_shipped: bool = False) -> ModelReading:
    """The model and its warnings. A shipped model must have every text in every language. Raises ModelError."""
    root, faults = parse(content)
    form = Form(LANGUAGES if is_shipped else (), faults)
    model = model_from(form, root)
    if form.faults:
        raise ModelError(form.faults)
    return ModelReading(model=model, warnings=tuple(form.warnings), lines=lines_in(root))


def model_from(form: Form, root: Entry) -> ModelDescription:
    """The model in a document. What is wrong is noted in the form; then the model is not to be used."""
    given = form.table(root, _FIELDS, _MAY_BE_THERE)
    form.whole(given.get("form"), FORM, FORM)
    before = len(form.faults)
    phases = read_phases(form, given.get("phases"))
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
        questions=read_questions(form, given.get("questions")),
        matching=_matching(form, given.get("matching")),
        agreement=_agreement(form, given.get("agreement")),
        sessions=_sessions(form, given.get("sessions")),
        feedback=_feedback(form, given.get("feedback")),
        leads_to=form.keys(given.get("leads_to"), 0, 20),
        indicators=form.some_of(given.get("indicators"), IndicatorName, 0),
        origin=_origin(form, given.get("derived_from")),
        topic=form.text(given.get("topic")),
        enrolment=read_enrolment(form, given.get("enrolment")),
        opening=read_opening(form, given.get("opening")),
        competences=read_competences(form, given.get("competences")),
        nudges=read_nudges(form, given.get("nudges")),
    )


def _origin(form: Form, entry: Entry | None) -> Origin | None:
    if entry is None:
        return None
    given = form.table(entry, ("key", "version"))
    return Origin(key=form.key(given.get("key")), version=form.whole(given.get("version"), 1, _ANY))


def _weeks(form: Form, entry: Entry | None, told: int | None) -> int:
    """The length; `told` is what the phases add up to, if they are right."""
    before = len(form.faults)
    weeks = form.whole(entry, 1, MOST_WEEKS)
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


def _matching(form: Form, entry: Entry | None) -> Matching:
    given = form.table(entry, ("weights", "rules", "floor", "answer_days"), ("pairing", "training_first"))
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
        pairing=form.one_of(given.get("pairing"), Pairing),
        training_first=form.yes_no(given.get("training_first"), otherwise=False),
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
