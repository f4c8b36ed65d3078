"""The questions of a model's application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from luotsi.programmes.formats.document import Table
from luotsi.programmes.formats.errors import Code
from luotsi.programmes.formats.fields import nearest, shown
from luotsi.programmes.formats.values import Choice, Question, QuestionType, RoleKey

if TYPE_CHECKING:
    from luotsi.programmes.formats.document import Entry
    from luotsi.programmes.formats.fields import Form

_ANY: Final = 1_000_000
YES_NO: Final = ("yes", "no")
_OWN: Final = {
    QuestionType.CHOICE: {"choices"},
    QuestionType.CHOICES: {"choices"},
    QuestionType.NUMBER: {"lowest", "highest"},
}
_OPTIONAL: Final = ("hint", "required", "roles", "choices", "lowest", "highest", "when")


def read_questions(form: Form, entry: Entry | None) -> tuple[Question, ...]:
    found = []
    keys = []
    rows = form.rows(entry, 1, 40)
    for row in rows:
        given = form.table(row, ("key", "text", "type"), _OPTIONAL)
        question = _question(form, given)
        _fitting(form, row, given, question)
        found.append(question)
        keys.append((given.get("key", row), question.key))
    form.unlike(keys)
    _check_conditions(form, rows, found)
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
        when=_when(form, given.get("when")),
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
    allowed: set[str] = _OWN.get(question.type, set())
    for key in sorted({"choices", "lowest", "highest"} & given.keys() - allowed):
        form.fault(given[key], Code.UNKNOWN_KEY, key=key, nearest="", allowed=", ".join(sorted(allowed)))
    if "choices" in allowed and "choices" not in given:
        form.fault(row, Code.MISSING_KEY, key="choices")
    if question.lowest is not None and question.highest is not None and question.lowest > question.highest:
        form.fault(given["highest"], Code.OUT_OF_RANGE, found=question.highest, lowest=question.lowest, highest=_ANY)


def _when(form: Form, entry: Entry | None) -> tuple[str, str] | None:
    if entry is None:
        return None
    given = form.table(entry, ("question", "is"))
    return form.key(given.get("question")), form.word(given.get("is"))


def _check_conditions(form: Form, rows: tuple[Entry, ...], found: list[Question]) -> None:
    """A question may depend on an earlier one that is a choice, or yes or no, and on an answer that it has."""
    earlier: dict[str, Question] = {}
    for row, question in zip(rows, found, strict=True):
        if question.when is not None and isinstance(row, Table):
            _check_condition(form, row.entries["when"], question, earlier)
        if question.type in {QuestionType.YES_NO, QuestionType.CHOICE}:
            earlier[question.key] = question


def _check_condition(form: Form, entry: Entry, question: Question, earlier: dict[str, Question]) -> None:
    if question.when is None or not isinstance(entry, Table) or not all(question.when):  # told already
        return
    key, answer = question.when
    asked = earlier.get(key)
    if asked is None:
        _not_among(form, entry.entries["question"], key, tuple(earlier))
    elif answer not in (answers := _answers_to(asked)):
        _not_among(form, entry.entries["is"], answer, answers)
    elif not set(question.roles) <= set(asked.roles):
        form.fault(entry.entries["question"], Code.ASKED_OF_OTHERS, question=key)


def _answers_to(question: Question) -> tuple[str, ...]:
    return YES_NO if question.type is QuestionType.YES_NO else tuple(choice.key for choice in question.choices)


def _not_among(form: Form, entry: Entry, found: str, allowed: tuple[str, ...]) -> None:
    near = nearest(found, allowed)
    form.fault(entry, Code.NOT_ALLOWED, found=shown(found), nearest=near, allowed=", ".join(allowed) or "–")
