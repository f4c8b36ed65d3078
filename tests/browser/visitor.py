"""Somebody who looks at the site: a browser window of a size, with a language and colours, and what went wrong in it."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page
from playwright.sync_api import Error as PlaywrightError

ROOT = Path(__file__).parents[2]
AXE = ROOT / "tests/node/node_modules/axe-core/axe.min.js"
SCREENSHOTS = ROOT / "var/screenshots"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
SECONDS_FOR_WORK = 90
HEIGHTS = {360: 740, 768: 1024, 1440: 900}
TELL_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`Content-Security-Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""
FIND_FAULTS = """async (tags) => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  return found.violations.flatMap(({id, nodes}) =>
    nodes.map(({target, failureSummary}) => `${id}: ${target.join(" ")}: ${failureSummary.replaceAll("\\n", " ")}`));
}"""
WHAT_IS_THERE = """() => {
  const head = document.querySelectorAll("h1");
  return {
    title: document.title, language: document.documentElement.lang, headings: head.length,
    overflow: document.documentElement.scrollWidth - innerWidth,
    wide: [...document.querySelectorAll("body *")].filter((one) =>
        one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".table-wrap, .vh, svg, [popover]"))
      .slice(0, 5).map((one) => `${one.tagName}.${one.className}`),
  };
}"""


@dataclass(kw_only=True)
class Visitor:
    """`complaints`: what the browser's console said, errors of scripts, and what the security policy stopped."""

    page: Page
    context: BrowserContext
    address: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))

    def _note(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def go(self, path: str) -> int:
        """Open an address of the site, or a path. Returns the status of the answer; a file is fetched, not opened."""
        address = path if path.startswith("http") else self.address + path
        try:
            answer = self.page.goto(address)
        except PlaywrightError as error:
            if "Download is starting" not in str(error):
                raise
            return self.context.request.get(address).status
        assert answer is not None
        return answer.status

    def press(self, label: str) -> None:
        """Press the button, or follow the link that looks like one, and wait for the page that comes."""
        button = self.page.locator("main").locator("a, button").filter(has_text=label).filter(visible=True).first
        with self.page.expect_navigation():
            button.click()

    def wait_for(self, locator: Locator) -> None:
        """Load the page again and again until what the worker does is done."""
        ends = time.monotonic() + SECONDS_FOR_WORK
        while not locator.first.is_visible() and time.monotonic() < ends:
            time.sleep(0.3)
            self.page.reload()
        locator.first.wait_for(timeout=1000)

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()

    def see(self) -> dict[str, Any]:
        """What the page is: title, language, number of h1, how much it is too wide and by what."""
        seen: dict[str, Any] = self.page.evaluate(WHAT_IS_THERE)
        return seen

    def speak(self, language: str) -> None:
        self.context.add_cookies([{"name": "language", "value": language, "url": self.address}])

    def path(self) -> str:
        return urlsplit(self.page.url).path

    def faults(self) -> list[str]:
        """What axe-core finds on the page: one line for each element."""
        self.page.evaluate(AXE.read_text())
        found: list[str] = self.page.evaluate(FIND_FAULTS, RULES)
        return found

    def weigh(self, path: str) -> int:
        """Bytes that come over the line when nothing of the page is kept from before."""
        line = self.context.new_cdp_session(self.page)
        sizes: list[float] = []
        line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.page.goto(self.address + path, wait_until="networkidle")
        return int(sum(sizes))

    def photograph(self, name: str, *, theme: str, language: str) -> None:
        """Keep how the whole page looks."""
        width = self.page.evaluate("innerWidth")
        self.page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{theme}-{language}.png", full_page=True)
