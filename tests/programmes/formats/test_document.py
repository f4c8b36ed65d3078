from __future__ import annotations

import time

import pytest

from luotsi.programmes.formats.document import DEEPEST, LARGEST, Listing, Nature, Scalar, Table, parse
from luotsi.programmes.formats.errors import Code, Fault, ModelError


def scalar(line, path, text, nature):
    return Scalar(line=line, path=path, text=text, nature=nature)


def test_entries_know_their_line_and_key():
    root, faults = parse(b"a: 1\nb:\n  - yes\n  - fi: text\nc: ~\n")

    assert faults == []
    assert root == Table(
        line=1,
        path="",
        entries={
            "a": scalar(1, "a", "1", Nature.WHOLE),
            "b": Listing(
                line=2,
                path="b",
                entries=(
                    scalar(3, "b[0]", "yes", Nature.YES_NO),
                    Table(
                        line=4,
                        path="b[1]",
                        entries={"fi": scalar(4, "b[1].fi", "text", Nature.TEXT)},
                        lines={"fi": 4},
                    ),
                ),
            ),
            "c": scalar(5, "c", "~", Nature.NOTHING),
        },
        lines={"a": 1, "b": 2, "c": 5},
    )


@pytest.mark.parametrize("text", ["1.5", "0x1f", "1_000", "12:30:00", "2026-01-01", "9" * 12])
def test_numbers_that_are_not_plain_are_no_whole_numbers(text):
    root, _ = parse(text)

    assert root == scalar(1, "", text, Nature.OTHER)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault(1, "", Code.EMPTY, {})),
        (b"# nothing\n", Fault(1, "", Code.EMPTY, {})),
        (b"a: \xe4", Fault(1, "", Code.NOT_TEXT, {"byte": 3})),
        ("a: \ud800", Fault(1, "", Code.NOT_TEXT, {"byte": 3})),
        (b"x" * (LARGEST + 1), Fault(1, "", Code.TOO_LARGE, {"bytes": LARGEST + 1, "largest": LARGEST})),
        (b"a: [1\nb: 2", Fault(2, "", Code.NOT_YAML, {"column": 2})),
        (b"a: 1\n\tb: 2", Fault(2, "", Code.NOT_YAML, {"column": 1})),
        (b"a: 1\n---\nb: 2\n", Fault(2, "", Code.NOT_YAML, {"column": 1})),
        (b"a: &x 1\n", Fault(1, "", Code.ALIAS, {})),
        (b"a: 1\nb: *x\n", Fault(2, "", Code.ALIAS, {})),
        (b"[" * 20_000, Fault(1, "", Code.TOO_DEEP, {"deepest": DEEPEST})),
        (b"- " * 20, Fault(1, "", Code.TOO_DEEP, {"deepest": DEEPEST})),
    ],
)
def test_what_is_no_document_is_refused_with_its_line(content, fault):
    with pytest.raises(ModelError) as refused:
        parse(content)

    assert refused.value.faults == (fault,)


def test_billion_laughs_are_refused_at_the_first():
    laughs = "a0: &a0 [ha, ha]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20))
    begun = time.process_time()

    with pytest.raises(ModelError) as refused:
        parse(laughs)

    assert refused.value.faults == (Fault(1, "", Code.ALIAS, {}),)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a: 1\nb: 2\na: 3\n", [Fault(3, "a", Code.DUPLICATE_KEY, {"key": "a", "first_line": 1})]),
        ("x:\n  a: 1\n  a: 2\n", [Fault(3, "x.a", Code.DUPLICATE_KEY, {"key": "a", "first_line": 2})]),
        ("a: !!python/object/apply:os.system ['true']\n", []),
        ("a: !!python/name:os.system x\n", [Fault(1, "a", Code.TAG, {})]),
        ("a: !own x\n", [Fault(1, "a", Code.TAG, {})]),
        ("? [1, 2]\n: x\n", [Fault(1, "", Code.WRONG_TYPE, {"expected": "key"})]),
    ],
)
def test_faults_inside_a_document_are_noted_and_nothing_is_run(text, faults):
    _, found = parse(text)

    assert found == faults


def test_the_largest_file_is_looked_through_in_a_moment():
    begun = time.process_time()

    parse(("- x\n" * (LARGEST // 4)).encode())

    assert time.process_time() - begun < 5
