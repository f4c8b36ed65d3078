"""The columns of a list for one programme: ours, its model's own questions, and what a coordinator said of headings."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from luotsi.core.tables.columns import Column, Kind
from luotsi.core.tables.headings import heading_key
from luotsi.core.words.keys import search_key
from luotsi.programmes.formats.applicants import NAMES, columns, name_of_column
from luotsi.programmes.formats.values import Question, QuestionType
from luotsi.programmes.formats.vocabulary import BOTH, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from luotsi.programmes.formats.values import ModelDescription, Texts

TOLD: Final = "told."
"""How the key of a column begins that holds answers to a question of the model."""

STATE: Final = "state"
STATE_NAMES: Final = ("Hakemuksen tila", "Ansökans läge", "State of the application")
"""Written in what goes out, and only looked at in what comes in: nobody decides by a list."""

_KINDS: Final = {
    QuestionType.TEXT: Kind.TEXT,
    QuestionType.CHOICE: Kind.CHOICE,
    QuestionType.YES_NO: Kind.YES_NO,
    QuestionType.NUMBER: Kind.NUMBER,
}


def own_questions(model: ModelDescription) -> dict[str, Question]:
    """Questions of the model that have a column of their own, by the key of the column: those with simple answers."""
    asked = {f"{TOLD}{question.key}": question for question in model.questions if question.type in _KINDS}
    return {key: question for key, question in asked.items() if question.key not in NAMES}


def columns_for(model: ModelDescription, mapping: Mapping[str, str] | None = None) -> tuple[Column, ...]:
    """What a list for a programme of this model may hold.

    `mapping`: heading of the file → key of a column, empty to pass over. It goes before what headings mean else.
    """
    taken = {heading_key(header) for names in (*NAMES.values(), STATE_NAMES) for header in names}
    found = [_of_this_model(column, model) for column in columns()]
    taken |= {heading_key(header) for column in found for header in column.headers}
    for key, question in own_questions(model).items():
        headers = _free((*question.text.values(), question.key, key), taken)
        found.append(_own_column(key, question, headers))
    found.append(Column(key=STATE, headers=STATE_NAMES))
    return tuple(_as_said(column, mapping) for column in found) if mapping else tuple(found)


def digest_of(headings: Iterable[str]) -> str:
    """By what a kind of list is known: its headings, in whatever order they stand."""
    keys = sorted(heading_key(heading) for heading in headings)
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def sayable(headings: Iterable[str]) -> tuple[str, ...]:
    """The headings of which it can be said what they mean: those that are there, and there only once."""
    shown = [heading for heading in headings if heading_key(heading)]
    counted = Counter(heading_key(heading) for heading in shown)
    return tuple(heading for heading in shown if counted[heading_key(heading)] == 1)


def heading_of(key: str, model: ModelDescription, language: str) -> str:
    """What a column is called in fi, sv or en."""
    if key.startswith(TOLD):
        question = own_questions(model).get(key)
        return _in(question.text, language) if question else key.removeprefix(TOLD)
    return STATE_NAMES[("fi", "sv", "en").index(language)] if key == STATE else name_of_column(key, language)


def _of_this_model(column: Column, model: ModelDescription) -> Column:
    """The roles by the names that the model has for them; both, where one may be both."""
    if column.key != "role":
        return column
    names: dict[str, tuple[str, ...]] = dict(ROLES)
    if model.enrolment.may_be_both:
        names |= {"both": BOTH}
    taken = {search_key(name) for key, known in names.items() for name in (key, *known)}
    for label in model.roles:
        own = [text for text in (*label.one.values(), *label.many.values()) if search_key(text) not in taken]
        taken |= {search_key(text) for text in own}
        names[label.key.value] = (*names[label.key.value], *own)
    return replace(column, choices=names)


def _own_column(key: str, question: Question, headers: tuple[str, ...]) -> Column:
    taken: set[str] = {search_key(choice.key) for choice in question.choices}
    choices: dict[str, tuple[str, ...]] = {}
    for choice in question.choices:
        own = tuple(text for text in dict.fromkeys(choice.text.values()) if search_key(text) not in taken)
        taken |= {search_key(text) for text in own}
        choices[choice.key] = own
    return Column(key=key, headers=headers, kind=_KINDS[question.type], choices=choices)


def _free(texts: Iterable[str], taken: set[str]) -> tuple[str, ...]:
    """The texts that no column before goes by. They are taken from now on."""
    found = []
    for text in texts:
        if heading_key(text) not in taken:
            taken.add(heading_key(text))
            found.append(text)
    return tuple(found)


def _as_said(column: Column, mapping: Mapping[str, str]) -> Column:
    said = {heading_key(heading) for heading in mapping}
    meant = [heading for heading, key in mapping.items() if key == column.key]
    rest = [header for header in column.headers if heading_key(header) not in said]
    return replace(column, headers=(*meant, *rest) or (f"{TOLD}{column.key}",))


def _in(text: Texts, language: str) -> str:
    return text.get(language) or next(iter(text.values()))
