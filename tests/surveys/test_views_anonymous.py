"""What somebody sees who is asked without the name."""

import re
from typing import Any

import pytest

from luotsi.core.actors import SYSTEM
from luotsi.surveys.models import AnonymousAnswer, Invitee
from luotsi.surveys.services.waves import close_wave
from tests.factories.surveys import ITEMS, InstrumentFactory, described, texts
from tests.surveys.crowd import Crowd, answer, ask

pytestmark = pytest.mark.django_db

WHY = {
    "key": "why",
    "type": "text",
    "text": texts("Why so seldom?"),
    "when": {"item": "rhythm", "is": "seldom"},
    "required": True,
}
BEST = {
    "key": "best",
    "type": "ranking",
    "text": texts("What is best?"),
    "choices": [{"key": "a", "text": texts("Work")}, {"key": "b", "text": texts("People")}],
}
SHOWN = ["useful", "rhythm", "words"]


@pytest.fixture
def crowd() -> Crowd:
    form = described(ITEMS, [WHY], [BEST], purpose="culture", answering="anonymous")
    return ask([6], instrument=InstrumentFactory.create(form=form, purpose="culture"))


def address_of(crowd: Crowd, place: int = 0) -> str:
    return f"/my/surveys/anonymous/{Invitee.objects.get(person=crowd.people[place]).ref}/"


