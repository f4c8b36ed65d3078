"""What people see when something is not there, is refused, or breaks."""

import json
import logging

import pytest
from django.test import Client

from tests.web.markup import read

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.pages_that_say_no")]
HEADINGS = {
    ("/nowhere/", 404): ("Sivua ei löydy", "Sidan finns inte", "The page is not there"),
    ("/no/not-there/", 404): ("Sivua ei löydy", "Sidan finns inte", "The page is not there"),
    ("/no/refused/", 409): ("Tätä ei voi tehdä nyt", "Det här går inte att göra nu", "This cannot be done now"),
    ("/no/bad/", 400): ("Pyyntöä ei voitu lukea", "Begäran kunde inte läsas", "The request could not be read"),
    ("/no/forbidden/", 403): (
        "Et voi avata tätä sivua",
        "Du kan inte öppna den här sidan",
        "You cannot open this page",
    ),
    ("/no/broken/", 500): ("Jokin meni rikki", "Något gick sönder hos oss", "Something broke here"),
}


@pytest.fixture(name="visitor")
def _visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("where", "headings"), HEADINGS.items(), ids=lambda value: str(value)[:30])
def test_what_goes_wrong_is_told_in_three_languages(visitor: Client, where: tuple[str, int], headings: tuple) -> None:
    address, status = where

    told = []
    for language in ("fi", "sv", "en"):
        response = visitor.get(address, headers={"accept-language": language})
        page = read(response.content.decode())
        told.append((response.status_code, page.all("html")[0].attributes["lang"], page.all("h1")[0].words))

    assert told == [(status, "fi", headings[0]), (status, "sv", headings[1]), (status, "en", headings[2])]


def test_a_refusal_says_why_and_leads_back(visitor: Client) -> None:
    response = visitor.get("/no/refused/", headers={"referer": "http://testserver/privacy/?q=1"})

    page = read(response.content.decode())
    assert "Kukaan ei ole vielä arvioinut tätä." in [element.words for element in page.all("p")]
    assert [link.attributes["href"] for link in page.all("a") if link.attributes.get("class") == "btn"] == [
        "http://testserver/privacy/?q=1"
    ]


@pytest.mark.parametrize("referer", ["", "https://evil.example/", "http://testserver.evil.example/", "javascript:x"])
def test_a_refusal_leads_back_to_this_site_only(visitor: Client, referer: str) -> None:
    page = read(visitor.get("/no/refused/", headers={"referer": referer}).content.decode())

    assert [link.attributes["href"] for link in page.all("a") if link.attributes.get("class") == "btn"] == ["/"]


def test_an_invalid_value_that_no_form_caught_is_told_when_something_was_sent(visitor: Client) -> None:
    response = visitor.post("/no/invalid/")

    page = read(response.content.decode())
    assert response.status_code == 409
    assert "Täytä kohta ”Nimi”." in [element.words for element in page.all("p")]


def test_a_page_that_breaks_asks_no_database(visitor: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = visitor.get("/no/broken/")

    assert response.status_code == 500


def test_a_form_without_its_token_is_refused_in_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/design")

    page = read(response.content.decode())
    assert response.status_code == 403
    assert [element.words for element in page.all("h1")] == ["Sivu oli ollut auki liian kauan"]


def test_an_unknown_host_gets_a_page_in_its_language(visitor: Client) -> None:
    response = visitor.get("/privacy/", headers={"host": "evil.example", "accept-language": "sv"})

    page = read(response.content.decode())
    assert (response.status_code, page.all("h1")[0].words) == (400, "Begäran kunde inte läsas")


def test_a_request_is_logged_by_its_route_without_secrets(visitor: Client, caplog) -> None:
    with caplog.at_level(logging.INFO, logger="luotsi.request"):
        response = visitor.get("/no/secret/open-sesame/", headers={"x-request-id": "abc-1"})

    [line] = [record for record in caplog.records if record.name == "luotsi.request"]
    entry = line.msg
    assert {key: entry[key] for key in ("event", "method", "route", "status", "request_id")} == {
        "event": "request",
        "method": "GET",
        "route": "secret",
        "status": 500,
        "request_id": "abc-1",
    }
    assert "sesame" not in json.dumps(entry, default=str)
    assert response["X-Request-ID"] == "abc-1"


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "å", "<script>"])
def test_an_odd_request_id_is_replaced(visitor: Client, given: str) -> None:
    response = visitor.get("/robots.txt", headers={"x-request-id": given})

    assert len(response["X-Request-ID"]) == 32


def test_robots_and_icon_are_there(visitor: Client) -> None:
    robots = visitor.get("/robots.txt")

    assert robots.content.decode() == "User-agent: *\nDisallow: /my/\n"
    assert visitor.get("/favicon.ico")["Location"] == "/static/web/luotsi.svg"
