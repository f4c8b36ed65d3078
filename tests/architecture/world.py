"""Two networks, each with somebody in every role and with one of every thing, made through the services."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from importlib.resources import files
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from luotsi.comms.enums import DeliveryState
from luotsi.comms.models import Delivery, Message
from luotsi.competence.enums import Moment, SourceKind
from luotsi.competence.models import Area
from luotsi.competence.services import plans, shares
from luotsi.competence.services.needs import NeedDetails, state_need
from luotsi.competence.services.staging import stage
from luotsi.core.actors import SYSTEM
from luotsi.core.enums import JobState
from luotsi.core.models import Job
from luotsi.core.tables.xlsx_writing import Sheet, write_xlsx
from luotsi.core.texts import TranslatedText
from luotsi.insight.enums import Indicator
from luotsi.insight.services import ask_about_figure, take_figures
from luotsi.journey.demo import play, region
from luotsi.journey.demo.names import made_up_people
from luotsi.library.queries import tools
from luotsi.library.services import load_shipped
from luotsi.matching.models import Proposal
from luotsi.mentoring.models import Relationship
from luotsi.passport.services.claims import choose_mark
from luotsi.people.enums import OrganisationKind, Role
from luotsi.people.models import Membership
from luotsi.people.services.memberships import grant, invite
from luotsi.people.services.organisations import add_organisation, join_network
from luotsi.people.services.partnerships import begin_partnership
from luotsi.programmes.formats.values import ActivityKind
from luotsi.programmes.messages.own_words import OwnWords
from luotsi.programmes.models.applications import Application, Interview
from luotsi.programmes.models.lists import ImportRun
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.directory import token_of
from luotsi.programmes.queries.programmes import round_of
from luotsi.programmes.services import assignments, entries, findings, goals, partners
from luotsi.programmes.services.activities import bring_material, sign_up
from luotsi.programmes.services.batches import Asked, ask_for_many
from luotsi.programmes.services.directory import subscribe
from luotsi.programmes.services.enquiries import Asking, ask_for_programme
from luotsi.programmes.services.letters import make_template
from luotsi.programmes.services.models import import_model
from luotsi.programmes.services.plans import lay_out
from luotsi.programmes.services.pool import join_pool
from luotsi.programmes.services.programmes import draft_programme
from luotsi.surveys.enums import Answering, Step
from luotsi.surveys.models import Response
from luotsi.surveys.services.conclusions import Goal, set_goal
from luotsi.surveys.services.instruments import keep_instrument
from luotsi.surveys.services.notes import write_note
from luotsi.surveys.services.opening import WavePlan, start_wave
from luotsi.surveys.services.workshops import plan_workshop, start_workshop
from tests.factories.activities import assignment_in, with_places
from tests.factories.model_files import model_file
from tests.factories.people import PersonFactory
from tests.factories.surveys import form_of

if TYPE_CHECKING:
    from luotsi.people.models import Person

APPLICANTS = 30


@dataclass
class World:
    """People by role, and things by what the rights table calls them."""

    people: dict[str, Person] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)


def make_world(seed: int) -> World:
    dice = Random(seed)
    crowd = made_up_people(dice)
    load_shipped(by=SYSTEM)
    world = World()
    team = play.staff(f"Network {seed}", f"College {seed}", list(islice(crowd, 3)))
    world.people |= {"coordinator": team.coordinator, "assessor": team.assessor, "reader": team.reader}
    _organisation(world, team, crowd, seed)
    _programme(world, team, seed, dice)
    _figures(world, team)
    _workshop(world, team)
    _surveys(world, team)
    _needs(world, team)
    _growth(world, team)
    _partners(world, team)
    _around(world, team)
    _activities(world, team)
    _troubles(world)
    return world


def _organisation(world: World, team: play.Staff, crowd: Any, seed: int) -> None:
    admin, member, keeper = (play.person_from(made_up) for made_up in islice(crowd, 3))
    grant(admin, Role.ADMIN, organisation=team.issuer, by=SYSTEM)
    grant(member, Role.MEMBER, organisation=team.issuer, by=SYSTEM)
    home = add_organisation(by=SYSTEM, name=f"Keepers {seed}", kind=OrganisationKind.PUBLIC_BODY)
    grant(keeper, Role.OPERATOR, organisation=home, by=SYSTEM)
    invitation = invite(by=admin, email=f"new{seed}@example.org", role=Role.ASSESSOR, organisation=team.issuer)
    world.people |= {"admin": admin, "operator": keeper}
    world.things |= {
        "organisation": team.issuer.ref,
        "issuer": team.issuer.ref,
        "network": team.network.ref,
        "membership": Membership.objects.get(person=member).ref,
        "invitation": invitation.ref,
    }


def _programme(world: World, team: play.Staff, seed: int, dice: Random) -> None:
    content = files("luotsi.journey.demo").joinpath("framework.json").read_bytes()
    framework = play.bring_in_framework(team, content, source="Luotsi")
    mark = play.make_mark(team, framework, dice, "world")
    staged = stage(content, by=team.coordinator, kind=SourceKind.EPERUSTEET)
    programme = play.open_programme(team, {"en": f"Programme {seed}"}, play.today())
    play.lead(team, programme, [mark])
    round_ = round_of(programme)
    assert round_ is not None
    sheet = region._sheet(APPLICANTS, seed)
    rows = [tuple(_own(cell, seed) for cell in row) for row in sheet.rows]
    run = play.hand_in(team, round_, "list.xlsx", write_xlsx([Sheet(title="A", headers=sheet.headers, rows=rows)]))
    play.take_in(team, run)
    matched = play.match(team, round_)
    play.publish(team, matched)
    proposals = list(
        Proposal.objects.filter(run=matched).select_related("mentor__person", "mentee__person").order_by("pk")
    )
    first, second, third, waiting = _apart(proposals)
    pair = play.accept(first)
    play.agree(pair)
    play.meet(pair, play.today(), by=first.mentee.person, tool_key=play.first_tool())
    for proposal in (second, third):
        play.agree(ended := play.accept(proposal))
        play.part(ended)
    participant = second.mentee.person
    claim = play.claim_of(participant, mark)
    other_mark = play.make_mark(team, framework, dice, "world-2")
    other = choose_mark(other_mark, by=participant)
    play.hand_in_claim(other, "Words.")
    play.award(play.claim_of(participant, other_mark), by=team.assessor)
    submitted = play.claim_of(third.mentee.person, mark)
    play.hand_in_claim(submitted, "Words.")
    world.people |= {
        "mentor": first.mentor.person,
        "mentee": first.mentee.person,
        "candidate": waiting.mentee.person,
        "participant": participant,
    }
    world.things |= {
        "framework": framework.ref,
        "framework_import": staged.ref,
        "area": framework.areas.get().ref,
        "programme": programme.ref,
        "own_model": import_model(team.network, model_file(key="own-mentoring"), by=team.coordinator).ref,
        "round": round_.ref,
        "draft": draft_programme(
            team.network,
            model_key=play.MODEL,
            name={"en": f"Draft {seed}"},
            starts_on=play.today() + timedelta(weeks=2),
            by=team.coordinator,
        ).ref,
        "import_run": ImportRun.objects.get(round=round_).ref,
        "match_run": matched.ref,
        "proposal": waiting.ref,
        "application": Application.objects.get(person=first.mentee.person).ref,
        **_decisions(team, programme, first),
        "relationship": pair.ref,
        "session": pair.sessions.get().ref,
        "agreement": pair.agreements.get().ref,
        "mark": play.make_mark(team, framework, dice, "world-3").ref,
        "claim": claim.ref,
        "submitted_claim": submitted.ref,
        "credential": play.claim_of(participant, other_mark).credential.ref,
        "message": Message.objects.filter(recipient_ref=first.mentee.person.ref).latest("pk").ref,
        "response": Response.objects.get(person=participant).ref,
        "tool": tools()[0].key,
    }


def _needs(world: World, team: play.Staff) -> None:
    details = NeedDetails(words="People who plan shifts.", language="en", people=2, needed_from=play.today())
    need = state_need(team.issuer, network=team.network, details=details, competences=[], by=world.people["admin"])
    world.things["need"] = need.ref


def _own(cell: Any, seed: int) -> Any:
    return cell.replace("@", f"{seed}@") if isinstance(cell, str) and "@example" in cell.lower() else cell


def _apart(proposals: list[Proposal]) -> list[Proposal]:
    """Four proposals in which nobody stands twice."""
    chosen: list[Proposal] = []
    taken: set[int] = set()
    for proposal in proposals:
        two = {proposal.mentor.person_id, proposal.mentee.person_id}
        if not two & taken:
            chosen.append(proposal)
            taken |= two
    return chosen[:4]


def _growth(world: World, team: play.Staff) -> None:
    """The pair is assessed, and the mentee shows the own growth to the mentor."""
    mentor, mentee = world.people["mentor"], world.people["mentee"]
    pair = Relationship.objects.get(ref=world.things["relationship"])
    area = Area.objects.get(ref=world.things["area"])
    plan = plans.make_plan(pair.circle, name="Guiding", by=team.coordinator)
    plans.choose_in_area(plan, area, area.competences.all(), by=team.coordinator)
    answer_by = play.today()
    plans.ask(plan, plans.Round(moment=Moment.START, answer_by=answer_by, people=(mentee,)), by=team.coordinator)
    share = shares.show(shares.Wish(shown_to=mentor), by=mentee)
    world.things |= {
        "assessment_plan": plan.ref,
        "assessed_person": mentee.ref,
        "assessment_task": plan.tasks.get().ref,
        "growth_share": share.ref,
    }


def _decisions(team: play.Staff, programme: Programme, proposal: Proposal) -> dict[str, Any]:
    """What stands beside an application: a talk, a kept letter, a letter to many, the part that came of it."""
    application = proposal.mentee.application
    held = Interview(application=application, held_on=play.today(), held_by=team.coordinator).insert()
    words = OwnWords(subject=TranslatedText({"en": "Hello"}), text=TranslatedText({"en": "Hello {name}."}))
    letter = make_template(team.network, name="Letter", words=words, by=team.coordinator)
    batch = ask_for_many(programme, [application], Asked(words=words), by=team.coordinator)
    programme.amend(project_code="S30000")
    return {"interview": held.ref, "letter": letter.ref, "batch": batch.ref, "part": proposal.mentee.ref}


def _figures(world: World, team: play.Staff) -> None:
    question = ask_about_figure(team.network, Indicator.PAIRS, "Why so few?", by=team.reader)
    snapshot = take_figures(team.network, by=team.reader, on=play.today())
    world.things |= {"question": question.ref, "snapshot": snapshot.ref}


def _surveys(world: World, team: play.Staff) -> None:
    """An anonymous survey of the organisation, and one by an open link, both run by its own people."""
    for person in PersonFactory.create_batch(5):
        grant(person, Role.MEMBER, organisation=team.issuer, by=SYSTEM)
    asked, linked = (keep_instrument(form_of(key=key), by=SYSTEM) for key in ("asked", "linked"))
    until = timezone.localdate() + timedelta(days=14)
    plan = WavePlan(instrument=asked, answering=Answering.ANONYMOUS, closes_on=until, organisation=team.issuer)
    wave = start_wave(plan, by=world.people["admin"])
    link = start_wave(replace(plan, instrument=linked, has_link=True), by=world.people["admin"])
    world.things |= {
        "wave": wave.ref,
        "invitee": wave.invitees.get(person=world.people["admin"]).ref,
        "survey_link": link.link_key,
        "instrument": asked.ref,
    }


def _workshop(world: World, team: play.Staff) -> None:
    """An HR day that goes on, with the administrator's organisation."""
    workshop = plan_workshop(
        team.network, name="HR day", held_on=play.today(), organisations=[team.issuer], by=team.coordinator
    )
    start_workshop(workshop, by=team.coordinator)
    part, admin = workshop.parts.get(), world.people["admin"]
    world.things |= {
        "workshop": workshop.ref,
        "workshop_part": part.ref,
        "workshop_step": Step.WANTED.value,
        "workshop_note": write_note(part, step=Step.WANTED, text="We ask more.", by=admin).ref,
        "workshop_goal": set_goal(part, goal=Goal(title="Ask more", why="We ask little."), by=admin).ref,
    }


