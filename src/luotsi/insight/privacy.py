"""What insight holds about a person: questions asked and answered, and that figures were taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.privacy import Held
from luotsi.insight import services

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person

COVERS = frozenset(
    {
        "insight.Snapshot.taken_by",
        "insight.FigureQuestion.asked_by",
        "insight.FigureQuestion.answered_by",
    }
)


def collect(person: Person) -> list[Held]:
    asked = [{_("I asked"): row.text, _("Answer"): row.answer} for row in person.figure_questions.order_by("pk")]
    answered = [{_("Question"): row.text, _("I answered"): row.answer} for row in person.figure_answers.order_by("pk")]
    taken = [{_("Figures taken for the day"): row.on.isoformat()} for row in person.snapshots.order_by("pk")]
    return [Held(title=_("Figures"), rows=[*asked, *answered, *taken])]


def erase(person: Person, *, by: Actor) -> None:
    services.forget_person(person, by=by)
