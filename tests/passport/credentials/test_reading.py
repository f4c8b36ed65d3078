import json

import pytest

from luotsi.passport.credentials import reading
from luotsi.passport.credentials.contexts import pinned
from luotsi.passport.credentials.verdicts import BrokenError, CredentialError, UncheckableError

CONTEXT = "https://www.w3.org/ns/credentials/v2"


def refusal(content):
    """The kind, code and facts with which these bytes are refused; None when they are not."""
    try:
        document = reading.read(content)
        reading.check_shape(document, contexts=pinned())
        reading.check_single_home(document)
    except CredentialError as reason:
        return type(reason), reason.code.value, dict(reason.facts)
    return None


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"", UncheckableError, "not_json"),
        (b"{", UncheckableError, "not_json"),
        (b"\xff\xfe{}", UncheckableError, "not_text"),
        (b"\x89PNG\r\n\x1a\n", UncheckableError, "not_text"),
        (b"eyJhbGciOiJFZERTQSJ9.e30.c2ln", UncheckableError, "not_json"),
        (b"[]", UncheckableError, "not_an_object"),
        (b'"text"', UncheckableError, "not_an_object"),
        (b'{"a": NaN}', UncheckableError, "inexact_number"),
        (b'{"a": -Infinity}', UncheckableError, "inexact_number"),
        (b'{"a": 1e999}', UncheckableError, "inexact_number"),
        (b'{"a": 9007199254740993}', UncheckableError, "inexact_number"),
        (b'{"a": 0.30000000000000004}', UncheckableError, "inexact_number"),
        (b'{"a": ' + b"9" * 5000 + b"}", UncheckableError, "not_json"),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', BrokenError, "name_twice"),
        (b'{"a": "\\ud800"}', BrokenError, "bad_character"),
        (b'{"a": "\\u0000"}', BrokenError, "bad_character"),
        (b'{"a": null}', UncheckableError, "empty_value"),
        (b'{"a": [1, null]}', UncheckableError, "empty_value"),
        (b'{"@id": "urn:a"}', UncheckableError, "raw_syntax"),
        (b'{"a": {"@value": "b"}}', UncheckableError, "raw_syntax"),
        (b'{"a": {"@value": "b", "@language": "fi", "@direction": "rtl"}}', UncheckableError, "raw_syntax"),
        (b'{"a": {"@value": "b", "@language": "fi fi"}}', UncheckableError, "raw_syntax"),
        (b'{"https://schema.org/name": "b"}', UncheckableError, "raw_syntax"),
        (b'{"@context": {"a": "urn:b"}}', UncheckableError, "own_context"),
        (b'{"@context": null}', UncheckableError, "own_context"),
        (b'{"a": {"@context": [{"@vocab": "urn:b"}]}}', UncheckableError, "own_context"),
        (b'{"@context": ["https://example.org/context"]}', UncheckableError, "unknown_context"),
        (b'{"@context": ["https://www.w3.org/2018/credentials/v1"]}', UncheckableError, "old_version"),
        (b'{"a": ' + b"[" * 70 + b"1" + b"]" * 70 + b"}", UncheckableError, "too_deep"),
        (b'{"a": ' + b"[" * 100_000, UncheckableError, "too_deep"),
        (b'{"a": [' + b"1," * 10_000 + b"1]}", UncheckableError, "too_many_values"),
        (b'{"a": "' + b"a" * reading.MOST_BYTES + b'"}', UncheckableError, "too_large"),
    ],
)
def test_bad_input_is_refused_by_name(content, kind, code):
    found = refusal(content)

    assert found is not None
    assert found[:2] == (kind, code)


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": [0.1, 2.5, 9007199254740992, -3, 1e3, true]}',
        b'{"a": {"@value": "b", "@language": "sv-FI"}}',
        '{"a": "ääkköset, emoji 🎓"}'.encode(),
        json.dumps({"@context": [CONTEXT], "a": {"@context": CONTEXT}}).encode(),
    ],
)
def test_plain_input_is_taken(content):
    assert refusal(content) is None


def test_refusal_names_what_is_meant():
    assert refusal(b'{"name": 1, "name": 2}') == (BrokenError, "name_twice", {"name": "name"})
    assert refusal(b'{"@context": ["urn:x"]}') == (UncheckableError, "unknown_context", {"context": "urn:x"})


def test_second_home_of_the_credential_is_refused():
    own = {"id": "urn:a", "refreshService": {"id": "urn:a", "type": "Refresh"}}
    split = {"id": "urn:a", "refreshService": {"id": "urn:a", "type": "Refresh", "validUntil": "2020-01-01"}}

    assert refusal(json.dumps(own).encode()) is None
    assert refusal(json.dumps(split).encode()) == (UncheckableError, "split", {})
