"""Input about partners: who joins, what they emphasise, who speaks for them, what they aim at, what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from luotsi.core.enums import Language
from luotsi.programmes.enums import OutputKind
from luotsi.programmes.services.goals import GoalDetails
from luotsi.programmes.services.partners import Named, Output
from luotsi.web.forms import DateField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from luotsi.competence.models import Area, Competence
    from luotsi.people.models import Organisation, Person
    from luotsi.programmes.models.partners import Partner
    from luotsi.surveys.models import Conclusion

OUTPUT_ROWS = 4
MOST_WANTED = 10_000
TASK_LENGTH = 1000


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # a field with choices


class AddPartnerForm(PlainForm):
    organisation = forms.ChoiceField(label=_("Organisation"))

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.offered = {str(each.ref): each for each in organisations}
        _offer(self, "organisation", [(ref, each.name) for ref, each in self.offered.items()])

    def chosen(self) -> Organisation:
        return self.offered[self.cleaned_data["organisation"]]


class QuotaForm(PlainForm):
    mentors = forms.IntegerField(label=_("Mentors hoped for"), required=False, min_value=0, max_value=MOST_WANTED)
    mentees = forms.IntegerField(label=_("Mentees hoped for"), required=False, min_value=0, max_value=MOST_WANTED)


class NamedForm(PlainForm):
    """Somebody by e-mail address; names are needed when the address is new here."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    given_name = forms.CharField(
        label=_("Given name"), max_length=100, required=False, help_text=_("Needed if the person is new here.")
    )
    family_name = forms.CharField(label=_("Family name"), max_length=100, required=False)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = (get_language() or "fi")[:2]

    def named(self) -> Named:
        return Named(**{name: self.cleaned_data[name] for name in ("email", "given_name", "family_name", "language")})


class SponsorForm(NamedForm):
    """The sponsor: somebody of the management, or an e-mail address."""

    person = forms.ChoiceField(label=_("Somebody in the management"), required=False)

    field_order = ("person", "email", "given_name", "family_name", "language")

    def __init__(self, *args: Any, managers: Iterable[Person], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.managers = {str(each.ref): each for each in managers}
        _offer(
            self,
            "person",
            [("", gettext("Somebody else, or nobody")), *((ref, str(each)) for ref, each in self.managers.items())],
        )
        self.fields["email"].required = False
        self.fields["email"].help_text = _("If the person is not in the list. Leave both empty to have no sponsor.")

    def chosen(self) -> Person | None:
        return self.managers.get(self.cleaned_data["person"])


class EmphasisForm(PlainForm):
    """Competence areas, a development task with outputs, or both."""

    areas = forms.MultipleChoiceField(label=_("Competence areas"), required=False, widget=forms.CheckboxSelectMultiple)
    task_fi = forms.CharField(
        label=_("Development task in Finnish"),
        max_length=TASK_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    task_sv = forms.CharField(
        label=_("Development task in Swedish"),
        max_length=TASK_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    task_en = forms.CharField(
        label=_("Development task in English"),
        max_length=TASK_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    readers = {"task_fi": _("everybody"), "task_sv": _("everybody"), "task_en": _("everybody")}

    def __init__(self, *args: Any, areas: Iterable[Area], rows: int = OUTPUT_ROWS, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.offered = {str(area.ref): area for area in areas}
        _offer(self, "areas", [(ref, f"{area.name} ({area.framework.name})") for ref, area in self.offered.items()])
        self.rows = [
            OutputForm(self.data or None, prefix=f"output{number}", initial=initial)
            for number, initial in enumerate(_padded(kwargs.get("initial") or {}, rows))
        ]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    def chosen_areas(self) -> list[Area]:
        return [self.offered[ref] for ref in self.cleaned_data["areas"]]

    def task(self) -> dict[str, str]:
        return {language: self.cleaned_data[f"task_{language}"] for language in Language.values}

    def outputs(self) -> list[Output]:
        return [row.output() for row in self.rows if row.cleaned_data["name"]]


class OutputForm(PlainForm):
    """One output of a development task. Without a name the row is empty."""

    name = forms.CharField(label=_("Output"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("What kind"), choices=OutputKind.choices, required=False)
    ready_on = DateField(label=_("Ready by"), required=False)
    link = forms.URLField(label=_("Link to it"), max_length=300, required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("link") or cleaned.get("ready_on")) and not cleaned.get("name"):
            self.add_error("name", ValidationError(_("Name the output, or empty its other fields."), code="required"))
        return cleaned

    def output(self) -> Output:
        told = self.cleaned_data
        kind = OutputKind(told["kind"] or OutputKind.OTHER)
        return Output(kind=kind, name=told["name"], link=told["link"], ready_on=told["ready_on"])


def _padded(initial: dict[str, Any], rows: int) -> list[dict[str, Any]]:
    outputs: list[dict[str, Any]] = initial.get("outputs", [])
    return [*outputs, *({} for _row in range(max(0, rows - len(outputs)) or 1))]


def emphasis_of(partner: Partner) -> dict[str, Any]:
    """What the form of an emphasis is filled with."""
    task = {f"task_{language}": (partner.task or {}).get(language, "") for language in Language.values}
    outputs = [
        {"name": each.name, "kind": each.kind, "ready_on": each.ready_on, "link": each.link}
        for each in partner.outputs.order_by("pk")
    ]
    return {"areas": [str(each.area.ref) for each in partner.areas.select_related("area")], "outputs": outputs, **task}


class GoalForm(PlainForm):
    """A main goal and where it comes from."""

    title = forms.CharField(label=_("What is aimed at"), max_length=200)
    strategy = forms.CharField(
        label=_("The strategy behind it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Which plan or strategy of the organisation it comes from, and why it matters."),
    )
    conclusion = forms.ChoiceField(label=_("From an HR day"), required=False)
    competence = forms.ChoiceField(label=_("About a competence"), required=False)
    readers = {
        "title": _("coordinators, the people of all partners, and participants"),
        "strategy": _("coordinators, the people of all partners, and participants"),
    }

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        conclusions: Iterable[Conclusion],
        competences: Iterable[Competence],
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        super().__init__(*args, **kwargs)
        self.conclusions = {str(each.ref): each for each in conclusions}
        self.competences = {str(each.ref): each for each in competences}
        titles = [(ref, each.title) for ref, each in self.conclusions.items()]
        names = [(ref, str(each.name)) for ref, each in self.competences.items()]
        _offer(self, "conclusion", [("", gettext("Not from an HR day")), *titles])
        _offer(self, "competence", [("", gettext("No single competence")), *names])
        for name, offered in (("conclusion", self.conclusions), ("competence", self.competences)):
            if not offered:
                del self.fields[name]

    def goal(self) -> GoalDetails:
        told = self.cleaned_data
        return GoalDetails(
            title=told["title"],
            strategy=told["strategy"],
            conclusion=self.conclusions.get(told.get("conclusion", "")),
            competence=self.competences.get(told.get("competence", "")),
        )


class FindingForm(PlainForm):
    text = forms.CharField(label=_("What was found"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    change = forms.CharField(
        label=_("What it would change in the model"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: the kick-off is moved to before the call."),
    )
    readers = {
        "text": _("coordinators and the people of all partners"),
        "change": _("coordinators and the people of all partners"),
    }


class DecisionForm(PlainForm):
    """Yes or no to a finding; a no needs grounds."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("yes", _("It goes into the model's next version")),
            ("no", _("The model does not change for it")),
        ],
        widget=forms.RadioSelect,
    )
    grounds = forms.CharField(
        label=_("Grounds"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when the model does not change."),
    )
