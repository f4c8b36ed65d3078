"""Letters about pairs that could be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.comms.models import Letter
from luotsi.web.environment import day

if TYPE_CHECKING:
    from luotsi.matching.models import MatchRun, Proposal
    from luotsi.people.models import Person


def asked(proposal: Proposal, other: Person) -> Letter:
    """To one of the two. `other` is whom the letter is about."""
    names = {"name": other.given_name, "programme": proposal.mentor.programme.name, "day": day(proposal.answer_by)}
    if other == proposal.mentor.person:
        subject = _("We have found a mentor for you: %(name)s")
    else:
        subject = _("We have found a mentee for you: %(name)s")
    return Letter(
        kind="matching.asked",
        subject=subject % names,
        lines=[
            _("In the programme %(programme)s we propose that you and %(name)s begin mentoring together.") % names,
            _("On the page you see why just the two of you. Answer by %(day)s: yes or no, as you feel.") % names,
            _("Mentoring begins when both have said yes. A no needs no reason."),
        ],
        action_label=_("Look at the proposal"),
        action_path=f"/my/proposals/{proposal.ref}/",
        is_necessary=True,
        mentions=[other.ref],
    )


def declined(proposal: Proposal) -> Letter:
    """To the one who did not say no."""
    names = {"programme": proposal.mentor.programme.name}
    return Letter(
        kind="matching.declined",
        subject=_("The pair in %(programme)s did not come about") % names,
        lines=[
            _("The pair that we proposed to you will not begin. That says nothing about you: plans and times change."),
            _("Your place in the programme %(programme)s stays. We look for somebody else for you.") % names,
            _("You need not do anything now."),
        ],
        action_label=_("Go to my home page"),
        action_path="/home/",
        is_necessary=True,
    )


def expired(proposal: Proposal, *, has_answered: bool) -> Letter:
    """To one of the two, when not both had answered in time."""
    names = {"programme": proposal.mentor.programme.name}
    if has_answered:
        lines = [
            _("You said yes, and we did not get an answer from the other one in time."),
            _("Your place in the programme %(programme)s stays. We look for somebody else for you.") % names,
        ]
    else:
        lines = [
            _("We did not get your answer to the proposal in time, so it has ended."),
            _("If you still want to take part in the programme %(programme)s, write to its coordinator.") % names,
        ]
    return Letter(
        kind="matching.expired",
        subject=_("The proposal in %(programme)s has ended") % names,
        lines=lines,
        action_label=_("Go to my home page"),
        action_path="/home/",
    )


def run_done(run: MatchRun) -> Letter:
    """To the coordinator who had the pairs worked out."""
    return Letter(
        kind="matching.run_done",
        subject=ngettext("%(num)s pair is ready", "%(num)s pairs are ready", run.matched) % {"num": run.matched},
        lines=[_("Look at them, with their reasons, before you publish them. Nobody has been asked yet.")],
        action_label=_("Look at the pairs"),
        action_path=_path(run),
    )


def run_refused(run: MatchRun) -> Letter:
    return Letter(
        kind="matching.run_refused",
        subject=_("The pairs could not be formed"),
        lines=[_("The page says what is in the way and how to mend it. Nobody has been asked.")],
        action_label=_("See what is wrong"),
        action_path=_path(run),
    )


def _path(run: MatchRun) -> str:
    return f"/programmes/{run.round.programme.ref}/matching/{run.ref}/"
