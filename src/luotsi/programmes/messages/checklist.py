"""What comes next in a programme: five lines, and the one thing to do now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.programmes.enums import ImportState, ProgrammeState, RoundState, SetUpStep
from luotsi.programmes.messages.set_up import address_of, here
from luotsi.web.components import Step

if TYPE_CHECKING:
    from luotsi.programmes.models.lists import ImportRun
    from luotsi.programmes.models.programmes import Programme, Round
    from luotsi.programmes.queries.programmes import Funnel


@dataclass(frozen=True, slots=True, kw_only=True)
class Primary:
    """The one thing to do now."""

    sentence: str
    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    steps: tuple[Step, ...]
    primary: Primary | None


def checklist_of(programme: Programme, round_: Round | None, funnel: Funnel, newest: ImportRun | None) -> Checklist:
    """`newest`: the list that was brought in last, if any."""
    if round_ is None or programme.state != ProgrammeState.OPEN:
        steps = _steps(funnel, done=0 if programme.state == ProgrammeState.DRAFT else len(_titles()))
        return Checklist(steps=steps, primary=_to_open(programme))
    done, primary = _progress(programme, round_, funnel, newest)
    return Checklist(steps=_steps(funnel, done=done), primary=primary)


def _progress(
    programme: Programme, round_: Round, funnel: Funnel, newest: ImportRun | None
) -> tuple[int, Primary | None]:
    """How many steps are behind, and what to do now."""
    found: tuple[int, Primary | None] = (4, None)
    if newest and newest.state in {ImportState.READING, ImportState.READY, ImportState.APPLYING}:
        found = 1, _to_list(programme, newest)
    elif funnel.undecided:
        found = 2, _to_decide(programme, funnel.undecided)
    elif not funnel.applied:
        found = 1, _to_bring_in(programme)
    elif funnel.mentees_with_pair == 0 or round_.state in {RoundState.RECRUITING, RoundState.MATCHING}:
        found = 3, _to_match(programme)
    return found


def _titles() -> tuple[str, ...]:
    return (
        _("Open the programme"),
        _("Bring in the applicants"),
        _("Decide on the applications"),
        _("Form the pairs"),
        _("Follow the mentoring, and close"),
    )


def _steps(funnel: Funnel, *, done: int) -> tuple[Step, ...]:
    texts = (
        "",
        ngettext("%(num)s person has applied.", "%(num)s people have applied.", funnel.applied)
        % {"num": funnel.applied},
        ngettext("%(num)s person takes part.", "%(num)s people take part.", funnel.people) % {"num": funnel.people},
        ngettext("%(num)s mentee has a mentor.", "%(num)s mentees have a mentor.", funnel.mentees_with_pair)
        % {"num": funnel.mentees_with_pair},
        "",
    )
    states = ["done" if place < done else "now" if place == done else "ahead" for place in range(len(texts))]
    return tuple(
        Step(title=title, text=text if state == "done" else "", state=state)
        for title, text, state in zip(_titles(), texts, states, strict=True)
    )


def _to_open(programme: Programme) -> Primary | None:
    """Of a draft: on to the step that is next; nothing of what has ended."""
    if programme.state != ProgrammeState.DRAFT:
        return None
    step = SetUpStep(programme.set_up)
    if step in {SetUpStep.CHECK, SetUpStep.DONE}:
        return Primary(
            sentence=_("Only coordinators see this draft. When you open it, it is shown to everybody."),
            label=_("Check and open"),
            address=address_of(programme, SetUpStep.CHECK),
        )
    return Primary(
        sentence=_("Only coordinators see this draft. Its next step is “%(step)s”.") % {"step": step.label},
        label=_("Go on setting up"),
        address=here(programme),
    )


def _to_list(programme: Programme, newest: ImportRun) -> Primary:
    return Primary(
        sentence=_("The list %(file)s has been brought in. Look at it.") % {"file": newest.file_name},
        label=_("Look at the list"),
        address=reverse("programmes:import", args=[programme.ref, newest.ref]),
    )


def _to_decide(programme: Programme, undecided: int) -> Primary:
    return Primary(
        sentence=ngettext(
            "%(count)s application waits for a decision.", "%(count)s applications wait for a decision.", undecided
        )
        % {"count": undecided},
        label=_("Look at the applications"),
        address=reverse("programmes:applications", args=[programme.ref]) + "?state=submitted",
    )


def _to_bring_in(programme: Programme) -> Primary:
    return Primary(
        sentence=_("Nobody has applied yet. Bring in a list of applicants, or wait for applications."),
        label=_("Bring in a list"),
        address=reverse("programmes:import_new", args=[programme.ref]),
    )


def _to_match(programme: Programme) -> Primary:
    return Primary(
        sentence=_("All applications have been decided. Now the pairs can be formed."),
        label=_("Form the pairs"),
        address=reverse("matching:runs", args=[programme.ref]),
    )
