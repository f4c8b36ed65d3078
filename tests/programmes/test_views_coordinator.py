import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from luotsi.core import jobs
from luotsi.core.models import Job
from luotsi.programmes.enums import ApplicationState, ImportState, PartRole, ProgrammeState
from luotsi.programmes.formats.answers import answers_to_json
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.programmes import Programme, Round
from luotsi.programmes.queries.next_things import next_things_for
from tests.factories.counting import queries_for
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of
from tests.factories.programmes import (
    ApplicationFactory,
    ImportRunFactory,
    ProgrammeFactory,
    RoundFactory,
    answers,
    mentee,
    mentor,
    open_round,
    skills,
)
from tests.pages import errors_of, lead_of, reasons_of, rows_of, title_of

SOON = timezone.localdate() + timedelta(weeks=3)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coordinator")]


@pytest.fixture
def network():
    return NetworkFactory.create(name="Rannikon verkosto")


@pytest.fixture
def coordinator(network, client):
    person = coordinator_of(network)
    client.force_login(person)
    return person


def buttons_of(response) -> list[str]:
    """Labels of the primary buttons and links of the head of a page."""
    [head] = re.findall(r'<div class="page-head">(.*?)</div>\s*(?:<|$)', response.content.decode(), re.DOTALL)[:1]
    return [re.sub(r"<[^>]+>", "", label).strip() for label in re.findall(r'class="btn"[^>]*>(.*?)</', head, re.DOTALL)]


# Programmes


def test_the_list_shows_programmes_of_ones_networks_only(client, network) -> None:
    late = ProgrammeFactory.create(network=network, name={"en": "Autumn"}, starts_on=date(2026, 9, 1))
    early = ProgrammeFactory.create(network=network, name={"fi": "Kevät"}, state=ProgrammeState.DRAFT)
    ProgrammeFactory.create(name={"en": "Somebody else's"})

    response = client.get("/programmes/")

    assert [row[0] for row in rows_of(response)] == ["Autumn", "Kevät in Finnish"]
    assert [row[-1] for row in rows_of(response)] == ["open", "draft Go on setting up : Kevät"]
    assert (late.network, early.network) == (network, network)


def test_the_list_is_not_there_for_who_coordinates_nothing(client) -> None:
    client.force_login(PersonFactory.create())

    assert client.get("/programmes/").status_code == client.get("/programmes/new/").status_code == 404


def test_a_programme_is_drafted_and_opened(client, network) -> None:
    form = {
        "network": str(network.ref),
        "model_key": "career-mentoring",
        "name_en": "Career mentoring",
        "starts_on": f"{SOON.day}.{SOON.month}.{SOON.year}",
    }

    drafted = client.post("/programmes/new/", form, follow=True)
    programme = Programme.objects.get()
    home = client.get(f"/programmes/{programme.ref}/")
    assert (title_of(drafted), title_of(home)) == ("Scope and partners", "Career mentoring")
    assert buttons_of(home) == ["Go on setting up"]
    opened = client.post(f"/programmes/{programme.ref}/open/", follow=True)

    programme.refresh_from_db()
    assert (programme.state, programme.starts_on, programme.name) == (
        "open",
        SOON,
        {"en": "Career mentoring"},
    )
    assert buttons_of(opened) == ["Bring in a list"]
    assert Round.objects.get().state == "recruiting"


def test_a_form_with_faults_keeps_what_was_typed(client, network) -> None:
    form = {"network": str(network.ref), "model_key": "career-mentoring", "starts_on": "31.2.2026", "name_fi": " "}

    response = client.post("/programmes/new/", form)

    assert errors_of(response) == [
        "There is no such day. Check the day and the month in “First day”.",
    ]
    assert 'value="31.2.2026"' in response.content.decode()
    assert Programme.objects.count() == 0


