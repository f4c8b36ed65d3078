"""Answers in words, as people say them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from luotsi.core.questions.values import Day, Kind
from luotsi.core.texts import TranslatedText
from luotsi.web.environment import day, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Form, Item

DAYS = {
    Day.MONDAY: pgettext_lazy("availability", "Monday"),
    Day.TUESDAY: pgettext_lazy("availability", "Tuesday"),
    Day.WEDNESDAY: pgettext_lazy("availability", "Wednesday"),
    Day.THURSDAY: pgettext_lazy("availability", "Thursday"),
    Day.FRIDAY: pgettext_lazy("availability", "Friday"),
    Day.SATURDAY: pgettext_lazy("availability", "Saturday"),
    Day.SUNDAY: pgettext_lazy("availability", "Sunday"),
}
KINDS = {
    Kind.SCALE: pgettext_lazy("question", "scale"),
    Kind.CHOICE: pgettext_lazy("question", "choice"),
    Kind.TEXT: pgettext_lazy("question", "own words"),
    Kind.RANKING: pgettext_lazy("question", "ranking"),
    Kind.NUMBER: pgettext_lazy("question", "number"),
    Kind.DATE: pgettext_lazy("question", "date"),
    Kind.AVAILABILITY: pgettext_lazy("question", "times of the week"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One question and what somebody answered to it, in words."""

    key: str
    question: str
    answer: str

    @property
    def pair(self) -> tuple[str, str]:
        return self.question, self.answer


def in_words(form: Form, answers: Mapping[str, Answer]) -> list[Answered]:
    """The questions that have an answer, each with it, in the order in which they are asked."""
    return [
        Answered(key=item.key, question=str(TranslatedText(item.text)), answer=answer_in_words(item, answers[item.key]))
        for item in form.items
        if item.key in answers
    ]


def answer_in_words(item: Item, answer: Answer) -> str:
    """An answer as people say it: the chosen texts, the number with its unit, the day, the own words."""
    if isinstance(answer, list):
        names = offered_in_words(item)
        parts = [names.get(key, key) for key in answer]
        ranked = [f"{place}. {part}" for place, part in enumerate(parts, 1)]
        return ", ".join(ranked if item.kind is Kind.RANKING else parts)
    say = {Kind.SCALE: _on_scale, Kind.CHOICE: _chosen, Kind.DATE: _day, Kind.NUMBER: _counted}
    return say[item.kind](item, str(answer)) if item.kind in say else str(answer)


def offered_in_words(item: Item) -> dict[str, str]:
    """What can be picked, by its key, in the order in which it is offered."""
    if item.kind is not Kind.AVAILABILITY:
        return {choice.key: str(TranslatedText(choice.text)) for choice in item.choices}
    return {
        f"{weekday}.{slot.key}": _("%(day)s, %(time)s") % {"day": DAYS[weekday], "time": TranslatedText(slot.text)}
        for weekday in item.days
        for slot in item.slots
    }


def _on_scale(item: Item, value: str) -> str:
    """What the point is called, or its number when it has no other name."""
    if item.scale is None:
        return value
    name = next((str(TranslatedText(point.text)) for point in item.scale.points if str(point.value) == value), "")
    if name == value:
        return _("%(number)s of %(highest)s") % {"number": value, "highest": item.scale.highest}
    return name


def _chosen(item: Item, value: str) -> str:
    return offered_in_words(item).get(value, "")


def _day(_item: Item, value: str) -> str:
    return str(day(date.fromisoformat(value)))


def _counted(item: Item, value: str) -> str:
    return f"{number(float(value), item.decimals)} {TranslatedText(item.unit)}".strip()
