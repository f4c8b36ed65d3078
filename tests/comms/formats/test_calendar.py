"""iCalendar text: what every program must read in the same way, above all the hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical  # type: ignore[import-untyped]  # comes with icalendar
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from luotsi.comms.formats.calendar import (
    CalendarEvent,
    Invited,
    calendar_text,
    invitation_text,
    method_of,
    times_of,
)

EVENT = CalendarEvent(
    ref=UUID(int=7),
    name="Valmennuskerta: näin ohjaat; osa 1, 2",
    at=datetime(2026, 3, 1, 12, 0, 30, 5, tzinfo=UTC),
    starts_local=datetime(2026, 3, 12, 13, 0, tzinfo=UTC),
    minutes=90,
    place="Sali 2",
    text="Tuo tehtävä.\nJa kynä.",
    address="https://luotsi.example.org/my/activities/7/",
)
INVITED = Invited(organiser="luotsi@example.org", name="Luotsi", attendee="aija@example.org")
HELSINKI = ZoneInfo("Europe/Helsinki")


def invitation(**other) -> str:
    return invitation_text(replace(EVENT, **other), INVITED, host="luotsi.example.org")


def event_in(text: str):
    [event] = Calendar.from_ical(text).walk("VEVENT")
    return event


def zone_in(text: str, tmp_path):
    """The zone as the text describes it, read by another library that knows no zone by its name."""
    lines = text.split("BEGIN:VTIMEZONE")[1].split("END:VTIMEZONE", maxsplit=1)[0]
    path = tmp_path / "zone.ics"
    path.write_text(f"BEGIN:VTIMEZONE{lines}END:VTIMEZONE\n".replace("\r\n", "\n"))
    return tzical(str(path)).get()


def test_an_invitation_says_who_what_when_and_where() -> None:
    text = invitation()
    event = event_in(text)

    assert method_of(text) == "REQUEST"
    assert {name: event.decoded(name) for name in ("uid", "sequence", "summary", "location", "status", "url")} == {
        "uid": "00000000-0000-0000-0000-000000000007@luotsi.example.org",
        "sequence": 0,
        "summary": EVENT.name,
        "location": "Sali 2",
        "status": "CONFIRMED",
        "url": EVENT.address,
    }
    assert "DTSTART;TZID=Europe/Helsinki:20260312T130000\r\nDTEND;TZID=Europe/Helsinki:20260312T143000" in text
    assert "DTSTAMP:20260301T120030Z" in text
    assert str(event["organizer"]) == "mailto:luotsi@example.org"
    assert (str(event["attendee"]), event["attendee"].params["PARTSTAT"], event["attendee"].params["RSVP"]) == (
        "mailto:aija@example.org",
        "NEEDS-ACTION",
        "FALSE",
    )
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_whoever_has_signed_up_has_accepted() -> None:
    assert event_in(invitation(is_settled=True))["attendee"].params["PARTSTAT"] == "ACCEPTED"


def test_a_move_is_the_same_event_with_a_higher_sequence() -> None:
    first, moved = invitation(), invitation(sequence=1, starts_local=datetime(2026, 3, 13, 9, 0, tzinfo=UTC))

    assert event_in(first)["uid"] == event_in(moved)["uid"]
    assert (event_in(first)["sequence"], event_in(moved)["sequence"]) == (0, 1)
    assert event_in(moved).decoded("dtstart") == datetime(2026, 3, 13, 9, 0, tzinfo=HELSINKI)


def test_a_cancellation_says_so_twice() -> None:
    text = invitation(sequence=2, is_cancelled=True)

    assert (method_of(text), event_in(text).decoded("status")) == ("CANCEL", "CANCELLED")


def test_the_same_event_makes_the_same_text() -> None:
    assert invitation() == invitation()


@pytest.mark.parametrize(
    ("starts", "offset"),
    [
        (datetime(2026, 3, 28, 13, 0, tzinfo=UTC), 2),  # the day before the clocks go forward
        (datetime(2026, 3, 29, 2, 59, tzinfo=UTC), 2),
        (datetime(2026, 3, 29, 4, 0, tzinfo=UTC), 3),
        (datetime(2026, 3, 30, 13, 0, tzinfo=UTC), 3),
        (datetime(2026, 10, 24, 13, 0, tzinfo=UTC), 3),
        (datetime(2026, 10, 25, 2, 59, tzinfo=UTC), 3),
        (datetime(2026, 10, 25, 4, 0, tzinfo=UTC), 2),
        (datetime(2026, 10, 26, 13, 0, tzinfo=UTC), 2),
    ],
)
def test_the_hour_stays_across_the_change_of_the_clocks(tmp_path, starts: datetime, offset: int) -> None:
    text = invitation(starts_local=starts)

    assert f"DTSTART;TZID=Europe/Helsinki:{starts:%Y%m%dT%H%M%S}" in text
    assert starts.replace(tzinfo=HELSINKI).utcoffset() == timedelta(hours=offset)
    assert zone_in(text, tmp_path).utcoffset(starts.replace(tzinfo=None)) == timedelta(hours=offset)


def test_a_night_in_which_the_clocks_change_is_as_long_as_it_is() -> None:
    spring = invitation(starts_local=datetime(2026, 3, 29, 2, 30, tzinfo=UTC), minutes=90)
    autumn = invitation(starts_local=datetime(2026, 10, 25, 2, 30, tzinfo=UTC), minutes=180)

    assert "DTEND;TZID=Europe/Helsinki:20260329T050000" in spring
    assert "DTEND;TZID=Europe/Helsinki:20261025T043000" in autumn


def test_an_hour_that_the_clocks_leave_out_comes_an_hour_later() -> None:
    assert "DTSTART;TZID=Europe/Helsinki:20260329T043000" in invitation(
        starts_local=datetime(2026, 3, 29, 3, 30, tzinfo=UTC)
    )


def test_the_changes_of_the_clocks_stand_at_the_local_time_of_before() -> None:
    """RFC 5545, 3.6.5: the onset is told in the local time that TZOFFSETFROM gives."""
    zone = invitation().split("BEGIN:VEVENT")[0]

    assert "BEGIN:DAYLIGHT\r\nDTSTART:20250330T030000\r\n" in zone
    assert "BEGIN:STANDARD\r\nDTSTART:20251026T040000\r\n" in zone


def test_a_deadline_is_a_whole_day_on_which_nobody_is_busy() -> None:
    text = calendar_text([replace(EVENT, starts_local=None, on=date(2026, 12, 31))], host="h")

    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101" in text
    assert "TRANSP:TRANSPARENT" in text
    assert "VTIMEZONE" not in text


def test_a_calendar_to_subscribe_to_has_a_name_and_nothing_cancelled() -> None:
    other = replace(EVENT, ref=UUID(int=8), time_zone="Europe/Stockholm")
    text = calendar_text([EVENT, other, replace(EVENT, ref=UUID(int=9), is_cancelled=True)], host="h", name="Luotsi")
    calendar = Calendar.from_ical(text)

    assert [str(each["uid"]) for each in calendar.walk("VEVENT")] == [
        "00000000-0000-0000-0000-000000000007@h",
        "00000000-0000-0000-0000-000000000008@h",
    ]
    assert [str(each["tzid"]) for each in calendar.walk("VTIMEZONE")] == ["Europe/Helsinki", "Europe/Stockholm"]
    assert "X-WR-CALNAME:Luotsi\r\n" in text
    assert "ATTENDEE" not in text


def test_a_calendar_that_says_no_method_does_not_travel() -> None:
    with pytest.raises(ValueError, match="METHOD"):
        method_of("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


@given(
    st.integers(min_value=0, max_value=16 * 365 * 24 * 60),
    st.integers(min_value=1, max_value=1440),
    st.sampled_from(["Europe/Helsinki", "Europe/Stockholm", "UTC", "America/St_Johns"]),
)
def test_whatever_the_time_the_event_lasts_as_long_as_it_should(later: int, minutes: int, zone: str) -> None:
    begins, ends = times_of(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=later), minutes, zone)

    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(minutes=minutes)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=300))
def test_whatever_is_written_is_read_again(name: str) -> None:
    text = invitation_text(replace(EVENT, name=name), INVITED, host="h")

    assert str(event_in(text)["summary"]) == name
    assert text.count("BEGIN:VEVENT") == 1
