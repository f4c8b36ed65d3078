"""What coordinators write and choose about applications."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.programmes.enums import ApplicationState, PartRole
from luotsi.web.forms import PlainForm

NAME_LENGTH = 120


class FilterForm(PlainForm):
    """What to show of the applications. Sent by GET, so that the address can be kept."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH, required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            *(choice for choice in ApplicationState.choices if choice[0] != ApplicationState.DRAFT),
        ],
    )
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("all")), *PartRole.choices])

    def chosen(self, name: str) -> str:
        """What was chosen; nothing when it was not one of the offered."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


class DecisionForm(PlainForm):
    state = forms.ChoiceField(
        choices=[
            (ApplicationState.ACCEPTED, _("Accept")),
            (ApplicationState.WAITLISTED, _("Put on the waiting list")),
            (ApplicationState.DECLINED, _("Do not accept")),
        ]
    )
