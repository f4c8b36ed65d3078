"""What programmes hold about a person: applications, parts in programmes, rows of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.privacy import Held, day_of
from luotsi.people.queries import addresses_of
from luotsi.programmes.formats.calls import GUARDIAN_EMAIL
from luotsi.programmes.messages.activities import when
from luotsi.programmes.messages.apply import said_in
from luotsi.programmes.messages.partnering import partnering_of
from luotsi.programmes.messages.parts import interviews_led, interviews_told, parts_told
from luotsi.programmes.messages.told import told_in
from luotsi.programmes.queries.activities import attendances_to_tell
from luotsi.programmes.queries.applications import applications_by
from luotsi.programmes.queries.assignments import answers_to_tell, comments_by
from luotsi.programmes.queries.calls import drafts_of, guardian_asks_of
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.directory import pool_places_of, subscriptions_of
from luotsi.programmes.queries.lists import rows_about
from luotsi.programmes.queries.models import models_by
from luotsi.programmes.services.forgetting import forget_applications
from luotsi.programmes.services.forgetting_answers import forget_answers
from luotsi.programmes.services.partners import forget_partnering
from luotsi.web.environment import day

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person
    from luotsi.programmes.models.activities import AssignmentAnswer, AssignmentComment, Attendance
    from luotsi.programmes.models.applications import ApplicationDraft, GuardianAsk

COVERS = frozenset(
    {
        "programmes.Application.person",
        "programmes.Participation.person",
        "programmes.Interview.application",
        "programmes.Interview.held_by",
        "programmes.Batch.started_by",
        "programmes.BatchRow.application",
        "programmes.ApplicationDraft.email",
        "programmes.ApplicationDraft.application",
        "programmes.GuardianAsk.email",
        "programmes.GuardianAsk.application",
        "programmes.ImportRow.email_key",
        "programmes.ImportRow.application",
        "programmes.ImportRun.started_by",
        "programmes.ProgrammeModel.made_by",
        "programmes.PoolMember.person",
        "programmes.Enquiry.answered_by",
        "programmes.Partner.sponsor",
        "programmes.PartnerContact.person",
        "programmes.MainGoal.set_by",
        "programmes.Finding.made_by",
        "programmes.Finding.decided_by",
        "programmes.PlanComment.person",
        "programmes.PlanChange.made_by",
        "programmes.PlanApproval.person",
        "programmes.Attendance.person",
        "programmes.Attendance.noted_by",
        "programmes.AssignmentAnswer.person",
        "programmes.AssignmentAnswer.decided_by",
        "programmes.AssignmentComment.person",
        "programmes.ActivityFile.added_by",
    }
)
"""Who started an import or kept a model stays as a ref to the tombstone: what coordinators did is not theirs alone."""


def collect(person: Person) -> list[Held]:
    """What the person told and was answered."""
    applied = [
        {
            _("Programme"): str(application.round.programme.name),
            _("Role"): application.get_role_display(),
            _("State"): application.get_state_display(),
            _("Applied on"): day(application.submitted_on),
            **dict(told_in(application)),
        }
        for application in applications_by(person)
    ]
    listed = [
        {_("List"): row.run.file_name} | {str(name): str(value) for name, value in row.kept.items()}
        for row in rows_about(person)
    ]
    pools = [
        {
            _("Network"): place.network.name,
            _("In the pool since"): day(place.since),
            _("Rests until"): day(place.rests_until) if place.rests_until else "–",
        }
        for place in pool_places_of(person)
    ]
    news = [{_("News to"): row.email} for row in subscriptions_of(addresses_of(person))]
    kept = [
        {_("Model"): str(model.name), _("Version"): str(model.version), _("Network"): model.network.name}
        for model in models_by(person)
    ]
    held = (
        Held(title=_("Applications that I have not handed in"), rows=[_begun(draft) for draft in drafts_of(person)]),
        Held(title=_("What I was asked as a guardian"), rows=[_asked(ask) for ask in guardian_asks_of(person)]),
        Held(title=_("Pool of mentors"), rows=pools),
        Held(title=_("News of coming programmes"), rows=news),
        *partnering_of(person),
        Held(title=_("Applications"), rows=applied),
        Held(title=_("Interviews with me"), rows=interviews_told(person)),
        Held(title=_("Interviews that I held"), rows=interviews_led(person)),
        Held(title=_("Parts in programmes"), rows=parts_told(person)),
        Held(title=_("Activities"), rows=[_attended(row) for row in attendances_to_tell(person)]),
        Held(title=_("Answers to assignments"), rows=[_answered(answer) for answer in answers_to_tell(person)]),
        Held(title=_("What I wrote about answers of others"), rows=[_said(row) for row in comments_by(person)]),
        Held(title=_("What a list says about me"), rows=listed),
        Held(title=_("Models that I brought in"), rows=kept),
    )
    return [each for each in held if each.rows]


def _begun(draft: ApplicationDraft) -> dict[str, str]:
    model = model_in(draft.round.programme.description)
    answers = {question: answer for _key, question, answer in said_in(model, draft.role, draft.told)}
    guardian = draft.told.get(GUARDIAN_EMAIL)
    return {
        _("Programme"): str(draft.round.programme.name),
        _("Role"): draft.get_role_display(),
        _("Name"): f"{draft.given_name} {draft.family_name}".strip(),
        _("E-mail"): draft.email,
        _("Kept until"): day_of(draft.expires_at),
        **({_("Guardian"): str(guardian)} if guardian else {}),
        **answers,
    }


def _asked(ask: GuardianAsk) -> dict[str, str]:
    """Without the minor's own answers: they are the minor's."""
    given = ask.consent if ask.consent is not None and ask.consent.withdrawn_at is None else None
    return {
        _("Programme"): str(ask.application.round.programme.name),
        _("E-mail"): ask.email,
        _("Asked"): day_of(ask.asked_at),
        _("Consent"): given.given_by if given else (_("no") if ask.said_no_at else _("not answered")),
    }


def _attended(row: Attendance) -> dict[str, str]:
    return {
        _("Programme"): str(row.activity.programme.name),
        _("Activity"): str(row.activity.name),
        _("When"): when(row.activity),
        _("State"): row.get_state_display(),
    }


def _answered(answer: AssignmentAnswer) -> dict[str, str]:
    """With what trainers said about it."""
    return {
        _("Programme"): str(answer.activity.programme.name),
        _("Activity"): str(answer.activity.name),
        _("State"): answer.get_state_display(),
        _("Text"): answer.text,
        _("Files"): ", ".join(added.file.name for added in answer.files.all()),
        _("Comments"): "\n\n".join(f"{said.person}: {said.text}" for said in answer.comments.all()),
    }


def _said(row: AssignmentComment) -> dict[str, str]:
    return {_("Activity"): str(row.answer.activity.name), _("Date"): day_of(row.created_at), _("Text"): row.text}


def erase(person: Person, *, by: Actor) -> None:
    """Nothing that the person told stays; that somebody applied and took part does, without the person."""
    forget_answers(person, by=by)
    forget_applications(person, by=by)
    forget_partnering(person, by=by)
