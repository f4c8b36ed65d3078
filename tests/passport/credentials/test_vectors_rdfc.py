"""The W3C's RDF canonicalisation suite, through our wrapper of PyLD, with the product's work budget."""

import csv
import hashlib
import re

import pytest

from luotsi.passport.credentials.budget import Budget
from luotsi.passport.credentials.dataset import Canonicaliser, canonical_quads
from luotsi.passport.credentials.verdicts import UncheckableError
from tests.passport.credentials.vectors import VECTORS, needs_vectors

pytestmark = needs_vectors

FOLDER = VECTORS / "w3c-rdf-canon" / "tests"
LINE = re.compile(
    r"(?:<(?P<s>[^>]*)>|(?P<sb>_:\S+)) <(?P<p>[^>]*)> "
    r'(?:<(?P<o>[^>]*)>|(?P<ob>_:\S+)|"(?P<text>(?:[^"\\]|\\.)*)"(?:\^\^<(?P<kind>[^>]*)>|@(?P<language>[\w-]+))?)'
    r"(?: +<(?P<g>[^>]*)>| +(?P<gb>_:\S+))? \."
)
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def eval_tests():
    if not FOLDER.is_dir():
        return []
    with (FOLDER / "manifest.csv").open() as manifest:
        return [(row["test"], row["hashAlgorithm"]) for row in csv.DictReader(manifest) if row["rdfc10"] == "TRUE"]


def unescaped(text):
    return ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)) if found[3] is None else plain(found[3]), text)


def plain(letter):
    return PLAIN.get(letter, letter)


def resource(iri, blank):
    return {"type": "blank node", "value": blank} if iri is None else {"type": "IRI", "value": unescaped(iri)}


def literal(text, kind, language):
    if language:
        datatype = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
        return {"type": "literal", "value": unescaped(text), "datatype": datatype, "language": language}
    datatype = unescaped(kind or "http://www.w3.org/2001/XMLSchema#string")
    return {"type": "literal", "value": unescaped(text), "datatype": datatype}


def quads_of(text):
    graphs: dict[str, list[dict]] = {}
    for line in map(str.strip, text.split("\n")):
        if not line or line.startswith("#"):
            continue
        part = LINE.fullmatch(line)
        assert part is not None, line
        triple = {
            "subject": resource(part["s"], part["sb"]),
            "predicate": resource(part["p"], None),
            "object": resource(part["o"], part["ob"])
            if part["text"] is None
            else literal(part["text"], part["kind"], part["language"]),
        }
        graph = unescaped(part["g"]) if part["g"] is not None else part["gb"] or "@default"
        graphs.setdefault(graph, []).append(triple)
    return graphs


class WithSha384(Canonicaliser):
    def create_hash(self):
        return hashlib.sha384()


@pytest.mark.parametrize(("name", "algorithm"), eval_tests())
def test_dataset_is_canonical(name, algorithm):
    quads = quads_of((FOLDER / "rdfc10" / f"{name}-in.nq").read_text())
    kind = WithSha384 if algorithm == "SHA384" else Canonicaliser

    found = kind(Budget()).main(quads, {})

    assert found == (FOLDER / "rdfc10" / f"{name}-rdfc10.nq").read_text()


def test_suite_is_whole():
    assert len(eval_tests()) == 64


def test_poison_graph_is_refused():
    quads = quads_of((FOLDER / "rdfc10" / "test074-in.nq").read_text())

    with pytest.raises(UncheckableError, match="too_much_work"):
        canonical_quads(quads, budget=Budget())
