"""Reads: applications of a round as lists see them, many at a time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.models import EmailAddress

from luotsi.programmes.formats.answers import answers_from_json
from luotsi.programmes.formats.applicants import Applicant
from luotsi.programmes.models.applications import Application

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.programmes.models.programmes import Round


def applicant_of(application: Application, address: str = "") -> Applicant:
    """What the application says now, as a row of a list would. Without an identifier of a list its own ref is one."""
    answers = answers_from_json(application.answers)
    if not answers.organisation and application.organisation is not None:
        answers = replace(answers, organisation=application.organisation.name)
    return Applicant(
        given_name=application.person.given_name,
        family_name=application.person.family_name,
        email=address,
        role=application.role,
        submitted_on=application.submitted_on,
        answers=answers,
        external_id=application.external_id,
        told=application.told,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHere:
    """What is in a round already of those that some rows of a list tell of."""

    people: dict[str, int] = field(default_factory=dict)  # by address, whether they have applied here or not
    addresses: dict[int, str] = field(default_factory=dict)  # the main one, by person
    by_person: dict[int, Application] = field(default_factory=dict)
    by_id: dict[str, Application] = field(default_factory=dict)

    def with_address(self, key: str) -> Application | None:
        return self.by_person.get(self.people.get(key, 0))

    def with_id(self, identifier: str) -> Application | None:
        return self.by_id.get(identifier)


def known_here(round_: Round, keys: Iterable[str], identifiers: Iterable[str]) -> KnownHere:
    """What is known of these addresses and identifiers: five queries at most, however many there are."""
    wanted = {identifier for identifier in identifiers if identifier}
    refs = [ref for ref in map(_ref, wanted) if ref]
    found = EmailAddress.objects.filter(email__in=set(keys), user__erased_at=None)
    people = dict(found.values_list("email", "user_id"))
    here = Application.objects.filter(round=round_).select_related("person", "organisation")
    asked = (  # apart: joined by OR they would go through the whole round
        here.filter(person_id__in=set(people.values())),
        here.filter(external_id__in=wanted).exclude(external_id=""),
        here.filter(ref__in=refs),
    )
    applications = {application.pk: application for some in asked for application in some}.values()
    by_id = {str(application.ref): application for application in applications}
    by_id |= {application.external_id: application for application in applications if application.external_id}
    by_person = {application.person_id: application for application in applications}
    return KnownHere(people=people, addresses=addresses_by_person(by_person), by_person=by_person, by_id=by_id)


def addresses_by_person(people: Iterable[int]) -> dict[int, str]:
    """The main address of each person, by their keys."""
    wanted = list(people)
    if not wanted:
        return {}
    found = EmailAddress.objects.filter(user_id__in=wanted).order_by("primary", "-pk")
    return dict(found.values_list("user_id", "email"))


def _ref(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
