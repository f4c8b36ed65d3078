"""What a browser has to fetch: little, ours, and nothing from elsewhere."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.web.markup import read

STATIC = Path("src/luotsi/web/static/web")
CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}


def test_all_style_is_at_most_15_kilobytes() -> None:
    packed = sum(len(gzip.compress(file.read_bytes())) for file in STATIC.glob("*.css"))

    assert packed <= 15 * 1024


def test_style_and_script_fetch_nothing_from_elsewhere() -> None:
    found = [
        (file.name, address)
        for file in STATIC.iterdir()
        for address in re.findall(r"url\([^)]*\)|@import[^;]*|https?://[^\s\"'>]+", file.read_text())
    ]

    assert found == [("luotsi.svg", "http://www.w3.org/2000/svg")]


def test_every_class_of_a_component_has_its_style() -> None:
    style = "".join(file.read_text() for file in STATIC.glob("*.css"))
    styled = set(re.findall(r"\.([a-z][\w-]*)", style))
    used = {
        name
        for file in Path("src/luotsi/web/templates/web").glob("*.html")
        for names in re.findall(r'class="([^"{]*)', file.read_text())
        for name in names.split()
    }

    assert used - styled == set()


@pytest.mark.django_db
def test_a_page_loads_only_what_is_there(client: Client) -> None:
    page = read(client.get("/privacy/").content.decode())

    addresses = [element.attributes["href"] for element in page.all("link")]
    addresses += [element.attributes["src"] for element in page.all("script")]
    assert all(address.startswith("/static/web/") for address in addresses)
    assert [address for address in addresses if finders.find(address.removeprefix("/static/")) is None] == []
    assert finders.find("django_htmx/htmx-4.min.js") is not None


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/privacy/", "/design", "/nowhere/", "/favicon.ico", "/privacy/?language=sv"])
def test_browsers_are_told_to_run_and_fetch_our_own_only(client: Client, address: str) -> None:
    response = client.get(address)

    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy == CSP
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
