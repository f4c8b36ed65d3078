"""What people type about their messages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.comms.enums import Group


class PreferencesForm(forms.Form):
    by_email = forms.MultipleChoiceField(
        label=_("These messages also come by e-mail"),
        help_text=_("Every message waits for you here. What you asked for yourself, such as a link, always comes."),
        choices=Group.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
