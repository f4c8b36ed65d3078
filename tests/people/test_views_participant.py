"""Pages of each person about him- or herself."""

import pytest

from luotsi.people.enums import Role
from luotsi.people.models import Person
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, grant, with_password
from tests.pages import errors_of, parts, queries_for, said_on, title_of

pytestmark = pytest.mark.django_db

GOOD = "hauki uimari kaislikko"


def test_the_profile_shows_name_roles_and_address(client) -> None:
    person = PersonFactory.create(given_name="Aino", family_name="Aho", email="aino@example.org")
    grant(person, Role.ASSESSOR, organisation=OrganisationFactory.create(name="Kpedu"))
    grant(person, Role.COORDINATOR, network=NetworkFactory.create(name="Keski-Pohjanmaa"))
    grant(PersonFactory.create(), Role.ADMIN, organisation=OrganisationFactory.create(name="Somebody else's"))
    client.force_login(person)

    page = client.get("/my/profile/")

    assert title_of(page) == "My profile"
    assert parts(page, r'name="\w+_name"[^>]*value="([^"]*)"') == ["Aino", "Aho"]
    assert parts(page, r"<li>(.*?)</li>", within=r'<ul class="rows">(.*?)</ul>') == [
        "Kpedu assessor", "Keski-Pohjanmaa coordinator",
    ]  # fmt: skip
    assert parts(page, r"<p>(Links and messages.*?)</p>") == ["Links and messages come to aino@example.org."]


def test_a_changed_profile_is_saved_and_said_so(client) -> None:
    person = PersonFactory.create()
    other = PersonFactory.create(given_name="Eino")
    client.force_login(person)

    response = client.post(
        "/my/profile/", {"given_name": " Aino ", "family_name": "Öberg", "language": "sv"}, follow=True
    )

    assert said_on(response) == ["Your profile is saved."]
    person.refresh_from_db()
    assert (person.given_name, person.family_name, person.language) == ("Aino", "Öberg", "sv")
    other.refresh_from_db()
    assert other.given_name == "Eino"


def test_a_profile_without_a_name_is_not_saved_and_keeps_what_was_typed(client) -> None:
    person = PersonFactory.create(given_name="Aino", family_name="Aho")
    client.force_login(person)

    response = client.post("/my/profile/", {"given_name": "Aino-Maija", "family_name": "", "language": "xx"})

    assert errors_of(response) == [
        "Fill in “Family name”.", "Choose one of the offered in “Language”: what was chosen is not offered.",
    ]  # fmt: skip
    assert parts(response, r'name="given_name"[^>]*value="([^"]*)"') == ["Aino-Maija"]
    assert Person.objects.values_list("given_name", "family_name").get() == ("Aino", "Aho")


def test_a_new_password_works_and_the_session_goes_on(client) -> None:
    person = with_password("entinen salasana", email="aino@example.org")
    client.force_login(person)

    response = client.post("/my/password/", {"password": GOOD}, follow=True)

    assert (said_on(response), title_of(response)) == (["Your password is changed."], "My profile")
    client.post("/sign-out/")
    client.post("/sign-in/", {"email": "aino@example.org", "password": GOOD})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_new_password_ends_the_other_sessions(client) -> None:
    person = with_password("entinen salasana")
    client.force_login(person)
    elsewhere = type(client)()
    elsewhere.force_login(person)

    client.post("/my/password/", {"password": GOOD})

    assert client.get("/my/profile/").status_code == 200
    assert elsewhere.get("/my/profile/").url == "/sign-in/?next=/my/profile/"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Kirjoita pidempi salasana: vähintään 12 merkkiä."),
        ("sv", "Skriv ett längre lösenord: minst 12 tecken."),
        ("en", "Write a longer password: 12 characters at least."),
    ],
)
def test_a_weak_password_is_told_at_the_field_and_not_drawn_again(client, language: str, text: str) -> None:
    client.cookies["language"] = language
    person = with_password(GOOD)
    client.force_login(person)

    response = client.post("/my/password/", {"password": "kaislikko"})

    assert errors_of(response) == [text]
    assert parts(response, r'<a href="#(.*?)">', within=r'<div class="errors"(.*?)</div>') == ["id_password"]
    assert parts(response, r'name="password"[^>]*value="([^"]*)"') == [""]
    person.refresh_from_db()
    assert person.check_password(GOOD) is True


@pytest.mark.parametrize("address", ["/my/profile/", "/my/password/"])
def test_strangers_sign_in_first(client, address: str) -> None:
    assert client.get(address).url == client.post(address).url == f"/sign-in/?next={address}"


def test_the_profile_asks_as_much_for_one_role_as_for_thirty(client) -> None:
    person = PersonFactory.create()
    client.force_login(person)
    grant(person, Role.MEMBER, organisation=OrganisationFactory.create())
    asked = queries_for(client, "/my/profile/")
    for organisation in OrganisationFactory.create_batch(29):
        grant(person, Role.MEMBER, organisation=organisation)

    assert queries_for(client, "/my/profile/") == asked < 10
    page = client.get("/my/profile/")
    assert len(parts(page, r"<li>(.*?)</li>", within=r'<ul class="rows">(.*?)</ul>')) == 30
