"""What goes with anonymous answers: the respondent's own code, and the unit of somebody who has the open link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from luotsi.surveys.formats.codes import CodeParts, letters_of
from luotsi.web.forms import PlainForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.people.models import Organisation

PREFIX = "at.own"  # a point stands in no item's key
PARTS = ("birthplace", "day", "carer")


class OwnForm(PlainForm):
    unit = forms.ChoiceField(label=_("Your unit"), required=False)
    birthplace = forms.CharField(
        label=_("The first two letters of the place where you were born"), required=False, max_length=40
    )
    day = forms.IntegerField(
        label=_("The day of the month on which you were born, from 1 to 31"),
        required=False,
        min_value=1,
        max_value=31,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
    )
    carer = forms.CharField(
        label=_("The last two letters of the first name of somebody who raised you"), required=False, max_length=40
    )

    def __init__(self, *args: Any, units: Sequence[Organisation], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, prefix=PREFIX, **kwargs)
        self.units = {str(unit.ref): unit for unit in units}
        if not units:
            del self.fields["unit"]
            return
        choices = [("", now("None of these, or I would rather not say"))]
        self.fields["unit"].choices = [*choices, *((ref, unit.name) for ref, unit in self.units.items())]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """All three parts make a code, none of them none."""
        given = [name for name in PARTS if self.cleaned_data.get(name)]
        for name in PARTS:
            if given and name not in given and name not in self.errors:
                self.add_error(name, ValidationError(now("Fill in all three parts of the code, or none of them.")))
        for name in ("birthplace", "carer"):
            if name in given and not letters_of(self.cleaned_data[name]):
                self.add_error(name, ValidationError(now("Write letters.")))
        return self.cleaned_data

    def code(self) -> CodeParts | None:
        values = {name: self.cleaned_data.get(name) for name in PARTS}
        return CodeParts(**values) if all(values.values()) else None  # type: ignore[arg-type]  # all three are there

    def chosen_unit(self) -> Organisation | None:
        return self.units.get(self.cleaned_data.get("unit", ""))
