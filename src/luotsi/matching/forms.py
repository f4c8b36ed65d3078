"""The answer to a proposal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.matching.enums import Answer
from luotsi.web.forms import PlainForm


class AnswerForm(PlainForm):
    answer = forms.ChoiceField(label=_("Your answer"), choices=[(Answer.YES, _("Yes")), (Answer.NO, _("No"))])

    def is_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == Answer.YES)
