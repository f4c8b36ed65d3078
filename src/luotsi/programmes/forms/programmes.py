"""What coordinators write and choose about programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luotsi.core.enums import Language
from luotsi.core.texts import TranslatedText
from luotsi.web.forms import DateField, PlainForm

if TYPE_CHECKING:
    from luotsi.people.models import Network
    from luotsi.programmes.formats.values import ModelDescription

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

    def __init__(self, *args: Any, networks: list[Network], models: list[ModelDescription], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.networks = {str(network.ref): network for network in networks}
        if len(models) == 1:
            self.fields["model_key"].initial = models[0].key
        self.fields["network"].choices = [(ref, network.name) for ref, network in self.networks.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["model_key"].choices = [(model.key, str(TranslatedText(model.name))) for model in models]  # type: ignore[attr-defined]  # a ChoiceField
        self.choice_hints = {"model_key": {model.key: str(TranslatedText(model.summary)) for model in models}}  # type: ignore[misc]  # of this very form

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(self.names().values()):
            self.add_error("name_fi", ValidationError(_("Write the name in one language at least."), code="required"))
        return cleaned

    def names(self) -> dict[str, str]:
        return {language: self.cleaned_data.get(f"name_{language}", "") for language in Language.values}

    def chosen_network(self) -> Network:
        return self.networks[self.cleaned_data["network"]]
