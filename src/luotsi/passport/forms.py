"""What people write about marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.passport.enums import Theme
from luotsi.web.forms import PlainForm, UploadField

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.functional import Promise

    from luotsi.competence.models import Competence
    from luotsi.passport.models import MarkCriterion
    from luotsi.people.models import Network, Organisation

LARGEST_CREDENTIAL = 1024 * 1024


def offer(form: forms.Form, name: str, choices: list[tuple[str, str | Promise]]) -> None:
    """Say now what there is to choose from."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class EvidenceForm(PlainForm):
    text = forms.CharField(
        label=_("What did you do and learn?"),
        help_text=_("An example or two: what happened, what you did, what came of it."),
        max_length=5000,
        widget=forms.Textarea,
    )

    readers = {"text": _("you and the assessors")}


class MarkForm(PlainForm):
    network = forms.ChoiceField(label=_("Network"), choices=())
    issuer = forms.ChoiceField(label=_("Issuer"), choices=(), required=False)
    key = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=_("Short name"),
        help_text=_("Small letters, digits and hyphens, for example guiding-at-work."),
        error_messages={"invalid": _("Write the short name with small letters, digits and hyphens alone.")},
        max_length=60,
    )
    name = forms.CharField(label=_("Name of the mark"), max_length=200)
    description = forms.CharField(label=_("What it proves"), max_length=1000, widget=forms.Textarea)
    evidence_asked = forms.CharField(label=_("Evidence asked for"), max_length=1000, widget=forms.Textarea)
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices)
    competences = forms.MultipleChoiceField(
        label=_("Competences"),
        help_text=_("The criteria of those that you choose become the criteria of the mark."),
        widget=forms.CheckboxSelectMultiple,
        choices=(),
    )

    def __init__(
        self,
        *args: object,
        networks: Sequence[Network],
        issuers: Iterable[Organisation],
        competences: Iterable[Competence],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.networks = {str(network.ref): network for network in networks}
        self.issuers = {str(issuer.ref): issuer for issuer in issuers}
        self.offered = {str(competence.ref): competence for competence in competences}
        offer(self, "network", [(ref, network.name) for ref, network in self.networks.items()])
        issued = [(ref, issuer.name) for ref, issuer in self.issuers.items()]
        offer(self, "issuer", [("", _("The network itself")), *issued])
        offer(self, "competences", [(ref, str(row.name)) for ref, row in self.offered.items()])

    def chosen(self) -> list[Competence]:
        return [self.offered[ref] for ref in self.cleaned_data["competences"]]


class DecisionForm(PlainForm):
    """One tick for each criterion, and the reasons."""

    met = forms.MultipleChoiceField(
        label=_("Criteria that the evidence shows"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("If you return the claim, write what is missing and how to show it."),
        required=False,
        max_length=5000,
        widget=forms.Textarea,
    )

    readers = {"reasons": _("the participant")}

    def __init__(self, *args: object, criteria: Sequence[MarkCriterion], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = {str(criterion.ref): criterion for criterion in criteria}
        offer(self, "met", [(ref, str(criterion.text)) for ref, criterion in self.criteria.items()])


class VerifyForm(PlainForm):
    file = UploadField(
        label=_("File of a mark"),
        help_text=_("JSON, as the holder downloaded it. At most 1 MB. It is not kept."),
        required=False,
        max_bytes=LARGEST_CREDENTIAL,
    )
    pasted = forms.CharField(
        label=_("Or paste its content"), required=False, max_length=LARGEST_CREDENTIAL, widget=forms.Textarea
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("pasted"):
            self.add_error("file", _("Choose the file of a mark, or paste its content below."))
        return cleaned
