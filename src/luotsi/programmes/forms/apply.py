"""What people write when they apply: who they are, and the answers to the questions of a call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.core.questions.posting import to_posted
from luotsi.core.questions.values import Kind
from luotsi.core.texts import TranslatedText
from luotsi.core.words.keys import sort_key
from luotsi.programmes.formats.calls import USUAL_LANGUAGES, questions_for
from luotsi.programmes.formats.skill_lines import line_of_row, musts_in, skills_in
from luotsi.programmes.formats.values import QuestionType
from luotsi.web.forms import PlainForm
from luotsi.web.questions.fields import Question, QuestionsForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.http import QueryDict

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Item
    from luotsi.programmes.formats.values import ModelDescription

MOST_RADIOS = 8  # of more choices a list is drawn
LANGUAGE_ROWS = 3
SKILL_ROWS = 4
MORE_ROWS = 3
# Names of the parts of a skill's row: a point stands in no question's key.
NAME, GRADE, MUST = ".name", ".grade", ".must"


class RoleForm(PlainForm):
    """As what somebody who is signed in applies."""

    role = forms.ChoiceField(label=gettext_lazy("You apply as"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = list(roles)  # type: ignore[attr-defined]  # a ChoiceField


class ContactForm(RoleForm):
    """Who applies. `website` is for machines: people do not see it, and whoever fills it in is told so."""

    given_name = forms.CharField(
        label=gettext_lazy("Given name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = forms.CharField(
        label=gettext_lazy("Family name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("We mail you a link, so that you can go on whenever and wherever you like."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        if self.cleaned_data.get("website"):
            raise ValidationError(
                _("A field that must stay empty was filled in. Empty it and send the form again."), code="machine"
            )
        return ""


class TermsForm(PlainForm):
    accepts = forms.BooleanField(label=gettext_lazy("I have read the terms and accept them."))

    def __init__(self, *args: Any, has_terms: bool, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **kwargs)
        if not has_terms:
            del self.fields["accepts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRow:
    """One row of skills as it is drawn."""

    number: int
    name: str = ""
    grade: int = 3
    is_must: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A question as it is drawn: plain ones as everywhere, languages and skills in rows of their own."""

    kind: str
    question: Question
    languages: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    skills: tuple[SkillRow, ...] = ()
    grades: tuple[tuple[int, str], ...] = ()
    has_musts: bool = False

    def questions(self) -> Iterator[Question]:
        """As the macro for plain questions wants it."""
        yield self.question


class CallForm(QuestionsForm):
    """The questions of one page of a call, with what was answered or typed so far. It checks nothing itself."""

    def __init__(
        self,
        items: Sequence[Item],
        *,
        kinds: Mapping[str, QuestionType],
        posted: Mapping[str, Sequence[str]],
        faults: Mapping[str, str],
        more: bool = False,
    ) -> None:
        super().__init__(items, posted=posted, faults=faults, words_read_by="")
        self.kinds = kinds
        self.more = more
        for item in items:
            if item.kind is Kind.CHOICE and not item.is_many and len(item.choices) > MOST_RADIOS:
                self.fields[item.key] = _list_of(self.fields[item.key], item)
            if kinds.get(item.key) is QuestionType.LANGUAGES:  # no ranks are written: the rows are the order
                self.fields[item.key].help_text = str(TranslatedText(item.help))

    def parts(self) -> Iterator[Part]:
        for question in self.questions():
            kind = self.kinds.get(question.item.key)
            if kind is QuestionType.LANGUAGES:
                yield self._languages(question)
            elif kind is QuestionType.SKILLS:
                yield self._skills(question)
            else:
                yield Part(kind="plain", question=question)

    def _languages(self, question: Question) -> Part:
        chosen = [value.partition(":")[0] for value in self.typed[question.item.key] if value]
        rows = max(LANGUAGE_ROWS, len(chosen) + 1) + (MORE_ROWS if self.more else 0)
        most = question.item.most or rows
        padded = (*chosen, *[""] * (min(rows, max(most, len(chosen))) - len(chosen)))
        return Part(kind="languages", question=question, languages=padded, options=_by_use(question.item))

    def _skills(self, question: Question) -> Part:
        lines = "\n".join(self.typed[question.item.key])
        musts = musts_in(lines)
        found = [
            SkillRow(number=number, name=skill.name, grade=skill.grade, is_must=skill.key in musts)
            for number, skill in enumerate(skills_in(lines))
        ]
        rows = max(SKILL_ROWS, len(found) + 1) + (MORE_ROWS if self.more else 0)
        found += [SkillRow(number=number) for number in range(len(found), rows)]
        is_offer = question.item.key == "offers"
        return Part(
            kind="skills",
            question=question,
            skills=tuple(found),
            grades=_levels() if is_offer else _weights(),
            has_musts=question.item.key == "needs" and "musts" not in self.kinds,
        )


