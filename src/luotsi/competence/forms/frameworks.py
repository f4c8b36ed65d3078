"""What a coordinator hands in, or asks to be fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.competence.enums import SourceKind
from luotsi.competence.services.readers import READERS, guessed_kind
from luotsi.web.forms import MEGABYTE, PlainForm, UploadField

if TYPE_CHECKING:
    from luotsi.people.models import Network

MOST_BYTES = 20 * MEGABYTE
OF_A_NETWORK = frozenset({SourceKind.SPREADSHEET, SourceKind.OWN})  # the others belong to everybody


class FrameworkForm(PlainForm):
    file = UploadField(
        label=_("File"),
        help_text=_(
            "A qualification, a unit, badges or a general scale of ePerusteet as JSON, or another framework. "
            "At most 20 MB."
        ),
        max_bytes=MOST_BYTES,
    )
    kind = forms.ChoiceField(
        label=_("What the file is"),
        required=False,
        choices=[("", _("find out from the file")), *((kind.value, kind.label) for kind in READERS)],
    )
    network = forms.ChoiceField(
        label=_("Network"),
        required=False,
        help_text=_("A framework of your own belongs to one network. National ones belong to everybody."),
    )

    def __init__(self, *args: Any, networks: list[Network], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self._networks = {str(network.ref): network for network in networks}
        self.fields["network"].choices = [(ref, network.name) for ref, network in self._networks.items()]  # type: ignore[attr-defined]  # a ChoiceField
        if len(networks) <= 1:
            del self.fields["network"]

    def handed_in(self) -> dict[str, Any]:
        """What staging takes: the content, its name and kind, and whose it will be."""
        file = self.cleaned_data["file"]
        content = file.read()
        chosen = self.cleaned_data["kind"]
        kind = SourceKind(chosen) if chosen else guessed_kind(content, file.name)
        named = self._networks.get(self.cleaned_data.get("network", ""))
        network = named or next(iter(self._networks.values()), None)
        return {
            "content": content, "name": file.name, "kind": kind,
            "network": network if kind in OF_A_NETWORK else None,
        }  # fmt: skip


class FetchForm(PlainForm):
    number = forms.CharField(
        label=_("Number or address"),
        help_text=_("For example 7614470, tutkinnonosat_106879, or the address of its page in ePerusteet."),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
