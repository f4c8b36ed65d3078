"""The reader's language, colours and time zone."""

import pytest
from django.test import Client
from django.utils import timezone, translation

from tests.factories.people import PersonFactory
from tests.web.markup import read

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.pages_that_say_no")]
NINE_IN_UTC = "ke 1.7.2026 klo 12.00"


@pytest.mark.parametrize(
    ("cookie", "asked", "language"),
    [
        (None, None, "fi"),
        (None, "de", "fi"),
        (None, "sv-FI,sv;q=0.9,en;q=0.5", "sv"),
        (None, "en-GB", "en"),
        ("sv", "en", "sv"),
        ("xx", "en", "en"),
        ("../../etc", "sv", "sv"),
    ],
)
def test_the_language_is_the_chosen_one_else_what_the_browser_asks_for(
    client: Client, cookie: str | None, asked: str | None, language: str
) -> None:
    if cookie:
        client.cookies["language"] = cookie

    response = client.get("/privacy/", headers={"accept-language": asked} if asked else {})

    assert response["Content-Language"] == language
    assert read(response.content.decode()).all("html")[0].attributes["lang"] == language
    assert {name.strip() for name in response["Vary"].split(",")} == {"Accept-Language", "Cookie"}


def test_switching_stays_on_the_page_with_its_other_parameters(client: Client) -> None:
    response = client.get("/privacy/?q=%C3%A5%20b&page=1&page=2&language=sv")

    assert response.status_code == 302
    assert response["Location"] == "/privacy/?q=%C3%A5+b&page=1&page=2"
    cookie = response.cookies["language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["path"]) == ("sv", True, "Lax", "/")
    assert cookie["max-age"] == 364 * 24 * 3600
    assert client.get(response["Location"])["Content-Language"] == "sv"


def test_the_links_of_the_switch_keep_what_is_in_the_address(client: Client) -> None:
    page = read(client.get("/privacy/?q=1").content.decode())

    switches = [
        (link.attributes["href"], link.attributes.get("aria-current"))
        for link in page.all("a")
        if "hreflang" in link.attributes
    ]
    assert switches == [("?q=1&language=fi", "true"), ("?q=1&language=sv", None), ("?q=1&language=en", None)]


@pytest.mark.parametrize("address", ["/privacy/?language=xx", "/privacy/?language=", "/privacy/?theme=pink"])
def test_an_unknown_choice_changes_nothing(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert set(response.cookies) & {"language", "theme"} == set()


def test_a_form_that_has_a_field_of_that_name_is_not_turned_away(client: Client) -> None:
    response = client.post("/design?language=sv", {"language": "sv"})

    assert response.status_code == 200
    assert set(response.cookies) & {"language", "theme"} == set()


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "///evil.example"])
def test_switching_never_leads_to_another_site(client: Client, path: str) -> None:
    response = client.get(path, {"language": "sv"})

    assert response.status_code == 302
    assert response["Location"].startswith("/")
    assert not response["Location"].startswith(("//", "/\\"))


@pytest.mark.parametrize(("theme", "drawn"), [("dark", "dark"), ("light", "light"), ("auto", None)])
def test_colours_are_kept_and_drawn(client: Client, theme: str, drawn: str | None) -> None:
    response = client.get(f"/privacy/?theme={theme}&q=1")

    assert response["Location"] == "/privacy/?q=1"
    assert response.cookies["theme"].value == theme
    page = read(client.get("/privacy/").content.decode())
    assert page.all("html")[0].attributes.get("data-theme") == drawn


def test_a_cookie_with_other_colours_is_not_written_into_the_page(client: Client) -> None:
    client.cookies["theme"] = 'x" onload="y'

    page = read(client.get("/privacy/").content.decode())

    assert page.all("html")[0].attributes == {"lang": "fi"}


def test_a_request_leaves_the_thread_as_it_found_it(client: Client) -> None:
    with translation.override("en"), timezone.override("Asia/Tokyo"):
        client.get("/privacy/", headers={"accept-language": "sv"})

        assert translation.get_language() == "en"
        assert timezone.get_current_timezone_name() == "Asia/Tokyo"


def test_times_are_told_in_the_zone_of_the_person(client: Client) -> None:
    person = PersonFactory.create(time_zone="America/New_York")
    stranger_sees = client.get("/clock/").content.decode()

    client.force_login(person)

    assert (stranger_sees, client.get("/clock/").content.decode()) == (NINE_IN_UTC, "ke 1.7.2026 klo 5.00")


def test_an_unknown_zone_is_that_of_the_site(client: Client) -> None:
    client.force_login(PersonFactory.create(time_zone="Moon/Tranquility"))

    assert client.get("/clock/").content.decode() == NINE_IN_UTC


def test_a_page_without_times_does_not_read_the_person(client: Client, django_assert_num_queries) -> None:
    client.force_login(PersonFactory.create())

    with django_assert_num_queries(0):
        client.get("/robots.txt")