def hidden(page: str) -> list[tuple[str, str]]:
    """What travels with a page."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return [(name, value) for name, value in found if not name.startswith(("at.page", "at.shown", "csrf"))]


def first_page(to: str = "next", **answers: Any) -> dict[str, object]:
    return {"at.page": "part1.1", "at.shown": SHOWN, "at.to": to, **answers}


def test_the_first_page_says_that_it_is_anonymous_and_who_reads_own_words(client, crowd) -> None:
    client.force_login(crowd.people[0])

    page = client.get(address_of(crowd)).content.decode()

    assert "This survey is anonymous" in page
    assert f"HR and management of {crowd.organisation}, after the survey has closed, mixed with" in page
    assert "It was useful" in page


def test_answers_travel_with_the_pages_there_and_back(client, crowd) -> None:
    client.force_login(crowd.people[0])
    address = address_of(crowd)

    second = client.post(address, first_page(useful="5", rhythm="seldom", words="Mine.")).content.decode()
    third = client.post(
        address, dict(hidden(second)) | {"at.page": "part2.1", "at.shown": "why", "at.to": "next", "why": "No time."}
    ).content.decode()
    back = client.post(
        address, dict(hidden(third)) | {"at.page": "part3.1", "at.shown": "best", "at.to": "part1.1", "best": "a:1"}
    ).content.decode()

    assert hidden(second) == [("useful", "5"), ("rhythm", "seldom"), ("words", "Mine.")]
    assert hidden(third) == [*hidden(second), ("why", "No time.")]
    assert hidden(back) == [("why", "No time."), ("best", "a:1")]
    assert re.findall(r'value="(\w+)" id="[^"]*" checked', back) == ["5", "seldom"]
    assert "Mine.</textarea>" in back
    assert Invitee.objects.filter(has_answered=True).count() == 0


def test_what_is_missing_is_named_and_nothing_typed_is_lost(client, crowd) -> None:
    client.force_login(crowd.people[0])

    page = client.post(
        address_of(crowd), first_page(rhythm="enough", words="Typed with care.", best="b:1")
    ).content.decode()

    assert '<a href="#id_useful_0">Answer the question “It was useful”.</a>' in page
    assert "Typed with care." in page
    assert hidden(page) == [("best", "b:1")]


def test_all_is_looked_through_and_sent_once(client, crowd) -> None:
    client.force_login(crowd.people[0])
    address = address_of(crowd)
    answers = {"useful": "5", "rhythm": "enough", "words": "Mine.", "best": ["b:1", "a:2"]}

    check = client.post(address, first_page("check", **answers)).content.decode()
    sent = client.post(address, answers | {"at.to": "send"}, follow=True)
    again = client.post(address, answers | {"useful": "1", "at.to": "send"}, follow=True)

    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", check) == [
        ("It was useful", "very much"),
        ("How often did you meet?", "Often enough"),
        ("In your own words", "Mine."),
        ("What is best?", "1. People, 2. Work"),
    ]
    assert sent.redirect_chain == [(f"{address}?sent=1", 302)]
    for page in (sent, again):
        assert "Thank you. Your answers have been sent." in page.content.decode()
        assert "very much" not in page.content.decode()
    for person in crowd.people[1:]:
        answer(crowd.wave, person, useful=2, rhythm="enough")
    close_wave(crowd.wave, by=SYSTEM)
    assert sorted(row.answers["useful"] for row in AnonymousAnswer.objects.all()) == [2, 2, 2, 2, 2, 5]


def test_sending_what_lacks_something_leads_to_the_page_that_lacks_it(client, crowd) -> None:
    client.force_login(crowd.people[0])

    page = client.post(
        address_of(crowd), {"useful": "3", "rhythm": "seldom", "words": "Mine.", "at.to": "send"}
    ).content.decode()

    assert "Answer the question “Why so seldom?”." in page
    assert hidden(page) == [("useful", "3"), ("rhythm", "seldom"), ("words", "Mine.")]
    assert Invitee.objects.filter(has_answered=True).count() == 0


def test_half_a_code_is_asked_for_whole_and_the_answers_stay(client, crowd) -> None:
    client.force_login(crowd.people[0])

    page = client.post(
        address_of(crowd),
        {"useful": "3", "rhythm": "enough", "at.own-birthplace": "Tu", "at.own-day": "40", "at.to": "send"},
    ).content.decode()

    assert "Fill in all three parts of the code, or none of them." in page
    assert 'value="Tu"' in page
    assert hidden(page) == [("useful", "3"), ("rhythm", "enough")]
    assert Invitee.objects.filter(has_answered=True).count() == 0


def test_a_browser_s_draft_is_gone_on_with(client, crowd) -> None:
    client.force_login(crowd.people[0])

    page = client.post(address_of(crowd), {"useful": "3", "rhythm": "seldom", "at.to": "resume"}).content.decode()

    assert "Why so seldom?" in page
    assert hidden(page) == [("useful", "3"), ("rhythm", "seldom")]


def test_somebody_elses_invitation_is_not_found(client, crowd) -> None:
    client.force_login(crowd.people[1])

    got, posted = client.get(address_of(crowd)), client.post(address_of(crowd), {"useful": "1", "at.to": "send"})

    assert [got.status_code, posted.status_code] == [404, 404]
    assert Invitee.objects.filter(has_answered=True).count() == 0


def test_after_closing_the_page_says_that_nothing_unsent_was_kept(client, crowd) -> None:
    client.force_login(crowd.people[0])
    close_wave(crowd.wave, by=SYSTEM)

    page = client.get(address_of(crowd)).content.decode()

    assert ("The time to answer is over." in page, "What you had not sent was not kept." in page) == (True, True)


def test_at_home_it_waits_until_it_is_sent_and_not_a_moment_longer(client, crowd) -> None:
    client.force_login(crowd.people[0])
    before = client.get("/home/").content.decode()

    client.post(address_of(crowd), {"useful": "3", "rhythm": "enough", "at.to": "send"})
    after = client.get("/home/").content.decode()

    assert (address_of(crowd) in before, address_of(crowd) in after) == (True, False)


def test_with_the_link_a_stranger_answers_and_chooses_the_unit(client) -> None:
    crowd = ask([6, 6], has_link=True)
    address = f"/answer/{crowd.wave.link_key}/"

    first = client.get(address).content.decode()
    check = client.post(address, {"who": "1", "at.to": "check"}).content.decode()
    sent = [
        client.post(address, {"who": str(number), "at.own-unit": str(crowd.units[1].ref), "at.to": "send"})
        for number in range(5)
    ]

    assert "Nobody knows who has answered by this link" in first
    assert [unit.name in check for unit in crowd.units] == [True, True]
    assert [one.headers["Location"] for one in sent] == [f"{address}?sent=1"] * 5
    close_wave(crowd.wave, by=SYSTEM)
    assert set(AnonymousAnswer.objects.values_list("unit__name", flat=True)) == {"Osasto 1"}


def test_a_link_that_leads_to_nothing_is_not_found(client, crowd) -> None:
    assert client.get(f"/answer/{crowd.wave.ref}/").status_code == 404
