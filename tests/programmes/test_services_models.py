import json
from dataclasses import replace

import pytest

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry
from luotsi.people.enums import Role
from luotsi.programmes import privacy
from luotsi.programmes.enums import ProgrammeState
from luotsi.programmes.formats.comparison import Maker
from luotsi.programmes.formats.errors import Code, ModelError
from luotsi.programmes.formats.reading import read_model
from luotsi.programmes.formats.values import Origin
from luotsi.programmes.models.plans import Activity
from luotsi.programmes.models.programmes import ProgrammeModel
from luotsi.programmes.queries import models as queries
from luotsi.programmes.services import models as services
from luotsi.programmes.services.plans import lay_out
from tests.factories.model_files import TEXT, WORDS, model_file, model_tree, written
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of, grant
from tests.factories.programme_models import own_model_of, tools_of
from tests.factories.programmes import ProgrammeFactory
from tests.factories.surveys import InstrumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return NetworkFactory.create()


@pytest.fixture
def coordinator(network):
    return coordinator_of(network)


@pytest.fixture(autouse=True)
def _tools():
    tools_of(TEXT)


def faults_of(content, network=None):
    with pytest.raises(ModelError) as refused:
        services.check(content, network=network)
    return [(fault.line, fault.path, fault.code) for fault in refused.value.faults]


def version_of(number, **parts):
    """The text of a version of the care model."""
    return model_file(key="care-mentoring", version=number, **parts)


# What a file names


def test_tools_that_are_not_in_the_library_are_told_with_their_line() -> None:
    text = TEXT.replace("    - strengths\n", "    - strenghts\n")

    with pytest.raises(ModelError) as refused:
        services.check(text)

    [fault] = refused.value.faults
    assert text.splitlines()[fault.line - 1] == "    - strenghts"
    assert (fault.path, fault.code) == ("sessions.agenda[2]", Code.UNKNOWN_TOOL)
    assert (fault.facts["found"], fault.facts["nearest"]) == ("strenghts", "strengths")


def test_instrument_of_a_survey_must_be_everybodys_or_the_networks_own(network) -> None:
    other = NetworkFactory.create()
    InstrumentFactory.create(key="pulse")
    InstrumentFactory.create(key="own-pulse", network=network)
    InstrumentFactory.create(key="their-pulse", network=other)
    tree = model_tree()
    tree["phases"][4]["activities"] = [
        {"key": key, "kind": "survey", "week": 1, "name": WORDS, "instrument": key, "moment": "end"}
        for key in ("pulse", "own-pulse", "their-pulse")
    ] + [{"key": "day", "kind": "closing", "week": 4, "name": WORDS, "materials": ["closing", "clsing"]}]
    text = written(tree)

    assert [fault[1:] for fault in faults_of(text, network)] == [
        ("phases[4].activities[2].instrument", Code.UNKNOWN_INSTRUMENT),
        ("phases[4].activities[3].materials[1]", Code.UNKNOWN_TOOL),
    ]
    assert [fault[2] for fault in faults_of(text)] == [Code.UNKNOWN_TOOL]


def test_parent_that_is_not_here_is_a_warning(network) -> None:
    own_model_of(NetworkFactory.create(), key="elsewhere")

    known = services.check(model_file(derived_from={"key": "career-mentoring", "version": 1}), network=network)
    unknown = services.check(model_file(derived_from={"key": "elsewhere", "version": 1}), network=network)

    assert known.warnings == ()
    [warning] = unknown.warnings
    assert (warning.path, warning.code, dict(warning.facts)) == (
        "derived_from.key",
        Code.UNKNOWN_MODEL,
        {"found": "elsewhere"},
    )


# Own models


def test_file_is_kept_as_it_was_read(network, coordinator) -> None:
    text = TEXT.replace("key: career-mentoring", "key: care-mentoring", 1)

    row = services.import_model(network, text.encode(), by=coordinator)

    assert (row.key, row.version, row.name, row.made_by) == ("care-mentoring", 1, row.name, coordinator)
    assert (row.description, row.parent_key, row.parent_version) == (text, "", None)
    assert AuditEntry.objects.get(verb="programmes.model_kept").subject_ref == row.ref


