"""Files that people may hand in: documents, pictures and recordings that no browser runs.

What a name says must be what the content begins with. Viruses are not looked for: whoever opens a file does it at the
own risk, as with any mail; it is only ever handed out as a file to save.
"""

from __future__ import annotations

from typing import Final

ZIP, RIFF = b"PK\x03\x04", b"RIFF"
KINDS: Final[dict[str, tuple[str, tuple[bytes, ...]]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (ZIP,)),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (ZIP,)),
    ".pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", (ZIP,)),
    ".odt": ("application/vnd.oasis.opendocument.text", (ZIP,)),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", (ZIP,)),
    ".odp": ("application/vnd.oasis.opendocument.presentation", (ZIP,)),
    ".txt": ("text/plain; charset=utf-8", ()),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".mp3": ("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
}
MOST_BYTES: Final = 10 * 1024 * 1024


def ending_of(name: str) -> str:
    """The last part of a name, in small letters: .pdf. Empty without one."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and stem else ""


def is_what_it_says(name: str, content: bytes) -> bool:
    """Whether the content begins as files with such a name do; of plain text, whether it is text."""
    found = KINDS.get(ending_of(name))
    if found is None:
        return False
    _kind, beginnings = found
    if not beginnings:
        return _is_text(content)
    return content.startswith(beginnings)


def content_type_of(name: str) -> str:
    """What a browser is told that it is; of anything else than the kinds, that it is just bytes."""
    return KINDS.get(ending_of(name), ("application/octet-stream", ()))[0]


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
