"""Words for what is wrong with an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.questions.answers import Fault
from luotsi.core.questions.numbers import spelled
from luotsi.core.questions.values import Kind
from luotsi.core.texts import TranslatedText
from luotsi.web.environment import day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from luotsi.core.questions.values import Form, Item


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


def _number(limit: Decimal | None) -> str:
    return "" if limit is None else spelled(limit).replace(".", ",")


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
