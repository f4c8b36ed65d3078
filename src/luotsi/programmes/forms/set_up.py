"""What a coordinator fills in on the way from a model to a public call: model, scope, days, plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from luotsi.core.enums import Language
from luotsi.core.texts import TranslatedText
from luotsi.people.formats.regions import regions_in
from luotsi.programmes.enums import ActivityState
from luotsi.programmes.forms.programmes import NAME_LENGTH
from luotsi.programmes.queries.plans import day_of
from luotsi.programmes.services.dates import ActivityChoice, Dates
from luotsi.programmes.services.set_up import Scope
from luotsi.web.environment import clock
from luotsi.web.forms import DateField, PlainForm, texts_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from django.forms.boundfield import BoundField

    from luotsi.people.models import Organisation
    from luotsi.programmes.models.plans import Activity, Phase
    from luotsi.programmes.models.programmes import Programme
    from luotsi.programmes.queries.set_up import OfferedModel

MOST_PEOPLE = 100_000


def add_field(form: forms.Form, name: str, field: forms.Field) -> None:
    """A field that only this very form has, with our error texts."""
    field.error_messages |= texts_for(field, str(field.label))
    form.fields[name] = field


class ModelForm(PlainForm):
    """Which model a draft starts from."""

    model_key = forms.ChoiceField(label=_("Model"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, models: Sequence[OfferedModel], chosen: str = "", **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.fields["model_key"].initial = chosen
        self.fields["model_key"].choices = [(model.key, str(model.name)) for model in models]  # type: ignore[attr-defined]  # a ChoiceField
        self.choice_hints = {"model_key": {model.key: str(model.summary) for model in models}}  # type: ignore[misc]  # of this very form


class ScopeForm(PlainForm):
    """Name, how many, who carries it; and, for whom it differs, for whom it is and which project pays."""

    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=NAME_LENGTH, required=False)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=NAME_LENGTH, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=NAME_LENGTH, required=False)
    mentors_most = forms.IntegerField(label=_("Mentors at most"), min_value=1, max_value=MOST_PEOPLE, required=False)
    mentees_most = forms.IntegerField(label=_("Mentees at most"), min_value=1, max_value=MOST_PEOPLE, required=False)
    partners = forms.MultipleChoiceField(
        label=_("Partners"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("The organisations of the network that carry the programme together."),
    )  # fmt: skip
    host = forms.ChoiceField(label=_("Host"), required=False, help_text=_("The partner that answers for the whole."))
    for_whom_fi = forms.CharField(
        label=_("For whom, in Finnish"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Instead of the model's own words."),
    )  # fmt: skip
    for_whom_sv = forms.CharField(
        label=_("For whom, in Swedish"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    for_whom_en = forms.CharField(
        label=_("For whom, in English"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of the call"), required=False, choices=Language.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("The programme needs a name in each of them. None ticked: all."),
    )  # fmt: skip
    regions = forms.MultipleChoiceField(
        label=_("Regions"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None ticked: all.")
    )
    project_code = forms.CharField(label=_("Code of the funded project"), max_length=40, required=False)
    project_link = forms.URLField(
        label=_("Address of the funder's service"), max_length=300, required=False, assume_scheme="https"
    )

    usual = ("name_fi", "name_sv", "name_en", "mentors_most", "mentees_most", "partners", "host")
    narrowing = ("for_whom_fi", "for_whom_sv", "for_whom_en", "languages", "regions")
    project = ("project_code", "project_link")

    def __init__(
        self, *args: Any, programme: Programme, organisations: Sequence[Organisation], **kwargs: Any  # noqa: ANN401 -- Django's own
    ) -> None:  # fmt: skip
        super().__init__(*args, initial=_initial(programme), **kwargs)
        self.organisations = {str(organisation.ref): organisation for organisation in organisations}
        named = [(ref, organisation.name) for ref, organisation in self.organisations.items()]
        self.fields["partners"].choices = named  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["host"].choices = [("", _("The first of them")), *named]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["regions"].choices = list(regions_in((get_language() or "fi")[:2]).items())  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(self._texts("name").values()):
            self.add_error("name_fi", ValidationError(_("Write the name in one language at least."), code="required"))
        return cleaned

    def group(self, names: Sequence[str]) -> list[BoundField]:
        return [self[name] for name in names]

    def is_used(self, names: Sequence[str]) -> bool:
        """Whether something stands in these fields, or is wrong with them."""
        return any(self[name].value() or self[name].errors for name in names)

    def scope(self) -> Scope:
        cleaned = self.cleaned_data
        return Scope(
            name=self._texts("name"),
            for_whom=self._texts("for_whom"),
            regions=tuple(cleaned["regions"]),
            languages=tuple(cleaned["languages"]),
            mentors_most=cleaned["mentors_most"],
            mentees_most=cleaned["mentees_most"],
            project_code=cleaned["project_code"],
            project_link=cleaned["project_link"],
            partners=tuple(self.organisations[ref] for ref in cleaned["partners"]),
            host=self.organisations.get(cleaned["host"]),
        )

    def _texts(self, name: str) -> dict[str, str]:
        return {language: self.cleaned_data.get(f"{name}_{language}", "") for language in Language.values}


def _initial(programme: Programme) -> dict[str, Any]:
    """What the fields of the scope show of a programme."""
    partners = list(programme.partners.filter(left_on=None).select_related("organisation"))
    host = next((str(partner.organisation.ref) for partner in partners if partner.is_host), "")
    texts = {f"name_{language}": programme.name.get(language, "") for language in Language.values}
    for_whom = programme.for_whom or TranslatedText()
    texts |= {f"for_whom_{language}": for_whom.get(language, "") for language in Language.values}
    columns = ("mentors_most", "mentees_most", "regions", "languages", "project_code", "project_link")
    return {
        **texts,
        **{name: getattr(programme, name) for name in columns},
        "partners": [str(partner.organisation.ref) for partner in partners],
        "host": host,
    }


class DatesForm(PlainForm):
    """The first day of each phase, whether July is left out, and the last day of the call."""

    skips_july = forms.BooleanField(
        label=_("Leave the weeks of July out"), required=False, help_text=_("Nothing of the plan falls on them.")
    )
    apply_until = DateField(
        label=_("Last day to apply"), required=False, help_text=_("Empty: as long as the programme recruits.")
    )

    def __init__(self, *args: Any, programme: Programme, phases: Sequence[Phase], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        self.phases = phases
        super().__init__(
            *args, initial={"skips_july": programme.skips_july, "apply_until": programme.apply_until}, **kwargs
        )
        last = {name: self.fields.pop(name) for name in ("skips_july", "apply_until")}
        for phase in phases:
            label = _("First day: %(phase)s") % {"phase": phase.name}
            add_field(self, self.name_of(phase), DateField(label=label, initial=phase.starts_on))
        self.fields |= last

    @staticmethod
    def name_of(phase: Phase) -> str:
        return f"phase_{phase.key}"

    def rows(self) -> Iterator[tuple[Phase, BoundField]]:
        return ((phase, self[self.name_of(phase)]) for phase in self.phases)

    def dates(self) -> Dates:
        """Only the phases that were moved are told: the others follow."""
        days = {phase.key: self.cleaned_data[self.name_of(phase)] for phase in self.phases}
        return Dates(
            starts={phase.key: days[phase.key] for phase in self.phases if days[phase.key] != phase.starts_on},
            skips_july=self.cleaned_data["skips_july"],
            apply_until=self.cleaned_data["apply_until"],
        )


class PlanForm(PlainForm):
    """Each activity of the plan: whether it is held, and on which day."""

    def __init__(self, *args: Any, activities: Sequence[Activity], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.activities = activities
        for activity in activities:
            words = _("Last day: %(activity)s") if activity.due_on else _("Day: %(activity)s")
            label, is_on = words % {"activity": activity.name}, activity.state != ActivityState.CANCELLED
            on = forms.BooleanField(label=str(activity.name), required=False, initial=is_on)
            add_field(self, f"on_{activity.ref.hex}", on)
            day = DateField(label=label, required=False, initial=day_of(activity), help_text=_time_of(activity))
            add_field(self, f"day_{activity.ref.hex}", day)

    def rows(self) -> Iterator[tuple[Activity, BoundField, BoundField]]:
        return (
            (activity, self[f"on_{activity.ref.hex}"], self[f"day_{activity.ref.hex}"]) for activity in self.activities
        )

    def has_errors_in(self, phase: Phase) -> bool:
        return any(day.errors for activity, _on, day in self.rows() if activity.phase_id == phase.pk)

    def choices(self) -> Mapping[UUID, ActivityChoice]:
        return {
            activity.ref: ActivityChoice(
                is_on=self.cleaned_data[f"on_{activity.ref.hex}"], day=self.cleaned_data[f"day_{activity.ref.hex}"]
            )
            for activity in self.activities
        }


def _time_of(activity: Activity) -> str:
    """When in the day it is, and how long it takes; nothing for what has a last day."""
    if activity.starts_local is None:
        return ""
    told = {"time": clock(activity.starts_local.replace(tzinfo=None)), "minutes": activity.minutes}
    return gettext("At %(time)s, %(minutes)s minutes.") % told if activity.minutes else gettext("At %(time)s.") % told
