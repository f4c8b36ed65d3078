"""Needs of employers for stories."""

from datetime import date
from typing import Any

import factory

from luotsi.competence.models import Competence, NeededCompetence, SkillNeed
from luotsi.people.enums import Role
from luotsi.people.models import Network, Organisation, Person
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, grant, part_of


class SkillNeedFactory(factory.django.DjangoModelFactory[SkillNeed]):
    class Meta:
        model = SkillNeed

    organisation = factory.SubFactory(OrganisationFactory)
    network = factory.SubFactory(NetworkFactory)
    words = factory.Sequence("People who can do thing {}".format)
    language = "en"
    people = 1
    needed_from = date(2027, 1, 15)


def need_for(organisation: Organisation, network: Network, *competences: Competence, **values: Any) -> SkillNeed:
    """A need that was stated before the story begins."""
    need = SkillNeedFactory.create(organisation=organisation, network=network, **values)
    for competence in competences:
        NeededCompetence.objects.create(need=need, competence=competence, lineage=competence.lineage)
    return need


def employer(network: Network | None = None, *, role: Role = Role.EMPLOYER_CONTACT, **values: Any) -> Person:
    """Somebody who speaks for an organisation of the network."""
    organisation = OrganisationFactory.create(**values)
    part_of(network or NetworkFactory.create(), organisation)
    person = PersonFactory.create()
    grant(person, role, organisation=organisation)
    return person
