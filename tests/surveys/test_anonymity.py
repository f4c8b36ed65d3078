"""Attacks: somebody who has the database, the logs, the exports or the pages tries to find out who answered what.

Twenty-three people in four units answer in an order that the attacker knows, with answers that name them. What can be
found out must be nothing, or no finer than the batch; where it is the batch, chance is computed and compared with.
"""

from __future__ import annotations

import base64
import json
import logging
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from django.apps import apps
from django.db import connection, models
from django.test import Client

from luotsi.core.actors import SYSTEM
from luotsi.core.models import AuditEntry, Job
from luotsi.journey.own_data import HOLDERS
from luotsi.people.enums import Role
from luotsi.surveys import privacy
from luotsi.surveys.models import AnonymousAnswer, AnonymousWords, Invitee, Urn
from luotsi.surveys.services.waves import close_wave
from tests.factories.people import PersonFactory, grant
from tests.factories.surveys import InstrumentFactory, described
from tests.surveys.crowd import OWN_WORDS, SIGNATURE, answer, ask, follow
from tests.surveys.dumps import changed, take_dump, where

if TYPE_CHECKING:
    from luotsi.people.models import Person
    from luotsi.surveys.models import Wave
    from tests.surveys.crowd import Crowd

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(120)]

SIZES = (11, 6, 4, 2)
BASE = 700_000_000_000  # signatures look like nothing else in a database
HIDDEN = {("surveys_anonymousanswer", "answers"), ("surveys_anonymouswords", "words")}
IN_ONE_ANSWER = {"surveys_invitee": {"has_answered"}, "surveys_urn": {"sealed"}}
IN_A_FULL_ONE = IN_ONE_ANSWER | {"surveys_anonymousanswer": {"key", "wave_id", "unit_id", "code", "answers"}}


def signature(person: Person) -> str:
    return str(BASE + person.pk)


def words_of(person: Person) -> str:
    return f"Zx{person.pk:06d}xZ"


def crowd_of(sizes=SIZES) -> Crowd:
    highest = SIGNATURE[0] | {"highest": 10**12}
    form = described([highest], OWN_WORDS, purpose="culture", answering="anonymous")
    return ask(sizes, instrument=InstrumentFactory.create(form=form, purpose="culture"))


def all_answer(crowd: Crowd) -> None:
    for person in crowd.people:
        answer(crowd.wave, person, who=signature(person), words=words_of(person))


def marks(crowd: Crowd) -> list[str]:
    return [mark for person in crowd.people for mark in (signature(person), words_of(person))]


# --- what there is at all


def test_the_tables_of_anonymous_answers_hold_no_person_no_time_and_no_number() -> None:
    columns = {
        model.__name__: {field.name: type(field).__name__ for field in model._meta.get_fields()}
        for model in (AnonymousAnswer, AnonymousWords, Urn, Invitee)
    }

    assert columns == {
        "AnonymousAnswer": {
            "key": "UUIDField", "wave": "ForeignKey", "unit": "ForeignKey", "code": "CharField", "answers": "JSONField",
        },
        "AnonymousWords": {"key": "UUIDField", "wave": "ForeignKey", "item": "CharField", "words": "TextField"},
        "Urn": {"id": "BigAutoField", "wave": "ForeignKey", "unit": "ForeignKey", "sealed": "BinaryField"},
        "Invitee": {
            "id": "BigAutoField", "ref": "UUIDField", "wave": "ForeignKey", "person": "ForeignKey",
            "unit": "ForeignKey", "has_answered": "BooleanField",
        },
    }  # fmt: skip


def test_nothing_in_the_database_points_at_anonymous_answers() -> None:
    pointing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model in (AnonymousAnswer, AnonymousWords, Urn)
    ]

    assert pointing == []


# --- one copy of the database, taken at any moment


def test_a_copy_taken_after_any_answer_shows_no_answer_before_it_is_one_of_ten() -> None:
    """Whoever has one copy sees who has answered, and answers only in batches that were drawn from ten or more."""
    crowd = crowd_of()
    unit_of = dict(Invitee.objects.filter(wave=crowd.wave).values_list("person", "unit"))
    answered: Counter[int | None] = Counter()
    shown = []

    for person in crowd.people:
        answer(crowd.wave, person, who=signature(person), words=words_of(person))
        answered[unit_of[person.pk]] += 1
        dump = take_dump()
        found = where(dump, *marks(crowd))
        written = Counter(dump["surveys_anonymousanswer"].values("unit_id"))
        assert found <= {("surveys_anonymousanswer", "answers")}
        assert all(count % 5 == 0 and answered[unit] >= count + 5 for unit, count in written.items())
        shown.append(sum(written.values()))

    assert shown == [0] * 9 + [5] * 14


