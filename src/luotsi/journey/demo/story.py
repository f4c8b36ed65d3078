"""The thread as a story: each step played through the services, and told in a line or two with what happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from luotsi.competence.services.readers import read_framework
from luotsi.core.actors import SYSTEM
from luotsi.insight.queries import figures_of
from luotsi.journey.demo import play
from luotsi.journey.demo.names import made_up_people
from luotsi.journey.demo.organisations import PROVIDERS, REGION, WORKPLACES
from luotsi.library.services import load_shipped
from luotsi.matching.enums import RunState
from luotsi.matching.models import Proposal
from luotsi.matching.queries import result_of
from luotsi.passport.credentials.keys import did_document
from luotsi.passport.queries import did_of, keys_of_issuer, verdict_on
from luotsi.people.enums import OrganisationKind
from luotsi.people.services.organisations import add_organisation, join_network
from luotsi.programmes.enums import ImportState
from luotsi.programmes.queries.lists import counts_of, rows_with_remarks
from luotsi.programmes.queries.programmes import round_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from luotsi.matching.models import MatchRun
    from luotsi.mentoring.models import Relationship
    from luotsi.passport.models import Mark
    from luotsi.people.models import Person
    from luotsi.programmes.models.lists import ImportRun
    from luotsi.programmes.models.programmes import Programme, Round

WORDS = {
    "fi": "Harjoittelin mentorini kanssa, ja työpaikalla ohjasin uutta työntekijää samalla tavalla.",
    "sv": "Jag övade med min mentor, och på arbetsplatsen handledde jag en ny anställd på samma sätt.",
    "en": "I practised with my mentor, and at work I guided a new colleague in the same way.",
}


class StoryError(Exception):
    """The story cannot go on with what it was given. The text says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How it ended: the signed document, and the issuer's public keys."""

    document: bytes
    issuer: dict[str, object]


