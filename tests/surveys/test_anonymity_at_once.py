"""Many send at the same time, from connections of their own: none is lost, none is counted twice."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.surveys.models import AnonymousAnswer, Invitee
from luotsi.surveys.services.waves import close_wave
from tests.core.real_processes import own_database
from tests.surveys.crowd import answer, ask

if TYPE_CHECKING:
    from pathlib import Path

    from luotsi.people.models import Person
    from luotsi.surveys.models import Wave

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]
AT_ONCE = 8


def send_all(wave: Wave, people: list[Person]) -> Counter[str]:
    """Each from a thread and a connection of its own, eight at once. How it ended, counted."""
    kind, settings = type(connections["default"]), connections["default"].settings_dict
    start = Barrier(AT_ONCE)

    def send(person: Person) -> str:
        connections["default"] = kind(settings, alias="default")
        try:
            start.wait(20)
            answer(wave, person)
        except RefusedError:
            return "refused"
        else:
            return "sent"
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return Counter(threads.map(send, people))


@pytest.fixture(name="apart")
def _apart(tmp_path: Path):
    with own_database(tmp_path):
        yield


@pytest.mark.usefixtures("apart")
def test_of_sixteen_who_send_at_once_every_one_is_counted_once() -> None:
    crowd = ask([16])

    ended = send_all(crowd.wave, crowd.people)
    close_wave(crowd.wave, by=SYSTEM)

    assert ended == {"sent": 16}
    assert sorted(row.answers["who"] for row in AnonymousAnswer.objects.all()) == sorted(
        str(person.pk) for person in crowd.people
    )


@pytest.mark.usefixtures("apart")
def test_of_eight_times_the_same_person_at_once_one_is_counted() -> None:
    crowd = ask([5])
    first, *others = crowd.people

    ended = send_all(crowd.wave, [first] * AT_ONCE)
    for person in others:
        answer(crowd.wave, person)
    close_wave(crowd.wave, by=SYSTEM)

    assert ended == {"sent": 1, "refused": AT_ONCE - 1}
    assert Counter(row.answers["who"] for row in AnonymousAnswer.objects.all()) == Counter(
        str(person.pk) for person in crowd.people
    )
    assert Invitee.objects.filter(has_answered=True).count() == 5
