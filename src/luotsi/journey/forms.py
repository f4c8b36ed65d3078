"""What a coordinator decides where modules meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.web.forms import PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.passport.models import Mark


class LeadsToForm(PlainForm):
    marks = forms.MultipleChoiceField(
        label=_("Marks"),
        help_text=_("Whoever completes mentoring in this programme is offered these."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, marks: Iterable[Mark], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(mark.ref): mark for mark in marks}
        field = self.fields["marks"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(ref, str(mark.name)) for ref, mark in self.offered.items()]

    def chosen(self) -> list[Mark]:
        return [self.offered[ref] for ref in self.cleaned_data["marks"]]
