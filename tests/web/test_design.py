"""The page of all components is whole, and valid, in three languages."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.web.markup import faults_of, read

pytestmark = pytest.mark.django_db
TEMPLATES = Path("src/luotsi/web/templates")
HEADINGS = {"fi": "Jokainen osa, jokainen tila", "sv": "Varje del, varje läge", "en": "Every part, every state"}


@pytest.mark.parametrize(("language", "heading"), HEADINGS.items())
def test_the_page_is_shown_in_each_language(client: Client, language: str, heading: str) -> None:
    client.cookies["language"] = language

    response = client.get("/design")

    page = read(response.content.decode())
    assert response.status_code == 200
    assert page.all("html")[0].attributes["lang"] == language
    assert [element.words for element in page.all("h1")] == [heading]


@pytest.mark.parametrize("language", HEADINGS)
@pytest.mark.parametrize("address", ["/design", "/accessibility/", "/privacy/", "/nowhere/"])
def test_pages_are_valid(client: Client, address: str, language: str) -> None:
    client.cookies["language"] = language

    response = client.get(address)

    assert faults_of(response.content.decode()) == []


def test_a_button_of_the_page_leads_back_to_it(client: Client) -> None:
    response = client.post("/design", {"state": "declined"})

    assert response.status_code == 200


def test_every_macro_is_on_the_page() -> None:
    page = (TEMPLATES / "web/design.html").read_text()
    base = (TEMPLATES / "web/base.html").read_text()
    pages = page + base
    macros = {
        name
        for file in ("components", "form", "charts")
        for name in re.findall(r"{% macro ([a-z]\w*)\(", (TEMPLATES / f"web/{file}.html").read_text())
    }

    unused = {name for name in macros if not re.search(rf"\b{name}\(", pages)}

    assert unused == {"cell", "htmx", "errors", "field"}  # drawn by table, by pages with htmx, by form and by fields


def test_each_field_has_its_parts_in_order(client: Client) -> None:
    client.cookies["language"] = "en"

    text = client.get("/design").content.decode()

    block = text[text.index('<label for="id_faulty-since">') :]
    block = block[: block.index("</div>")]
    lines = [line for line in re.sub(r"<svg.*?</svg>", "<svg/>", block).split("\n") if line]
    sentence = "There is no such day. Check the day and the month in “From which day on can you meet?”."
    described = "id_faulty-since-hint id_faulty-since-error"
    assert lines == [
        '<label for="id_faulty-since">From which day on can you meet?</label>',
        '<p class="hint" id="id_faulty-since-hint">For example 23.3.2026</p>',
        f'<p class="err" id="id_faulty-since-error"><svg/><span><span class="vh">Error: </span>{sentence}</span></p>',
        f'<input class="input short" type="text" name="faulty-since" id="id_faulty-since" value="31.2.2026" aria-invalid="true" aria-describedby="{described}" autocomplete="off">',
    ]
