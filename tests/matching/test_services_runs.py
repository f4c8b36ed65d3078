from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core import jobs
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry, Job
from luotsi.matching.enums import ProposalState, RunState
from luotsi.matching.models import MatchRun, Proposal
from luotsi.matching.queries import problem_of, result_of
from luotsi.matching.services import runs
from luotsi.matching.solver.json_form import input_hash, problem_from_json
from luotsi.matching.solver.solve import solve
from luotsi.matching.solver.values import Rule
from luotsi.programmes.enums import ParticipationState, ProgrammeState, RoundState
from luotsi.programmes.models.participations import Participation
from tests.factories.matching import asked, done_run, pair, run_of
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of
from tests.factories.programmes import answers, mentee, mentor, open_round, skills

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return open_round()


@pytest.fixture
def coordinator(round_):
    return coordinator_of(round_.programme.network)


def work() -> None:
    """What the worker does, without the mail."""
    Job.objects.filter(name="comms.deliver").delete()
    jobs.run_waiting()
    assert list(Job.objects.filter(state="failed")) == []


def pairs_of(run: MatchRun) -> set[tuple[Participation, Participation]]:
    return {(proposal.mentor, proposal.mentee) for proposal in run.proposals.all()}


# The problem


def test_the_problem_is_who_has_a_free_place_now(round_) -> None:
    free, full = mentor(round_, answers(places=3), places_taken=1), mentor(round_, places_taken=1)
    waiting = mentee(round_, answers(needs=skills("kielet", grade=5), musts=frozenset({"kielet"}), experience=2))
    mentee(round_, places_taken=1)
    mentee(round_, state=ParticipationState.PAUSED)
    mentee(open_round(round_.programme.network))

    problem = problem_of(round_.programme)

    assert [(each.key, each.capacity) for each in problem.mentors] == [(str(free.person.ref), 2)]
    [only] = problem.mentees
    assert (only.key, only.needs, only.mandatory, only.experience) == (
        str(waiting.person.ref),
        {"kielet": 5},
        frozenset({"kielet"}),
        2,
    )
    assert only.waiting_days == (timezone.localdate() - waiting.application.submitted_on).days
    assert full.places_free == 0


def test_the_problem_has_the_models_weights_rules_and_floor(round_) -> None:
    problem = problem_of(round_.programme)

    assert (problem.weights.skills, problem.weights.region, problem.weights.waiting_full) == (5, 2, 90)
    assert problem.rules.floor == 3000
    assert problem.rules.names == {
        Rule.CAPACITY,
        Rule.MINOR_NEEDS_VETTED,
        Rule.COMMON_LANGUAGE,
        Rule.NOT_SAME_UNIT,
        Rule.NOT_SAME_LINE_MANAGER,
        Rule.REGION_OR_REMOTE,
        Rule.MANDATORY_SKILLS,
    }


def test_a_unit_stands_under_its_organisation_and_an_unknown_one_under_its_name(round_) -> None:
    hotel = OrganisationFactory.create()
    kitchen = OrganisationFactory.create(parent=hotel)
    mentee(round_, organisation=kitchen)
    mentee(round_, organisation=hotel)
    mentee(round_, answers(organisation="Muu  Paikka"))

    people = problem_of(round_.programme).mentees

    assert [(each.organisation, each.unit) for each in people] == [
        (str(hotel.ref), str(kitchen.ref)),
        (str(hotel.ref), ""),
        ("muu paikka", ""),
    ]


def test_a_minor_is_one_by_the_account_or_by_the_application(round_) -> None:
    mentee(round_, person=PersonFactory.create(is_minor=True))
    mentee(round_, answers(is_minor=True))
    mentee(round_)

    assert [each.is_minor for each in problem_of(round_.programme).mentees] == [True, True, False]


def test_a_pair_that_was_declined_is_forbidden(round_) -> None:
    proposal = asked(round_, state=ProposalState.DECLINED)
    Participation.objects.update(places_taken=0)

    assert problem_of(round_.programme).forbidden == {
        (str(proposal.mentee.person.ref), str(proposal.mentor.person.ref))
    }