def test_same_content_again_is_the_same_row_however_it_was_pasted(network, coordinator) -> None:
    text = version_of(1)

    first = services.import_model(network, text, by=coordinator)
    again = services.import_model(network, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), by=coordinator)

    assert again == first
    assert AuditEntry.objects.filter(verb="programmes.model_kept").count() == 1


def test_versions_only_go_up_and_none_is_ever_changed(network, coordinator) -> None:
    first = services.import_model(network, version_of(2), by=coordinator)

    for number in (1, 2):
        with pytest.raises(RefusedError, match="Version 2 of “care-mentoring” is here already"):
            services.import_model(network, version_of(number, topic=WORDS), by=coordinator)
    newer = services.import_model(network, version_of(5, topic=WORDS), by=coordinator)

    assert list(ProgrammeModel.objects.order_by("version")) == [first, newer]
    first.refresh_from_db()
    assert (first.version, first.description) == (2, version_of(2) + "\n")


def test_other_network_has_its_own_versions(network, coordinator) -> None:
    other = own_model_of(NetworkFactory.create(), version=7)

    row = services.import_model(network, version_of(1), by=coordinator)

    assert (row.version, other.version) == (1, 7)


def test_key_of_what_ships_stays_its(network, coordinator) -> None:
    with pytest.raises(RefusedError, match="comes with Luotsi"):
        services.import_model(network, TEXT, by=coordinator)

    assert ProgrammeModel.objects.count() == 0


def test_faulty_file_leaves_nothing(network, coordinator) -> None:
    with pytest.raises(ModelError):
        services.import_model(network, version_of(0), by=coordinator)

    assert ProgrammeModel.objects.count() == 0


@pytest.mark.parametrize("role", [Role.READER, None])
def test_only_coordinators_of_the_network_keep_models(network, role) -> None:
    person = PersonFactory.create()
    coordinator_of_other = coordinator_of(NetworkFactory.create())
    if role:
        grant(person, role, network=network)
    model = own_model_of(network)

    for somebody in (person, coordinator_of_other):
        for act in (
            lambda who=somebody: services.import_model(network, version_of(3), by=who),
            lambda who=somebody: services.derive_model(
                network, queries.own_model(model), key="new", name=WORDS, topic={}, by=who
            ),
            lambda who=somebody: services.retire_model(model, by=who),
            lambda who=somebody: services.offer_model(model, by=who),
        ):
            with pytest.raises(RefusedError, match="Only a coordinator"):
                act()

    model.refresh_from_db()
    assert (ProgrammeModel.objects.count(), model.retired_at) == (1, None)


def test_derived_model_has_all_of_its_parent_and_keeps_it(network, coordinator) -> None:
    source = queries.own_model(own_model_of(network, version=4))

    row = services.derive_model(
        network,
        source,
        key="care-mentoring-sv",
        name={"fi": " ", "sv": " Vård "},
        topic={"sv": "Äldrevård"},
        by=coordinator,
    )

    description = queries.own_model(row).description
    assert (row.key, row.version, row.parent_key, row.parent_version) == ("care-mentoring-sv", 1, "care-mentoring", 4)
    assert (row.name, description.topic) == ({"sv": "Vård"}, {"sv": "Äldrevård"})
    assert description == replace(
        source.description,
        key="care-mentoring-sv",
        version=1,
        name={"sv": "Vård"},
        topic={"sv": "Äldrevård"},
        origin=Origin(key="care-mentoring", version=4),
    )


def test_derived_model_needs_a_key_of_its_own(network, coordinator) -> None:
    source = queries.shipped_model("career-mentoring")
    own_model_of(network)

    for key, why in (("care-mentoring", "already"), ("career-mentoring", "comes with Luotsi")):
        with pytest.raises(RefusedError, match=why):
            services.derive_model(network, source, key=key, name=WORDS, topic={}, by=coordinator)

    assert ProgrammeModel.objects.count() == 1