def _partners(world: World, team: play.Staff) -> None:
    """The administrator's organisation is a partner, with an own activity, a contact, a goal and a finding."""
    admin, coordinator = world.people["admin"], team.coordinator
    programme = Programme.objects.select_related("network").get(ref=world.things["programme"])
    lay_out(programme, by=SYSTEM)
    partner = partners.add_partner(programme, organisation=team.issuer, by=coordinator)
    phase = programme.phases.get(position=0)
    own = entries.ActivityDetails(name={"en": "Visit"}, text={}, kind=ActivityKind.OTHER, phase=phase)
    named = partners.Named(email=f"contact-{team.network.ref}@example.org", given_name="N", family_name="N")
    goal = goals.GoalDetails(title="Learning")
    workplace = add_organisation(by=SYSTEM, name=f"Workplace {team.network.ref}", kind=OrganisationKind.EMPLOYER)
    join_network(workplace, team.network, by=SYSTEM)
    world.things |= {
        "partnership": begin_partnership(team.network, provider=team.issuer, workplace=workplace, by=coordinator).ref,
        "partner": partner.ref,
        "partner_activity": entries.add_activity(programme, details=own, partner=partner, by=admin).ref,
        "partner_contact": partners.name_contact(partner, named=named, by=coordinator).ref,
        "plan_comment": entries.comment_on_plan(programme, text="Good.", by=admin).ref,
        "main_goal": goals.set_goal(partner, goal=goal, by=coordinator).ref,
        "finding": findings.propose_finding(programme, text="Late.", change="Earlier.", by=coordinator).ref,
    }


