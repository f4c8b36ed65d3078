"""When this happens there, that happens here. Each handler is given an event once, in a transaction of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.core.events import on
from luotsi.core.questions.reading import read_form
from luotsi.journey.models import AwardRule
from luotsi.matching.events import ProposalAccepted
from luotsi.matching.models import Proposal
from luotsi.mentoring.events import RelationshipCompleted, RelationshipEndedEarly, SessionLogged
from luotsi.mentoring.queries.relationships import minutes_met_in
from luotsi.mentoring.services.relationships import open_relationship
from luotsi.passport.enums import MarkState
from luotsi.passport.services import claims
from luotsi.people.models import Person
from luotsi.programmes.enums import PartRole
from luotsi.programmes.events import ProgrammeOpened
from luotsi.programmes.formats.values import FeedbackQuestion, FeedbackType
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.participations import part_with
from luotsi.programmes.services.directory import ask_to_send_news
from luotsi.programmes.services.participations import set_minutes_mentored
from luotsi.programmes.services.places import complete_participation, free_place
from luotsi.surveys.services.instruments import keep_instrument
from luotsi.surveys.services.waves import open_wave

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.core.questions.values import Form
    from luotsi.programmes.formats.values import ModelDescription

MENTORING_COMPLETED = "mentoring.completed"
DAYS_TO_ANSWER = 21
YES_OR_NO = [
    {"key": "yes", "text": {"fi": "Kyllä", "sv": "Ja", "en": "Yes"}},
    {"key": "no", "text": {"fi": "Ei", "sv": "Nej", "en": "No"}},
]
SCALE = "one_to_five"
POINTS = [
    {"value": 1, "text": {"fi": "1, vähiten", "sv": "1, minst", "en": "1, the least"}},
    *({"value": value, "text": dict.fromkeys(("fi", "sv", "en"), str(value))} for value in (2, 3, 4)),
    {"value": 5, "text": {"fi": "5, eniten", "sv": "5, mest", "en": "5, the most"}},
]
CLOSING_QUESTIONS = {
    "fi": "Miten mentorointi sujui?",
    "sv": "Hur gick mentorskapet?",
    "en": "How did mentoring go?",
}
WHAT_HAPPENED = {
    "fi": "Mentorointi vietiin yhdessä loppuun.",
    "sv": "Mentorskapet fördes till sitt slut tillsammans.",
    "en": "Mentoring was brought to its end together.",
}


@on(ProgrammeOpened)
def tell_those_who_asked(event: ProgrammeOpened) -> None:
    """Addresses that wanted news of programmes hear of this one."""
    ask_to_send_news(event.programme)


@on(ProposalAccepted)
def open_the_relationship(event: ProposalAccepted) -> None:
    proposal = Proposal.objects.select_related(
        "mentor__person", "mentee__person", "run__round__programme__network", "run__round__programme__circle"
    ).get(ref=event.proposal)
    open_relationship(
        proposal.run.round.programme,
        mentor=proposal.mentor.person,
        mentee=proposal.mentee.person,
        proposal=proposal,
        by=SYSTEM,
    )


@on(RelationshipCompleted)
def offer_the_marks(event: RelationshipCompleted) -> None:
    """What was done becomes a fact in the mentee's passport, and opens the marks that the programme leads to."""
    mentee = Person.objects.get(ref=event.mentee)
    fact = claims.note_fact(
        mentee,
        kind=MENTORING_COMPLETED,
        fact_ref=event.relationship,
        happened_on=timezone.localdate(),
        text=WHAT_HAPPENED,
        by=SYSTEM,
    )
    rules = AwardRule.objects.filter(programme__ref=event.programme, mark__state=MarkState.OPEN)
    for rule in rules.select_related("mark__network", "mark__issuer").order_by("pk"):
        claims.offer_claim(rule.mark, mentee, fact=fact, by=SYSTEM)


@on(RelationshipCompleted)
def ask_how_it_was(event: RelationshipCompleted) -> None:
    """Both are asked the closing questions of the programme's model, among all who were in the programme."""
    programme = Programme.objects.select_related("network", "circle__network").get(ref=event.programme)
    model = model_in(programme.description)
    instrument = keep_instrument(_closing_form(model), by=SYSTEM)
    open_wave(
        instrument,
        circle=programme.circle,
        persons=Person.objects.filter(ref__in=[event.mentor, event.mentee]),
        closes_on=timezone.localdate() + timedelta(days=DAYS_TO_ANSWER),
        by=SYSTEM,
    )


@on(RelationshipCompleted)
def complete_the_part(event: RelationshipCompleted) -> None:
    """The mentee has done the part to its end; the mentor has a place for somebody new."""
    proposal = _proposal_of(event.relationship)
    complete_participation(proposal.mentee, by=SYSTEM)
    free_place(proposal.mentor, by=SYSTEM)


@on(RelationshipEndedEarly)
def free_the_places(event: RelationshipEndedEarly) -> None:
    """Both can be in another pair again."""
    proposal = _proposal_of(event.relationship)
    free_place(proposal.mentee, by=SYSTEM)
    free_place(proposal.mentor, by=SYSTEM)


@on(SessionLogged)
def sum_up_the_hours(event: SessionLogged) -> None:
    """Both have as many minutes as all their meetings in the programme took: summed anew, so that none counts twice."""
    programme = Programme.objects.get(ref=event.programme)
    for role, ref in ((PartRole.MENTOR, event.mentor), (PartRole.MENTEE, event.mentee)):
        part = part_with(programme, ref, role)
        if part is not None:
            set_minutes_mentored(part, minutes_met_in(programme, ref, role), by=SYSTEM)


def _proposal_of(relationship: UUID) -> Proposal:
    people = ("mentor__person", "mentee__person", "mentor__programme", "mentee__programme")
    return Proposal.objects.select_related(*people).get(relationship__ref=relationship)


def _closing_form(model: ModelDescription) -> Form:
    """The questions of a model as a survey asks them."""
    return read_form(
        {
            "key": f"{model.key}-closing",
            "version": 1,
            "name": CLOSING_QUESTIONS,
            "purpose": "feedback",
            "answering": "named",
            "scales": {SCALE: {"points": POINTS}},
            "sections": [{"key": "questions", "items": [_item(question) for question in model.feedback]}],
        }
    )


def _item(question: FeedbackQuestion) -> dict[str, Any]:
    """Own words may be left out, the rest is answered."""
    item = {"key": question.key, "text": question.text, "required": question.type != FeedbackType.TEXT}
    if question.type == FeedbackType.YES_NO:
        return item | {"type": "choice", "choices": YES_OR_NO}
    if question.type == FeedbackType.SCALE:
        return item | {"type": "scale", "scale": SCALE}
    return item | {"type": "text"}
