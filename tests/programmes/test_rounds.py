import pytest

from luotsi.core.errors import RefusedError
from luotsi.programmes.enums import ProgrammeState, RoundState
from luotsi.programmes.models.programmes import Round
from luotsi.programmes.services.programmes import publish_programme
from luotsi.programmes.services.rounds import Limits, limit_round, move_round, open_round
from tests.factories.people import NetworkFactory, coordinator_of
from tests.factories.programmes import ProgrammeFactory
from tests.factories.programmes import open_round as round_in_place
from tests.pages import errors_of, said_on
from tests.programmes.test_checks import SOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return NetworkFactory.create()


@pytest.fixture
def coordinator(network, client):
    person = coordinator_of(network)
    client.force_login(person)
    return person


def states() -> list[tuple[int, str]]:
    return list(Round.objects.order_by("number").values_list("number", "state"))


def test_the_first_round_has_the_limits_of_the_draft(network, coordinator) -> None:
    programme = ProgrammeFactory.create(
        network=network, state=ProgrammeState.DRAFT, starts_on=SOON, mentors_most=5, mentees_most=None
    )

    publish_programme(programme, by=coordinator)

    assert list(Round.objects.values_list("number", "mentors_most", "mentees_most")) == [(1, 5, None)]


def test_a_programme_recruits_again_while_it_runs(network, coordinator) -> None:
    first = round_in_place(network)
    for to in (RoundState.MATCHING, RoundState.RUNNING):
        with pytest.raises(RefusedError):
            open_round(first.programme, Limits(), by=coordinator)
        move_round(first, to, by=coordinator)

    second = open_round(first.programme, Limits(mentees_most=8), by=coordinator)

    assert (second.number, second.mentees_most, second.mentors_most) == (2, 8, None)
    assert states() == [(1, "running"), (2, "recruiting")]


def test_only_coordinators_open_rounds_and_only_of_open_programmes(network, coordinator) -> None:
    first = round_in_place(network)
    Round.objects.update(state=RoundState.EVALUATING)

    with pytest.raises(RefusedError):
        open_round(first.programme, Limits(), by=coordinator_of(NetworkFactory.create()))
    first.programme.amend(state=ProgrammeState.CLOSED)
    with pytest.raises(RefusedError):
        open_round(first.programme, Limits(), by=coordinator)

    assert states() == [(1, "evaluating")]


def test_no_limit_goes_below_those_who_take_part(network, coordinator) -> None:
    round_ = round_in_place(network)
    round_.amend(mentees_most=9, mentees_taken=4)

    with pytest.raises(RefusedError):
        limit_round(round_, Limits(mentees_most=3), by=coordinator)
    round_.refresh_from_db()
    assert round_.mentees_most == 9
    limit_round(round_, Limits(mentees_most=4), by=coordinator)

    round_.refresh_from_db()
    assert (round_.mentors_most, round_.mentees_most) == (None, 4)


# Pages


def test_a_round_goes_on_by_its_buttons(client, network, coordinator) -> None:
    round_ = round_in_place(network)
    page = f"/programmes/{round_.programme.ref}/rounds/{round_.ref}/"

    moved = client.post(f"{page}move/", {"to": "matching"}, follow=True)
    again = client.post(f"{page}move/", {"to": "matching"}, follow=True)

    assert said_on(moved) == ["The round has gone on: forming pairs."]
    assert "Look at where it is." in again.content.decode()
    assert states() == [(1, "matching")]


def test_another_round_is_opened_from_the_home(client, network, coordinator) -> None:
    round_ = round_in_place(network)
    home = f"/programmes/{round_.programme.ref}/"
    assert "Recruit again" not in client.get(home).content.decode()
    refused = client.post(f"{home}rounds/new/", {"mentors_most": "3", "mentees_most": ""})
    assert errors_of(refused) == ["The round before it still recruits or forms pairs. Let it begin first."]
    assert 'value="3"' in refused.content.decode()

    Round.objects.update(state=RoundState.RUNNING)
    assert "Recruit again" in client.get(home).content.decode()
    opened = client.post(f"{home}rounds/new/", {"mentors_most": "3", "mentees_most": ""}, follow=True)

    assert said_on(opened) == ["The new round recruits."]
    assert states() == [(1, "running"), (2, "recruiting")]
    assert Round.objects.get(number=2).mentors_most == 3


def test_limits_change_on_the_page_of_the_round(client, network, coordinator) -> None:
    round_ = round_in_place(network)

    client.post(f"/programmes/{round_.programme.ref}/rounds/{round_.ref}/", {"mentors_most": "", "mentees_most": "12"})

    round_.refresh_from_db()
    assert (round_.mentors_most, round_.mentees_most) == (None, 12)


def test_rounds_of_others_are_not_there(client, network, coordinator) -> None:
    theirs, mine = round_in_place(), round_in_place(network)

    for programme in (theirs.programme, mine.programme):
        address = f"/programmes/{programme.ref}/rounds/{theirs.ref}/"
        assert client.get(address).status_code == 404
        assert client.post(f"{address}move/", {"to": "matching"}).status_code == 404

    assert set(Round.objects.values_list("state", flat=True)) == {"recruiting"}
