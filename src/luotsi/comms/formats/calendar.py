"""iCalendar text (RFC 5545, 5546): an invitation, its update and cancellation, and a whole calendar to subscribe to.

Times are local times with their zone, and the zone is described beside them, so that a program without zones of its
own shows the same hour, also across the change of the clocks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

PRODUCT: Final = "-//Luotsi//Luotsi//EN"
METHODS: Final = ("REQUEST", "CANCEL", "PUBLISH")
LOOKED_AT_AGAIN: Final = timedelta(hours=6)  # how often a subscribed calendar is fetched, if the program listens

Part: TypeAlias = tuple[timedelta, timedelta, str, bool]  # the offset before, the one after, its name, whether summer


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """Something in somebody's calendar: at a time (`starts_local`, as the clock on the wall shows it), or on a day.

    `ref` is that of what it is about and stays the same; `sequence` grows whenever it is told anew. `is_settled`: the
    one who gets it has said to come. `at`: when it was said so.
    """

    ref: UUID
    name: str
    at: datetime
    starts_local: datetime | None = None
    minutes: int = 60
    time_zone: str = "Europe/Helsinki"
    on: date | None = None
    place: str = ""
    text: str = ""
    address: str = ""  # of the page about it
    sequence: int = 0
    is_settled: bool = False
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Who invites and who is invited, by address. `name` of the inviter."""

    organiser: str
    name: str
    attendee: str


def invitation_text(event: CalendarEvent, invited: Invited, *, host: str) -> str:
    """A REQUEST to one person, or its CANCEL when the event is cancelled. The same values make the same text."""
    calendar = _calendar("CANCEL" if event.is_cancelled else "REQUEST")
    drawn = _event(event, host)
    organiser = vCalAddress(f"mailto:{invited.organiser}")
    organiser.params["CN"] = invited.name
    attendee = vCalAddress(f"mailto:{invited.attendee}")
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "ACCEPTED" if event.is_settled else "NEEDS-ACTION"
    attendee.params["RSVP"] = "FALSE"  # an answer by mail would reach nobody
    drawn.add("organizer", organiser)
    drawn.add("attendee", attendee)
    return _text(calendar, [(event, drawn)])


def calendar_text(events: Iterable[CalendarEvent], *, host: str, name: str = "") -> str:
    """Events to save or to subscribe to; `name`: what a subscribed calendar is called. Cancelled ones are left out."""
    calendar = _calendar("PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", LOOKED_AT_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")
    return _text(calendar, [(event, _event(event, host)) for event in events if not event.is_cancelled])


def method_of(text: str) -> str:
    """What an iCalendar text asks for. Raises ValueError for a text that does not say it."""
    for line in text.splitlines():
        if line.startswith("METHOD:") and line[7:] in METHODS:
            return line[7:]
    raise ValueError("a calendar that travels with a mail says its METHOD")


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", method)
    return calendar


def _event(event: CalendarEvent, host: str) -> Event:
    drawn = Event()
    drawn.add("uid", f"{event.ref}@{host}")
    drawn.add("sequence", event.sequence)
    stamped = event.at.astimezone(UTC).replace(microsecond=0)
    drawn.add("dtstamp", stamped)
    drawn.add("last-modified", stamped)
    drawn.add("summary", event.name)
    drawn.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    _add_time(drawn, event)
    for name, value in (("location", event.place), ("description", event.text), ("url", event.address)):
        if value:
            drawn.add(name, value)
    return drawn


def _add_time(drawn: Event, event: CalendarEvent) -> None:
    """The end is so many minutes of real time after the start: the clocks may change in between."""
    if event.starts_local is None:
        day = event.on or event.at.date()
        drawn.add("dtstart", day)
        drawn.add("dtend", day + timedelta(days=1))
        drawn.add("transp", "TRANSPARENT")  # nobody is busy all day with a deadline
        return
    starts, ends = times_of(event.starts_local, event.minutes, event.time_zone)
    drawn.add("dtstart", starts)
    drawn.add("dtend", ends)
    drawn.add("transp", "OPAQUE")


def times_of(starts_local: datetime, minutes: int, time_zone: str) -> tuple[datetime, datetime]:
    """When something begins and ends, in its zone. An hour that the clocks leave out comes an hour later."""
    zone = ZoneInfo(time_zone)
    starts = starts_local.replace(tzinfo=zone).astimezone(UTC)
    return starts.astimezone(zone), (starts + timedelta(minutes=minutes)).astimezone(zone)


def _text(calendar: Calendar, drawn: Iterable[tuple[CalendarEvent, Event]]) -> str:
    years: defaultdict[str, set[int]] = defaultdict(set)
    events = []
    for event, each in drawn:
        if event.starts_local is not None:
            years[event.time_zone].add(event.starts_local.year)
        events.append(each)
    for zone, its in sorted(years.items()):
        calendar.add_component(_zone(zone, min(its) - 1, max(its) + 1))
    for each in events:
        calendar.add_component(each)
    content: bytes = calendar.to_ical()
    return content.decode()


def _zone(name: str, first: int, last: int) -> Timezone:
    """A zone as it is from the first to the last year: each change with the local time that the old offset shows."""
    described = Timezone()
    described.add("tzid", name)
    begins: datetime = datetime(first, 1, 1, tzinfo=UTC)
    offset = _offset(name, begins)
    parts: dict[Part, list[datetime]] = {(offset, offset, *_kind(name, begins)): [datetime(first, 1, 1)]}  # noqa: DTZ001 -- local
    for before, after, moment in _changes(name, first, last):
        part = (before, after, *_kind(name, moment))
        parts.setdefault(part, []).append((moment + before).replace(tzinfo=None))
    for (before, after, short, is_summer), onsets in parts.items():
        drawn = TimezoneDaylight() if is_summer else TimezoneStandard()
        drawn.add("dtstart", onsets[0])
        for onset in onsets[1:]:
            drawn.add("rdate", onset)
        drawn.add("tzoffsetfrom", before)
        drawn.add("tzoffsetto", after)
        drawn.add("tzname", short)
        described.add_component(drawn)
    return described


@lru_cache(maxsize=64)
def _changes(name: str, first: int, last: int) -> tuple[tuple[timedelta, timedelta, datetime], ...]:
    """When the clocks change in these years: the offset before, the one after, and the moment."""
    found = []
    day = datetime(first, 1, 1, tzinfo=UTC)
    while day.year <= last:
        following = day + timedelta(days=1)
        before, after = _offset(name, day), _offset(name, following)
        if before != after:
            found.append((before, after, _moment(name, day, following)))
        day = following
    return tuple(found)


def _moment(name: str, low: datetime, high: datetime) -> datetime:
    """The first minute with the new offset, between two moments with different ones."""
    old = _offset(name, low)
    while high - low > timedelta(minutes=1):
        middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
        low, high = (middle, high) if _offset(name, middle) == old else (low, middle)
    return high


def _offset(name: str, moment: datetime) -> timedelta:
    return moment.astimezone(ZoneInfo(name)).utcoffset() or timedelta()


def _kind(name: str, moment: datetime) -> tuple[str, bool]:
    there = moment.astimezone(ZoneInfo(name))
    return there.tzname() or name, bool(there.dst())
