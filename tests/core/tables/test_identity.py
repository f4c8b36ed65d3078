import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.core.tables.identity import hide_codes, holds_identity_code, is_identity_code, names_identity_code


@pytest.mark.parametrize(
    "header",
    [
        *("Henkilötunnus", "HENKILÖTUNNUS (HETU)", "Hetu", "hetu*", "hlötunnus", "Sosiaaliturvatunnus", "Sotu"),
        *("Personbeteckning", "Personnummer", "Personal identity code", "Social Security Number", "SSN"),
        "Hakijan henkilotunnus",
    ],
)
def test_names_identity_code_in_three_languages(header: str) -> None:
    assert names_identity_code(header) is True


@pytest.mark.parametrize("header", ["Nimi", "Oppijanumero", "Tunnus", "Henkilöstöryhmä", "Person", "Behetun tie", ""])
def test_other_headers_name_no_identity_code(header: str) -> None:
    assert names_identity_code(header) is False


@pytest.mark.parametrize("text", ["131052-308T", " 131052-308t ", "010101A123N", "010190-123X", "131052+308T"])
def test_identity_codes_are_known_also_when_mistyped(text: str) -> None:
    assert is_identity_code(text) is True
    assert holds_identity_code(f"Tunnus on {text.strip()}, kiitos") is True
    assert hide_codes(f"({text.strip()})") == "(***)"


@pytest.mark.parametrize(
    "text",
    ["040190-1234", "320152-308T", "131352-308T", "131052-308", "131052-308TX", "1131052-308T", "131052 308T", ""],
)
def test_telephone_numbers_and_the_like_are_not_identity_codes(text: str) -> None:
    assert is_identity_code(text) is False
    assert holds_identity_code(text) is False
    assert hide_codes(text) == text


@given(st.integers(2, 899), st.dates())
def test_every_true_code_is_found(number: int, born: object) -> None:
    day = f"{born:%d%m%y}"
    check = "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(f"{day}{number:03}") % 31]

    assert is_identity_code(f"{day}-{number:03}{check}") is True
