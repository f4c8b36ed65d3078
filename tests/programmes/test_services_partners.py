"""Stories of partners: who carries a programme, what they emphasise, who speaks for them, what they aim at."""

from datetime import date

import pytest

from luotsi.comms.models import Message
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import NotThereError, RefusedError
from luotsi.people.enums import Role
from luotsi.people.models import Person
from luotsi.programmes.enums import ActivityState, FindingState, OutputKind
from luotsi.programmes.messages.finding_texts import findings_as_text
from luotsi.programmes.models.partners import Finding, MainGoal, Partner, PartnerContact
from luotsi.programmes.privacy import collect, erase
from luotsi.programmes.queries import goals as goal_queries
from luotsi.programmes.queries import partners as queries
from luotsi.programmes.queries.plans import standing_of
from luotsi.programmes.rules import may_see_plan, may_set_goal, may_speak_for
from luotsi.programmes.services import entries, findings, goals, partners
from luotsi.programmes.services.approvals import approve_plan
from luotsi.programmes.services.goals import GoalDetails
from luotsi.programmes.services.partners import Named, Output
from luotsi.surveys.enums import WorkshopState
from tests.factories.competence import AreaFactory, CompetenceFactory, FrameworkFactory
from tests.factories.partners import contact_of, details_of, organisation_of, partner_of, planned_programme
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of, grant
from tests.factories.programmes import ProgrammeFactory
from tests.factories.workshops import goal_in, workshop_in

pytestmark = pytest.mark.django_db


def manager_of(partner: Partner, role: Role = Role.MANAGEMENT) -> Person:
    person = PersonFactory.create()
    grant(person, role, organisation=partner.organisation)
    return person


def area_of(**values: object):
    """An area with something in it that can be assessed."""
    area = AreaFactory.create(**values)
    CompetenceFactory.create(area=area)
    return area


def test_the_first_partner_is_the_host_and_responsible_for_what_nobody_was():
    programme = planned_programme()
    organisation = organisation_of(programme.network)
    coordinator = coordinator_of(programme.network)

    first = partners.add_partner(programme, organisation=organisation, by=coordinator)
    second = partners.add_partner(programme, organisation=organisation_of(programme.network), by=coordinator)

    assert (first.is_host, second.is_host) == (True, False)
    assert {activity.responsible for activity in programme.activities.all()} == {organisation}


def test_an_organisation_outside_the_network_or_here_already_does_not_join():
    programme = ProgrammeFactory.create()
    coordinator, partner = coordinator_of(programme.network), partner_of(programme)

    for organisation in (OrganisationFactory.create(), partner.organisation):
        with pytest.raises(RefusedError):
            partners.add_partner(programme, organisation=organisation, by=coordinator)
    with pytest.raises(RefusedError):
        partners.add_partner(
            programme, organisation=organisation_of(programme.network), by=coordinator_of(NetworkFactory.create())
        )

    assert list(Partner.objects.all()) == [partner]


def test_who_leaves_takes_its_own_plans_along_and_may_come_back():
    programme = planned_programme()
    coordinator = coordinator_of(programme.network)
    host, leaving = partner_of(programme, is_host=True), partner_of(programme)
    contact = contact_of(leaving)
    own = entries.add_activity(
        programme, partner=leaving, details=details_of(programme.activities.get(key="letters")), by=coordinator
    )
    with pytest.raises(RefusedError):
        partners.remove_partner(host, by=coordinator)

    partners.remove_partner(leaving, by=coordinator)

    own.refresh_from_db()
    assert own.state == ActivityState.CANCELLED
    assert not may_see_plan(contact, programme)
    back = partners.add_partner(programme, organisation=leaving.organisation, by=coordinator)
    assert (back, back.left_on) == (leaving, None)


