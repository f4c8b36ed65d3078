"""What a person is given out of the own parts in programmes and of interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.programmes.queries.applications import interviews_about, interviews_held_by
from luotsi.programmes.queries.participations import parts_by
from luotsi.web.environment import day

if TYPE_CHECKING:
    from datetime import date

    from luotsi.people.models import Person


def parts_told(person: Person) -> list[dict[str, str]]:
    return [
        {
            _("Programme"): str(part.programme.name),
            _("Role"): part.get_role_display(),
            _("State"): part.get_state_display(),
            _("Places"): f"{part.places_taken} / {part.places}",
            **({_("Minutes in meetings"): str(part.minutes_mentored)} if part.minutes_mentored else {}),
            **_dated(
                {
                    _("The pause ends on"): part.paused_until,
                    _("Left on"): part.left_on,
                    _("Data of the start given to the funder"): part.start_data_given_on,
                    _("Data of the end given to the funder"): part.end_data_given_on,
                }
            ),
            **({_("Why I left"): part.get_left_reason_display()} if part.left_reason else {}),
        }
        for part in parts_by(person)
    ]


def _dated(days: dict[str, date | None]) -> dict[str, str]:
    return {name: day(value) for name, value in days.items() if value is not None}


def interviews_told(person: Person) -> list[dict[str, str]]:
    """Talks with the person, with what was noted of them."""
    return [
        {
            _("Programme"): str(interview.application.round.programme.name),
            _("Held on"): day(interview.held_on),
            _("Notes"): interview.notes,
            _("What would you do?"): interview.get_recommendation_display(),
        }
        for interview in interviews_about(person)
    ]


def interviews_led(person: Person) -> list[dict[str, str]]:
    """When the person interviewed for which programme; whom is the applicant's own."""
    return [
        {_("Programme"): str(interview.application.round.programme.name), _("Held on"): day(interview.held_on)}
        for interview in interviews_held_by(person)
    ]
