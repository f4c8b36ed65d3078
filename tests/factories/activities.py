"""Activities of a plan for stories, and people who may come to them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from luotsi.core.texts import TranslatedText
from luotsi.people.enums import Role
from luotsi.people.models import Network, Organisation, Person
from luotsi.programmes.enums import AnswerState, AttendanceState
from luotsi.programmes.models.activities import AssignmentAnswer, Attendance
from luotsi.programmes.models.partners import Partner
from luotsi.programmes.models.plans import Activity, Phase
from luotsi.programmes.models.programmes import Programme
from tests.factories.people import OrganisationFactory, PersonFactory, grant


def wall(days: int, hour: int = 13) -> datetime:
    """So many days from today, at this hour on the clock of the place."""
    day = timezone.localdate() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def phase_of(programme: Programme, key: str = "training", **values: Any) -> Phase:
    found = Phase.objects.filter(programme=programme, key=key).first()
    return found or Phase.objects.create(
        **{
            "programme": programme,
            "key": key,
            "name": TranslatedText({"en": key.capitalize()}),
            "starts_on": date(2026, 1, 5),
            "ends_on": date(2027, 12, 31),
            "position": programme.phases.count(),
            **values,
        }
    )


def activity_in(programme: Programme, name: str | TranslatedText = "Guiding at work", **values: Any) -> Activity:
    """A required training session for mentors and mentees in a week, unless told otherwise."""
    count = Activity.objects.filter(programme=programme).count()
    usual = {
        "programme": programme,
        "phase": values.get("phase") or phase_of(programme),
        "key": f"activity-{count}",
        "kind": "training_session",
        "name": name if isinstance(name, TranslatedText) else TranslatedText({"en": name}),
        "starts_local": wall(7),
        "minutes": 90,
        "place": "Hall 2",
        "for_whom": ["mentor", "mentee"],
        "is_required": True,
    }
    return Activity.objects.create(**usual | values)


def with_places(programme: Programme, capacity: int | None = 2, **values: Any) -> Activity:
    """One that people sign up for."""
    return activity_in(programme, takes_sign_up=True, capacity=capacity, **values)


def assignment_in(
    programme: Programme, name: str | TranslatedText = "Watch and write", days: int = 7, **values: Any
) -> Activity:
    due_on = timezone.localdate() + timedelta(days=days)
    usual = {"kind": "interim_assignment", "starts_local": None, "minutes": None, "due_on": due_on, "place": ""}
    return activity_in(programme, name, **usual | values)


def partner_in(programme: Programme, organisation: Organisation | None = None, **values: Any) -> Partner:
    return Partner.objects.create(
        programme=programme, organisation=organisation or OrganisationFactory.create(), **values
    )


def trainer_of(place: Network | Organisation, **values: Any) -> Person:
    person = PersonFactory.create(**values)
    where = {"network": place} if isinstance(place, Network) else {"organisation": place}
    grant(person, Role.TRAINER, **where)
    return person


def was_at(activity: Activity, person: Person, state: AttendanceState = AttendanceState.ATTENDED) -> Attendance:
    return Attendance.objects.create(activity=activity, person=person, state=state)


def answer_to(
    activity: Activity, person: Person, state: AnswerState = AnswerState.HANDED_IN, **values: Any
) -> AssignmentAnswer:
    usual = {"text": "I watched.", "handed_in_at": None if state == AnswerState.DRAFT else timezone.now()}
    return AssignmentAnswer.objects.create(activity=activity, person=person, state=state, **usual | values)