def test_emphasis_is_areas_a_task_with_outputs_or_both_written_by_the_partner_itself():
    programme = ProgrammeFactory.create()
    partner, contact = partner_of(programme), None
    contact = contact_of(partner)
    area = area_of()
    outputs = [Output(kind=OutputKind.MATERIAL, name=" Guide ", ready_on=date(2026, 9, 1))]

    partners.set_emphasis(partner, areas=[area], task={"en": "A new way to begin"}, outputs=outputs, by=contact)
    partners.set_emphasis(partner, areas=[], task={"en": "A new way to begin"}, outputs=outputs, by=contact)

    assert not partner.areas.exists()
    assert [(row.name, row.kind) for row in partner.outputs.all()] == [("Guide", "material")]
    assert str(partner.task) == "A new way to begin"


def test_no_emphasis_of_nothing_of_others_areas_or_by_others():
    programme = ProgrammeFactory.create()
    partner = partner_of(programme)
    contact, neighbour = contact_of(partner), contact_of(partner_of(programme))
    foreign = area_of(framework=FrameworkFactory.create(network=NetworkFactory.create()))
    output = Output(kind=OutputKind.OTHER, name="Guide")

    for refused in (
        {"areas": [], "task": {}, "outputs": [], "by": contact},
        {"areas": [foreign], "task": {}, "outputs": [], "by": contact},
        {"areas": [area_of()], "task": {}, "outputs": [output], "by": contact},
        {"areas": [area_of()], "task": {}, "outputs": [], "by": neighbour},
    ):
        with pytest.raises(RefusedError):
            partners.set_emphasis(partner, **refused)  # type: ignore[arg-type]  # each of its kind

    partner.refresh_from_db()
    assert (partner.task, partner.areas.count(), partner.outputs.count()) == (None, 0, 0)


def test_areas_are_found_by_words_in_any_language_and_only_those_that_the_network_sees():
    network = NetworkFactory.create()
    mine = area_of(name={"fi": "Kotihoito", "en": "Home care"})
    area_of(name={"en": "Home care abroad"}, framework=FrameworkFactory.create(network=NetworkFactory.create()))

    assert [area.pk for area in queries.areas_to_choose(network, "kotiHOITO")] == [mine.pk]
    assert [area.pk for area in queries.areas_to_choose(network, "home care")] == [mine.pk]
    assert queries.areas_to_choose(network, "nothing such") == []


def test_a_contact_is_found_by_address_or_new_and_told_once():
    programme = ProgrammeFactory.create()
    partner, coordinator = partner_of(programme), coordinator_of(programme.network)
    known = PersonFactory.create(email="known@example.org")

    partners.name_contact(partner, named=Named(email="Known@example.org"), by=coordinator)
    partners.name_contact(partner, named=Named(email="known@example.org"), by=coordinator)
    with pytest.raises(RefusedError, match="given name"):
        partners.name_contact(partner, named=Named(email="new@example.org"), by=coordinator)
    partners.name_contact(
        partner, named=Named(email="new@example.org", given_name="Uusi", family_name="Ihminen"), by=coordinator
    )

    assert [str(row.person) for row in partner.contacts.order_by("pk")] == [str(known), "Uusi Ihminen"]
    assert Message.objects.filter(kind="programmes.contact_named").count() == 2
    assert may_speak_for(known, partner)


def test_the_sponsor_is_of_the_management_or_named_by_address():
    programme = ProgrammeFactory.create()
    partner, coordinator = partner_of(programme), coordinator_of(programme.network)
    manager, other = manager_of(partner), manager_of(partner_of(programme))

    with pytest.raises(RefusedError, match="management role"):
        partners.set_sponsor(partner, sponsor=other, by=coordinator)
    assert partner.sponsor is None

    partners.set_sponsor(partner, sponsor=manager, by=coordinator)
    assert list(queries.managers_of(partner.organisation)) == [manager]
    named = Named(email="boss@example.org", given_name="Pomo", family_name="Oma")
    partners.name_sponsor(partner, named=named, by=contact_of(partner))
    partner = Partner.objects.get(pk=partner.pk)
    assert str(partner.sponsor) == "Pomo Oma"
    assert partner.sponsor is not None
    assert may_set_goal(partner.sponsor, partner)


