"""Somebody applies on a phone, in Finnish: without an account, step by step, confirmed by the link that came by mail."""

from datetime import date

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

EMAIL = "aino.hakija@example.org"
GUARDIAN = "kaarina.huoltaja@example.org"


def open_call(coordinator):
    """A programme that recruits from today on, opened with the usual choices at every step. The path of its call."""
    page, today = coordinator.page, date.today()  # noqa: DTZ011 -- as the browser's user would write it
    coordinator.go("/programmes/new/")
    page.get_by_label("Career mentoring").check()
    page.get_by_label("Name in Finnish").fill("Hakijoiden työuramentorointi")
    page.get_by_label("Name in English").fill("Career mentoring for applicants")
    page.get_by_label("First day").fill(f"{today.day}.{today.month}.{today.year}")
    coordinator.press("Make a draft")
    for _step in ("scope", "dates", "plan", "questions", "matching"):
        coordinator.press("Save and go on")
    coordinator.press("Open the programme")
    return coordinator.path().replace("/programmes/", "/calls/")


def check(visitor):
    """Nothing on the page is too wide, nothing is amiss for axe-core or the browser."""
    seen = visitor.see()
    assert (seen["language"], seen["headings"], seen["overflow"], seen["wide"]) == ("fi", 1, 0, [])
    assert visitor.faults() == []
    assert visitor.complaints == []


def test_a_minor_applies_on_a_phone_and_the_guardian_consents(visit, sign_in_as, site):
    call = open_call(sign_in_as("coordinator"))
    phone = visit(width=360, language="fi")
    page = phone.page
    phone.go(call)
    check(phone)

    phone.press("Hae: mentoroitava")
    page.get_by_label("Etunimi").fill("Aino")
    page.get_by_label("Sukunimi").fill("Hakija")
    page.get_by_label("Sähköposti").fill(EMAIL)
    assert page.locator('input[name="role"][value="mentee"]').is_checked()
    check(phone)
    phone.press("Seuraava")
    assert phone.path().endswith("/questions/")

    phone.press("Seuraava")  # with nothing answered: everything that is missing is named
    assert page.locator(".errors li").count() == 4
    check(phone)
    page.locator('select[name="languages"]').nth(0).select_option("fi")
    page.locator('select[name="languages"]').nth(1).select_option("sv")
    page.locator('select[name="region"]').select_option("r16")
    page.locator('input[name="is_remote"][value="yes"]').check()
    page.locator('input[name="situation"][value="studying"]').check()
    phone.press("Seuraava")

    page.locator('input[name="needs.name"]').nth(0).fill("matematiikka")
    page.locator('select[name="needs.grade"]').nth(0).select_option("5")
    page.locator('input[name="needs.must"]').nth(0).check()
    page.locator('textarea[name="goal"]').fill("Uskallan hakea töitä.")
    page.locator('input[name="is_minor"][value="yes"]').check()
    phone.press("Seuraava")
    assert "Tällä sivulla on vielä jotain vastattavaa" in page.locator("main").inner_text()
    page.locator('input[name="guardian_email"]').fill(GUARDIAN)
    page.locator('input[name="guardian_language"][value="fi"]').check()
    check(phone)
    phone.press("Seuraava")

    assert phone.path().endswith("/check/")
    assert "matematiikka (5, ehdoton)" in page.locator("main").inner_text()
    check(phone)
    page.get_by_label("Olen lukenut ehdot ja hyväksyn ne.").check()
    phone.press("Jätä hakemukseni")
    assert "Vielä yksi asia: vahvista hakemus" in phone.text("h1")
    check(phone)

    mail = site.next_mail(EMAIL, "Vahvista")
    elsewhere = visit(width=360, language="fi")
    elsewhere.go(mail.link("/apply/link/"))
    check(elsewhere)
    elsewhere.press("Vahvista ja jätä hakemus")
    assert "Hakemuksesi on perillä" in elsewhere.text("h1")
    check(elsewhere)

    asked = site.next_mail(GUARDIAN, "/guardian/")
    guardian = visit(width=360, language="fi")
    guardian.go(asked.link("/guardian/"))
    check(guardian)
    guardian.page.get_by_label("Nimesi").fill("Kaarina Huoltaja")
    guardian.page.get_by_label("Olen huoltaja ja annan suostumukseni.").check()
    guardian.press("Annan suostumukseni")
    assert "Olet antanut suostumuksesi" in guardian.page.locator("main").inner_text()
    check(guardian)
    assert site.next_mail(EMAIL, "Huoltajasi on antanut suostumuksen")
