"""Letters of the model that go out by themselves: each once, to those concerned, in their own language."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone, translation

from luotsi.comms.enums import DeliveryState
from luotsi.comms.models import Message
from luotsi.core.texts import TranslatedText
from luotsi.journey.models import NudgeSent
from luotsi.journey.own_data import forget
from luotsi.journey.queries.nudges import planned_in
from luotsi.journey.services.nudges import send_nudges
from luotsi.people.models import Person
from luotsi.programmes.enums import ActivityState, AnswerState, ApplicationState, AttendanceState, ParticipationState
from luotsi.programmes.models.activities import AssignmentAnswer, Attendance
from luotsi.programmes.models.plans import Activity, Phase
from luotsi.programmes.models.programmes import Programme, Round
from luotsi.programmes.queries.descriptions import shipped_text
from tests.factories.mentoring import active_pair, met, pair
from tests.factories.people import PersonFactory, coordinator_of
from tests.factories.programmes import ApplicationFactory, mentee, mentor, open_round

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def with_nudge(event: str, days: str, to: str) -> str:
    """A model with one nudge."""
    rest = re.sub(r"^nudges:\n(?:[ #].*\n|\n)*", "", shipped_text("career-mentoring"), flags=re.MULTILINE)
    return (
        rest.rstrip()
        + f"""
nudges:
  - key: nudge
    event: {event}
    days: [{days}]
    to: [{to}]
    subject: {{fi: "Hei {{name}}", sv: "Hej {{name}}", en: "Hello {{name}}"}}
    text: {{fi: "{{programme}} {{activity}} {{day}}", sv: "{{programme}}", en: "{{programme}}: {{activity}} {{day}}"}}