def test_who_sees_a_plan_and_who_speaks():
    programme, elsewhere = ProgrammeFactory.create(), ProgrammeFactory.create()
    partner = partner_of(programme)
    unit = OrganisationFactory.create(parent=partner.organisation)
    speaking = [contact_of(partner), *(manager_of(partner, role) for role in (Role.HR, Role.ADMIN, Role.TRAINER))]
    unit_manager, member = PersonFactory.create(), manager_of(partner, Role.MEMBER)
    grant(unit_manager, Role.MANAGEMENT, organisation=unit)
    strangers = [member, unit_manager, contact_of(partner_of(elsewhere)), coordinator_of(elsewhere.network)]

    assert all(may_see_plan(person, programme) and may_speak_for(person, partner) for person in speaking)
    assert not any(may_see_plan(person, programme) or may_speak_for(person, partner) for person in strangers)
    assert [queries.partner_for(person, partner.ref) for person in speaking] == [partner] * 4
    for person in strangers:
        with pytest.raises(NotThereError):
            queries.shared_programme_for(person, programme.ref)
        with pytest.raises(NotThereError):
            queries.partner_for(person, partner.ref)
        assert programme not in queries.planned_programmes_for(person)


def test_goals_are_set_by_management_and_hr_or_marked_as_set_on_their_behalf():
    programme = ProgrammeFactory.create()
    partner = partner_of(programme)
    hr, coordinator = manager_of(partner, Role.HR), coordinator_of(programme.network)

    own = goals.set_goal(partner, goal=GoalDetails(title=" Fewer leave ", strategy="People plan 2027"), by=hr)
    goals.set_goal(partner, goal=GoalDetails(title="Learning at work"), by=coordinator)
    for nobody in (contact_of(partner), manager_of(partner, Role.TRAINER), manager_of(partner_of(programme))):
        with pytest.raises(RefusedError):
            goals.set_goal(partner, goal=GoalDetails(title="No"), by=nobody)

    found = goal_queries.goals_of(programme).values("title", "is_own")  # type: ignore[misc]  # an annotation
    assert [(row["title"], row["is_own"]) for row in found] == [
        ("Fewer leave", True),
        ("Learning at work", False),
    ]
    goals.remove_goal(own, by=hr)
    assert [goal.title for goal in goal_queries.goals_of(programme)] == ["Learning at work"]
    assert [goal.title for goal in goal_queries.removed_goals_of(partner)] == ["Fewer leave"]


def test_what_an_hr_day_ended_in_is_taken_once_and_only_by_the_organisation_it_is_of():
    programme = ProgrammeFactory.create()
    partner, other = partner_of(programme), partner_of(programme)
    hr = manager_of(partner, Role.HR)
    workshop = workshop_in(programme.network, partner.organisation, state=WorkshopState.DONE)
    conclusion = goal_in(workshop.parts.get(), "Time to learn", why="No time now", carried_by="HR", is_settled=True)

    taken = goals.take_conclusions(partner, conclusions=list(goal_queries.conclusions_to_take(partner)), by=hr)
    again = goals.take_conclusions(partner, conclusions=[conclusion], by=hr)
    for refused in (partner, other):
        with pytest.raises(RefusedError):
            goals.set_goal(
                refused, goal=GoalDetails(title="Again", conclusion=conclusion), by=coordinator_of(programme.network)
            )

    assert [(goal.title, goal.strategy, goal.conclusion) for goal in taken] == [
        ("Time to learn", "No time now", conclusion)
    ]
    assert again == []
    assert not goal_queries.conclusions_to_take(partner).exists()
    assert MainGoal.objects.count() == 1


