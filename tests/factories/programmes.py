"""Programmes for stories: rows as services would have left them, without their letters and audit entries."""

from datetime import date, timedelta
from typing import Any

import factory

from luotsi.core.texts import TranslatedText
from luotsi.people.enums import CircleKind
from luotsi.people.models import Network, Organisation, Person
from luotsi.programmes.enums import (
    ApplicationState,
    ImportState,
    PartRole,
    ProgrammeState,
)
from luotsi.programmes.formats.answers import Answers, Skill, answers_to_json
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.lists import ImportRun
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.programmes import Programme, Round
from luotsi.programmes.queries.descriptions import shipped_text
from tests.factories.people import CircleFactory, NetworkFactory, PersonFactory

MODEL = "career-mentoring"
FIRST_DAY = date(2026, 3, 2)


class ProgrammeFactory(factory.django.DjangoModelFactory[Programme]):
    class Meta:
        model = Programme

    network = factory.SubFactory(NetworkFactory)
    name = factory.Sequence(lambda count: {"en": f"Programme {count}"})
    model_key = MODEL
    description = factory.LazyFunction(lambda: shipped_text(MODEL))
    state = ProgrammeState.OPEN
    starts_on = FIRST_DAY
    ends_on = factory.LazyAttribute(lambda row: row.starts_on + timedelta(weeks=32, days=-1))
    circle = factory.SubFactory(CircleFactory, kind=CircleKind.PROGRAMME, network=factory.SelfAttribute("..network"))

    @classmethod
    def _create(cls, model_class: type[Programme], *args: Any, **kwargs: Any) -> Programme:
        made: Programme = super()._create(model_class, *args, **{**kwargs, "name": TranslatedText(kwargs["name"])})
        return made


class RoundFactory(factory.django.DjangoModelFactory[Round]):
    class Meta:
        model = Round

    programme = factory.SubFactory(ProgrammeFactory)


class ApplicationFactory(factory.django.DjangoModelFactory[Application]):
    class Meta:
        model = Application

    round = factory.SubFactory(RoundFactory)
    person = factory.SubFactory(PersonFactory)
    role = PartRole.MENTEE
    answers = factory.LazyFunction(lambda: answers_to_json(answers()))
    submitted_on = date(2026, 2, 1)
    state = ApplicationState.SUBMITTED


class ImportRunFactory(factory.django.DjangoModelFactory[ImportRun]):
    class Meta:
        model = ImportRun

    round = factory.SubFactory(RoundFactory)
    file_name = "applicants.csv"
    started_by = factory.SubFactory(PersonFactory)
    state = ImportState.READY


def answers(**values: Any) -> Answers:
    """Somebody who speaks Finnish, lives in Keski-Pohjanmaa and can meet remotely."""
    return Answers(**{"languages": ("fi",), "region": "16", "is_remote": True, **values})


def skills(*names: str, grade: int = 3) -> tuple[Skill, ...]:
    return tuple(Skill(name=name, grade=grade) for name in names)


def open_round(network: Network | None = None, **values: Any) -> Round:
    programme = ProgrammeFactory.create(**({"network": network} if network else {}), **values)
    return RoundFactory.create(programme=programme)


def participant(
    round_: Round,
    role: PartRole,
    told: Answers | None = None,
    *,
    person: Person | None = None,
    organisation: Organisation | None = None,
    **values: Any,
) -> Participation:
    """An accepted application with its part in the programme."""
    told = told or answers()
    application = ApplicationFactory.create(
        round=round_,
        person=person or PersonFactory.create(),
        role=role,
        answers=answers_to_json(told),
        organisation=organisation,
        state=ApplicationState.ACCEPTED,
    )
    places = told.places if role == PartRole.MENTOR else 1
    return Participation.objects.create(
        **{
            "application": application,
            "programme": round_.programme,
            "person": application.person,
            "role": role,
            "places": places,
            **values,
        }
    )


def mentor(round_: Round, told: Answers | None = None, **values: Any) -> Participation:
    return participant(round_, PartRole.MENTOR, told, **values)


def mentee(round_: Round, told: Answers | None = None, **values: Any) -> Participation:
    return participant(round_, PartRole.MENTEE, told, **values)
