"""What a coordinator changes of a model for one programme: its questions, and how pairs are sought."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luotsi.core.enums import Language
from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import PartRole
from luotsi.programmes.formats.fields import tidy
from luotsi.programmes.formats.tailoring import ALWAYS, Asked
from luotsi.programmes.formats.values import (
    CRITERIA,
    FULL_MARKS,
    Audience,
    Choice,
    Pairing,
    Question,
    QuestionType,
    RoleKey,
    RuleName,
)
from luotsi.programmes.forms.set_up import add_field
from luotsi.programmes.messages.model_words import field_name, word_for, words_for
from luotsi.web.forms import PlainForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.forms.boundfield import BoundField

    from luotsi.programmes.formats.values import Matching

OWN_TYPES = (
    QuestionType.TEXT,
    QuestionType.YES_NO,
    QuestionType.CHOICE,
    QuestionType.CHOICES,
    QuestionType.NUMBER,
    QuestionType.DATE,
)
WITH_CHOICES = {QuestionType.CHOICE, QuestionType.CHOICES}
PERCENT = 100  # of the 10,000 points of a score, one


class QuestionsForm(PlainForm):
    """Which questions are asked and must be answered, in the order in which they stand; and what applicants accept."""

    terms_fi = forms.CharField(
        label=_("Terms in Finnish"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What an applicant accepts with the application."),
    )  # fmt: skip
    terms_sv = forms.CharField(
        label=_("Terms in Swedish"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    terms_en = forms.CharField(
        label=_("Terms in English"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 -- Django's own
        known: Sequence[Question],
        asked: frozenset[str],
        terms: Mapping[str, str],
        **kwargs: Any,  # noqa: ANN401 -- Django's own
    ) -> None:
        super().__init__(*args, initial={f"terms_{language}": text for language, text in terms.items()}, **kwargs)
        self.known = known
        self.has_terms = bool(terms)
        for question in known:
            text = str(TranslatedText(question.text))
            on = forms.BooleanField(
                label=text, required=False, initial=question.key in asked, help_text=_asked_how(question)
            )
            add_field(self, f"on_{question.key}", on)
            told_apart = forms.CheckboxInput(
                attrs={"aria-label": _("An answer is required: %(question)s") % {"question": text}}
            )
            must = forms.BooleanField(
                label=_("An answer is required"), required=False, initial=question.required, widget=told_apart
            )
            add_field(self, f"must_{question.key}", must)

    def rows(self) -> Iterator[tuple[Question, BoundField, BoundField]]:
        return ((question, self[f"on_{question.key}"], self[f"must_{question.key}"]) for question in self.known)

    def term_fields(self) -> list[BoundField]:
        return [self[f"terms_{language}"] for language in Language.values]

    def asked(self, up: str = "") -> list[Asked]:
        """Those that are ticked, in their order; the one with the key `up` before the one that it followed."""
        cleaned = self.cleaned_data
        found = [
            Asked(question.key, is_required=cleaned[f"must_{question.key}"])
            for question in self.known
            if cleaned[f"on_{question.key}"]
        ]
        place = next((place for place, each in enumerate(found) if each.key == up), 0)
        if place:
            found[place - 1], found[place] = found[place], found[place - 1]
        return found

    def terms(self) -> dict[str, str]:
        return {language: tidy(self.cleaned_data[f"terms_{language}"]) for language in Language.values}


def _asked_how(question: Question) -> str:
    told = {"kind": word_for(question.type), "roles": words_for(Audience(role) for role in question.roles)}
    return gettext("Answered with %(kind)s, asked of %(roles)s.") % told


class OwnQuestionForm(PlainForm):
    """A question that the model does not have."""

    text_fi = forms.CharField(label=_("Question in Finnish"), max_length=300, required=False)
    text_sv = forms.CharField(label=_("Question in Swedish"), max_length=300, required=False)
    text_en = forms.CharField(label=_("Question in English"), max_length=300, required=False)
    type = forms.ChoiceField(label=_("Kind of answer"), widget=forms.RadioSelect, initial=QuestionType.TEXT.value)
    choices_fi = forms.CharField(
        label=_("Choices in Finnish"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only when one is chosen, or several. Each on a line of its own."),
    )  # fmt: skip
    choices_sv = forms.CharField(
        label=_("Choices in Swedish"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("As many lines, in the same order."),
    )  # fmt: skip
    choices_en = forms.CharField(
        label=_("Choices in English"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("As many lines, in the same order."),
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=_("Who is asked"), choices=PartRole.choices, initial=PartRole.values, widget=forms.CheckboxSelectMultiple
    )
    is_required = forms.BooleanField(label=_("An answer is required"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [(each.value, word_for(each)) for each in OWN_TYPES]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(self._texts().values()):
            self.add_error(
                "text_fi", ValidationError(_("Write the question in one language at least."), code="required")
            )
        if cleaned.get("type") in WITH_CHOICES:
            self._check_choices()
        return cleaned

    def _check_choices(self) -> None:
        counts = {language: len(lines) for language, lines in self._lines().items() if lines}
        if not counts or max(counts.values()) < 2:  # noqa: PLR2004 -- nothing to choose from
            self.add_error("choices_fi", _("Write two choices at least, each on a line of its own."))
        elif len(set(counts.values())) > 1:
            self.add_error("choices_fi", _("Write as many choices in each language, in the same order."))

    def question(self) -> Question:
        kind, lines = QuestionType(self.cleaned_data["type"]), self._lines()
        count = max(map(len, lines.values())) if kind in WITH_CHOICES else 0
        return Question(
            key="",
            text={language: text for language, text in self._texts().items() if text},
            hint={},
            type=kind,
            required=self.cleaned_data["is_required"],
            roles=tuple(RoleKey(role) for role in self.cleaned_data["roles"]),
            choices=tuple(
                Choice(
                    key=f"choice_{at + 1}",
                    text={language: each[at] for language, each in lines.items() if each},
                )
                for at in range(count)
            ),
            lowest=None,
            highest=None,
        )

    def _texts(self) -> dict[str, str]:
        return {language: self.cleaned_data.get(f"text_{language}", "") for language in Language.values}

    def _lines(self) -> dict[str, list[str]]:
        typed = {language: self.cleaned_data.get(f"choices_{language}", "") for language in Language.values}
        return {
            language: [line.strip() for line in text.splitlines() if line.strip()] for language, text in typed.items()
        }


class MatchingForm(PlainForm):
    """What counts when pairs are sought, as plain words with numbers."""

    rules = forms.MultipleChoiceField(
        label=_("What no pair may break"), required=False, widget=forms.CheckboxSelectMultiple
    )
    floor = forms.IntegerField(
        label=_("How well a pair must fit at least"), min_value=0, max_value=100,
        help_text=_("From 0 (anybody with anybody) to 100 (perfectly)."),
    )  # fmt: skip
    answer_days = forms.IntegerField(label=_("Days to answer a proposal"), min_value=1, max_value=60)
    pairing = forms.ChoiceField(label=_("Who forms the pairs"), widget=forms.RadioSelect)
    training_first = forms.BooleanField(label=_("Nobody gets a pair before the required training"), required=False)

    def __init__(self, *args: Any, matching: Matching, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        self.matching = matching
        super().__init__(*args, initial=_initial(matching), **kwargs)
        for criterion in CRITERIA:
            add_field(self, criterion, forms.IntegerField(label=field_name(criterion), min_value=0, max_value=100))
        for full in FULL_MARKS:
            field = forms.IntegerField(label=field_name(full), min_value=1, max_value=3650, required=False)
            add_field(self, full, field)
        free = [rule for rule in RuleName if rule not in ALWAYS]
        self.fields["rules"].choices = [(rule.value, word_for(rule)) for rule in free]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["pairing"].choices = [(each.value, word_for(each)) for each in Pairing]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(criterion) for criterion in CRITERIA) and not self.errors:
            self.add_error(CRITERIA[0], _("Let one of them count at least."))
        return cleaned

    def weights(self) -> list[BoundField]:
        return [self[criterion] for criterion in CRITERIA]

    def full_marks(self) -> list[BoundField]:
        return [self[full] for full in FULL_MARKS]

    def has_errors_in_full_marks(self) -> bool:
        return any(bound.errors for bound in self.full_marks())

    def always(self) -> list[str]:
        return [word_for(rule) for rule in ALWAYS]

    def tailored(self) -> Matching:
        cleaned = self.cleaned_data
        told = {key: cleaned[key] for key in (*CRITERIA, *FULL_MARKS) if cleaned[key]}
        return replace(
            self.matching,
            weights=told,
            rules=tuple(RuleName(rule) for rule in cleaned["rules"]),
            floor=self.matching.floor if "floor" not in self.changed_data else cleaned["floor"] * PERCENT,
            answer_days=cleaned["answer_days"],
            pairing=Pairing(cleaned["pairing"]),
            training_first=cleaned["training_first"],
        )


def _initial(matching: Matching) -> dict[str, Any]:
    return {
        **dict.fromkeys(CRITERIA, 0),
        **matching.weights,
        "rules": [rule.value for rule in matching.rules],
        "floor": matching.floor // PERCENT,
        "answer_days": matching.answer_days,
        "pairing": matching.pairing.value,
        "training_first": matching.training_first,
    }
