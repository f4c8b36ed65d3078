"""Input of own questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.surveys.queries.instruments import networks_to_keep_in
from luotsi.web.forms import PlainForm, UploadField

if TYPE_CHECKING:
    from luotsi.people.models import Network, Person

MOST_BYTES = 5 * 1024 * 1024


class NetworkForm(PlainForm):
    """Whose own the questions become."""

    network = forms.ChoiceField(
        label=_("Network"), help_text=_("Everybody who runs surveys in it can use the questions.")
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.networks = {str(network.ref): network for network in networks_to_keep_in(person)}
        self.fields["network"].choices = [(ref, network.name) for ref, network in self.networks.items()]  # type: ignore[attr-defined]  # a ChoiceField

    def chosen(self) -> Network:
        return self.networks[self.cleaned_data["network"]]


class SheetForm(NetworkForm):
    file = UploadField(
        label=_("File with the questions"),
        help_text=_("An Excel workbook (.xlsx) or CSV. Nothing is kept before you have seen how it looks."),
        max_bytes=MOST_BYTES,
    )


class KeepForm(NetworkForm):
    described = forms.CharField(widget=forms.HiddenInput)
