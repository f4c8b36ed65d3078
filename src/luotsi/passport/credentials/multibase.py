"""Base58 as multibase writes it (a leading z), for keys and signatures."""

from __future__ import annotations

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LONGEST = 200  # decoding grows with the square of the length


def encode(content: bytes) -> str:
    number = int.from_bytes(content, "big")
    digits = ""
    while number:
        number, digit = divmod(number, 58)
        digits = ALPHABET[digit] + digits
    zeros = len(content) - len(content.lstrip(b"\0"))
    return "z" + ALPHABET[0] * zeros + digits


def decode(text: str) -> bytes:
    """Raises ValueError when the text is not base58 with a leading z."""
    if not text.startswith("z") or len(text) > LONGEST:
        raise ValueError(text[:LONGEST])
    digits = text[1:]
    number = 0
    for digit in digits:
        number = number * 58 + ALPHABET.index(digit)
    zeros = len(digits) - len(digits.lstrip(ALPHABET[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