def test_what_waits_looks_the_same_whatever_waits() -> None:
    """The urns are encrypted, of one size, and bear no time: one copy or two tell nothing of what is in them."""
    crowd = crowd_of()
    seen = []
    for person in [None, *crowd.people[:9]]:
        if person is not None:
            answer(crowd.wave, person, who=signature(person), words=words_of(person) * 30)
        seen += [bytes(urn.sealed) for urn in Urn.objects.filter(wave=crowd.wave)]

    decoded = [base64.urlsafe_b64decode(token) for token in seen]

    assert {len(token) for token in seen} == {len(seen[0])}
    assert {token[1:9] for token in decoded} == {bytes(8)}  # where such tokens have their time
    assert len({token[9:25] for token in decoded}) == 3 + 9  # another start at each writing


# --- two copies, before and after an answer


def test_between_two_copies_nothing_changes_but_the_tick_the_urn_and_a_batch() -> None:
    """No entry of the log, no job, no message, no session, no time anywhere: looked for in every column there is."""
    crowd = crowd_of((11, 6))
    differences = []
    for person in crowd.people:
        before = take_dump()
        answer(crowd.wave, person, who=signature(person), words=words_of(person))
        differences.append(changed(before, take_dump()))

    assert differences == [IN_ONE_ANSWER] * 9 + [IN_A_FULL_ONE] + [IN_ONE_ANSWER] * 7


def test_the_same_through_the_pages() -> None:
    """With cookies, sessions and everything that a request passes through."""
    crowd = crowd_of((6,))
    person = crowd.people[0]
    client = signed_in(person)
    address = address_of(crowd.wave, person)
    before = take_dump()

    client.get(address)
    client.post(address, {"at.page": "part1.1", "at.shown": ["who"], "who": signature(person), "at.to": "next"})
    in_between = changed(before, take_dump())
    sent = client.post(address, {"who": signature(person), "words": words_of(person), "at.to": "send"}, follow=True)

    assert in_between == {}
    assert sent.redirect_chain == [(f"{address}?sent=1", 302)]
    assert changed(before, take_dump()) == IN_ONE_ANSWER


def test_two_copies_around_a_batch_leave_ten_to_choose_from() -> None:
    """Whoever sees who answered tenth knows the ten, and that five of them are these: no more."""
    crowd = crowd_of((11,))
    for person in crowd.people[:9]:
        answer(crowd.wave, person, who=signature(person))
    before = take_dump()
    answer(crowd.wave, crowd.people[9], who=signature(crowd.people[9]))

    rows = take_dump()["surveys_anonymousanswer"].values("answers")
    candidates = crowd.people[:10]

    assert before["surveys_anonymousanswer"].rows == ()
    assert len(rows) == 5
    assert {json.loads(row)["who"] if isinstance(row, str) else row["who"] for row in rows} <= {
        signature(person) for person in candidates
    }


# --- the order on disk


def test_the_order_on_disk_and_of_keys_links_no_better_than_chance() -> None:
    """Twenty-four waves of twelve. The attacker knows in which order people answered, and guesses that the rows keep it.

    What can be known at best: a row of the first batch is of one of the first ten (1 in 10); a row of the closing is of
    one of the first ten (1 in 14 each) or of the last two (1 in 7 each).
    """
    crowd = ask([12])
    hits: Counter[str] = Counter()
    waves = 24
    for number in range(waves):
        wave = crowd.wave if number == 0 else follow(crowd)
        for person in crowd.people:
            answer(wave, person)
        close_wave(wave, by=SYSTEM)
        for name, guess in guesses(wave).items():
            hits[name] += sum(row == person.pk for row, person in zip(guess, crowd.people, strict=True))

    by_chance = waves * (5 / 10 + 5 / 14 + 2 / 7)
    sigma = by_chance**0.5
    assert set(hits) == {"as on disk", "backwards", "by key"}
    assert [name for name, count in hits.items() if abs(count - by_chance) > 5 * sigma] == []


def guesses(wave: Wave) -> dict[str, list[int]]:
    """Who gave the rows, as an attacker orders them."""
    dump = take_dump()["surveys_anonymousanswer"]
    rows = [
        (key, int(_read(answers)["who"]))
        for key, wave_id, answers in zip(
            dump.values("key"), dump.values("wave_id"), dump.values("answers"), strict=True
        )
        if wave_id == wave.pk
    ]
    batch, rest = [who for _, who in rows[:5]], [who for _, who in rows[5:]]
    by_key = [*sorted(rows[:5], key=_key), *sorted(rows[5:], key=_key)]
    return {
        "as on disk": batch + rest,
        "backwards": batch[::-1] + rest[::-1],
        "by key": [who for _, who in by_key],
    }


def _key(row: tuple[Any, int]) -> str:
    return str(row[0])


