"""Accounts: persons, their addresses, their passwords."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.words.keys import sort_key
from luotsi.people.models import Person
from luotsi.people.queries import address_of, addresses_of, person_with_address, recipient_of
from luotsi.people.services.accounts import add_address, add_person, change_profile, set_password
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_somebody_new_gets_an_account_with_keys_to_sort_and_find_by() -> None:
    person = add_person(by=SYSTEM, email=" Asa.Oberg@Example.ORG", given_name=" Åsa ", family_name="Öberg")

    assert (str(person), person.search_key, person.language) == ("Åsa Öberg", "åsa öberg", "fi")
    assert person.sort_key == sort_key("Öberg Åsa")
    assert person.has_usable_password() is False
    assert EmailAddress.objects.values_list("email", "primary", "verified").get(user=person) == (
        "asa.oberg@example.org", True, False,
    )  # fmt: skip


def test_somebody_known_by_the_address_is_found_and_not_made_again() -> None:
    known = PersonFactory.create(email="matti@äijälä.example", given_name="Matti")

    found = add_person(by=SYSTEM, email=" Matti@ÄIJÄLÄ.example", given_name="Somebody", family_name="Else")

    assert found == known
    assert Person.objects.get().given_name == "Matti"


@pytest.mark.parametrize("email", ["", "aino", "aino@", "aino@example", "aino ai@example.org", "a@b@example.org"])
def test_what_is_no_address_makes_nobody(email: str) -> None:
    with pytest.raises(ValidationError):
        add_person(by=SYSTEM, email=email, given_name="Aino", family_name="Aho")

    assert not Person.objects.exists()


@pytest.mark.parametrize("asked", ["ÄIJÄLÄ@Example.org", "äijälä@example.org", "A\u0308IJA\u0308LA\u0308@EXAMPLE.ORG"])
def test_an_address_with_finnish_letters_is_found_in_any_case(asked: str) -> None:
    person = PersonFactory.create(email="äijälä@example.org")
    PersonFactory.create(email="aijala@example.org")

    assert person_with_address(asked) == person


def test_two_persons_cannot_share_an_address() -> None:
    known = PersonFactory.create(email="aino@example.org")
    other = PersonFactory.create(email="eino@example.org")

    with pytest.raises(RefusedError) as refused:
        add_address(other, "AINO@example.org", by=other)

    assert str(refused.value.text) == "That e-mail address is already in use. Choose another one."
    assert (addresses_of(known), addresses_of(other)) == (["aino@example.org"], ["eino@example.org"])


@pytest.mark.parametrize("verified", [True, False])
def test_the_database_itself_refuses_a_shared_address(*, verified: bool) -> None:
    PersonFactory.create(email="aino@example.org")
    other = PersonFactory.create(email="eino@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        EmailAddress.objects.create(user=other, email="aino@example.org", verified=verified)

    assert addresses_of(other) == ["eino@example.org"]


def test_a_person_may_have_several_addresses_and_mail_goes_to_the_first() -> None:
    person = PersonFactory.create(email="aino@example.org", language="sv")

    add_address(person, "Aino@Work.example", by=person)
    add_address(person, "aino@work.example", by=person)

    assert addresses_of(person) == ["aino@example.org", "aino@work.example"]
    assert address_of(person) == "aino@example.org"
    assert person_with_address("aino@work.example") == person
    to = recipient_of(person)
    assert (to.ref, to.address, to.language, to.time_zone) == (person.ref, "aino@example.org", "sv", "Europe/Helsinki")


def test_a_changed_name_is_found_and_sorted_anew() -> None:
    person = PersonFactory.create(given_name="Aino", family_name="Aho")

    change_profile(person, by=person, family_name=" Ölander ")

    person.refresh_from_db()
    assert (str(person), person.search_key) == ("Aino Ölander", "aino ölander")
    assert person.sort_key == sort_key("Ölander Aino")


WEAK = {
    "fi": [
        "Kirjoita pidempi salasana: vähintään 12 merkkiä.",
        "Valitse toinen salasana: moni käyttää tätä, joten se arvataan ensimmäisenä.",
    ],
    "sv": [
        "Skriv ett längre lösenord: minst 12 tecken.",
        "Välj ett annat lösenord: många använder det här, så det gissas först.",
    ],
    "en": [
        "Write a longer password: 12 characters at least.",
        "Choose another password: many people use that one, so it is guessed first.",
    ],
}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_weak_password_is_told_how_to_mend_it(language: str) -> None:
    person = PersonFactory.create()

    with translation.override(language), pytest.raises(ValidationError) as weak:
        set_password(person, "password", by=person)

    with translation.override(language):
        assert weak.value.message_dict == {"password": WEAK[language]}
    person.refresh_from_db()
    assert person.password == "!"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Valitse salasana, jota ei voi arvata nimestäsi."),
        ("sv", "Välj ett lösenord som inte går att gissa utifrån ditt namn."),
        ("en", "Choose a password that cannot be guessed from your name."),
    ],
)
def test_a_password_like_the_name_is_refused(language: str, text: str) -> None:
    person = PersonFactory.create(given_name="Maximiliana", family_name="Aho")

    with translation.override(language), pytest.raises(ValidationError) as weak:
        set_password(person, "maximiliana1", by=person)

    with translation.override(language):
        assert weak.value.message_dict == {"password": [text]}


def test_a_good_password_is_kept_as_a_digest() -> None:
    person = PersonFactory.create()

    set_password(person, "hauki uimari kaislikko", by=person)

    person.refresh_from_db()
    assert person.check_password("hauki uimari kaislikko") is True
    assert "hauki" not in person.password
