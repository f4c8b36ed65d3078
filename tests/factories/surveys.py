"""Surveys for stories."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from luotsi.people.models import Network
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.models import Instrument, Response, Wave
from tests.factories.people import CircleFactory, NetworkFactory, PersonFactory


def texts(text: str) -> dict[str, str]:
    return {"fi": f"{text} (fi)", "sv": f"{text} (sv)", "en": text}


ITEMS: list[dict[str, Any]] = [
    {
        "key": "useful",
        "text": texts("It was useful"),
        "type": "scale",
        "required": True,
        "choices": [],
        "low": texts("not at all"),
        "high": texts("very much"),
    },
    {
        "key": "rhythm",
        "text": texts("How often did you meet?"),
        "type": "choice",
        "required": True,
        "choices": [
            {"key": "enough", "text": texts("Often enough")},
            {"key": "seldom", "text": texts("Too seldom")},
        ],
        "low": {},
        "high": {},
    },
    {
        "key": "words",
        "text": texts("In your own words"),
        "type": "text",
        "required": False,
        "choices": [],
        "low": {},
        "high": {},
    },
]


class InstrumentFactory(factory.django.DjangoModelFactory[Instrument]):
    class Meta:
        model = Instrument

    key = factory.Sequence("instrument-{}".format)
    version = 1
    name = texts("How did it go?")
    items = ITEMS


class WaveFactory(factory.django.DjangoModelFactory[Wave]):
    class Meta:
        model = Wave

    instrument = factory.SubFactory(InstrumentFactory)
    circle = factory.SubFactory(CircleFactory, network=factory.SubFactory(NetworkFactory))
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))


class ResponseFactory(factory.django.DjangoModelFactory[Response]):
    class Meta:
        model = Response

    wave = factory.SubFactory(WaveFactory)
    person = factory.SubFactory(PersonFactory)


def answered(wave: Wave, **answers: int | str) -> Response:
    """A response with these answers, as if it had been given."""
    return ResponseFactory.create(
        wave=wave, state=ResponseState.ANSWERED, answered_at=timezone.now(), answers={"rhythm": "enough", **answers}
    )


def wave_in(network: Network, **values: Any) -> Wave:
    return WaveFactory.create(circle=CircleFactory.create(network=network), **values)
