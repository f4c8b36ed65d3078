"""Reads: the problem as it stands, runs for coordinators, proposals for the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.core.models import Job
from luotsi.core.queries import one
from luotsi.core.words.keys import search_key
from luotsi.matching.enums import Answer, ProposalState, RunState
from luotsi.matching.models import MatchRun, Proposal
from luotsi.matching.solver.json_form import result_from_json
from luotsi.matching.solver.values import Criterion, Mentee, Mentor, Problem, Rule, Rules, Weights, gain_of_a_seat
from luotsi.people.models import Person
from luotsi.programmes.enums import PartRole, ProgrammeState
from luotsi.programmes.formats.answers import Answers, answers_from_json
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.participations import free_participations_of
from luotsi.programmes.queries.programmes import programmes_for
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.matching.solver.values import Result
    from luotsi.programmes.models.participations import Participation
    from luotsi.programmes.models.programmes import Programme


# The problem


def problem_of(programme: Programme) -> Problem:
    """Who has a free place now, under the model's weights and rules. People are known in it by their refs alone."""
    found = list(free_participations_of(programme))
    mentees = tuple(_mentee(part) for part in found if part.role == PartRole.MENTEE)
    mentors = tuple(_mentor(part) for part in found if part.role == PartRole.MENTOR)
    model = model_in(programme.description).matching
    return Problem(
        mentees=mentees,
        mentors=mentors,
        rules=Rules(names=frozenset(Rule(name) for name in model.rules), floor=model.floor),
        weights=Weights(**(dict.fromkeys(Criterion, 0) | model.weights)),
        forbidden=_said_no_before(programme, {each.key for each in mentees}, {each.key for each in mentors}),
    )


def _mentee(part: Participation) -> Mentee:
    answers = answers_from_json(part.application.answers)
    return Mentee(
        **_shared(part, answers),
        needs={skill.key: skill.grade for skill in answers.needs},
        mandatory=answers.musts,
        waiting_days=max((timezone.localdate() - part.application.submitted_on).days, 0),
    )


def _mentor(part: Participation) -> Mentor:
    answers = answers_from_json(part.application.answers)
    return Mentor(
        **_shared(part, answers),
        offers={skill.key: skill.grade for skill in answers.offers},
        capacity=part.places_free,
    )


def _shared(part: Participation, answers: Answers) -> dict[str, Any]:
    """What is told of both. An organisation's unit counts as the organisation too; an unknown one goes by its name."""
    place = part.application.organisation
    top = (place.parent or place) if place else None
    return {
        "key": str(part.person.ref),
        "languages": frozenset(answers.languages),
        "region": answers.region,
        "remote_ok": answers.is_remote,
        "organisation": str(top.ref) if top else search_key(answers.organisation),
        "unit": str(place.ref) if place and place.parent else "",
        "is_minor": answers.is_minor or part.person.is_minor,
        "vetted": answers.is_vetted,
        "experience": answers.experience,
    }


def _said_no_before(programme: Programme, mentees: set[str], mentors: set[str]) -> frozenset[tuple[str, str]]:
    """Pairs in which one has said no: they are not proposed again."""
    declined = Proposal.objects.filter(mentee__programme=programme, state=ProposalState.DECLINED)
    pairs = {(str(a), str(b)) for a, b in declined.values_list("mentee__person__ref", "mentor__person__ref")}
    return frozenset((a, b) for a, b in pairs if a in mentees and b in mentors)


# Runs


def runs_of(programme: Programme) -> QuerySet[MatchRun]:
    found = MatchRun.objects.filter(round__programme=programme).defer("problem", "result")
    return found.select_related("round__programme__network", "made_by").order_by("-pk")


def run_in(programme: Programme, ref: UUID) -> MatchRun:
    found = MatchRun.objects.filter(round__programme=programme).select_related("round__programme__network", "made_by")
    return one(found.defer("problem"), ref)


def is_newest(run: MatchRun) -> bool:
    return not MatchRun.objects.filter(round=run.round, number__gt=run.number).exists()


def job_of(run: MatchRun) -> Job | None:
    return Job.objects.filter(ref=run.job_ref).first() if run.job_ref else None


def proposals_of(run: MatchRun, wanted: str = "") -> QuerySet[Proposal]:
    """The pairs of a run, narrowed by a part of either name."""
    found = run.proposals.all()
    if key := search_key(wanted):
        found = found.filter(Q(mentee__person__search_key__contains=key) | Q(mentor__person__search_key__contains=key))
    return found.select_related(
        "mentor__person", "mentee__person", "mentor__application__organisation", "mentee__application__organisation"
    )


def proposal_in(run: MatchRun, ref: UUID) -> Proposal:
    return one(proposals_of(run), ref)