def call_form(
    model: ModelDescription,
    role: str,
    items: Sequence[Item],
    *,
    shown: Mapping[str, Sequence[str]],
    faults: Mapping[str, str] | None = None,
    more: bool = False,
) -> CallForm:
    """The form of a page. `shown`: what was typed, or `shown_of` the answers so far. `more`: with more empty rows."""
    kinds = {question.key: question.type for question in questions_for(model, role)}
    return CallForm(items, kinds=kinds, posted=shown, faults=faults or {}, more=more)


def shown_of(items: Sequence[Item], answers: Mapping[str, Answer]) -> dict[str, list[str]]:
    """The answers so far as fields show them."""
    return {item.key: to_posted(item, answers.get(item.key)) for item in items}


def posted_of(model: ModelDescription, role: str, data: QueryDict) -> dict[str, list[str]]:
    """What was sent with a page, rows of skills put together into their lines."""
    posted = dict(data.lists())
    for question in questions_for(model, role):
        if question.type is QuestionType.SKILLS and question.key + NAME in posted:
            posted[question.key] = [_lines(question.key, posted)]
    return posted


def _lines(key: str, posted: Mapping[str, Sequence[str]]) -> str:
    names, grades = posted[key + NAME], posted.get(key + GRADE, ())
    musts = set(posted.get(key + MUST, ()))
    rows = (
        line_of_row(name, grades[number] if number < len(grades) else "", is_must=str(number) in musts)
        for number, name in enumerate(names)
    )
    return "\n".join(row for row in rows if row)


def _list_of(field: forms.Field, item: Item) -> forms.ChoiceField:
    named = [(choice.key, str(TranslatedText(choice.text))) for choice in item.choices]
    return forms.ChoiceField(
        label=field.label,
        required=field.required,
        help_text=field.help_text,
        choices=[("", _("Choose")), *sorted(named, key=lambda each: sort_key(each[1]))],
    )


def _by_use(item: Item) -> tuple[tuple[str, str], ...]:
    """The usual languages first, then all others by what they are called in the reader's language."""
    named = [(choice.key, str(TranslatedText(choice.text))) for choice in item.choices]
    usual = len(USUAL_LANGUAGES)
    others = sorted(named[usual:], key=lambda each: sort_key(each[1]))
    return tuple((key, name[:1].upper() + name[1:]) for key, name in (*named[:usual], *others))


def _levels() -> tuple[tuple[int, str], ...]:
    return (
        (1, _("1 – a little")),
        (2, _("2 – something")),
        (3, _("3 – well")),
        (4, _("4 – very well")),
        (5, _("5 – I could teach it")),
    )


def _weights() -> tuple[tuple[int, str], ...]:
    return (
        (1, _("1 – would be nice")),
        (2, _("2 – somewhat important")),
        (3, _("3 – important")),
        (4, _("4 – very important")),
        (5, _("5 – most important of all")),
    )


class GuardianForm(PlainForm):
    """What a guardian who says yes writes."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    agrees = forms.BooleanField(label=gettext_lazy("I am the guardian, and I give my consent."))


class GuardianAddressForm(PlainForm):
    """Where a guardian is reached."""

    email = forms.EmailField(
        label=gettext_lazy("The guardian's e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language we write"),
        choices=(("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")),
        widget=forms.RadioSelect,
    )


class PaperConsentForm(PlainForm):
    name = forms.CharField(
        label=gettext_lazy("Name of the guardian who has signed"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