class Story:
    """One run of the thread. The same seed and files make the same story."""

    def __init__(self, *, seed: int, say: Callable[[str], None]) -> None:
        self.dice = Random(seed)  # noqa: S311 -- made-up people, no secret
        self.say = say
        load_shipped(by=SYSTEM)
        self.team = play.staff(REGION["fi"], PROVIDERS[0].name, list(islice(made_up_people(self.dice), 3)))
        for made_up in (*PROVIDERS[1:], *WORKPLACES):
            kind = OrganisationKind(made_up.kind.value)
            organisation = add_organisation(by=SYSTEM, name=made_up.name, kind=kind)
            join_network(organisation, self.team.network, by=SYSTEM)

    def play(self, name: str, applicants: bytes, framework: bytes) -> Told:
        """All steps, a to g. Raises RefusedError or StoryError when the input does not allow the next one."""
        if not any(area.competences for area in read_framework(framework).framework.areas):
            raise StoryError("the framework names units but holds no criteria of theirs; choose a file of one unit")
        programme, round_ = self.open_programme()
        self.take_in(round_, name, applicants)
        run = self.match(round_)
        mark = self.make_mark(programme, framework)
        mentee = self.live(run)
        document = self.earn(mentee, mark)
        self.verify(document)
        self.count()
        issuer = self.team.issuer.ref
        return Told(document=document, issuer=did_document(did_of(issuer), keys_of_issuer(issuer)))

    def open_programme(self) -> tuple[Programme, Round]:
        names = {"fi": "Työuramentorointi", "sv": "Yrkeslivsmentorskap", "en": "Career mentoring"}
        programme = play.open_programme(self.team, names, play.today())
        round_ = round_of(programme)
        if round_ is None:
            raise StoryError("the programme has no round")
        self.say(f"a. {self.team.coordinator} opens “{programme.name}” from the model {programme.model_key}.")
        self.say(f"   It runs from {programme.starts_on} to {programme.ends_on} and is {programme.state}.")
        return programme, round_

    def take_in(self, round_: Round, name: str, applicants: bytes) -> None:
        run = play.hand_in(self.team, round_, name, applicants)
        if run.state != ImportState.READY:
            raise StoryError(f"{name} could not be read as a list of applicants: {run.fault}")
        self.tell_rows("b. A dry run of the list", run)
        self.tell_faults(run)
        accepted = play.take_in(self.team, run)
        self.tell_rows("   The good rows are taken", run)
        self.say(f"   Accepted: {accepted}.")

    def tell_rows(self, what: str, run: ImportRun) -> None:
        counts = counts_of(run)
        told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counts.items()))
        self.say(f"{what}: {sum(counts.values())} rows: {told}.")

    def tell_faults(self, run: ImportRun) -> None:
        codes = Counter(str(fault.get("code")) for row in rows_with_remarks(run) for fault in row.faults)
        for code, number in sorted(codes.items()):
            self.say(f"   remark {code}: {number}")

    def match(self, round_: Round) -> MatchRun:
        run = play.match(self.team, round_)
        if run.state != RunState.DONE:
            raise StoryError(f"no pairs could be worked out: {run.trouble}")
        self.say(
            f"c. {run.mentees} mentees, {run.mentors} mentors with {run.places} places: {run.matched} pairs are made."
        )
        self.say(f"   Their scores add up to {run.total}. Proven: the dual bound, {run.bound}, is reached exactly;")
        self.say("   no more pairs are possible, and no other pairs have a greater sum.")
        result = result_of(run)
        if result is not None:
            mentees, mentors = len(result.mentees_left_out), len(result.mentors_left_out)
            self.say(f"   Left out: {mentees} mentees and {mentors} mentors, each with why.")
        self.say(f"   {self.team.coordinator} looks, and publishes {play.publish(self.team, run)} proposals.")
        return run

    def make_mark(self, programme: Programme, content: bytes) -> Mark:
        framework = play.bring_in_framework(self.team, content)
        areas = framework.areas.count()
        mark = play.make_mark(self.team, framework, self.dice, "story")
        play.lead(self.team, programme, [mark])
        self.say(f"e. “{framework.name}” is imported: {areas} units. From one of them comes the mark “{mark.name}”")
        self.say(f"   with {mark.criteria.count()} criteria; the programme leads to it.")
        return mark

    def live(self, run: MatchRun) -> Person:
        proposals = list(Proposal.objects.filter(run=run).order_by("pk"))
        if not proposals:
            raise StoryError("no pair was made, so nobody can begin")
        proposal = self.dice.choice(proposals)
        relationship = play.accept(proposal)
        mentor, mentee = proposal.mentor.person, proposal.mentee.person
        self.say(f"d. {mentor} and {mentee} say yes: {self.points(proposal)}.")
        play.agree(relationship)
        self.say(f"   Both approve the agreement; the relationship is {relationship.state}.")
        self.meet(relationship, mentee)
        play.part(relationship)
        self.say(f"   One brings it to its end, the other confirms: {relationship.state}.")
        return mentee

    def points(self, proposal: Proposal) -> str:
        parts = ", ".join(f"{reason['code']} {reason['points']} of {reason['of']}" for reason in proposal.reasons)
        return f"{proposal.score} of 10000 points ({parts})"

    def meet(self, relationship: Relationship, person: Person) -> None:
        play.meet(relationship, play.today() - timedelta(days=0), by=person, tool_key=play.first_tool())
        self.say("   They meet for an hour and log it.")

    def earn(self, mentee: Person, mark: Mark) -> bytes:
        claim = play.claim_of(mentee, mark)
        self.say(f"   What they did opened a claim for {mentee}, with {claim.evidence.count()} fact as evidence.")
        play.hand_in_claim(claim, WORDS[mentee.language])
        document = play.award(play.claim_of(mentee, mark), by=self.team.assessor)
        self.say(f"   {mentee} adds own words and hands it in; {self.team.assessor} awards the mark.")
        return document

    def verify(self, document: bytes) -> None:
        verdict = verdict_on(document)
        tampered = document.replace(b'"Competency"', b'"Diploma"', 1)
        if tampered == document:
            raise StoryError("the document could not be tampered with")
        against = verdict_on(tampered)
        self.say(f"f. The award is signed: {len(document)} bytes. Is it genuine? {verdict.outcome}.")
        self.say(f"   And a copy in which one word was changed? {against.outcome}.")
        if (verdict.outcome, against.outcome) != ("yes", "no"):
            raise StoryError("the verdict is not as it must be")

    def count(self) -> None:
        self.say(f"g. The page of {self.team.network.name}:")
        for figure in figures_of(self.team.network, play.today()):
            self.say(f"   {figure.label}: {figure.value:g}")