def test_model_of_others_is_no_parent(network, coordinator) -> None:
    source = queries.own_model(own_model_of(NetworkFactory.create()))

    with pytest.raises(RefusedError, match="another network"):
        services.derive_model(network, source, key="new", name=WORDS, topic={}, by=coordinator)

    assert ProgrammeModel.objects.filter(network=network).count() == 0


def test_retired_model_is_offered_no_longer_until_it_is_again(network, coordinator) -> None:
    model = own_model_of(network)

    services.retire_model(model, by=coordinator)
    assert queries.own_model(model).is_retired
    services.retire_model(model, by=coordinator)
    services.offer_model(model, by=coordinator)

    model.refresh_from_db()
    assert model.retired_at is None
    assert AuditEntry.objects.filter(verb="programmes.model_retired").count() == 1


# An improved version into a running programme


def second(**parts):
    """The second version of the care model: another floor, other weights, one question more, meetings of 45 minutes."""
    tree = model_tree(key="care-mentoring", version=2, **parts)
    tree["matching"]["floor"] = 4000
    tree["sessions"]["minutes"] = 45
    tree["questions"].append({"key": "more", "type": "text", "text": WORDS})
    return tree


@pytest.fixture
def programme(network):
    """Opened with version 1; its coordinator has changed the floor here and asks one question less."""
    first = own_model_of(network, version=1)
    tree = model_tree(key="care-mentoring")
    tree["matching"]["floor"] = 3500
    tree["questions"].pop()
    return ProgrammeFactory.create(
        network=network, model_key=first.key, model_version=1, description=written(tree), state=ProgrammeState.OPEN
    )


def shown(programme, model):
    return {each.change.name: (each.maker, each.fits) for each in queries.proposals_for(programme, model)}


def test_preview_tells_what_the_model_changed_from_what_was_changed_here(network, programme) -> None:
    newer = queries.own_model(own_model_of(network, **second()))

    assert shown(programme, newer) == {
        "questions.motivation.added": (Maker.HERE, True),
        "questions.more.added": (Maker.MODEL, True),
        "matching.floor.changed": (Maker.BOTH, True),
        "sessions.minutes.changed": (Maker.MODEL, True),
    }
    suggested = [each.change.name for each in queries.proposals_for(programme, newer) if each.is_suggested]
    assert suggested == ["questions.more.added", "sessions.minutes.changed"]


def test_without_the_version_that_it_began_with_nothing_is_suggested(network, programme) -> None:
    newer = queries.own_model(own_model_of(network, **second()))
    programme.amend(model_version=9)

    assert {maker for maker, _ in shown(programme, newer).values()} == {Maker.UNKNOWN}
    assert not any(each.is_suggested for each in queries.proposals_for(programme, newer))


def test_only_what_is_chosen_is_taken(network, coordinator, programme) -> None:
    newer = queries.own_model(own_model_of(network, **second()))

    services.take_version(programme, newer, ["questions.more.added", "sessions.minutes.changed"], by=coordinator)

    programme.refresh_from_db()
    here = read_model(programme.description)
    assert [question.key for question in here.questions][-2:] == ["places", "more"]
    assert (here.sessions.minutes, here.matching.floor) == (45, 3500)
    assert (programme.model_version, here.version) == (2, 2)
    assert shown(programme, newer) == {
        "questions.motivation.added": (Maker.HERE, True),
        "matching.floor.changed": (Maker.HERE, True),
    }


def test_nothing_is_taken_when_the_choice_does_not_fit_together(network, coordinator, programme) -> None:
    first = {"key": "first", "type": "yes_no", "text": WORDS}
    then = {"key": "then", "type": "text", "text": WORDS, "when": {"question": "first", "is": "yes"}}
    tree = second()
    tree["questions"] += [first, then]
    newer = queries.own_model(own_model_of(network, **tree))
    before = programme.description

    with pytest.raises(RefusedError, match="does not fit together"):
        services.take_version(programme, newer, ["questions.then.added"], by=coordinator)

    programme.refresh_from_db()
    assert (programme.description, programme.model_version) == (before, 1)


