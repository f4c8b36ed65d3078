"""Input of HR days: the day, the results, notes, goals, carriers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luotsi.core.texts import TranslatedText
from luotsi.surveys.enums import ShareLevel
from luotsi.surveys.services.conclusions import LONGEST_TITLE, LONGEST_WHY, Goal
from luotsi.web.environment import day
from luotsi.web.forms import DateField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from luotsi.people.models import Organisation, Person
    from luotsi.surveys.models import Conclusion, Wave, WorkshopPart


class DayForm(PlainForm):
    """The name and the day."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("For example: HR day in spring."))
    held_on = DateField(label=_("Day"), help_text=_("For example 12.1.2027."))


class PlanForm(DayForm):
    """A new HR day, with the organisations that are invited."""

    organisations = forms.MultipleChoiceField(
        label=_("Organisations"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their human resources and management get a letter. You can invite more later."),
    )

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.offered = {str(organisation.ref): organisation for organisation in organisations}
        self.fields["organisations"].choices = [(ref, each.name) for ref, each in self.offered.items()]  # type: ignore[attr-defined]  # a field with choices

    def chosen(self) -> list[Organisation]:
        return [self.offered[ref] for ref in self.cleaned_data["organisations"]]


class InviteForm(PlainForm):
    organisation = forms.ChoiceField(label=_("Organisation"))

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.offered = {str(organisation.ref): organisation for organisation in organisations}
        self.fields["organisation"].choices = [(ref, each.name) for ref, each in self.offered.items()]  # type: ignore[attr-defined]  # a field with choices

    def chosen(self) -> Organisation:
        return self.offered[self.cleaned_data["organisation"]]


class ResultsForm(PlainForm):
    """Which results are looked at, and what of them the others see."""

    wave = forms.ChoiceField(label=_("Results that you look at"), required=False)
    shares = forms.ChoiceField(
        label=_("What the other organisations see of them"), choices=ShareLevel.choices, widget=forms.RadioSelect
    )

    choice_hints = {
        "shares": {
            ShareLevel.NOTHING: _("Only your own organisation sees your results."),
            ShareLevel.WHOLE: _("The name of the survey, how many answered, and one mean for each dimension."),
            ShareLevel.UNITS: _("Also the means of those units that enough people answered in."),
        }
    }

    def __init__(self, *args: Any, waves: Sequence[Wave], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.offered = {str(wave.ref): wave for wave in waves}
        named = [(ref, _name_of(wave)) for ref, wave in self.offered.items()]
        self.fields["wave"].choices = [("", gettext("Not chosen yet")), *named]  # type: ignore[attr-defined]  # a field with choices

    def chosen(self) -> tuple[Wave | None, ShareLevel]:
        return self.offered.get(self.cleaned_data["wave"]), ShareLevel(self.cleaned_data["shares"])


class NoteForm(PlainForm):
    text = forms.CharField(label=_("Note"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    dimension = forms.ChoiceField(label=_("What it is about"), required=False)
    is_shared = forms.BooleanField(label=_("The other organisations may read this"), required=False)

    def __init__(self, *args: Any, part: WorkshopPart, ask: str, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = ask
        told = gettext("human resources and management of %(organisation)s; the others, if you let them")
        self.readers = {"text": told % {"organisation": part.organisation}}  # type: ignore[misc]  # of this form alone
        _offer_dimensions(self, part)


class GoalForm(PlainForm):
    title = forms.CharField(
        label=_("Goal"), max_length=LONGEST_TITLE, help_text=_("In one sentence: what people do when it is reached.")
    )
    why = forms.CharField(label=_("Why it matters"), max_length=LONGEST_WHY, widget=forms.Textarea(attrs={"rows": 3}))
    dimension = forms.ChoiceField(label=_("What it is about"), required=False)
    measure = forms.CharField(
        label=_("How it will be seen"),
        max_length=200,
        required=False,
        help_text=_("For example: the mean of this dimension is above 4 in the next survey."),
    )
    by_when = DateField(label=_("By when"), required=False, help_text=_("For example 31.12.2027."))

    def __init__(self, *args: Any, part: WorkshopPart, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        told = gettext(
            "human resources and management of %(organisation)s; when the day is finished, also who carries it and the "
            "coordinators"
        )
        self.readers = {"title": told % {"organisation": part.organisation}}  # type: ignore[misc]  # of this form alone
        _offer_dimensions(self, part)

    def goal(self) -> Goal:
        return Goal(**self.cleaned_data)


class CarrierForm(PlainForm):
    carrier = forms.ChoiceField(label=_("Person"), required=False)
    carried_by = forms.CharField(
        label=_("Role or group"),
        max_length=200,
        required=False,
        help_text=_("If it is no single person, for example: supervisors of the reception."),
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.offered = {str(person.ref): person for person in people}
        named = [(ref, str(person)) for ref, person in self.offered.items()]
        self.fields["carrier"].choices = [("", pgettext_lazy("carrier", "No single person")), *named]  # type: ignore[attr-defined]  # a field with choices

    def chosen(self) -> Person | None:
        return self.offered.get(self.cleaned_data["carrier"])


def initial_of(goal: Conclusion) -> dict[str, object]:
    """What the form of a goal is filled with."""
    return {name: getattr(goal, name) for name in ("title", "why", "dimension", "measure", "by_when")}


def _offer_dimensions(form: PlainForm, part: WorkshopPart) -> None:
    """The dimensions of the results that the organisation looks at; without results the field goes."""
    if part.wave is None or not part.wave.instrument.questions.dimensions:
        form.fields["dimension"] = forms.CharField(required=False, widget=forms.HiddenInput)
        return
    found = [(each.key, str(TranslatedText(each.name))) for each in part.wave.instrument.questions.dimensions]
    form.fields["dimension"].choices = [("", gettext("Nothing in particular")), *found]  # type: ignore[attr-defined]  # a field with choices


def _name_of(wave: Wave) -> str:
    return gettext("%(name)s, closed %(day)s") % {
        "name": wave.name or str(wave.instrument),
        "day": day(wave.closed_at) if wave.closed_at else "",
    }
