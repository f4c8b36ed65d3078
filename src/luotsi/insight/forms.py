"""What readers and coordinators write about figures."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.insight.enums import Indicator
from luotsi.web.forms import DateField, PlainForm


class DayForm(PlainForm):
    on = DateField(label=_("Day"), help_text=_("Figures as they stood at the end of this day, for example 31.12.2026."))


class QuestionForm(PlainForm):
    indicator = forms.ChoiceField(label=_("Figure"), choices=Indicator.choices)
    text = forms.CharField(label=_("Question"), max_length=1000, widget=forms.Textarea)

    readers = {"text": _("readers and coordinators of the network")}


class AnswerForm(PlainForm):
    text = forms.CharField(label=_("Answer"), max_length=2000, widget=forms.Textarea)

    readers = {"text": _("readers and coordinators of the network")}
