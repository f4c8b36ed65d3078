"""Letters about activities and assignments, and activities as events of a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luotsi.comms.formats.calendar import CalendarEvent
from luotsi.comms.models import Letter
from luotsi.programmes.enums import ActivityState
from luotsi.web.environment import day, day_time

if TYPE_CHECKING:
    from luotsi.comms.models import CalendarEntry
    from luotsi.people.models import Person
    from luotsi.programmes.models.activities import AssignmentAnswer
    from luotsi.programmes.models.plans import Activity


def path_of(activity: Activity) -> str:
    return f"/my/activities/{activity.ref}/"


def when(activity: Activity) -> str:
    """Day and time as the clock on the wall shows them; or the last day; or that it is not settled."""
    if activity.starts_local is not None:
        return day_time(activity.starts_local.replace(tzinfo=None))  # as the clock there shows it
    if activity.due_on is not None:
        return _("until %(day)s") % {"day": day(activity.due_on)}
    return _("The day is not settled yet")


def event_of(activity: Activity, *, is_settled: bool = False, is_cancelled: bool = False) -> CalendarEvent:
    """The activity as something in a calendar, in the language of now. One without a day any more is cancelled."""
    has_day = activity.starts_local is not None or activity.due_on is not None
    text = str(activity.text) if activity.text else ""
    return CalendarEvent(
        ref=activity.ref,
        name=_name_in_calendar(activity),
        at=timezone.now(),
        starts_local=activity.starts_local,
        minutes=activity.minutes or 60,
        time_zone=activity.time_zone,
        on=activity.due_on if activity.starts_local is None else None,
        place=activity.place or activity.link[:200],
        text="\n\n".join(part for part in (text, activity.link) if part)[:2000],
        address=path_of(activity),
        sequence=activity.sequence,
        is_settled=is_settled,
        is_cancelled=is_cancelled or not has_day or activity.state == ActivityState.CANCELLED,
    )


def _name_in_calendar(activity: Activity) -> str:
    name = " ".join(str(activity.name).split())
    return (name if activity.starts_local is not None else _("Due: %(name)s") % {"name": name})[:200]


def differs(activity: Activity, entry: CalendarEntry, person: Person) -> bool:
    """Whether somebody's calendar shows anything that is not so any more."""
    with translation.override(person.language):
        event = event_of(activity)
    if event.is_cancelled:
        return not entry.is_cancelled
    shown = ("name", "starts_local", "minutes", "time_zone", "on", "place", "text")
    return any(getattr(event, name) != getattr(entry, name) for name in shown)


def signed_up(activity: Activity) -> Letter:
    return _letter(
        activity,
        "programmes.signed_up",
        _("You are signed up: %(name)s"),
        [_("You have a place. If you cannot come after all, say so on the page: somebody else gets it.")],
        is_settled=True,
    )


def place_from_queue(activity: Activity) -> Letter:
    return _letter(
        activity,
        "programmes.place_from_queue",
        _("You have a place: %(name)s"),
        [_("A place became free, and you were the first in the queue. If you cannot come, say so on the page.")],
        is_settled=True,
    )


def expected(activity: Activity) -> Letter:
    """A required activity, or an assignment."""
    if activity.starts_local is not None:
        return _letter(
            activity,
            "programmes.expected",
            _("You are expected: %(name)s"),
            [_("It belongs to what everybody does in the programme. Put the time in your calendar.")],
        )
    return _letter(
        activity,
        "programmes.assignment",
        _("To be done: %(name)s"),
        [_("You write your answer on the page. It is kept as you write, and you can go on later.")],
    )


def changed(activity: Activity, *, is_settled: bool) -> Letter:
    """What stood in the calendar has another time or place, or was cancelled."""
    if event_of(activity).is_cancelled and activity.state != ActivityState.CANCELLED:
        subject, line = _("No day is settled: %(name)s"), _("The day that was told before does not hold any more.")
    elif activity.state == ActivityState.CANCELLED:
        subject, line = _("Cancelled: %(name)s"), _("It will not be held. You need not do anything.")
    else:
        subject, line = _("Changed: %(name)s"), _("This is how it is now. The calendar in this mail is up to date.")
    return _letter(activity, "programmes.activity_changed", subject, [line], is_settled=is_settled)


def answer_accepted(answer: AssignmentAnswer) -> Letter:
    name = str(answer.activity.name)
    return _answer_letter(
        answer,
        "programmes.answer_accepted",
        _("Accepted: %(name)s") % {"name": name},
        [_("Your answer was accepted. You need not do anything more with it.")],
    )


def answer_returned(answer: AssignmentAnswer) -> Letter:
    name = str(answer.activity.name)
    return _answer_letter(
        answer,
        "programmes.answer_returned",
        _("Go on with: %(name)s") % {"name": name},
        [_("The trainer has read your answer and says how to go on with it. You can change it and hand it in again.")],
    )


def answer_commented(answer: AssignmentAnswer) -> Letter:
    name = str(answer.activity.name)
    return _answer_letter(
        answer,
        "programmes.answer_commented",
        _("A comment on your answer: %(name)s") % {"name": name},
        [_("A trainer has written something about your answer.")],
        is_necessary=False,
    )


def answer_back(answer: AssignmentAnswer) -> Letter:
    """To the trainer who had judged or commented before: the person has gone on."""
    name = str(answer.activity.name)
    return Letter(
        kind="programmes.answer_back",
        subject=_("%(person)s has gone on with: %(name)s") % {"person": answer.person, "name": name},
        lines=[_("There is something new in an answer that you have read.")],
        action_label=_("Read the answer"),
        action_path=f"/training/answers/{answer.ref}/",
        mentions=[answer.person.ref],
    )


def _letter(activity: Activity, kind: str, subject: str, lines: list[str], *, is_settled: bool = False) -> Letter:
    told = [f"{activity.name}, {when(activity)}", activity.place, *lines]
    return Letter(
        kind=kind,
        subject=subject % {"name": activity.name},
        lines=[line for line in told if line],
        action_label=_("Look at the page"),
        action_path=path_of(activity),
        is_necessary=True,
        event=event_of(activity, is_settled=is_settled),
    )


def _answer_letter(
    answer: AssignmentAnswer, kind: str, subject: str, lines: list[str], *, is_necessary: bool = True
) -> Letter:
    return Letter(
        kind=kind,
        subject=subject,
        lines=lines,
        action_label=_("Look at my answer"),
        action_path=f"/my/activities/{answer.activity.ref}/answer/",
        is_necessary=is_necessary,
    )
