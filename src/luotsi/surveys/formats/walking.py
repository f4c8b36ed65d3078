"""One step through a form: from what was sent with a page to the page that comes, with nothing kept in between."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from luotsi.core.questions.answers import Fault, check_answers
from luotsi.surveys.formats.pages import pages_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Form
    from luotsi.surveys.formats.pages import Page

# Names of fields beside the items' own. A point stands in no item's key.
PAGE: Final = "at.page"
SHOWN: Final = "at.shown"
TO: Final = "at.to"

NEXT: Final = "next"
BACK: Final = "back"
CHECK: Final = "check"
SAVE: Final = "save"
SEND: Final = "send"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """Where one stands now. `page` is None where all answers are looked through before they are sent.

    `answers` are those that can be kept. `faults` are of the page, which is then the one that was sent.
    """

    page: Page | None
    answers: dict[str, Answer]
    faults: dict[str, Fault] = field(default_factory=dict)


def step(form: Form, given: Mapping[str, object], *, sent: str, shown: Collection[str], to: str) -> Stepped:
    """From the page `sent`, on which the items `shown` stood, to where `to` leads.

    `given` are all answers so far, as they were sent. `to`: NEXT, BACK, SAVE (stays), CHECK, or the key of a page.
    What is wrong holds up the way on; what is only missing does not hold up the way back. Items that the answers have
    just brought up on the page are asked before one goes on.
    """
    checked = check_answers(form, given)
    pages = pages_of(form, checked.kept)
    here = page_with(pages, sent)
    own = {item.key for item in here.items} if here else set()
    is_on = to in {NEXT, CHECK}
    faults = {
        key: fault
        for key, fault in checked.faults.items()
        if key in shown and (is_on or fault is not Fault.MISSING) and key in own
    }
    if here is not None and (faults or to == SAVE or (is_on and not own <= set(shown))):
        return Stepped(page=here, answers=checked.kept, faults=faults)
    return Stepped(page=_page_to(pages, here, to), answers=checked.kept)


def first_faulty(form: Form, answers: Mapping[str, object]) -> Stepped | None:
    """The first page with something wrong or missing, as answers are about to be sent; None when they are in order."""
    checked = check_answers(form, answers)
    for page in pages_of(form, checked.kept):
        faults = {item.key: checked.faults[item.key] for item in page.items if item.key in checked.faults}
        if faults:
            return Stepped(page=page, answers=checked.kept, faults=faults)
    return None


def page_with(pages: Sequence[Page], key: str) -> Page | None:
    return next((page for page in pages if page.key == key), None)


def _page_to(pages: Sequence[Page], here: Page | None, to: str) -> Page | None:
    if to == CHECK or not pages:
        return None
    if to == NEXT:
        place = here.place if here else 0
        return pages[place] if place < len(pages) else None
    if to == BACK:
        place = here.place - 2 if here else len(pages) - 1
        return pages[max(place, 0)]
    return page_with(pages, to) or pages[0]
