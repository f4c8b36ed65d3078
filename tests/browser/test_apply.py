"""Somebody applies on a phone, in Finnish: without an account, step by step, confirmed by the link that came by mail."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

EMAIL = "aino.hakija@example.org"
GUARDIAN = "kaarina.huoltaja@example.org"


def check(visitor):
    """Nothing on the page is too wide, nothing is amiss for axe-core or the browser."""
    seen = visitor.see()
    assert (seen["language"], seen["headings"], seen["overflow"], seen["wide"]) == ("fi", 1, 0, [])
    assert visitor.faults() == []
    assert visitor.complaints == []


def test_a_minor_applies_on_a_phone_and_the_guardian_consents(visit, site):
    phone = visit(width=360, language="fi")
    page = phone.page
    phone.go("/calls/")
    page.locator("article").filter(has_text="Haku käynnissä").locator("h2 a").first.click()
    page.wait_for_url("**/calls/*/")
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
