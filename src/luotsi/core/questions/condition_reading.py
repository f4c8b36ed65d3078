"""Reading conditions. They may speak only of items that come earlier, so they can never turn in a circle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from luotsi.core.questions.conditions import All, AnyOf, Comparison, Not, Relation
from luotsi.core.questions.faults import FormFaultCode, shown
from luotsi.core.questions.values import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from luotsi.core.questions.conditions import Condition, Operand, Single
    from luotsi.core.questions.fields import Noted
    from luotsi.core.questions.values import Item

DEEPEST: Final = 8
MOST_PARTS: Final = 200

_JOINS: Final = ("all", "any", "not")
_SAME: Final = (Relation.IS, Relation.IS_NOT, Relation.ONE_OF)
_ORDER: Final = (Relation.AT_LEAST, Relation.AT_MOST)
_SUITABLE: Final[Mapping[Kind, tuple[Relation, ...]]] = {
    Kind.SCALE: (*_SAME, *_ORDER),
    Kind.CHOICE: _SAME,
    Kind.TEXT: (),
    Kind.RANKING: (Relation.HOLDS,),
    Kind.NUMBER: (*_SAME, *_ORDER),
    Kind.DATE: (*_SAME, *_ORDER),
    Kind.AVAILABILITY: (Relation.HOLDS,),
}


class ConditionReading:
    """Reads the condition of one thing. `earlier`: the items that come before it, None for one that could not be read.

    `everywhere`: the keys of all items of the form; `own`: the key of the item whose condition it is.
    """

    def __init__(self, *, earlier: Mapping[str, Item | None], everywhere: Collection[str], own: str = "") -> None:
        self._earlier = earlier
        self._everywhere = everywhere
        self._own = own
        self._parts = 0

    def read(self, noted: Noted | None) -> Condition | None:
        return self._condition(noted, 0) if noted else None

    def _condition(self, noted: Noted, depth: int) -> Condition | None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            if self._parts == MOST_PARTS + 1:
                noted.fault(FormFaultCode.TOO_MANY_TESTS, highest=MOST_PARTS)
            return None
        if not isinstance(noted.value, Mapping):
            noted.fault(FormFaultCode.NOT_A_MAPPING)
            return None
        join = next((name for name in _JOINS if name in noted.value), None)
        if join is None:
            return self._comparison(noted)
        return self._joined(noted, join, depth + 1)

    def _joined(self, noted: Noted, join: str, depth: int) -> Condition | None:
        below = noted.table(_JOINS).at(join)
        if len(noted.value if isinstance(noted.value, Mapping) else ()) != 1 or below is None:
            noted.fault(FormFaultCode.NOT_ONE_TEST)
            return None
        if depth > DEEPEST:
            noted.fault(FormFaultCode.TOO_DEEP, deepest=DEEPEST)
            return None
        if join == "not":
            denied = self._condition(below, depth)
            return denied and Not(denied=denied)
        return self._list(below, join, depth)

    def _list(self, noted: Noted, join: str, depth: int) -> Condition | None:
        """Of a single part the part itself: it says the same."""
        parts = [self._condition(entry, depth) for entry in noted.entries(1, MOST_PARTS)]
        known = tuple(part for part in parts if part is not None)
        if len(known) < len(parts) or not known:
            return None
        if len(known) == 1:
            return known[0]
        return All(all_of=known) if join == "all" else AnyOf(any_of=known)

    def _comparison(self, noted: Noted) -> Condition | None:
        table = noted.table(("item", *Relation))
        tests = [relation for relation in Relation if relation in table.given]
        if len(tests) != 1 or "item" not in table.given:
            noted.fault(FormFaultCode.NOT_ONE_TEST)
            return None
        item = self._item(noted, table.key("item"))
        told = table.at(tests[0])
        if item is None or told is None:
            return None
        value = self._value(told, item, tests[0])
        return None if value is None else Comparison(item=item.key, relation=tests[0], value=value)

    def _item(self, noted: Noted, key: str) -> Item | None:
        if not key or key in self._earlier:
            return self._earlier.get(key)
        if key == self._own:
            noted.fault(FormFaultCode.NAMES_ITSELF, item=key)
        elif key in self._everywhere:
            noted.fault(FormFaultCode.COMES_LATER, item=key)
        else:
            noted.fault(FormFaultCode.NO_SUCH_ITEM, item=key)
        return None

    def _value(self, told: Noted, item: Item, relation: Relation) -> Operand | None:
        if relation is Relation.ANSWERED:
            return _yes_no(told)
        if relation not in ((Relation.HOLDS,) if item.is_many else _SUITABLE[item.kind]):
            told.fault(FormFaultCode.UNFIT_TEST, test=relation, item=item.key, type=item.kind)
            return None
        return _operands(told, item) if relation is Relation.ONE_OF else _operand(told, item)


def _yes_no(told: Noted) -> bool | None:
    if isinstance(told.value, bool):
        return told.value
    told.fault(FormFaultCode.NOT_YES_OR_NO)
    return None


def _operands(told: Noted, item: Item) -> tuple[Single, ...] | None:
    values = [_operand(entry, item) for entry in told.entries(1, MOST_PARTS)]
    known = tuple(value for value in values if value is not None)
    return known if known and len(known) == len(values) else None


def _operand(told: Noted, item: Item) -> Single | None:
    return _READERS.get(item.kind, _picked)(told, item)


def _picked(told: Noted, item: Item) -> str | None:
    """One of what the item offers. YAML's bare yes and no arrive as true and false."""
    word = {True: "yes", False: "no"}[told.value] if isinstance(told.value, bool) else told.value
    if isinstance(word, str) and word in item.offered:
        return word
    told.fault(FormFaultCode.NOT_OFFERED, found=shown(word), item=item.key)
    return None


def _on_scale(told: Noted, item: Item) -> int | None:
    if item.scale is None:  # what was wrong with it has been noted
        return None
    if isinstance(told.value, int) and not isinstance(told.value, bool) and told.value in item.scale.values:
        return told.value
    found = str(told.value) if isinstance(told.value, int) and abs(told.value) in range(10**6) else shown(told.value)
    told.fault(FormFaultCode.NOT_OFFERED, found=found, item=item.key)
    return None


_READERS: Final[Mapping[Kind, Callable[[Noted, Item], Single | None]]] = {
    Kind.SCALE: _on_scale,
    Kind.NUMBER: lambda told, _: told.number(),
    Kind.DATE: lambda told, _: told.day(),
}