def test_nobody_drafts_in_a_network_of_others(client) -> None:
    other = NetworkFactory.create()

    response = client.post(
        "/programmes/new/",
        {"network": str(other.ref), "model_key": "career-mentoring", "name_en": "X", "starts_on": "2.3.2026"},
    )

    assert response.status_code == 200
    assert Programme.objects.count() == 0


@pytest.mark.parametrize("state", [ProgrammeState.DRAFT, ProgrammeState.OPEN])
def test_a_programme_without_people_is_cancelled(client, network, state: ProgrammeState) -> None:
    programme = ProgrammeFactory.create(network=network, state=state)

    client.post(f"/programmes/{programme.ref}/cancel/")

    programme.refresh_from_db()
    assert programme.state == "cancelled"


def test_a_programme_with_people_is_closed(client, network) -> None:
    round_ = open_round(network)
    mentor(round_)

    refused = client.post(f"/programmes/{round_.programme.ref}/cancel/")
    assert (refused.status_code, reasons_of(refused)) == (
        409,
        ["People take part in this programme already. Close it instead of cancelling it."],
    )
    client.post(f"/programmes/{round_.programme.ref}/close/")

    round_.programme.refresh_from_db()
    assert round_.programme.state == "closed"


# The programme's home: one thing at a time


def test_the_home_of_a_programme_asks_for_one_thing_at_a_time(client, network) -> None:
    round_ = open_round(network)
    address = f"/programmes/{round_.programme.ref}/"

    nobody = client.get(address)
    run = ImportRunFactory.create(round=round_, file_name="hakijat.xlsx")
    listed = client.get(address)
    run.amend(state=ImportState.APPLIED)
    ApplicationFactory.create(round=round_)
    waiting = client.get(address)
    Application.objects.update(state=ApplicationState.DECLINED)
    mentor(round_)
    decided = client.get(address)
    mentee(round_, places_taken=1)
    round_.amend(state="running")
    running = client.get(address)

    assert [(lead_of(page), buttons_of(page)) for page in (nobody, listed, waiting, decided)] == [
        ("Nobody has applied yet. Bring in a list of applicants, or wait for applications.", ["Bring in a list"]),
        ("The list hakijat.xlsx has been brought in. Look at it.", ["Look at the list"]),
        ("1 application waits for a decision.", ["Look at the applications"]),
        ("All applications have been decided. Now the pairs can be formed.", ["Form the pairs"]),
    ]
    assert buttons_of(running) == []


def test_the_home_counts_how_far_people_came(client, network) -> None:
    round_ = open_round(network)
    mentor(round_, answers(places=3), places_taken=1)
    mentee(round_, places_taken=1)
    mentee(round_)
    ApplicationFactory.create(round=round_)
    ApplicationFactory.create(round=round_, state=ApplicationState.DRAFT)
    ApplicationFactory.create()

    page = client.get(f"/programmes/{round_.programme.ref}/").content.decode()

    assert re.findall(r'<span class="num">(\d+)</span><span>([^<]+)</span>', page) == [
        ("4", "Applied"),
        ("3", "Take part"),
        ("2", "In a pair, or asked"),
    ]


def test_the_plan_stands_on_the_programmes_own_days(client, network) -> None:
    programme = ProgrammeFactory.create(network=network, starts_on=date(2026, 3, 2))

    first = rows_of(client.get(f"/programmes/{programme.ref}/"))[0]

    assert first[1] == "Mon 2 Mar 2026"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_speaks_the_readers_language(client, network, language: str) -> None:
    client.cookies["language"] = language
    round_ = open_round(network)
    application = ApplicationFactory.create(round=round_)
    home = f"/programmes/{round_.programme.ref}"

    for address in (
        "/programmes/",
        "/programmes/new/",
        f"{home}/",
        f"{home}/applications/",
        f"{home}/applications/accept/",
        f"{home}/applications/{application.ref}/",
        f"{home}/imports/",
        f"{home}/imports/new/",
        f"{home}/matching/",
    ):
        response = client.get(address)
        assert (address, response.status_code) == (address, 200)
        assert f'<html lang="{language}"' in response.content.decode()


