"""Answers in words, and words for what is wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from luotsi.core.questions.answers import Fault
from luotsi.core.questions.numbers import spelled
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


def fault_texts(form: Form, faults: Mapping[str, Fault]) -> dict[str, str]:
    """What is wrong, in words, by the question's key."""
    items = {item.key: item for item in form.items}
    return {key: fault_text(items.get(key), key, fault) for key, fault in sorted(faults.items())}


def fault_text(item: Item | None, key: str, fault: Fault) -> str:
    """What is wrong with the answer to a question, naming the question. Without an item nothing like it is asked."""
    if item is None or fault == Fault.NOT_ASKED:
        return _("There is no question “%(question)s”.") % {"question": key}
    values = {"question": str(TranslatedText(item.text))} | _limits(item)
    return _TEXTS[fault]() % values


def _limits(item: Item) -> dict[str, str]:
    scale = item.scale
    return {
        "lowest": str(scale.lowest) if scale else _number(item.lowest),
        "highest": str(scale.highest) if scale else _number(item.highest),
        "decimals": str(item.decimals),
        "earliest": str(day(item.earliest)) if item.earliest else "",
        "latest": str(day(item.latest)) if item.latest else "",
        "limit": str(item.longest),
        "most": str(len(item.choices) if item.most is None and item.kind is Kind.RANKING else item.most),
    }


def _number(limit: object) -> str:
    return "" if limit is None else spelled(limit).replace(".", ",")  # type: ignore[arg-type]  # a Decimal


_TEXTS = {
    Fault.MISSING: lambda: _("Answer the question “%(question)s”."),
    Fault.NOT_ON_SCALE: lambda: _("Choose a number from %(lowest)s to %(highest)s for “%(question)s”."),
    Fault.NOT_OFFERED: lambda: _("Choose from what is offered for “%(question)s”."),
    Fault.TOO_MANY: lambda: _("Choose at most %(most)s for “%(question)s”."),
    Fault.NOT_A_NUMBER: lambda: _("Write the answer to “%(question)s” as a number in digits, for example 12."),
    Fault.TOO_SMALL: lambda: _("Write a number that is %(lowest)s or more for “%(question)s”."),
    Fault.TOO_LARGE: lambda: _("Write a smaller number for “%(question)s”."),
    Fault.TOO_MANY_DECIMALS: lambda: _("Round the number for “%(question)s” to %(decimals)s decimals at most."),
    Fault.NOT_A_DATE: lambda: _("Write a day for “%(question)s” as day, month and year, for example 23.3.2026."),
    Fault.TOO_EARLY: lambda: _("Write a day for “%(question)s” that is %(earliest)s or later."),
    Fault.TOO_LATE: lambda: _("Write a day for “%(question)s” that is %(latest)s or earlier."),
    Fault.NOT_TEXT: lambda: _("Write the answer to “%(question)s” anew: it has a character that cannot be stored."),
    Fault.TOO_LONG: lambda: _("Shorten the answer to “%(question)s” to %(limit)s characters at most."),
    Fault.NOT_RANKED: lambda: _("Give each choice a place of its own in “%(question)s”."),
}
