"""What a person reads on a page, taken out of the response: so that stories can compare it exactly."""

import re
from html import unescape

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

TAG = re.compile(r"<[^>]+>")


def words(markup: str) -> str:
    """The text without tags, its white space collapsed."""
    return " ".join(unescape(TAG.sub(" ", markup)).split())


def parts(response: HttpResponse, pattern: str, *, within: str = "(.*)") -> list[str]:
    """The words of the pattern's group wherever it stands, in the first part of the page that `within` finds."""
    scope = re.search(within, response.content.decode(), re.DOTALL)
    return [words(text) for text in re.findall(pattern, scope[1], re.DOTALL)] if scope else []


def title_of(response: HttpResponse) -> str:
    [title] = parts(response, r"<h1[^>]*>(.*?)</h1>")
    return title


def lead_of(response: HttpResponse) -> str:
    [lead] = parts(response, r"<h1[^>]*>.*?</h1>\s*<p>(.*?)</p>")
    return lead


def errors_of(response: HttpResponse) -> list[str]:
    """The summary of errors on top of a form."""
    return parts(response, r"<li>(.*?)</li>", within=r'<div class="errors"(.*?)</div>')


def reasons_of(response: HttpResponse) -> list[str]:
    """Why the page of a refusal says no."""
    return parts(response, r"<p>(.*?)</p>", within=r'<div class="stack">(.*?)<p class="muted">')


def said_on(response: HttpResponse) -> list[str]:
    """What a page says of what was just done."""
    return parts(response, r'<div class="alert[^"]*" role="status">.*?<b>(.*?)</b>')


def rows_of(response: HttpResponse) -> list[list[str]]:
    """The cells of each row of every table, headings left out."""
    bodies = re.findall(r"<tbody.*?</tbody>", response.content.decode(), re.DOTALL)
    rows = [row for body in bodies for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]
    return [[words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def queries_for(client: Client, address: str) -> int:
    """How often the page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
