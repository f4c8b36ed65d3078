"""Waves of learning culture with answers in them, written as they are after the closing."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from luotsi.people.models import Circle, Network, Organisation, Person
from luotsi.surveys.enums import Answering, Moment, ResponseState
from luotsi.surveys.models import AnonymousAnswer, AnonymousWords, Instrument, Invitee, Response, Wave
from tests.factories.people import CircleFactory, OrganisationFactory, PersonFactory
from tests.factories.surveys import InstrumentFactory, WaveFactory
from tests.surveys.culture import described


def instrument(**values: Any) -> Instrument:
    return InstrumentFactory.create(form=described(**values), purpose="culture")


def closed_wave(organisation: Organisation | None, of: Instrument, *, days_ago: int = 1, **values: Any) -> Wave:
    """An anonymous wave of an organisation that was closed some days ago."""
    today = timezone.now()
    return WaveFactory.create(
        **{
            "instrument": of,
            "circle": None,
            "organisation": organisation,
            "answering": Answering.ANONYMOUS,
            "closes_on": (today - timedelta(days=days_ago)).date(),
            "closed_at": today - timedelta(days=days_ago),
        }
        | values
    )


def unit_of(organisation: Organisation, name: str) -> Organisation:
    return OrganisationFactory.create(parent=organisation, name=name)


def answer(wave: Wave, answers: Iterable[Mapping[str, Any]], unit: Organisation | None = None, codes: str = "") -> None:
    """An anonymous answer for each; with `codes`, the respondents' own codes are its number and place."""
    AnonymousAnswer.objects.bulk_create(
        AnonymousAnswer(wave=wave, unit=unit, code=f"{codes}{place}" if codes else "", answers=dict(given))
        for place, given in enumerate(answers)
    )


def invite(wave: Wave, asked: int, answered: int, unit: Organisation | None = None) -> None:
    for place in range(asked):
        Invitee.objects.create(wave=wave, person=PersonFactory.create(), unit=unit, has_answered=place < answered)


def write(wave: Wave, item: str, *words: str) -> None:
    AnonymousWords.objects.bulk_create(AnonymousWords(wave=wave, item=item, words=each) for each in words)


def named_wave(of: Instrument, circle: Circle, moment: Moment, *, days_ago: int, **values: Any) -> Wave:
    usual: dict[str, Any] = {"circle": circle, "moment": moment, "answering": Answering.NAMED}
    return closed_wave(None, of, days_ago=days_ago, **usual | values)


def answer_by_name(wave: Wave, given: Mapping[Person, Mapping[str, Any]]) -> None:
    for person, answers in given.items():
        Response.objects.create(
            wave=wave,
            person=person,
            state=ResponseState.ANSWERED,
            answered_at=timezone.now(),
            answers=dict(answers),
        )


def group_in(network: Network) -> Circle:
    return CircleFactory.create(network=network)
