import re
from datetime import date

import pytest

from luotsi.core import jobs
from luotsi.core.models import Job
from luotsi.matching.enums import ProposalState, RunState
from luotsi.matching.models import MatchRun, Proposal
from luotsi.matching.queries import next_things_for
from tests.factories.counting import queries_for
from tests.factories.matching import asked, done_run, pair, run_of
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of
from tests.factories.programmes import answers, mentee, mentor, open_round, skills
from tests.pages import reasons_of, rows_of, title_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coordinator")]


@pytest.fixture
def round_():
    round_ = open_round(NetworkFactory.create())
    round_.amend(state="matching")
    return round_


@pytest.fixture
def coordinator(round_, client):
    person = coordinator_of(round_.programme.network)
    client.force_login(person)
    return person


def desk(run: MatchRun) -> str:
    return f"/programmes/{run.round.programme.ref}/matching/{run.ref}/"


def work() -> None:
    Job.objects.filter(name="comms.deliver").delete()
    jobs.run_waiting()


def test_pairs_are_formed_looked_at_and_published(client, round_) -> None:
    pair(round_, 1)
    pair(round_, 2)
    address = f"/programmes/{round_.programme.ref}/matching/"

    before = client.get(address)
    started = client.post(f"{address}start/")
    waiting = client.get(started["Location"])
    work()
    ready = client.get(started["Location"])
    published = client.post(f"{started['Location']}publish/", follow=True)

    assert "Who could be paired now: mentees 2, mentors 2, their free places 2." in before.content.decode()
    assert "The pairs are being worked out …" in waiting.content.decode()
    assert title_of(ready) == "2 pairs are ready"
    assert "Publish 2 pairs" in ready.content.decode()
    assert title_of(published) == "2 pairs have been published"
    assert set(Proposal.objects.values_list("state", flat=True)) == {ProposalState.ASKED}
    assert [row[-1] for row in rows_of(client.get(address))] == ["published"]


def test_the_desk_draws_a_line_for_each_pair_and_says_it_in_a_table(client, round_) -> None:
    shared = skills("johtaminen")
    giver = mentor(
        round_, answers(offers=shared, places=2), person=PersonFactory.create(given_name="Kaisa", family_name="Vuori")
    )
    for given, family in (("Iman", "Yusuf"), ("Eero", "Puro")):
        mentee(round_, answers(needs=shared), person=PersonFactory.create(given_name=given, family_name=family))

    response = client.get(desk(done_run(round_)))

    page = response.content.decode()
    lines = re.findall(r'<path class="k[12]" stroke-width="[24]" d="(M0 [^"]*)"/>', page)
    assert sorted(lines) == ["M0 25.00C50 25.00 50 25.00 100 25.00", "M0 75.00C50 75.00 50 75.00 100 75.00"]
    assert [row[:2] for row in rows_of(response)] == [["Eero Puro", "Kaisa Vuori"], ["Iman Yusuf", "Kaisa Vuori"]]
    assert page.count(f">{giver.person}</a>") == 1


def test_the_chosen_pairs_reasons_add_up_to_its_points(client, round_) -> None:
    for count in range(2):
        pair(round_, count)
    run = done_run(round_)
    chosen = run.proposals.latest("pk")

    page = client.get(f"{desk(run)}?pair={chosen.ref}").content.decode()

    card = page[page.index('id="chosen"') :]
    parts = re.findall(r'class="pts">([\d.]+) / ([\d.]+)</dd>', card)
    [total] = re.findall(r'<span class="num">([\d.]+)</span>', card)
    assert re.findall(r"<h2 id=\"chosen-pair\">(.*?)</h2>", card) == [
        f"{chosen.mentee.person} and {chosen.mentor.person}"
    ]
    assert round(sum(float(points) for points, _of in parts), 2) == float(total) == chosen.score / 100
    assert sum(float(of) for _points, of in parts) == 100
    [skill] = chosen.reasons[0]["facts"]["shared"]
    assert f"Offered: {skill}." in card


