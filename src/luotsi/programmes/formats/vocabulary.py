"""Languages and roles by the names that people write in Finnish, Swedish or English; and the names back."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from babel import Locale

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN_IN: Final = ("fi", "sv", "en")

ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "mentor": ("mentori", "mentor"),
    "mentee": ("mentoroitava", "aktori", "adept", "aktör", "mentee"),
}
BOTH: Final = ("molemmat", "mentori ja mentoroitava", "båda", "mentor och aktör", "both", "mentor and mentee")


_LONGER = frozenset({"ckb", "fil", "rom", "smn", "sms"})  # spoken here, without a code of two letters


@lru_cache(maxsize=1)
def languages() -> dict[str, tuple[str, ...]]:
    """ISO 639 codes with their names in Finnish, Swedish and English."""
    shown = [Locale.parse(language).languages for language in SHOWN_IN]
    codes = [code for code in map(str, shown[0]) if len(code) == 2 or code in _LONGER]  # noqa: PLR2004 -- ISO 639-1
    names = {code: tuple(str(each[code]) for each in shown if code in each) for code in codes}
    return names | {"fa_AF": ("dari",)}


def name_of_language(code: str, language: str) -> str:
    """What a language is called in another one: suomi, finska, Finnish. The code itself when it has no name."""
    return str(Locale.parse(language).languages.get(code, code))
