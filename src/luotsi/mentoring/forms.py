"""Input of mentoring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.library.queries import tools_by_key
from luotsi.mentoring.enums import EarlyEnding, Ending, How
from luotsi.mentoring.models import LONGEST, SHORTEST
from luotsi.mentoring.services.sessions import Meeting
from luotsi.web.forms import DateField, PlainForm

if TYPE_CHECKING:
    from datetime import date


class ApproveForm(PlainForm):
    has_read = forms.BooleanField(
        label=_("I have read the agreement"),
        error_messages={"required": _("Read the agreement, and tick that you have read it.")},
    )


class ProposalForm(PlainForm):
    rhythm = forms.CharField(
        label=_("How we meet"),
        help_text=_("How often, where, and how you keep in touch between the meetings."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    themes = forms.CharField(
        label=_("Themes"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    not_discussed = forms.CharField(
        label=_("Themes that we leave out"),
        help_text=_("What you do not talk about."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    has_read = forms.BooleanField(
        label=_("I have read the agreement, and approve it with these words"),
        error_messages={"required": _("Read the agreement, and tick that you approve it with these words.")},
    )

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("rhythm", "themes", "not_discussed")}


class SessionForm(PlainForm):
    how = forms.ChoiceField(
        label=_("How was it?"), choices=How.choices, initial=How.AS_AGREED, widget=forms.RadioSelect
    )
    held_on = DateField(label=_("Date"), initial=timezone.localdate, help_text=_("For example 23.3.2026"))
    minutes = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=60,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
        help_text=_("How long you met. Leave it empty if you did not."),
    )
    tool_key = forms.ChoiceField(label=_("Theme of the meeting"), required=False)
    summary = forms.CharField(
        label=_("What do you want to remember?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        ours = {"mentor", "mentee"}  # not what HR or mentors do among themselves
        tools = {key: tool for key, tool in tools_by_key().items() if ours <= set(tool.roles)}
        themes = [(key, tool.name.shown().text) for key, tool in tools.items()]
        self.fields["tool_key"].choices = [("", _("Something else")), *themes]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_held_on(self) -> date:
        held_on: date = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError(_("A meeting is logged when it has been. Choose today or an earlier day."))
        return held_on

    def clean(self) -> None:
        values = self.cleaned_data
        if values.get("how") != How.NOT_HELD and "minutes" in values and not values["minutes"]:
            words = {"shortest": SHORTEST, "longest": LONGEST}
            self.add_error("minutes", _("Say how long you met: from %(shortest)s to %(longest)s minutes.") % words)

    def meeting(self) -> Meeting:
        """What was told, once the form is valid."""
        values = self.cleaned_data
        return Meeting(
            held_on=values["held_on"],
            how=How(values["how"]),
            minutes=values["minutes"] or 0,
            tool_key=values["tool_key"],
            summary=values["summary"],
        )


class ClosingForm(PlainForm):
    ending = forms.ChoiceField(label=_("Why does it end?"), choices=Ending.choices, widget=forms.RadioSelect)


class EndEarlyForm(PlainForm):
    reason = forms.ChoiceField(
        label=_("What fits best?"),
        choices=EarlyEnding.choices,
        widget=forms.RadioSelect,
        help_text=_("It helps the organisers to learn. The other one of your pair does not see it."),
    )