def test_the_weakest_pair_is_shown_first(client, round_) -> None:
    pair(round_, 1)
    weak = mentee(round_, answers(needs=(*skills("skill 2", "violin"),), musts=frozenset({"skill 2"})))
    mentor(round_, answers(offers=skills("skill 2", grade=1)))

    page = client.get(desk(done_run(round_))).content.decode()

    assert f'<h2 id="chosen-pair">{weak.person} and' in page
    assert "Offered: skill 2. Not offered: violin." in page


def test_who_is_left_out_is_told_by_which_rule_and_how_many(client, round_) -> None:
    pair(round_, 1)
    pair(round_, 2)
    lonely = mentee(round_, answers(languages=("so",), needs=skills("violin"), musts=frozenset({"violin"})))

    page = client.get(desk(done_run(round_))).content.decode()

    block = page[page.index(f"<summary>{lonely.person}, mentee: No mentor suits by the rules.</summary>") :]
    assert re.findall(r"<li>(.*?)</li>", block[: block.index("</ul>")]) == [
        "No common language: 2.",
        "A skill that is a must is missing: 2.",
    ]
    assert "1 mentee has nobody. 0 mentors have nobody." in page


def test_one_more_place_is_asked_for_where_it_helps(client, round_) -> None:
    giver = mentor(round_, answers(offers=skills("kielet")))
    for _ in range(2):
        mentee(round_, answers(needs=skills("kielet")))

    page = client.get(desk(done_run(round_))).content.decode()

    assert f"{giver.person}: 1 more pair with one more place." in page
    assert "1 mentor would suit, and all places there are taken by others." in page


def test_the_page_says_why_nothing_is_better(client, round_) -> None:
    pair(round_)
    run = done_run(round_)

    page = client.get(desk(run)).content.decode()

    assert "Mentees: 1, mentors: 1, their places: 1. More pairs cannot be formed without breaking a rule." in page
    assert run.input_hash in page


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Väinö Öst: arvo ei voi olla oikein (vuosia työelämässä). Korjaa hakemus."),
        ("sv", "Väinö Öst: ett värde kan inte stämma (år i arbetslivet). Rätta ansökan."),
        ("en", "Väinö Öst: a value cannot be right (years in working life). Correct the application."),
    ],
)
def test_a_run_that_could_not_be_made_names_person_and_field(client, round_, language: str, sentence: str) -> None:
    pair(round_)
    mentee(round_, answers(experience=200), person=PersonFactory.create(given_name="Väinö", family_name="Öst"))
    client.post(f"/programmes/{round_.programme.ref}/matching/start/")
    work()
    client.cookies["language"] = language

    run = MatchRun.objects.get()
    page = client.get(desk(run)).content.decode()
    progress = client.get(f"{desk(run)}progress/")

    assert f"<p>{sentence}</p>" in page
    assert progress["HX-Refresh"] == "true"


def test_starting_without_mentors_says_why(client, round_) -> None:
    mentee(round_)

    response = client.post(f"/programmes/{round_.programme.ref}/matching/start/")

    assert (response.status_code, reasons_of(response)) == (
        409,
        ["There is no mentor with a free place. Decide on the applications first."],
    )
    assert MatchRun.objects.count() == 0


def test_an_older_run_is_kept_but_not_published(client, round_) -> None:
    pair(round_)
    old = done_run(round_)
    done_run(round_)

    page = client.get(desk(old)).content.decode()
    response = client.post(f"{desk(old)}publish/")

    assert "Publish 1 pair" not in page
    assert response.status_code == 409
    assert set(Proposal.objects.values_list("state", flat=True)) == {ProposalState.PLANNED}