def _read(answers: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(answers) if isinstance(answers, str) else answers
    return read


def test_rows_of_a_batch_lie_in_the_order_of_their_random_keys() -> None:
    crowd = crowd_of((12,))
    all_answer(crowd)
    close_wave(crowd.wave, by=SYSTEM)

    keys = [str(key).replace("-", "") for key in take_dump()["surveys_anonymousanswer"].values("key")]

    assert keys[:5] == sorted(keys[:5])
    assert keys[5:] == sorted(keys[5:])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL tells which transaction wrote a row")
@pytest.mark.django_db(transaction=True)
def test_the_transaction_that_wrote_a_row_tells_the_batch_and_no_more() -> None:
    crowd = crowd_of((21, 6))
    all_answer(crowd)
    close_wave(crowd.wave, by=SYSTEM)

    writers = Counter(take_dump()["surveys_anonymousanswer"].writers)

    assert sorted(writers.values()) == [5, 5, 5, 12]


# --- times


def test_no_time_in_the_database_is_of_an_answer() -> None:
    """Every time in every table, before the answers and after them: not one is new."""
    crowd = crowd_of()
    before = times()

    all_answer(crowd)

    assert times() - before == Counter()


def times() -> Counter[tuple[str, str, str]]:
    return Counter(
        (name, column, str(value))
        for name, table in take_dump().items()
        for row in table.rows
        for column, value in zip(table.columns, row, strict=True)
        if isinstance(value, datetime) or column.endswith(("_at", "_on", "_date", "last_login", "since", "until"))
    )


# --- logs, audit, jobs, events


def test_no_line_of_the_log_names_anybody_or_any_answer(caplog) -> None:
    """The whole output at its most talkative, through the pages."""
    crowd = crowd_of((6,))
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as lines:
        for person in crowd.people:
            send(crowd.wave, person)

    told = "\n".join([*map(str, lines), *(record.getMessage() + str(record.__dict__) for record in caplog.records)])
    refs = [str(invitee.ref) for invitee in Invitee.objects.filter(wave=crowd.wave)]
    named = [str(person.ref) for person in crowd.people] + [str(person) for person in crowd.people]

    assert [line["route"] for line in lines if line["event"] == "request"] == ["surveys:answer_anonymously"] * 2 * len(
        crowd.people
    )
    assert [word for word in [*marks(crowd), *refs, *named] if word in told] == []


def test_the_audit_log_and_the_jobs_know_of_no_answer() -> None:
    crowd = crowd_of()
    entries, jobs = AuditEntry.objects.count(), Job.objects.count()

    all_answer(crowd)

    assert (AuditEntry.objects.count(), Job.objects.count()) == (entries, jobs)


# --- pages and exports


def test_own_data_of_everybody_says_whether_and_never_what() -> None:
    crowd = crowd_of()
    for person in crowd.people[:-1]:
        answer(crowd.wave, person, who=signature(person), words=words_of(person))
    close_wave(crowd.wave, by=SYSTEM)

    exports = ["\n".join(str(held) for holder in HOLDERS for held in holder.collect(person)) for person in crowd.people]
    told = {person.pk: _held(person) for person in crowd.people}

    assert [mark for mark in marks(crowd) for export in exports if mark in export] == []
    assert {pk: rows[0]["Answered"] for pk, rows in told.items()} == {
        person.pk: "no" if person is crowd.people[-1] else "yes" for person in crowd.people
    }


def _held(person: Person) -> list[dict[str, str]]:
    return next(held.rows for held in privacy.collect(person) if held.title == "Anonymous surveys that I was asked")


def test_pages_of_the_one_who_answered_and_of_those_who_run_it_show_no_answer() -> None:
    crowd = crowd_of()
    chief = PersonFactory.create()
    grant(chief, Role.HR, organisation=crowd.organisation)
    first = crowd.people[0]
    send(crowd.wave, first)

    pages = [
        signed_in(first).get(address_of(crowd.wave, first)),
        signed_in(first).get("/home/"),
        signed_in(chief).get(f"/surveys/waves/{crowd.wave.ref}/"),
        signed_in(chief).get("/surveys/"),
    ]

    assert [page.status_code for page in pages] == [200] * 4
    assert [mark for mark in marks(crowd) for page in pages if mark in page.content.decode()] == []


# --- when all is over


def test_after_closing_answers_stand_in_two_columns_and_nowhere_else() -> None:
    crowd = crowd_of()
    all_answer(crowd)
    close_wave(crowd.wave, by=SYSTEM)

    dump = take_dump()
    groups = Counter(dump["surveys_anonymousanswer"].values("unit_id"))

    assert where(dump, *marks(crowd)) == HIDDEN
    assert sorted(groups.values()) == [6, 6, 11]
    assert dump["surveys_urn"].rows == ()


def signed_in(person: Person) -> Client:
    client = Client()
    client.cookies["language"] = "en"
    client.force_login(person)
    return client


def address_of(wave: Wave, person: Person) -> str:
    return f"/my/surveys/anonymous/{Invitee.objects.get(wave=wave, person=person).ref}/"


def send(wave: Wave, person: Person) -> None:
    client = signed_in(person)
    address = address_of(wave, person)
    sent = client.post(address, {"who": signature(person), "words": words_of(person), "at.to": "send"}, follow=True)
    assert sent.redirect_chain == [(f"{address}?sent=1", 302)]
