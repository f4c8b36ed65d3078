"""Lists of applicants, handed in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luotsi.web.forms import PlainForm, UploadField

MOST_BYTES = 20_000_000


class ListForm(PlainForm):
    file = UploadField(
        label=_("List of applicants"),
        help_text=_("An Excel workbook (.xlsx) or a CSV file, at most 20 MB. Its first row names the columns."),
        max_bytes=MOST_BYTES,
    )
