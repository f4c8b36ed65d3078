"""What programmes hold about a person: applications, parts in programmes, rows of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.privacy import Held
from luotsi.people.queries import addresses_of
from luotsi.programmes.messages.told import told_in
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.queries.applications import applications_by
from luotsi.programmes.queries.directory import pool_places_of, subscriptions_of
from luotsi.programmes.queries.lists import rows_about
from luotsi.programmes.services.forgetting import forget_applications
from luotsi.web.environment import day

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person

COVERS = frozenset(
    {
        "programmes.Application.person",
        "programmes.Participation.person",
        "programmes.ImportRow.email_key",
        "programmes.ImportRow.application",
        "programmes.ImportRun.started_by",
        "programmes.PoolMember.person",
        "programmes.Enquiry.answered_by",
    }
)
"""Who started an import stays as a ref to the tombstone: what coordinators did is not theirs alone."""


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
    parts = [
        {
            _("Programme"): str(part.programme.name),
            _("Role"): part.get_role_display(),
            _("State"): part.get_state_display(),
            _("Places"): f"{part.places_taken} / {part.places}",
        }
        for part in Participation.objects.filter(person=person).select_related("programme").order_by("pk")
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
    held = (
        Held(title=_("Pool of mentors"), rows=pools),
        Held(title=_("News of coming programmes"), rows=news),
        Held(title=_("Applications"), rows=applied),
        Held(title=_("Parts in programmes"), rows=parts),
        Held(title=_("What a list says about me"), rows=listed),
    )
    return [each for each in held if each.rows]


def erase(person: Person, *, by: Actor) -> None:
    """Nothing that the person told stays; that somebody applied and took part does, without the person."""
    forget_applications(person, by=by)