def test_what_is_another_networks_is_not_there(client, round_) -> None:
    other = open_round(name={"en": "Salainen"})
    pair(other)
    run = done_run(other)
    theirs, ours = other.programme.ref, round_.programme.ref
    addresses = [
        ("get", f"/programmes/{theirs}/matching/"),
        ("post", f"/programmes/{theirs}/matching/start/"),
        ("get", f"/programmes/{theirs}/matching/{run.ref}/"),
        ("get", f"/programmes/{ours}/matching/{run.ref}/"),
        ("get", f"/programmes/{ours}/matching/{run.ref}/progress/"),
        ("post", f"/programmes/{ours}/matching/{run.ref}/publish/"),
        ("post", f"/programmes/{theirs}/matching/{run.ref}/publish/"),
    ]
    name = run.proposals.get().mentor.person.family_name

    for method, address in addresses:
        response = getattr(client, method)(address)
        page = response.content.decode()
        assert (address, response.status_code, name in page, "Salainen" in page) == (address, 404, False, False)

    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert MatchRun.objects.count() == 1


def test_a_pair_of_another_run_is_not_there(client, round_) -> None:
    pair(round_)
    mine, other = done_run(round_), asked(open_round())

    assert client.get(f"{desk(mine)}?pair={other.ref}").status_code == 404
    assert client.get(f"{desk(mine)}?pair=nonsense").status_code == 200


def test_a_desk_of_many_has_pages_and_is_searched(client, round_) -> None:
    for count in range(35):
        pair(round_, count)
    last = mentee(
        round_, answers(needs=skills("z"), musts=frozenset({"z"})), person=PersonFactory.create(family_name="Äijälä")
    )
    mentor(round_, answers(offers=skills("z")))
    run = done_run(round_)

    first = client.get(desk(run))
    [query] = re.findall(r'href="(\?after=[^"]*)" rel="next"', first.content.decode())
    second = client.get(desk(run) + query)
    found = client.get(f"{desk(run)}?name=äij")

    assert [len(rows_of(page)) for page in (first, second, found)] == [30, 6, 1]
    assert rows_of(found)[0][0] == rows_of(second)[-1][0] == str(last.person)
    assert first.content.decode().count("C50 ") == 31  # each pair once, and the chosen one's outline


def test_the_desk_asks_the_database_as_often_for_one_pair_as_for_thirty(client, round_) -> None:
    def counted(numbers: range) -> list[int]:
        for number in numbers:
            pair(round_, number)
            mentee(round_, answers(needs=skills("violin"), musts=frozenset({"violin"})))
            run_of(round_)
        run = done_run(round_)
        assert run.matched == max(numbers) + 1
        return [queries_for(client, address) for address in (desk(run), desk(run).rsplit("/", 2)[0] + "/")]

    one, thirty = counted(range(1)), counted(range(1, 30))

    assert one == thirty
    assert max(one) < 10


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_desk_speaks_the_readers_language(client, round_, language: str) -> None:
    pair(round_)
    client.cookies["language"] = language

    page = client.get(desk(done_run(round_)))

    assert title_of(page) == {"fi": "1 pari on valmiina", "sv": "1 par är klart", "en": "1 pair is ready"}[language]


def test_what_is_next_for_a_coordinator(coordinator, round_, django_assert_num_queries) -> None:
    pair(round_)
    done_run(round_)
    run = done_run(round_)
    other = open_round()
    pair(other)
    done_run(other)

    with django_assert_num_queries(2):
        [thing] = next_things_for(coordinator)

    assert (str(thing.title), thing.address) == ("Publish 1 pair", desk(run))


def test_what_is_next_for_somebody_who_was_asked(round_, django_assert_num_queries) -> None:
    proposal = asked(round_, mentor_said="yes")
    asked(round_, 2, state=ProposalState.PLANNED)
    mentee_person, mentor_person = proposal.mentee.person, proposal.mentor.person

    with django_assert_num_queries(2):
        [thing] = next_things_for(mentee_person)

    assert (str(thing.title), str(thing.text), thing.by_when, thing.address) == (
        "Answer a proposal",
        f"{mentor_person.given_name} could be your mentor.",
        date(2099, 3, 31),
        f"/my/proposals/{proposal.ref}/",
    )
    assert next_things_for(mentor_person) == []
