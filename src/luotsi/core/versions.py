"""Texts that people agree to, kept as they were."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from luotsi.core.models import TextVersion
from luotsi.core.texts import TranslatedText, check_translated

if TYPE_CHECKING:
    from collections.abc import Mapping


def keep_version(kind: str, text: Mapping[str, str]) -> TextVersion:
    """The version with exactly this text: the one already kept, or a new row. Raises ValidationError for no text."""
    check_translated(dict(text))
    body = json.dumps(dict(text), sort_keys=True, ensure_ascii=False).encode()
    digest = hashlib.sha256(kind.encode() + b"\n" + body).hexdigest()
    version, _is_new = TextVersion.objects.get_or_create(digest=digest, defaults={"kind": kind, "body": body})
    return version


def text_of(version: TextVersion) -> TranslatedText:
    """The text as it was kept."""
    return TranslatedText(json.loads(bytes(version.body)))
