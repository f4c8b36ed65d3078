"""What a person did and said for a partner, in words: for the own data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.privacy import Held, day_of
from luotsi.programmes.models.partners import Finding, MainGoal, Partner, PartnerContact
from luotsi.programmes.models.plans import PlanApproval, PlanComment

if TYPE_CHECKING:
    from luotsi.people.models import Person


def partnering_of(person: Person) -> list[Held]:
    """For whom the person speaks, and what he or she wrote, approved and set."""
    placed = ("partner__programme", "partner__organisation")
    contacts = [_for(row.partner, row.created_at.date().isoformat(), _("contact")) for row in _contacts(person)]
    sponsored = Partner.objects.filter(sponsor=person).select_related("programme", "organisation").order_by("pk")
    contacts += [_for(partner, "", _("sponsor")) for partner in sponsored]
    comments = PlanComment.objects.filter(person=person).select_related("programme").order_by("pk")
    approvals = PlanApproval.objects.filter(person=person).select_related(*placed).order_by("pk")
    goals = MainGoal.objects.filter(set_by=person).select_related(*placed).order_by("pk")
    findings = Finding.objects.filter(made_by=person).select_related("programme").order_by("pk")
    return [
        Held(title=_("Partners that I speak for"), rows=contacts),
        Held(
            title=_("My comments on plans"),
            rows=[
                {_("Programme"): str(row.programme.name), _("Day"): day_of(row.created_at), _("Comment"): row.text}
                for row in comments
            ],
        ),
        Held(
            title=_("Plans that I approved"),
            rows=[_for(row.partner, day_of(row.created_at), row.name) for row in approvals],
        ),
        Held(
            title=_("Main goals that I set"),
            rows=[_for(row.partner, row.set_on.isoformat(), row.title) for row in goals],
        ),
        Held(
            title=_("Findings that I wrote down"),
            rows=[{_("Programme"): str(row.programme.name), _("Finding"): row.text} for row in findings],
        ),
    ]


def _contacts(person: Person) -> list[PartnerContact]:
    placed = ("partner__programme", "partner__organisation")
    return list(PartnerContact.objects.filter(person=person).select_related(*placed).order_by("pk"))


def _for(partner: Partner, on: str, what: str) -> dict[str, str]:
    told = {
        _("Programme"): str(partner.programme.name),
        _("Organisation"): partner.organisation.name,
        _("Day"): on,
        _("What"): what,
    }
    return {name: value for name, value in told.items() if value}
