"""How people come into a programme of a model, what they grow in, and what reaches them by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from luotsi.programmes.formats.errors import Code
from luotsi.programmes.formats.values import Audience, CompetenceArea, Enrolment, Nudge, NudgeEvent, Opening

if TYPE_CHECKING:
    from luotsi.programmes.formats.document import Entry
    from luotsi.programmes.formats.fields import Form

_ENROLMENT: Final = (
    "self_only",
    "may_be_both",
    "guardian_consent",
    "interview",
    "decision_days",
    "terms",
    "decides",
    "asks",
)
_USUAL_DAYS: Final = 14
_YEAR: Final = 365
_DAYS: Final = {
    NudgeEvent.ACTIVITY_COMING: (-_YEAR, 0),
    NudgeEvent.PROGRAMME_STARTED: (-_YEAR, _YEAR),
    NudgeEvent.PROGRAMME_ENDING: (-_YEAR, _YEAR),
}
"""Lowest and highest of an event that is known beforehand; of the others one hears only when they have happened."""


def read_enrolment(form: Form, entry: Entry | None) -> Enrolment:
    given = form.table(entry, (), _ENROLMENT)
    return Enrolment(
        self_only=form.yes_no(given.get("self_only"), otherwise=False),
        may_be_both=form.yes_no(given.get("may_be_both"), otherwise=False),
        guardian_consent=form.yes_no(given.get("guardian_consent"), otherwise=True),
        interview=form.yes_no(given.get("interview"), otherwise=False),
        decision_days=form.whole(given["decision_days"], 1, 120) if "decision_days" in given else _USUAL_DAYS,
        terms=form.text(given.get("terms")),
        decides=form.text(given.get("decides")),
        asks=form.text(given.get("asks")),
    )


def read_opening(form: Form, entry: Entry | None) -> Opening:
    given = form.table(entry, (), ("sponsor", "main_goal", "approved_plan"))
    return Opening(
        sponsor=form.yes_no(given.get("sponsor"), otherwise=False),
        main_goal=form.yes_no(given.get("main_goal"), otherwise=False),
        approved_plan=form.yes_no(given.get("approved_plan"), otherwise=False),
    )


def read_competences(form: Form, entry: Entry | None) -> tuple[CompetenceArea, ...]:
    found = []
    keys = []
    for row in form.rows(entry, 0, 40):
        given = form.table(row, ("key", "name"), ("framework", "area"))
        area = CompetenceArea(
            key=form.key(given.get("key")),
            name=form.text(given.get("name")),
            framework=form.word(given.get("framework")),
            area=form.word(given.get("area")),
        )
        found.append(area)
        keys.append((given.get("key", row), area.key))
    form.unlike(keys)
    return tuple(found)


def read_nudges(form: Form, entry: Entry | None) -> tuple[Nudge, ...]:
    found = []
    keys = []
    for row in form.rows(entry, 0, 40):
        given = form.table(row, ("key", "event", "days", "to", "subject", "text"))
        event = form.one_of(given.get("event"), NudgeEvent)
        nudge = Nudge(
            key=form.key(given.get("key")),
            event=event,
            days=_days(form, given.get("days"), event),
            to=form.some_of(given.get("to"), Audience),
            subject=form.text(given.get("subject")),
            text=form.text(given.get("text")),
        )
        found.append(nudge)
        keys.append((given.get("key", row), nudge.key))
    form.unlike(keys)
    return tuple(found)


def _days(form: Form, entry: Entry | None, event: NudgeEvent) -> tuple[int, ...]:
    """Different days, before the event only where it is known beforehand."""
    lowest, highest = _DAYS.get(event, (0, _YEAR))
    found: list[int] = []
    for row in form.rows(entry, 1, 10):
        before = len(form.faults)
        day = form.whole(row, lowest, highest)
        if len(form.faults) == before and day in found:
            form.fault(row, Code.REPEATED, found=str(day))
        found.append(day)
    return tuple(found)
