"""The thread, step by step, through the services that the pages use: for the demo region and for `story`.

Each step returns what came of it. Nothing is written straight into tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from luotsi.competence.models import Area
from luotsi.competence.services.imports import import_framework
from luotsi.core import events, jobs
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText
from luotsi.journey.services.leads import lead_to
from luotsi.library.queries import tools
from luotsi.matching.models import MatchRun, Proposal
from luotsi.matching.services import answers, runs
from luotsi.mentoring.enums import Ending, How
from luotsi.mentoring.models import Relationship
from luotsi.mentoring.services.agreements import approve_agreement
from luotsi.mentoring.services.relationships import begin_closing, confirm_closing
from luotsi.mentoring.services.sessions import Meeting, log_session
from luotsi.passport.enums import Theme
from luotsi.passport.models import Claim
from luotsi.passport.services import claims, marks
from luotsi.people.enums import OrganisationKind, Role
from luotsi.people.services.accounts import add_person
from luotsi.people.services.memberships import grant
from luotsi.people.services.organisations import add_network, add_organisation, join_network
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.lists import ImportRun
from luotsi.programmes.queries.calls import guardian_is_missing
from luotsi.programmes.services import applications, guardians, imports, programmes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from luotsi.competence.models import Framework
    from luotsi.journey.demo.names import MadeUpPerson
    from luotsi.passport.models import Mark
    from luotsi.people.models import Network, Organisation, Person
    from luotsi.programmes.models.programmes import Programme, Round

MODEL = "career-mentoring"
MOST_COMPETENCES = 4
GUARDIAN = "Huoltaja, made up"  # has signed for whoever is under 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who runs things in a network."""

    network: Network
    issuer: Organisation
    coordinator: Person
    assessor: Person
    reader: Person


def work() -> None:
    """Let the worker's part happen here and now: jobs and facts that wait. Mail is left to the worker."""
    jobs.run_waiting(leave="comms.deliver")
    events.dispatch_waiting()


def person_from(made_up: MadeUpPerson) -> Person:
    """An account for a made-up person, marked so for ever."""
    return add_person(
        by=SYSTEM,
        email=made_up.email,
        given_name=made_up.given_name,
        family_name=made_up.family_name,
        language=made_up.language,
        region=made_up.region,
        is_made_up=True,
    )


def staff(name: str, issuer_name: str, people: Sequence[MadeUpPerson], *, region: str = "") -> Staff:
    """A network with an organisation that issues marks, a coordinator, an assessor and a reader."""
    network = add_network(by=SYSTEM, name=name, region=region)
    issuer = add_organisation(by=SYSTEM, name=issuer_name, kind=OrganisationKind.PROVIDER, region=region)
    join_network(issuer, network, by=SYSTEM)
    coordinator, assessor, reader = (person_from(made_up) for made_up in people[:3])
    grant(coordinator, Role.COORDINATOR, network=network, by=SYSTEM)
    grant(assessor, Role.ASSESSOR, network=network, by=SYSTEM)
    grant(reader, Role.READER, network=network, by=SYSTEM)
    return Staff(network=network, issuer=issuer, coordinator=coordinator, assessor=assessor, reader=reader)


def open_programme(team: Staff, name: dict[str, str], starts_on: date) -> Programme:
    """From the career-mentoring model to an open call."""
    return programmes.open_programme(team.network, model_key=MODEL, name=name, starts_on=starts_on, by=team.coordinator)


def hand_in(team: Staff, round_: Round, name: str, content: bytes) -> ImportRun:
    """Hand a list in and have it read: the dry run."""
    run = imports.stage_import(round_, name=name, content=content, by=team.coordinator)
    work()
    return ImportRun.objects.select_related("round__programme__network").get(pk=run.pk)


def take_in(team: Staff, run: ImportRun) -> int:
    """Take the good rows and accept everybody who applied so. Returns how many were accepted."""
    imports.apply_import(run, by=team.coordinator)
    work()
    for application in Application.objects.filter(round=run.round).select_related(
        "person", "round__programme__network"
    ):
        if guardian_is_missing(application):
            guardians.note_paper_consent(application, GUARDIAN, by=team.coordinator)
    return applications.accept_submitted(run.round, by=team.coordinator)


def match(team: Staff, round_: Round) -> MatchRun:
    """Work the pairs out."""
    run = runs.start_run(round_, by=team.coordinator)
    work()
    return MatchRun.objects.select_related("round__programme__network").get(pk=run.pk)


