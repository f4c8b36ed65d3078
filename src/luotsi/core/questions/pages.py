"""Going through a form page by page: a section is a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luotsi.core.questions.answers import items_asked, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Form, Item, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of the items that are asked have an answer: of the required ones, and of all."""

    required_done: int
    required_total: int
    done: int
    total: int

    @property
    def is_complete(self) -> bool:
        """Whether nothing required is missing."""
        return self.required_done == self.required_total


def pages_asked(form: Form, answers: Mapping[str, Answer]) -> tuple[Section, ...]:
    """The sections of which something is asked, in order."""
    return tuple({section.key: section for section, _ in walk(form, answers)}.values())


def items_of_page(form: Form, section: str, answers: Mapping[str, Answer]) -> tuple[Item, ...]:
    """What is asked in the section of this key, in order."""
    return tuple(item for asked, item in walk(form, answers) if asked.key == section)


def newly_asked(
    form: Form, section: str, before: Mapping[str, Answer], after: Mapping[str, Answer]
) -> tuple[Item, ...]:
    """The items of a section that answers just given have brought up.

    Without scripts they were not on the page that was sent: when there are any, show the page again.
    """
    known = {item.key for item in items_of_page(form, section, before)}
    return tuple(item for item in items_of_page(form, section, after) if item.key not in known)


def page_after(form: Form, section: str, answers: Mapping[str, Answer]) -> Section | None:
    """The next section of which something is asked; None after the last. Raises KeyError."""
    place = form.sections.index(form.section(section))
    following = {other.key for other in form.sections[place + 1 :]}
    return next((page for page in pages_asked(form, answers) if page.key in following), None)


def page_before(form: Form, section: str, answers: Mapping[str, Answer]) -> Section | None:
    """The section before, of those of which something is asked; None before the first. Raises KeyError."""
    place = form.sections.index(form.section(section))
    earlier = {other.key for other in form.sections[:place]}
    return next((page for page in reversed(pages_asked(form, answers)) if page.key in earlier), None)


def page_to_resume(form: Form, answers: Mapping[str, Answer]) -> Section | None:
    """Where to go on: the page after the last one with an answer, or an earlier one that lacks something required.

    None when nothing is left: the last page has an answer, and no page lacks something required.
    """
    pages = pages_asked(form, answers)
    asked = {page.key: items_of_page(form, page.key, answers) for page in pages}
    touched = [place for place, page in enumerate(pages) if any(item.key in answers for item in asked[page.key])]
    onward = touched[-1] + 1 if touched else 0
    for page in pages[:onward]:
        if any(item.is_required and item.key not in answers for item in asked[page.key]):
            return page
    return pages[onward] if onward < len(pages) else None


def progress(form: Form, answers: Mapping[str, Answer]) -> Progress:
    asked = items_asked(form, answers)
    required = [item for item in asked if item.is_required]
    return Progress(
        required_done=sum(item.key in answers for item in required),
        required_total=len(required),
        done=sum(item.key in answers for item in asked),
        total=len(asked),
    )
