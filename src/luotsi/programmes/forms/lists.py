"""Lists of applicants, handed in; and what their columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luotsi.web.forms import PlainForm, UploadField, texts_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

PASSED_OVER = "-"
MOST_BYTES = 60_000_000


class ListForm(PlainForm):
    file = UploadField(
        label=_("List of applicants"),
        help_text=_("An Excel workbook (.xlsx) or a CSV file, at most 60 MB. Its first row names the columns."),
        max_bytes=MOST_BYTES,
    )


class ColumnsForm(PlainForm):
    """One choice for each heading of a list. `mapping`: what they are taken for now, the key of a column or nothing."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        mapping: Mapping[str, str],
        choices: list[tuple[str, str]],
        needed: Mapping[str, str],
    ) -> None:
        super().__init__(data)
        self.headings, self.names, self.needed = list(mapping), dict(choices), needed
        for place, heading in enumerate(self.headings):
            self.fields[f"heading_{place}"] = forms.ChoiceField(
                label=heading,
                choices=[(PASSED_OVER, _("Pass over")), *choices],
                initial=mapping[heading] or PASSED_OVER,
            )
        for each in self.fields.values():
            each.error_messages |= texts_for(each, str(each.label))

    @property
    def mapping(self) -> dict[str, str]:
        """What each heading is to mean; once the form is valid."""
        return {heading: self._chosen(place) for place, heading in enumerate(self.headings)}

    def _chosen(self, place: int) -> str:
        key: str = self.cleaned_data.get(f"heading_{place}", "")
        return "" if key == PASSED_OVER else key

    def clean(self) -> dict[str, Any]:
        first: dict[str, str] = {}
        for place, heading in enumerate(self.headings):
            key = self._chosen(place)
            if key and first.setdefault(key, heading) != heading:
                facts = {"heading": first[key], "column": self.names[key]}
                self.add_error(
                    f"heading_{place}",
                    gettext("“%(heading)s” means “%(column)s” already. Choose something else, or pass this one over.")
                    % facts,
                )
        if missing := [name for key, name in self.needed.items() if key not in first]:
            self.add_error(
                None, gettext("Say which heading means each of these: %(columns)s.") % {"columns": ", ".join(missing)}
            )
        return self.cleaned_data
