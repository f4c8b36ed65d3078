"""Writes: that two met, as they log it afterwards."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit, events
from luotsi.core.errors import RefusedError
from luotsi.library.queries import tools_by_key
from luotsi.mentoring.enums import OVER, How, RelationshipState
from luotsi.mentoring.events import SessionLogged
from luotsi.mentoring.models import LONGEST, SHORTEST, Session
from luotsi.mentoring.queries.relationships import next_tool_key, plan_of
from luotsi.mentoring.services.pairs import member_of
from luotsi.web.environment import day

if TYPE_CHECKING:
    from datetime import date

    from luotsi.core.actors import Actor
    from luotsi.mentoring.models import Relationship

OLDEST = timedelta(days=730)  # a meeting longer ago is a slip of the pen


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What is told of a meeting. `minutes` count only if it was held; `summary` is read by the two alone."""

    held_on: date
    how: How = How.AS_AGREED
    minutes: int = 0
    tool_key: str = ""
    summary: str = ""


@transaction.atomic
def log_session(relationship: Relationship, meeting: Meeting, *, by: Actor) -> Session:
    """Note that the two met, or that a meeting fell through. One a day."""
    member = member_of(relationship, by)
    _check_may_log(relationship)
    kept = _checked(meeting)
    _check_day_is_free(relationship, kept.held_on)
    session = Session(relationship=relationship, logged_by=member.person, **asdict(kept)).insert()
    _record(session, "mentoring.session_logged", by)
    return session


@transaction.atomic
def log_as_agreed(relationship: Relationship, *, by: Actor) -> Session:
    """The one press: today, as long as the programme plans, with the next tool of its plan."""
    minutes = plan_of(relationship.programme).minutes
    meeting = Meeting(held_on=timezone.localdate(), minutes=minutes, tool_key=next_tool_key(relationship))
    return log_session(relationship, meeting, by=by)


@transaction.atomic
def correct_session(session: Session, meeting: Meeting, *, by: Actor) -> None:
    """Put an entry right: whoever logged it, as long as mentoring goes on."""
    relationship = session.relationship
    member = member_of(relationship, by)
    _check_may_log(relationship)
    if member.person != session.logged_by:
        raise RefusedError(_("Only the one who logged a meeting can correct it."))
    kept = _checked(meeting)
    if kept.held_on != session.held_on:
        _check_day_is_free(relationship, kept.held_on)
    session.amend(**asdict(kept))
    _record(session, "mentoring.session_corrected", by)


def _check_may_log(relationship: Relationship) -> None:
    if relationship.state == RelationshipState.AGREEING:
        raise RefusedError(_("Both of you approve the agreement first. Then you can log meetings."))
    if relationship.state in OVER:
        raise RefusedError(_("This mentoring is over. Its meetings stay as they are."))


def _check_day_is_free(relationship: Relationship, held_on: date) -> None:
    found = relationship.sessions.select_related("logged_by").filter(held_on=held_on).first()
    if found is not None:
        words = {"name": found.logged_by, "day": day(held_on)}
        raise RefusedError(_("%(name)s has logged %(day)s already. Correct that entry instead.") % words)


def _checked(meeting: Meeting) -> Meeting:
    """The meeting as it is kept: one that was not held took no time."""
    today = timezone.localdate()
    if meeting.held_on > today:
        raise RefusedError(_("A meeting is logged when it has been. Choose today or an earlier day."))
    if meeting.held_on < today - OLDEST:
        raise RefusedError(_("The day is more than two years ago. Check the year."))
    is_held = meeting.how != How.NOT_HELD
    if is_held and not SHORTEST <= meeting.minutes <= LONGEST:
        words = {"shortest": SHORTEST, "longest": LONGEST}
        raise RefusedError(_("Say how long you met: from %(shortest)s to %(longest)s minutes.") % words)
    if meeting.tool_key and meeting.tool_key not in tools_by_key():
        raise RefusedError(_("Choose one of the themes in the list."))
    return Meeting(
        held_on=meeting.held_on,
        how=meeting.how,
        minutes=meeting.minutes if is_held else 0,
        tool_key=meeting.tool_key,
        summary=meeting.summary.strip(),
    )


def _record(session: Session, verb: str, by: Actor) -> None:
    held_on = session.held_on.isoformat()
    audit.record(by=by, verb=verb, subject=session, held_on=held_on, minutes=session.minutes, how=str(session.how))
    relationship = session.relationship
    events.announce(
        SessionLogged(
            relationship=relationship.ref,
            programme=relationship.programme.ref,
            mentor=relationship.mentor.ref,
            mentee=relationship.mentee.ref,
        )
    )
