"""Decimal numbers as text: the one spelling in which they are kept, so that no digit is lost on the way."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_PLAIN: Final = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")


def read_plain(text: str) -> Decimal | None:
    """The number in a plain spelling (`-2.5`, `10`, `007`), as it is kept; None when the text is none."""
    return settled(Decimal(text)) if _PLAIN.fullmatch(text) else None


def settled(number: Decimal) -> Decimal:
    """The same number without needless zeros, and with no sign at nought. It must be finite."""
    return Decimal(spelled(number))


def spelled(number: Decimal) -> str:
    """`-2.5`, `10`, `0`: never an exponent, a needless zero or a sign at nought. The number must be finite."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def decimals_of(number: Decimal) -> int:
    """How many decimals it needs."""
    return len(spelled(number).partition(".")[2])
