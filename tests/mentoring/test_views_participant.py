"""What the two see and do on their pages."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.core.versions import keep_version
from luotsi.library.services import load_shipped
from luotsi.mentoring.enums import Ending, RelationshipState
from luotsi.mentoring.models import Agreement, Relationship, Session
from luotsi.mentoring.services.agreements import approve_agreement, propose_agreement
from luotsi.mentoring.services.relationships import begin_closing
from tests.factories.mentoring import active_pair, met, outsider, over_pair, pair
from tests.factories.people import PersonFactory, coordinator_of
from tests.factories.programmes import ProgrammeFactory

pytestmark = pytest.mark.django_db


def page(client, person, address: str) -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def home(relationship: Relationship) -> str:
    return f"/my/mentoring/{relationship.ref}/"


def buttons(text: str) -> list[str]:
    """Labels of the primary buttons of the main part."""
    main = text[text.index("<main") :]
    found = re.findall(r'<(?:a|button) class="btn(?: big)?"[^>]*>(.*?)</(?:a|button)>', main, re.DOTALL)
    return [re.sub(r"<svg.*?</svg>", "", label, flags=re.DOTALL).strip() for label in found]


def state_of(relationship: Relationship) -> str:
    return Relationship.objects.get(pk=relationship.pk).state


# --- the list


def test_mine_lists_the_pairs_of_the_person_only(client) -> None:
    person = PersonFactory.create()
    first = active_pair(mentee_is=person)
    over_pair(mentor_is=person)
    other = active_pair(first.programme)

    text = page(client, person, "/my/mentoring/")

    assert text.count("<article") == 2
    assert str(other.mentor) not in text


def test_mine_says_what_will_be_here(client) -> None:
    assert "No mentoring yet" in page(client, PersonFactory.create(), "/my/mentoring/")


def test_mine_asks_as_much_for_one_pair_as_for_thirty(client) -> None:
    person, programme = PersonFactory.create(), ProgrammeFactory.create()
    client.force_login(person)

    def queries_for(count: int) -> int:
        for _ in range(count):
            met(active_pair(ProgrammeFactory.create(network=programme.network), mentee_is=person), 1, 2)
        with CaptureQueriesContext(connection) as asked:
            client.get("/my/mentoring/")
        return len(asked)

    for_one, for_thirty = queries_for(1), queries_for(29)

    assert for_one == for_thirty <= 8


# --- the home of a pair


@pytest.mark.parametrize(
    ("make", "label"), [(pair, "Read and approve"), (active_pair, "Log a meeting"), (over_pair, None)]
)
def test_home_has_the_next_thing_as_its_one_primary_button(client, make, label: str | None) -> None:
    relationship = make()

    text = page(client, relationship.mentee, home(relationship))

    assert buttons(text) == ([label] if label else [])


def test_home_names_the_coordinator_who_helps(client) -> None:
    relationship = active_pair()
    coordinator_of(
        relationship.programme.network, given_name="Petra", family_name="Lindroos", email="petra@example.org"
    )

    text = page(client, relationship.mentee, home(relationship))

    assert "Petra Lindroos coordinates the programme and helps you." in text
    assert '<a href="mailto:petra@example.org">' in text


def test_home_asks_as_much_after_one_meeting_as_after_thirty(client) -> None:
    relationship = active_pair(days_ago=100)
    client.force_login(relationship.mentee)

    def queries_after(*days_ago: int) -> int:
        met(relationship, *days_ago)
        with CaptureQueriesContext(connection) as asked:
            client.get(home(relationship))
        return len(asked)

    after_one, after_thirty = queries_after(1), queries_after(*range(2, 31))

    assert after_one == after_thirty <= 10


def test_every_page_of_a_pair_is_not_found_for_anybody_else(client) -> None:
    relationship = active_pair()
    [session] = met(relationship, 1, summary="Between the two.")
    addresses = ["", "agreement/", "agreement/change/", "sessions/", f"sessions/{session.ref}/", "closing/", "ending/"]
    posts = [*addresses[1:], "sessions/as-agreed/", "closing/confirm/", "closing/keep-going/"]
    filled = {"has_read": "on", "rhythm": "x", "how": "as_agreed", "held_on": "1.1.2026", "minutes": "60"}
    filled |= {"ending": "time_is_up", "reason": "no_time"}

    for person in (outsider(), coordinator_of(relationship.programme.network)):
        client.force_login(person)
        got = [client.get(home(relationship) + address) for address in addresses]
        posted = [client.post(home(relationship) + address, filled) for address in posts]
        assert {response.status_code for response in [*got, *posted]} == {404}
        assert [response for response in got if b"Between the two." in response.content] == []

    assert state_of(relationship) == RelationshipState.ACTIVE
    assert Session.objects.filter(relationship=relationship).count() == 1
    assert relationship.agreements.count() == 1


# --- the agreement


@pytest.mark.parametrize(
    ("language", "title", "paragraph"),
    [
        ("fi", "Luottamus", "Pidämme puheet omanamme."),
        ("sv", "Förtroende", "Vi håller det vi talar om för oss själva."),
        ("en", "Trust", "We keep to ourselves what we talk about."),
    ],
)
def test_agreement_is_read_in_the_readers_language(client, language: str, title: str, paragraph: str) -> None:
    relationship = pair()
    client.cookies["language"] = language

    text = page(client, relationship.mentee, home(relationship) + "agreement/")

    assert f"<h2>{title}</h2>" in text
    assert f"<p>{paragraph}</p>" in text


def test_agreement_in_another_language_is_marked(client) -> None:
    relationship = pair()
    text_version = keep_version("mentoring.agreement", {"fi": "## Luottamus\nPidämme puheet omanamme."})
    Agreement.objects.filter(relationship=relationship).update(text=text_version)

    text = page(client, relationship.mentee, home(relationship) + "agreement/")

    assert "This agreement is not in English" in text
    assert '<div class="stack loose" lang="fi">' in text


def test_approving_on_the_page(client) -> None:
    relationship = pair()
    approve_agreement(relationship.agreements.get(), by=relationship.mentor)
    client.force_login(relationship.mentee)

    response = client.post(home(relationship) + "agreement/", {"has_read": "on"})

    assert (response.status_code, response["Location"]) == (302, home(relationship))
    assert state_of(relationship) == RelationshipState.ACTIVE


def test_approving_without_the_tick_says_what_to_do(client) -> None:
    relationship = pair()
    client.force_login(relationship.mentee)

    response = client.post(home(relationship) + "agreement/", {"has_read": ""})

    assert "Read the agreement, and tick that you have read it." in response.content.decode()
    assert relationship.agreements.get().approvals.count() == 0


def test_agreement_shows_who_has_approved_and_no_form_to_who_has(client) -> None:
    relationship = pair()
    approve_agreement(relationship.agreements.get(), by=relationship.mentor)

    mentors = page(client, relationship.mentor, home(relationship) + "agreement/")
    mentees = page(client, relationship.mentee, home(relationship) + "agreement/")

    assert [text.count("I have read the agreement") for text in (mentors, mentees)] == [0, 1]
    terms = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", mentees)
    assert [term for term, _when in terms] == [str(relationship.mentor), str(relationship.mentee)]
    assert terms[1][1] == "not yet"


def test_proposing_an_addition_on_the_page(client) -> None:
    relationship = active_pair()
    client.force_login(relationship.mentor)

    response = client.post(
        home(relationship) + "agreement/change/", {"rhythm": "On Tuesdays\nat the library", "has_read": "on"}
    )

    assert (response.status_code, response["Location"]) == (302, home(relationship) + "agreement/")
    text = page(client, relationship.mentee, home(relationship) + "agreement/")
    assert "Version 1 holds until both of you have approved this one." in text
    assert "<p>On Tuesdays</p>\n<p>at the library</p>" in text


def test_a_refused_proposal_keeps_what_was_typed(client) -> None:
    relationship = active_pair()
    client.force_login(relationship.mentor)

    response = client.post(home(relationship) + "agreement/change/", {"themes": "Typed with care"})

    text = response.content.decode()
    assert "Read the agreement, and tick that you approve it with these words." in text
    assert "Typed with care" in text
    assert relationship.agreements.count() == 1


def test_own_words_cannot_carry_markup(client) -> None:
    relationship = active_pair()
    words = {"rhythm": "<script>alert(1)</script>", "themes": "", "not_discussed": ""}
    propose_agreement(relationship, **words, by=relationship.mentor)

    text = page(client, relationship.mentee, home(relationship) + "agreement/")

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


# --- meetings


def test_one_press_logs_the_meeting(client) -> None:
    load_shipped(by=SYSTEM)
    relationship = active_pair()
    client.force_login(relationship.mentee)

    response = client.post(home(relationship) + "sessions/as-agreed/", follow=True)

    session = Session.objects.get()
    assert (session.held_on, session.minutes, session.tool_key) == (timezone.localdate(), 60, "getting-to-know")
    text = response.content.decode()
    assert "Logged: you met today, as agreed." in text
    assert "Did you meet today?" not in text


def test_a_second_press_is_told_why_not(client) -> None:
    relationship = active_pair()
    met(relationship, 0)
    client.force_login(relationship.mentor)

    response = client.post(home(relationship) + "sessions/as-agreed/")

    assert response.status_code == 409
    assert f"{relationship.mentee} has logged" in response.content.decode()
    assert Session.objects.count() == 1


def test_the_page_of_meetings_has_the_agenda_and_the_log_with_its_readers(client) -> None:
    load_shipped(by=SYSTEM)
    relationship = active_pair()
    met(relationship, 3, summary="Three strengths.", tool_key="getting-to-know")

    text = page(client, relationship.mentor, home(relationship) + "sessions/")

    assert buttons(text) == ["We met as agreed"]
    assert "What I hope for" in text  # a step of the second tool of the plan
    assert "<p>Three strengths.</p>" in text
    assert f"<b>you and {relationship.mentee}</b>" in text
    assert f"<b>you and {relationship.mentee}. The programme does not see this</b>" in text
    assert "Correct or add" not in text


def test_logging_with_the_fuller_form(client) -> None:
    load_shipped(by=SYSTEM)
    relationship = active_pair()
    client.force_login(relationship.mentee)
    day = timezone.localdate() - timedelta(days=2)

    response = client.post(
        home(relationship) + "sessions/",
        {
            "how": "otherwise",
            "held_on": f"{day.day}.{day.month}.{day.year}",
            "minutes": "90",
            "tool_key": "strengths",
            "summary": "We walked.",
        },
    )

    assert (response.status_code, response["Location"]) == (302, home(relationship) + "sessions/")
    session = Session.objects.get()
    assert (session.held_on, session.minutes, session.how) == (day, 90, "otherwise")
    assert (session.tool_key, session.summary) == ("strengths", "We walked.")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"held_on": "31.12.2099"}, "A meeting is logged when it has been. Choose today or an earlier day."),
        ({"held_on": "last Tuesday"}, "Write the date in “Date” as day, month and year, for example 23.3.2026."),
        ({"held_on": "30.2.2026"}, "There is no such day. Check the day and the month in “Date”."),
        ({"minutes": "4"}, "Write a number in “Minutes” that is 5 or more."),
        ({"minutes": "481"}, "Write a number in “Minutes” that is 480 or less."),
        ({"minutes": ""}, "Say how long you met: from 5 to 480 minutes."),
        ({"minutes": "an hour"}, "Write “Minutes” as a whole number in digits, for example 12."),
        ({"tool_key": "no-such-tool"}, "Choose one of the offered in “Theme of the meeting”"),
        ({"summary": "x" * 4001}, "Shorten “What do you want to remember?” to 4000 characters at most."),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(client, changes: dict[str, str], error: str) -> None:
    relationship = active_pair()
    client.force_login(relationship.mentee)
    filled = {"how": "as_agreed", "held_on": "1.9.2026", "minutes": "60", "tool_key": "", "summary": "Typed with care."}

    response = client.post(home(relationship) + "sessions/", filled | changes)

    text = response.content.decode()
    assert response.status_code == 200
    assert error in text
    assert (changes.get("summary") or "Typed with care.") in text
    assert Session.objects.count() == 0


def test_correcting_an_own_entry(client) -> None:
    relationship = active_pair()
    [session] = met(relationship, 1, summary="Frist.")
    client.force_login(relationship.mentee)
    address = home(relationship) + f"sessions/{session.ref}/"
    held_on = f"{session.held_on.day}.{session.held_on.month}.{session.held_on.year}"
    assert f'value="{held_on}"' in client.get(address).content.decode()

    response = client.post(address, {"how": "as_agreed", "held_on": held_on, "minutes": "60", "summary": "First."})

    assert (response.status_code, response["Location"]) == (302, home(relationship) + "sessions/")
    session.refresh_from_db()
    assert session.summary == "First."


def test_the_others_entry_cannot_be_corrected(client) -> None:
    relationship = active_pair()
    [session] = met(relationship, 1, summary="As it was.")
    client.force_login(relationship.mentor)

    response = client.post(home(relationship) + f"sessions/{session.ref}/", {"how": "not_held", "held_on": "1.9.2026"})

    assert response.status_code == 404
    session.refresh_from_db()
    assert session.summary == "As it was."


def test_before_the_agreement_there_is_nothing_to_log(client) -> None:
    relationship = pair()

    text = page(client, relationship.mentee, home(relationship) + "sessions/")

    assert "First the agreement" in text
    assert buttons(text) == []


def test_the_page_of_meetings_asks_as_much_for_one_as_for_thirty(client) -> None:
    relationship = active_pair(days_ago=100)
    client.force_login(relationship.mentee)

    def queries_after(*days_ago: int) -> int:
        met(relationship, *days_ago, summary="Ours")
        with CaptureQueriesContext(connection) as asked:
            client.get(home(relationship) + "sessions/")
        return len(asked)

    after_one, after_thirty = queries_after(1), queries_after(*range(2, 31))

    assert after_one == after_thirty <= 14


# --- the end


def test_ending_together_on_the_pages(client) -> None:
    relationship = active_pair()
    client.force_login(relationship.mentee)
    client.post(home(relationship) + "closing/", {"ending": "goals_reached"})
    assert state_of(relationship) == RelationshipState.CLOSING
    text = page(client, relationship.mentor, home(relationship) + "closing/")
    assert f"{relationship.mentee} thinks so: We reached what we aimed at." in text

    response = client.post(home(relationship) + "closing/confirm/", follow=True)

    assert state_of(relationship) == RelationshipState.COMPLETED
    assert "Your mentoring is completed" in response.content.decode()


def test_going_on_after_all(client) -> None:
    relationship = active_pair()
    begin_closing(relationship, Ending.TIME_IS_UP, by=relationship.mentee)
    client.force_login(relationship.mentor)

    client.post(home(relationship) + "closing/keep-going/")

    assert state_of(relationship) == RelationshipState.ACTIVE


def test_confirming_what_one_began_oneself_is_refused_with_its_reason(client) -> None:
    relationship = active_pair()
    begin_closing(relationship, Ending.TIME_IS_UP, by=relationship.mentee)
    client.force_login(relationship.mentee)

    response = client.post(home(relationship) + "closing/confirm/")

    assert response.status_code == 409
    assert "You have said this already." in response.content.decode().replace("&#39;", "'")
    assert state_of(relationship) == RelationshipState.CLOSING


def test_ending_early_on_the_page_keeps_the_reason_from_the_other(client) -> None:
    relationship = active_pair()
    client.force_login(relationship.mentee)

    response = client.post(home(relationship) + "ending/", {"reason": "other_needs"})

    assert (response.status_code, state_of(relationship)) == (302, RelationshipState.ENDED_EARLY)
    text = page(client, relationship.mentor, home(relationship))
    assert "Your mentoring has ended" in text
    assert "Help of another kind suits better" not in text


@pytest.mark.parametrize("address", ["sessions/as-agreed/", "closing/confirm/", "closing/keep-going/"])
def test_what_changes_something_is_not_done_by_looking(client, address: str) -> None:
    relationship = active_pair()
    client.force_login(relationship.mentee)

    assert client.get(home(relationship) + address).status_code == 405


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("make", [pair, active_pair, over_pair])
def test_every_page_of_a_pair_is_drawn_in_each_language(client, make, language: str) -> None:
    load_shipped(by=SYSTEM)
    relationship = make()
    met(relationship, 1, 9)
    client.cookies["language"] = language
    addresses = ["", "agreement/", "agreement/change/", "sessions/", "closing/", "ending/"]

    pages = [page(client, relationship.mentee, home(relationship) + address) for address in addresses]

    assert [f'<html lang="{language}"' in text for text in pages] == [True] * len(pages)
