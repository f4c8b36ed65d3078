"""Where one can get from a page by links alone."""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve

DEEP_ENOUGH = 6
EXAMPLES = 3
SWITCHES = {"language", "theme"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What answered at an address. `route`: the name of its view, "" when no view is behind it."""

    address: str
    route: str
    status: int
    is_page: bool


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag == "a" and (address := dict(attrs).get("href")):
            self.found.append(address)


def route_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def crawl(visitor) -> list[Found]:
    """Fetch up to three examples of each route that links lead to from the page that is open. It draws no page."""
    times: dict[str, int] = {}
    seen: set[str] = set()
    found: list[Found] = []
    ahead = [visitor.page.url]
    for _ in range(DEEP_ENOUGH):
        links: list[str] = []
        for address in ahead:
            route = route_of(address)
            if address in seen or times.get(route, 0) >= EXAMPLES:
                continue
            seen.add(address)
            times[route] = times.get(route, 0) + 1
            answer = visitor.context.request.get(address)
            is_page = answer.headers.get("content-type", "").startswith("text/html")
            found.append(Found(address=answer.url, route=route_of(answer.url), status=answer.status, is_page=is_page))
            links += links_in(answer.text(), answer.url, visitor.address) if is_page else []
        ahead = list(dict.fromkeys(links))
    return found


def links_in(text: str, address: str, site: str) -> list[str]:
    """Links of a page that stay on the site and change nothing about how it is shown."""
    parser = Links()
    parser.feed(text)
    found = (urldefrag(urljoin(address, link)).url for link in parser.found)
    return [link for link in found if link.startswith(site) and not SWITCHES & parse_qs(urlsplit(link).query).keys()]
