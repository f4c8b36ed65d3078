"""A stored file as an answer: always to save, never to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from luotsi.core.files import content_of
from luotsi.programmes.formats.file_kinds import content_type_of

if TYPE_CHECKING:
    from luotsi.core.models import StoredFile


def file_response(file: StoredFile) -> HttpResponse:
    """The file under its own name. The caller has asked who may have it."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=file.name) or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content_of(file), content_type=content_type_of(file.name), headers=headers)
