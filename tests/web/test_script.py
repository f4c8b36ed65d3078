"""The little script, and pages without it, in a real browser."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.web.pages_that_say_no")]
CHROMIUM = Path(os.environ.get("LUOTSI_CHROMIUM", "/usr/bin/chromium"))


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Nobody reads it."""


@pytest.fixture(name="address")
def _address() -> Iterator[str]:
    with make_server("127.0.0.1", 0, get_wsgi_application(), Server, Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("there is no browser: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def test_the_summary_is_read_first_and_leads_to_the_field(browser: Browser, address: str) -> None:
    page = browser.new_page(locale="en-GB")
    page.goto(f"{address}/form/")
    before = page.evaluate("document.activeElement.tagName")

    page.click("main button")
    page.wait_for_selector(".errors")
    focused = page.evaluate("document.activeElement.className")
    page.click(".errors a")

    assert (before, focused, page.title()) == ("BODY", "errors", "Error: Form – Luotsi")
    assert page.evaluate("document.activeElement.id") == "id_name"


def test_a_form_is_sent_once_however_often_one_presses(browser: Browser, address: str) -> None:
    page = browser.new_page(locale="en-GB")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(f"{address}/form/")

    page.click("main button", click_count=3)
    page.wait_for_selector(".errors")

    assert sent == [f"{address}/form/"]


def test_the_page_of_components_runs_under_its_policy_and_moves_nobody(browser: Browser, address: str) -> None:
    page = browser.new_page(locale="en-GB")
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))

    page.goto(f"{address}/design")

    assert told == []
    assert page.evaluate("[document.activeElement.tagName, scrollY]") == ["BODY", 0]


def test_a_question_is_asked_and_answered_without_a_script(browser: Browser, address: str) -> None:
    page = browser.new_context(locale="en-GB", java_script_enabled=False).new_page()
    page.goto(f"{address}/design")
    question = page.get_by_role("dialog")
    asked_before = question.is_visible()

    page.get_by_role("button", name="Ask first").click()
    asked = question.is_visible()
    page.keyboard.press("Escape")

    assert (asked_before, asked, question.is_visible()) == (False, True, False)


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_page_is_wider_than_its_window(browser: Browser, address: str, width: int, language: str) -> None:
    page = browser.new_page(locale=language, viewport={"width": width, "height": 800})

    page.goto(f"{address}/design")

    assert page.evaluate("document.documentElement.scrollWidth") == width
