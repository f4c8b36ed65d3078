"""What employers need: who says it, who changes it, what becomes of it, and what it adds up to."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from luotsi.competence.enums import NeedState
from luotsi.competence.forms.needs import RegionForm
from luotsi.competence.models import NeededCompetence, SkillNeed
from luotsi.competence.privacy import collect, erase
from luotsi.competence.queries.demand import demand_for
from luotsi.competence.queries.needs import (
    need_for as need_for_person,
)
from luotsi.competence.queries.needs import (
    needs_for,
    own_need_for,
    own_needs_for,
    spoken_for_by,
    things_of_needs,
)
from luotsi.competence.queries.search import competences_with
from luotsi.competence.services.needs import (
    MOST_PICKED,
    NeedDetails,
    change_need,
    mark_answered,
    reopen_need,
    state_need,
    withdraw_need,
)
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import NotThereError, RefusedError
from luotsi.core.models import AuditEntry
from luotsi.people.enums import CircleRole, Role
from tests.factories.competence import AreaFactory, CompetenceFactory, FrameworkFactory
from tests.factories.needs import SkillNeedFactory, employer, need_for
from tests.factories.people import (
    CircleFactory,
    NetworkFactory,
    OrganisationFactory,
    PersonFactory,
    coordinator_of,
    grant,
    join,
    operator,
    part_of,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
DETAILS = NeedDetails(
    words="Kaksi ihmistä, jotka osaavat suunnitella vuoron.", language="fi", people=2, needed_from=date(2027, 1, 1),
    needed_until=date(2027, 6, 30), region="16", place="Kannus",
)  # fmt: skip


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=True):
        yield


def found(*competences):
    return competences_with(None, [competence.ref for competence in competences])


def organisation_of(person):
    return person.memberships.get().organisation


def test_an_employer_says_what_it_needs() -> None:
    network = NetworkFactory.create()
    by = employer(network)
    planning, guiding = CompetenceFactory.create_batch(2)

    need = state_need(
        organisation_of(by), network=network, details=DETAILS, competences=found(planning, guiding), by=by
    )

    need.refresh_from_db()
    assert (need.organisation, need.network, need.person) == (organisation_of(by), network, by)
    assert (need.words, need.language, need.people) == (DETAILS.words, "fi", 2)
    assert (need.needed_from, need.needed_until) == (date(2027, 1, 1), date(2027, 6, 30))
    assert (need.region, need.place, need.state, need.is_on_behalf) == ("16", "Kannus", "open", False)
    rows = NeededCompetence.objects.filter(need=need).order_by("pk")
    assert [(row.competence, row.lineage) for row in rows] == [(planning, planning.lineage), (guiding, guiding.lineage)]
    entry = AuditEntry.objects.get(verb="competence.need_stated")
    assert (entry.actor_ref, entry.subject_ref) == (by.ref, need.ref)
    assert "vuoron" not in entry.facts.facts
    assert "Kannus" not in entry.facts.facts


@pytest.mark.parametrize("role", [Role.EMPLOYER_CONTACT, Role.HR, Role.MANAGEMENT, Role.ADMIN])
def test_four_roles_speak_for_an_organisation_and_its_units(role) -> None:
    network = NetworkFactory.create()
    by = employer(network, role=role)
    unit = OrganisationFactory.create(parent=organisation_of(by))

    assert state_need(unit, network=network, details=DETAILS, competences=[], by=by).is_on_behalf is False
    assert {place.organisation for place in spoken_for_by(by)} == {organisation_of(by), unit}


def test_a_coordinator_says_it_on_behalf_marked() -> None:
    network = NetworkFactory.create()
    organisation = organisation_of(employer(network))
    coordinator = coordinator_of(network)

    need = state_need(organisation, network=network, details=DETAILS, competences=[], by=coordinator)

    assert (need.is_on_behalf, need.person) == (True, coordinator)
    assert [(place.organisation, place.is_own) for place in spoken_for_by(coordinator)] == [(organisation, False)]


def test_nobody_else_says_what_an_organisation_needs() -> None:
    network = NetworkFactory.create()
    organisation = organisation_of(employer(network))
    member, elsewhere = PersonFactory.create_batch(2)
    grant(member, Role.MEMBER, organisation=organisation)
    grant(elsewhere, Role.HR, organisation=OrganisationFactory.create())
    unit = OrganisationFactory.create(parent=organisation)
    in_unit = PersonFactory.create()
    grant(in_unit, Role.HR, organisation=unit)

    for by in (member, elsewhere, in_unit, coordinator_of(NetworkFactory.create()), operator()):
        with pytest.raises(RefusedError) as refused:
            state_need(organisation, network=network, details=DETAILS, competences=[], by=by)
        assert str(refused.value.text) == (
            "Only those who speak for the organisation, or a coordinator, say what it needs."
        )
    assert not SkillNeed.objects.exists()
    assert not AuditEntry.objects.filter(verb__startswith="competence.need").exists()


def test_a_need_is_stated_in_a_network_that_the_organisation_is_part_of() -> None:
    by = employer()

    with pytest.raises(RefusedError) as refused:
        state_need(organisation_of(by), network=NetworkFactory.create(), details=DETAILS, competences=[], by=by)

    assert str(refused.value.text) == "The organisation is not part of this network."
    assert not SkillNeed.objects.exists()


@pytest.mark.parametrize(
    ("since", "until", "text"),
    [
        (date(2027, 2, 1), date(2027, 1, 31), "The need ends before it begins. Check the two dates."),
        (date(2026, 1, 1), date(2026, 11, 20), "The need is over already. Give a later end, or none."),
    ],
)
def test_dates_that_cannot_be_are_refused(since, until, text) -> None:
    network = NetworkFactory.create()
    by = employer(network)
    details = NeedDetails(words="Somebody", language="en", people=1, needed_from=since, needed_until=until)

    with pytest.raises(RefusedError) as refused:
        state_need(organisation_of(by), network=network, details=details, competences=[], by=by)

    assert str(refused.value.text) == text
    assert not SkillNeed.objects.exists()


def test_no_more_competences_than_matter() -> None:
    network = NetworkFactory.create()
    by = employer(network)
    many = found(*CompetenceFactory.create_batch(MOST_PICKED + 1))

    with pytest.raises(RefusedError) as refused:
        state_need(organisation_of(by), network=network, details=DETAILS, competences=many, by=by)

    assert str(refused.value.text) == "Pick 20 competences at most: those that matter most."
    assert not SkillNeed.objects.exists()


def test_one_line_counts_once() -> None:
    network = NetworkFactory.create()
    by = employer(network)
    old = CompetenceFactory.create()
    new = CompetenceFactory.create(lineage=old.lineage)

    need = state_need(organisation_of(by), network=network, details=DETAILS, competences=found(old, new), by=by)

    assert NeededCompetence.objects.filter(need=need).count() == 1


def test_a_need_changes_while_it_is_open() -> None:
    network = NetworkFactory.create()
    by = employer(network)
    before, after = CompetenceFactory.create_batch(2)
    need = state_need(organisation_of(by), network=network, details=DETAILS, competences=found(before), by=by)
    coordinator = coordinator_of(network)
    other = NeedDetails(words="Kolme", language="fi", people=3, needed_from=date(2027, 2, 1))

    change_need(need, details=other, competences=found(after), by=coordinator)

    need.refresh_from_db()
    assert (need.words, need.people, need.needed_until, need.person, need.is_on_behalf) == ("Kolme", 3, None, by, False)
    assert [row.competence for row in need.needed.all()] == [after]
    mark_answered(need, by=by)
    with pytest.raises(RefusedError) as refused:
        change_need(need, details=DETAILS, competences=[], by=by)
    assert str(refused.value.text) == "Open the need again before you change it."
    need.refresh_from_db()
    assert (need.words, need.needed.count()) == ("Kolme", 1)


def test_a_need_is_answered_withdrawn_and_opened_again() -> None:
    network = NetworkFactory.create()
    by = employer(network)
    need = need_for(organisation_of(by), network)

    mark_answered(need, by=by)
    assert need.state == NeedState.ANSWERED
    with pytest.raises(RefusedError):
        withdraw_need(need, by=by)
    reopen_need(need, by=by)
    withdraw_need(need, by=by)
    assert need.state == NeedState.WITHDRAWN
    with pytest.raises(RefusedError) as refused:
        mark_answered(need, by=by)
    assert str(refused.value.text) == "The need is not as it was when you opened the page. Look at it again."
    need.refresh_from_db()
    assert need.state == NeedState.WITHDRAWN
    verbs = AuditEntry.objects.filter(subject_ref=need.ref).values_list("verb", flat=True)
    assert list(verbs) == ["competence.need_moved"] * 3


def test_others_change_nothing() -> None:
    network = NetworkFactory.create()
    need = need_for(organisation_of(employer(network)), network)
    stranger = employer(network)

    for act in (withdraw_need, mark_answered, reopen_need):
        with pytest.raises(RefusedError):
            act(need, by=stranger)
    with pytest.raises(RefusedError):
        change_need(need, details=DETAILS, competences=[], by=stranger)

    need.refresh_from_db()
    assert (need.state, need.people) == (NeedState.OPEN, 1)
    with pytest.raises(NotThereError):
        own_need_for(stranger, need.ref)


def test_the_network_reads_needs_and_other_networks_do_not() -> None:
    network = NetworkFactory.create()
    sayer = employer(network)
    need = need_for(organisation_of(sayer), network)
    other = employer()
    need_for(organisation_of(other), organisation_of(other).networks.get())
    unit = OrganisationFactory.create(parent=organisation_of(employer(network)))
    member, reader, in_circle, left = PersonFactory.create_batch(4)
    grant(member, Role.MEMBER, organisation=unit)
    grant(reader, Role.READER, network=network)
    join(CircleFactory.create(network=network), in_circle, CircleRole.MENTEE)
    ended = grant(left, Role.MEMBER, network=network)
    ended.since = ended.until = TODAY - timedelta(days=1)
    ended.save()

    for person in (sayer, member, reader, in_circle, coordinator_of(network)):
        assert list(needs_for(person)) == [need]
        assert need_for_person(person, need.ref) == need
    for person in (other, left, operator()):
        assert need not in needs_for(person)
        with pytest.raises(NotThereError):
            need_for_person(person, need.ref)


def test_a_withdrawn_need_is_read_by_those_who_may_open_it_again() -> None:
    network = NetworkFactory.create()
    sayer = employer(network)
    need = need_for(organisation_of(sayer), network, state=NeedState.WITHDRAWN)
    reader = employer(network)

    assert need_for_person(sayer, need.ref) == need
    assert list(own_needs_for(sayer)) == [need]
    assert list(needs_for(sayer)) == []
    with pytest.raises(NotThereError):
        need_for_person(reader, need.ref)


def test_nobody_without_an_organisation_may_state_anything() -> None:
    for person in (PersonFactory.create(), operator()):
        with pytest.raises(NotThereError):
            spoken_for_by(person)


def test_demand_adds_up_by_competence_region_and_month() -> None:
    network = NetworkFactory.create()
    one, two = employer(network), employer(network)
    old = CompetenceFactory.create(name={"en": "Planning (old)"})
    new = CompetenceFactory.create(name={"en": "Planning"}, lineage=old.lineage)
    guiding = CompetenceFactory.create(name={"en": "Guiding"})
    day = date(2027, 1, 15)
    need_for(organisation_of(one), network, old, people=3, region="16", needed_from=day)
    need_for(organisation_of(two), network, new, guiding, people=2, region="16", needed_from=day)
    need_for(organisation_of(two), network, guiding, people=1, region="15", needed_from=date(2026, 3, 1))
    need_for(organisation_of(two), network, people=4, needed_from=date(2027, 2, 1))
    need_for(organisation_of(one), network, new, people=50, state=NeedState.ANSWERED)
    need_for(organisation_of(one), network, new, people=50, state=NeedState.WITHDRAWN)
    need_for(organisation_of(one), network, new, people=50, needed_from=TODAY, needed_until=TODAY)
    SkillNeed.objects.filter(people=50).exclude(needed_until=None).update(
        needed_from=date(2026, 1, 1), needed_until=TODAY - timedelta(days=1)
    )
    elsewhere = employer()
    need_for(organisation_of(elsewhere), organisation_of(elsewhere).networks.get(), new, people=70)

    demand = demand_for(one)

    assert (demand.needs, demand.unnamed) == (4, 1)
    assert demand.whole is not None
    assert (demand.whole.people, demand.whole.organisations) == (10, 2)
    assert [(row.name["en"], row.sum.people, row.sum.organisations, row.sum.first) for row in demand.by_competence] == [
        ("Planning", 5, 2, day),
        ("Guiding", 3, 1, date(2026, 3, 1)),
    ]
    assert [(row.region, row.month, row.sum.people) for row in demand.by_place] == [
        ("", date(2027, 2, 1), 4),
        ("15", date(2026, 11, 1), 1),
        ("16", date(2027, 1, 1), 5),
    ]
    assert [(row.month.month, row.sum.people) for row in demand.by_month] == [(11, 1), (1, 5), (2, 4)]
    assert [row.sum.people for row in demand_for(one, "15").by_competence] == [1]
    assert demand_for(one, "19").whole is None


@pytest.mark.parametrize("count", [1, 3])
def test_few_queries_however_many_there_are(count) -> None:
    network = NetworkFactory.create()
    person = employer(network)
    for _ in range(count):
        need_for(organisation_of(employer(network)), network, CompetenceFactory.create())
        OrganisationFactory.create(parent=organisation_of(person))

    with CaptureQueriesContext(connection) as asked:
        demand_for(person)
    assert len(asked) == 3
    with CaptureQueriesContext(connection) as asked:
        list(needs_for(person))
    assert len(asked) == 2
    with CaptureQueriesContext(connection) as asked:
        spoken_for_by(person)
    assert len(asked) == 2


def test_a_picked_competence_stays_though_its_framework_is_retired() -> None:
    network = NetworkFactory.create()
    by = employer(network)
    framework = FrameworkFactory.create(retired_at=timezone.now())
    competence = CompetenceFactory.create(area=AreaFactory.create(framework=framework))
    need = need_for(organisation_of(by), network, competence)

    assert competences_with(by, [competence.ref]) == []
    assert [row.ref for row in competences_with(by, [competence.ref], need)] == [competence.ref]
    assert competences_with(by, [competence.ref], SkillNeedFactory.create()) == []


def test_a_contact_who_has_said_nothing_is_asked_to() -> None:
    network = NetworkFactory.create()
    contact = employer(network)

    with CaptureQueriesContext(connection) as asked:
        [thing] = things_of_needs(contact)
    assert len(asked) == 3
    assert (str(thing.title), thing.address, thing.weight) == ("Say what skills you need", "/needs/new/", 60)

    need_for(organisation_of(contact), network, state=NeedState.ANSWERED)
    assert things_of_needs(contact) == []


def test_others_are_not_asked() -> None:
    nowhere = PersonFactory.create()
    grant(nowhere, Role.EMPLOYER_CONTACT, organisation=OrganisationFactory.create())
    for person in (nowhere, employer(role=Role.HR), coordinator_of(NetworkFactory.create()), PersonFactory.create()):
        assert things_of_needs(person) == []


def test_a_contact_of_a_unit_is_asked_too() -> None:
    network = NetworkFactory.create()
    whole = OrganisationFactory.create()
    part_of(network, whole)
    contact = PersonFactory.create()
    grant(contact, Role.EMPLOYER_CONTACT, organisation=OrganisationFactory.create(parent=whole))
    assert len(things_of_needs(contact)) == 1


def test_own_data_and_being_forgotten() -> None:
    network = NetworkFactory.create()
    person, other = employer(network), employer(network)
    need = need_for(organisation_of(person), network, person=person, words="Kaksi kokkia")
    others = need_for(organisation_of(other), network, person=other)

    rows = [row for held in collect(person) for row in held.rows]
    assert len([row for row in rows if "Kaksi kokkia" in row.values()]) == 1

    erase(person, by=SYSTEM)

    need.refresh_from_db()
    others.refresh_from_db()
    assert (need.person, need.words, others.person) == (None, "Kaksi kokkia", other)


@pytest.mark.parametrize(
    ("language", "name"), [("fi", "Keski-Pohjanmaa"), ("sv", "Mellersta Österbotten"), ("en", "Central Ostrobothnia")]
)
def test_regions_are_chosen_by_their_names_in_the_language_of_the_page(language: str, name: str) -> None:
    with translation.override(language):
        offered = dict(RegionForm()["region"].field.choices)  # type: ignore[attr-defined]  # a field with choices

    assert (len(offered), offered["16"]) == (1 + 19, name)
