"""From a model to a public call, and ten applications of different kinds that come to it."""

import pytest
from django.utils import timezone
from django.utils.text import slugify

from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

NAME = "Career mentoring of the ten"
WORDS = "I want to learn to ask before I advise."
NEXT = 'main button.btn[name="at.to"][value="next"]'
SEND = "main form button.btn[type=submit]:not(.quiet)"
HEADERS = ["Etunimi", "Sukunimi", "Sähköposti", "Rooli", "Kielet", "Maakunta", "Taidot (tarve)", "Alaikäinen"]
ROWS = [
    ["Liisa", "Listalta", "liisa.ten@example.org", "mentoroitava", "suomi", "Keski-Pohjanmaa", "Tiimityö (4)", "ei"],
    ["Leo", "Listalta", "leo.ten@example.org", "mentori", "suomi; ruotsi", "Pohjanmaa", "", "ei"],
    ["Lotta", "Listalta", "lotta.ten@example.org", "mentoroitava", "ruotsi", "", "Kielet työssä", "ei"],
    ["Lasse", "Virhe", "lasse.ten at example.org", "mentoroitava", "suomi", "", "", "ei"],
    ["Lilja", "Virhe", "lilja.ten@example.org", "kapteeni", "suomi", "", "", "ei"],
    ["Liisa", "Listalta", "LIISA.TEN@example.org", "mentoroitava", "suomi", "", "", "ei"],
]


def open_programme(coordinator):
    """Through the steps with the usual choices: a model, a name and a day are all that is written."""
    today = timezone.localdate()
    page = coordinator.page
    coordinator.go("/programmes/new/")
    page.get_by_label("Career mentoring").check()
    page.get_by_label("Name in English").fill(NAME)
    page.get_by_label("First day").fill(f"{today.day}.{today.month}.{today.year}")
    coordinator.press("Make a draft")
    steps = []
    while coordinator.path().split("/")[-2] != "check":
        steps.append(coordinator.path().split("/")[-2])
        coordinator.press("Save and go on")
    assert steps == ["scope", "dates", "plan", "questions", "matching"]
    coordinator.press("Open the programme")
    assert coordinator.text("h1") == NAME
    return coordinator.path().strip("/").split("/")[-1]


def answer_page(visitor, *, is_minor):
    """What stands on the page of the form, whichever questions these are."""
    main = visitor.page.locator("main")
    for select, choice in (
        ("languages", {"index": 1}),
        ("region", {"index": 3}),
        ("guardian_language", {"index": 1}),
    ):
        found = main.locator(f'select[name="{select}"]')
        if found.count():
            found.first.select_option(**choice)
    for name in dict.fromkeys(radio.get_attribute("name") for radio in main.locator("input[type=radio]").all()):
        radios = main.locator(f'input[type=radio][name="{name}"]')
        (radios.nth(1) if name == "is_minor" and not is_minor else radios.first).check()
    for name, words in (("needs.name", "Teamwork"), ("offers.name", "Teamwork"), ("experience", "12"), ("places", "2")):
        found = main.locator(f'input[name="{name}"]')
        if found.count():
            found.first.fill(words)
    for text in main.locator("textarea").all():
        text.fill(WORDS)


def begin(visitor, programme, role, name="", *, address=""):
    """In any language: by what the fields are called in the form, not by their labels."""
    page = visitor.page
    visitor.go(f"/calls/{programme}/")
    with page.expect_navigation():
        page.locator(f'main a[href$="?role={role}"]').first.click()
    if name:
        for field, words in zip(("given_name", "family_name", "email"), (*name.split(), address), strict=True):
            page.locator(f'main input[name="{field}"]').fill(words)
    send(visitor)


def send(visitor):
    with visitor.page.expect_navigation():
        visitor.page.locator(SEND).first.click()


def fill(visitor, *, is_minor=False):
    """Page after page, to the last look at it all."""
    while visitor.path().endswith("/questions/"):
        answer_page(visitor, is_minor=is_minor)
        guardian = visitor.page.locator('main input[name="guardian_email"]')
        if guardian.count():
            guardian.fill("guardian.ten@example.org")
        with visitor.page.expect_navigation():
            visitor.page.locator(NEXT).click()


def hand_in(visitor):
    visitor.page.locator('main input[name="accepts"]').check()
    send(visitor)


