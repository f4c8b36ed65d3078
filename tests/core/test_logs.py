"""Log lines: whatever is logged, nobody is named in them and no link can be followed."""

from __future__ import annotations

import json
import logging
import logging.config
from copy import deepcopy
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
import structlog
from django.conf import settings
from django.db import IntegrityError

from luotsi.core.logs import without_personal_data
from luotsi.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REF = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
PERSONAL = ["Maija", "maija@example.org", "131052-308T", "Xk3_vN8-qLw2Rt5yPz7aBc9dEf1gHi4jKl6mNo8pQrs"]


@pytest.fixture
def written() -> Iterator[Callable[[], list[dict]]]:
    """The lines that the project's own formatter wrote, as read back from JSON."""
    made = logging.config.DictConfigurator(deepcopy(settings.LOGGING))
    formatter = made.configure_formatter(made.config["formatters"]["json"])
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def fail_with(text: str, kind: type[Exception] = IntegrityError) -> None:
    maija = Person(given_name="Maija")
    raise kind(text, maija)


def test_error_is_told_by_kind_and_place_alone(written) -> None:
    try:
        fail_with("duplicate key\nDETAIL:  Key (given_name, email)=(Maija, maija@example.org) already exists.")
    except IntegrityError:
        structlog.get_logger("luotsi.test").exception("job failed", job="lamp.light", ref=str(REF), attempt=2)

    [line] = written()
    assert {key: line[key] for key in ("event", "job", "ref", "attempt", "level")} == {
        "event": "job failed", "job": "lamp.light", "ref": str(REF), "attempt": 2, "level": "error",
    }  # fmt: skip
    kind, *places = line["error"]
    assert kind == "django.db.utils.IntegrityError"
    assert [place.rpartition(" ")[2] for place in places] == ["test_error_is_told_by_kind_and_place_alone", "fail_with"]
    assert set(line) == {"event", "job", "ref", "attempt", "level", "timestamp", "error"}


def test_error_that_came_from_another_tells_of_both(written) -> None:
    try:
        try:
            fail_with("Maija")
        except IntegrityError as error:
            raise ValueError("maija@example.org") from error
    except ValueError:
        structlog.get_logger("luotsi.test").exception("failed")

    [line] = written()
    assert [entry for entry in line["error"] if not entry.startswith("  ")] == [
        "builtins.ValueError",
        "django.db.utils.IntegrityError",
    ]
    assert "aija" not in json.dumps(line)


@pytest.mark.parametrize("secret", PERSONAL)
def test_library_that_logs_an_error_and_its_text_names_nobody(written, secret: str) -> None:
    try:
        fail_with(f"DETAIL:  Key (name)=({secret}) already exists.")
    except IntegrityError as error:
        logging.getLogger("django.db").error("Error calling back (%s).", error, exc_info=True, stack_info=True)  # noqa: G201 -- as Django does it

    [line] = written()
    assert secret not in json.dumps(line, ensure_ascii=False)
    assert line["error"][0] == "django.db.utils.IntegrityError"


@pytest.mark.parametrize(
    "value",
    [
        Person(given_name="Maija", family_name="Meikäläinen"),
        ValueError("Maija"),
        object(),
        b"maija@example.org",
        [Person(given_name="Maija")],
        {"who": Person(given_name="Maija")},
        {"maija@example.org": "131052-308T"},
        {"deep": [{"er": ("maija@example.org",)}]},
    ],
)
def test_what_is_not_plain_is_named_by_its_kind(written, value) -> None:
    structlog.get_logger("luotsi.test").warning("seen", value=value)

    [line] = written()
    text = json.dumps(line, ensure_ascii=False)
    assert [secret for secret in PERSONAL if secret in text] == []


def test_plain_values_are_kept(written) -> None:
    structlog.get_logger("luotsi.test").warning(
        "seen", ref=REF, count=3, share=0.5, is_new=True, nothing=None, at=datetime(2026, 1, 2, tzinfo=UTC), keys=["a"]
    )

    [line] = written()
    del line["timestamp"]
    assert line == {
        "event": "seen", "level": "warning", "ref": str(REF), "count": 3, "share": 0.5, "is_new": True, "nothing": None,
        "at": "2026-01-02 00:00:00+00:00", "keys": ["a"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("mail to maija@example.org failed", "mail to [address] failed"),
        ("<maija.m+x@alue.esimerkki.fi>", "<[address]>"),
        ("mailto:äijä@öljy.fi", "mailto:[address]"),
        ("GET /invite/maija%40example.org/", "GET [address]"),
        ("code 131052-308T, 131052-308t and 010594Y9032", "code [identity code], [identity code] and [identity code]"),
        ("Not Found: /join/abc/", "Not Found: /join/[secret]/"),
        ("/sign-in/link/short/", "/sign-in/link/[secret]/"),
        ("/messages/stop/0f8fad5bd9cb469fa16570867728950e:Jd_x-9/", "/messages/stop/[secret]/"),
        ("/new/way/Xk3_vN8-qLw2Rt5yPz7aBc9dEf1gHi4jKl6mNo8pQrs/", "/new/way/[secret]/"),
        ("/people/?q=Maija+Meik%C3%A4l%C3%A4inen", "/people/?[query]"),
        ("Failing row contains (7, Maija, null).", "[detail]"),
        (f"/my/mentoring/{REF}/close/", f"/my/mentoring/{REF}/close/"),
        ("/library/tools/first-meeting-of-a-mentoring-pair/", "/library/tools/first-meeting-of-a-mentoring-pair/"),
        ("12 of 30 rows, 2026-11-21", "12 of 30 rows, 2026-11-21"),
    ],
)
def test_strings_lose_what_looks_personal_or_secret(text: str, safe: str) -> None:
    assert without_personal_data(text) == safe
