"""That two met, logged afterwards."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry, AuditFacts
from luotsi.mentoring.enums import Ending, How
from luotsi.mentoring.models import Session
from luotsi.mentoring.services.relationships import begin_closing
from luotsi.mentoring.services.sessions import Meeting, correct_session, log_as_agreed, log_session
from tests.factories.library import ToolFactory
from tests.factories.mentoring import SessionFactory, active_pair, met, outsider, over_pair, pair
from tests.factories.people import coordinator_of

pytestmark = pytest.mark.django_db


def today(minus: int = 0):
    return timezone.localdate() - timedelta(days=minus)


def kept() -> list[tuple[object, int, str, str, str]]:
    return list(Session.objects.order_by("pk").values_list("held_on", "minutes", "how", "tool_key", "summary"))


def test_log_session_keeps_what_was_told() -> None:
    ToolFactory.create(key="strengths")
    relationship = active_pair()
    meeting = Meeting(
        held_on=today(1), how=How.OTHERWISE, minutes=45, tool_key="strengths", summary=" Three strengths. "
    )

    session = log_session(relationship, meeting, by=relationship.mentee)

    assert kept() == [(today(1), 45, "otherwise", "strengths", "Three strengths.")]
    assert session.logged_by == relationship.mentee


def test_one_press_logs_today_with_the_next_tool_of_the_plan() -> None:
    for key in ("getting-to-know", "goals-and-agreement"):
        ToolFactory.create(key=key)
    relationship = active_pair()
    met(relationship, 7, tool_key="getting-to-know")

    log_as_agreed(relationship, by=relationship.mentor)

    assert kept()[1:] == [(today(), 60, "as_agreed", "goals-and-agreement", "")]


def test_a_meeting_that_fell_through_does_not_move_the_plan_on() -> None:
    ToolFactory.create(key="getting-to-know")
    relationship = active_pair()
    met(relationship, 7, how=How.NOT_HELD, minutes=0)

    session = log_as_agreed(relationship, by=relationship.mentor)

    assert session.tool_key == "getting-to-know"


def test_one_press_without_a_library_logs_without_a_theme() -> None:
    relationship = active_pair()

    session = log_as_agreed(relationship, by=relationship.mentor)

    assert session.tool_key == ""


def test_a_second_press_on_the_same_day_is_refused_and_says_who_was_first() -> None:
    relationship = active_pair()
    log_as_agreed(relationship, by=relationship.mentor)

    with pytest.raises(RefusedError, match=f"{relationship.mentor} has logged .* already"):
        log_as_agreed(relationship, by=relationship.mentee)

    assert Session.objects.count() == 1


def test_a_meeting_that_was_not_held_took_no_time() -> None:
    relationship = active_pair()

    log_session(relationship, Meeting(held_on=today(), how=How.NOT_HELD, minutes=60), by=relationship.mentee)

    assert kept() == [(today(), 0, "not_held", "", "")]


@pytest.mark.parametrize(
    ("meeting", "why"),
    [
        (lambda: Meeting(held_on=today(-1), minutes=60), "Choose today or an earlier day"),
        (lambda: Meeting(held_on=today(731), minutes=60), "more than two years ago"),
        (lambda: Meeting(held_on=today(), minutes=4), "from 5 to 480 minutes"),
        (lambda: Meeting(held_on=today(), minutes=481), "from 5 to 480 minutes"),
        (lambda: Meeting(held_on=today()), "from 5 to 480 minutes"),
        (lambda: Meeting(held_on=today(), minutes=60, tool_key="no-such-tool"), "Choose one of the themes"),
    ],
)
def test_what_cannot_be_is_refused(meeting, why: str) -> None:
    relationship = active_pair()

    with pytest.raises(RefusedError, match=why):
        log_session(relationship, meeting(), by=relationship.mentee)

    assert kept() == []


@pytest.mark.parametrize(
    ("make", "why"), [(pair, "Both of you approve the agreement first"), (over_pair, "This mentoring is over")]
)
def test_meetings_are_logged_while_mentoring_goes_on_only(make, why: str) -> None:
    relationship = make()

    with pytest.raises(RefusedError, match=why):
        log_as_agreed(relationship, by=relationship.mentee)

    assert kept() == []


def test_the_last_meeting_can_be_logged_while_it_is_closing() -> None:
    relationship = active_pair()
    begin_closing(relationship, Ending.TIME_IS_UP, by=relationship.mentor)

    log_as_agreed(relationship, by=relationship.mentor)

    assert Session.objects.count() == 1


def test_nobody_but_the_two_logs() -> None:
    relationship = active_pair()

    for by in (outsider(), coordinator_of(relationship.programme.network)):
        with pytest.raises(RefusedError, match="Only the two of the pair"):
            log_as_agreed(relationship, by=by)

    assert kept() == []


def test_correct_session_by_the_one_who_logged_it() -> None:
    session = SessionFactory.create(summary="Frist.")

    correct_session(session, Meeting(held_on=today(2), minutes=30, summary="First."), by=session.logged_by)

    assert kept() == [(today(2), 30, "as_agreed", "", "First.")]
    entry = AuditEntry.objects.get(verb="mentoring.session_corrected")
    assert AuditFacts.objects.get(entry=entry).facts == (
        f'{{"held_on": "{today(2).isoformat()}", "how": "as_agreed", "minutes": 30}}'
    )


def test_correct_session_by_the_other_one_is_refused() -> None:
    session = SessionFactory.create(summary="As it was.")

    with pytest.raises(RefusedError, match="Only the one who logged a meeting"):
        correct_session(session, Meeting(held_on=today(), minutes=30), by=session.relationship.mentor)

    assert kept() == [(today(), 60, "as_agreed", "", "As it was.")]


def test_correct_session_onto_a_day_that_is_taken_is_refused() -> None:
    relationship = active_pair()
    first, _second = met(relationship, 3, 1)

    with pytest.raises(RefusedError, match="already"):
        correct_session(first, Meeting(held_on=today(1), minutes=30), by=relationship.mentee)

    first.refresh_from_db()
    assert first.held_on == today(3)


def test_the_database_keeps_one_meeting_a_day_and_its_minutes() -> None:
    session = SessionFactory.create()

    for values in (
        {"held_on": session.held_on},
        {"held_on": today(5), "minutes": 4},
        {"held_on": today(5), "how": "not_held"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            SessionFactory.create(relationship=session.relationship, **values)

    assert Session.objects.count() == 1
