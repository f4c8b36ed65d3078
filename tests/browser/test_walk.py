"""Every page that a role can walk to, as it is, in each language, on a phone and on a desk, light and dark."""

import re

import pytest

from tests.architecture.addresses import all_addresses
from tests.browser.crawl import crawl
from tests.browser.visitor import SCREENSHOTS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

STRANGER = "stranger"
ROLES = [
    "coordinator", "mentor", "mentee", "candidate", "participant", "assessor", "reader", "employer", "hr", "admin", "operator",
]  # fmt: skip
LANGUAGES = ["fi", "sv", "en"]
HOME = "journey:home"
KEY_PAGES = [
    *((role, HOME) for role in ROLES),
    ("coordinator", "programmes:programme"),
    ("coordinator", "matching:run"),
    ("mentee", "mentoring:home"),
    ("participant", "passport:mine"),
    ("participant", "passport:claim"),
    ("assessor", "passport:decide"),
    ("reader", "insight:figures"),
    (STRANGER, "journey:front"),
    (STRANGER, "people:sign_in"),
    (STRANGER, "web:design"),
]
NO_WAY_BY_LINKS = {
    # from a mail, from the calendar's own program, from a code at the door
    "comms:feed",
    "comms:stop",
    "programmes:check_in",
    "programmes:my_news",
    "people:join",
    "people:use_link",
    "programmes:apply_link",
    "programmes:guardian",
    # from a link that somebody passes on
    "surveys:answer_with_link",
    # after a form was sent, or when something is there that the demo does not begin with
    "competence:choose_in",
    "competence:send",
    "competence:waiting_import",
    "insight:download",
    "insight:snapshot",
    "journey:forgotten",
    "mentoring:correct",
    "passport:credential",
    "people:link_sent",
    "programmes:accept_submitted",
    "programmes:answer",
    "programmes:answer_file",
    "programmes:batch",
    "programmes:apply_check",
    "programmes:apply_questions",
    "programmes:apply_sent",
    "programmes:change_application",
    "programmes:change_finding",
    "programmes:decide_finding",
    "programmes:enquiry",
    "programmes:findings_text",
    "programmes:guardian_of",
    "programmes:import_columns",
    "programmes:interview",
    "programmes:letter",
    "programmes:many",
    "programmes:material",
    "programmes:my_answer",
    "programmes:my_file",
    "programmes:my_guardian",
    "programmes:rest",
    "programmes:set_up_question",
    "programmes:trained_material",
    "surveys:carrier",
    "surveys:goal",
    "surveys:new_goal",
    # only leads on to another page
    "programmes:set_up",
    # parts of pages, and files for programs
    "competence:import_progress",
    "matching:progress",
    "programmes:batch_progress",
    "passport:did_document",
    "programmes:import_progress",
    "surveys:part_notes",
    "surveys:workshop_notes",
    "web:favicon",
    "web:robots",
}
LOOKS = [(360, "dark", "en"), (768, "light", "sv"), (768, "dark", "sv"), (1440, "light", "fi"), (1440, "dark", "fi")]
MOST_BYTES_OF_A_HOME = 100_000
# Words of an interface that are no words of Finnish or Swedish.
KEYS = re.compile(r"\S*[-_]\S*|\{\w+\}")
ENGLISH = re.compile(
    r"\b(?:the|and|your|you|with|of|are|this|that|what|which|nobody|anybody|there|from|save|cancel|back|"
    r"name|home|sign|search|show|choose|answer|days?|weeks?|months?|yes|none|people|state|closed|mentee)\b",
    re.IGNORECASE,
)
SPOIL = """() => {
  document.querySelector("main").innerHTML = `<h1>A</h1><h1>B</h1><p id="wide">Save what you wrote</p><img src="/x.svg"><p style="color: red">C</p>`;
  document.querySelector("#wide").style.minInlineSize = "800px";
}"""
SHOWN_WORDS = """() => {
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const place = node.parentElement;
    const language = place.closest("[lang]").lang;
    if (language === document.documentElement.lang && !place.closest("script, style, [translate=no]")) texts.push(node.data);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt", "data-label"])
    for (const one of document.querySelectorAll(`[${name}]`)) texts.push(one.getAttribute(name));
  return texts.map((text) => text.trim()).filter(Boolean);
}"""


@pytest.fixture(scope="module", autouse=True)
def album():
    """An empty folder for screenshots."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for old in SCREENSHOTS.glob("*.png"):
        old.unlink()


@pytest.fixture(scope="module")
def examined():
    """Names of pages that have been looked at in every language already."""
    return set()


@pytest.fixture(scope="module")
def ways():
    """What each role can walk to, once it has been walked."""
    return {}


@pytest.fixture
def enter(visit, sign_in_as):
    """`enter(role, width=, …)`: a visitor on the first page of a role."""

    def enter(role, **look):
        if role != STRANGER:
            return sign_in_as(role, **look)
        visitor = visit(**look)
        visitor.go("/")
        return visitor

    return enter


def name_of(role, route):
    """The name of a page's pictures. Homes differ from role to role."""
    name = route.replace(":", "-")
    return f"{name}-{role}" if route == HOME else name


