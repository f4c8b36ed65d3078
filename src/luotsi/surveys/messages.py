"""What surveys tell people, and the words for what is wrong with an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.comms.models import Letter
from luotsi.core.texts import TranslatedText
from luotsi.surveys.formats.items import HIGHEST, LOWEST, TEXT_LIMIT, Fault
from luotsi.web.environment import day

if TYPE_CHECKING:
    from luotsi.surveys.formats.items import Item
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


def fault_text(item: Item | None, key: str, fault: Fault) -> str:
    """What is wrong with the answer to a question, naming the question. Without an item nothing like it is asked."""
    question = key if item is None else str(TranslatedText(item.text))
    texts = {
        Fault.MISSING: _("Answer the question “%(question)s”."),
        Fault.NOT_ON_SCALE: _("Choose a number from %(lowest)s to %(highest)s for “%(question)s”."),
        Fault.NOT_OFFERED: _("Choose one of the offered for “%(question)s”."),
        Fault.NOT_TEXT: _("Write the answer to “%(question)s” anew: it has a character that cannot be stored."),
        Fault.TOO_LONG: _("Shorten the answer to “%(question)s” to %(limit)s characters at most."),
        Fault.NOT_ASKED: _("There is no question “%(question)s”."),
    }
    return texts[fault] % {"question": question, "lowest": LOWEST, "highest": HIGHEST, "limit": TEXT_LIMIT}
