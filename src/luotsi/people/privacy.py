"""What people holds about a person: the account, addresses, roles, invitations, circles, consents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from luotsi.core.privacy import Held, day_of
from luotsi.core.versions import text_of
from luotsi.people import queries
from luotsi.people.models import Partnership
from luotsi.people.services import accounts, partnerships

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person

COVERS = frozenset(
    {
        "account.EmailAddress.user",
        "people.Membership.person",
        "people.Invitation.invited_by",
        "people.Invitation.accepted_by",
        "people.SignInLink.person",
        "people.CircleMember.person",
        "people.Consent.person",
        "people.Consent.about_ref",
        "people.Partnership.provider_contact",
        "people.Partnership.workplace_contact",
    }
)


def collect(person: Person) -> list[Held]:
    """The account as the person would describe it."""
    yes_or_no = _("Yes") if person.is_minor else _("No")
    account = {
        _("Given name"): person.given_name,
        _("Family name"): person.family_name,
        _("Language"): person.get_language_display(),
        _("Under 18"): yes_or_no,
        _("Since"): day_of(person.created_at),
    }
    roles = [
        {
            _("Role"): row.get_role_display(),
            _("Where"): str(row.organisation or row.network),
            _("Since"): row.since.isoformat(),
            _("Until"): row.until.isoformat() if row.until else "",
        }
        for row in person.memberships.select_related("organisation", "network").order_by("since", "pk")
    ]
    circles = [
        {_("Belongs to"): str(row.circle), _("Role"): row.get_role_display(), _("Since"): row.since.isoformat()}
        for row in person.circle_memberships.select_related("circle").order_by("since", "pk")
    ]
    addresses = [{_("E-mail"): address} for address in queries.addresses_of(person)]
    consents = [
        {
            _("Consent to"): row.get_kind_display(),
            _("Given by"): row.given_by or str(person),
            _("Since"): day_of(row.given_at),
            _("Until"): day_of(row.withdrawn_at) if row.withdrawn_at else "",
            _("Text"): str(text_of(row.text)),
        }
        for row in person.consents.select_related("text").order_by("given_at", "pk")
    ]
    return [
        Held(title=_("My account"), rows=[account, *addresses]),
        Held(title=_("My roles"), rows=roles),
        Held(title=_("Programmes and groups that I belong to"), rows=circles),
        Held(title=_("Partnerships that I am a contact of"), rows=_partnerships(person)),
        Held(title=_("What I or my guardian agreed to"), rows=consents),
    ]


def _partnerships(person: Person) -> list[dict[str, str]]:
    mine = Partnership.objects.filter(Q(provider_contact=person) | Q(workplace_contact=person))
    return [
        {_("Education provider"): row.provider.name, _("Workplace"): row.workplace.name}
        for row in mine.select_related("provider", "workplace").order_by("pk")
    ]


def erase(person: Person, *, by: Actor) -> None:
    """The account becomes a tombstone."""
    partnerships.forget_contact(person, by=by)
    accounts.forget_person(person, by=by)
