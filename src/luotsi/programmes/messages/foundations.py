"""The five lines that carry a programme, in words: what is there, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.web.components import Check

if TYPE_CHECKING:
    from luotsi.programmes.queries.foundations import Foundations


def lines_of(found: Foundations) -> list[Check]:
    """Goals, action plan, coordinated support, follow-up, evaluation."""
    return [_goals(found), _plan(found), _support(found), _follow_up(found), _evaluation(found)]


def _state(*, is_done: bool, is_begun: bool) -> str:
    return "ok" if is_done else "no" if is_begun else "todo"


def _goals(found: Foundations) -> Check:
    text = _("The programme has no partners yet, so nobody has set a main goal.")
    if found.partners:
        text = ngettext(
            "%(done)s of %(num)s partner has set a main goal.",
            "%(done)s of %(num)s partners have set a main goal.",
            found.partners,
        ) % {"done": found.with_goal, "num": found.partners}
    is_done = 0 < found.partners == found.with_goal
    return Check(title=_("Goals"), text=text, state=_state(is_done=is_done, is_begun=found.partners > 0))


def _plan(found: Foundations) -> Check:
    text = ngettext("%(num)s activity is in the plan.", "%(num)s activities are in the plan.", found.activities)
    text = text % {"num": found.activities}
    text += " " + (
        ngettext(
            "%(done)s of %(num)s partner has approved it.",
            "%(done)s of %(num)s partners have approved it.",
            found.partners,
        )
        % {"done": found.approved, "num": found.partners}
        if found.partners
        else _("There are no partners yet who could approve it.")
    )
    is_done = found.activities > 0 and 0 < found.partners == found.approved
    is_begun = found.activities > 0 and found.partners > 0
    return Check(title=_("Action plan"), text=text, state=_state(is_done=is_done, is_begun=is_begun))


def _support(found: Foundations) -> Check:
    text = ngettext(
        "%(num)s training, peer group or meeting with HR is in the plan.",
        "%(num)s trainings, peer groups and meetings with HR are in the plan.",
        found.support.planned,
    ) % {"num": found.support.planned}
    if found.partners:
        text += " " + ngettext(
            "%(done)s of %(num)s partner has a contact person.",
            "%(done)s of %(num)s partners have a contact person.",
            found.partners,
        ) % {"done": found.with_contact, "num": found.partners}
    is_done = found.support.planned > 0 and found.partners == found.with_contact
    is_begun = found.support.planned + found.with_contact > 0
    return Check(title=_("Coordinated support"), text=text, state=_state(is_done=is_done, is_begun=is_begun))


def _follow_up(found: Foundations) -> Check:
    """In order once it is planned: it shows while it goes on what there is to do."""
    held = found.follow_up
    text = ngettext(
        "%(num)s survey or midway meeting is in the plan, %(done)s of them behind.",
        "%(num)s surveys and midway meetings are in the plan, %(done)s of them behind.",
        held.planned,
    ) % {"num": held.planned, "done": held.done}
    return Check(title=_("Follow-up"), text=text, state=_state(is_done=held.planned > 0, is_begun=False))


def _evaluation(found: Foundations) -> Check:
    if found.findings:
        text = ngettext(
            "%(num)s finding is written down, %(done)s decided on.",
            "%(num)s findings are written down, %(done)s decided on.",
            found.findings,
        ) % {"num": found.findings, "done": found.findings_decided}
    elif found.evaluation.planned:
        text = _("It is in the plan. Nothing has been found yet.")
    else:
        text = _("It is not in the plan, and nothing has been found.")
    is_done = 0 < found.findings == found.findings_decided
    is_begun = found.findings > 0
    return Check(title=_("Evaluation"), text=text, state=_state(is_done=is_done, is_begun=is_begun))
