"""The pages of messages: one's own and nobody else's, and a link that stops mail without signing in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.comms import queries, services
from luotsi.comms.enums import EmailChoice, Group
from luotsi.comms.models import Delivery, Preference
from luotsi.core.actors import SYSTEM, ActorKind
from luotsi.core.models import AuditEntry, AuditFacts
from tests.comms.letters import letter, recipient
from tests.factories.people import PersonFactory
from tests.pages import parts

if TYPE_CHECKING:
    from luotsi.comms.models import Message
    from luotsi.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client) -> Person:
    """Somebody who is signed in."""
    person = PersonFactory.create()
    client.force_login(person)
    client.cookies["language"] = "en"
    return person


def tell(person: Person, **other) -> Message:
    return services.tell(lambda: letter(**other), to=recipient(ref=person.ref), by=SYSTEM)


def stop_address(person: Person | None, **other) -> str:
    to = recipient(ref=person.ref) if person else recipient(ref=None, address="guardian@example.org")
    services.tell(lambda: letter(**other), to=to, by=SYSTEM)
    return reverse("comms:stop", args=[queries.stop_token(Delivery.objects.get())])


def subjects(response) -> list[str]:
    return parts(response, r'<a href="/messages/[0-9a-f-]{36}/">(.*?)</a>')


def test_messages_are_listed_the_newest_first(client, person: Person) -> None:
    for number in range(3):
        tell(person, subject=f"Letter {number}")
    tell(PersonFactory.create(), subject="For somebody else")
    tell(person, subject="A link", kind="people.sign_in_link", is_necessary=True, is_secret=True)

    response = client.get("/messages/")

    assert subjects(response) == ["Letter 2", "Letter 1", "Letter 0"]


@pytest.mark.parametrize("count", [1, 30])
def test_list_costs_the_same_however_many_there_are(
    client, person: Person, count: int, django_assert_max_num_queries
) -> None:
    for number in range(count):
        tell(person, subject=f"Letter {number}")
    client.get("/messages/")

    with django_assert_max_num_queries(10) as asked:
        response = client.get("/messages/")

    assert len(subjects(response)) == count
    assert len([query for query in asked if "comms_message" in query["sql"]]) == 1


def test_long_list_is_read_page_by_page(client, person: Person) -> None:
    for number in range(31):
        tell(person, subject=f"Letter {number}")

    first = client.get("/messages/")
    [following] = parts(first, r'<a href="(\?[^"]*)" rel="next"')
    second = client.get("/messages/" + following)

    assert (len(subjects(first)), subjects(second)) == (30, ["Letter 0"])


@pytest.mark.usefixtures("person")
def test_empty_list_says_what_will_be_there(client) -> None:
    assert parts(client.get("/messages/"), r'<div class="empty">.*?<h2>(.*?)</h2>') == ["No messages yet"]


def test_opened_message_is_read(client, person: Person) -> None:
    message, other = tell(person), tell(person)
    assert queries.unread_count(person.ref) == 2

    response = client.get(f"/messages/{message.ref}/")

    assert parts(response, r"<h1>(.*?)</h1>") == ["You have a mentor"]
    assert parts(response, r"<p>(.*?)</p>", within=r'<div class="stack">(.*?)</div>') == message.lines
    assert parts(response, r'<a class="btn" href="(.*?)"', within=r"<article(.*)</article>") == ["/my/proposals/1/"]
    assert queries.unread_count(person.ref) == 1
    other.refresh_from_db()
    assert other.read_at is None


def test_message_keeps_when_it_was_first_read(client, person: Person) -> None:
    message = tell(person)
    client.get(f"/messages/{message.ref}/")
    message.refresh_from_db()
    first = message.read_at

    client.get(f"/messages/{message.ref}/")

    message.refresh_from_db()
    assert message.read_at == first


def test_message_is_marked_with_its_own_language(client, person: Person) -> None:
    services.tell(letter, to=recipient(ref=person.ref, language="sv"), by=SYSTEM)

    response = client.get(f"/messages/{queries.messages_for(person.ref).get().ref}/")

    assert parts(response, r'<article class="[^"]*" lang="(.*?)"') == ["sv"]


@pytest.mark.usefixtures("person")
def test_message_of_somebody_else_is_not_there(client) -> None:
    message = tell(PersonFactory.create(), subject="A secret of two")

    response = client.get(f"/messages/{message.ref}/")

    assert response.status_code == 404
    assert b"A secret of two" not in response.content
    message.refresh_from_db()
    assert message.read_at is None


def test_message_with_a_link_that_opens_a_door_is_not_there(client, person: Person) -> None:
    message = tell(person, kind="people.sign_in_link", is_necessary=True, is_secret=True)

    assert client.get(f"/messages/{message.ref}/").status_code == 404


def test_choices_are_shown_and_kept(client, person: Person) -> None:
    services.set_preference(Group.SURVEYS, EmailChoice.NEVER, by=person, recipient_ref=person.ref)
    page = client.get("/messages/preferences/")
    ticked = parts(page, r'<input type="checkbox" name="by_email" value="(\w+)"[^>]*? checked')

    response = client.post("/messages/preferences/", {"by_email": ["matching", "surveys"]})

    assert ticked == [group.value for group in Group if group != Group.SURVEYS]
    assert (response.status_code, response["Location"]) == (302, "/messages/preferences/")
    wanted = [group for group, choice in queries.preferences_for(person.ref).items() if choice == EmailChoice.AT_ONCE]
    assert wanted == [Group.SURVEYS, Group.MATCHING]
    assert AuditEntry.objects.filter(actor_ref=person.ref).count() == 10


def test_nothing_ticked_is_a_choice_too(client, person: Person) -> None:
    client.post("/messages/preferences/", {})

    assert set(queries.preferences_for(person.ref).values()) == {EmailChoice.NEVER}


@pytest.mark.usefixtures("person")
def test_same_choices_again_write_nothing(client) -> None:
    client.post("/messages/preferences/", {"by_email": Group.values})

    assert Preference.objects.count() == AuditEntry.objects.count() == 0


def test_unknown_group_is_refused_and_changes_nothing(client, person: Person) -> None:
    response = client.post("/messages/preferences/", {"by_email": ["lamps"]})

    assert response.status_code == 200
    assert len(parts(response, r'<div class="errors".*?<li>(.*?)</li>')) == 1
    assert set(queries.preferences_for(person.ref).values()) == {EmailChoice.AT_ONCE}


def test_mail_program_stops_mail_with_one_click(person: Person) -> None:
    address = stop_address(person)
    mail_program = Client(enforce_csrf_checks=True)

    response = mail_program.post(address, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert queries.preferences_for(person.ref)[Group.MATCHING] == EmailChoice.NEVER
    entry = AuditEntry.objects.get(verb="comms.preference_set")
    assert (entry.actor_kind, entry.actor_ref) == (ActorKind.LINK, Delivery.objects.get().ref)
    assert json.loads(AuditFacts.objects.get(entry=entry).facts) == {"email": "never", "group": "matching"}


def test_looking_at_the_link_stops_nothing(person: Person) -> None:
    response = Client().get(stop_address(person))

    assert response.status_code == 200
    assert Preference.objects.count() == 0


def test_stopping_twice_is_the_same_as_once(person: Person) -> None:
    address = stop_address(person)

    answers = [Client().post(address).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert Preference.objects.count() == 1


def test_address_without_an_account_stops_mail_for_the_address() -> None:
    Client().post(stop_address(None))

    assert Preference.objects.values_list("recipient_ref", "address_key", "group").get() == (
        None, "guardian@example.org", "matching",
    )  # fmt: skip


@pytest.mark.parametrize(
    "spoil", [lambda token: token[:-1], lambda token: "x" + token, lambda token: token.split(":")[0]]
)
def test_link_that_we_did_not_sign_stops_nothing(person: Person, spoil) -> None:
    token = stop_address(person).split("/")[-2]

    response = Client().post(f"/messages/stop/{spoil(token)}/")

    assert response.status_code == 404
    assert Preference.objects.count() == 0


def test_signature_made_for_something_else_stops_nothing(person: Person) -> None:
    from django.core import signing  # noqa: PLC0415 -- what another module might use

    services.tell(letter, to=recipient(ref=person.ref), by=SYSTEM)
    token = signing.Signer(salt="another").sign(Delivery.objects.get().ref.hex)

    assert Client().post(f"/messages/stop/{token}/").status_code == 404
    assert Preference.objects.count() == 0


@pytest.mark.parametrize(
    "path", ["/messages/", "/messages/preferences/", "/messages/0f8fad5b-d9cb-469f-a165-70867728950e/"]
)
def test_stranger_is_sent_to_sign_in(client, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response["Location"]) == (302, f"/sign-in/?next={path}")