def test_a_forgotten_person_is_not_in_the_problem(round_) -> None:
    mentee(round_, person=PersonFactory.create(erased_at=timezone.now()))

    assert problem_of(round_.programme).mentees == ()


# Working it out


def test_a_run_is_frozen_worked_out_and_proven(round_, coordinator) -> None:
    first, second = pair(round_, 1), pair(round_, 2)
    lonely = mentee(round_, answers(needs=skills("violin"), musts=frozenset({"violin"})))

    run = runs.start_run(round_, by=coordinator)
    assert (run.state, run.proposals.count()) == (RunState.WAITING, 0)
    work()

    run.refresh_from_db()
    round_.refresh_from_db()
    assert (run.state, run.number, run.matched, run.mentees, run.mentors, run.places) == (RunState.DONE, 1, 2, 3, 2, 2)
    assert round_.state == RoundState.MATCHING
    assert run.input_hash == input_hash(problem_from_json(bytes(run.problem)))
    assert pairs_of(run) == {first, second}
    assert run.total == sum(proposal.score for proposal in run.proposals.all())
    result = result_of(run)
    assert result is not None
    assert [left.key for left in result.mentees_left_out] == [str(lonely.person.ref)]
    assert [(message.recipient_ref, message.subject) for message in Message.objects.all()] == [
        (coordinator.ref, "2 pairs are ready")
    ]


def test_reasons_add_up_to_the_score(round_) -> None:
    pair(round_)

    proposal = done_run(round_).proposals.get()

    assert [reason["code"] for reason in proposal.reasons] == ["skills", "region", "language", "experience", "waiting"]
    assert sum(reason["points"] for reason in proposal.reasons) == proposal.score
    assert sum(reason["of"] for reason in proposal.reasons) == 10_000


def test_the_same_problem_has_the_same_result(round_) -> None:
    for count in range(3):
        pair(round_, count % 2)

    first, second = done_run(round_), done_run(round_)

    assert (bytes(first.problem), bytes(first.result)) == (bytes(second.problem), bytes(second.result))
    assert (first.number, second.number) == (1, 2)
    assert pairs_of(first) == pairs_of(second)


def test_a_run_is_worked_out_once(round_) -> None:
    pair(round_)
    run = done_run(round_)
    before = list(Proposal.objects.values())

    runs.carry_out_run(run)

    assert list(Proposal.objects.values()) == before


def test_a_result_whose_proof_does_not_hold_is_not_kept(round_) -> None:
    pair(round_, 1)
    pair(round_, 2)
    run = run_of(round_)
    problem = problem_from_json(bytes(run.problem))
    result = solve(problem)

    runs.store_result(run, problem, replace(result, pairs=result.pairs[:1]))

    run.refresh_from_db()
    assert (run.state, run.trouble["code"], bytes(run.result)) == (RunState.REFUSED, "not_proven", b"")
    assert Proposal.objects.count() == 0
    assert [message.subject for message in Message.objects.all()] == ["The pairs could not be formed"]


def test_a_problem_that_is_none_names_the_person_and_the_field(round_, coordinator) -> None:
    pair(round_)
    wrong = mentee(round_, answers(experience=200))

    run = runs.start_run(round_, by=coordinator)
    work()

    run.refresh_from_db()
    assert run.state == RunState.REFUSED
    assert run.trouble == {"code": "bad_value", "keys": [str(wrong.person.ref)], "about": "experience"}
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("missing", ["mentees", "mentors", "both"])
def test_without_both_sides_no_run_starts(round_, coordinator, missing: str) -> None:
    if missing == "mentees":
        mentor(round_)
    elif missing == "mentors":
        mentee(round_)

    with pytest.raises(RefusedError):
        runs.start_run(round_, by=coordinator)

    round_.refresh_from_db()
    assert MatchRun.objects.count() == Job.objects.count() == AuditEntry.objects.count() == 0
    assert round_.state == RoundState.RECRUITING


