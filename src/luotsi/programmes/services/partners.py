"""Writes: who carries a programme together, with which emphasis, and who speaks for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText
from luotsi.people.enums import Role
from luotsi.people.queries import person_with_address, recipient_of
from luotsi.people.rules import has_role
from luotsi.people.services.accounts import add_person
from luotsi.programmes.enums import ActivityState, OutputKind
from luotsi.programmes.messages import plan_letters
from luotsi.programmes.models.partners import Partner, PartnerArea, PartnerContact, PartnerOutput
from luotsi.programmes.models.plans import PlanApproval, PlanComment
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.rules import may_run, may_speak_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from luotsi.competence.models import Area
    from luotsi.core.actors import Actor
    from luotsi.people.models import Organisation, Person

MOST_OUTPUTS = 10
MOST_CONTACTS = 10
FORGOTTEN = "–"  # in place of the name of somebody who was forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a development task is to bring forth."""

    kind: OutputKind
    name: str
    link: str = ""
    ready_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody by e-mail address, with names for the case that the address is new here."""

    email: str
    given_name: str = ""
    family_name: str = ""
    language: str = "fi"


@transaction.atomic
def add_partner(programme: Programme, *, organisation: Organisation, by: Actor) -> Partner:
    """Take an organisation of the network in; one that had left comes back. The first one is the host."""
    _refuse_unless_runs(programme, by)
    Programme.objects.select_for_update().get(pk=programme.pk)
    if not programme.network.parts.current().filter(organisation=organisation).exists():
        raise RefusedError(
            _("%(organisation)s does not belong to the network. An organisation joins the network first.")
            % {"organisation": organisation.name}
        )
    found = Partner.objects.filter(programme=programme, organisation=organisation).first()
    if found is not None and found.left_on is None:
        raise RefusedError(_("%(organisation)s is a partner already.") % {"organisation": organisation.name})
    if found is not None:
        partner = found.amend(left_on=None)
    else:
        partner = Partner(programme=programme, organisation=organisation).insert()
    audit.record(by=by, verb="programmes.partner_added", subject=partner)
    if not programme.partners.filter(is_host=True).exists():
        set_host(partner, by=by)
    return partner


@transaction.atomic
def set_host(partner: Partner, *, by: Actor) -> None:
    """The one that runs the programme. What nobody is responsible for in the plan, it is."""
    _refuse_unless_runs(partner.programme, by)
    if partner.left_on is not None:
        raise RefusedError(_("A partner that has left does not run the programme."))
    for other in Partner.objects.filter(programme=partner.programme, is_host=True).exclude(pk=partner.pk):
        other.amend(is_host=False)
    partner.amend(is_host=True)
    planned = partner.programme.activities.filter(partner=None, responsible=None, state=ActivityState.PLANNED)
    for activity in planned:
        activity.amend(responsible=partner.organisation)
    audit.record(by=by, verb="programmes.host_set", subject=partner)


@transaction.atomic
def set_quota(partner: Partner, *, mentors: int | None, mentees: int | None, by: Actor) -> None:
    """How many mentors and mentees are hoped for from a partner; none: nothing was settled."""
    _refuse_unless_runs(partner.programme, by)
    partner.amend(mentors_wanted=mentors, mentees_wanted=mentees)
    audit.record(by=by, verb="programmes.quota_set", subject=partner, mentors=mentors, mentees=mentees)


@transaction.atomic
def remove_partner(partner: Partner, *, by: Actor) -> None:
    """A partner leaves today. What it planned of its own is cancelled; what it approved and aimed at stays written."""
    _refuse_unless_runs(partner.programme, by)
    if partner.is_host:
        raise RefusedError(_("The host cannot leave. Make another partner the host first."))
    if partner.left_on is not None:
        return
    for activity in partner.activities.filter(state=ActivityState.PLANNED):
        activity.amend(state=ActivityState.CANCELLED)
    partner.amend(left_on=timezone.localdate())
    audit.record(by=by, verb="programmes.partner_left", subject=partner)


@transaction.atomic
def set_emphasis(
    partner: Partner, *, areas: list[Area], task: Mapping[str, str], outputs: list[Output], by: Actor
) -> None:
    """What the programme is about for a partner: competence areas, a development task with its outputs, or both."""
    if not may_speak_for(by, partner):
        raise RefusedError(_("Only the partner's own people and coordinators write down what it emphasises."))
    words = TranslatedText({language: text.strip() for language, text in task.items() if text.strip()})
    _refuse_emphasis(partner, areas, words, outputs)
    partner.amend(task=words or None)
    partner.areas.exclude(area__in=areas).delete()
    kept = set(partner.areas.values_list("area_id", flat=True))
    for area in areas:
        if area.pk not in kept:
            PartnerArea(partner=partner, area=area).insert()
    partner.outputs.all().delete()
    for output in outputs:
        PartnerOutput(
            partner=partner,
            kind=output.kind.value,
            name=output.name.strip(),
            link=output.link,
            ready_on=output.ready_on,
        ).insert()
    audit.record(by=by, verb="programmes.emphasis_set", subject=partner, areas=len(areas), outputs=len(outputs))


def _refuse_emphasis(partner: Partner, areas: list[Area], task: TranslatedText, outputs: list[Output]) -> None:
    if not areas and not task:
        raise RefusedError(_("Choose a competence area, or write down a development task."))
    if outputs and not task:
        raise RefusedError(_("Write down the development task that brings forth these outputs."))
    if len(outputs) > MOST_OUTPUTS:
        raise RefusedError(_("A development task has %(most)s outputs at most.") % {"most": MOST_OUTPUTS})
    kept = set(partner.areas.values_list("area_id", flat=True))
    for area in areas:
        is_seen = area.framework.network_id in {None, partner.programme.network_id}
        if area.pk not in kept and (not is_seen or area.framework.retired_at is not None):
            raise RefusedError(_("Choose competence areas that the network has now."))


@transaction.atomic
def name_contact(partner: Partner, *, named: Named, by: Actor) -> PartnerContact:
    """Let somebody speak for a partner, and tell that person: the one with that address, or a new one."""
    if not may_speak_for(by, partner):
        raise RefusedError(_("Only the partner's own people and coordinators name its contacts."))
    if partner.contacts.count() >= MOST_CONTACTS:
        raise RefusedError(_("A partner has %(most)s contacts at most.") % {"most": MOST_CONTACTS})
    person = _person(named, by)
    found = partner.contacts.filter(person=person).first()
    if found is not None:
        return found
    contact = PartnerContact(partner=partner, person=person).insert()
    tell(lambda: plan_letters.named_contact(partner), to=recipient_of(person), by=by)
    audit.record(by=by, verb="programmes.contact_named", subject=partner, person=str(person.ref))
    return contact


@transaction.atomic
def remove_contact(contact: PartnerContact, *, by: Actor) -> None:
    """Somebody does not speak for a partner any more: taken away by others, or stepping back."""
    if by.actor_ref != contact.person.ref and not may_speak_for(by, contact.partner):
        raise RefusedError(_("Only the partner's own people and coordinators name its contacts."))
    audit.record(by=by, verb="programmes.contact_removed", subject=contact.partner, person=str(contact.person.ref))
    contact.delete()


@transaction.atomic
def set_sponsor(partner: Partner, *, sponsor: Person | None, by: Actor) -> None:
    """Who in the management stands behind the programme: somebody with that role in the organisation, or nobody."""
    _refuse_sponsoring(partner, by)
    if sponsor is not None and not _manages(sponsor, partner.organisation):
        raise RefusedError(
            _("%(name)s has no management role in %(organisation)s. Choose somebody else, or write an e-mail address.")
            % {"name": sponsor, "organisation": partner.organisation.name}
        )
    _take_sponsor(partner, sponsor, by)


@transaction.atomic
def name_sponsor(partner: Partner, *, named: Named, by: Actor) -> None:
    """Name the sponsor by e-mail address. Who names answers for that the person is in the management."""
    _refuse_sponsoring(partner, by)
    _take_sponsor(partner, _person(named, by), by)


def _refuse_sponsoring(partner: Partner, by: Actor) -> None:
    if not may_speak_for(by, partner):
        raise RefusedError(_("Only the partner's own people and coordinators name its sponsor."))


def _take_sponsor(partner: Partner, sponsor: Person | None, by: Actor) -> None:
    if sponsor == partner.sponsor:
        return
    partner.amend(sponsor=sponsor)
    if sponsor is not None and by.actor_ref != sponsor.ref:
        tell(lambda: plan_letters.named_sponsor(partner), to=recipient_of(sponsor), by=by)
    audit.record(by=by, verb="programmes.sponsor_set", subject=partner, person=str(sponsor.ref) if sponsor else None)


def _manages(person: Person, organisation: Organisation) -> bool:
    return has_role(person, Role.MANAGEMENT, organisation=organisation) or (
        organisation.parent is not None and _manages(person, organisation.parent)
    )


def _person(named: Named, by: Actor) -> Person:
    """The one with this address, or a new one, who needs names."""
    found = person_with_address(named.email)
    if found is not None:
        return found
    if not named.given_name.strip() or not named.family_name.strip():
        raise RefusedError(_("Nobody here has this e-mail address yet. Write the given name and the family name too."))
    return add_person(
        by=by,
        email=named.email,
        given_name=named.given_name,
        family_name=named.family_name,
        language=named.language,
    )


def _refuse_unless_runs(programme: Programme, by: Actor) -> None:
    if not may_run(by, programme):
        raise RefusedError(_("Only a coordinator of the network decides on the partners of its programmes."))


@transaction.atomic
def forget_partnering(person: Person, *, by: Actor) -> None:
    """Nobody speaks for a partner under this name any more; the person's words on plans go, what was decided stays."""
    for contact in PartnerContact.objects.filter(person=person).select_related("partner"):
        audit.record(by=by, verb="programmes.contact_removed", subject=contact.partner, person=str(person.ref))
        contact.delete()
    for partner in Partner.objects.filter(sponsor=person):
        partner.amend(sponsor=None)
        audit.record(by=by, verb="programmes.sponsor_set", subject=partner, person=None)
    for approval in PlanApproval.objects.filter(person=person):
        approval.amend(name=FORGOTTEN)
    for comment in PlanComment.objects.filter(person=person):
        audit.record(by=by, verb="programmes.plan_comment_removed", subject=comment)
        comment.delete()
