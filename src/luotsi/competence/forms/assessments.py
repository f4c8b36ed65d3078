"""What somebody fills in about competences: a page of a sheet, a plan, whom to ask, to whom to show the growth."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luotsi.competence.enums import Moment
from luotsi.competence.formats.entries import (
    CANNOT_SAY,
    LONGEST_LINKS,
    LONGEST_WORDS,
    Entry,
    LinkFault,
    LinksError,
    read_links,
)
from luotsi.competence.queries import plans, shares
from luotsi.competence.services.plans import Request, Round
from luotsi.competence.services.shares import Wish
from luotsi.web.forms import DateField, PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from django.forms.boundfield import BoundField

    from luotsi.competence.models import Area, AssessmentPlan, Competence
    from luotsi.competence.queries.assessments import Asked
    from luotsi.competence.queries.plans import Candidate
    from luotsi.people.models import Circle, Person

DAYS_TO_ANSWER = 14
LINK_FAULTS = {
    LinkFault.TOO_MANY: _("Write five links at most about “%(competence)s”."),
    LinkFault.NOT_AN_ADDRESS: _(
        "Write each link of “%(competence)s” in full, for example https://example.org. "
        "This one cannot be read: %(line)s"
    ),
    LinkFault.TOO_LONG: _("This link of “%(competence)s” is too long: %(line)s"),
}
LONGEST_LINE = 80  # of a line that is told back


class AskedFields:
    """The fields of one competence on a page, ready to be drawn."""

    def __init__(self, form: SheetForm, asked: Asked) -> None:
        self.asked = asked
        self._form = form

    def _bound(self, name: str) -> BoundField:
        return self._form[f"{name}-{self.asked.competence.ref.hex}"]

    @property
    def level(self) -> BoundField:
        return self._bound("level")

    @property
    def then(self) -> BoundField | None:
        return self._bound("then") if self._form.asks_then else None

    @property
    def words(self) -> BoundField:
        return self._bound("words")

    @property
    def links(self) -> BoundField:
        return self._bound("links")

    @property
    def has_more(self) -> bool:
        """Whether words or links are there already, or are to be mended."""
        bound = (self.words, self.links)
        return any(each.value() or each.errors for each in bound)


class LevelField(forms.ChoiceField):
    """Drawn without “optional”, which would stand on every line of a sheet; what is left empty is left out."""

    def validate(self, value: Any) -> None:  # noqa: ANN401 -- Django's signature
        if value not in self.empty_values:
            super().validate(value)


class SheetForm(PlainForm):
    """One page of a sheet: for each competence a level, words and links if wanted, and where the start was."""

    def __init__(self, data: Any, *, asked: Sequence[Asked], asks_then: bool) -> None:  # noqa: ANN401 -- Django's own
        self.asked = asked
        self.asks_then = asks_then
        self._typed: dict[UUID, Entry] = {}
        self.base_fields = {  # type: ignore[misc]  # what each instance begins with; Django copies it
            f"{name}-{each.competence.ref.hex}": made
            for each in asked
            for name, made in _fields_of(each, asks_then=asks_then).items()
        }
        super().__init__(data)

    def rows(self) -> list[AskedFields]:
        return [AskedFields(self, each) for each in self.asked]

    def clean(self) -> dict[str, Any]:
        for each in self.asked:
            entry = self._typed[each.competence.ref] = self._entry_of(each)
            if entry.lacks_level:
                name = {"competence": each.competence.name}
                self.add_error(
                    f"level-{each.competence.ref.hex}",
                    gettext("You wrote about “%(competence)s”: choose a level too, or remove what you wrote.") % name,
                )
            self._check_links(each, entry)
        return self.cleaned_data

    def entries(self) -> dict[UUID, Entry]:
        """What was filled in, by competence, also where it has to be mended yet: a draft keeps it."""
        return dict(self._typed)

    def _entry_of(self, asked: Asked) -> Entry:
        names = ("level", "then", "words", "links")
        return Entry(**{name: self.cleaned_data.get(f"{name}-{asked.competence.ref.hex}") or "" for name in names})

    def _check_links(self, asked: Asked, entry: Entry) -> None:
        try:
            read_links(entry.links)
        except LinksError as error:
            values = {"competence": asked.competence.name, "line": error.line[:LONGEST_LINE]}
            self.add_error(f"links-{asked.competence.ref.hex}", str(LINK_FAULTS[error.fault]) % values)


def _fields_of(asked: Asked, *, asks_then: bool) -> dict[str, forms.Field]:
    name = {"competence": str(asked.competence.name)}
    unknown = (CANNOT_SAY, gettext("I cannot say"))
    levels = [*((str(level.number), level.label) for level in asked.levels), unknown]
    words = forms.Textarea(attrs={"rows": 3})
    links = forms.Textarea(attrs={"rows": 2, "autocapitalize": "none", "spellcheck": "false"})
    found: dict[str, forms.Field] = {
        "level": LevelField(
            label=str(asked.competence.name),
            help_text=str(asked.competence.description or ""),
            initial=asked.entry.level,
            choices=levels,
            widget=forms.RadioSelect,
        ),
        "words": forms.CharField(
            label=gettext("In your own words: %(competence)s") % name,
            required=False,
            max_length=LONGEST_WORDS,
            initial=asked.entry.words,
            widget=words,
        ),
        "links": forms.CharField(
            label=gettext("Links to what shows it: %(competence)s") % name,
            help_text=gettext("Each on a line of its own, five at most. After the address you may write what it is."),
            required=False,
            max_length=LONGEST_LINKS,
            initial=asked.entry.links,
            widget=links,
        ),
    }
    if asks_then:
        label = gettext("Looking back: where were you at the start in “%(competence)s”?") % name
        marks = [*((str(level.number), level.mark) for level in asked.levels), unknown]
        found["then"] = LevelField(
            label=label, initial=asked.entry.then, choices=marks, widget=forms.RadioSelect(attrs={"class": "row"})
        )
    return found


class PlanForm(PlainForm):
    name = forms.CharField(
        label=_("Name of the plan"),
        max_length=200,
        help_text=_("Those who are asked read it, for example “Guiding at work, spring”."),
    )
    circle = forms.ChoiceField(label=_("For whom"))

    def __init__(self, data: Any, *, circles: Iterable[Circle]) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data)
        self.circles = {str(circle.ref): circle for circle in circles}
        names = [
            (key, f"{circle.get_kind_display()}: {plans.name_of_circle(circle)}")
            for key, circle in self.circles.items()
        ]
        self.fields["circle"].choices = [("", gettext("Choose")), *names]  # type: ignore[attr-defined]

    @property
    def chosen_circle(self) -> Circle:
        return self.circles[self.cleaned_data["circle"]]


class ChooseForm(PlainForm):
    """Which competences of an area belong to a plan."""

    competences = forms.MultipleChoiceField(label=_("Competences"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, *, area: Area, chosen: Iterable[int]) -> None:  # noqa: ANN401 -- Django's own
        self.offered: dict[str, Competence] = {str(each.ref): each for each in plans.competences_to_choose_from(area)}
        taken = set(chosen)
        super().__init__(data, initial={"competences": [key for key, each in self.offered.items() if each.pk in taken]})
        choices = [(key, str(each.name)) for key, each in self.offered.items()]
        self.fields["competences"].choices = choices  # type: ignore[attr-defined]
        self.fields["competences"].label = str(area.name)

    @property
    def chosen(self) -> list[Competence]:
        return [self.offered[key] for key in self.cleaned_data["competences"]]


class RoundForm(PlainForm):
    """Ask people of a circle at a moment."""

    moment = forms.ChoiceField(
        label=_("Which moment is it?"),
        choices=[(Moment.START.value, Moment.START.label), (Moment.END.value, Moment.END.label)],
        widget=forms.RadioSelect,
    )
    answer_by = DateField(label=_("Last day to answer"))
    who = forms.MultipleChoiceField(
        label=_("Who assesses?"),
        choices=[("self", _("each person themselves")), ("mentor", _("their mentors"))],
        widget=forms.CheckboxSelectMultiple,
        initial=["self"],
    )
    people = forms.MultipleChoiceField(label=_("Whose competence?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, *, plan: AssessmentPlan) -> None:  # noqa: ANN401 -- Django's own
        self.offered = {str(person.ref): person for person in plans.people_to_assess_in(plan.circle)}
        super().__init__(data, initial={"people": list(self.offered), "answer_by": two_weeks_on()})
        self.fields["people"].choices = [(key, str(person)) for key, person in self.offered.items()]  # type: ignore[attr-defined]
        if plans.has_begun(plan):
            self.fields["moment"].initial = Moment.END.value

    @property
    def asked(self) -> Round:
        values = self.cleaned_data
        return Round(
            moment=Moment(values["moment"]),
            answer_by=values["answer_by"],
            people=tuple(self.offered[key] for key in values["people"]),
            selves="self" in values["who"],
            mentors="mentor" in values["who"],
        )


class AskAboutForm(PlainForm):
    """Ask one person about another."""

    assessor = forms.ChoiceField(label=_("Who assesses?"))
    moment = forms.ChoiceField(
        label=_("Which moment is it?"),
        choices=[(Moment.START.value, Moment.START.label), (Moment.END.value, Moment.END.label)],
        widget=forms.RadioSelect,
    )
    answer_by = DateField(label=_("Last day to answer"))

    def __init__(self, data: Any, *, candidates: Iterable[Candidate], with_moment: bool = True) -> None:  # noqa: ANN401 -- Django's own
        self.candidates = {candidate.key: candidate for candidate in candidates}
        super().__init__(data, initial={"answer_by": two_weeks_on()})
        choices = [(key, candidate.label) for key, candidate in self.candidates.items()]
        self.fields["assessor"].choices = [("", gettext("Choose")), *choices]  # type: ignore[attr-defined]
        if not with_moment:
            del self.fields["moment"]

    @property
    def candidate(self) -> Candidate:
        return self.candidates[self.cleaned_data["assessor"]]

    @property
    def asked(self) -> Request:
        values = self.cleaned_data
        return Request(candidate=self.candidate, moment=Moment(values["moment"]), answer_by=values["answer_by"])


class ShareForm(PlainForm):
    """To whom the own growth is shown, and what of it."""

    to = forms.ChoiceField(label=_("To whom?"))
    area = forms.ChoiceField(label=_("What?"), required=False)
    with_words = forms.BooleanField(
        label=_("My own words and links too"),
        required=False,
        help_text=_("What others wrote about you is never shown."),
    )
    until = DateField(
        label=_("Until when?"),
        required=False,
        help_text=_("Left empty: until you take it back. You can do it at any time."),
    )

    def __init__(self, data: Any, *, person: Person) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data)
        self.people = {f"person:{each.ref}": each for each in shares.people_to_show_to(person)}
        self.circles = {f"circle:{each.ref}": each for each in shares.circles_to_show_to(person)}
        self.areas = {str(each.ref): each for each in shares.areas_to_show(person)}
        people = [(key, str(each)) for key, each in self.people.items()]
        circles = [
            (key, f"{each.get_kind_display()}: {plans.name_of_circle(each)}") for key, each in self.circles.items()
        ]
        self.fields["to"].choices = [("", gettext("Choose")), *people, *circles]  # type: ignore[attr-defined]
        areas = [(key, str(each.name)) for key, each in self.areas.items()]
        self.fields["area"].choices = [("", gettext("all my growth")), *areas]  # type: ignore[attr-defined]

    @property
    def wish(self) -> Wish:
        values = self.cleaned_data
        return Wish(
            shown_to=self.people.get(values["to"]),
            circle=self.circles.get(values["to"]),
            area=self.areas.get(values["area"]),
            with_words=values["with_words"],
            until=values["until"],
        )


def two_weeks_on() -> Any:  # noqa: ANN401 -- a date
    return timezone.localdate() + timedelta(days=DAYS_TO_ANSWER)
