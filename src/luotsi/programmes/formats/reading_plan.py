"""The phases of a model and what is done in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from luotsi.programmes.formats.errors import Code
from luotsi.programmes.formats.values import ActivityKind, ActivityOutline, Audience, Phase, Stage, SurveyMoment

if TYPE_CHECKING:
    from luotsi.programmes.formats.document import Entry
    from luotsi.programmes.formats.fields import Form

MOST_WEEKS: Final = 260
_OPTIONAL: Final = (
    "text",
    "minutes",
    "for_whom",
    "required",
    "sign_up",
    "capacity",
    "materials",
    "instrument",
    "moment",
)


def read_phases(form: Form, entry: Entry | None) -> tuple[Phase, ...]:
    found = []
    keys = []
    activity_keys: list[tuple[Entry, str]] = []
    for row in form.rows(entry, 1, 20):
        given = form.table(row, ("key", "name", "aim", "weeks"), ("stage", "activities"))
        weeks = form.whole(given.get("weeks"), 1, MOST_WEEKS)
        phase = Phase(
            key=form.key(given.get("key")),
            name=form.text(given.get("name")),
            aim=form.text(given.get("aim")),
            weeks=weeks,
            stage=form.one_of(given["stage"], Stage) if "stage" in given else Stage.RUNNING,
            activities=_activities(form, given.get("activities"), weeks, activity_keys),
        )
        found.append(phase)
        keys.append((given.get("key", row), phase.key))
    form.unlike(keys)
    form.unlike(activity_keys)
    return tuple(found)


def _activities(
    form: Form, entry: Entry | None, weeks: int, keys: list[tuple[Entry, str]]
) -> tuple[ActivityOutline, ...]:
    found = []
    for row in form.rows(entry, 0, 40):
        given = form.table(row, ("key", "kind", "name", "week"), _OPTIONAL)
        activity = _activity(form, given, weeks)
        _fitting(form, row, given, activity)
        found.append(activity)
        keys.append((given.get("key", row), activity.key))
    return tuple(found)


def _activity(form: Form, given: dict[str, Entry], weeks: int) -> ActivityOutline:
    minutes, capacity = given.get("minutes"), given.get("capacity")
    return ActivityOutline(
        key=form.key(given.get("key")),
        kind=form.one_of(given.get("kind"), ActivityKind),
        name=form.text(given.get("name")),
        text=form.text(given.get("text")),
        week=form.whole(given.get("week"), 1, weeks),
        minutes=None if minutes is None else form.whole(minutes, 5, 1_440),
        for_whom=form.some_of(given["for_whom"], Audience) if "for_whom" in given else (),
        is_required=form.yes_no(given.get("required"), otherwise=False),
        takes_sign_up=form.yes_no(given.get("sign_up"), otherwise=False),
        capacity=None if capacity is None else form.whole(capacity, 1, 10_000),
        materials=form.keys(given.get("materials"), 0, 20),
        instrument=form.key(given.get("instrument")),
        moment=form.one_of(given.get("moment"), SurveyMoment),
    )


def _fitting(form: Form, row: Entry, given: dict[str, Entry], activity: ActivityOutline) -> None:
    """A survey names its instrument and nothing else does; an interim assignment has a deadline, not a length."""
    is_survey = activity.kind is ActivityKind.SURVEY
    if is_survey and "instrument" not in given:
        form.fault(row, Code.MISSING_KEY, key="instrument")
    wrong = set() if is_survey else {"instrument", "moment"}
    if is_survey or activity.kind is ActivityKind.INTERIM_ASSIGNMENT:
        wrong |= {"minutes", "sign_up", "capacity"}
    if not activity.takes_sign_up:
        wrong |= {"capacity"}
    for key in sorted(wrong & given.keys()):
        form.fault(given[key], Code.UNKNOWN_KEY, key=key, nearest="", allowed=f"kind: {activity.kind}")