def states_of(run: MatchRun) -> list[tuple[str, int]]:
    """How many pairs of a run are in which state, in the order of the states."""
    counts = dict(run.proposals.values_list("state").annotate(count=Count("pk")).order_by())
    return [(str(state.label), counts[state]) for state in ProposalState if state in counts]


def result_of(run: MatchRun) -> Result | None:
    """What was worked out; none before that, and none once somebody in the run is forgotten."""
    content = bytes(run.result)
    return result_from_json(content) if content else None


def people_by_key(keys: Iterable[str]) -> dict[str, Person]:
    """Persons of a run by their key in it: one query."""
    return {str(person.ref): person for person in Person.objects.filter(ref__in=set(keys))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """How many more pairs one more place with this mentor would bring."""

    mentor: Person
    pairs: int


def gains_of(run: MatchRun, result: Result) -> list[Gain]:
    """The at most three mentors of whom one more place would bring most, read from the prices of the proof."""
    most = sorted(result.prices.items(), key=lambda item: (-item[1], item[0]))[:3]
    gains = {key: gain_of_a_seat(price, run.mentees)[0] for key, price in most}
    people = people_by_key(key for key, pairs in gains.items() if pairs)
    return [Gain(mentor=people[key], pairs=pairs) for key, pairs in gains.items() if key in people]


def names_of_skills(proposal: Proposal) -> Mapping[str, str]:
    """Skills of the two by key, as they wrote them; the mentee's spelling goes first."""
    mentor, mentee = (answers_from_json(part.application.answers) for part in (proposal.mentor, proposal.mentee))
    return {skill.key: skill.name for skill in (*mentor.offers, *mentee.needs)}


# Proposals for the two


def proposals_for(person: Person) -> QuerySet[Proposal]:
    """The person's own, from the moment in which they were asked. Planned ones are nobody's but the coordinators'."""
    return (
        Proposal.objects.of(person)
        .exclude(state=ProposalState.PLANNED)
        .select_related(
            "mentor__person",
            "mentee__person",
            "mentor__programme",
            "mentor__application__organisation",
            "mentee__application__organisation",
        )
        .order_by("-pk")
    )


def proposal_for(person: Person, ref: UUID) -> Proposal:
    return one(proposals_for(person), ref)


# What is next


def next_things_for(person: Person) -> list[NextThing]:
    """A proposal to answer; for a coordinator, pairs to publish. Two queries."""
    return [*things_to_answer(person), *things_to_publish(person)]


def things_to_answer(person: Person) -> list[NextThing]:
    """For the two: proposals that wait for an answer. One query."""
    as_mentor = Q(mentor__person=person, mentor_said=Answer.NOT_YET)
    as_mentee = Q(mentee__person=person, mentee_said=Answer.NOT_YET)
    found = Proposal.objects.filter(as_mentor | as_mentee, state=ProposalState.ASKED).order_by("answer_by", "pk")
    columns = ("ref", "answer_by", "mentor__person", "mentor__person__given_name", "mentee__person__given_name")
    return [
        _answer_thing(ref, answer_by, name=mentee if mentor_id == person.pk else mentor, mentors=mentor_id == person.pk)
        for ref, answer_by, mentor_id, mentor, mentee in found.values_list(*columns)[:5]
    ]


def _answer_thing(ref: UUID, answer_by: date | None, *, name: str, mentors: bool) -> NextThing:
    text = _("%(name)s could be your mentee.") if mentors else _("%(name)s could be your mentor.")
    return NextThing(
        title=_("Answer a proposal"),
        text=text % {"name": name},
        by_when=answer_by,
        address=reverse("matching:proposal", args=[ref]),
        label=_("Look at the proposal"),
        weight=10,
    )


def things_to_publish(person: Person) -> list[NextThing]:
    """For a coordinator: pairs that nobody has been asked about yet. One query."""
    newer = MatchRun.objects.filter(round=OuterRef("round"), number__gt=OuterRef("number"))
    found = MatchRun.objects.filter(
        ~Exists(newer),
        state=RunState.DONE,
        matched__gt=0,
        round__programme__state=ProgrammeState.OPEN,
        round__programme__in=programmes_for(person),
    ).select_related("round__programme")
    return [
        NextThing(
            title=ngettext("Publish %(num)s pair", "Publish %(num)s pairs", run.matched) % {"num": run.matched},
            text=_("They are ready in %(programme)s. Nobody has been asked yet.")
            % {"programme": run.round.programme.name},
            by_when=None,
            address=reverse("matching:run", args=[run.round.programme.ref, run.ref]),
            label=_("Look at the pairs"),
            weight=15,
        )
        for run in found.defer("problem", "result").order_by("pk")[:5]
    ]
