"""Input of answers: a form made of the questions themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext as _

from luotsi.core.texts import TranslatedText
from luotsi.surveys.formats.items import HIGHEST, LOWEST, TEXT_LIMIT, Kind
from luotsi.web.forms import PlainForm

if TYPE_CHECKING:
    from luotsi.surveys.formats.items import Item
    from luotsi.surveys.models import Instrument


class AnswerForm(PlainForm):
    """The base of a form of questions; its fields are named by the questions' keys."""

    def answers(self) -> dict[str, object]:
        """What was answered, by the question's key. Questions left empty are not in it."""
        return {key: value for key, value in self.cleaned_data.items() if value not in {None, ""}}


def answer_form(instrument: Instrument) -> type[AnswerForm]:
    """The form that asks what the instrument asks, in the active language."""
    fields = {item.key: _field(item) for item in instrument.questions}
    return cast("type[AnswerForm]", type("QuestionsForm", (AnswerForm,), fields))


def _field(item: Item) -> forms.Field:
    label = str(TranslatedText(item.text))
    if item.kind == Kind.TEXT:
        widget = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(label=label, required=item.is_required, max_length=TEXT_LIMIT, widget=widget)
    if item.kind == Kind.CHOICE:
        choices = [(choice.key, str(TranslatedText(choice.text))) for choice in item.choices]
        return forms.ChoiceField(label=label, required=item.is_required, choices=choices, widget=forms.RadioSelect)
    return forms.TypedChoiceField(
        label=label,
        required=item.is_required,
        choices=[(number, str(number)) for number in range(LOWEST, HIGHEST + 1)],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect(attrs={"class": "row"}),
        help_text=_ends(item),
    )


def _ends(item: Item) -> str:
    """What the ends of the scale mean."""
    low, high = str(TranslatedText(item.low)), str(TranslatedText(item.high))
    if not (low and high):
        return _("%(lowest)s is the least, %(highest)s the most.") % {"lowest": LOWEST, "highest": HIGHEST}
    values = {"lowest": LOWEST, "low": low, "highest": HIGHEST, "high": high}
    return _("%(lowest)s: %(low)s, %(highest)s: %(high)s") % values
