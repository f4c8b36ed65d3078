"""The way in with an invitation: for somebody new, and for somebody known."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.people.enums import Role
from luotsi.people.models import Invitation, Membership, Organisation, Person
from luotsi.people.services.memberships import invite, withdraw_invitation
from tests.factories.people import OrganisationFactory, PersonFactory, administrator_of
from tests.pages import errors_of, parts, title_of

pytestmark = pytest.mark.django_db


def signed_in(client: Client) -> str | None:
    """The key of whoever is signed in."""
    return client.session.get("_auth_user_id")


def invited(email: str = "uusi@example.org", *, to: Organisation | None = None, **values) -> tuple[Invitation, str]:
    """An invitation to Kpedu, and the path in its letter."""
    kpedu = to or OrganisationFactory.create(name="Kpedu")
    invitation = invite(by=administrator_of(kpedu), email=email, role=Role.ASSESSOR, organisation=kpedu, **values)
    return invitation, Message.objects.get(kind="people.invited").action_path


def test_somebody_new_accepts_an_invitation_and_is_in(client) -> None:
    invitation, path = invited("Uusi@Example.org")

    page = client.get(path)
    response = client.post(path, {"given_name": " Uuno ", "family_name": "Uusi"})

    assert (title_of(page), parts(page, r"<dd>(.*?)</dd>")) == ("Kpedu invites you", ["assessor", "uusi@example.org"])
    assert (response.status_code, response.url) == (302, "/home/")
    person = Person.objects.get(family_name="Uusi")
    assert (str(person), person.language, signed_in(client)) == ("Uuno Uusi", "en", str(person.pk))
    assert EmailAddress.objects.values_list("email", "verified", "primary").get(user=person) == (
        "uusi@example.org", True, True,
    )  # fmt: skip
    membership = Membership.objects.get(person=person)
    assert (membership.role, membership.organisation) == (Role.ASSESSOR, invitation.organisation)
    invitation.refresh_from_db()
    assert invitation.accepted_by == person


def test_names_are_needed_of_somebody_new(client) -> None:
    _invitation, path = invited()

    response = client.post(path, {"given_name": "Uuno", "family_name": "  "})

    assert errors_of(response) == ["Fill in “Family name”."]
    assert parts(response, r'name="given_name"[^>]*value="([^"]*)"') == ["Uuno"]
    assert not Person.objects.filter(given_name="Uuno").exists()


@pytest.mark.parametrize("names", [("Aino", "Aho"), ("", "")])
def test_somebody_known_gets_the_role_and_keeps_the_name(client, names: tuple[str, str]) -> None:
    person = PersonFactory.create(email="uusi@example.org", given_name=names[0], family_name=names[1])
    _invitation, path = invited()

    page = client.get(path)
    response = client.post(path, {"given_name": "Somebody", "family_name": "Else"})

    assert parts(page, r"<label for=\"(.*?)\"") == []
    assert (response.status_code, signed_in(client)) == (302, str(person.pk))
    person.refresh_from_db()
    assert (person.given_name, person.family_name) == names
    assert [row.role for row in person.memberships.all()] == [Role.ASSESSOR]


def test_a_role_that_somebody_has_already_is_not_doubled(client) -> None:
    person = PersonFactory.create(email="uusi@example.org")
    invitation, path = invited()
    Membership.objects.create(person=person, role=Role.ASSESSOR, organisation=invitation.organisation)

    client.post(path)

    assert person.memberships.count() == 1


def test_an_invitation_is_used_once(client) -> None:
    _invitation, path = invited()
    client.post(path, {"given_name": "Uuno", "family_name": "Uusi"})
    client.post("/sign-out/")

    looked, again = client.get(path), client.post(path, {"given_name": "Toinen", "family_name": "Tulija"})

    assert [(each.status_code, title_of(each)) for each in (looked, again)] == [
        (404, "This invitation no longer works")
    ] * 2
    assert signed_in(client) is None
    assert not Person.objects.filter(given_name="Toinen").exists()


def test_a_withdrawn_invitation_opens_nothing(client) -> None:
    kpedu = OrganisationFactory.create()
    invitation, path = invited(to=kpedu)
    withdraw_invitation(invitation, by=administrator_of(kpedu))

    response = client.post(path, {"given_name": "Uuno", "family_name": "Uusi"})

    assert response.status_code == 404
    assert not Membership.objects.filter(role=Role.ASSESSOR).exists()


def test_an_invitation_is_good_for_two_weeks(client) -> None:
    _invitation, path = invited()

    with time_machine.travel(timezone.now() + timedelta(days=13, hours=23)):
        in_time = client.get(path).status_code
    with time_machine.travel(timezone.now() + timedelta(days=14, hours=1)):
        late = client.post(path, {"given_name": "Uuno", "family_name": "Uusi"}).status_code

    assert (in_time, late) == (200, 404)
    assert not Membership.objects.filter(role=Role.ASSESSOR).exists()


def test_a_second_invitation_to_the_same_takes_the_place_of_the_first(client) -> None:
    kpedu = OrganisationFactory.create()
    _invitation, first = invited(to=kpedu)

    invite(by=administrator_of(kpedu), email="UUSI@example.org", role=Role.ASSESSOR, organisation=kpedu)

    assert client.get(first).status_code == 404
    assert client.get(Message.objects.filter(kind="people.invited").latest("pk").action_path).status_code == 200


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("fi", "Kpedu kutsuu sinut Luotsiin"),
        ("sv", "Kpedu bjuder in dig till Luotsi"),
        ("en", "You are invited to Kpedu in Luotsi"),
    ],
)
def test_the_invitation_is_written_in_the_invited_language(language: str, subject: str) -> None:
    invited(language=language)

    message = Message.objects.get(kind="people.invited")
    assert (message.language, message.subject) == (language, subject)


def test_the_way_in_of_an_invitation_is_in_the_mail_only(client) -> None:
    person = PersonFactory.create(email="uusi@example.org")
    invitation, path = invited()
    client.force_login(person)

    secret = path.removeprefix("/join/").removesuffix("/")
    pages = [client.get("/messages/"), client.get("/my/profile/")]

    assert [secret in page.content.decode() for page in pages] == [False, False]
    assert Message.objects.get().is_secret is True
    assert secret not in invitation.secret_digest