def test_choice_that_is_not_offered_any_more_is_refused(network, coordinator, programme) -> None:
    newer = queries.own_model(own_model_of(network, **second()))

    with pytest.raises(RefusedError, match="has changed since you looked"):
        services.take_version(programme, newer, ["sessions.planned.changed"], by=coordinator)


@pytest.mark.parametrize("state", [ProgrammeState.CLOSED, ProgrammeState.CANCELLED])
def test_programme_that_is_over_takes_nothing(network, coordinator, programme, state) -> None:
    newer = queries.own_model(own_model_of(network, **second()))
    programme.amend(state=state)
    before = programme.description

    with pytest.raises(RefusedError, match="is over"):
        services.take_version(programme, newer, ["sessions.minutes.changed"], by=coordinator)

    programme.refresh_from_db()
    assert programme.description == before


def test_only_coordinators_of_the_network_take_a_version(network, programme) -> None:
    newer = queries.own_model(own_model_of(network, **second()))
    other = coordinator_of(NetworkFactory.create())

    with pytest.raises(RefusedError, match="Only a coordinator"):
        services.take_version(programme, newer, ["sessions.minutes.changed"], by=other)

    programme.refresh_from_db()
    assert programme.model_version == 1


def with_activities(tree, weeks=4):
    """Two more activities in the first phase, one more phase, and one that is longer."""
    tree["phases"][0]["activities"] = [
        {"key": key, "kind": "training_session", "week": week, "name": WORDS, "minutes": 60}
        for key, week in (("evening", 2), ("late", weeks))
    ]
    return tree


def test_new_activities_come_into_the_plan_and_what_is_there_stays(network, coordinator, programme) -> None:
    lay_out(programme, by=SYSTEM)
    assert Activity.objects.count() == 0
    tree = with_activities(second(), weeks=6)
    tree["phases"][0]["weeks"], tree["weeks"] = 6, 34
    newer = queries.own_model(own_model_of(network, **tree))
    plan = {name: fits for name, (_, fits) in shown(programme, newer).items() if name.startswith("phases")}
    assert plan == {
        "phases.call.weeks.changed": False,
        "phases.call.activities.evening.added": True,
        "phases.call.activities.late.added": False,
    }
    before = list(programme.phases.order_by("position").values_list("key", "starts_on", "ends_on"))

    services.take_version(programme, newer, ["phases.call.activities.evening.added"], by=coordinator)

    [evening] = Activity.objects.all()
    assert (evening.key, evening.state, evening.phase.key) == ("evening", "planned", "call")
    assert list(programme.phases.order_by("position").values_list("key", "starts_on", "ends_on")) == before


def test_models_that_a_programme_can_take_from(network, programme) -> None:
    own_model_of(network, version=2)
    own_model_of(network, key="derived", derived_from={"key": "care-mentoring", "version": 1})
    own_model_of(network, key="unlike")
    services.retire_model(own_model_of(network, version=3), by=SYSTEM)
    own_model_of(NetworkFactory.create(), version=8)

    found = [(model.key, model.version) for model in queries.models_for_programme(programme)]

    assert found == [("care-mentoring", 2), ("care-mentoring", 1), ("derived", 1)]


# Who sees which


def test_coordinators_see_what_ships_and_their_own_networks(network, coordinator) -> None:
    own = own_model_of(network)
    own_model_of(NetworkFactory.create())

    found = queries.known_models_for(coordinator)

    assert [model.mark for model in found if model.row] == [str(own.ref)]
    assert "career-mentoring" in [model.mark for model in found if model.row is None]
    assert json.loads(queries.model_for(coordinator, str(own.ref)).text)["key"] == "care-mentoring"


def test_own_data_names_the_models_that_one_brought_in(network, coordinator) -> None:
    own_model_of(network, key="of-others")
    services.import_model(network, version_of(4), by=coordinator)

    [held] = privacy.collect(coordinator)

    row = {"Model": "Career mentoring", "Version": "4", "Network": network.name}
    assert (held.title, held.rows) == ("Models that I brought in", [row])
