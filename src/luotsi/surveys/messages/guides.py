"""What to do in each step of an HR day, for those who sit round the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luotsi.surveys.enums import Step

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What to do, about how long, and what to talk over."""

    minutes: int
    task: Promise
    questions: tuple[Promise, ...]
    ask: Promise  # the label of the field in which it is noted down


GUIDES: dict[Step, Guide] = {
    Step.STANDS_OUT: Guide(
        minutes=30,
        task=_(
            "Look at your own results for five minutes, each quietly. Then tell each other what you noticed. Note down "
            "what you see, and leave the reasons for the next step."
        ),
        questions=(
            _("What are you glad to see?"),
            _("What surprises you?"),
            _("Where do the units, or this survey and the one before, differ most?"),
            _("What do the results not tell?"),
        ),
        ask=_("What stands out?"),
    ),
    Step.MEANS: Guide(
        minutes=40,
        task=_(
            "Choose the two or three observations that matter most, and ask what lies behind them in everyday work. "
            "Several explanations can be true at once: write them all down."
        ),
        questions=(
            _("In which situations at work does this show?"),
            _("What do we do ourselves that keeps it so?"),
            _("Who sees it differently, and why?"),
            _("What should we ask our people before we conclude anything?"),
        ),
        ask=_("What does it mean?"),
    ),
    Step.WANTED: Guide(
        minutes=40,
        task=_(
            "Picture a good working day with you a year from now. Write down what people then do, rather than what "
            "they are like: what is done can be seen."
        ),
        questions=(
            _("What do people do in a year that they do not do now?"),
            _("Which change would bring others along with it?"),
            _("What is good already and must be kept?"),
        ),
        ask=_("What do you want?"),
    ),
    Step.GOALS: Guide(
        minutes=45,
        task=_(
            "Turn what you want into one to five main goals. Few are better than many: a goal that nobody has time for "
            "is no goal. Say of each why it matters, and how you will see that it was reached."
        ),
        questions=(
            _("Which goals does the management stand behind?"),
            _("How will you see the change: in the next survey, in figures, in what people tell?"),
            _("What will you do less of, so that there is time for this?"),
        ),
        ask=_("What else should be remembered?"),
    ),
    Step.CARRIERS: Guide(
        minutes=25,
        task=_(
            "Name for each goal who sees to it: a person, a role or a group. Ask first, if the person is not in the "
            "room. The goals stand when the coordinator finishes the day, and a programme can then take them over."
        ),
        questions=(
            _("Does the one who carries it have the time and the say?"),
            _("Who helps, and who hears how it goes?"),
            _("When do you next look together at how far you are?"),
        ),
        ask=_("What else should be remembered?"),
    ),
}
