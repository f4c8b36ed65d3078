import ctypes
import ctypes.util
from collections.abc import Callable
from functools import cache
from itertools import combinations, pairwise
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.core.words.keys import email_key, search_key, sort_key

texts = st.text(st.characters(exclude_categories=["Cs"]))
names = st.text("abvwyzåäöÅÄÖéèüÜæØßđþ -'", max_size=8)
LETTERS = "abcdefghijklmnopqrstuvwxyzåäöéèüűőœæøõšžčđðþłŋŧħßñçáàâãêëíîïóòôúùûýÿǥʒǯ0123456789"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ÄIJÄLÄ@Example.ORG", "äijälä@example.org"),
        ("  maija@example.org\n", "maija@example.org"),
        ("\ufeffmaija@example.org\u200b", "maija@example.org"),
        (normalize("NFD", "Äijälä@example.org"), "äijälä@example.org"),
        ("straße@example.org", "straße@example.org"),
        ("ﬁa@example.org", "ﬁa@example.org"),
        ("maija.m+jobs@KOKKOLA.example", "maija.m+jobs@kokkola.example"),
        ("aino@ÄLY.example", "aino@äly.example"),
    ],
)
def test_email_key(typed: str, key: str) -> None:
    assert email_key(typed) == key


@given(texts)
def test_email_key_of_a_key_is_the_key(text: str) -> None:
    assert email_key(email_key(text)) == email_key(text)


@given(st.text("abcxyzåäöÅÄÖ.+-@0123456789"))
def test_email_key_does_not_see_case(text: str) -> None:
    assert email_key(text.upper()) == email_key(text) == email_key(normalize("NFD", text))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("  Mäki-Äijälä ,\u00a0 ÅSA ", "mäki-äijälä , åsa"),
        ("André Müller", "andre muller"),
        ("Šemeikka", "semeikka"),
        ("Sørensen, Læsø", "sörensen, läsö"),
        ("Guttorm Ánte Jovnna Đ", "guttorm ante jovnna d"),
        ("Straße", "strasse"),
        ("Anna–Liisa O’Brien", "anna-liisa o'brien"),
        ("sähkö\u00adposti", "sähköposti"),
        (normalize("NFD", "Äö"), "äö"),
        ("Ҝ Ёлка", "ҝ елка"),
        ("", ""),
    ],
)
def test_search_key(typed: str, key: str) -> None:
    assert search_key(typed) == key


@given(texts)
def test_search_key_of_a_key_is_the_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(names, names)
def test_search_key_finds_whole_words_inside(before: str, after: str) -> None:
    assert search_key(after) in search_key(f"{before} {after}")


def test_sort_key_knows_the_finnish_alphabet() -> None:
    alphabet = "abcdefghijklmnopqrstuvwxyzåäö"
    backwards = alphabet[::-1]

    assert "".join(sorted(backwards, key=sort_key)) == alphabet


def test_sort_key_orders_people_as_a_finnish_list_does() -> None:
    people = [
        "3. luokka",
        "9 A",
        "Aho Ville",
        "Aho-Mäki Eero",
        "Ahola Aino",
        "Ande",
        "André",
        "Andreas",
        "Linden",
        "Lindén",
        "Lindgren",
        "Muller",
        "Myller",
        "Müller",
        "Mäki",
        "MÄKI Liisa",
        "Vaara",
        "Virtanen",
        "Wahlberg",
        "Zetterberg",
        "Åberg",
        "Äijälä",
        "Österman",
        "Øvergård",
        "Яковлева",
    ]
    backwards = people[::-1]

    assert sorted(backwards, key=sort_key) == people


@given(texts)
def test_sort_key_does_not_see_case_space_or_composition(text: str) -> None:
    folded = normalize("NFD", text).casefold()

    assert sort_key(text) == sort_key(folded) == sort_key(f" {text}  ") == sort_key(normalize("NFC", text))


def _same(text: str) -> str:
    return " ".join(normalize("NFD", normalize("NFD", text).casefold()).split())


@given(names | texts, names | texts)
def test_sort_key_is_shared_only_by_texts_that_are_the_same_word(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) is (_same(one) == _same(other))


@given(names, names, names)
def test_sort_key_is_a_total_order(one: str, other: str, third: str) -> None:
    first, second, last = sorted([one, other, third], key=sort_key)

    assert sort_key(first) <= sort_key(second) <= sort_key(last)
    assert sort_key(first).encode() <= sort_key(second).encode() <= sort_key(last).encode()


@given(texts)
def test_sort_key_holds_plain_letters_and_digits_only(text: str) -> None:
    assert set(sort_key(text)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


@given(names, st.text("abcxyzåäö", min_size=1))
def test_sort_key_puts_the_shorter_word_first(word: str, more: str) -> None:
    assert sort_key(word) < sort_key(word + more)


@cache
def icu_comparison(locale: str, strength: int) -> Callable[[str, str], int]:
    """A comparison by the system's ICU: the reference implementation of CLDR's orders."""
    library_name = ctypes.util.find_library("icui18n")
    if library_name is None:
        pytest.skip("the system has no ICU library (Debian: libicu72)")
    library = ctypes.CDLL(library_name)
    version = library_name.rsplit(".", 1)[1]
    opened, compare = getattr(library, f"ucol_open_{version}"), getattr(library, f"ucol_strcollUTF8_{version}")
    opened.restype, opened.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_void_p]
    set_strength = getattr(library, f"ucol_setStrength_{version}")
    set_strength.restype, set_strength.argtypes = None, [ctypes.c_void_p, ctypes.c_int]
    compare.argtypes = [ctypes.c_void_p, *[ctypes.c_char_p, ctypes.c_int] * 2, ctypes.c_void_p]
    status = ctypes.c_int(0)
    collator = opened(locale.encode(), ctypes.byref(status))
    set_strength(collator, strength)

    def compared(one: str, other: str) -> int:
        left, right = one.encode(), other.encode()
        return int(compare(collator, left, len(left), right, len(right), ctypes.byref(status)))

    return compared


def key_comparison(one: str, other: str) -> int:
    return (sort_key(one) > sort_key(other)) - (sort_key(one) < sort_key(other))


def test_sort_key_agrees_with_icu_on_every_pair_of_letters() -> None:
    base = icu_comparison("fi", strength=0)

    strangers = [
        (one, other)
        for one, other in combinations([f"x{letter}x" for letter in LETTERS + LETTERS.upper()], 2)
        if base(one, other) != 0 and base(one, other) != key_comparison(one, other)
    ]

    assert strangers == []


words = st.lists(st.text("abdehilmnoprstuvwyzåäöéü-", min_size=1, max_size=6), max_size=3).map(" ".join)


@settings(deadline=None)
@given(words, words)
def test_sort_key_agrees_with_icu_on_words_and_their_accents(one: str, other: str) -> None:
    icu = icu_comparison("fi", strength=1)

    assert key_comparison(one, other) == icu(one, other)


def test_sort_key_sorts_alike_under_an_english_collation() -> None:
    english = icu_comparison("en", strength=2)
    keys = sorted({sort_key(f"{one}{other}") for one in "a9 -zåö" for other in "bzäé1 Я"})

    assert {english(one, other) for one, other in pairwise(keys)} == {-1}