# Applications


def test_applications_are_sorted_by_name_and_narrowed(client, network) -> None:
    round_ = open_round(network)
    for given, family, role, state in (
        ("Åke", "Öst", PartRole.MENTOR, ApplicationState.SUBMITTED),
        ("Aino", "Äijälä", PartRole.MENTEE, ApplicationState.SUBMITTED),
        ("Bo", "Zetterman", PartRole.MENTEE, ApplicationState.WAITLISTED),
    ):
        person = PersonFactory.create(given_name=given, family_name=family)
        ApplicationFactory.create(round=round_, person=person, role=role, state=state)
    ApplicationFactory.create(person=PersonFactory.create(given_name="Aino", family_name="Elsewhere"))
    address = f"/programmes/{round_.programme.ref}/applications/"

    def names(query: str) -> list[str]:
        return [row[0] for row in rows_of(client.get(address + query))]

    assert names("") == ["Bo Zetterman", "Aino Äijälä", "Åke Öst"]
    assert names("?state=submitted") == ["Aino Äijälä", "Åke Öst"]
    assert names("?role=mentee&state=waitlisted") == ["Bo Zetterman"]
    assert names("?name=ÄIJ") == ["Aino Äijälä"]
    assert names("?name=aij") == []
    assert names("?state=nonsense&role=x") == ["Bo Zetterman", "Aino Äijälä", "Åke Öst"]


def test_an_application_shows_what_was_told_and_is_decided(client, network) -> None:
    told = answers(needs=skills("johtaminen", grade=5), musts=frozenset({"johtaminen"}), experience=2)
    application = ApplicationFactory.create(round=open_round(network), answers=answers_to_json(told))
    address = f"/programmes/{application.round.programme.ref}/applications/{application.ref}/"

    page = client.get(address).content.decode()
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))
    decided = client.post(f"{address}decide/", {"state": "accepted"}, follow=True)

    assert facts == {
        "Applied on": "Sun 1 Feb 2026",
        "Languages": "Finnish",
        "Region": "Central Ostrobothnia",
        "Years in working life": "2",
        "Skills needed": "johtaminen (5)",
        "Must have": "johtaminen (5)",
        "Meeting remotely": "is fine",
    }
    application.refresh_from_db()
    assert application.state == "accepted"
    assert f"{application.person} gets a message." in decided.content.decode()
    assert "Put on the waiting list" not in decided.content.decode()


def test_a_decision_that_is_refused_stands_on_the_page(client, network) -> None:
    application = ApplicationFactory.create(round=open_round(network), state=ApplicationState.DECLINED)

    response = client.post(
        f"/programmes/{application.round.programme.ref}/applications/{application.ref}/decide/", {"state": "accepted"}
    )

    assert errors_of(response) == ["This application has been decided or withdrawn already."]
    assert Participation.objects.count() == 0


def test_accepting_all_asks_first_and_says_how_many(client, network) -> None:
    round_ = open_round(network)
    for _ in range(3):
        ApplicationFactory.create(round=round_)
    address = f"/programmes/{round_.programme.ref}/applications/accept/"

    question = client.get(address)
    assert title_of(question) == "Accept 3 applications?"
    assert Participation.objects.count() == 0
    client.post(address)
    Job.objects.exclude(name="programmes.accept_submitted").delete()
    jobs.run_waiting()

    assert Participation.objects.count() == 3


# Other networks


