"""What surveys tell people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.comms.models import Letter
from luotsi.web.environment import day

if TYPE_CHECKING:
    from luotsi.surveys.models import Response


def asked(response: Response) -> Letter:
    wave = response.wave
    return Letter(
        kind="surveys.asked",
        subject=_("A few questions for you: %(survey)s") % {"survey": wave.instrument},
        lines=[
            _("You are asked to answer a few questions: %(survey)s. It takes a few minutes.")
            % {"survey": wave.instrument},
            _("You can answer until %(day)s.") % {"day": day(wave.closes_on)},
            _("Your answers are kept with your name. Others see them only together with those of other people."),
        ],
        action_label=_("Answer the questions"),
        action_path=f"/my/surveys/{response.ref}/",
        is_necessary=False,
    )
