"""The running site, a Chromium, and visitors in it."""

import contextlib
import os
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from tests.browser.running import ROOT, running_site
from tests.browser.visitor import AXE, HEIGHTS, TELL_VIOLATIONS, Visitor

CHROMIUM = Path(os.environ.get("LUOTSI_CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
]  # fmt: skip
FOLDER = Path(__file__).parent
FAILURES = ROOT / "var/failures"
OPENED = pytest.StashKey[list[Visitor]]()
PATIENCE = 15_000  # ms for whatever is waited for in a page


@pytest.fixture(scope="package")
def chromium():
    if not CHROMIUM.exists():
        pytest.skip("there is no browser: apt-get install chromium")
    if not AXE.exists():
        pytest.skip("tests/node: run `npm ci` there first")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(chromium, tmp_path_factory):  # nothing is started when nobody can look at it
    with running_site(tmp_path_factory.mktemp("site") / "var") as running:
        yield running


@pytest.fixture
def visit(site, chromium, request):
    """`visit(width=, language=, theme=, state=) -> Visitor`: a window of its own; `state`: cookies of an earlier one."""
    opened = request.node.stash[OPENED] = []

    def visit(*, width=1440, language="en", theme="light", state=None):
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=theme,
            locale={"en": "en-GB"}.get(language, f"{language}-FI"),
            reduced_motion="reduce",
            storage_state=state,
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(TELL_VIOLATIONS)
        visitor = Visitor(page=context.new_page(), context=context, address=site.address)
        opened.append(visitor)
        visitor.speak(language)
        return visitor

    yield visit
    for visitor in opened:
        visitor.context.close()


@pytest.fixture(scope="package")
def sessions():
    """Cookies of those who have signed in already, by role."""
    return {}


@pytest.fixture
def sign_in_as(visit, sessions):
    """`sign_in_as(role, width=, …) -> Visitor` on the home page of the made-up person who has the role in the demo."""

    def sign_in_as(role, **look):
        visitor = visit(state=sessions.get(role), **look)
        if role not in sessions:
            visitor.go("/demo/")
            visitor.page.locator(f'form:has(input[name="role"][value="{role}"]) button').click()
            visitor.page.wait_for_url("**/home/")
            sessions[role] = visitor.context.storage_state()
        else:
            visitor.go("/home/")
        return visitor

    return sign_in_as


@pytest.fixture
def sign_in_by_mail(visit, site):
    """`sign_in_by_mail(address) -> Visitor`: somebody with a phone, on the home page, by the link that was mailed."""

    def sign_in_by_mail(address):
        visitor = visit(width=360)
        visitor.go("/sign-in/link/")
        visitor.page.get_by_label("E-mail").fill(address)
        visitor.press("Send the link")
        visitor.go(site.next_mail(address, "/sign-in/link/").link("/sign-in/link/"))
        visitor.press("Sign in")
        assert visitor.path() == "/home/"
        return visitor

    return sign_in_by_mail


@pytest.fixture
def demo_address(site):
    """The e-mail address of somebody made up who has an account."""
    return min(mail.to for mail in site.mails())


def pytest_collection_modifyitems(items):
    """The walk comes first: it looks at the demo before the others change it."""
    places = [place for place, item in enumerate(items) if item.path.parent == FOLDER]
    ordered = sorted((items[place] for place in places), key=lambda item: item.path.name != "test_walk.py")
    for place, item in zip(places, ordered, strict=True):
        items[place] = item


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """When a test fails, what its visitors saw is kept as pictures, and what the site printed stands below it."""
    report = yield
    opened = item.stash.get(OPENED, [])
    if report.when == "call" and report.failed and opened:
        FAILURES.mkdir(parents=True, exist_ok=True)
        for number, visitor in enumerate(opened):
            with contextlib.suppress(PlaywrightError):  # a window that was closed
                visitor.page.screenshot(path=FAILURES / f"{item.name}-{number}.png", full_page=True)
        report.sections.append(("the site's own words", item.funcargs["site"].logs()))
    return report
