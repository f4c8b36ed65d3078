"""The one query of results: who gets it, and what comes with it."""

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luotsi.core.errors import NotThereError
from luotsi.people.enums import Role
from luotsi.people.models import Network, Organisation, Person
from luotsi.surveys.enums import Moment
from luotsi.surveys.models import Wave
from luotsi.surveys.queries.results import Taking, results_for, units_of, whole_of
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of, grant, part_of
from tests.surveys import asked
from tests.surveys.culture import trusting

pytestmark = pytest.mark.django_db

SURVEYS = Path("src/luotsi/surveys")


def reader_of(organisation: Organisation, role: Role = Role.HR) -> Person:
    person = PersonFactory.create()
    grant(person, role, organisation=organisation)
    return person


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory.create()


@pytest.fixture
def wave(organisation: Organisation) -> Wave:
    """Two units that are shown, one that is not, and a unit that is hidden with it."""
    made = asked.closed_wave(organisation, asked.instrument())
    for name, size, score in [("Beta", 8, 5), ("Alpha", 7, 3), ("Gamma", 2, 1), ("Delta", 6, 1)]:
        unit = asked.unit_of(organisation, name)
        asked.answer(made, [trusting(score, 6 - score, score)] * size, unit)
        asked.invite(made, size + 2, size, unit)
    asked.write(made, "words", "One", "Two", "Three", "Four", "Five")
    return made


@pytest.mark.parametrize("role", [Role.HR, Role.MANAGEMENT, Role.ADMIN])
def test_those_who_steer_the_organisation_read_its_results(organisation: Organisation, wave: Wave, role: Role) -> None:
    results = results_for(reader_of(organisation, role), wave.ref)

    trust = results.figures.dimensions["trust"]
    assert list(results.units.values()) == ["Alpha", "Beta"]
    assert [trust.units[key].n for key in results.units] == [7, 8]
    assert trust.whole is not None
    assert (trust.whole.n, trust.hidden_units) == (23, 2)
    assert results.taking == Taking(asked=31, answered=23)
    assert list(results.taking_by_unit.values()) == [Taking(asked=9, answered=7), Taking(asked=10, answered=8)]
    assert sorted(results.words[0].texts) == ["Five", "Four", "One", "Three", "Two"]


def test_those_who_steer_the_organisation_above_read_a_units_results(organisation: Organisation) -> None:
    unit = asked.unit_of(organisation, "Unit")
    wave = asked.closed_wave(unit, asked.instrument())

    assert results_for(reader_of(organisation), wave.ref).wave == wave
    with pytest.raises(NotThereError):
        results_for(reader_of(OrganisationFactory.create(parent=organisation, name="Next door")), wave.ref)


def test_nobody_else_reads_them_not_even_the_coordinators_who_run_the_wave(organisation: Organisation) -> None:
    network: Network = NetworkFactory.create()
    part_of(network, organisation)
    wave = asked.closed_wave(organisation, asked.instrument(), network=network)
    others = [
        coordinator_of(network),
        reader_of(organisation, Role.MEMBER),
        reader_of(organisation, Role.TRAINER),
        reader_of(OrganisationFactory.create()),
        PersonFactory.create(),
    ]

    for person in others:
        with pytest.raises(NotThereError):
            results_for(person, wave.ref)


def test_before_the_closing_there_is_only_how_many_have_answered(organisation: Organisation) -> None:
    wave = asked.closed_wave(organisation, asked.instrument(), closed_at=None)
    asked.answer(wave, [trusting(5, 1, 5)] * 9)
    asked.invite(wave, 12, 9)

    results = results_for(reader_of(organisation), wave.ref)

    assert (results.taking, results.told, results.words) == (Taking(asked=12, answered=9), (), ())
    assert not results.is_shown


def test_four_answers_are_not_shown(organisation: Organisation) -> None:
    wave = asked.closed_wave(organisation, asked.instrument())
    asked.answer(wave, [trusting(5, 1, 5)] * 4)
    asked.write(wave, "words", "One", "Two", "Three", "Four", "Five")

    results = results_for(reader_of(organisation), wave.ref)

    assert not results.is_shown
    assert results.figures.dimensions["trust"].whole is None
    assert results.words == ()


def test_waves_that_follow_each_other_stand_side_by_side_and_others_do_not(organisation: Organisation) -> None:
    questions = asked.instrument()
    waves: list[Wave] = []
    for place in range(4):
        follows = waves[-1] if waves else None
        waves.append(asked.closed_wave(organisation, questions, days_ago=100 - place, follows=follows))
        asked.answer(waves[-1], [trusting(place + 1, 5 - place, place + 1)] * 6, codes="x")
    beside = asked.closed_wave(organisation, questions, days_ago=50)
    asked.answer(beside, [trusting(1, 5, 1)] * 6, codes="x")

    results = results_for(reader_of(organisation), waves[3].ref)

    assert [told.wave for told in results.told] == [waves[3], waves[2], waves[1]]
    assert results.earlier == results.told[1]
    change = results.figures.changes.by_dimension["trust"]
    assert change.of_same_people is not None
    assert (change.of_same_people.n_first, change.of_same_people.difference) == (6, 1.0)


