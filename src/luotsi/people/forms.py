"""What people type about accounts, organisations and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.core.enums import Language
from luotsi.people.enums import OrganisationKind, Role
from luotsi.web.forms import PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

    from luotsi.people.models import Network

NAME = {"autocomplete": "off"}


def offer(form: forms.Form, name: str, choices: list[tuple[str, str | Promise]]) -> None:
    """Say now what there is to choose from."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class SignInForm(PlainForm):
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class LinkForm(PlainForm):
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class NamesForm(PlainForm):
    given_name = forms.CharField(
        label=_("Given name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    family_name = forms.CharField(
        label=_("Family name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )


class ProfileForm(NamesForm):
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("Messages come to you in this language."), choices=Language.choices
    )


class PasswordForm(PlainForm):
    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. Three or four words that do not belong together are easy to remember."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class InviteForm(PlainForm):
    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs=NAME))
    role = forms.ChoiceField(label=_("Role"), choices=())
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=Language.choices, initial=Language.FI)

    def __init__(self, *args: object, roles: Iterable[Role], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", [(role.value, role.label) for role in roles])


class UnitForm(PlainForm):
    name = forms.CharField(label=_("Name of the unit"), max_length=200, widget=forms.TextInput(attrs=NAME))


class OrganisationForm(PlainForm):
    name = forms.CharField(label=_("Name of the organisation"), max_length=200, widget=forms.TextInput(attrs=NAME))
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    network = forms.ChoiceField(label=_("Network"), required=False, help_text=_("The network that it joins at once."))
    email = forms.EmailField(
        label=_("E-mail of its first administrator"),
        help_text=_("An invitation goes to this address."),
        max_length=254,
        widget=forms.EmailInput(attrs=NAME),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=Language.choices, initial=Language.FI)

    def __init__(self, *args: object, networks: Iterable[Network], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "network", [("", _("No network yet")), *((str(row.ref), row.name) for row in networks)])