def _around(world: World, team: play.Staff) -> None:
    """News, an enquiry, and a mentor in the pool."""
    asking = Asking(organisation_name="O", contact_name="N", email="o@example.org", language="en", text="When?")
    subscription = subscribe(f"news-{team.network.ref}@example.org", language="en", region="", by=SYSTEM)
    world.things |= {
        "enquiry": ask_for_programme(team.network, asking, by=SYSTEM).ref,
        "news_token": token_of(subscription),
        "pool_place": join_pool(team.network, by=world.people["mentor"]).ref,
    }


def _activities(world: World, team: play.Staff) -> None:
    """A training session with a place for whoever signs up, and an assignment that the mentee has answered."""
    programme = Programme.objects.select_related("network").get(ref=world.things["programme"])
    trainer, mentee = PersonFactory.create(), world.people["mentee"]
    grant(trainer, Role.TRAINER, network=team.network, by=SYSTEM)
    world.people["trainer"] = trainer
    session, assignment = with_places(programme, 9), assignment_in(programme)
    sign_up(session, by=world.people["mentor"])
    added = assignments.add_file(assignment, name="a.pdf", content=b"%PDF-", by=mentee)
    world.things |= {
        "session_to_train": session.ref,
        "check_in_key": session.check_in_key,
        "material": bring_material(session, name="b.pdf", content=b"%PDF-", by=trainer).ref,
        "assignment": assignment.ref,
        "assignment_file": added.ref,
        "answer": assignments.hand_in(assignment, text="Words.", by=mentee).ref,
    }


def _troubles(world: World) -> None:
    """A mail whose fate is unknown and a job that failed: states that only a crash makes."""
    delivery = Delivery.objects.filter(state__in=[DeliveryState.WAITING, DeliveryState.SENT]).latest("pk")
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.UNCERTAIN, sending_since=timezone.now())
    job = Job.objects.create(name="comms.deliver", state=JobState.FAILED, ended_at=timezone.now())
    world.things |= {"delivery": delivery.ref, "failed_job": job.ref}
