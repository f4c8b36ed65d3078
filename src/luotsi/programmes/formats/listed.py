"""An application as a list sees it: one plain value for each column. So two can be compared, and one written out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from luotsi.core.questions.numbers import spelled as spelled_number
from luotsi.core.questions.values import USUAL_LENGTH
from luotsi.people.formats.regions import name_of_region
from luotsi.programmes.formats.answers import answers_to_json, with_musts
from luotsi.programmes.formats.applicants import Remark, RowFault
from luotsi.programmes.formats.calls import NO, YES, questions_for
from luotsi.programmes.formats.list_columns import TOLD, own_questions
from luotsi.programmes.formats.values import QuestionType
from luotsi.programmes.formats.vocabulary import SHOWN_IN, name_of_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from luotsi.core.tables.columns import Value
    from luotsi.programmes.formats.applicants import Applicant
    from luotsi.programmes.formats.values import ModelDescription, Question

Listed: TypeAlias = dict[str, Any]
"""The value of each column by its key, as JSON has it. Keys of own questions begin with `told.`."""

ANSWERS: Final = (
    *("languages", "region", "organisation", "offers", "needs", "musts"),
    *("places", "is_remote", "is_minor", "is_vetted", "experience"),
)
"""The columns that are kept together as the answers of an application."""

_YES_NO: Final = {"fi": ("kyllä", "ei"), "sv": ("ja", "nej"), "en": ("yes", "no")}
_SHOWN_ROLES: Final = {
    "mentor": ("mentori", "mentor", "mentor"),
    "mentee": ("mentoroitava", "aktör", "mentee"),
    "both": ("molemmat", "båda", "both"),
}


def listed(applicant: Applicant) -> Listed:
    """What an applicant says, column by column. The name and the address are the person's, not the application's."""
    return {
        **answers_to_json(applicant.answers),
        "role": applicant.role,
        "submitted_on": applicant.submitted_on.isoformat() if applicant.submitted_on else None,
        "external_id": applicant.external_id,
        **{f"{TOLD}{key}": value for key, value in applicant.told.items()},
    }


def differing(before: Listed, after: Listed, keys: Iterable[str]) -> tuple[str, ...]:
    """The columns among `keys` in which something else stands."""
    return tuple(key for key in keys if before.get(key, "") != after.get(key, ""))


def merged(current: Applicant, found: Applicant, trusted: frozenset[str]) -> Applicant:
    """What is known now, with what a row says in columns that are not `trusted`."""
    kept = {name: getattr(current.answers, name) for name in ANSWERS if name in trusted}
    answers = replace(found.answers, **kept)
    if not {"needs", "musts"} <= trusted:
        musts = [skill for skill in (*found.answers.needs, *current.answers.needs) if skill.key in answers.musts]
        once = {skill.key: skill for skill in reversed(musts)}
        answers = replace(answers, needs=with_musts(answers.needs, tuple(once.values())))
    return replace(
        found,
        role=current.role if "role" in trusted else found.role,
        submitted_on=current.submitted_on if "submitted_on" in trusted else found.submitted_on,
        external_id=current.external_id if "external_id" in trusted else found.external_id,
        answers=answers,
        told={**current.told, **found.told},
    )


def cell_of(key: str, value: Any, language: str) -> str:  # noqa: ANN401 -- whatever the column holds
    """The value as it is written into a cell, in fi, sv or en. The column reads it as the same value again."""
    if value is None or value == "":
        return ""
    if key in _SPELLERS:
        return _SPELLERS[key](value, language)
    if isinstance(value, bool):
        return _YES_NO[language][0 if value else 1]
    return str(value)


def own_cell(question: Question, value: str, language: str) -> str:
    """An answer to an own question as it is written into a cell."""
    if not value:
        return ""
    if question.type is QuestionType.YES_NO:
        return _YES_NO[language][0 if value == YES else 1]
    if question.type is QuestionType.NUMBER:
        return value.replace(".", ",")
    shown = {choice.key: choice.text for choice in question.choices}.get(value, {})
    return shown.get(language) or value


def read_told(
    model: ModelDescription, values: Mapping[str, Value], role: str, trusted: frozenset[str]
) -> tuple[dict[str, str], tuple[Remark, ...]]:
    """Answers to own questions by their key, and what is wrong or to know about them. Only columns that are there."""
    asked = {question.key for question in questions_for(model, role)} if role else set()
    told: dict[str, str] = {}
    remarks: list[Remark] = []
    for key, question in own_questions(model).items():
        if key not in values or key in trusted:
            continue
        answer = _answer(values[key])
        if answer and role and question.key not in asked:
            remarks.append(Remark(code=RowFault.NOT_ASKED, column=key))
            continue
        told[question.key] = answer
        remarks += _remarks(key, question, answer)
    return told, tuple(remarks)


def _answer(value: Value) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Decimal):
        return spelled_number(value)
    return value if isinstance(value, str) else ""


def _remarks(key: str, question: Question, answer: str) -> Iterator[Remark]:
    if len(answer) > USUAL_LENGTH:
        yield Remark(code=RowFault.TOO_LONG, column=key, value=answer[:60], facts={"most": USUAL_LENGTH})
    if question.type is not QuestionType.NUMBER or not answer:
        return
    least = 0 if question.lowest is None else question.lowest
    most = 10**12 if question.highest is None else question.highest
    if "." in answer or not least <= Decimal(answer) <= most:
        facts = {"least": least, "most": most}
        yield Remark(code=RowFault.OUT_OF_RANGE, column=key, value=answer.replace(".", ","), facts=facts)


def _skills(value: list[list[Any]], _language: str) -> str:
    return "; ".join(f"{name} ({grade})" for name, grade in value)


def _day(value: str, _language: str) -> str:
    day = date.fromisoformat(value)
    return f"{day.day}.{day.month}.{day.year}"


_SPELLERS: Final[Mapping[str, Callable[[Any, str], str]]] = {
    "role": lambda value, language: _SHOWN_ROLES[value][SHOWN_IN.index(language)],
    "languages": lambda value, language: "; ".join(name_of_language(code, language) for code in value),
    "region": lambda value, language: name_of_region(value, language) or value,
    "offers": _skills,
    "needs": _skills,
    "musts": lambda value, _language: "; ".join(value),
    "submitted_on": _day,
}