def test_a_finding_is_decided_on_once_and_refused_with_grounds_only():
    programme = ProgrammeFactory.create()
    coordinator = coordinator_of(programme.network)
    late = findings.propose_finding(programme, text="Too late.", change="Kick-off before the call.", by=coordinator)
    bare = findings.propose_finding(programme, text="All went well.", change="", by=coordinator)

    with pytest.raises(RefusedError, match="Write why"):
        findings.decide_finding(late, is_accepted=False, grounds=" ", by=coordinator)
    with pytest.raises(RefusedError, match="what the finding changes"):
        findings.decide_finding(bare, is_accepted=True, grounds="", by=coordinator)
    with pytest.raises(RefusedError):
        findings.decide_finding(late, is_accepted=True, grounds="", by=coordinator_of(NetworkFactory.create()))
    assert set(Finding.objects.values_list("state", flat=True)) == {FindingState.PROPOSED}

    findings.decide_finding(late, is_accepted=True, grounds="", by=coordinator)
    findings.decide_finding(bare, is_accepted=False, grounds="Nothing to change.", by=coordinator)
    for again in (late, bare):
        with pytest.raises(RefusedError, match="already"):
            findings.decide_finding(again, is_accepted=True, grounds="", by=coordinator)
        with pytest.raises(RefusedError, match="already"):
            findings.change_finding(again, text="Other", change="", by=coordinator)

    text = findings_as_text(programme, list(goal_queries.findings_of(programme)))
    assert "Changes of the next version\n\n1. Kick-off before the call.\n   Why: Too late.\n" in text
    assert "1. All went well.\n   Grounds: Nothing to change." in text
    assert str(coordinator) not in text


def test_findings_of_a_model_are_those_of_one_s_own_networks():
    programme, elsewhere = ProgrammeFactory.create(), ProgrammeFactory.create()
    coordinator = coordinator_of(programme.network)
    mine = findings.propose_finding(programme, text="Here", change="", by=coordinator)
    findings.propose_finding(elsewhere, text="There", change="", by=coordinator_of(elsewhere.network))

    assert list(goal_queries.findings_for_model(coordinator, programme.model_key)) == [mine]


def test_what_somebody_did_for_a_partner_is_told_and_forgotten_but_what_was_decided_stays():
    programme = planned_programme()
    partner, other = partner_of(programme), partner_of(programme)
    person, colleague = contact_of(partner, given_name="Aino", family_name="Aalto"), contact_of(other)
    grant(person, Role.HR, organisation=partner.organisation)
    partner.amend(sponsor=person)
    goal = goals.set_goal(partner, goal=GoalDetails(title="Time to learn"), by=person)
    entries.comment_on_plan(programme, text="My words", by=person)
    entries.comment_on_plan(programme, text="Their words", by=colleague)
    approve_plan(partner, seen=0, by=person)

    told = {held.title: held.rows for held in collect(person)}
    assert [row["What"] for row in told["Partners that I speak for"]] == ["contact", "sponsor"]
    assert told["My comments on plans"][0]["Comment"] == "My words"
    assert told["Plans that I approved"][0]["What"] == "Aino Aalto"
    assert told["Main goals that I set"][0]["What"] == "Time to learn"

    erase(person, by=person)

    partner.refresh_from_db()
    assert (partner.sponsor, partner.contacts.count(), other.contacts.count()) == (None, 0, 1)
    assert [row.text for row in programme.plan_comments.all()] == ["Their words"]
    assert (partner.approvals.get().name, standing_of(partner).is_approved) == ("–", True)
    assert list(goal_queries.goals_of(programme)) == [goal]


def test_partners_are_listed_in_one_number_of_queries(django_assert_max_num_queries):
    programme = ProgrammeFactory.create()
    for _number in range(3):
        partner = partner_of(programme)
        contact_of(partner)
        partners.set_emphasis(
            partner,
            areas=[area_of()],
            task={"en": "Task"},
            outputs=[Output(kind=OutputKind.OTHER, name="G")],
            by=SYSTEM,
        )
        goals.set_goal(partner, goal=GoalDetails(title="Goal"), by=manager_of(partner))
    for rows in (3, 1):
        with django_assert_max_num_queries(5):
            for found in queries.partners_of(programme):
                shown = [row.area.framework.name for row in found.areas.all()]
                people = [row.person for row in found.contacts.all()]
                aims = found.goals  # type: ignore[attr-defined]  # prefetched
                assert (len(shown), len(people), len(found.outputs.all()), len(aims)) == (1, 1, 1, 1)
                assert (found.organisation.name, found.sponsor) == (found.organisation.name, None)
        assert queries.partners_of(programme).count() == rows
        PartnerContact.objects.filter(partner__in=programme.partners.all()[1:]).delete()
        Partner.objects.filter(pk__in=[found.pk for found in programme.partners.order_by("pk")[1:]]).update(
            left_on=date(2026, 1, 1)
        )
