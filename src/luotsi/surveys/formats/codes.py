"""The respondent's own code: the same person makes the same one next time, and nobody can read it back."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import normalize


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeParts:
    """`birthplace`: the first two letters of its name; `day`: of the month; `carer`: the last two letters of a name."""

    birthplace: str
    day: int
    carer: str

    @property
    def code(self) -> str:
        """However it is written: `Tu`, `tu ` and `TU` are the same."""
        return f"{letters_of(self.birthplace)[:2]}{self.day:02d}{letters_of(self.carer)[-2:]}"


def letters_of(text: str) -> str:
    return "".join(sign for sign in normalize("NFKC", text).casefold() if sign.isalpha())


def digest_of_code(code: str, *, salt: str, secret: str) -> str:
    """HMAC-SHA-256 under a secret that is not in the database: without it, codes cannot be tried out one by one."""
    return hmac.new(f"{secret}\n{salt}".encode(), code.encode(), sha256).hexdigest()
