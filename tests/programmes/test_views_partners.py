"""Stories of the pages that partners share: the plan, its approval, partners, goals, findings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.people.enums import Role
from luotsi.programmes.enums import ActivityState, FindingState
from luotsi.programmes.models.partners import Finding, MainGoal, Partner
from luotsi.programmes.models.plans import Activity, PlanApproval, PlanComment
from luotsi.programmes.queries import plans as queries
from luotsi.programmes.services import entries, findings, goals
from luotsi.programmes.services.approvals import approve_plan
from luotsi.programmes.services.goals import GoalDetails
from luotsi.surveys.enums import WorkshopState
from tests.factories.competence import AreaFactory, CompetenceFactory
from tests.factories.partners import contact_of, details_of, organisation_of, partner_of, planned_programme
from tests.factories.people import PersonFactory, coordinator_of, grant
from tests.factories.programmes import RoundFactory, mentee
from tests.factories.workshops import goal_in, steering, workshop_in

pytestmark = pytest.mark.django_db


def page_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


@pytest.fixture
def programme():
    return planned_programme(starts_on=timezone.localdate() - timedelta(days=60), name={"en": "Cooks together"})


@pytest.fixture
def partner(programme):
    return partner_of(programme, is_host=True)


@pytest.fixture
def contact(partner, client):
    person = contact_of(partner, given_name="Aino", family_name="Aalto")
    client.force_login(person)
    return person


def address(name: str, programme, *things) -> str:
    return reverse(f"programmes:{name}", args=[programme.ref, *(thing.ref for thing in things)])


def test_the_plan_says_in_one_sentence_how_it_goes_and_shows_it_as_a_picture_and_a_table(client, programme, contact):
    first = page_of(client, address("plan", programme))
    earliest = programme.activities.exclude(starts_local=None).earliest("starts_local")
    assert f"3 activities are late, the first one {earliest.name}." in first
    assert first.count('class="late"') == 1
    assert '<a href="/partner/programmes/' in first

    for activity in programme.activities.all():
        entries.mark_done(activity, by=SYSTEM)
    assert "All of the plan has been done." in page_of(client, address("plan", programme))


def test_a_contact_finds_the_shared_plan_and_approves_it(client, programme, partner, contact):
    assert "Cooks together" in page_of(client, reverse("programmes:plans"))
    assert f"Approve the plan: {partner.organisation.name}" in page_of(client, address("plan", programme))
    approve = address("approve_plan", programme, partner)
    assert "Look at the whole plan." in page_of(client, approve)

    answer = client.post(approve, {"seen": "0"}, follow=True)

    assert "You have approved the plan" in answer.content.decode()
    assert PlanApproval.objects.get().name == "Aino Aalto"
    assert "Nothing that concerns you has changed" in page_of(client, approve)


def test_after_a_change_the_page_shows_exactly_what_changed(client, programme, partner, contact):
    approve_plan(partner, seen=0, by=contact)
    letters = queries.activities_of(programme).get(key="letters")
    coordinator = coordinator_of(programme.network)
    entries.change_activity(letters, details=details_of(letters, due_on=date(2027, 3, 19)), by=coordinator)
    meeting = queries.activities_of(programme).get(key="hr_meeting")
    entries.cancel_activity(meeting, by=coordinator)

    page = page_of(client, address("approve_plan", programme, partner))

    assert "2 things have changed since Aino Aalto approved the plan" in page
    assert "<b>Fri 19 Mar 2027</b>" in page
    assert "Kick-off" not in page.split("What has changed")[1].split("The whole plan")[0]
    stale = client.post(address("approve_plan", programme, partner), {"seen": "0"})
    assert stale.status_code == 409
    assert PlanApproval.objects.count() == 1
    newest = queries.newest_change_of(programme)
    client.post(address("approve_plan", programme, partner), {"seen": str(newest)})
    assert queries.standing_of(partner).is_approved


def test_a_contact_adds_an_own_activity_and_changes_it_but_nothing_that_is_shared(client, programme, partner, contact):
    page = page_of(client, address("plan_add", programme))
    assert "Shared by all partners" not in page
    told = {
        "name_en": "Visit to the kitchen",
        "kind": "other",
        "phase": str(programme.phases.first().ref),
        "partner": str(partner.ref),
        "responsible": "",
        "day": "1.6.2027",
        "clock": "9.30",
    }

    client.post(address("plan_add", programme), told)

    own = Activity.objects.get(partner=partner)
    assert own.starts_local == datetime(2027, 6, 1, 9, 30, tzinfo=UTC)
    told |= {"clock": "", "place": "Kitchen"}
    client.post(address("plan_change", programme, own), told)
    changed = Activity.objects.get(partner=partner)
    assert (changed.starts_local, changed.due_on, changed.place) == (None, date(2027, 6, 1), "Kitchen")
    shared = programme.activities.get(key="letters")
    assert client.get(address("plan_change", programme, shared)).status_code == 404
    assert client.post(address("plan_move", programme, shared), {"to": "cancelled"}).status_code == 404
    assert "Mark as done" not in page_of(client, address("plan_activity", programme, shared))
    client.post(address("plan_move", programme, own), {"to": "cancelled"})
    own.refresh_from_db()
    assert own.state == ActivityState.CANCELLED


def test_what_was_typed_comes_back_with_what_to_mend(client, programme, partner, contact):
    told = {"name_en": "", "kind": "other", "phase": "", "day": "31.2.2027", "clock": "13.00", "place": "Kitchen"}

    page = client.post(address("plan_add", programme), told).content.decode()

    assert "31.2.2027" in page
    assert "Kitchen" in page
    assert "There is no such day." in page
    assert "Write the name in one language at least." in page
    assert programme.activities.count() == 3


def test_comments_are_read_by_all_partners_and_removed_by_their_writer(client, programme, partner, contact):
    letters = programme.activities.get(key="letters")
    client.post(address("plan_comment", programme), {"text": "Good plan"})
    client.post(address("plan_activity", programme, letters), {"text": "Too <early>"})
    other = contact_of(partner_of(programme))
    client.force_login(other)

    assert "Good plan" in page_of(client, address("plan", programme))
    assert "Too &lt;early&gt;" in page_of(client, address("plan_activity", programme, letters))
    for comment in PlanComment.objects.all():
        assert client.post(address("remove_comment", programme, comment)).status_code == 404
    client.force_login(contact)
    client.post(address("remove_comment", programme, PlanComment.objects.get(activity=letters)))
    assert [row.text for row in PlanComment.objects.all()] == ["Good plan"]


def test_other_programmes_people_and_partners_find_nothing(client, programme, partner):
    elsewhere = planned_programme()
    theirs = partner_of(elsewhere)
    client.force_login(contact_of(theirs))
    letters = programme.activities.get(key="letters")
    for name, things in (
        ("plan", ()),
        ("plan_add", ()),
        ("plan_activity", (letters,)),
        ("partner", (partner,)),
        ("emphasis", (partner,)),
        ("approve_plan", (partner,)),
        ("shared_findings", ()),
        ("programme_plan", ()),
        ("partners", ()),
        ("findings", ()),
    ):
        assert client.get(address(name, programme, *things)).status_code == 404, name
    for name, things in (("partner", (partner,)), ("emphasis", (partner,)), ("plan_activity", (letters,))):
        assert client.get(address(name, elsewhere, *things)).status_code == 404, name


def test_a_neighbour_reads_a_partner_s_page_and_changes_nothing(client, programme, partner):
    client.force_login(contact_of(partner_of(programme)))

    page = page_of(client, address("partner", programme, partner))

    assert "Write down the emphasis" not in page
    assert "Set a main goal" not in page
    for name in ("emphasis", "sponsor", "approve_plan", "new_goal"):
        assert client.get(address(name, programme, partner)).status_code == 404, name
    assert client.post(address("name_contact", programme, partner), {"email": "x@example.org"}).status_code == 404


def test_a_coordinator_adds_partners_and_names_people(client, programme):
    coordinator = coordinator_of(programme.network)
    client.force_login(coordinator)
    organisation = organisation_of(programme.network, name="Kitchen Ltd")

    client.post(address("partners", programme), {"organisation": str(organisation.ref)})
    partner = Partner.objects.get()
    told = {"email": "new@example.org", "given_name": "", "family_name": "", "language": "sv"}
    refused = client.post(address("name_contact", programme, partner), told).content.decode()
    assert "Write the given name and the family name too." in refused
    assert "new@example.org" in refused
    client.post(address("name_contact", programme, partner), told | {"given_name": "Nya", "family_name": "Nyman"})
    client.post(address("quota", programme, partner), {"mentors": "4", "mentees": "8"})
    client.post(address("sponsor", programme, partner), told | {"given_name": "Nya", "family_name": "Nyman"})

    partner.refresh_from_db()
    assert (partner.is_host, partner.mentors_wanted, partner.mentees_wanted) == (True, 4, 8)
    assert str(partner.sponsor) == "Nya Nyman"
    page = page_of(client, address("partners", programme))
    assert "Together they hope for 4 mentors and 8 mentees." in page
    assert page.count("Nya Nyman") == 2


def test_the_emphasis_is_chosen_and_written_and_comes_back_when_something_is_wrong(client, programme, partner, contact):
    area = AreaFactory.create(name={"en": "Home care"})
    CompetenceFactory.create(area=area)
    assert "Home care" in page_of(client, address("emphasis", programme, partner) + "?words=home")
    assert "No competence area was found." in page_of(client, address("emphasis", programme, partner) + "?words=zzz")
    told = {"areas": [str(area.ref)], "task_en": "", "output0-name": "", "output0-link": "https://example.org"}

    wrong = client.post(address("emphasis", programme, partner), told).content.decode()
    assert "Name the output, or empty its other fields." in wrong
    assert "https://example.org" in wrong
    told |= {"output0-name": "Guide", "output0-kind": "material"}
    assert (
        "Write down the development task" in client.post(address("emphasis", programme, partner), told).content.decode()
    )
    client.post(address("emphasis", programme, partner), told | {"task_en": "A new kitchen"})

    assert [row.area.pk for row in partner.areas.all()] == [area.pk]
    page = page_of(client, address("partner", programme, partner))
    assert "A new kitchen" in page
    assert "Guide" in page


def test_hr_takes_what_an_hr_day_ended_in_as_main_goals(client, programme, partner):
    hr = steering(partner.organisation)
    workshop = workshop_in(programme.network, partner.organisation, state=WorkshopState.DONE)
    goal_in(workshop.parts.get(), "Time to learn", carried_by="HR", is_settled=True)
    client.force_login(hr)
    assert "Take them as main goals" in page_of(client, address("partner", programme, partner))

    client.post(address("take_conclusions", programme, partner))
    client.post(address("new_goal", programme, partner), {"title": "Fewer leave", "strategy": "People plan"})

    page = page_of(client, address("partner", programme, partner))
    assert "Take them as main goals" not in page
    assert "From an HR day." in page
    assert "Fewer leave" in page_of(client, address("plan", programme))
    goal = MainGoal.objects.get(title="Fewer leave")
    client.post(address("remove_goal", programme, partner, goal))
    assert "Main goals that were removed" in page_of(client, address("partner", programme, partner))


def test_who_takes_part_reads_what_the_organisations_aim_at(client, programme, partner):
    goals.set_goal(partner, goal=GoalDetails(title="Time to learn"), by=coordinator_of(programme.network))
    elsewhere = partner_of(planned_programme())
    goals.set_goal(elsewhere, goal=GoalDetails(title="Not here"), by=coordinator_of(elsewhere.programme.network))
    part = mentee(RoundFactory.create(programme=programme))
    client.force_login(part.person)

    page = page_of(client, reverse("programmes:my_part", args=[part.ref]))

    assert "Time to learn" in page
    assert "Not here" not in page
    assert client.get(address("plan", programme)).status_code == 404


def test_findings_are_written_decided_and_taken_along_as_text(client, programme, partner):
    coordinator = coordinator_of(programme.network)
    client.force_login(coordinator)
    client.post(address("findings", programme), {"text": "Too late.", "change": "Begin earlier."})
    finding = Finding.objects.get()
    client.post(address("change_finding", programme, finding), {"text": "Too late.", "change": "Begin in May."})

    refused = client.post(address("decide_finding", programme, finding), {"outcome": "no", "grounds": ""})
    assert "Write why the model does not change for it." in refused.content.decode()
    client.post(address("decide_finding", programme, finding), {"outcome": "yes"})

    finding.refresh_from_db()
    assert finding.state == FindingState.ACCEPTED
    text = client.get(address("findings_text", programme))
    assert text["Content-Disposition"] == 'attachment; filename="findings-career-mentoring.txt"'
    assert "1. Begin in May." in text.content.decode()
    client.force_login(contact_of(partner))
    page = page_of(client, address("shared_findings", programme))
    assert "Begin in May." in page
    assert "Write down a finding" not in page


def test_one_and_three_activities_take_the_same_queries(
    client, programme, partner, contact, django_assert_max_num_queries
):
    client.get(address("plan", programme))
    for _time in range(2):
        with django_assert_max_num_queries(24):
            client.get(address("plan", programme))
        programme.activities.exclude(key="letters").delete()
    with django_assert_max_num_queries(24):
        client.get(address("partner", programme, partner))


def test_a_trainer_sees_the_plan_and_does_not_approve_it(client, programme, partner):
    trainer = PersonFactory.create()
    grant(trainer, Role.TRAINER, organisation=partner.organisation)
    client.force_login(trainer)

    assert "The plan that the partners share" in page_of(client, address("plan", programme))
    assert client.get(address("approve_plan", programme, partner)).status_code == 404
    assert client.post(address("approve_plan", programme, partner), {"seen": "0"}).status_code == 404
    assert not PlanApproval.objects.exists()
    findings.propose_finding(programme, text="Good.", change="", by=coordinator_of(programme.network))
    assert "Good." in page_of(client, address("shared_findings", programme))
