"""What comms holds about a person is given out whole, and goes whole."""

from __future__ import annotations

import pytest

from luotsi.comms import privacy, services
from luotsi.comms.enums import EmailChoice, Group
from luotsi.comms.models import Delivery, Message, Preference
from luotsi.core.actors import SYSTEM
from luotsi.core.privacy import day_of
from tests.comms.letters import BO, letter, recipient
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_own_messages_and_choices_are_collected() -> None:
    person = PersonFactory.create(email="aija@example.org")
    message = services.tell(letter, to=recipient(ref=person.ref), by=SYSTEM)
    services.tell(letter, to=recipient(ref=BO), by=SYSTEM)
    services.set_preference(Group.SURVEYS, EmailChoice.NEVER, by=person, recipient_ref=person.ref)

    messages, choices = privacy.collect(person)

    assert [list(row.values()) for row in messages.rows] == [
        [
            day_of(message.created_at),
            "You have a mentor",
            "Åsa could be your mentor.\n\nSay what you think by Friday.",
            "aija@example.org",
        ]
    ]
    assert len(choices.rows) == len(Group)
    assert [row for row in choices.rows if str(EmailChoice.NEVER.label) in row.values()] == [
        choices.rows[Group.values.index("surveys")]
    ]


def test_erased_person_leaves_nothing_under_any_address() -> None:
    person = PersonFactory.create(email="aija@example.org")
    services.tell(letter, to=recipient(ref=person.ref, address="old@example.org"), by=SYSTEM)
    services.tell(letter, to=recipient(ref=None, address="aija@example.org"), by=SYSTEM)
    services.tell(letter, to=recipient(ref=None, address="old@example.org"), by=SYSTEM)
    services.tell(lambda: letter(mentions=[person.ref]), to=recipient(ref=BO, address="bo@example.org"), by=SYSTEM)
    stays = services.tell(letter, to=recipient(ref=BO, address="bo@example.org"), by=SYSTEM)
    services.set_preference(Group.SURVEYS, EmailChoice.NEVER, by=person, recipient_ref=person.ref)
    services.set_preference(Group.SURVEYS, EmailChoice.NEVER, by=SYSTEM, address="Old@example.org")

    privacy.erase(person, by=person)

    assert list(Message.objects.all()) == [stays]
    assert list(Delivery.objects.values_list("address", flat=True)) == ["bo@example.org"]
    assert Preference.objects.count() == 0
