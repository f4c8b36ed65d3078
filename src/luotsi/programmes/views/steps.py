"""One step through the questions of a call: what was sent with a page, what is kept of it, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from luotsi.core.questions.answers import check_answers, items_asked
from luotsi.core.questions.posting import answers_from_posted
from luotsi.core.texts import TranslatedText
from luotsi.people.queries import address_of
from luotsi.programmes.formats.answers import answers_from_json
from luotsi.programmes.formats.calls import faults_beyond, form_of, form_to_change, told_by
from luotsi.programmes.forms.apply import call_form, posted_of, shown_of
from luotsi.programmes.messages.apply import apply_fault_texts, fault_beyond_text
from luotsi.programmes.queries.calls import has_guardian
from luotsi.programmes.queries.descriptions import model_in
from luotsi.surveys.formats import walking
from luotsi.surveys.formats.pages import page_to_go_on, pages_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from luotsi.core.questions.answers import Fault
    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Form
    from luotsi.programmes.formats.values import ModelDescription
    from luotsi.programmes.forms.apply import CallForm
    from luotsi.programmes.models.applications import Application
    from luotsi.surveys.formats.pages import Page

MORE = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Whose questions are answered, in which role, by whom."""

    model: ModelDescription
    role: str
    email: str

    def texts(self, faults: Mapping[str, Fault], told: Mapping[str, Answer], keys: frozenset[str]) -> dict[str, str]:
        """What is wrong with the answers to these questions, in words."""
        names = {item.key: str(TranslatedText(item.text)) for item in form_of(self.model, self.role).items}
        beyond = faults_beyond(self.model, self.role, told, email=self.email)
        ours = {key: fault_beyond_text(names[key], fault) for key, fault in beyond.items() if key in keys}
        return ours | apply_fault_texts(self.model, self.role, faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Where one stands after a step. `page` is None where all answers are looked through."""

    page: Page | None
    told: dict[str, Answer]
    faults: dict[str, str] = field(default_factory=dict)
    typed: Mapping[str, Sequence[str]] | None = None
    has_more: bool = False
    brought_up: bool = False  # answers of this very page have brought questions up on it

    def form(self, asking: Asking) -> CallForm:
        """The form of the page."""
        items = self.page.items if self.page is not None else ()
        shown = self.typed if self.typed is not None else shown_of(items, self.told)
        return call_form(asking.model, asking.role, items, shown=shown, faults=self.faults, more=self.has_more)


def standing(asking: Asking, told: Mapping[str, Answer], wanted: str) -> Taken:
    """The page that is asked for, or the one to go on at."""
    kept = check_answers(form_of(asking.model, asking.role), dict(told)).kept
    pages = pages_of(form_of(asking.model, asking.role), kept)
    return Taken(page=walking.page_with(pages, wanted) or page_to_go_on(pages, kept), told=kept)


def step(asking: Asking, told: Mapping[str, Answer], data: QueryDict) -> Taken:
    """From what was sent to where it leads. What is wrong holds up the way on, and is shown as it was typed."""
    form = form_of(asking.model, asking.role)
    posted = posted_of(asking.model, asking.role, data)
    shown = frozenset(data.getlist(walking.SHOWN))
    given = answers_from_posted((item for item in form.items if item.key in shown), posted)
    others = {key: answer for key, answer in told.items() if key not in shown}
    to, sent = data.get(walking.TO, walking.NEXT), data.get(walking.PAGE, "")
    is_more = to == MORE
    stepped = walking.step(form, others | given, sent=sent, shown=shown, to=walking.SAVE if is_more else to)
    is_on = to in {walking.NEXT, walking.CHECK}
    faults = asking.texts(stepped.faults, stepped.answers, shown if is_on else frozenset())
    here = walking.page_with(pages_of(form, stepped.answers), sent)
    if here is not None and (faults or is_more):
        faults = {} if is_more else faults
        return Taken(page=here, told=stepped.answers, faults=faults, typed=posted, has_more=is_more)
    if here is not None and is_on and stepped.page is not None and stepped.page.key == sent:
        return Taken(page=here, told=stepped.answers, typed=posted, brought_up=True)
    return Taken(page=stepped.page, told=stepped.answers)


def first_faulty(asking: Asking, told: Mapping[str, Answer]) -> Taken | None:
    """The first page with something missing or wrong, as all is about to be handed in; None when it is in order."""
    form = form_of(asking.model, asking.role)
    checked = check_answers(form, dict(told))
    for page in pages_of(form, checked.kept):
        here = {key: fault for key, fault in checked.faults.items() if key in page.keys}
        faults = asking.texts(here, checked.kept, page.keys)
        if faults:
            return Taken(page=page, told=checked.kept, faults=faults)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changing:
    """Changing what an application tells: all its questions on one page."""

    asking: Asking
    questions: Form
    told: dict[str, Answer]

    @classmethod
    def of(cls, application: Application) -> Changing:
        """Of one that came by a list, with what the list told."""
        model, role = model_in(application.round.programme.description), application.role
        return cls(
            asking=Asking(model=model, role=role, email=address_of(application.person)),
            questions=form_to_change(model, role, has_guardian=has_guardian(application)),
            told=application.told or told_by(model, role, answers_from_json(application.answers)),
        )

    def begun(self) -> Taken:
        return Taken(page=None, told=self.told)

    def sent(self, data: QueryDict) -> Taken:
        """What was sent. With `typed` the page is shown again: something is wrong, or questions have come up."""
        posted = posted_of(self.asking.model, self.asking.role, data)
        shown = frozenset(data.getlist(walking.SHOWN))
        items = [item for item in self.questions.items if item.key in shown]
        checked = check_answers(self.questions, answers_from_posted(items, posted))
        wrong = {key: fault for key, fault in checked.faults.items() if key in shown}
        faults = self.asking.texts(wrong, checked.kept, shown)
        asked = {item.key for item in items_asked(self.questions, checked.kept)}
        is_more = data.get(walking.TO) == MORE
        if faults or is_more or not asked <= shown:
            faults = {} if is_more else faults
            return Taken(page=None, told=checked.kept, faults=faults, typed=posted, has_more=is_more)
        return Taken(page=None, told=checked.kept)

    def form(self, taken: Taken) -> CallForm:
        """All that is asked by these answers, with what was typed."""
        items = items_asked(self.questions, taken.told)
        shown = taken.typed if taken.typed is not None else shown_of(items, taken.told)
        model, role = self.asking.model, self.asking.role
        return call_form(model, role, items, shown=shown, faults=taken.faults, more=taken.has_more)
