from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.queries.participations import thing_of, waiting_for
from luotsi.web.components import Waiting
from tests.factories.people import coordinator_of
from tests.factories.programmes import answers, mentee, mentor, open_round
from tests.pages import words

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    """All words of the page."""
    return words(response.content.decode())


def test_a_mentor_pauses_changes_places_comes_back_and_leaves(client) -> None:
    part = mentor(open_round(name={"en": "Spring"}), answers(places=2))
    client.force_login(part.person)
    home = f"/my/parts/{part.ref}/"
    until = timezone.localdate() + timedelta(days=20)

    assert "Spring" in text_of(client.get("/my/parts/"))
    wrong = client.post(f"{home}pause/", {"until": "some day"})
    assert b"some day" in wrong.content
    client.post(f"{home}pause/", {"until": f"{until.day}.{until.month}.{until.year}"})
    part.refresh_from_db()
    assert (part.state, part.paused_until) == ("paused", until)
    client.post(f"{home}places/", {"places": "5"})
    client.post(f"{home}come-back/")
    part.refresh_from_db()
    assert (part.state, part.places) == ("active", 5)
    client.post(f"{home}leave/", {"reason": "life"})
    part.refresh_from_db()
    assert (part.state, part.left_reason) == ("left", "life")
    assert "left" in text_of(client.get(home))


def test_who_is_counted_on_is_told_how_to_end_first(client) -> None:
    part = mentor(open_round(), places_taken=1)
    client.force_login(part.person)

    assert "Somebody counts on you now." in text_of(client.get(f"/my/parts/{part.ref}/"))
    page = client.post(f"/my/parts/{part.ref}/leave/", {"reason": "time"})

    assert "End the pair or answer the proposal first" in text_of(page)
    assert Participation.objects.get().state == "active"


def test_a_coordinator_sees_people_and_changes_a_part(client) -> None:
    round_ = open_round()
    part, other = mentor(round_), mentee(round_)
    client.force_login(coordinator_of(round_.programme.network))
    home = f"/programmes/{round_.programme.ref}/people/"

    page = text_of(client.get(home))
    assert str(part.person) in page
    assert str(other.person) in page
    assert str(part.person) not in text_of(client.get(f"{home}?role=mentee"))
    done = client.post(f"/my/parts/{part.ref}/places/", {"places": "4"})
    assert done["Location"] == f"{home}{part.ref}/"
    part.refresh_from_db()
    assert part.places == 4


def test_a_participant_ticks_that_the_data_was_given_and_is_asked_no_more(client) -> None:
    round_ = open_round(
        project_code="S30",
        project_link="https://example.org/eura",
        name={"en": "Spring"},
        starts_on=timezone.localdate(),
    )
    part = mentee(round_)
    mentee(round_)
    client.force_login(part.person)

    rows = [Waiting(*row) for row in waiting_for(part.person)[0]]
    assert [str(thing_of(row).title) for row in rows] == ["Give your data to the funder: Spring"]
    assert "https://example.org/eura" in client.get(f"/my/parts/{part.ref}/").content.decode()
    assert client.post(f"/my/parts/{part.ref}/given/", {"moment": "never"}).status_code == 409
    client.post(f"/my/parts/{part.ref}/given/", {"moment": "start"})

    part.refresh_from_db()
    assert part.start_data_given_on == timezone.localdate()
    assert list(waiting_for(part.person)[0]) == []


def test_a_coordinator_reminds_the_missing_with_one_press(client) -> None:
    round_ = open_round(project_code="S30")
    part, given = mentee(round_), mentee(round_, start_data_given_on=timezone.localdate())
    client.force_login(coordinator_of(round_.programme.network))
    home = f"/programmes/{round_.programme.ref}/funder/"

    page = text_of(client.get(home))
    assert str(part.person) in page
    assert str(given.person) not in page
    client.post(f"{home}remind/", {"moment": "start"})

    assert [message.recipient_ref for message in Message.objects.all()] == [part.person.ref]


def test_without_a_funder_nobody_is_asked(client) -> None:
    part = mentee(open_round())
    client.force_login(part.person)

    assert "funder" not in text_of(client.get(f"/my/parts/{part.ref}/"))
    assert list(waiting_for(part.person)[0]) == []