def confirm(visitor, site, address):
    """The first mail was to go on with; the second one confirms."""
    first, second = (site.next_mail(address, "/apply/link/") for _ in range(2))
    assert first.subject != second.subject
    visitor.go(second.link("/apply/link/"))
    send(visitor)


def apply_as_stranger(visit, site, programme, role, name, **look):
    """Without an account, from the public page to the word that it has come."""
    visitor = visit(width=360, **look)
    address = f"{slugify(name)}.ten@example.org"
    begin(visitor, programme, role, name, address=address)
    fill(visitor)
    hand_in(visitor)
    confirm(visitor, site, address)
    return visitor


def apply_on_two_devices(visit, site, programme):
    """Begun on a desk, gone on with on a phone by the mailed link: nothing is lost."""
    desk, phone = visit(), visit(width=360)
    begin(desk, programme, "mentee", "Dora Devices", address="dora.ten@example.org")
    answer_page(desk, is_minor=False)
    with desk.page.expect_navigation():
        desk.page.locator(NEXT).click()
    phone.go(site.next_mail("dora.ten@example.org", "to go on").link("/apply/link/"))
    send(phone)
    fill(phone)
    assert phone.page.locator("main").get_by_text("Finnish").count() == 1
    hand_in(phone)  # the link has confirmed the address
    return [desk, phone]


def apply_as_minor(visit, site, programme):
    """A guardian consents by a link, without an account."""
    minor, guardian = visit(width=360), visit(width=360)
    begin(minor, programme, "mentee", "Milla Minor", address="milla.ten@example.org")
    fill(minor, is_minor=True)
    hand_in(minor)
    confirm(minor, site, "milla.ten@example.org")
    guardian.go(site.next_mail("guardian.ten@example.org", "/guardian/").link("/guardian/"))
    guardian.page.locator('main input[name="name"]').fill("Greta Guardian")
    guardian.page.locator('main input[name="agrees"]').check()
    send(guardian)
    return [minor, guardian]


def apply_signed_in(person, programme):
    begin(person, programme, "mentor")
    fill(person)
    hand_in(person)
    return person


def apply_from_the_pool(mentor, programme):
    """Whoever has mentored stays in the pool, and applies again with one press."""
    mentor.go("/my/pool/")
    mentor.press("Yes, ask me again")
    with mentor.page.expect_navigation():
        mentor.page.locator("article", has_text=NAME).get_by_role("button", name="Apply again").click()
    assert mentor.path().startswith("/my/applications/")
    return mentor


def bring_in_a_list(coordinator, programme, folder):
    """Three good rows, three bad ones; each bad one says why. Only the good ones are taken."""
    file = folder / "hakijat.xlsx"
    file.write_bytes(write_xlsx([Sheet(title="Hakijat", headers=HEADERS, rows=ROWS)]))
    coordinator.go(f"/programmes/{programme}/imports/new/")
    coordinator.page.get_by_label("List of applicants").set_input_files(file)
    coordinator.press("Read the list")
    coordinator.wait_for(coordinator.page.get_by_role("button", name="good rows"))
    remarks = coordinator.page.locator("main table tbody tr th").all_inner_texts()
    coordinator.press("Take the 3 good rows")
    coordinator.wait_for(coordinator.page.get_by_role("link", name="Look at the applications"))
    return remarks


def test_a_programme_goes_from_its_model_to_ten_applications(visit, site, sign_in_as, tmp_path):
    coordinator = sign_in_as("coordinator")

    programme = open_programme(coordinator)
    seen = [
        apply_as_stranger(visit, site, programme, "mentee", "Anna Adept"),
        apply_as_stranger(visit, site, programme, "mentor", "Matti Mentor"),
        apply_as_stranger(visit, site, programme, "mentee", "Sven Svensk", language="sv"),
        *apply_on_two_devices(visit, site, programme),
        *apply_as_minor(visit, site, programme),
        apply_signed_in(sign_in_as("reader", width=360), programme),
        apply_from_the_pool(sign_in_as("mentor", width=360), programme),
    ]
    assert bring_in_a_list(coordinator, programme, tmp_path) == ["5", "6", "7"]
    coordinator.go(f"/programmes/{programme}/applications/")

    rows = coordinator.page.locator("main tbody tr")
    assert rows.count() == 10
    assert [complaint for visitor in (coordinator, *seen) for complaint in visitor.complaints] == []
