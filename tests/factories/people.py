"""People for stories: plain rows, with the address that sign-in and messages need."""

from typing import Any

import factory
from allauth.account.models import EmailAddress

from luotsi.core.words.keys import search_key, sort_key
from luotsi.people.enums import CircleKind, CircleRole, OrganisationKind, Role
from luotsi.people.models import (
    Circle,
    CircleMember,
    Membership,
    Network,
    NetworkOrganisation,
    Organisation,
    Person,
)


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence("Organisation {}".format)
    kind = OrganisationKind.EMPLOYER
    sort_key = factory.LazyAttribute(lambda row: sort_key(row.name))
    search_key = factory.LazyAttribute(lambda row: search_key(row.name))


class NetworkFactory(factory.django.DjangoModelFactory[Network]):
    class Meta:
        model = Network

    name = factory.Sequence("Network {}".format)


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    given_name = factory.Sequence("Given{}".format)
    family_name = factory.Sequence("Family{}".format)
    sort_key = factory.LazyAttribute(lambda row: sort_key(f"{row.family_name} {row.given_name}"))
    search_key = factory.LazyAttribute(lambda row: search_key(f"{row.given_name} {row.family_name}"))
    language = "en"
    password = "!"

    @factory.post_generation  # type: ignore[untyped-decorator]  # factory_boy has no types
    def email(self: Person, create: bool, extracted: str | None, **_kwargs: Any) -> None:  # noqa: FBT001 -- factory_boy
        if create:
            email = extracted or f"person{self.pk}@example.org"
            EmailAddress.objects.create(user=self, email=email, primary=True, verified=True)


class CircleFactory(factory.django.DjangoModelFactory[Circle]):
    class Meta:
        model = Circle

    kind = CircleKind.PROGRAMME


def grant(
    person: Person, role: Role, *, network: Network | None = None, organisation: Organisation | None = None
) -> Membership:
    """A current role, written straight into the table: the story begins after it was given."""
    return Membership.objects.create(person=person, role=role, network=network, organisation=organisation)


def coordinator_of(network: Network, **values: Any) -> Person:
    person = PersonFactory.create(**values)
    grant(person, Role.COORDINATOR, network=network)
    return person


def administrator_of(organisation: Organisation, **values: Any) -> Person:
    person = PersonFactory.create(**values)
    grant(person, Role.ADMIN, organisation=organisation)
    return person


def with_password(password: str, **values: Any) -> Person:
    """Somebody who signs in with this password."""
    person = PersonFactory.create(**values)
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


def operator(**values: Any) -> Person:
    person = PersonFactory.create(**values)
    grant(person, Role.OPERATOR, organisation=OrganisationFactory.create(kind=OrganisationKind.PUBLIC_BODY))
    return person


def part_of(network: Network, organisation: Organisation) -> NetworkOrganisation:
    return NetworkOrganisation.objects.create(network=network, organisation=organisation)


def join(circle: Circle, person: Person, role: CircleRole) -> CircleMember:
    return CircleMember.objects.create(circle=circle, person=person, role=role)
