"""Any input of a megabyte is answered within two seconds of processor time. Bounds, not a benchmark."""

import json
import time

import pytest

from luotsi.passport.credentials.contexts import OPEN_BADGES, pinned
from tests.passport.credentials.samples import BADGE, DID, judged, signed

SECONDS = 2.0
CONTEXTS = ["https://www.w3.org/ns/credentials/v2", OPEN_BADGES]
KINDS = ["Evidence", "VerifiableCredential"]


def badge(**parts):
    """A badge whose seal must be computed before it can be found wanting."""
    return json.dumps({**signed(), **parts}).encode()


def graph(size, steps):
    """Look-alike nodes without names of their own, each pointing to the ones `steps` further on."""
    nodes = [
        {"id": f"_:n{at}", "type": KINDS, "evidence": [{"id": f"_:n{(at + step) % size}"} for step in steps]}
        for at in range(size)
    ]
    return badge(evidence=nodes)


def tree(branches, height):
    if not height:
        return {"type": "Evidence"}
    return {"type": KINDS, "evidence": [tree(branches, height - 1) for _ in range(branches)]}


def nested(depth, **parts):
    value: dict[str, object] = {"type": ["Profile"], "name": "a"}
    for _ in range(depth):
        value = {"type": ["Profile"], "parentOrg": value, **parts}
    return value


def subject(**parts):
    achievement = {**BADGE.document()["credentialSubject"]["achievement"], **parts}
    return badge(credentialSubject={**BADGE.document()["credentialSubject"], "achievement": achievement})


def evidence(count, **parts):
    return badge(evidence=[{"type": "Evidence", "name": str(at), **parts} for at in range(count)])


ADDRESSES = list(pinned().documents)

# small poison: at most a few kilobytes, without an end for a library without a limit
POISON = {
    "clique of 6": graph(6, range(1, 6)),
    "clique of 10": graph(10, range(1, 10)),
    "ring of 40": graph(40, [1]),
    "double ring of 20": graph(20, [1, 2]),
    "tree of threes": badge(evidence=tree(3, 4)),
    "tree of twos": badge(evidence=tree(2, 5)),
}
LARGE = {
    "ring of 600": graph(600, [1]),
    "double ring of 500": graph(500, [1, 2]),
    "clique of 60": graph(60, range(1, 60)),
    "tree of 2000 leaves": badge(evidence=tree(2, 10)),
    "3000 look-alikes": badge(evidence=[{"type": "Evidence"}] * 3000),
    "90 look-alike rings": badge(
        evidence=[
            {"id": f"_:{ring}x{at}", "type": KINDS, "evidence": {"id": f"_:{ring}x{(at + 1) % 3}"}}
            for ring in range(90)
            for at in range(3)
        ]
    ),
    "620 objects of one property": evidence(620),
    "2400 typed objects": evidence(2400),
    "620 objects with contexts": evidence(620, **{"@context": CONTEXTS * 5}),
    "many mixes of contexts": badge(
        evidence=[
            {"type": "Evidence", "@context": [ADDRESSES[(at // 7**power) % 7 + 1] for power in range(3)]}
            for at in range(500)
        ]
    ),
    "nested to the limit": badge(issuer={**nested(29), "id": DID}),
    "nested with contexts": badge(evidence=[{**nested(28, **{"@context": CONTEXTS * 5}), "type": KINDS}] * 6),
    "nested beyond the limit": badge(issuer={**nested(200), "id": DID}),
    "nested arrays": b'{"a":' + b"[" * 500_000 + b"]" * 500_000 + b"}",
    "nested objects": b'{"a":' * 150_000 + b"1" + b"}" * 150_000,
    "array of 300000": subject(tag=["a"] * 200_000),
    "array within the limit": subject(tag=[str(at) for at in range(9000)]),
    "list of 9000": subject(resultDescription={"type": "ResultDescription", "allowedValue": ["a"] * 9000}),
    "empty objects": badge(evidence=[{}] * 300_000),
    "100000 properties": badge(**{f"p{at}": 1 for at in range(80_000)}),
    "one name 100000 times": b"{" + b'"name":1,' * 100_000 + b'"name":1}',
    "last name twice": b"{" + b"".join(b'"%d":1,' % at for at in range(90_000)) + b'"89999":1}',
    "string of a megabyte": badge(name="a" * 1_000_000),
    "string of escapes": badge(name='"\n\\' * 160_000),
    "address of a megabyte": badge(evidence={"id": "urn:" + "a" * 1_000_000, "type": "Evidence"}),
    "name of a megabyte": badge(**{"a" * 1_000_000: 1}),
    "number of a megabyte": b'{"a":' + b"9" * 1_000_000 + b"}",
    "fraction of a megabyte": b'{"a":0.' + b"9" * 1_000_000 + b"}",
    "moment of a megabyte": badge(validFrom="2026-11-19T08:00:00." + "0" * 900_000 + "Z"),
    "signature of a megabyte": badge(proof={**signed()["proof"], "proofValue": "z" + "2" * 1_000_000}),
    "method of a megabyte": badge(proof={**signed()["proof"], "verificationMethod": DID + "#" + "a" * 900_000}),
    "did:key of a megabyte": badge(
        issuer="did:key:z" + "2" * 400_000,
        proof={**signed()["proof"], "verificationMethod": "did:key:z" + "2" * 400_000},
    ),
    "ten proofs": badge(proof=[{**signed()["proof"], "nonce": str(at)} for at in range(10)], evidence=tree(2, 4)),
    "ten proofs of a large document": badge(
        proof=[{**signed()["proof"], "nonce": str(at)} for at in range(10)],
        evidence=[{"type": "Evidence", "name": str(at)} for at in range(600)],
    ),
    "2000 proofs": badge(proof=[signed()["proof"]] * 2000),
    "chain of proofs": badge(
        proof=[{**signed()["proof"], "id": f"urn:p{at}", "previousProof": f"urn:p{(at + 1) % 10}"} for at in range(10)]
    ),
    "own context": badge(**{"@context": [*CONTEXTS, {f"t{at}": f"urn:t{at}" for at in range(20_000)}]}),
    "100000 contexts": badge(**{"@context": CONTEXTS[:1] * 20_000}),
    "JSON literal": badge(_sd=[{"a": at} for at in range(4000)]),
    "over a megabyte": b" " * 2_000_000,
    "brackets": b"[" * 1_000_000,
    "quotes": b'"' * 1_000_000,
    "zeros": bytes(1_000_000),
}


@pytest.fixture(autouse=True)
def _contexts_are_read():
    judged(signed())


@pytest.mark.parametrize("name", POISON | LARGE)
def test_any_input_is_answered_in_time(name):
    content = (POISON | LARGE)[name]
    begun = time.process_time()

    verdict = judged(content)

    assert time.process_time() - begun < SECONDS
    assert verdict.outcome in {"no", "unknown"}


@pytest.mark.parametrize("name", POISON)
def test_poison_is_too_much_work(name):
    assert len(POISON[name]) < 8_000
    assert judged(POISON[name]).check("proof").code == "too_much_work"


def test_large_and_honest_badge_still_holds():
    """Two hundred pieces of evidence, and half a megabyte of picture."""
    document = BADGE.document()
    document["evidence"] = [{"type": ["Evidence"], "name": f"Tapaaminen {at}", "genre": "x"} for at in range(200)]
    document["image"] = {"id": "data:image/png;base64," + "A" * 500_000, "type": "Image"}

    begun = time.process_time()
    verdict = judged(signed(document))

    assert verdict.outcome == "yes"
    assert time.process_time() - begun < 2 * SECONDS
