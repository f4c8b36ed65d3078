"""Going through a form on a phone: a section is a page, and a long one several."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Final

from luotsi.core.questions.answers import items_asked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Form, Item, Section

MOST_ITEMS: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some items of a section that are asked. `key` stays the same whatever is answered; `place` counts from 1."""

    key: str
    section: Section
    is_first_of_section: bool
    items: tuple[Item, ...]
    place: int
    total: int

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(item.key for item in self.items)


def pages_of(form: Form, answers: Mapping[str, Answer]) -> tuple[Page, ...]:
    """The pages on which something is asked by these answers, in order.

    Where a section is cut does not depend on the answers, so that no question moves to another page.
    """
    asked = {item.key for item in items_asked(form, answers)}
    found = [
        (section, number, tuple(item for item in part if item.key in asked))
        for section in form.sections
        for number, part in enumerate(_cut(section.items), 1)
    ]
    shown = [(section, number, items) for section, number, items in found if items]
    return tuple(
        Page(
            key=f"{section.key}.{number}",
            section=section,
            is_first_of_section=place == 1 or shown[place - 2][0] is not section,
            items=items,
            place=place,
            total=len(shown),
        )
        for place, (section, number, items) in enumerate(shown, 1)
    )


def page_to_go_on(pages: tuple[Page, ...], answers: Mapping[str, Answer]) -> Page | None:
    """Where to go on: the first page on which something required is missing, or after the last one with an answer.

    None when nothing is left.
    """
    touched = [page.place for page in pages if any(item.key in answers for item in page.items)]
    onward = touched[-1] if touched else 0
    for page in pages[:onward]:
        if any(item.is_required and item.key not in answers for item in page.items):
            return page
    return pages[onward] if onward < len(pages) else None


def _cut(items: tuple[Item, ...]) -> list[tuple[Item, ...]]:
    """In as few parts as needed, as long as each other, give or take one."""
    parts = ceil(len(items) / MOST_ITEMS)
    ends = [round(len(items) * part / parts) for part in range(parts + 1)]
    return [items[start:end] for start, end in pairwise(ends)]
