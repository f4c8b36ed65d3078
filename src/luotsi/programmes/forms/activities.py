"""Forms around an activity: a file that is brought to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luotsi.programmes.formats.file_kinds import KINDS, MOST_BYTES, ending_of, is_what_it_says
from luotsi.web.forms import PlainForm, UploadField

if TYPE_CHECKING:
    from django.core.files import File


class SafeFileField(UploadField):
    """A document, a picture or a recording that is what its name says."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(max_bytes=MOST_BYTES, kinds=tuple(KINDS), **options)

    def to_python(self, data: File[Any] | None) -> File[Any] | None:
        found = super().to_python(data)
        if found is None:
            return None
        content = found.read()
        found.seek(0)
        if not is_what_it_says(str(found.name), content):
            raise ValidationError(
                gettext(
                    "The file is not what its name says (%(kind)s). Save it anew in your program, and choose it again."
                ),
                code="not_what_it_says",
                params={"kind": ending_of(str(found.name))},
            )
        return found


class FileForm(PlainForm):
    file = SafeFileField(
        label=_("File"),
        help_text=_("A document, a picture or a recording of 10 MB at most. Files are not searched for viruses."),
    )

    @property
    def chosen(self) -> tuple[str, bytes]:
        """The name and the content."""
        file = self.cleaned_data["file"]
        return str(file.name), file.read()
