"""What people look for in the directory, and what they write around programmes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.core.enums import Language
from luotsi.core.texts import TranslatedText
from luotsi.people.formats.regions import regions_in
from luotsi.programmes.enums import PartRole
from luotsi.programmes.queries.directory import CallState, Wanted
from luotsi.programmes.services.enquiries import MOST_INVITED, Asking
from luotsi.web.forms import DateField, PlainForm

if TYPE_CHECKING:
    from luotsi.people.models import Network
    from luotsi.programmes.formats.values import ModelDescription

BETWEEN_ADDRESSES = re.compile(r"[\s,;]+")


def here() -> str:
    """The language of now: fi, sv or en."""
    return (get_language() or "fi")[:2]


class DirectoryForm(PlainForm):
    """What to show of the programmes. Sent by GET, so that the address can be kept and followed as a feed."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    language = forms.ChoiceField(label=_("Language of the programme"), required=False)
    role = forms.ChoiceField(label=_("I would like to be"), required=False)
    state = forms.ChoiceField(label=_("Applications"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        choices = {
            "region": [("", _("all regions")), *regions_in(here()).items()],
            "language": [("", _("any language")), *Language.choices],
            "role": [("", _("mentor or mentee")), (PartRole.MENTEE, _("a mentee")), (PartRole.MENTOR, _("a mentor"))],
            "state": [
                ("", _("all programmes")),
                (CallState.OPEN, _("taken now")),
                (CallState.COMING, _("taken later")),
            ],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a ChoiceField

    def chosen(self, name: str) -> str:
        """What was chosen; nothing when it was not one of the offered."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))

    def wanted(self) -> Wanted:
        return Wanted(**{name: self.chosen(name) for name in self.fields})


class NewsForm(PlainForm):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    region = forms.ChoiceField(label=_("Region"), required=False)
    website = forms.CharField(required=False, widget=forms.HiddenInput)  # people leave it empty; programs fill it

    readers = {"email": _("Nobody. It is used for this news only, and forgotten when you stop it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("all regions")), *regions_in(here()).items()]  # type: ignore[attr-defined]  # a ChoiceField


class EnquiryForm(PlainForm):
    """An organisation wants a programme of its own, or to join one."""

    network = forms.ChoiceField(label=_("Whom do you ask?"), help_text=_("A network runs programmes in its region."))
    organisation_name = forms.CharField(label=_("Your organisation"), max_length=200)
    contact_name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    model_key = forms.ChoiceField(label=_("What kind of programme?"), required=False)
    text = forms.CharField(
        label=_("What would you like?"),
        help_text=_("For whom, when, and what should be different afterwards. A few sentences will do."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)  # people leave it empty; programs fill it

    readers = {
        "contact_name": _("The coordinators of the network that you ask"),
        "email": _("The coordinators of the network that you ask"),
        "text": _("The coordinators of the network that you ask"),
    }

    def __init__(self, *args: Any, networks: list[Network], models: list[ModelDescription], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.networks = {str(network.ref): network for network in networks}
        if len(networks) == 1:
            self.fields["network"].initial = str(networks[0].ref)
        self.fields["network"].choices = [(ref, network.name) for ref, network in self.networks.items()]  # type: ignore[attr-defined]  # a ChoiceField
        offered = [(model.key, str(TranslatedText(model.name))) for model in models]
        self.fields["model_key"].choices = [("", _("I cannot say yet")), *offered]  # type: ignore[attr-defined]  # a ChoiceField

    def asking(self) -> Asking:
        names = ("organisation_name", "contact_name", "email", "model_key", "text")
        return Asking(language=here(), **{name: self.cleaned_data[name] for name in names})

    def chosen_network(self) -> Network:
        return self.networks[self.cleaned_data["network"]]


class AnswerForm(PlainForm):
    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("It goes out by e-mail with your name below it."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class InvitationsForm(PlainForm):
    """Addresses, one after the other. What is no address is named; nothing goes out before all are right."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("One on a line, or divided by commas."),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)

    readers = {"addresses": _("Nobody. They are used once and not kept here.")}

    def clean_addresses(self) -> list[str]:
        found = [part for part in BETWEEN_ADDRESSES.split(self.cleaned_data["addresses"]) if part]
        if len(found) > MOST_INVITED:
            raise ValidationError(
                _("Invite %(most)s people at a time at most. There are %(count)s addresses now.")
                % {"most": MOST_INVITED, "count": len(found)},
                code="too_many",
            )
        if wrong := [address for address in found if not _is_address(address)]:
            raise ValidationError(
                _("Write these in full, for example name@example.org: %(wrong)s") % {"wrong": ", ".join(wrong[:10])},
                code="invalid",
            )
        return found


class RestForm(PlainForm):
    until = DateField(label=_("Do not ask me before"), help_text=_("For example 1.9.2027."))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
