from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.competence.formats.html import Block, TangledMarkupError, blocks, is_active, plain

PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<ul>",
        "<li>",
        "</li>",
        "<br>",
        "<script>",
        "</script>",
        "<b>",
        "&lt;",
        "&#8;",
        "&",
        "<",
        "• ",
        "\n",
    ]
)
MARKUP = st.lists(PIECES | st.text(max_size=5), max_size=20).map("".join)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("  a \n\t b ", "a b"),
        ("<p>a</p><p>b</p>", "a b"),
        ("a<b>c</b>", "ac"),
        ("x < 5 &amp; y&nbsp;z", "x < 5 & y z"),
        ("a<script>alert(1)</script>b<style>p{}</style>", "ab"),
        ("<p onclick='x()'>a</p>", "a"),
        ("&lt;script&gt;", "<script>"),
        ("a\u202eb\x00c&#8;d\ud800", "abcd"),
        ("• a", "a"),
        ("", ""),
    ],
)
def test_plain_keeps_words_and_nothing_else(source, line):
    assert plain(source) == line


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>x</p><ul><li>a</li><li><p>b</p></li></ul>", [("x", ("a", "b"))]),
        ("<ul><li><ul><li>a</li><li>b</li></ul></li></ul>", [("", ("a", "b"))]),
        ("<p>x</p><p>• a</p><p>• b</p>", [("x", ("a", "b"))]),
        ("x<br>- a<br>- b", [("x", ("a", "b"))]),
        ("x:\n• a\nand more\n• b", [("x:", ("a and more", "b"))]),
        ("<p>x</p><p>y</p>", [("x", ()), ("y", ())]),
        ("<p>x</p><ul><li>a</li></ul><p>y</p><ul><li>b</li></ul>", [("x", ("a",)), ("y", ("b",))]),
        ("<p> </p>", []),
    ],
)
def test_blocks_keep_lists_with_what_leads_to_them(source, found):
    assert blocks(source) == tuple(Block(lead=lead, items=items) for lead, items in found)


@pytest.mark.parametrize(
    ("source", "active"),
    [("<script>x</script>", True), ("<p onclick=x>a", True), ("<p>a</p>", False), ("javascript: a language", False)],
)
def test_active_markup_is_told_from_text(source, active):
    assert is_active(source) is active


@given(MARKUP)
def test_plain_has_no_markup_that_was_markup_and_no_loose_white_space(source):
    line = plain(source)

    assert line == " ".join(line.split())
    assert "<script>" not in line or "&lt;" in source


@given(MARKUP)
def test_blocks_say_what_plain_says(source):
    said = "".join(block.lead + "".join(block.items) for block in blocks(source))

    assert letters(said) == letters(plain(source))


def letters(text):
    return [sign for sign in text if sign.isalnum()]


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<ul>", "<div></b>", "<p><table>"])
def test_markup_nested_for_ever_is_refused_at_once(tag):
    begun = time.process_time()

    with pytest.raises(TangledMarkupError):
        plain(tag * 30_000)

    assert time.process_time() - begun < 2


@pytest.mark.parametrize("tag", ["<li>a", "<p>a", "<", "&lt;", "<br>", "- a\n", "< onx", "<td>a"])
def test_long_texts_take_time_in_proportion(tag):
    begun = time.process_time()

    blocks(tag * 20_000)
    plain(tag * 20_000)
    is_active(tag * 20_000)

    assert time.process_time() - begun < 5
