"""Conditions as one line of text: `q01 = yes and (q02 >= 4 or q03 has a)`.

    q01 = yes        q01 != yes        q01 in (a, b)        q02 >= 4        q02 <= 2.5        q03 has a
    q01 answered     q01 not answered  not (…)              … and …         … or …

`and` binds closer than `or`. The words may be Finnish or Swedish too. A key that is such a word stands in quotes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

from luotsi.core.questions.conditions import All, AnyOf, Comparison, Not, Relation
from luotsi.core.questions.writing import write_operand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.core.questions.conditions import Condition

LONGEST: Final = 4_000
_DEEPEST: Final = 40

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<sign>>=|<=|!=|<>|==|[=≥≤≠(),])|'(?P<quoted>[^']*)'|(?P<word>-?[0-9A-Za-zÀ-ÿ][0-9A-Za-zÀ-ÿ_.-]*))"
)
_WHOLE: Final = re.compile(r"-?[0-9]{1,12}")
_WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("and", "ja", "och"), "and"),
    **dict.fromkeys(("or", "tai", "eller"), "or"),
    **dict.fromkeys(("not", "ei", "inte"), "not"),
    **dict.fromkeys(("in", "joukossa", "bland"), "in"),
    **dict.fromkeys(("has", "sisältää", "innehåller"), "has"),
    **dict.fromkeys(("answered", "vastattu", "besvarad"), "answered"),
}
_SIGNS: Final[Mapping[str, Relation]] = {
    **dict.fromkeys(("=", "=="), Relation.IS),
    **dict.fromkeys(("!=", "<>", "≠"), Relation.IS_NOT),
    **dict.fromkeys((">=", "≥"), Relation.AT_LEAST),
    **dict.fromkeys(("<=", "≤"), Relation.AT_MOST),
    "has": Relation.HOLDS,
}
_WRITTEN: Final[Mapping[Relation, str]] = {
    Relation.IS: "=",
    Relation.IS_NOT: "!=",
    Relation.AT_LEAST: ">=",
    Relation.AT_MOST: "<=",
    Relation.HOLDS: "has",
}


class ConditionTextError(ValueError):
    """The text is no condition. `rest`: from where on it is not understood; empty when its end is missing."""

    def __init__(self, rest: str) -> None:
        super().__init__(f"not understood from here on: {rest}")
        self.rest = rest


def read_condition_text(text: str) -> dict[str, Any]:
    """The plain description of the condition, for `reading` to judge. Raises ConditionTextError."""
    if len(text) > LONGEST:
        raise ConditionTextError(text[LONGEST:])
    parser = _Parser(text)
    condition = parser.alternatives(0)
    parser.end()
    return condition


def write_condition_text(condition: Condition) -> str:
    """The line that `read_condition_text` reads back to the same condition."""
    if isinstance(condition, Comparison):
        return _comparison(condition)
    if isinstance(condition, Not):
        return f"not ({write_condition_text(condition.denied)})"
    parts, join = (condition.all_of, " and ") if isinstance(condition, All) else (condition.any_of, " or ")
    return join.join(_part(part) for part in parts)


def _part(condition: Condition) -> str:
    text = write_condition_text(condition)
    return f"({text})" if isinstance(condition, All | AnyOf) else text


def _comparison(comparison: Comparison) -> str:
    item = _word(comparison.item)
    if comparison.relation is Relation.ANSWERED:
        return f"{item} answered" if comparison.value else f"{item} not answered"
    if isinstance(comparison.value, tuple):
        return f"{item} in ({', '.join(_word(write_operand(value)) for value in comparison.value)})"
    return f"{item} {_WRITTEN[comparison.relation]} {_word(write_operand(comparison.value))}"


def _word(value: str | int) -> str:
    return f"'{value}'" if str(value) in _WORDS else str(value)


class _Parser:
    """Reads from left to right. A token is its sign or word, and whether it is a plain word or in quotes."""

    def __init__(self, text: str) -> None:
        self._text = text.rstrip()
        self._at = 0
        self._word = ""
        self._sign = ""
        self._start = 0
        self._next()

    def alternatives(self, depth: int) -> dict[str, Any]:
        parts = [self._together(depth)]
        while self._take("or"):
            parts.append(self._together(depth))
        return parts[0] if len(parts) == 1 else {"any": parts}

    def end(self) -> None:
        if self._word or self._sign:
            self._refuse()

    def _together(self, depth: int) -> dict[str, Any]:
        parts = [self._single(depth)]
        while self._take("and"):
            parts.append(self._single(depth))
        return parts[0] if len(parts) == 1 else {"all": parts}

    def _single(self, depth: int) -> dict[str, Any]:
        if depth > _DEEPEST:
            self._refuse()
        if self._take("not"):
            return {"not": self._single(depth + 1)}
        if self._take("("):
            inner = self.alternatives(depth + 1)
            self._expect(")")
            return inner
        return self._comparison()

    def _comparison(self) -> dict[str, Any]:
        item = self._value()
        if self._take("answered"):
            return {"item": item, "answered": True}
        if self._take("not"):
            self._expect("answered")
            return {"item": item, "answered": False}
        if self._take("in"):
            return {"item": item, "one_of": self._values()}
        relation = _SIGNS.get(self._sign)
        if relation is None:
            self._refuse()
        self._next()
        return {"item": item, str(relation): self._value()}

    def _values(self) -> list[str | int]:
        self._expect("(")
        found = [self._value()]
        while self._take(","):
            found.append(self._value())
        self._expect(")")
        return found

    def _value(self) -> str | int:
        word = self._word
        if not word:
            self._refuse()
        self._next()
        return int(word) if _WHOLE.fullmatch(word) else word

    def _take(self, sign: str) -> bool:
        is_there = self._sign == sign
        if is_there:
            self._next()
        return is_there

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            self._refuse()

    def _next(self) -> None:
        """The next token, or none at the end."""
        self._start, self._word, self._sign = self._at, "", ""
        if self._at == len(self._text):
            return
        found = _TOKEN.match(self._text, self._at)
        if found is None:
            self._refuse()
        self._at = found.end()
        word = found["word"] or ""
        self._sign = found["sign"] or _WORDS.get(word.lower(), "")
        self._word = found["quoted"] or ("" if self._sign else word)

    def _refuse(self) -> NoReturn:
        raise ConditionTextError(self._text[self._start :].strip())
