"""Pairs for stories: rows as services would have left them, without their letters and audit entries."""

from datetime import date, datetime, timedelta
from typing import Any

import factory
from django.utils import timezone

from luotsi.core.versions import keep_version
from luotsi.matching.enums import Answer, ProposalState
from luotsi.matching.models import MatchRun, Proposal
from luotsi.mentoring.enums import How, RelationshipState
from luotsi.mentoring.models import Agreement, AgreementApproval, Relationship, RelationshipMember, Session
from luotsi.people.enums import CircleKind, CircleRole
from luotsi.people.models import Person
from luotsi.programmes.enums import PartRole
from luotsi.programmes.models.programmes import Programme, Round
from tests.factories.people import CircleFactory, PersonFactory, join
from tests.factories.programmes import ProgrammeFactory, RoundFactory, mentee, mentor

AGREEMENT = {
    "fi": "## Luottamus\nPidämme puheet omanamme.\n\nKumpikin saa lopettaa.",
    "sv": "## Förtroende\nVi håller det vi talar om för oss själva.\n\nBåda får sluta.",
    "en": "## Trust\nWe keep to ourselves what we talk about.\n\nEither may end it.",
}


def proposal_in(programme: Programme, *, mentor_is: Person | None = None, mentee_is: Person | None = None) -> Proposal:
    """A proposal that both have accepted."""
    round_ = Round.objects.filter(programme=programme).first() or RoundFactory.create(programme=programme)
    number = MatchRun.objects.filter(round=round_).count() + 1
    run = MatchRun.objects.create(round=round_, number=number, made_by=PersonFactory.create(), input_hash="0" * 64)
    return Proposal.objects.create(
        run=run,
        mentor=mentor(round_, person=mentor_is),
        mentee=mentee(round_, person=mentee_is),
        score=7000,
        state=ProposalState.ACCEPTED,
        mentor_said=Answer.YES,
        mentee_said=Answer.YES,
        answer_by=timezone.localdate(),
    )


def pair(
    programme: Programme | None = None,
    *,
    mentor_is: Person | None = None,
    mentee_is: Person | None = None,
    days_ago: int = 0,
    **values: Any,
) -> Relationship:
    """Two who have just begun: their agreement waits for both. `days_ago`: when that was."""
    programme = programme or ProgrammeFactory.create()
    proposal = proposal_in(programme, mentor_is=mentor_is, mentee_is=mentee_is)
    circle = CircleFactory.create(kind=CircleKind.PAIR, network=programme.network, parent=programme.circle)
    relationship = Relationship.objects.create(programme=programme, proposal=proposal, circle=circle, **values)
    for part, role in ((proposal.mentor, PartRole.MENTOR), (proposal.mentee, PartRole.MENTEE)):
        RelationshipMember.objects.create(relationship=relationship, person=part.person, role=role)
        join(circle, part.person, CircleRole(role.value))
    text = keep_version("mentoring.agreement", AGREEMENT)
    Agreement.objects.create(relationship=relationship, number=1, text=text)
    if days_ago:
        begun_at = timezone.localtime() - timedelta(days=days_ago)
        Relationship.objects.filter(pk=relationship.pk).update(created_at=begun_at)
        relationship.refresh_from_db()
    return relationship


def active_pair(programme: Programme | None = None, *, days_ago: int = 0, **values: Any) -> Relationship:
    """Two who have approved their agreement, `days_ago` days ago."""
    agreed_at: datetime = timezone.localtime() - timedelta(days=days_ago)
    values = {"state": RelationshipState.ACTIVE, "agreed_at": agreed_at, **values}
    relationship = pair(programme, days_ago=days_ago, **values)
    agreement = relationship.agreements.get()
    Agreement.objects.filter(pk=agreement.pk).update(approved_at=agreed_at)
    for member in relationship.members.all():
        AgreementApproval.objects.create(agreement=agreement, person=member.person)
    return relationship


def over_pair(programme: Programme | None = None, **values: Any) -> Relationship:
    """Two whose mentoring is completed."""
    ended = {"state": RelationshipState.COMPLETED, "ending": "goals_reached", "ended_at": timezone.now()}
    return active_pair(programme, **{**ended, **values})


class SessionFactory(factory.django.DjangoModelFactory[Session]):
    class Meta:
        model = Session

    relationship = factory.LazyFunction(active_pair)
    held_on = factory.LazyFunction(timezone.localdate)
    minutes = 60
    how = How.AS_AGREED
    logged_by = factory.LazyAttribute(lambda row: row.relationship.mentee)


def met(relationship: Relationship, *days_ago: int, **values: Any) -> list[Session]:
    """Meetings so many days ago."""
    today: date = timezone.localdate()
    return [
        SessionFactory.create(relationship=relationship, held_on=today - timedelta(days=days), **values)
        for days in days_ago
    ]


def outsider() -> Person:
    """Somebody with a pair of the same programme's kind, but another one."""
    return active_pair(mentee_is=PersonFactory.create()).mentee