def faults_in(visitor, language):
    """What is wrong with the page that is open, beside what axe-core finds."""
    seen = visitor.see()
    wrong = []
    if seen["language"] != language:
        wrong.append(f"its language is {seen['language']}")
    if seen["headings"] != 1:
        wrong.append(f"it has {seen['headings']} h1")
    if not seen["title"].endswith(" – Luotsi"):
        wrong.append(f"its title is {seen['title']}")
    if seen["overflow"] > 0:
        wrong.append(f"it is too wide: by {seen['overflow']} px, {seen['wide']}")
    if language != "en":
        english = [text for text in visitor.page.evaluate(SHOWN_WORDS) if ENGLISH.search(KEYS.sub("", text))]
        wrong += [f"English: {text[:80]!r}" for text in dict.fromkeys(english)]
    return wrong


def examine(visitor, name, language, theme="light"):
    """All faults of the open page, axe-core's too. Keeps a picture."""
    visitor.photograph(name, theme=theme, language=language)
    return faults_in(visitor, language) + visitor.faults()


def test_faults_are_found_when_there_are_any(visit):
    visitor = visit(width=360, language="fi")
    visitor.go("/library/")

    visitor.page.evaluate(SPOIL)
    kinds = {fault.split(":")[0] for fault in faults_in(visitor, "fi") + visitor.faults()}
    stopped = [complaint for complaint in visitor.complaints if "Content-Security-Policy: style-src" in complaint]

    assert kinds == {"it has 2 h1", "it is too wide", "English", "image-alt"}
    assert len(stopped) == 1


@pytest.mark.parametrize("role", [STRANGER, *ROLES])
def test_every_page_that_a_role_can_walk_to_is_well(role, enter, ways, examined):
    visitor = enter(role, width=360, language="fi")
    ways[role] = crawl(visitor)
    wrong = [f"{found.address}: {found.status}" for found in ways[role] if found.status != 200 or not found.route]

    pages = {found.route: found.address for found in reversed(ways[role]) if found.is_page}
    for route, address in pages.items():
        name = name_of(role, route)
        languages = ["fi"] if name in examined else LANGUAGES
        for language in languages:  # axe-core sees the same in each
            visitor.speak(language)
            visitor.go(address)
            is_new = name not in examined and language == "fi"
            faults = examine(visitor, name, language) if is_new else faults_in(visitor, language)
            wrong += [f"{route} ({language}): {fault}" for fault in faults]
        examined.add(name)

    assert not wrong + visitor.complaints, "\n".join(wrong + visitor.complaints)


def test_every_page_has_a_way_to_it(enter, ways):
    for role in {STRANGER, *ROLES} - ways.keys():
        ways[role] = crawl(enter(role))
    ask = enter("coordinator").context.request.get
    walked = {found.route for role in ways for found in ways[role]}

    left = [address for address in all_addresses() if address.name not in walked | NO_WAY_BY_LINKS]

    assert [
        one.name for one in left if ask(ways[STRANGER][0].address.rstrip("/") + one.path_with_nothing()).status != 405
    ] == []


@pytest.mark.parametrize(("role", "route"), KEY_PAGES)
def test_key_page_is_well_on_every_screen(role, route, enter, ways):
    wrong = []
    for width, theme, language in LOOKS:
        visitor = enter(role, width=width, theme=theme, language=language)
        if role not in ways:
            ways[role] = crawl(visitor)
        visitor.go(next(found.address for found in ways[role] if found.route == route))

        faults = examine(visitor, name_of(role, route), language, theme) + visitor.complaints
        wrong += [f"{width} {theme} {language}: {fault}" for fault in faults]
        visitor.context.close()

    assert not wrong, "\n".join(wrong)


@pytest.fixture
def mark(site, sign_in_by_mail, tmp_path):
    """The file of a mark that was awarded in the demo: its holder was told last that a claim has been decided."""
    told = [mail.to for mail in site.mails() if "/my/passport/claims/" in mail.text]
    holder = sign_in_by_mail(told[-1])
    holder.go("/my/passport/")
    holder.page.locator(".marks a").first.click()
    with holder.page.expect_download() as coming:
        holder.page.get_by_role("link", name="Download the mark").click()
    file = tmp_path / "mark.json"
    coming.value.save_as(file)
    return file


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_verify_page_is_well_when_it_answers(answer, visit, mark):
    if answer == "no":
        mark.write_text(mark.read_text().replace("Meripohjan", "Meripohian"))
    wrong = []
    for width, theme, language in [*((360, "light", language) for language in LANGUAGES), *LOOKS]:
        visitor = visit(width=width, theme=theme, language=language)
        visitor.go("/verify/")
        visitor.page.locator("input[type=file]").set_input_files(mark)
        visitor.page.locator("main button[type=submit]").click()
        visitor.page.locator(".verdict.no" if answer == "no" else ".verdict:not(.no)").wait_for()

        faults = examine(visitor, f"passport-verify-{answer}", language, theme) + visitor.complaints
        wrong += [f"{width} {theme} {language}: {fault}" for fault in faults]
        visitor.context.close()

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_that_is_not_there_is_well(language, visit):
    visitor = visit(width=360, language=language)

    status = visitor.go("/not/there/")

    assert (status, examine(visitor, "not-there", language)) == (404, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_with_errors_is_well(language, visit):
    visitor = visit(width=360, language=language)
    visitor.go("/sign-in/")

    with visitor.page.expect_navigation():
        visitor.page.locator("main button[type=submit]").first.click()

    assert visitor.page.locator(".errors li").count() == 2
    assert examine(visitor, "people-sign_in-errors", language) + visitor.complaints == []


@pytest.mark.parametrize("role", ROLES)
def test_home_is_light_enough(role, sign_in_as):
    visitor = sign_in_as(role, width=360, language="fi")

    weight = visitor.weigh("/home/")

    assert weight < MOST_BYTES_OF_A_HOME
