import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.words.clean import UncleanTextError, clean_text, is_clean_text


@given(st.text())
def test_is_clean_text_says_whether_a_text_survives_utf8_and_holds_no_nul(text: str) -> None:
    try:
        text.encode()
        survives = "\0" not in text
    except UnicodeEncodeError:
        survives = False

    assert is_clean_text(text) is survives


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_clean_text_returns_a_clean_text_untouched(text: str) -> None:
    assert clean_text(text) == text


@pytest.mark.parametrize(("text", "position"), [("\0", 0), ("Aino\0", 4), ("Äijä\ud83d", 4), ("\udc00x", 0)])
def test_clean_text_refuses_and_says_where(text: str, position: int) -> None:
    with pytest.raises(UncleanTextError) as refused:
        clean_text(text)

    assert refused.value.position == position