def publish(team: Staff, run: MatchRun) -> int:
    """Ask the pairs. Returns how many."""
    runs.publish_run(run, by=team.coordinator)
    work()
    return Proposal.objects.filter(run=run).count()


def accept(proposal: Proposal) -> Relationship:
    """Both say yes; their relationship begins by itself."""
    answers.answer(proposal, yes=True, by=proposal.mentor.person)
    answers.answer(proposal, yes=True, by=proposal.mentee.person)
    work()
    return Relationship.objects.select_related("programme__network").get(proposal=proposal)


def agree(relationship: Relationship) -> None:
    """Both approve the agreement."""
    for member in relationship.members.select_related("person"):
        approve_agreement(relationship.agreements.latest("number"), by=member.person)
    relationship.refresh_from_db()


def meet(relationship: Relationship, on: date, *, by: Person, tool_key: str, minutes: int = 60) -> None:
    """One meeting is held and logged."""
    meeting = Meeting(held_on=on, minutes=minutes, how=How.AS_AGREED, tool_key=tool_key, summary="")
    log_session(relationship, meeting, by=by)


def part(relationship: Relationship) -> None:
    """One brings it to its end, the other confirms. What it leads to follows by itself."""
    first, second = (member.person for member in relationship.members.select_related("person").order_by("pk")[:2])
    begin_closing(relationship, Ending.GOALS_REACHED, by=first)
    confirm_closing(relationship, by=second)
    work()
    relationship.refresh_from_db()


def bring_in_framework(team: Staff, content: bytes, *, source: str = "ePerusteet") -> Framework:
    """Import the criteria."""
    report = import_framework(content, by=team.coordinator, source=source)
    if report.framework is None:
        raise RefusedError("nothing was imported")
    return report.framework


def make_mark(team: Staff, framework: Framework, dice: Random, key: str) -> Mark:
    """An open mark out of a unit's criteria. Refused when no unit of the framework has any."""
    areas = [
        area for area in Area.objects.filter(framework=framework).order_by("position") if area.competences.exists()
    ]
    if not areas:
        raise RefusedError("The framework names units but holds no criteria of theirs. Choose a file of one unit.")
    area = dice.choice(areas)
    chosen = list(area.competences.order_by("position")[:MOST_COMPETENCES])
    mark = marks.make_mark_from(
        chosen,
        by=team.coordinator,
        network=team.network,
        issuer=team.issuer,
        key=key,
        name=area.name,
        description=TranslatedText(
            fi="Osaaminen, joka on näytetty mentoroinnissa ja työssä.",
            sv="Kunnande som har visats i mentorskap och i arbete.",
            en="Competence that was shown in mentoring and at work.",
        ),
        evidence_asked=TranslatedText(
            fi="Kerro yksi tai kaksi esimerkkiä omasta työstäsi.",
            sv="Berätta om ett eller två exempel ur ditt eget arbete.",
            en="Tell one or two examples from your own work.",
        ),
        theme=Theme.GUIDING,
    )
    marks.open_mark(mark, by=team.coordinator)
    return mark


def lead(team: Staff, programme: Programme, chosen: list[Mark]) -> None:
    """Whoever completes mentoring here is offered these marks."""
    lead_to(programme, chosen, by=team.coordinator)


def claim_of(person: Person, mark: Mark) -> Claim:
    """The claim that was opened for the person."""
    return Claim.objects.select_related("mark__network", "mark__issuer", "person").get(person=person, mark=mark)


def hand_in_claim(claim: Claim, words: str) -> None:
    """The participant adds own words and hands the claim in."""
    claims.add_evidence(claim, words, by=claim.person)
    claims.submit_claim(claim, by=claim.person)


def award(claim: Claim, *, by: Person) -> bytes:
    """The assessor finds every criterion met. Returns the signed document."""
    judged = [claims.CriterionJudged(criterion=row, is_met=True) for row in claim.mark.criteria.all()]
    claims.award_claim(claim, by=by, judged=judged)
    work()
    return bytes(Claim.objects.get(pk=claim.pk).credential.document)


def today() -> date:
    return timezone.localdate()


def open_claims(network: Network) -> list[Claim]:
    """Claims that the ends of mentoring opened, the first one first."""
    claims_of_network = Claim.objects.filter(mark__network=network, is_offered=True)
    return list(claims_of_network.select_related("mark__network", "mark__issuer", "person").order_by("pk"))


def first_tool() -> str:
    """The first tool of the library: what a pair meets with."""
    return tools()[0].key
