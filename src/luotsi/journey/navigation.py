"""What stands in the head of every page: handed to the layout, which knows nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from luotsi.people.enums import CircleRole, Role
from luotsi.people.models import Person
from luotsi.people.queries import RolesHeld, roles_held_by
from luotsi.web.components import NavigationItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.utils.functional import Promise


READERS_OF_NEEDS = {Role.EMPLOYER_CONTACT, Role.HR, Role.MANAGEMENT, Role.ADMIN, Role.COORDINATOR, Role.MEMBER}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the navigation for the one who asks, computed when the page draws it."""
    person = request.user if hasattr(request, "user") and request.user.is_authenticated else None
    if not isinstance(person, Person):
        return {"navigation": SimpleLazyObject(lambda: _items(request, _places_of_strangers()))}
    return {
        "navigation": SimpleLazyObject(lambda: _items(request, _places_of(roles_of(request, person)))),
        "person_name": str(person),
        "person_address": reverse("people:profile"),
        "sign_out_address": reverse("people:sign_out"),
    }


def roles_of(request: HttpRequest, person: Person) -> RolesHeld:
    """The person's roles, asked once a request."""
    found: RolesHeld | None = getattr(request, "roles_held", None)
    if found is None:
        found = roles_held_by(person)
        keep_roles(request, found)
    return found


def keep_roles(request: HttpRequest, roles: RolesHeld) -> None:
    """Known for the rest of this request."""
    request.roles_held = roles  # type: ignore[attr-defined]  # an attribute of ours


def _items(request: HttpRequest, places: Iterator[tuple[str | Promise, str]]) -> list[NavigationItem]:
    path = request.path
    sign_in = reverse("people:sign_in")
    return [
        NavigationItem(label=label, address=address, is_current=path.startswith(address), is_apart=address == sign_in)
        for label, address in places
    ]


def _places_of_strangers() -> Iterator[tuple[str | Promise, str]]:
    yield _("Programmes"), reverse("programmes:calls")
    yield _("Library"), reverse("library:library")
    yield _("Verify a passport"), reverse("passport:verify")
    yield _("Sign in"), reverse("people:sign_in")


def _places_of(mine: RolesHeld) -> Iterator[tuple[str | Promise, str]]:
    yield _("Home"), reverse("journey:home")
    yield from _places_of_work(mine)
    if mine.circle_roles & {CircleRole.MENTOR, CircleRole.MENTEE}:
        yield _("Mentoring"), reverse("mentoring:mine")
        yield _("My activities"), reverse("programmes:my_activities")
    if mine.circle_roles - {CircleRole.COORDINATOR}:
        yield _("My competence"), reverse("competence:mine")
    if not mine.roles & {Role.OPERATOR, Role.READER}:
        yield _("Passport"), reverse("passport:mine")
    yield _("Library"), reverse("library:library")
    yield _("Messages"), reverse("comms:messages")


def _places_of_work(mine: RolesHeld) -> Iterator[tuple[str | Promise, str]]:
    if Role.COORDINATOR in mine.roles:
        yield _("Programmes"), reverse("programmes:programmes")
        yield _("Marks"), reverse("passport:offering")
    yield from _places_of_asking(mine)
    if Role.TRAINER in mine.roles:
        yield _("Training"), reverse("programmes:trained")
    if Role.ASSESSOR in mine.roles:
        yield _("To assess"), reverse("passport:queue")
    if mine.roles & READERS_OF_NEEDS:
        yield _("Skill needs"), reverse("competence:needs")
    for ref in mine.networks(Role.COORDINATOR, Role.READER)[:1]:
        yield _("Figures"), reverse("insight:figures", args=[ref])
    for ref in mine.organisations(Role.ADMIN)[:1]:
        yield _("Organisation"), reverse("people:organisation", args=[ref])
    if Role.OPERATOR in mine.roles:
        yield _("Installation"), reverse("people:operator")


def _places_of_asking(mine: RolesHeld) -> Iterator[tuple[str | Promise, str]]:
    if mine.roles & {Role.COORDINATOR, Role.HR, Role.MANAGEMENT, Role.ADMIN}:
        yield _("Surveys"), reverse("surveys:waves")
    if mine.roles & {Role.HR, Role.MANAGEMENT}:
        yield _("HR days"), reverse("surveys:workshops")
    if mine.organisations(Role.HR, Role.MANAGEMENT, Role.TRAINER):
        yield _("Shared plans"), reverse("programmes:plans")
