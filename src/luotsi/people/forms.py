"""What people type about accounts, organisations and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.core.enums import Language
from luotsi.people.enums import PARTNERSHIP_MOVES, OrganisationKind, PartnershipState, Role
from luotsi.web.forms import DateField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.utils.functional import Promise

    from luotsi.people.models import Network, Organisation, Partnership, Person

NAME = {"autocomplete": "off"}


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str | Promise]]) -> None:
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


class NewPartnershipForm(PlainForm):
    """Two organisations of the network, and how they found each other."""

    provider = forms.ChoiceField(label=_("Education provider"))
    workplace = forms.ChoiceField(label=_("Workplace"))
    on = DateField(label=_("First contact on"), help_text=_("For example 23.3.2026."))
    came_about = forms.CharField(
        label=_("How it came about"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.offered = {str(each.ref): each for each in organisations}
        named = [(ref, each.name) for ref, each in self.offered.items()]
        schools = [(ref, each.name) for ref, each in self.offered.items() if each.kind == OrganisationKind.PROVIDER]
        offer(self, "provider", schools or named)
        offer(self, "workplace", named)

    def sides(self) -> tuple[Organisation, Organisation]:
        """The education provider, and the workplace."""
        return self.offered[self.cleaned_data["provider"]], self.offered[self.cleaned_data["workplace"]]


class PartnershipForm(PlainForm):
    """How it came about, and who speaks for each side."""

    provider_contact = forms.ChoiceField(label=_("Contact at the education provider"), required=False)
    workplace_contact = forms.ChoiceField(label=_("Contact at the workplace"), required=False)
    came_about = forms.CharField(
        label=_("How it came about"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, people: Mapping[str, Iterable[Person]], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        """`people`: who has a role at each side, by the name of the field."""
        super().__init__(*args, **kwargs)
        self.offered = {name: {str(each.ref): each for each in of} for name, of in people.items()}
        for name, of in self.offered.items():
            offer(self, name, [("", _("Nobody yet")), *((ref, str(each)) for ref, each in of.items())])

    def contacts(self) -> dict[str, Person | None]:
        return {name: of.get(self.cleaned_data[name]) for name, of in self.offered.items()}


class StepForm(PlainForm):
    """The next step of a partnership, and its day."""

    to = forms.ChoiceField(label=_("Next step"))
    on = DateField(label=_("Day"), help_text=_("For example 23.3.2026."))

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        moves = PARTNERSHIP_MOVES[PartnershipState(partnership.state)]
        offer(self, "to", [(state.value, state.label) for state in PartnershipState if state in moves])
