"""HR days for stories."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from luotsi.people.enums import Role
from luotsi.people.models import Network, Organisation, Person
from luotsi.surveys.enums import Answering, Step, WorkshopState
from luotsi.surveys.models import AnonymousAnswer, Conclusion, Wave, Workshop, WorkshopNote, WorkshopPart
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, grant, part_of
from tests.factories.surveys import InstrumentFactory, described, texts

STATEMENTS: list[dict[str, Any]] = [
    {"key": key, "type": "scale", "scale": "much", "text": texts(f"Statement {key}"), "dimension": dimension}
    for key, dimension in (("a1", "trust"), ("a2", "trust"), ("b1", "sharing"), ("b2", "sharing"))
]
DIMENSIONS = [{"key": "trust", "name": texts("Trust")}, {"key": "sharing", "name": texts("Sharing")}]


def steering(organisation: Organisation, role: Role = Role.HR, **values: Any) -> Person:
    """Somebody who works for the organisation's people."""
    person = PersonFactory.create(**values)
    grant(person, role, organisation=organisation)
    return person


def organisation_in(network: Network, **values: Any) -> Organisation:
    organisation = OrganisationFactory.create(**values)
    part_of(network, organisation)
    return organisation


def culture_wave(organisation: Organisation, **values: Any) -> Wave:
    """A closed anonymous survey of an organisation; its form has the dimensions `trust` and `sharing`."""
    instrument = values.pop("instrument", None) or InstrumentFactory.create(
        purpose="culture",
        form=described(STATEMENTS, key="culture", purpose="culture", answering="anonymous", dimensions=DIMENSIONS),
    )
    now = timezone.now()
    return Wave.objects.create(
        instrument=instrument,
        organisation=organisation,
        answering=Answering.ANONYMOUS,
        closes_on=timezone.localdate(),
        **{"closed_at": now} | values,
    )


def answers_in(wave: Wave, count: int, *, unit: Organisation | None = None, trust: int = 3, sharing: int = 4) -> None:
    """So many people who all answered the same."""
    given = {"a1": trust, "a2": trust, "b1": sharing, "b2": sharing}
    AnonymousAnswer.objects.bulk_create(AnonymousAnswer(wave=wave, unit=unit, answers=given) for _ in range(count))


def workshop_in(network: Network | None = None, *organisations: Organisation, **values: Any) -> Workshop:
    """An HR day that goes on, with these organisations."""
    workshop = Workshop.objects.create(
        network=network or NetworkFactory.create(),
        **{"name": "HR day", "held_on": timezone.localdate() + timedelta(days=7), "state": WorkshopState.RUNNING}
        | values,
    )
    for organisation in organisations:
        WorkshopPart.objects.create(workshop=workshop, organisation=organisation)
    return workshop


def note_in(part: WorkshopPart, text: str = "People ask little.", **values: Any) -> WorkshopNote:
    return WorkshopNote.objects.create(part=part, text=text, **{"step": Step.STANDS_OUT} | values)


def goal_in(part: WorkshopPart, title: str = "People dare to ask", **values: Any) -> Conclusion:
    return Conclusion.objects.create(part=part, title=title, **{"why": "They do not yet.", "position": 1} | values)