def test_what_is_another_networks_is_not_there(client, network) -> None:
    mine = open_round(network)
    other = ApplicationFactory.create(person=PersonFactory.create(family_name="Salainen"))
    run = ImportRunFactory.create(round=other.round, file_name="salainen.csv")
    theirs, ours = other.round.programme.ref, mine.programme.ref
    addresses = [
        ("get", f"/programmes/{theirs}/"),
        ("post", f"/programmes/{theirs}/open/"),
        ("post", f"/programmes/{theirs}/cancel/"),
        ("post", f"/programmes/{theirs}/close/"),
        ("get", f"/programmes/{theirs}/applications/"),
        ("post", f"/programmes/{theirs}/applications/accept/"),
        ("get", f"/programmes/{theirs}/applications/{other.ref}/"),
        ("get", f"/programmes/{ours}/applications/{other.ref}/"),
        ("post", f"/programmes/{ours}/applications/{other.ref}/decide/"),
        ("get", f"/programmes/{theirs}/imports/"),
        ("get", f"/programmes/{theirs}/imports/new/"),
        ("get", f"/programmes/{theirs}/imports/{run.ref}/"),
        ("get", f"/programmes/{ours}/imports/{run.ref}/"),
        ("get", f"/programmes/{ours}/imports/{run.ref}/progress/"),
        ("post", f"/programmes/{ours}/imports/{run.ref}/apply/"),
        ("get", f"/programmes/{ours}/imports/{run.ref}/refused.csv"),
        ("get", f"/programmes/{ours}/imports/{run.ref}/refused.xlsx"),
    ]

    for method, address in addresses:
        response = getattr(client, method)(address, {"state": "accepted"} if method == "post" else {})
        page = response.content.decode()
        assert (address, response.status_code, "alainen" in page) == (address, 404, False)

    other.refresh_from_db()
    assert (other.state, other.round.programme.state) == ("submitted", "open")


# How many questions to the database


def test_lists_ask_the_database_as_often_for_one_as_for_thirty(client, coordinator, network) -> None:
    round_ = open_round(network)
    home = f"/programmes/{round_.programme.ref}"
    addresses = ["/programmes/", f"{home}/", f"{home}/applications/", f"{home}/imports/", "/calls/"]

    def add_rows(count: int) -> None:
        for _ in range(count):
            RoundFactory.create(programme=ProgrammeFactory.create(network=network))
            ApplicationFactory.create(round=round_)
            ImportRunFactory.create(round=round_, started_by=coordinator)

    add_rows(1)
    one = [queries_for(client, address) for address in addresses]
    add_rows(29)
    thirty = [queries_for(client, address) for address in addresses]

    assert one == thirty
    assert max(one) <= 12


def test_what_is_next_asks_the_database_twice(coordinator, network, django_assert_num_queries) -> None:
    for _ in range(3):
        run = ImportRunFactory.create(round=open_round(network))
        run.rows.create(number=2, outcome="new")
        ApplicationFactory.create(round=open_round(network))

    with django_assert_num_queries(2):
        things = next_things_for(coordinator)

    assert len(things) == 6


def test_what_is_next_for_a_coordinator(coordinator, network) -> None:
    draft = ProgrammeFactory.create(network=network, name={"en": "Draft"}, state=ProgrammeState.DRAFT)
    round_ = open_round(network, name={"en": "Spring"})
    ApplicationFactory.create(round=round_)
    ready = ImportRunFactory.create(round=round_, file_name="hakijat.csv")
    ready.rows.create(number=2, outcome="new")
    ready.rows.create(number=3, outcome="refused")
    ImportRunFactory.create(round=round_).rows.create(number=2, outcome="refused")
    ApplicationFactory.create()
    ProgrammeFactory.create(state=ProgrammeState.DRAFT)

    things = sorted(next_things_for(coordinator), key=lambda thing: thing.weight)

    assert [(str(thing.title), str(thing.text), thing.address) for thing in things] == [
        (
            "Take the list hakijat.csv",
            "1 row is ready to come into Spring.",
            f"/programmes/{round_.programme.ref}/imports/{ready.ref}/",
        ),
        (
            "Decide on 1 application",
            "They wait in Spring.",
            f"/programmes/{round_.programme.ref}/applications/?state=submitted",
        ),
        ("Open Draft", "The programme is a draft. Nobody else sees it yet.", f"/programmes/{draft.ref}/set-up/"),
    ]
