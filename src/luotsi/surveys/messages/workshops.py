"""What surveys tell those who take part in an HR day, and those who carry what came out of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.comms.models import Letter
from luotsi.people.enums import Role
from luotsi.people.models import Membership
from luotsi.people.queries import address_of
from luotsi.web.environment import day

if TYPE_CHECKING:
    from luotsi.people.models import Organisation, Person
    from luotsi.surveys.models import Conclusion, WorkshopPart

Compose = Callable[["WorkshopPart"], Letter]
MOST_NAMED = 3


def invited(part: WorkshopPart) -> Letter:
    values = _values(part)
    return Letter(
        kind="surveys.workshop_invited",
        subject=_("HR day on %(day)s: %(name)s") % values,
        lines=[
            _("%(organisation)s is invited to the HR day “%(name)s” on %(day)s.") % values,
            _(
                "In five steps you go from the results of your own learning-culture survey to main goals: what stands "
                "out, what it means, what you want, the goals, and who carries them."
            ),
            _(
                "Choose beforehand which results you look at, and what of them the other organisations see. They see "
                "nothing before you say so."
            ),
        ],
        action_label=_("Choose the results"),
        action_path=f"/workshops/parts/{part.ref}/results/",
    )


def moved(part: WorkshopPart) -> Letter:
    values = _values(part)
    return Letter(
        kind="surveys.workshop_moved",
        subject=_("The HR day has a new day: %(day)s") % values,
        lines=[_("The HR day “%(name)s” is held on %(day)s.") % values],
        action_label=_("Look at the HR day"),
        action_path=f"/workshops/parts/{part.ref}/",
    )


def cancelled(part: WorkshopPart) -> Letter:
    values = _values(part)
    return Letter(
        kind="surveys.workshop_cancelled",
        subject=_("The HR day on %(day)s is cancelled") % values,
        lines=[_("The HR day “%(name)s” is cancelled. What you have noted down stays readable to you.") % values],
        action_label=_("Look at the HR day"),
        action_path=f"/workshops/parts/{part.ref}/",
    )


def carried(conclusion: Conclusion) -> Letter:
    """To the one who sees to the goal. It says to whom to write, so that a no is easy."""
    people = _to_write_to(conclusion.part.organisation)
    values = _values(conclusion.part) | {"goal": conclusion.title, "why": conclusion.why}
    lines = [
        _("%(organisation)s set its main goals on the HR day “%(name)s”. You were named to see to one of them:")
        % values,
        f"{conclusion.title}.".replace("..", "."),
        _("Why: %(why)s") % values,
    ]
    if conclusion.measure:
        lines.append(_("How it will be seen: %(measure)s") % {"measure": conclusion.measure})
    if conclusion.by_when:
        lines.append(_("By when: %(day)s") % {"day": day(conclusion.by_when)})
    lines.append(
        _("If this does not suit you, say so: write to %(people)s. Nobody has to give a reason.")
        % {"people": ", ".join(f"{person} ({address_of(person)})" for person in people)}
        if people
        else _("If this does not suit you, tell human resources. Nobody has to give a reason.")
    )
    return Letter(
        kind="surveys.goal_carried",
        subject=_("You were named to see to a main goal: %(goal)s") % values,
        lines=lines,
        mentions=[person.ref for person in people],
    )


def _to_write_to(organisation: Organisation) -> list[Person]:
    """Human resources of the organisation, else those who manage it."""
    mine = Membership.objects.current().filter(organisation=organisation, person__erased_at=None)
    for role in (Role.HR, Role.MANAGEMENT, Role.ADMIN):
        found = mine.filter(role=role).select_related("person").order_by("person__sort_key", "pk")[:MOST_NAMED]
        if found:
            return [membership.person for membership in found]
    return []


def _values(part: WorkshopPart) -> dict[str, str]:
    return {
        "organisation": part.organisation.name,
        "name": part.workshop.name,
        "day": str(day(part.workshop.held_on)),
    }
