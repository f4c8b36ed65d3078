"""The seal covers all that is written, or the document is refused."""

import pytest

from luotsi.passport.credentials.budget import Budget
from luotsi.passport.credentials.canonical import canonical
from luotsi.passport.credentials.contexts import OPEN_BADGES, pinned
from luotsi.passport.credentials.verdicts import CredentialError

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", OPEN_BADGES]


def text_of(**parts):
    document = {"@context": CONTEXTS, "id": "urn:a", "type": ["VerifiableCredential"], **parts}
    return canonical(document, contexts=pinned(), budget=Budget())


def refusal(**parts):
    with pytest.raises(CredentialError) as reason:
        text_of(**parts)
    return reason.value.code.value, dict(reason.value.facts)


def test_everything_defined_is_covered():
    assert text_of(name='Ä "b"\n\x07', evidence={"type": "Evidence", "genre": "c"}) == (
        "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://www.w3.org/2018/credentials#VerifiableCredential> .\n"
        '<urn:a> <https://schema.org/name> "Ä \\"b\\"\\n\\u0007" .\n'
        "<urn:a> <https://www.w3.org/2018/credentials#evidence> _:c14n0 .\n"
        "_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://purl.imsglobal.org/spec/vc/ob/vocab.html#Evidence> .\n"
        '_:c14n0 <https://schema.org/genre> "c" .\n'
    )


def test_undefined_property_is_refused_by_name():
    assert refusal(grade="5") == ("not_sealed", {"name": "grade"})


def test_property_defined_elsewhere_is_refused_here():
    assert refusal(evidence={"type": "Evidence", "targetName": "x"}) == ("not_sealed", {"name": "targetName"})


def test_undefined_type_is_refused_by_name():
    assert refusal(evidence={"type": ["Evidence", "Diploma"]}) == ("not_sealed", {"name": "Diploma"})


def test_relative_address_is_refused():
    assert refusal(evidence={"id": "report.pdf", "type": "Evidence"}) == ("bad_address", {"address": "report.pdf"})
    assert refusal(evidence="report.pdf") == ("bad_address", {"address": "report.pdf"})


@pytest.mark.parametrize("address", ["urn:a b", "urn:a>", "urn:a\n", "urn:<a", 'urn:"a', "urn:a\\b", "urn:a{", "@id"])
def test_address_that_could_write_another_line_is_refused(address):
    code, _ = refusal(evidence={"id": address, "type": "Evidence"})

    assert code == "bad_address"


def test_address_cannot_forge_the_lines_of_another_document():
    """Unescaped, this address would read as the lines of a document with a second name."""
    forged = 'urn:b> .\n<urn:a> <https://schema.org/name> "forged'

    assert refusal(evidence=forged)[0] == "bad_address"


def test_contexts_that_contradict_each_other_are_refused():
    older = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"

    assert refusal(**{"@context": [CONTEXTS[0], older]}) == ("bad_meaning", {})


def test_repeated_contexts_change_nothing():
    assert text_of(**{"@context": CONTEXTS * 2}) == text_of()


@pytest.mark.parametrize("identifier", [7, ["urn:a"], {"a": "b"}, True])
def test_identifier_that_is_no_text_is_refused(identifier):
    code, _ = refusal(evidence={"id": identifier, "type": "Evidence"})

    assert code == "bad_meaning"


def test_repeated_values_are_one():
    once = text_of(credentialSubject={"type": "AchievementSubject", "role": "a"})

    assert text_of(credentialSubject={"type": ["AchievementSubject"], "role": ["a", "a"]}) == once
