"""From a JSON document to the text that a seal covers; all of it, or an error."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from pyld.context_resolver import ContextResolver
from pyld.jsonld import JsonLdError, JsonLdProcessor

from luotsi.passport.credentials.budget import PAIRS
from luotsi.passport.credentials.dataset import canonical_quads
from luotsi.passport.credentials.reading import check_shape
from luotsi.passport.credentials.verdicts import BrokenError, Code, UncheckableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from luotsi.passport.credentials.budget import Budget
    from luotsi.passport.credentials.contexts import Contexts
    from luotsi.passport.credentials.reading import Document

ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*|_):[^\x00-\x20<>\"{}|^`\\]*")

MOST_REMEMBERED = 200

_of_thread = threading.local()


def canonical(document: Document, *, contexts: Contexts, budget: Budget) -> str:
    """The document as canonical N-Quads.

    Raises BrokenError(not_sealed) when a part of the document has no defined meaning and would silently be left
    out, BrokenError for an invalid address or JSON-LD, UncheckableError for unknown contexts and too much work.
    """
    check_shape(document, contexts=contexts)
    memory = _memory_of(contexts)
    options = {
        "base": None,
        "documentLoader": contexts.load,
        "contextResolver": ContextResolver(memory.resolved, contexts.load),
    }
    try:
        quads = Processor(budget, memory).to_rdf(document, options)
    except JsonLdError as cause:
        raise _plainly(cause) from cause
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as cause:
        # PyLD trips over some malformed documents before it can name the fault
        raise BrokenError(Code.BAD_MEANING) from cause
    return canonical_quads(quads, budget=budget)


@dataclass(slots=True)
class Memory:
    """Contexts that were worked out before, which is most of the work. One for each thread: PyLD's own is not safe."""

    resolved: dict[str, Any] = field(default_factory=dict)
    processed: dict[tuple[object, ...], tuple[object, object, object]] = field(default_factory=dict)

    def processed_as(
        self, active: object, local: object, scope: tuple[tuple[str, object], ...], process: Callable[[], object]
    ) -> object:
        """What `process` gives for these two contexts. Pinned contexts never change, so what it gave once stands."""
        key = (id(active), _identity(local), scope)
        if key not in self.processed:
            if len(self.processed) >= MOST_REMEMBERED:
                self.processed.clear()
            self.processed[key] = (active, local, process())
        return self.processed[key][2]


def _identity(context: object) -> object:
    """An address is itself. A document is known as this one object, which the memory keeps, so that its id is taken."""
    if isinstance(context, list):
        return tuple(map(_identity, context))
    return context if isinstance(context, str) else id(context)


def _memory_of(contexts: Contexts) -> Memory:
    known: dict[Contexts, Memory] | None = getattr(_of_thread, "memories", None)
    if known is None:
        known = _of_thread.memories = {}
    return known.setdefault(contexts, Memory())


def _plainly(cause: BaseException | None) -> Exception:
    """PyLD wraps what stopped it; say the first cause."""
    while isinstance(cause, JsonLdError):
        cause = cause.__cause__
    return cause if isinstance(cause, BrokenError | UncheckableError) else BrokenError(Code.BAD_MEANING)


class Processor(JsonLdProcessor):  # type: ignore[misc]  # PyLD has no types
    """PyLD's processor that looks at the clock and refuses to leave anything out."""

    def __init__(self, budget: Budget, memory: Memory) -> None:
        super().__init__(on_property_dropped=_refuse_to_drop)
        self._budget = budget
        self._memory = memory

    def expand(self, input_: Document, options: dict[str, Any]) -> list[Document]:
        expanded: list[Document] = super().expand(input_, options)
        _check_expanded(expanded)
        return expanded

    def _expand(self, *arguments: object, **named: object) -> object:
        self._budget.look_at_clock()
        expanded: object = super()._expand(*arguments, **named)
        return expanded

    def _process_context(self, active: object, local: object, options: object, **scope: object) -> object:
        self._budget.look_at_clock()
        process = partial(super()._process_context, active, local, options, **scope)
        if "cycles" in scope:  # a context that is still being worked out
            return process()
        return self._memory.processed_as(active, local, tuple(scope.items()), process)

    def _create_node_map(self, *arguments: object, **named: object) -> None:
        self._budget.look_at_clock()
        super()._create_node_map(*arguments, **named)


def _refuse_to_drop(name: str | None) -> NoReturn:
    raise BrokenError(Code.NOT_SEALED, name=(name or "")[:200])


def _check_expanded(expanded: list[Document]) -> None:
    """Every address whole, and no more values of one property than the duplicate check can compare."""
    if not expanded:
        raise BrokenError(Code.BAD_MEANING)
    sizes: Counter[tuple[object, str]] = Counter()
    waiting: list[Any] = list(expanded)
    while waiting:
        node = waiting.pop()
        if "@value" in node:
            continue
        _check_names(node)
        owner = node.get("@id", id(node))
        for name, values in node.items():
            if name not in {"@id", "@type"}:
                waiting += values
                sizes[owner, name] += len(values)
    if sum(size * size // 2 for size in sizes.values()) > PAIRS:
        raise UncheckableError(Code.TOO_MANY_VALUES)


def _check_names(node: Document) -> None:
    """A relative address, or a type without a definition, would be left out."""
    address = node.get("@id", "_:")
    if not isinstance(address, str) or not ADDRESS.fullmatch(address):
        raise BrokenError(Code.BAD_ADDRESS, address=str(address)[:200])
    for kind in node.get("@type", ()):
        if not isinstance(kind, str) or not ADDRESS.fullmatch(kind):
            raise BrokenError(Code.NOT_SEALED, name=str(kind)[:200])
