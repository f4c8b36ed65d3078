"""Finnish personal identity codes, which this product never takes in."""

from __future__ import annotations

import re

from luotsi.core.words.keys import search_key

_CODE = re.compile(
    r"(?<![0-9A-Za-z])((?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2})"
    r"[-+A-FU-Ya-fu-y]([0-9]{3})([0-9A-FHJ-NPR-Ya-fhj-npr-y])(?![0-9A-Za-z])"
)
_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_SHORTEST, _LONGEST = 11, 16

_NAMES = (
    "henkilötunnu",
    "henkilotunnu",
    "hlötunnu",
    "sosiaaliturvatunnu",
    "personbeteckning",
    "personnummer",
    "personsignum",
    "socialskyddssignum",
    "personal identity code",
    "personal identity number",
    "personal identification",
    "social security",
    "national identification number",
)
_SHORT_NAMES = frozenset({"hetu", "hetut", "hetun", "sotu", "ssn"})


def names_identity_code(header: str) -> bool:
    """Whether a column so called is meant for personal identity codes, in Finnish, Swedish or English."""
    key = search_key(header)
    return any(name in key for name in _NAMES) or not _SHORT_NAMES.isdisjoint(re.split(r"[^a-zåäö]+", key))


def is_identity_code(text: str) -> bool:
    """Whether the text is an identity code and nothing else."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        return False
    found = _CODE.fullmatch(text.strip())
    return found is not None and _is_convincing(found)


def holds_identity_code(text: str) -> bool:
    """Whether an identity code stands anywhere in the text."""
    return _CODE.search(text) is not None and any(_is_convincing(found) for found in _CODE.finditer(text))


def hide_codes(text: str) -> str:
    """The text with every identity code in it blotted out."""
    return _CODE.sub(lambda found: "***" if _is_convincing(found) else found[0], text)


def _is_convincing(found: re.Match[str]) -> bool:
    """A code that ends in a digit looks like a telephone number (040190-1234): it must also pass the check of codes.

    One that ends in a letter is taken for a code even when mistyped.
    """
    check = found[3].upper()
    return not check.isdigit() or _CHECKS[int(found[1] + found[2]) % len(_CHECKS)] == check
