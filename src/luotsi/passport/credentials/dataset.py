"""RDFC-1.0 over PyLD's quads, with a work budget and the standard's own N-Quads."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from pyld.canon import URDNA2015

if TYPE_CHECKING:
    from pyld.identifier_issuer import IdentifierIssuer

    from luotsi.passport.credentials.budget import Budget

Quad = dict[str, dict[str, str]]

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
LARGEST_GROUP = 6
ESCAPES = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}
ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')


def canonical_quads(quads: dict[str, list[Quad]], *, budget: Budget) -> str:
    """The dataset (graph name to triples, as PyLD gives it; changed on the way) as canonical N-Quads.

    Raises UncheckableError when the budget is used up.
    """
    return Canonicaliser(budget).main(quads, {})


class Canonicaliser(URDNA2015):  # type: ignore[misc]  # PyLD has no types
    """PyLD's URDNA2015 is RDFC-1.0 under its old name, but for the escapes and the missing limit."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget = budget

    def main(self, dataset: dict[str, list[Quad]], _options: dict[str, str]) -> str:
        super().main(dataset, {"format": "application/n-quads"})
        return "".join(sorted({written(quad) for quad in self.quads}))

    def hash_first_degree_quads(self, id_: str) -> str:
        node: dict[str, Any] = self.blank_node_info[id_]
        if "hash" not in node:
            lines = sorted(written(quad, seen_from=id_) for quad in node["quads"])
            node["hash"] = self.hash_nquads(lines)
        known: str = node["hash"]
        return known

    def hash_n_degree_quads(self, id_: str, issuer: IdentifierIssuer) -> dict[str, Any]:
        self._budget.spend(1 + len(self.blank_node_info[id_]["quads"]) // 8)
        found: dict[str, Any] = super().hash_n_degree_quads(id_, issuer)
        return found

    def create_hash_to_related(self, id_: str, issuer: IdentifierIssuer) -> dict[str, list[str]]:
        related: dict[str, list[str]] = super().create_hash_to_related(id_, issuer)
        for group in related.values():
            self._budget.spend(_orders(len(group)) * (1 + len(issuer.order) // 8))
        return related


def written(quad: Quad, *, seen_from: str | None = None) -> str:
    """One canonical N-Quads line; seen from a blank node, that one is _:a and every other is _:z."""
    terms = [_term(quad[part], seen_from) for part in ("subject", "predicate", "object", "name") if part in quad]
    return " ".join(terms) + " .\n"


def _term(term: dict[str, str], seen_from: str | None) -> str:
    value = term["value"]
    if term["type"] == "IRI":
        return f"<{value}>"
    if term["type"] == "blank node":
        if seen_from is None:
            return value
        return "_:a" if value == seen_from else "_:z"
    return f'"{ESCAPED.sub(_escape, value)}"{_kind(term)}'


def _kind(literal: dict[str, str]) -> str:
    if "language" in literal:
        return f"@{literal['language']}"
    if literal["datatype"] == XSD_STRING:
        return ""
    return f"^^<{literal['datatype']}>"


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _orders(size: int) -> int:
    """In how many orders a group of look-alikes is tried; beyond reach for more than a few."""
    return math.factorial(size) if size <= LARGEST_GROUP else 10**9
