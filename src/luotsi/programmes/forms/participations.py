"""What somebody changes about the own part in a programme, and what coordinators look for among the parts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.programmes.enums import LeavingReason, ParticipationState, PartRole
from luotsi.programmes.formats.applicants import MOST_PLACES
from luotsi.web.forms import DateField, PlainForm


class PartFilterForm(PlainForm):
    """Which parts to show. Sent by GET."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *ParticipationState.choices])
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("all")), *PartRole.choices])

    def chosen(self, name: str) -> str:
        """What was chosen; nothing when it was not one of the offered."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class PauseForm(PlainForm):
    until = DateField(label=_("The pause ends on"), help_text=_("On this day the part goes on by itself."))


class PlacesForm(PlainForm):
    places = forms.IntegerField(label=_("Places for mentees"), min_value=1, max_value=MOST_PLACES)


class LeavingForm(PlainForm):
    """Why somebody stops. No answer is wrong, and none is asked for."""

    reason = forms.ChoiceField(
        label=_("Why do you stop?"),
        choices=LeavingReason.choices,
        initial=LeavingReason.NOT_SAID,
        widget=forms.RadioSelect,
    )
    readers = {"reason": _("the coordinators of the network")}
