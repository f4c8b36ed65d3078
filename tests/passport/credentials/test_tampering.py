"""No change to a signed badge goes unseen."""

import json
from copy import deepcopy

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.passport.credentials.samples import judged, signed

SIGNED = signed()


def leaves(value, path=()):
    if isinstance(value, dict):
        return [leaf for key, part in value.items() for leaf in leaves(part, (*path, key))]
    if isinstance(value, list):
        return [leaf for number, part in enumerate(value) for leaf in leaves(part, (*path, number))]
    return [path]


def holders(value, path=()):
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [found for key, part in parts for found in holders(part, (*path, key))]
    return [path, *below] if isinstance(value, dict) else below


def at(document, path):
    for step in path:
        document = document[step]
    return document


def changed(path, value):
    document = deepcopy(SIGNED)
    at(document, path[:-1])[path[-1]] = value
    return document


LEAVES = leaves(SIGNED)
HOLDERS = holders(SIGNED)
values = st.one_of(
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.none(),
    st.lists(st.text(max_size=5), max_size=2),
    st.dictionaries(st.sampled_from(["id", "type", "name", "@value", "@id", "x"]), st.text(max_size=5), max_size=2),
)


@pytest.mark.parametrize("path", LEAVES, ids=lambda path: ".".join(map(str, path)))
def test_every_leaf_counts(path):
    before = at(SIGNED, path)
    after = before + "x" if isinstance(before, str) else before + 1

    assert judged(SIGNED).outcome == "yes"
    assert judged(changed(path, after)).outcome in {"no", "unknown"}


@pytest.mark.parametrize("path", LEAVES, ids=lambda path: ".".join(map(str, path)))
def test_every_leaf_is_missed(path):
    document = deepcopy(SIGNED)
    del at(document, path[:-1])[path[-1]]

    assert judged(document).outcome in {"no", "unknown"}


@settings(max_examples=200, deadline=None)
@given(path=st.sampled_from(LEAVES), value=values)
def test_no_other_value_is_a_yes(path, value):
    before = at(SIGNED, path)
    assume(value != before and str(value) != str(before) and value != [before])

    assert judged(json.dumps(changed(path, value)).encode()).outcome != "yes"


@settings(max_examples=100, deadline=None)
@given(
    path=st.sampled_from(HOLDERS),
    name=st.one_of(
        st.text(min_size=1, max_size=12),
        st.sampled_from(["description", "validUntil", "evidence", "id", "type", "@id", "@index", "@graph", "grade"]),
    ),
    value=values.filter(lambda value: value != []),
)
def test_no_added_property_is_a_yes(path, name, value):
    assume(name not in at(SIGNED, path))
    document = deepcopy(SIGNED)
    at(document, path)[name] = value

    assert judged(json.dumps(document).encode()).outcome != "yes"


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=200), values.map(lambda value: json.dumps(value).encode())))
def test_any_bytes_get_an_answer(content):
    assert judged(content).outcome in {"no", "unknown"}
