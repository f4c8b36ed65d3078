"""What an employer says it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.competence.services.needs import NeedDetails
from luotsi.people.formats.regions import regions_in
from luotsi.web.forms import DateField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.competence.queries.needs import SpokenFor

EVERYBODY = _("everybody in the network")
LONGEST_WORDS, LONGEST_SEARCH, MOST_PEOPLE = 1000, 200, 999
AT_ONCE = {
    "hx-post": reverse_lazy("competence:find_competences"),
    "hx-include": "closest form",
    "hx-target": "#picks",
    "hx-swap": "innerHTML",
}


class NeedForm(PlainForm):
    """`places` are the organisations that the person may speak for; none when the need has its organisation already."""

    whose = forms.ChoiceField(label=_("Whose need it is"))
    words = forms.CharField(
        label=_("What should people be able to do?"),
        help_text=_("In your own words. For example: two people who can plan a shift and guide a new colleague."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "hx-trigger": "change", **AT_ONCE}),
    )
    search = forms.CharField(
        label=_("Look for competences"),
        help_text=_("One word is enough, in any form. Tick below what fits."),
        max_length=LONGEST_SEARCH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "hx-trigger": "input changed delay:300ms", **AT_ONCE}),
    )
    people = forms.IntegerField(
        label=_("How many people?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    needed_from = DateField(label=_("From when?"), help_text=_("For example 1.3.2027."))
    needed_until = DateField(label=_("Until when?"), required=False, help_text=_("Empty: for the time being."))
    region = forms.ChoiceField(label=_("Region"), required=False)
    place = forms.CharField(label=_("Town or place"), max_length=100, required=False)

    def __init__(self, *args: Any, places: Sequence[SpokenFor] = (), **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.places = {place.key: place for place in places}
        self.fields["region"].choices = [("", "–"), *regions_in((get_language() or "fi")[:2]).items()]  # type: ignore[attr-defined]  # a field with choices
        self.fields["needed_from"].initial = timezone.localdate
        if not places:
            del self.fields["whose"]
            return
        several = len({place.network for place in places}) > 1
        self.fields["whose"].choices = [(key, _label(place, several=several)) for key, place in self.places.items()]  # type: ignore[attr-defined]  # a field with choices
        self.fields["whose"].initial = places[0].key
        self.fields["region"].initial = places[0].organisation.region or places[0].network.region
        if len(places) == 1:
            self.fields["whose"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        since, until = typed.get("needed_from"), typed.get("needed_until")
        if since and until and until < since:
            self.add_error("needed_until", ValidationError(_("The need ends before it begins. Check the two dates.")))
        return typed

    @property
    def place_chosen(self) -> SpokenFor:
        return self.places[self.cleaned_data["whose"]]

    def details(self) -> NeedDetails:
        typed = self.cleaned_data
        columns = ("words", "people", "needed_from", "needed_until", "region", "place")
        return NeedDetails(language=(get_language() or "fi")[:2], **{name: typed[name] for name in columns})

    readers = dict.fromkeys(("words", "people", "needed_from", "needed_until", "region", "place"), EVERYBODY)


class RegionForm(PlainForm):
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", _("All regions")), *regions_in((get_language() or "fi")[:2]).items()]  # type: ignore[attr-defined]  # a field with choices


def _label(place: SpokenFor, *, several: bool) -> str:
    return f"{place.organisation} ({place.network})" if several else str(place.organisation)