def test_a_stranger_starts_no_run(round_) -> None:
    pair(round_)

    with pytest.raises(RefusedError):
        runs.start_run(round_, by=coordinator_of(NetworkFactory.create()))

    assert MatchRun.objects.count() == Job.objects.count() == 0


def test_no_run_starts_in_a_closed_programme() -> None:
    round_ = open_round(state=ProgrammeState.CLOSED)
    pair(round_)

    with pytest.raises(RefusedError):
        runs.start_run(round_, by=coordinator_of(round_.programme.network))

    assert MatchRun.objects.count() == 0


# Publishing


def test_publishing_books_places_asks_and_tells_both(round_, coordinator) -> None:
    mentor_part, mentee_part = pair(round_)
    run = done_run(round_, made_by=coordinator)
    round_.amend(state=RoundState.MATCHING)
    Message.objects.all().delete()

    runs.publish_run(run, by=coordinator)
    work()

    proposal = run.proposals.get()
    assert (proposal.state, proposal.answer_by) == (ProposalState.ASKED, timezone.localdate() + timedelta(days=3))
    mentor_part.refresh_from_db()
    mentee_part.refresh_from_db()
    round_.refresh_from_db()
    assert (mentor_part.places_taken, mentee_part.places_taken) == (1, 1)
    assert (run.state, round_.state) == (RunState.PUBLISHED, RoundState.RUNNING)
    assert [
        (message.recipient_ref, message.subject, message.action_path) for message in Message.objects.order_by("pk")
    ] == [
        (
            mentor_part.person.ref,
            f"We have found a mentee for you: {mentee_part.person.given_name}",
            f"/my/proposals/{proposal.ref}/",
        ),
        (
            mentee_part.person.ref,
            f"We have found a mentor for you: {mentor_part.person.given_name}",
            f"/my/proposals/{proposal.ref}/",
        ),
    ]


def test_everybody_is_told_once(round_, coordinator) -> None:
    for count in range(3):
        pair(round_, count)
    run = done_run(round_, made_by=coordinator)
    round_.amend(state=RoundState.MATCHING)
    Message.objects.all().delete()
    runs.publish_run(run, by=coordinator)

    runs.tell_of_proposals(run, by=coordinator)
    runs.tell_of_proposals(run, by=coordinator)

    assert Message.objects.count() == 6


def test_all_or_nothing_is_published(round_, coordinator) -> None:
    pair(round_, 1)
    mentor_part, _mentee_part = pair(round_, 2)
    run = done_run(round_, made_by=coordinator)
    round_.amend(state=RoundState.MATCHING)
    mentor_part.places_taken = 1
    mentor_part.save()

    with pytest.raises(RefusedError) as refused:
        runs.publish_run(run, by=coordinator)

    assert str(refused.value.text) == f"{mentor_part.person} has no free place any more."
    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert set(run.proposals.values_list("state", flat=True)) == {ProposalState.PLANNED}
    assert Participation.objects.filter(places_taken__gt=0).count() == 1


def test_only_the_newest_run_is_published(round_, coordinator) -> None:
    pair(round_)
    old, new = done_run(round_), done_run(round_)
    round_.amend(state=RoundState.MATCHING)

    with pytest.raises(RefusedError):
        runs.publish_run(old, by=coordinator)
    runs.publish_run(new, by=coordinator)

    old.refresh_from_db()
    assert (old.state, new.state) == (RunState.DONE, RunState.PUBLISHED)


def test_a_run_is_published_once(round_, coordinator) -> None:
    pair(round_)
    run = done_run(round_)
    round_.amend(state=RoundState.MATCHING)
    runs.publish_run(run, by=coordinator)

    with pytest.raises(RefusedError):
        runs.publish_run(run, by=coordinator)

    assert sorted(Participation.objects.values_list("places_taken", flat=True)) == [1, 1]


def test_a_stranger_publishes_nothing(round_) -> None:
    pair(round_)
    run = done_run(round_)
    round_.amend(state=RoundState.MATCHING)

    with pytest.raises(RefusedError):
        runs.publish_run(run, by=coordinator_of(NetworkFactory.create()))

    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert Participation.objects.filter(places_taken__gt=0).count() == 0
