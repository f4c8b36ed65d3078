"""What a coordinator fills in about rounds, and about the days of a programme that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.programmes.forms.set_up import MOST_PEOPLE
from luotsi.programmes.queries.plans import phases_of
from luotsi.programmes.queries.previews import preview_of
from luotsi.programmes.services.rounds import Limits
from luotsi.web.forms import PlainForm

if TYPE_CHECKING:
    from luotsi.programmes.models.plans import Phase
    from luotsi.programmes.models.programmes import Programme
    from luotsi.programmes.queries.previews import ShiftPreview

MOST_DAYS = 730


class LimitsForm(PlainForm):
    """How many may take part in a round."""

    mentors_most = forms.IntegerField(
        label=_("Mentors at most"), min_value=1, max_value=MOST_PEOPLE, required=False,
        help_text=_("Empty: as many as are accepted."),
    )  # fmt: skip
    mentees_most = forms.IntegerField(
        label=_("Mentees at most"), min_value=1, max_value=MOST_PEOPLE, required=False,
        help_text=_("Empty: as many as are accepted."),
    )  # fmt: skip

    def limits(self) -> Limits:
        return Limits(**self.cleaned_data)


class ShiftForm(PlainForm):
    """From which phase on, and by how many days."""

    phase = forms.ChoiceField(label=_("From which phase on"), widget=forms.RadioSelect)
    days = forms.IntegerField(
        label=_("By how many days"), min_value=-MOST_DAYS, max_value=MOST_DAYS,
        help_text=_("7 is a week later, -7 a week earlier."),
    )  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.preview: ShiftPreview | None = None
        self.phases = {phase.key: phase for phase in phases_of(programme)}
        self.fields["phase"].choices = [(key, str(phase.name)) for key, phase in self.phases.items()]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "phase" in cleaned and "days" in cleaned:
            try:
                self.preview = preview_of(self.programme, self.chosen(), cleaned["days"])
            except ValueError:
                self.add_error("days", _("Nothing would be left of the phase before it. Move it by fewer days."))
        return cleaned

    def chosen(self) -> Phase:
        return self.phases[self.cleaned_data["phase"]]
