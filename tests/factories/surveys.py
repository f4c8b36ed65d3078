"""Surveys for stories."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from luotsi.core.questions.reading import read_form
from luotsi.core.questions.values import Form
from luotsi.people.models import Network
from luotsi.surveys.enums import ResponseState
from luotsi.surveys.models import Instrument, Response, Wave
from tests.factories.people import CircleFactory, NetworkFactory, PersonFactory


def texts(text: str) -> dict[str, str]:
    return {"fi": f"{text} (fi)", "sv": f"{text} (sv)", "en": text}


POINTS: list[dict[str, Any]] = [
    {"value": 1, "text": texts("not at all")},
    *({"value": value, "text": dict.fromkeys(("fi", "sv", "en"), str(value))} for value in (2, 3, 4)),
    {"value": 5, "text": texts("very much")},
]
ITEMS: list[dict[str, Any]] = [
    {"key": "useful", "type": "scale", "scale": "much", "text": texts("It was useful"), "required": True},
    {
        "key": "rhythm",
        "type": "choice",
        "text": texts("How often did you meet?"),
        "required": True,
        "choices": [
            {"key": "enough", "text": texts("Often enough")},
            {"key": "seldom", "text": texts("Too seldom")},
        ],
    },
    {"key": "words", "type": "text", "text": texts("In your own words")},
]


def described(*sections: list[dict[str, Any]], **values: Any) -> dict[str, Any]:
    """A form of these sections, each given by its items; of the usual three items when none is given."""
    listed = sections or (ITEMS,)
    return {
        "key": "closing",
        "version": 1,
        "name": texts("How did it go?"),
        "purpose": "feedback",
        "answering": "named",
        "scales": {"much": {"points": POINTS}},
        "sections": [{"key": f"part{number}", "items": items} for number, items in enumerate(listed, 1)],
    } | values


def form_of(*sections: list[dict[str, Any]], **values: Any) -> Form:
    return read_form(described(*sections, **values))


class InstrumentFactory(factory.django.DjangoModelFactory[Instrument]):
    class Meta:
        model = Instrument

    key = factory.Sequence("instrument-{}".format)
    version = 1
    name = texts("How did it go?")
    purpose = "feedback"
    form = factory.LazyAttribute(lambda made: described(key=made.key, version=made.version))


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