def test_three_named_waves_of_a_circle_are_a_then_test(organisation: Organisation) -> None:
    network: Network = NetworkFactory.create()
    circle, questions = asked.group_in(network), asked.instrument(answering="named")
    people = [PersonFactory.create() for _ in range(6)]
    start = asked.named_wave(questions, circle, Moment.START, days_ago=90)
    end = asked.named_wave(questions, circle, Moment.END, days_ago=2, follows=start)
    then = asked.named_wave(questions, circle, Moment.THEN, days_ago=1, follows=end)
    for wave, score in [(start, 4), (end, 4), (then, 2)]:
        asked.answer_by_name(wave, {person: trusting(score, 6 - score, score) for person in people})

    results = results_for(coordinator_of(network), then.ref)

    shift = results.figures.changes.shifts["trust"]
    assert (shift.n, shift.shift.difference, shift.true_change.difference) == (6, -2.0, 2.0)
    with pytest.raises(NotThereError):
        results_for(coordinator_of(NetworkFactory.create()), then.ref)


def test_a_named_wave_of_a_circle_without_a_moment_has_no_results_of_its_own() -> None:
    network: Network = NetworkFactory.create()
    wave = asked.named_wave(asked.instrument(), asked.group_in(network), Moment.NONE, days_ago=1)

    with pytest.raises(NotThereError):
        results_for(coordinator_of(network), wave.ref)


def test_a_workshop_gets_the_same_figures_without_words_and_without_units(wave: Wave) -> None:
    full, whole = units_of(wave), whole_of(wave)

    trust = full.figures.dimensions["trust"]
    assert len(trust.units) == 2
    assert full.words == whole.words == ()
    assert whole.units == {}
    assert whole.figures.dimensions["trust"].units == {}
    assert whole.figures.dimensions["trust"].whole == trust.whole
    assert whole.taking_by_unit == {}


def test_as_many_queries_for_three_waves_and_units_as_for_one(organisation: Organisation) -> None:
    person, questions = reader_of(organisation), asked.instrument()

    def queries(count: int) -> int:
        follows = None
        for place in range(count):
            follows = asked.closed_wave(organisation, questions, days_ago=90 - place, follows=follows)
            for name in range(count):
                unit = asked.unit_of(organisation, f"{count} {place} {name}")
                asked.answer(follows, [trusting(4, 2, 4)] * 6, unit)
                asked.invite(follows, 6, 6, unit)
        assert follows is not None
        with CaptureQueriesContext(connection) as asked_for:
            results = results_for(person, follows.ref)
        assert len(results.told) == count
        return len(asked_for)

    assert queries(1) == queries(3) <= 8


READERS = {  # of answers and words: who writes and tidies them, and the one query
    "models.py",
    "services/urns.py",
    "queries/results.py",
    "queries/waves.py",  # whether there are any
}


def test_nothing_but_the_one_query_reads_anonymous_answers() -> None:
    readers = set()
    for path in sorted(Path("src/luotsi").rglob("*.py")):
        names = {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}
        if names & {"AnonymousAnswer", "AnonymousWords"} and "migrations" not in path.parts:
            readers.add(path.relative_to(SURVEYS).as_posix())
    uses = SURVEYS.joinpath("queries/waves.py").read_text("utf-8").count("AnonymousAnswer.objects")
    only_asks = (
        SURVEYS.joinpath("queries/waves.py")
        .read_text("utf-8")
        .count("AnonymousAnswer.objects.filter(wave=wave).exists()")
    )

    assert readers <= READERS
    assert uses == only_asks


def test_nothing_but_the_one_query_reads_what_others_answered_by_name() -> None:
    readers = {
        path.relative_to(SURVEYS).as_posix()
        for path in sorted(Path("src/luotsi").rglob("*.py"))
        if "migrations" not in path.parts and SURVEYS in path.parents and _reads_answers_of_responses(path)
    }

    assert readers == {
        "queries/results.py",
        "queries/responses.py",  # the own ones
        "privacy.py",  # the own ones
        "services/forgetting.py",  # takes words out
    } | (readers & {"services/anonymous.py"})


def _reads_answers_of_responses(path: Path) -> bool:
    """Whether a file has the column `answers` of a Response: as an attribute of one, or among columns asked for."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"response.answers", "locked.answers"}:
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            columns = {one.value for one in node.args if isinstance(one, ast.Constant)}
            if node.func.attr in {"values_list", "values", "only"} and "answers" in columns:
                return True
    return False
