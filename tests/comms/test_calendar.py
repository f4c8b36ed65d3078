"""What comes into somebody's calendar, travels with the mail, and is followed at a secret address."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from django.core import signing
from django.utils import timezone
from icalendar import Calendar

from luotsi.comms import privacy, queries, services
from luotsi.comms.enums import EmailChoice, Group
from luotsi.comms.formats.calendar import CalendarEvent
from luotsi.comms.models import CalendarEntry, CalendarFeed, Message
from luotsi.core.actors import SYSTEM
from tests.comms.deliveries import deliver, told
from tests.comms.letters import AIJA, BO, letter, recipient
from tests.factories.people import PersonFactory
from tests.pages import title_of

pytestmark = pytest.mark.django_db
SOON = timezone.now().replace(hour=13, minute=0, second=0, microsecond=0, tzinfo=UTC) + timedelta(days=7)


def event(**other) -> CalendarEvent:
    usual = CalendarEvent(
        ref=UUID(int=7),
        name="Training",
        at=timezone.now(),
        starts_local=SOON,
        minutes=90,
        place="Hall",
        address="/my/a/",
    )
    return replace(usual, **other)


def tell(*, to=None, **other) -> Message:
    return services.tell(lambda: letter(event=event(**other)), to=to or recipient(), by=SYSTEM)


def events_in(text: str):
    return Calendar.from_ical(text).walk("VEVENT")


def test_an_event_in_a_letter_comes_into_the_calendar_and_travels_with_the_mail(server) -> None:
    delivery, played = told(event=event()), server()

    deliver(delivery)

    entry = CalendarEntry.objects.get()
    assert (entry.recipient_ref, entry.about_ref, entry.name, entry.sequence) == (AIJA, UUID(int=7), "Training", 0)
    played.join(5)
    *_others, invitation = message_from_bytes(played.content, policy=policy.default).iter_parts()
    assert invitation.get_content_type() == "text/calendar"
    assert invitation["Content-Type"].params["method"] == "REQUEST"
    [invited] = events_in(invitation.get_content())
    assert str(invited["uid"]) == f"{UUID(int=7)}@luotsi.example.org"
    assert str(invited["attendee"]) == "mailto:aija@example.org"
    assert str(invited["url"]) == "http://localhost:8000/my/a/"


def test_the_mail_and_its_id_are_the_same_at_a_second_attempt(server) -> None:
    delivery, first = told(event=event()), server(content="451 later")
    deliver(delivery)
    first.join(5)
    delivery.amend(next_at=timezone.now())
    second = server()

    deliver(delivery)

    second.join(5)
    assert (delivery.state, delivery.attempts) == ("sent", 2)
    assert first.content == second.content
    assert message_from_bytes(second.content)["Message-ID"] == delivery.mail_id


def test_each_telling_grows_the_sequence_and_keeps_the_uid() -> None:
    texts = [
        tell().calendar,
        tell(starts_local=SOON + timedelta(days=1), sequence=1).calendar,
        tell(is_cancelled=True, sequence=1).calendar,
        tell(sequence=1).calendar,
    ]

    found = [events_in(text)[0] for text in texts]
    assert len({str(each["uid"]) for each in found}) == 1
    assert [each["sequence"] for each in found] == [0, 1, 2, 3]
    assert [text.split("METHOD:")[1].split("\r\n")[0] for text in texts] == ["REQUEST", "REQUEST", "CANCEL", "REQUEST"]
    assert CalendarEntry.objects.count() == 1


def test_what_never_was_in_the_calendar_is_not_cancelled_there() -> None:
    assert tell(is_cancelled=True).calendar == ""
    assert CalendarEntry.objects.count() == 0


def test_whoever_has_no_account_is_invited_by_mail_alone() -> None:
    message = tell(to=recipient(ref=None))

    assert len(events_in(message.calendar)) == 1
    assert CalendarEntry.objects.count() == 0


def test_whoever_wants_no_mail_has_it_in_the_calendar_all_the_same() -> None:
    services.set_preference(Group.MATCHING, EmailChoice.NEVER, by=SYSTEM, recipient_ref=AIJA)

    tell()

    assert CalendarEntry.objects.count() == 1


def feed_address(person) -> str:
    feed = services.open_feed(person.ref, by=person)
    return f"/calendar/{queries.feed_token(feed)}/luotsi.ics"


def test_a_calendar_is_followed_without_signing_in(client) -> None:
    person = PersonFactory.create()
    mine, others = recipient(ref=person.ref), recipient(ref=BO, address="bo@example.org")
    tell(to=mine)
    tell(to=mine, ref=UUID(int=8), name="Assignment", starts_local=None, on=date(2099, 1, 2))
    tell(to=mine, ref=UUID(int=9), name="Gone", is_cancelled=False)
    tell(to=mine, ref=UUID(int=9), name="Gone", is_cancelled=True)
    tell(to=others, ref=UUID(int=10), name="Of somebody else")

    response = client.get(feed_address(person))

    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in response["Cache-Control"]
    assert [str(each["summary"]) for each in events_in(response.content.decode())] == ["Training", "Assignment"]


def test_what_was_over_long_ago_is_not_in_the_followed_calendar(client) -> None:
    person = PersonFactory.create()
    tell(to=recipient(ref=person.ref), starts_local=datetime(2020, 1, 1, 12, tzinfo=UTC))

    assert events_in(client.get(feed_address(person)).content.decode()) == []


def test_a_new_address_ends_the_old_one_and_closing_ends_both(client) -> None:
    person = PersonFactory.create()
    old = feed_address(person)
    client.force_login(person)
    assert client.get(old).status_code == 200

    client.post("/my/calendar/address/")
    assert client.get(old).status_code == 404
    new = f"/calendar/{queries.feed_token(CalendarFeed.objects.get())}/luotsi.ics"
    assert client.get(new).status_code == 200

    client.post("/my/calendar/address/close/")
    assert client.get(new).status_code == 404
    assert CalendarFeed.objects.count() == 0


@pytest.mark.parametrize(
    "token",
    [
        "x",
        signing.Signer(salt="comms.stop").sign(UUID(int=7).hex),
        signing.Signer(salt="comms.feed").sign(UUID(int=7).hex),
    ],
)
def test_an_address_that_we_did_not_give_leads_nowhere(client, token: str) -> None:
    services.open_feed(AIJA, by=SYSTEM)

    assert client.get(f"/calendar/{token}/luotsi.ics").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_own_calendar_shows_what_comes_in_its_order(client, count: int, django_assert_num_queries) -> None:
    client.cookies["language"] = "en"
    person = PersonFactory.create()
    for number in range(count):
        tell(
            to=recipient(ref=person.ref),
            ref=UUID(int=number),
            name=f"Day {number}",
            starts_local=SOON - timedelta(days=number),
        )
    tell(to=recipient(ref=BO), name="Of somebody else")
    client.force_login(person)

    client.get("/my/calendar/")
    with django_assert_num_queries(5):
        response = client.get("/my/calendar/")

    page = response.content.decode()
    assert title_of(response) == "My calendar"
    assert "Of somebody else" not in page
    places = [page.index(f"Day {number}") for number in reversed(range(count))]
    assert places == sorted(places)


def test_the_own_calendar_is_collected_and_forgotten() -> None:
    person = PersonFactory.create()
    tell(to=recipient(ref=person.ref))
    tell(to=recipient(ref=BO))
    services.open_feed(person.ref, by=person)

    [row] = privacy.collect(person)[2].rows
    assert list(row.values()) == [SOON.date().isoformat(), "Training", "Hall"]
    privacy.erase(person, by=person)

    assert [entry.recipient_ref for entry in CalendarEntry.objects.all()] == [BO]
    assert CalendarFeed.objects.count() == 0
