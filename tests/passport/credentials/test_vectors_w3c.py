"""The W3C's own vectors for eddsa-rdfc-2022, byte for byte."""

import hashlib
import json
from datetime import datetime

import pytest

from luotsi.passport.credentials import multibase, proofs
from luotsi.passport.credentials.budget import Budget
from luotsi.passport.credentials.canonical import canonical
from luotsi.passport.credentials.verdicts import BrokenError
from tests.passport.credentials.vectors import VECTORS, contexts_with_examples, needs_vectors

pytestmark = needs_vectors

FOLDER = VECTORS / "w3c-vc-di-eddsa" / "TestVectors"
SUITE = FOLDER / "eddsa-rdfc-2022"
CASES = ["", "employ"]


def loaded(path):
    return json.loads(path.read_text())


def seed_of(key_pair):
    """The secret half without its two bytes of kind (0x1300, Ed25519)."""
    return multibase.decode(key_pair["privateKeyMultibase"])[2:]


@pytest.mark.parametrize("case", CASES)
def test_every_step_is_the_published_one(case):
    folder, contexts = SUITE / case, contexts_with_examples()
    signed = loaded(folder / "signedDataInt.json")
    terms = loaded(folder / "proofConfigDataInt.json")
    unsigned = {name: value for name, value in signed.items() if name != "proof"}

    proof_text = canonical(terms, contexts=contexts, budget=Budget())
    document_text = canonical(unsigned, contexts=contexts, budget=Budget())
    content = proofs.sealed_content(signed, signed["proof"], contexts=contexts, budget=Budget())

    assert proof_text == (folder / "proofCanonDataInt.txt").read_text()
    assert document_text == (folder / "canonDocDataInt.txt").read_text()
    assert hashlib.sha256(proof_text.encode()).hexdigest() == (folder / "proofHashDataInt.txt").read_text()
    assert hashlib.sha256(document_text.encode()).hexdigest() == (folder / "docHashDataInt.txt").read_text()
    assert content.hex() == (folder / "combinedHashDataInt.txt").read_text()


@pytest.mark.parametrize("case", CASES)
def test_our_signature_is_the_published_one(case):
    folder, key_pair = SUITE / case, loaded(FOLDER / "keyPair.json")
    expected = loaded(folder / "signedDataInt.json")
    unsigned = {name: value for name, value in expected.items() if name != "proof"}

    signed = proofs.sign(
        unsigned,
        seed=seed_of(key_pair),
        verification_method=expected["proof"]["verificationMethod"],
        created=datetime.fromisoformat(expected["proof"]["created"]),
        contexts=contexts_with_examples(),
    )

    assert signed == expected
    assert signed["proof"]["proofValue"] == (folder / "sigBTC58DataInt.txt").read_text()
    assert multibase.decode(signed["proof"]["proofValue"]).hex() == (folder / "sigHexDataInt.txt").read_text()


@pytest.mark.parametrize(
    ("name", "count"), [("signedProofSet2", 2), ("signedProofChain1", 3), ("signedProofChain2", 4)]
)
def test_every_proof_of_a_set_or_chain_holds(name, count):
    signed = loaded(FOLDER / "proof-set-chain" / f"{name}.json")

    for proof in signed["proof"]:
        multikey = proof["verificationMethod"].partition("#")[2]
        proofs.check_signature(signed, proof, multikey=multikey, contexts=contexts_with_examples(), budget=Budget())
    assert len(signed["proof"]) == count


def test_chain_is_broken_when_an_earlier_link_is_gone():
    signed = loaded(FOLDER / "proof-set-chain" / "signedProofChain1.json")
    last = signed["proof"][-1]
    signed["proof"] = signed["proof"][1:]

    with pytest.raises(BrokenError) as reason:
        proofs.check_signature(
            signed,
            last,
            multikey=last["verificationMethod"].partition("#")[2],
            contexts=contexts_with_examples(),
            budget=Budget(),
        )

    assert reason.value.facts == {"where": "previousProof"}
