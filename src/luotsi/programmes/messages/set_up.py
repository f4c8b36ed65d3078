"""The steps from a model to a public call, as they are shown; and what each obstacle leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.core.enums import Language
from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import ActivityState, SetUpStep
from luotsi.web.components import Watched
from luotsi.web.environment import day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.programmes.formats.values import ModelDescription
    from luotsi.programmes.models.programmes import Programme
    from luotsi.programmes.queries.checks import Obstacle

STEPS = tuple(step for step in SetUpStep if step is not SetUpStep.DONE)


def address_of(programme: Programme, step: SetUpStep) -> str:
    return reverse(f"programmes:set_up_{step.value}", args=[programme.ref])


def here(programme: Programme) -> str:
    """Where setting up goes on."""
    step = SetUpStep(programme.set_up)
    return address_of(programme, SetUpStep.CHECK if step is SetUpStep.DONE else step)


def steps_of(programme: Programme) -> list[tuple[str, str]]:
    return [(str(step.label), address_of(programme, step)) for step in STEPS]


def names_of_steps() -> list[tuple[str, None]]:
    """Of a programme that is not there yet."""
    return [(str(step.label), None) for step in STEPS]


def place_of(step: SetUpStep) -> int:
    """Counted from 1."""
    return STEPS.index(step) + 1


def before(programme: Programme, step: SetUpStep) -> str | None:
    """The way back; none from the first step."""
    place = STEPS.index(step)
    return address_of(programme, STEPS[place - 1]) if place else None


def watched(programme: Programme, obstacles: Iterable[Obstacle]) -> list[Watched]:
    """What is to be mended, each with the one way there."""
    return [
        Watched(
            kind="bad" if obstacle.is_blocking else "warn",
            state=_("is missing") if obstacle.is_blocking else _("good to know"),
            title=obstacle.step.label,
            reasons=(obstacle.sentence,),
            address=address_of(programme, obstacle.step),
            label=_("Mend it"),
        )
        for obstacle in obstacles
    ]


def summary_of(programme: Programme, model: ModelDescription) -> list[tuple[str, str]]:
    """What people will see of the programme, and what stands behind it."""
    partners = programme.partners.filter(left_on=None).select_related("organisation").order_by("organisation__name")
    planned = programme.activities.filter(state=ActivityState.PLANNED).count()
    languages = [name for code, name in Language.choices if code in (programme.languages or Language.values)]
    return [
        (_("Model"), str(TranslatedText(model.name))),
        (_("Languages of the call"), ", ".join(str(name) for name in languages)),
        (_("Partners"), ", ".join(partner.organisation.name for partner in partners) or _("none")),
        (_("Mentors at most"), _most(programme.mentors_most)),
        (_("Mentees at most"), _most(programme.mentees_most)),
        (_("Days"), f"{day(programme.starts_on)} – {day(programme.ends_on)}"),
        (_("Last day to apply"), day(programme.apply_until) if programme.apply_until else _("as long as it recruits")),
        (_("Activities in the plan"), str(planned)),
        (_("Questions"), str(len(model.questions))),
    ]


def _most(number: int | None) -> str:
    return _("as many as are accepted") if number is None else str(number)
