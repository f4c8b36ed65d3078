"""What coordinators write and choose about programmes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core.enums import Language
from luotsi.programmes.formats.calendar import working_day_from
from luotsi.web.forms import DateField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from luotsi.people.models import Network
    from luotsi.programmes.queries.set_up import OfferedModel

NAME_LENGTH = 120


class ProgrammeForm(PlainForm):
    """A new programme from a model. Only what differs here is asked; the rest comes from the model."""

    network = forms.ChoiceField(label=_("Network"))
    model_key = forms.ChoiceField(label=_("Model"), widget=forms.RadioSelect)
    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=NAME_LENGTH, required=False)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=NAME_LENGTH, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=NAME_LENGTH, required=False)
    starts_on = DateField(
        label=_("First day"), help_text=_("For example 23.3.2026. The last day follows from the model.")
    )

    def __init__(
        self, *args: Any, networks: Sequence[Network], models: Sequence[OfferedModel], **kwargs: Any  # noqa: ANN401 -- Django's own
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.networks = {str(network.ref): network for network in networks}
        self.models = {model.key: model for model in models}
        if len(networks) == 1:  # nothing to choose
            self.fields["network"].widget = forms.HiddenInput()
            self.fields["network"].initial = str(networks[0].ref)
        if len(models) == 1:
            self.fields["model_key"].initial = models[0].key
        self.fields["starts_on"].initial = usual_first_day(timezone.localdate())
        self.fields["network"].choices = [(ref, network.name) for ref, network in self.networks.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["model_key"].choices = [(key, str(model.name)) for key, model in self.models.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.choice_hints = {"model_key": {key: str(model.summary) for key, model in self.models.items()}}  # type: ignore[misc]  # of this very form

    def names(self) -> dict[str, str]:
        """As typed; when nothing was, what the model is called, and the year."""
        typed = {language: self.cleaned_data.get(f"name_{language}", "").strip() for language in Language.values}
        if any(typed.values()):
            return typed
        year = self.cleaned_data["starts_on"].year
        model = self.models[self.cleaned_data["model_key"]]
        return {language: f"{name} {year}" for language, name in model.name.items()}

    def chosen_network(self) -> Network:
        return self.networks[self.cleaned_data["network"]]


def usual_first_day(today: date) -> date:
    """The Monday two weeks after the next one, or the first working day from there on."""
    monday = today + timedelta(days=7 - today.weekday())
    return working_day_from(monday + timedelta(weeks=2))
