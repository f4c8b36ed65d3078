"""An agreement's text: each language whole, or one language at all."""

from hypothesis import given
from hypothesis import strategies as st

from luotsi.mentoring.formats.agreements import Section, sections_in, texts_of
from luotsi.programmes.formats.values import AgreementSection

WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


def section(key: str, title: dict[str, str], text: dict[str, str]) -> AgreementSection:
    return AgreementSection(key=key, title=title, text=text)


def test_each_whole_language_has_its_text() -> None:
    sections = [
        section("trust", {"fi": "Luottamus", "en": "Trust"}, {"fi": "Pidämme omanamme.", "en": "We keep it."}),
        section("ending", {"fi": "Lopetus", "en": "Ending"}, {"fi": "Saa lopettaa.\n", "en": "May end.\n"}),
    ]

    assert texts_of(sections) == {
        "fi": "## Luottamus\nPidämme omanamme.\n\n## Lopetus\nSaa lopettaa.",
        "en": "## Trust\nWe keep it.\n\n## Ending\nMay end.",
    }


def test_a_language_that_lacks_a_section_is_left_out() -> None:
    sections = [
        section("trust", {"fi": "Luottamus", "sv": "Förtroende"}, {"fi": "Pidämme.", "sv": "Vi håller."}),
        section("ending", {"fi": "Lopetus"}, {"fi": "Saa lopettaa."}),
    ]

    assert list(texts_of(sections)) == ["fi"]


def test_when_no_language_is_whole_all_sections_are_there_all_the_same() -> None:
    sections = [
        section("trust", {"sv": "Förtroende"}, {"sv": "Vi håller."}),
        section("ending", {"en": "Ending"}, {"en": "May end."}),
    ]

    assert texts_of(sections) == {"sv": "## Förtroende\nVi håller.\n\n## Ending\nMay end."}


def test_sections_are_read_with_their_paragraphs() -> None:
    assert sections_in("## Trust\nWe keep it.\n\nBoth of us.\n\n## Ending\nMay end.") == (
        Section(title="Trust", paragraphs=("We keep it.", "Both of us.")),
        Section(title="Ending", paragraphs=("May end.",)),
    )


@given(st.lists(st.tuples(WORDS, st.lists(WORDS, min_size=1, max_size=3)), min_size=1, max_size=5))
def test_what_is_written_is_read_back(parts: list[tuple[str, list[str]]]) -> None:
    sections = [section("s", {"fi": title}, {"fi": "\n\n".join(texts)}) for title, texts in parts]

    found = sections_in(texts_of(sections)["fi"])

    assert found == tuple(Section(title=title, paragraphs=tuple(texts)) for title, texts in parts)
