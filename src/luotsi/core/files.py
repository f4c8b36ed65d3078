"""Files that people upload or that work produces: kept once, served only by their owner's view."""

from __future__ import annotations

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from luotsi.core.models import StoredFile


def keep_file(name: str, content: bytes) -> StoredFile:
    """Store the content under a random path and its row. The name is kept for people, never used as a path."""
    path = default_storage.save(f"kept/{uuid.uuid4().hex}", ContentFile(content))
    return StoredFile.objects.create(
        name=name[-200:], digest=hashlib.sha256(content).hexdigest(), size=len(content), path=path
    )


def content_of(file: StoredFile) -> bytes:
    """The bytes as they were stored."""
    with default_storage.open(file.path, "rb") as opened:
        return bytes(opened.read())


def forget_file(file: StoredFile) -> None:
    """Remove the content and the row."""
    default_storage.delete(file.path)
    file.delete()
