"""What anybody sees of the library, without signing in."""

import re

import pytest

from luotsi.core.actors import SYSTEM
from luotsi.library.services import load_shipped
from tests.factories.library import ToolFactory

pytestmark = pytest.mark.django_db

HEADINGS = re.compile(r"<h([123])[^>]*>(.*?)</h\1>", re.DOTALL)


def headings(response, level: int) -> list[str]:
    found = HEADINGS.findall(response.content.decode())
    return [re.sub(r"<[^>]+>", "", text).strip() for number, text in found if int(number) == level]


def test_library_lists_the_tools_by_phase(client) -> None:
    load_shipped(by=SYSTEM)

    response = client.get("/library/")

    assert response.status_code == 200
    assert headings(response, 2) == ["At the beginning", "Along the way", "At the end"]
    names = headings(response, 3)
    assert len(names) == 26
    assert (names[0], names[6], names[-1]) == (
        "Getting to know each other",
        "My strengths",
        "Keeping a good practice",
    )


def test_an_empty_library_says_what_will_be_here(client) -> None:
    response = client.get("/library/")

    assert headings(response, 2) == ["The tools are on their way"]


@pytest.mark.parametrize(
    ("language", "steps"),
    [
        ("fi", ["Tunnelma", "Kuusi sanaa", "Esimerkki kustakin", "Kolme vahvuutta"]),
        ("sv", ["Stämning", "Sex ord", "Ett exempel på varje", "Tre styrkor"]),
        ("en", ["The mood", "Six words", "An example of each", "Three strengths"]),
    ],
)
def test_tool_is_shown_step_by_step_in_each_language(client, language: str, steps: list[str]) -> None:
    load_shipped(by=SYSTEM)
    client.cookies["language"] = language

    response = client.get("/library/tools/strengths/")

    assert response.status_code == 200
    assert headings(response, 3) == steps
    assert "fallback" not in response.content.decode()


def test_a_tool_that_is_missing_in_a_language_is_shown_in_another_and_marked(client) -> None:
    ToolFactory.create(key="only-finnish", name={"fi": "Vain suomeksi"})
    client.cookies["language"] = "sv"

    page = client.get("/library/tools/only-finnish/").content.decode()

    assert page.count('<span lang="fi">Vain suomeksi</span> <small class="fallback">') == 1


def test_an_unknown_tool_is_not_found(client) -> None:
    ToolFactory.create(key="cards")

    assert client.get("/library/tools/kards/").status_code == 404


def test_library_asks_as_much_for_one_tool_as_for_thirty(client, django_assert_num_queries) -> None:
    ToolFactory.create()
    with django_assert_num_queries(1):
        client.get("/library/")
    ToolFactory.create_batch(29)

    with django_assert_num_queries(1):
        response = client.get("/library/")

    assert len(headings(response, 3)) == 30


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "Pöydän ääressä: HR, johto."),
        ("sv", "Vid bordet: HR, ledningen."),
        ("en", "At the table: HR, management."),
    ],
)
def test_a_tool_says_who_sits_at_the_table(client, language: str, said: str) -> None:
    ToolFactory.create(key="hr-day", roles=["hr", "management"])
    client.cookies["language"] = language

    assert said in client.get("/library/tools/hr-day/").content.decode()
    assert said.split(": ")[1].rstrip(".") in client.get("/library/").content.decode()
