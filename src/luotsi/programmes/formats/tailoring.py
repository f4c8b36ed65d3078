"""A model as one programme uses it: which of its questions are asked, what is asked besides, how pairs are sought."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from luotsi.programmes.formats.values import RuleName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.programmes.formats.values import Matching, ModelDescription, Question

ALWAYS: Final = (RuleName.CAPACITY, RuleName.MINOR_NEEDS_VETTED)
"""The rules that hold in every programme."""

MOST_QUESTIONS: Final = 40
OWN: Final = "own_"


class Asked(NamedTuple):
    """A question that is to be asked, by its key."""

    key: str
    is_required: bool


class LostConditionError(Exception):
    """A question is asked after a certain answer to another one, which is not asked before it."""

    def __init__(self, question: Question, needed: str) -> None:
        super().__init__(question.key, needed)
        self.question = question
        self.needed = needed


def known_questions(model: ModelDescription, base: ModelDescription) -> tuple[Question, ...]:
    """Those that are asked, in their order; then those of the base that are not."""
    asked = {question.key for question in model.questions}
    return (*model.questions, *(question for question in base.questions if question.key not in asked))


def with_questions(model: ModelDescription, base: ModelDescription, asked: Sequence[Asked]) -> ModelDescription:
    """The model with these questions, in this order. Raises KeyError for an unknown one, or LostConditionError."""
    known = {question.key: question for question in known_questions(model, base)}
    questions = tuple(replace(known[each.key], required=each.is_required) for each in asked)
    before: set[str] = set()
    for question in questions:
        if question.when and question.when[0] not in before:
            needed = question.when[0]
            raise LostConditionError(question, needed)
        before.add(question.key)
    return replace(model, questions=questions)


def with_own_question(model: ModelDescription, question: Question) -> ModelDescription:
    """The model with one more question, the last, under a key of its own."""
    taken = {each.key for each in model.questions}
    number = next(number for number in range(1, MOST_QUESTIONS + 2) if f"{OWN}{number}" not in taken)
    return replace(model, questions=(*model.questions, replace(question, key=f"{OWN}{number}")))


def with_matching(model: ModelDescription, matching: Matching) -> ModelDescription:
    """The model with pairs sought this way. The rules that always hold stay."""
    rules = (*ALWAYS, *(rule for rule in matching.rules if rule not in ALWAYS))
    return replace(model, matching=replace(matching, rules=rules))
