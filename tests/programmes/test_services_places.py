from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry
from luotsi.people.enums import CircleRole
from luotsi.people.models import CircleMember
from luotsi.programmes.enums import ParticipationState
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.services.places import book_place, complete_participation, free_place, leave_programme
from tests.factories.people import join
from tests.factories.programmes import answers, mentee, mentor, open_round

AT_ONCE = 8


@pytest.mark.django_db
def test_places_are_booked_until_there_are_none() -> None:
    part = mentor(open_round(), answers(places=2))

    book_place(part, by=SYSTEM)
    book_place(part, by=SYSTEM)
    with pytest.raises(RefusedError) as refused:
        book_place(part, by=SYSTEM)

    assert str(refused.value.text) == f"{part.person} has no free place any more."
    assert part.places_free == 0
    part.refresh_from_db()
    assert (part.places, part.places_taken) == (2, 2)
    assert AuditEntry.objects.filter(verb="programmes.place_booked").count() == 2


@pytest.mark.django_db
def test_a_place_given_back_can_be_booked_again() -> None:
    part = mentee(open_round())
    book_place(part, by=SYSTEM)

    free_place(part, by=SYSTEM)

    assert part.places_taken == 0
    book_place(part, by=SYSTEM)
    assert part.places_taken == 1


@pytest.mark.django_db
def test_no_place_is_given_back_that_nobody_has() -> None:
    part = mentor(open_round())

    with pytest.raises(RefusedError):
        free_place(part, by=SYSTEM)

    part.refresh_from_db()
    assert part.places_taken == 0


@pytest.mark.django_db
@pytest.mark.parametrize("state", [ParticipationState.PAUSED, ParticipationState.LEFT, ParticipationState.COMPLETED])
def test_nobody_books_a_place_of_somebody_who_does_not_take_part_now(state: ParticipationState) -> None:
    part = mentor(open_round(), state=state)

    with pytest.raises(RefusedError):
        book_place(part, by=SYSTEM)

    part.refresh_from_db()
    assert part.places_taken == 0


@pytest.mark.django_db
def test_the_database_is_the_last_guard_of_places() -> None:
    part = mentor(open_round(), answers(places=1))

    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=part.pk).update(places_taken=2)

    part.refresh_from_db()
    assert part.places_taken == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writer at a time; its test database one thread"
)
def test_however_many_book_at_once_no_place_is_given_twice() -> None:
    part = mentor(open_round(), answers(places=3))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        booked = list(pool.map(_books, [part.pk] * AT_ONCE * 2))

    assert sorted(booked) == [False] * 13 + [True] * 3
    part.refresh_from_db()
    assert part.places_taken == 3


def _books(key: int) -> bool:
    """One booking on a connection of its own."""
    try:
        book_place(Participation.objects.get(pk=key), by=SYSTEM)
    except RefusedError:
        return False
    finally:
        connections.close_all()
    return True


@pytest.mark.django_db
def test_completing_twice_is_the_same_as_once() -> None:
    part = mentor(open_round())

    complete_participation(part, by=SYSTEM)
    complete_participation(part, by=SYSTEM)

    part.refresh_from_db()
    assert part.state == ParticipationState.COMPLETED
    assert AuditEntry.objects.filter(verb="programmes.participation_completed").count() == 1


@pytest.mark.django_db
def test_whoever_leaves_leaves_the_circle_too() -> None:
    part, other = mentor(round_ := open_round()), mentee(round_)
    circle = round_.programme.circle
    join(circle, part.person, CircleRole.MENTOR)
    join(circle, other.person, CircleRole.MENTEE)

    leave_programme(part, by=part.person)

    part.refresh_from_db()
    assert part.state == ParticipationState.LEFT
    assert list(CircleMember.objects.current().values_list("person", flat=True)) == [other.person.pk]


@pytest.mark.django_db
def test_nobody_leaves_twice() -> None:
    part = mentor(open_round(), state=ParticipationState.LEFT)

    with pytest.raises(RefusedError):
        leave_programme(part, by=part.person)

    assert AuditEntry.objects.count() == 0
