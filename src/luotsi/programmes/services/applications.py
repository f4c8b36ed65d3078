"""Writes: applications and what is decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit, events, jobs
from luotsi.core.errors import RefusedError
from luotsi.people.enums import CircleRole
from luotsi.people.models import Consent, Person
from luotsi.people.queries import recipient_of
from luotsi.people.services.circles import join_circle
from luotsi.people.services.consents import withdraw_consent
from luotsi.programmes.enums import (
    APPLICATION_MOVES,
    PARTS_OF,
    UNDECIDED,
    ApplicationRole,
    ApplicationState,
    CameBy,
    ParticipationState,
    PartRole,
    ProgrammeState,
    RoundState,
)
from luotsi.programmes.events import ApplicationAccepted
from luotsi.programmes.formats.answers import answers_from_json, answers_to_json
from luotsi.programmes.messages import letters
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.models.programmes import Round
from luotsi.programmes.queries.calls import guardian_is_missing
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.participations import parts_of
from luotsi.programmes.rules import may_apply_for, may_run, may_withdraw
from luotsi.programmes.services.places import leave_programme, take_part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from uuid import UUID

    from luotsi.core.actors import Actor
    from luotsi.core.models import Job, TextVersion
    from luotsi.people.models import Organisation
    from luotsi.programmes.formats.answers import Answers
    from luotsi.programmes.messages.own_words import OwnWords
    from luotsi.programmes.models.programmes import Programme

DECISIONS = frozenset({ApplicationState.ACCEPTED, ApplicationState.WAITLISTED, ApplicationState.DECLINED})
OPEN_ROUNDS = frozenset({RoundState.RECRUITING, RoundState.MATCHING, RoundState.RUNNING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidacy:
    """What an application says, and how it came.

    `organisation`: where the person comes from, when it is one of the network's. `told`: all answers to the questions
    of the call, as core.questions keeps them. `terms`: the text that the person accepted. `external_id`: of a list.
    What is None or empty of the last three is left as it was when an application is changed.
    """

    role: ApplicationRole
    answers: Answers
    organisation: Organisation | None = None
    submitted_on: date | None = None
    told: Mapping[str, Any] | None = None
    came_by: CameBy = CameBy.LIST
    terms: TextVersion | None = None
    external_id: str = ""

    def columns(self) -> dict[str, Any]:
        """What this says of an application that is there already: how it came first stays."""
        told = {"told": dict(self.told)} if self.told is not None else {}
        terms = {"terms": self.terms} if self.terms is not None else {}
        listed = {"external_id": self.external_id} if self.external_id else {}
        return {
            "role": ApplicationRole(self.role),
            "answers": answers_to_json(self.answers),
            "organisation": self.organisation,
            "submitted_on": self.submitted_on or timezone.localdate(),
            **told,
            **terms,
            **listed,
        }


@transaction.atomic
def submit_application(round_: Round, candidacy: Candidacy, *, person: Person, by: Actor) -> Application:
    """A person's application to a round: by the person, or by a coordinator who has it on paper or in a list."""
    _check_applies(by, person, round_.programme)
    if round_.programme.state != ProgrammeState.OPEN or round_.state not in OPEN_ROUNDS:
        raise RefusedError(_("This programme does not take applications now."))
    if Application.objects.filter(round=round_, person=person).exists():
        raise RefusedError(_("There is an application by this person already."))
    _check_role(round_, candidacy)
    application = Application(
        round=round_,
        person=person,
        state=ApplicationState.SUBMITTED,
        came_by=candidacy.came_by,
        **candidacy.columns(),
    ).insert()
    audit.record(by=by, verb="programmes.applied", subject=application, role=candidacy.role)
    return application


@transaction.atomic
def change_application(application: Application, candidacy: Candidacy, *, by: Actor) -> None:
    """Other answers than before, as long as nothing is decided."""
    _check_applies(by, application.person, application.round.programme)
    if application.state not in UNDECIDED:
        raise RefusedError(_("This application has been decided already, so it is not changed any more."))
    _check_role(application.round, candidacy)
    application.amend(**candidacy.columns())
    audit.record(by=by, verb="programmes.application_changed", subject=application)


def _check_applies(by: Actor, person: Person, programme: Programme) -> None:
    is_self_only = model_in(programme.description).enrolment.self_only
    if may_apply_for(by, person, programme, is_self_only=is_self_only):
        return
    if is_self_only and may_run(by, programme):
        raise RefusedError(_("In this programme only the person applies. Invite him or her to apply instead."))
    raise RefusedError(_("Nobody applies for somebody else."))


def _check_role(round_: Round, candidacy: Candidacy) -> None:
    may_be_both = model_in(round_.programme.description).enrolment.may_be_both
    if candidacy.role == ApplicationRole.BOTH and not may_be_both:
        raise RefusedError(_("In this programme one applies as a mentor or as a mentee, not as both."))


