"""What surveys write to people. No letter says or hints at an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.comms.models import Letter
from luotsi.web.environment import day

if TYPE_CHECKING:
    from luotsi.surveys.models import Wave


def asked(wave: Wave, path: str) -> Letter:
    """`path`: where this one answers."""
    return Letter(
        kind="surveys.asked",
        subject=_("A few questions for you: %(survey)s") % {"survey": wave.instrument},
        lines=[
            _("You are asked to answer a few questions: %(survey)s. It takes a few minutes.")
            % {"survey": wave.instrument},
            _("You can answer until %(day)s.") % {"day": day(wave.closes_on)},
            *([_("You look back: answer how it was at the start, as you see it now.")] if wave.looks_back else []),
            _how(wave),
        ],
        action_label=_("Answer the questions"),
        action_path=path,
        is_necessary=False,
    )


def reminder(wave: Wave, path: str) -> Letter:
    """The same to everybody who has not answered."""
    return Letter(
        kind="surveys.reminder",
        subject=_("There is still time to answer: %(survey)s") % {"survey": wave.instrument},
        lines=[
            _("You can answer until %(day)s.") % {"day": day(wave.closes_on)},
            _("Answering is voluntary. The more people answer, the more the results tell."),
            _how(wave),
        ],
        action_label=_("Answer the questions"),
        action_path=path,
        is_necessary=False,
    )


def _how(wave: Wave) -> str:
    if wave.is_anonymous:
        return _(
            "The survey is anonymous: it is known who has answered, but not who answered what. Results are shown"
            " after the survey has closed, and only for five people or more."
        )
    return _("Your answers are kept with your name. Others see them only together with those of other people.")
