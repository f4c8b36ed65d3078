"""An anonymous survey of learning culture, on a phone: page by page, interrupted, gone on with, and sent once."""

from urllib.parse import urlsplit

import pytest

from tests.browser.running import _environment, _must
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

OPEN = """
from datetime import timedelta
from django.utils import timezone
from luotsi.core.actors import SYSTEM
from luotsi.people.enums import OrganisationKind, Role
from luotsi.people.services.accounts import add_person
from luotsi.people.services.memberships import grant
from luotsi.people.services.organisations import add_organisation
from luotsi.surveys.enums import Answering
from luotsi.surveys.models import Instrument
from luotsi.surveys.services.instruments import load_shipped
from luotsi.surveys.services.opening import WavePlan, start_wave

load_shipped(by=SYSTEM)
place = add_organisation(by=SYSTEM, name="Satama", kind=OrganisationKind.EMPLOYER)
for number in range(6):
    person = add_person(by=SYSTEM, email=f"satama{number}@example.org", given_name="Sade", family_name=f"Satama{number}", language="en")
    grant(person, Role.MEMBER, organisation=place, by=SYSTEM)
start_wave(
    WavePlan(
        instrument=Instrument.objects.get(key="learning_culture_short", retired_at=None),
        answering=Answering.ANONYMOUS,
        closes_on=timezone.localdate() + timedelta(days=14),
        organisation=place,
    ),
    by=SYSTEM,
)
"""
ADDRESS = "satama0@example.org"
KEPT = "() => Object.keys(localStorage).filter((key) => key.startsWith('luotsi:'))"


@pytest.fixture(scope="module")
def _asked(site):
    _must("django", ["shell", "-c", OPEN], _environment(site, int(urlsplit(site.address).port or 80)))


def fill_page(visitor) -> None:
    """The last but one of everything that is offered."""
    for group in visitor.page.locator("main fieldset[role=radiogroup]").all():
        group.locator("label").nth(-2).click()
    for words in visitor.page.locator("main textarea").all():
        words.fill("We learn from each other.")


def go_on_to_the_check(visitor) -> int:
    """Returns how many pages it took."""
    pages = 0
    while "Check your answers" not in visitor.page.title():
        fill_page(visitor)
        assert (visitor.faults(), visitor.see()["wide"]) == ([], [])
        visitor.press("Next")
        pages += 1
        assert pages < 30
    return pages


@pytest.mark.usefixtures("_asked")
def test_an_anonymous_survey_is_begun_interrupted_gone_on_with_and_sent_once(sign_in_by_mail) -> None:
    first = sign_in_by_mail(ADDRESS)
    first.press("Answer the questions")
    address = first.path()
    assert "This survey is anonymous" in first.page.locator("main").inner_text()
    fill_page(first)
    chosen = first.page.locator("main input:checked").count()
    assert chosen > 0
    first.press("Next")
    fill_page(first)

    first.page.close()
    later = Visitor(page=first.context.new_page(), context=first.context, address=first.address)
    later.go(address)
    assert later.page.get_by_text("You have begun to answer in this browser").is_visible()
    assert later.page.evaluate(KEPT) == [f"luotsi:{address}"]
    later.press("Go on where I was")
    go_on_to_the_check(later)
    answered = later.page.locator("main dd").count()
    assert answered > chosen
    assert (later.faults(), later.see()["wide"]) == ([], [])
    later.page.get_by_label("The first two letters of the place where you were born").fill("Tu")
    later.page.get_by_label("The day of the month on which you were born").fill("7")
    later.page.get_by_label("The last two letters of the first name").fill("no")
    later.press("Send my answers")

    assert "Thank you. Your answers have been sent." in later.page.locator("main").inner_text()
    assert later.page.evaluate(KEPT) == []
    later.go(address)
    assert later.page.locator("main form").count() == 0
    later.go("/home/")
    assert later.page.locator(f'a[href="{address}"]').count() == 0
    assert (first.complaints, later.complaints) == ([], [])


@pytest.mark.usefixtures("_asked")
def test_what_was_begun_can_be_cleared(sign_in_by_mail) -> None:
    visitor = sign_in_by_mail("satama1@example.org")
    visitor.press("Answer the questions")
    address = visitor.path()
    fill_page(visitor)
    assert visitor.page.evaluate(KEPT) == [f"luotsi:{address}"]

    visitor.go(address)
    visitor.page.get_by_role("button", name="Clear it and begin anew").click()

    assert visitor.page.evaluate(KEPT) == []
    assert not visitor.page.get_by_text("You have begun to answer in this browser").is_visible()
    assert visitor.page.locator("main input:checked").count() == 0
