"""An organisation with units and people, asked anonymously, for stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.people.enums import OrganisationKind, Role
from luotsi.people.models import Membership
from luotsi.people.services.organisations import add_organisation
from luotsi.surveys.enums import Answering
from luotsi.surveys.models import Invitee, Wave
from luotsi.surveys.services.anonymous import Given, answer_as_invited
from luotsi.surveys.services.opening import WavePlan, start_wave
from tests.factories.people import PersonFactory
from tests.factories.surveys import InstrumentFactory, described, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.people.models import Organisation, Person

# Everybody answers something else, so that whoever sees an answer knows whose it is.
SIGNATURE = [{"key": "who", "type": "number", "text": texts("Which number are you?"), "lowest": 0, "highest": 9999}]
OWN_WORDS = [{"key": "words", "type": "text", "text": texts("In your own words")}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    organisation: Organisation
    units: list[Organisation]
    people: list[Person]
    wave: Wave


def ask(sizes: Iterable[int], *, directly: int = 0, **plan: Any) -> Crowd:
    """An organisation whose units have so many people each, all asked anonymously."""
    place = add_organisation(by=SYSTEM, name=f"Laivanrakennus {Wave.objects.count()}", kind=OrganisationKind.EMPLOYER)
    units, people = [], [member_of(place) for _ in range(directly)]
    for number, size in enumerate(sizes):
        unit = add_organisation(by=SYSTEM, name=f"Osasto {number}", kind=OrganisationKind.EMPLOYER, parent=place)
        units.append(unit)
        people += [member_of(unit) for _ in range(size)]
    form = described(SIGNATURE, OWN_WORDS, purpose="culture", answering="anonymous")
    instrument = plan.pop("instrument", None) or InstrumentFactory.create(form=form, purpose="culture")
    wave = start_wave(
        WavePlan(
            instrument=instrument,
            answering=Answering.ANONYMOUS,
            closes_on=timezone.localdate() + timedelta(days=14),
            organisation=place,
            **plan,
        ),
        by=SYSTEM,
    )
    return Crowd(organisation=place, units=units, people=people, wave=wave)


def follow(crowd: Crowd) -> Wave:
    """The same people are asked the same once more. The wave before must be closed."""
    crowd.wave.refresh_from_db()
    plan = WavePlan(
        instrument=crowd.wave.instrument,
        answering=Answering.ANONYMOUS,
        closes_on=timezone.localdate() + timedelta(days=7),
        organisation=crowd.organisation,
        follows=crowd.wave,
    )
    return start_wave(plan, by=SYSTEM)


def member_of(organisation: Organisation) -> Person:
    person = PersonFactory.create()
    Membership(person=person, organisation=organisation, role=Role.MEMBER).insert()
    return person


def answer(wave: Wave, person: Person, **answers: Any) -> None:
    """Through the service, as the page does it. By default the number of the person."""
    invitee = Invitee.objects.select_related("wave__instrument", "person").get(wave=wave, person=person)
    answer_as_invited(invitee, given=Given(answers=answers or {"who": str(person.pk)}), by=person)
