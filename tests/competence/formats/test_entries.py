"""What is typed about a competence, and links that lead somewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.competence.formats.entries import (
    LONGEST_ADDRESS,
    LONGEST_LABEL,
    MOST_LINKS,
    Entry,
    Link,
    LinkFault,
    LinksError,
    entry_from,
    read_links,
)

LINE = st.text(max_size=80)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", ()),
        (" \n\n ", ()),
        ("https://example.org/a?b=c#d", (Link(address="https://example.org/a?b=c#d"),)),
        ("http://example.org  my  plan ", (Link(address="http://example.org", label="my  plan"),)),
        (
            "https://example.org/1\r\n\r\nhttps://xn--4ca.example two",
            (Link(address="https://example.org/1"), Link(address="https://xn--4ca.example", label="two")),
        ),
    ],
)
def test_links_are_read_one_a_line(text, links) -> None:
    assert read_links(text) == links


@pytest.mark.parametrize(
    "line",
    [
        "example.org",
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "https://",
        "https://localhost",
        "https://user:secret@example.org",
        "https://good.example@evil.example",
        "https://example.org\\@evil.example",
        "https://example.org:99999",
        "https://[example.org",
        "https://example.org/\u202etxt",
        "//example.org",
    ],
)
def test_what_is_no_web_address_is_named(line) -> None:
    with pytest.raises(LinksError) as error:
        read_links(f"https://example.org/fine\n{line}")

    assert (error.value.fault, error.value.line) == (LinkFault.NOT_AN_ADDRESS, line)


def test_links_are_few_and_short() -> None:
    link = "https://example.org/"
    longest = link + "a" * (LONGEST_ADDRESS - len(link))

    read = read_links("\n".join([longest + " " + "b" * LONGEST_LABEL] * MOST_LINKS))
    faults = []
    for text in ("\n".join([link] * (MOST_LINKS + 1)), longest + "a", f"{link} {'b' * (LONGEST_LABEL + 1)}"):
        with pytest.raises(LinksError) as error:
            read_links(text)
        faults.append(error.value.fault)

    assert len(read) == MOST_LINKS
    assert faults == [LinkFault.TOO_MANY, LinkFault.TOO_LONG, LinkFault.TOO_LONG]


@given(st.lists(LINE, max_size=7).map("\n".join))
def test_whatever_is_typed_is_read_or_refused(text) -> None:
    try:
        links = read_links(text)
    except LinksError:
        return

    assert all(link.address.lower().startswith(("http://", "https://")) for link in links)
    assert read_links("\n".join(f"{link.address} {link.label}" for link in links)) == links


@given(level=LINE, then=LINE, words=LINE, links=LINE)
def test_a_draft_gives_back_what_was_typed(level, then, words, links) -> None:
    entry = Entry(level=level, then=then, words=words, links=links)

    assert entry_from(entry.kept()) == entry


def test_a_draft_of_another_time_is_read_as_far_as_it_goes() -> None:
    assert entry_from({"level": "3", "words": 7, "mood": "fine"}) == Entry(level="3")


@pytest.mark.parametrize(
    ("entry", "lacks"),
    [
        (Entry(), False),
        (Entry(level="unknown"), False),
        (Entry(words=" "), False),
        (Entry(level="0", words="Not yet."), False),
        (Entry(words="Seen it."), True),
        (Entry(level="unknown", links="https://example.org"), True),
    ],
)
def test_words_need_a_level_to_be_kept_with(entry, lacks) -> None:
    assert entry.lacks_level is lacks