"""
    )


def round_with(event: str, days: str = "7, 14", to: str = "mentor, mentee", **values: Any) -> Round:
    usual: dict[str, Any] = {"name": {"fi": "Ohjelma", "en": "Programme"}, "starts_on": ago(100), "ends_on": ago(-100)}
    return open_round(description=with_nudge(event, days, to), **(usual | values))


def told() -> list[tuple[str, str]]:
    """To whom which letters went."""
    names = {person.ref: person.given_name for person in Person.objects.all()}
    return sorted((names[row.recipient_ref], row.subject) for row in Message.objects.filter(kind="journey.nudge"))


def activity(programme: Programme, **values: Any) -> Activity:
    phase = Phase.objects.create(
        programme=programme,
        key="phase",
        name=TranslatedText({"en": "Phase"}),
        starts_on=ago(30),
        ends_on=ago(-30),
        position=1,
    )
    return Activity.objects.create(
        **{
            "programme": programme,
            "phase": phase,
            "key": "task",
            "kind": "interim_assignment",
            "name": TranslatedText({"fi": "Tehtävä", "en": "Task"}),
            "for_whom": ["mentor", "mentee"],
            **values,
        }
    )


def named(name: str, **values: Any) -> Person:
    return PersonFactory.create(given_name=name, **{"language": "en", **values})


def test_who_waits_hears_from_us_at_7_14_and_45_days() -> None:
    round_ = round_with("application_waiting", "7, 14, 45")
    ApplicationFactory.create(round=round_, person=named("Seven"), submitted_on=ago(7))
    waiting = ApplicationFactory.create(
        round=round_,
        person=named("Fourteen", language="fi"),
        submitted_on=ago(14),
        state=ApplicationState.WAITLISTED,
    )
    ApplicationFactory.create(round=round_, person=named("Thirteen"), submitted_on=ago(11))
    ApplicationFactory.create(
        round=round_, person=named("Decided"), submitted_on=ago(45), state=ApplicationState.DECLINED
    )

    assert send_nudges() == 2

    assert told() == [("Fourteen", "Hei Fourteen"), ("Seven", "Hello Seven")]
    waiting.refresh_from_db()
    assert waiting.cared_days == 14


def test_a_letter_goes_out_once_however_often_the_work_is_done() -> None:
    round_ = round_with("application_waiting")
    ApplicationFactory.create(round=round_, submitted_on=ago(7))

    assert (send_nudges(), send_nudges(), send_nudges(today() + timedelta(days=1))) == (1, 0, 0)

    assert Message.objects.count() == NudgeSent.objects.count() == 1


def test_a_letter_that_the_worker_missed_goes_out_late_but_not_weeks_after() -> None:
    round_ = round_with("application_waiting")
    ApplicationFactory.create(round=round_, person=named("Missed"), submitted_on=ago(10))
    ApplicationFactory.create(round=round_, person=named("Old"), submitted_on=ago(12))

    assert send_nudges() == 1
    assert told() == [("Missed", "Hello Missed")]


def test_one_whom_no_mail_can_reach_holds_up_nobody_and_leaves_no_note() -> None:
    round_ = round_with("application_waiting")
    lost = ApplicationFactory.create(round=round_, submitted_on=ago(7), person=named("Lost"))
    ApplicationFactory.create(round=round_, submitted_on=ago(7), person=named("Found"))
    EmailAddress.objects.filter(user=lost.person).update(email="not an address")

    assert send_nudges() == 1

    assert told() == [("Found", "Hello Found")]
    assert not NudgeSent.objects.filter(person=lost.person).exists()
    lost.refresh_from_db()
    assert lost.cared_days == 0


def test_coordinators_hear_once_of_all_who_wait_since_a_day() -> None:
    round_ = round_with("application_waiting", "14", "coordinator")
    coordinator = coordinator_of(round_.programme.network)
    coordinator_of(open_round().programme.network)
    for _ in range(3):
        ApplicationFactory.create(round=round_, submitted_on=ago(14))

    assert send_nudges() == 1

    message = Message.objects.get()
    assert message.recipient_ref == coordinator.ref
    assert message.action_path == f"/programmes/{round_.programme.ref}/applications/waiting/"


def test_an_activity_that_comes_is_told_to_those_it_is_for() -> None:
    round_ = round_with("activity_coming", "-7, -1")
    at = datetime.combine(ago(-7), datetime.min.time(), UTC) + timedelta(hours=9)
    found = activity(round_.programme, kind="training_session", starts_local=at, for_whom=["mentor"])
    coming, away = mentor(round_, person=named("Mentor")), mentor(round_, person=named("Away"))
    mentee(round_, person=named("Mentee"))
    mentor(round_, person=named("Pausing"), state=ParticipationState.PAUSED)
    mentor(round_, person=named("Left"), state=ParticipationState.LEFT)
    mentor(open_round(), person=named("Elsewhere"))
    Attendance.objects.create(activity=found, person=away.person, state=AttendanceState.SIGNED_OFF)

    assert send_nudges() == 1

    message = Message.objects.get(kind="journey.nudge")
    assert message.recipient_ref == coming.person.ref
    with translation.override("en"):
        assert message.lines[0].startswith("Programme: Task ")
    found.amend(state=ActivityState.CANCELLED)
    assert send_nudges(today() + timedelta(days=6)) == 0


def test_who_has_not_handed_in_is_reminded_and_nobody_else() -> None:
    round_ = round_with("deadline_passed", "1, 7")
    found = activity(round_.programme, due_on=ago(1))
    late, done = mentee(round_, person=named("Late")), mentee(round_, person=named("Done"))
    draft = mentor(round_, person=named("Draft"))
    AssignmentAnswer.objects.create(activity=found, person=done.person, state=AnswerState.HANDED_IN)
    AssignmentAnswer.objects.create(activity=found, person=draft.person, state=AnswerState.DRAFT)

    assert send_nudges() == 2

    assert [name for name, _ in told()] == ["Draft", "Late"]
    assert late.person.given_name == "Late"


def test_a_deadline_that_was_moved_is_worth_a_letter_again() -> None:
    round_ = round_with("deadline_passed", "1")
    found = activity(round_.programme, due_on=ago(4))
    mentee(round_)
    assert send_nudges() == 1

    found.amend(due_on=ago(1))
    assert send_nudges() == 1


def test_an_agreement_waits_for_the_one_who_has_not_approved() -> None:
    round_ = round_with("agreement_waiting", "7")
    waiting = pair(round_.programme, mentor_is=named("Mentor"), mentee_is=named("Mentee"), days_ago=7)
    waiting.agreements.get().approvals.create(person=waiting.mentor)
    pair(round_.programme, days_ago=2)

    assert send_nudges() == 1
    assert told() == [("Mentee", "Hello Mentee")]


def test_a_pair_that_has_not_met_is_asked_and_asked_again_after_the_next_silence() -> None:
    round_ = round_with("no_meeting", "21")
    quiet = active_pair(round_.programme, mentor_is=named("Mentor"), mentee_is=named("Mentee"), days_ago=60)
    met(quiet, 21)
    met(active_pair(round_.programme, days_ago=60), 10)

    assert send_nudges() == 2
    assert [name for name, _ in told()] == ["Mentee", "Mentor"]
    assert send_nudges(today() + timedelta(days=1)) == 0

    met(quiet, 0)
    assert send_nudges(today() + timedelta(days=21)) == 2


def test_who_pauses_is_left_alone_in_the_pair_too() -> None:
    round_ = round_with("no_meeting", "21")
    quiet = active_pair(round_.programme, mentor_is=named("Mentor"), mentee_is=named("Mentee"), days_ago=21)
    quiet.proposal.mentee.amend(state=ParticipationState.PAUSED, paused_until=ago(-5))

    assert send_nudges() == 1
    assert told() == [("Mentor", "Hello Mentor")]


@pytest.mark.parametrize(
    ("event", "days", "values"),
    [
        ("programme_started", "14", {"starts_on": timezone.localdate() - timedelta(days=14)}),
        ("programme_ending", "-28", {"ends_on": timezone.localdate() + timedelta(days=28)}),
    ],
)
def test_the_start_and_the_end_are_told_to_all_who_take_part(event: str, days: str, values: Any) -> None:
    round_ = round_with(event, days, **values)
    mentee(round_, person=named("Mentee"))
    mentor(round_, person=named("Mentor"))
    mentor(round_with(event, days), person=named("Later"))

    assert send_nudges() == 2
    assert [name for name, _ in told()] == ["Mentee", "Mentor"]


def test_nothing_goes_out_from_a_closed_programme() -> None:
    round_ = round_with("application_waiting", state="closed")
    ApplicationFactory.create(round=round_, submitted_on=ago(7))

    assert send_nudges() == 0


def test_who_wants_no_reminders_by_mail_finds_them_here_only(mail_folder: Any) -> None:
    round_ = round_with("application_waiting")
    application = ApplicationFactory.create(round=round_, submitted_on=ago(7))

    send_nudges()

    message = Message.objects.get(recipient_ref=application.person.ref)
    assert (message.is_necessary, message.group.value) == (False, "journey")
    assert not message.deliveries.filter(state=DeliveryState.SENT).exists()


def test_what_goes_out_in_the_next_two_weeks_is_counted_by_day_and_audience() -> None:
    round_ = round_with("application_waiting")
    for days in (7, 4, 4):
        ApplicationFactory.create(round=round_, submitted_on=ago(days))

    planned = planned_in(round_.programme, today())

    assert [(row.on, row.audience, row.count) for row in planned] == [
        (today(), "mentee", 1),
        (ago(-3), "mentee", 2),
        (ago(-7), "mentee", 1),
        (ago(-10), "mentee", 2),
    ]


def test_the_forgotten_were_never_reminded() -> None:
    round_ = round_with("application_waiting")
    application = ApplicationFactory.create(round=round_, submitted_on=ago(7))
    send_nudges()

    forget(application.person, by=application.person)

    assert NudgeSent.objects.count() == 0
