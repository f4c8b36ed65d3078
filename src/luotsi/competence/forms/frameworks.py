"""What a coordinator hands in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luotsi.web.forms import PlainForm, UploadField

MOST_BYTES = 10 * 1024 * 1024


class FrameworkForm(PlainForm):
    file = UploadField(
        label=_("File from ePerusteet"),
        help_text=_("JSON: a whole qualification, a unit, a common unit or badges. At most 10 MB."),
        max_bytes=MOST_BYTES,
    )
