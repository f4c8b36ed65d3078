"""The ways in: with a password, with a link by e-mail."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.people.models import Person, SignInLink
from luotsi.people.services.accounts import send_sign_in_link
from tests.factories.people import PersonFactory, with_password
from tests.pages import errors_of, lead_of, parts, title_of

pytestmark = pytest.mark.django_db

PASSWORD = "hauki uimari kaislikko"
NOT_RIGHT = "The e-mail address or the password is not right. Check both, or ask for a link by e-mail instead."
TOO_MANY = "Too many attempts. Wait a few minutes, or ask for a link by e-mail instead."


def signed_in(client: Client) -> str | None:
    """The key of whoever is signed in."""
    return client.session.get("_auth_user_id")


def sign_in(client: Client, email: str, password: str = PASSWORD, **more):
    return client.post("/sign-in/", {"email": email, "password": password, **more})


# --- with a password


def test_the_right_password_opens_the_home_page(client) -> None:
    person = with_password(PASSWORD, email="aino@example.org")

    response = sign_in(client, "aino@example.org")

    assert (response.status_code, response.url) == (302, "/home/")
    assert signed_in(client) == str(person.pk)


@pytest.mark.parametrize(
    "typed", ["Matti@ÄIJÄLÄ.example", " matti@äijälä.example ", "MATTI@A\u0308ija\u0308la\u0308.example"]
)
def test_an_address_is_known_however_it_is_written(client, typed: str) -> None:
    person = with_password(PASSWORD, email="matti@äijälä.example")

    sign_in(client, typed)

    assert signed_in(client) == str(person.pk)


@pytest.mark.parametrize(
    ("email", "password"), [("aino@example.org", "hauki"), ("nobody@example.org", PASSWORD), ("aino@example.org", " ")]
)
def test_a_wrong_password_and_an_unknown_address_are_told_the_same(client, email: str, password: str) -> None:
    with_password(PASSWORD, email="aino@example.org")

    response = sign_in(client, email, password)

    assert errors_of(response) == [NOT_RIGHT]
    assert signed_in(client) is None
    assert parts(response, r'name="email"[^>]*value="([^"]*)"') == [email]


def test_after_five_wrong_attempts_the_right_password_has_to_wait(client) -> None:
    person = with_password(PASSWORD, email="aino@example.org")
    told = [errors_of(sign_in(client, "aino@example.org", "wrong")) for _ in range(5)]

    sixth = sign_in(client, "Aino@example.org")

    assert told == [[NOT_RIGHT]] * 5
    assert errors_of(sixth) == [TOO_MANY]
    assert signed_in(client) is None
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        sign_in(client, "aino@example.org")
        assert signed_in(client) == str(person.pk)


def test_attempts_on_one_address_do_not_keep_another_person_out(client) -> None:
    with_password(PASSWORD, email="aino@example.org")
    other = with_password(PASSWORD, email="eino@example.org")
    for _ in range(5):
        sign_in(client, "aino@example.org", "wrong")

    sign_in(client, "eino@example.org")

    assert signed_in(client) == str(other.pk)


def test_a_person_without_a_password_cannot_be_guessed(client) -> None:
    PersonFactory.create(email="aino@example.org")

    assert errors_of(sign_in(client, "aino@example.org", "!")) == [NOT_RIGHT]


def test_a_closed_account_is_told_nothing_more(client) -> None:
    with_password(PASSWORD, email="aino@example.org", is_active=False)

    response = sign_in(client, "aino@example.org")

    assert errors_of(response) == [NOT_RIGHT]
    assert signed_in(client) is None


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/my/profile/?tab=1", "/my/profile/?tab=1"),
        ("https://elsewhere.example/", "/home/"),
        ("//elsewhere.example/", "/home/"),
        ("profile", "/home/"),
        ("people:profile", "/home/"),
        ("", "/home/"),
    ],
)
def test_signing_in_leads_on_to_pages_of_ours_only(client, wanted: str, leads_to: str) -> None:
    with_password(PASSWORD, email="aino@example.org")

    response = sign_in(client, "aino@example.org", next=wanted)

    assert (response.status_code, response.url) == (302, leads_to)


def test_a_page_for_people_who_are_signed_in_comes_back_after_signing_in(client) -> None:
    with_password(PASSWORD, email="aino@example.org")

    asked = client.get("/my/profile/")
    page = client.get(asked.url)

    assert asked.url == "/sign-in/?next=/my/profile/"
    assert parts(page, r'name="next" value="([^"]*)"') == ["/my/profile/"]


def test_who_is_signed_in_is_not_asked_again(client) -> None:
    client.force_login(PersonFactory.create())

    response = client.get("/sign-in/")

    assert (response.status_code, response.url) == (302, "/home/")


def test_signing_out_ends_the_session_and_needs_a_post(client) -> None:
    person = PersonFactory.create()
    client.force_login(person)

    by_get = client.get("/sign-out/")
    still = signed_in(client)
    response = client.post("/sign-out/")

    assert (by_get.status_code, still) == (405, str(person.pk))
    assert (response.status_code, response.url) == (302, "/sign-in/")
    assert signed_in(client) is None


# --- with a link


def link_for(person: Person) -> str:
    """The path in the mail that was just written to the person."""
    message = Message.objects.filter(kind="people.sign_in_link", recipient_ref=person.ref).latest("pk")
    return message.action_path


def test_a_link_signs_in_once(client) -> None:
    person = PersonFactory.create(email="aino@example.org")
    EmailAddress.objects.update(verified=False)
    asked = client.post("/sign-in/link/", {"email": "AINO@example.org"})
    path = link_for(person)

    first = client.post(path)
    signed = signed_in(client)
    client.post("/sign-out/")
    second = client.post(path)

    assert (asked.status_code, asked.url) == (302, "/sign-in/link/sent/")
    assert (first.status_code, first.url, signed) == (302, "/home/", str(person.pk))
    assert (second.status_code, title_of(second)) == (404, "This link no longer works")
    assert signed_in(client) is None
    assert EmailAddress.objects.get(user=person).verified is True


def test_looking_at_a_link_uses_nothing_up(client) -> None:
    person = PersonFactory.create(email="aino@example.org")
    client.post("/sign-in/link/", {"email": "aino@example.org"})
    path = link_for(person)

    looked = [client.get(path), client.head(path), client.get(path)]

    assert [(each.status_code, signed_in(client)) for each in looked] == [(200, None)] * 3
    assert title_of(looked[0]) == "Welcome"
    assert SignInLink.objects.get().used_at is None
    client.post(path)
    assert signed_in(client) == str(person.pk)


def test_a_link_is_good_for_half_an_hour(client) -> None:
    person = PersonFactory.create(email="aino@example.org")
    client.post("/sign-in/link/", {"email": "aino@example.org"})
    path = link_for(person)

    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        response = client.post(path)

    assert (response.status_code, title_of(response)) == (404, "This link no longer works")
    assert signed_in(client) is None
    assert SignInLink.objects.get().used_at is None


def test_a_made_up_link_lets_nobody_in(client) -> None:
    PersonFactory.create()

    response = client.post("/sign-in/link/made-up/")

    assert response.status_code == 404
    assert signed_in(client) is None


def test_an_unknown_address_tells_nothing(client) -> None:
    PersonFactory.create(email="aino@example.org")

    known = client.post("/sign-in/link/", {"email": "aino@example.org"}, follow=True)
    unknown = client.post("/sign-in/link/", {"email": "eino@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain == [("/sign-in/link/sent/", 302)]
    assert known.content == unknown.content
    assert Message.objects.values_list("kind", flat=True).get() == "people.sign_in_link"
    assert SignInLink.objects.count() == 1


def test_an_address_that_no_mail_reaches_tells_nothing_either(client) -> None:
    PersonFactory.create(email=f"aino@{'ä' * 60}.example")

    response = client.post("/sign-in/link/", {"email": f"aino@{'ä' * 60}.example"})

    assert (response.status_code, response.url) == (302, "/sign-in/link/sent/")
    assert not Message.objects.exists()


def test_at_most_five_links_an_hour_are_mailed(client) -> None:
    person = PersonFactory.create(email="aino@example.org")
    others = PersonFactory.create(email="eino@example.org")

    answers = [client.post("/sign-in/link/", {"email": "aino@example.org"}).url for _ in range(7)]
    client.post("/sign-in/link/", {"email": "eino@example.org"})

    assert answers == ["/sign-in/link/sent/"] * 7
    assert person.sign_in_links.count() == 5
    assert others.sign_in_links.count() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        client.post("/sign-in/link/", {"email": "aino@example.org"})
    assert person.sign_in_links.count() == 6


def test_a_closed_account_gets_no_link_and_cannot_use_an_old_one(client) -> None:
    person = PersonFactory.create(email="aino@example.org")
    send_sign_in_link("aino@example.org", by=person)
    path = link_for(person)
    Person.objects.update(is_active=False)

    client.post("/sign-in/link/", {"email": "aino@example.org"})
    response = client.post(path)

    assert person.sign_in_links.count() == 1
    assert response.status_code == 404
    assert signed_in(client) is None


@pytest.mark.parametrize(
    ("language", "subject"),
    [("fi", "Linkkisi Luotsiin"), ("sv", "Din länk till Luotsi"), ("en", "Your link to Luotsi")],
)
def test_the_letter_with_the_link_is_in_the_persons_language(client, language: str, subject: str) -> None:
    person = PersonFactory.create(email="aino@example.org", language=language)

    client.post("/sign-in/link/", {"email": "aino@example.org"})

    message = Message.objects.get(recipient_ref=person.ref)
    assert (message.language, message.subject) == (language, subject)


def test_the_link_stands_in_the_mail_and_never_in_the_interface(client) -> None:
    person = PersonFactory.create(email="aino@example.org")
    client.post("/sign-in/link/", {"email": "aino@example.org"})
    path = link_for(person)
    client.force_login(person)

    page = client.get("/messages/")
    opened = client.get(f"/messages/{Message.objects.get().ref}/")

    assert path.startswith("/sign-in/link/")
    assert parts(page, r'<ul class="rows">(.*?)</ul>') == []
    assert opened.status_code == 404
    assert SignInLink.objects.get().secret_digest not in path


@pytest.mark.parametrize(
    ("language", "title", "lead"),
    [
        ("fi", "Kirjaudu sisään", "Salasanalla tai linkillä, jonka lähetämme sinulle sähköpostitse."),
        ("sv", "Logga in", "Med lösenord eller med en länk som vi skickar till dig per e-post."),
        ("en", "Sign in", "With a password, or with a link that we send you by e-mail."),
    ],
)
def test_the_way_in_speaks_three_languages(client, language: str, title: str, lead: str) -> None:
    client.cookies["language"] = language

    response = client.get("/sign-in/")

    assert (title_of(response), lead_of(response)) == (title, lead)
