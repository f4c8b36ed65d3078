"""What competence tells people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.comms.models import Letter
from luotsi.competence.enums import AssessedBy, Moment
from luotsi.web.environment import day

if TYPE_CHECKING:
    from luotsi.competence.models import AssessmentTask, GrowthShare
    from luotsi.people.models import Person


def asked(task: AssessmentTask) -> Letter:
    """To the one who assesses: the self, or somebody else."""
    return _asked_self(task) if task.assessed_by == AssessedBy.SELF else _asked_other(task)


def _asked_self(task: AssessmentTask) -> Letter:
    words = {"plan": task.plan.name, "day": day(task.answer_by)}
    looks_back = _("You also look back: where you were at the start, as you see it now.")
    return Letter(
        kind="competence.asked",
        subject=_("Assess yourself: %(plan)s") % words,
        lines=[
            _("You choose your own level in each competence. It takes a few minutes on a phone and saves itself.")
            % words,
            *([looks_back] if task.moment == Moment.END else []),
            _("You can answer until %(day)s.") % words,
            _("Nobody but you reads your assessment, unless you show it to somebody yourself."),
        ],
        action_label=_("Assess yourself"),
        action_path=f"/my/competence/tasks/{task.ref}/",
    )


def _asked_other(task: AssessmentTask) -> Letter:
    words = {"plan": task.plan.name, "name": task.person, "day": day(task.answer_by)}
    return Letter(
        kind="competence.asked",
        subject=_("Assess %(name)s: %(plan)s") % words,
        lines=[
            _("You are asked to say on which level you have seen %(name)s. It takes a few minutes and saves itself.")
            % words,
            _("You can answer until %(day)s. Where you have not seen enough, say that you cannot say.") % words,
            _("%(name)s reads what you say, with your name. Nobody else reads your words.") % words,
        ],
        action_label=_("Begin"),
        action_path=f"/my/competence/tasks/{task.ref}/",
        mentions=[task.person.ref],
    )


def reminded(task: AssessmentTask) -> Letter:
    words = {"plan": task.plan.name, "name": task.person, "day": day(task.answer_by)}
    is_own = task.assessed_by == AssessedBy.SELF
    subject = _("Still to do: assess yourself, %(plan)s") if is_own else _("Still to do: assess %(name)s, %(plan)s")
    return Letter(
        kind="competence.reminded",
        subject=subject % words,
        lines=[
            _("You can answer until %(day)s. What you have filled in is kept, and it goes on where you stopped.")
            % words,
            _("If you would rather not, the page lets you say so. Then nobody asks again."),
        ],
        action_label=_("Go on"),
        action_path=f"/my/competence/tasks/{task.ref}/",
        mentions=[] if is_own else [task.person.ref],
    )


def shown(share: GrowthShare, person: Person) -> Letter:
    """To the one to whom `person` shows the own growth."""
    words = {"name": person}
    return Letter(
        kind="competence.shown",
        subject=_("%(name)s shows you their growth") % words,
        lines=[
            _("%(name)s has chosen to show you how their competence has grown.") % words,
            _("You see it as long as %(name)s wants. Keep it between you.") % words,
        ],
        action_label=_("Look at it"),
        action_path=f"/my/competence/shown/{share.ref}/",
        mentions=[person.ref],
    )
