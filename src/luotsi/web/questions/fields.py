"""Input of answers: a form made of the questions of one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from luotsi.core.questions.numbers import spelled
from luotsi.core.questions.posting import to_posted
from luotsi.core.questions.values import Kind
from luotsi.core.texts import TranslatedText
from luotsi.web.forms import PlainForm
from luotsi.web.questions.wording import DAYS, offered_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.forms.boundfield import BoundField

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Item

SHORT = 3  # characters: scales whose points are called by numbers stand in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An item of the page with its field. `ranks` and `grid` are for those that have no usual field."""

    item: Item
    bound: BoundField
    chosen: frozenset[str]

    @property
    def ranks(self) -> list[tuple[str, str]]:
        return list(offered_in_words(self.item).items()) if self.item.kind is Kind.RANKING else []

    @property
    def places(self) -> range:
        return range(1, (self.item.most or len(self.item.choices)) + 1)

    @property
    def slots(self) -> list[str]:
        """The head of an availability grid."""
        return [str(TranslatedText(slot.text)) for slot in self.item.slots]

    @property
    def grid(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Its rows: a day, and for each slot the value and its whole name."""
        names = offered_in_words(self.item)
        return [
            (str(DAYS[day]), [(f"{day}.{slot.key}", names[f"{day}.{slot.key}"]) for slot in self.item.slots])
            for day in self.item.days
        ]


class QuestionsForm(PlainForm):
    """Questions with what was answered or typed so far. What is wrong is told to it: it checks nothing itself."""

    def __init__(
        self,
        items: Sequence[Item],
        *,
        posted: Mapping[str, Sequence[str]],
        faults: Mapping[str, str],
        words_read_by: str,
    ) -> None:
        self.typed = {item.key: list(posted.get(item.key, ())) for item in items}
        super().__init__(MultiValueDict(self.typed))
        self.items = tuple(items)
        self.faults = faults
        self.readers = {item.key: words_read_by for item in items if item.kind is Kind.TEXT and words_read_by}  # type: ignore[misc]  # of this form alone
        for item in items:
            self.fields[item.key] = _field(item, posted.get(item.key, ()))

    def full_clean(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        for key, text in self.faults.items():
            self.add_error(key if key in self.fields else None, text)

    def questions(self) -> Iterator[Question]:
        for item in self.items:
            yield Question(item=item, bound=self[item.key], chosen=frozenset(self.typed[item.key]))


def questions_form(
    items: Sequence[Item],
    answers: Mapping[str, Answer],
    *,
    posted: Mapping[str, Sequence[str]] | None = None,
    faults: Mapping[str, str] | None = None,
    words_read_by: str = "",
) -> QuestionsForm:
    """The form of a page: with what was typed, if it is shown again, else with the answers so far."""
    shown = posted if posted is not None else {item.key: to_posted(item, answers.get(item.key)) for item in items}
    return QuestionsForm(items, posted=shown, faults=faults or {}, words_read_by=words_read_by)


def _field(item: Item, values: Sequence[str]) -> forms.Field:
    common: dict[str, Any] = {
        "label": str(TranslatedText(item.text)),
        "required": item.is_required,
        "help_text": _help(item),
    }
    if item.kind is Kind.AVAILABILITY or item.is_many:
        choices = list(offered_in_words(item).items())
        return forms.MultipleChoiceField(**common, choices=choices, widget=forms.CheckboxSelectMultiple)
    if item.kind in {Kind.SCALE, Kind.CHOICE}:
        return forms.ChoiceField(**common, choices=_choices(item, values), widget=_radios(item))
    return forms.CharField(**common, widget=_input(item))


def _input(item: Item) -> forms.Widget:
    if item.kind is Kind.TEXT and item.lines > 1:
        return forms.Textarea(attrs={"rows": item.lines})
    if item.kind is Kind.TEXT:
        return forms.TextInput()
    inputmode = {"inputmode": "decimal"} if item.kind is Kind.NUMBER else {}
    return forms.TextInput(attrs={"class": "short", "autocomplete": "off"} | inputmode)


def _radios(item: Item) -> forms.RadioSelect:
    names = [str(TranslatedText(point.text)) for point in item.scale.points] if item.scale else []
    is_row = bool(names) and all(len(name) <= SHORT for name in names)
    return forms.RadioSelect(attrs={"class": "row"} if is_row else {})


def _choices(item: Item, values: Sequence[str]) -> list[tuple[str, str]]:
    """What is offered. An optional question that was answered can be left unanswered again."""
    scale = [(str(point.value), str(TranslatedText(point.text))) for point in item.scale.points] if item.scale else []
    taken_back = [("", _("No answer"))] if not item.is_required and any(values) else []
    return [*(scale or offered_in_words(item).items()), *taken_back]


def _help(item: Item) -> str:
    return " ".join(part for part in (str(TranslatedText(item.help)), _expected(item)) if part)


def _expected(item: Item) -> str:
    """How the answer is given, where that does not go without saying."""
    if item.kind is Kind.NUMBER:
        return _number_expected(item)
    if item.is_many and item.most:
        return _("Choose at most %(most)s.") % {"most": item.most}
    if item.is_many:
        return _("You can choose several.")
    return {
        Kind.DATE: _("Day, month and year, for example 23.3.2026."),
        Kind.RANKING: _("Choose 1 for the first, 2 for the second, and so on."),
    }.get(item.kind, "")


def _number_expected(item: Item) -> str:
    unit = str(TranslatedText(item.unit))
    if item.lowest is None or item.highest is None:
        return unit
    values = {"lowest": spelled(item.lowest), "highest": spelled(item.highest), "unit": unit}
    return (_("From %(lowest)s to %(highest)s %(unit)s") % values).strip()
