"""Reads: relationships and their meetings, for the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, OuterRef, Prefetch, Subquery, Sum
from django.db.models.functions import Coalesce

from luotsi.core.queries import one
from luotsi.library.queries import tools_by_key
from luotsi.mentoring.enums import How
from luotsi.mentoring.models import Relationship, RelationshipMember, Session
from luotsi.people.enums import Role
from luotsi.people.queries import address_of, people_of_network
from luotsi.programmes.queries.descriptions import model_in

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person
    from luotsi.programmes.enums import PartRole
    from luotsi.programmes.formats.values import Sessions
    from luotsi.programmes.models.programmes import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom the two may ask for help."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedSession:
    """A meeting as the two see it. `theme` is empty when there was none of the library's."""

    session: Session
    theme: str
    is_mine: bool


def relationships_for(person: Person) -> QuerySet[Relationship]:
    """Mentoring that the person takes or took part in, the newest first."""
    mine = Relationship.objects.filter(members__person=person).select_related("programme__network", "circle")
    return mine.prefetch_related(members_with_persons()).order_by("-pk")


def relationship_for(person: Person, ref: UUID) -> Relationship:
    return one(relationships_for(person), ref)


def own_session_for(person: Person, ref: UUID, session_ref: UUID) -> Session:
    """An entry that the person made."""
    mine = Session.objects.filter(relationship=relationship_for(person, ref), logged_by=person)
    return one(mine.select_related("relationship", "logged_by"), session_ref)


def as_told(session: Session) -> dict[str, Any]:
    """The entry as its form has it."""
    names = ("how", "held_on", "tool_key", "summary")
    return {"minutes": session.minutes or None} | {name: getattr(session, name) for name in names}


def sessions_logged(relationship: Relationship, person: Person) -> list[LoggedSession]:
    """All meetings of the two, the newest first, with the names of their themes."""
    tools = tools_by_key()
    return [
        LoggedSession(
            session=session,
            theme=tools[session.tool_key].name.shown().text if session.tool_key in tools else "",
            is_mine=session.logged_by_id == person.pk,
        )
        for session in relationship.sessions.select_related("logged_by").order_by("-held_on", "-pk")
    ]


def minutes_met_in(programme: Programme, person_ref: UUID, role: PartRole) -> int:
    """How long somebody has met as mentor, or as mentee, in a programme, as the meetings stand now."""
    members = RelationshipMember.objects.filter(relationship__programme=programme, person__ref=person_ref, role=role)
    meetings = held_in(Session.objects.filter(relationship__in=members.values("relationship")))
    found: int = meetings.aggregate(sum=Sum("minutes", default=0))["sum"]
    return found


def plan_of(programme: Programme) -> Sessions:
    """How many meetings the programme plans, how long they are, and with which tools."""
    return model_in(programme.description).sessions


def next_tool_key(relationship: Relationship) -> str:
    """The tool that the plan has for the next meeting; nothing when it has none, or the library does not."""
    held, agenda = held_in(relationship.sessions.all()).count(), plan_of(relationship.programme).agenda
    key = agenda[held] if held < len(agenda) else ""
    return key if key in tools_by_key() else ""


def contact_of(programme: Programme) -> Contact | None:
    """The coordinator whose name the two see. Two queries."""
    for coordinator in people_of_network(programme.network, Role.COORDINATOR)[:1]:
        return Contact(name=str(coordinator), address=address_of(coordinator))
    return None


def members_with_persons() -> Prefetch[Any]:
    """The two, in one query for however many relationships."""
    return Prefetch("members", RelationshipMember.objects.select_related("person").order_by("pk"))


def held_in(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Those of the meetings that took place."""
    return sessions.exclude(how=How.NOT_HELD)


def with_meetings(found: QuerySet[Relationship]) -> QuerySet[Any]:
    """With `held`, how many meetings took place, and `last_held_on`."""
    of_each = held_in(Session.objects.filter(relationship=OuterRef("pk"))).order_by().values("relationship")
    return found.annotate(
        held=Coalesce(Subquery(of_each.annotate(count=Count("pk")).values("count")), 0),
        last_held_on=Subquery(of_each.annotate(last=Max("held_on")).values("last")),
    )
