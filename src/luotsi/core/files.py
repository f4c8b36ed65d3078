"""Files that people upload or that work produces: kept once, served only by their owner's view."""

from __future__ import annotations

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from luotsi.core.models import StoredFile

NAME_LIMIT = 200


def keep_file(name: str, content: bytes) -> StoredFile:
    """Store the content under a random path and its row. The name is kept for people, never used as a path.

    A caller's rollback leaves content that no row knows, never a row without its content.
    """
    path = default_storage.save(f"kept/{uuid.uuid4().hex}", ContentFile(content))
    return StoredFile(
        name=_shown_name(name), digest=hashlib.sha256(content).hexdigest(), size=len(content), path=path
    ).insert()


def content_of(file: StoredFile) -> bytes:
    """The bytes as they were stored."""
    with default_storage.open(file.path, "rb") as opened:
        return bytes(opened.read())


def forget_file(file: StoredFile) -> None:
    """Remove the row, and the content when that is committed."""
    path = file.path
    file.delete()
    transaction.on_commit(lambda: default_storage.delete(path), robust=True)


def _shown_name(name: str) -> str:
    """The last part of a path of any system, without what cannot be seen. A long name loses its start."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[-NAME_LIMIT:] or "–"