@transaction.atomic
def decide(application: Application, state: ApplicationState, *, by: Actor, words: OwnWords | None = None) -> None:
    """Accept, put on the waiting list, or decline; the person is told, in these words or in the ordinary ones.

    Accepting takes a part in the round's ledger, and announces ApplicationAccepted.
    """
    if not may_run(by, application.round.programme):
        raise RefusedError(_("Only a coordinator of the network decides about applications."))
    if state not in DECISIONS:
        raise RefusedError(_("Accept the application, put it on the waiting list, or decline it."))
    if application.round.programme.state != ProgrammeState.OPEN:
        raise RefusedError(_("The programme is not open."))
    locked = Application.objects.select_for_update().get(pk=application.pk)
    _check_interview(locked, application.round)
    if state == ApplicationState.ACCEPTED and guardian_is_missing(application):
        raise RefusedError(_("The applicant is under 18 and the guardian has not given consent yet. Ask for it first."))
    _move(locked, state)
    application.state, application.decided_at = locked.state, locked.decided_at
    audit.record(by=by, verb=f"programmes.application_{state.value}", subject=application)
    if state == ApplicationState.ACCEPTED:
        _take_in(application, by=by)
    tell(lambda: letters.decided(application, words), to=recipient_of(application.person), by=by)


def _check_interview(application: Application, round_: Round) -> None:
    wanted = model_in(round_.programme.description).enrolment.interview
    if wanted and not application.interviews.exists():
        raise RefusedError(_("In this programme each applicant is interviewed first. Note the interview, then decide."))


@transaction.atomic
def note_care(application: Application, days: int, *, by: Actor) -> None:
    """The person has heard from us after so many days of waiting."""
    if days > application.cared_days:
        application.amend(cared_days=days)
        audit.record(by=by, verb="programmes.applicant_cared_for", subject=application, days=days)


def _take_in(application: Application, *, by: Actor) -> None:
    """The person has a part in the programme for each role from now on, and is in its circle."""
    roles = PARTS_OF[ApplicationRole(application.role)]
    programme, person = application.round.programme, application.person
    if Participation.objects.filter(programme=programme, person=person, role__in=roles).exists():
        raise RefusedError(_("%(name)s takes part in this programme already.") % {"name": person})
    for role in roles:
        take_part(application.round, role, by=by)
        _take_in_as(role, application, by=by)


def _take_in_as(role: PartRole, application: Application, *, by: Actor) -> None:
    programme, person = application.round.programme, application.person
    places = answers_from_json(application.answers).places if role == PartRole.MENTOR else 1
    participation = Participation(
        application=application, programme=programme, person=person, role=role, places=places
    ).insert()
    join_circle(programme.circle, person, CircleRole(role.value), by=by)
    audit.record(by=by, verb="programmes.taken_in", subject=participation, places=places)
    events.announce(
        ApplicationAccepted(
            application=application.ref, participation=participation.ref, person=person.ref, programme=programme.ref
        )
    )


@transaction.atomic
def ask_to_accept_submitted(round_: Round, *, by: Person) -> Job:
    """Accept all that wait for a decision, in the background."""
    if not may_run(by, round_.programme):
        raise RefusedError(_("Only a coordinator of the network decides about applications."))
    return jobs.enqueue("programmes.accept_submitted", round_ref=round_.ref, by_ref=by.ref)


def accept_submitted(round_: Round, *, by: Actor, report: Callable[[int, int], None] | None = None) -> int:
    """Accept each application that waits for a decision, in a short transaction of its own. Returns how many were.

    Done again, it goes on where it stopped. One that cannot be accepted stays as it is.
    """
    if not may_run(by, round_.programme):
        raise RefusedError(_("Only a coordinator of the network decides about applications."))
    waiting = Application.objects.filter(round=round_, state=ApplicationState.SUBMITTED)
    found = list(waiting.select_related("person", "round__programme__network", "round__programme__circle"))
    accepted = 0
    for count, application in enumerate(found, start=1):
        try:
            decide(application, ApplicationState.ACCEPTED, by=by)
        except RefusedError:
            continue  # takes part already, or somebody else has decided meanwhile
        accepted += 1
        if report and count % 10 == 0:
            report(count, len(found))
    return accepted


@transaction.atomic
def withdraw(application: Application, *, by: Actor) -> None:
    """The person takes the application back; whoever takes part leaves, unless somebody counts on him or her."""
    if not may_withdraw(by, application):
        raise RefusedError(_("Only the one who applied can withdraw an application."))
    parts = list(parts_of(application))
    if any(part.places_taken for part in parts):
        raise RefusedError(_("Somebody counts on you already. Answer the proposal, or end the pair, first."))
    locked = Application.objects.select_for_update().get(pk=application.pk)
    _move(locked, ApplicationState.WITHDRAWN)
    application.state, application.decided_at = locked.state, locked.decided_at
    audit.record(by=by, verb="programmes.application_withdrawn", subject=application)
    for consent in Consent.objects.filter(about_ref=application.ref, withdrawn_at=None):
        withdraw_consent(consent, by=by)
    for part in parts:
        if part.state in {ParticipationState.ACTIVE, ParticipationState.PAUSED}:
            leave_programme(part, by=by)


def _move(application: Application, to: ApplicationState) -> None:
    if to not in APPLICATION_MOVES[ApplicationState(application.state)]:
        raise RefusedError(_("This application has been decided or withdrawn already."))
    application.amend(state=to, decided_at=timezone.now())


def accept_submitted_for(round_ref: UUID, by_ref: UUID, *, report: Callable[[int, int], None]) -> int:
    """What the job does that `ask_to_accept_submitted` asked for."""
    round_ = Round.objects.select_related("programme__network").get(ref=round_ref)
    return accept_submitted(round_, by=Person.objects.get(ref=by_ref), report=report)
