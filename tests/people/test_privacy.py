"""What people holds about a person, told and erased."""

import pytest

from luotsi.comms import privacy as comms_privacy
from luotsi.comms.models import Message
from luotsi.core.privacy import Held, day_of
from luotsi.people import privacy
from luotsi.people.enums import CircleRole, Role
from luotsi.people.models import CircleMember, Invitation, Organisation, Person
from luotsi.people.queries import members_of, person_with_address, staff_of
from luotsi.people.services.accounts import add_address, send_sign_in_link
from luotsi.people.services.memberships import accept_invitation, invite
from tests.factories.people import CircleFactory, OrganisationFactory, PersonFactory, administrator_of, grant, join
from tests.kept import everything_kept

pytestmark = pytest.mark.django_db

MARKS = ["Zqaino", "Zqaho", "zqfirst@example.org", "zqsecond@example.org"]


def with_a_past() -> Person:
    """Somebody with two addresses, a role that came by invitation, two more invitations, a link, a circle."""
    person = PersonFactory.create(given_name="Zqaino", family_name="Zqaho", email="zqfirst@example.org", region="16")
    add_address(person, "zqsecond@example.org", by=person)
    kpedu = OrganisationFactory.create(name="Kpedu")
    admin = administrator_of(kpedu)
    accept_invitation(invite(by=admin, email="zqfirst@example.org", role=Role.ASSESSOR, organisation=kpedu))
    invite(by=admin, email="ZQsecond@example.org", role=Role.TRAINER, organisation=kpedu)
    again = invite(by=admin, email="zqsecond@example.org", role=Role.TRAINER, organisation=kpedu)
    grant(person, Role.ADMIN, organisation=kpedu)
    invite(by=person, email="friend@example.org", role=Role.MEMBER, organisation=kpedu)
    send_sign_in_link("zqsecond@example.org", by=person)
    join(CircleFactory.create(name="Programme"), person, CircleRole.MENTEE)
    assert again.is_open
    return person


def test_a_person_gets_all_that_is_held() -> None:
    person = with_a_past()
    PersonFactory.create(given_name="Somebody", family_name="Else")
    day = day_of(person.created_at)

    assert privacy.collect(person) == [
        Held(
            title="My account",
            rows=[
                {"Given name": "Zqaino", "Family name": "Zqaho", "Language": "English", "Under 18": "No", "Since": day},
                {"E-mail": "zqfirst@example.org"},
                {"E-mail": "zqsecond@example.org"},
            ],
        ),
        Held(
            title="My roles",
            rows=[
                {"Role": "assessor", "Where": "Kpedu", "Since": day, "Until": ""},
                {"Role": "administrator", "Where": "Kpedu", "Since": day, "Until": ""},
            ],
        ),
        Held(
            title="Programmes and groups that I belong to",
            rows=[{"Belongs to": "Programme", "Role": "mentee", "Since": day}],
        ),
        Held(title="Partnerships that I am a contact of", rows=[]),
        Held(title="What I or my guardian agreed to", rows=[]),
    ]


def test_of_a_forgotten_person_a_tombstone_stays() -> None:
    person = with_a_past()
    other = PersonFactory.create(given_name="Somebody", email="other@example.org")
    assert [mark in everything_kept("people_", "account_") for mark in MARKS] == [True] * 4

    privacy.erase(person, by=person)

    kept = everything_kept("people_", "account_", "core_")
    assert [mark for mark in MARKS if mark.casefold() in kept.casefold()] == []
    person.refresh_from_db()
    assert (str(person), person.is_active, person.region, person.erased_at is None) == ("–", False, "", False)
    assert not person.memberships.exists()
    assert list(Invitation.objects.order_by("pk").values_list("email", "accepted_by")) == [
        ("", person.pk), ("friend@example.org", None),
    ]  # fmt: skip
    assert person_with_address("other@example.org") == other


def test_of_a_forgotten_person_nothing_is_told_either() -> None:
    person = with_a_past()

    comms_privacy.erase(person, by=person)
    privacy.erase(person, by=person)

    assert [mark for mark in MARKS if mark.casefold() in everything_kept().casefold()] == []
    assert Message.objects.values_list("kind", flat=True).get() == "people.invited"


def test_a_forgotten_person_is_on_no_list_and_cannot_come_in(client) -> None:
    person = with_a_past()
    circle = CircleMember.objects.select_related("circle").get(person=person).circle
    kpedu = Organisation.objects.get()
    client.force_login(person)
    before = (members_of(circle).count(), staff_of(kpedu).count())

    privacy.erase(person, by=person)

    assert (before, members_of(circle).count(), staff_of(kpedu).count()) == ((1, 3), 0, 1)
    assert client.get("/my/profile/").url == "/sign-in/?next=/my/profile/"
    assert person_with_address("zqfirst@example.org") is None


def test_a_forgotten_persons_address_is_free_for_a_new_account() -> None:
    person = with_a_past()
    privacy.erase(person, by=person)

    new = PersonFactory.create(email="zqfirst@example.org")

    assert person_with_address("zqfirst@example.org") == new
