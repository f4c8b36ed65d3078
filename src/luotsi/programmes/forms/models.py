"""What coordinators bring in, choose and write about models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luotsi.core.enums import Language
from luotsi.programmes.formats.document import LARGEST
from luotsi.programmes.formats.fields import LONGEST_KEY
from luotsi.web.forms import PlainForm, UploadField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.people.models import Network

NAME_LENGTH = 120


class NetworkForm(PlainForm):
    """Whose own the model becomes."""

    network = forms.ChoiceField(label=_("Network"), help_text=_("Its coordinators can open programmes with the model."))

    def __init__(self, *args: Any, networks: Sequence[Network], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.networks = {str(network.ref): network for network in networks}
        self.fields["network"].choices = [(ref, network.name) for ref, network in self.networks.items()]  # type: ignore[attr-defined]  # a ChoiceField

    def chosen_network(self) -> Network:
        return self.networks[self.cleaned_data["network"]]


class ModelFileForm(NetworkForm):
    """A file, or its text. What could not be read comes back as text, to be mended here."""

    file = UploadField(
        label=_("File of the model"),
        help_text=_("A YAML file, for example one that you have downloaded here and changed."),
        required=False,
        max_bytes=LARGEST,
        kinds=(".yaml", ".yml"),
    )
    content = forms.CharField(
        label=_("Or its text"),
        help_text=_("Paste the whole file here instead. A file that you choose goes before this."),
        required=False,
        strip=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "file" in cleaned and not cleaned["file"] and not cleaned.get("content", "").strip():
            self.add_error("file", ValidationError(_("Choose a file, or paste its text."), code="required"))
        return cleaned

    def given(self) -> bytes | str:
        """What was brought in. A file is read once."""
        file = self.cleaned_data["file"]
        content: bytes | str = file.read() if file else self.cleaned_data["content"]
        return content


class DeriveForm(NetworkForm):
    """A model of one's own, made for a sector or topic."""

    key = forms.CharField(
        label=_("Key"),
        help_text=_("How files and programmes name the model, for example care-mentoring. It cannot be changed later."),
        max_length=LONGEST_KEY,
    )
    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=NAME_LENGTH, required=False)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=NAME_LENGTH, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=NAME_LENGTH, required=False)
    topic_fi = forms.CharField(label=_("Sector or topic in Finnish"), max_length=NAME_LENGTH, required=False)
    topic_sv = forms.CharField(label=_("Sector or topic in Swedish"), max_length=NAME_LENGTH, required=False)
    topic_en = forms.CharField(label=_("Sector or topic in English"), max_length=NAME_LENGTH, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(self.texts("name").values()):
            self.add_error("name_fi", ValidationError(_("Write the name in one language at least."), code="required"))
        return cleaned

    def texts(self, field: str) -> dict[str, str]:
        return {language: self.cleaned_data.get(f"{field}_{language}", "") for language in Language.values}


class CompareForm(PlainForm):
    """Two versions of models, by their marks."""

    before = forms.ChoiceField(label=_("This"))
    after = forms.ChoiceField(label=_("Compared with this"))

    def __init__(self, *args: Any, models: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        for name in ("before", "after"):
            self.fields[name].choices = models  # type: ignore[attr-defined]  # a ChoiceField


class TakeForm(PlainForm):
    """What a programme takes from another version. The differences themselves are told by the service."""

    chosen = forms.TypedMultipleChoiceField(required=False)

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]  # a ChoiceField
