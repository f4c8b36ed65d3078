"""Marks and claims for stories."""

from datetime import date
from typing import Any
from uuid import uuid4

import factory
from django.utils import timezone

from luotsi.passport.enums import ClaimState, EvidenceKind, MarkState, Theme
from luotsi.passport.models import Claim, Evidence, Fact, Mark, MarkCriterion
from luotsi.passport.services.claims import CriterionJudged
from luotsi.people.enums import CircleRole, Role
from luotsi.people.models import Network, Organisation, Person
from tests.factories.people import CircleFactory, NetworkFactory, PersonFactory, grant, join
from tests.factories.texts import TextFactory


class MarkFactory(TextFactory[Mark]):
    class Meta:
        model = Mark

    network = factory.SubFactory(NetworkFactory)
    key = factory.Sequence("mark-{}".format)
    name = factory.LazyAttribute(lambda row: {"fi": f"Merkki {row.key}", "en": f"Mark {row.key}"})
    description = {"fi": "Osaa ohjata.", "en": "Can guide."}
    evidence_asked = {"fi": "Kerro esimerkki.", "en": "Tell an example."}
    theme = Theme.GUIDING
    state = MarkState.OPEN


class MarkCriterionFactory(TextFactory[MarkCriterion]):
    class Meta:
        model = MarkCriterion

    mark = factory.SubFactory(MarkFactory)
    text = factory.LazyAttribute(lambda row: {"fi": f"Kriteeri {row.position}", "en": f"Criterion {row.position}"})
    position = factory.Sequence(int)


class FactFactory(TextFactory[Fact]):
    class Meta:
        model = Fact

    person = factory.SubFactory(PersonFactory)
    kind = "mentoring.completed"
    fact_ref = factory.LazyFunction(uuid4)
    happened_on = date(2026, 3, 10)
    text = {"fi": "Mentorointi vietiin loppuun.", "en": "Mentoring was completed."}


class ClaimFactory(TextFactory[Claim]):
    class Meta:
        model = Claim

    mark = factory.SubFactory(MarkFactory)
    person = factory.SubFactory(PersonFactory)
    state = ClaimState.COLLECTING


def mark_with(*criteria: str, **values: Any) -> Mark:
    """An open mark with these criteria, in English."""
    mark = MarkFactory.create(**values)
    for position, text in enumerate(criteria):
        MarkCriterionFactory.create(mark=mark, text={"en": text}, position=position)
    return mark


def evidence_for(claim: Claim, text: str = "I guided a colleague.", language: str = "en") -> Evidence:
    return Evidence.objects.create(claim=claim, kind=EvidenceKind.TEXT, text=text, language=language)


def submitted(mark: Mark, person: Person | None = None, **values: Any) -> Claim:
    """A claim that waits for an assessor, with its evidence."""
    claim = ClaimFactory.create(
        mark=mark, person=person or PersonFactory.create(),
        **({"state": ClaimState.SUBMITTED, "submitted_at": timezone.now()} | values),
    )  # fmt: skip
    evidence_for(claim)
    return claim


def judged(claim: Claim, *, is_met: bool = True) -> list[CriterionJudged]:
    """The same judgement of each criterion."""
    return [CriterionJudged(criterion=row, is_met=is_met) for row in claim.mark.criteria.order_by("position")]


def assessor_of(place: Network | Organisation, **values: Any) -> Person:
    person = PersonFactory.create(**values)
    where = {"network": place} if isinstance(place, Network) else {"organisation": place}
    grant(person, Role.ASSESSOR, **where)
    return person


def participant_of(network: Network, **values: Any) -> Person:
    """Somebody without a role, in a programme of the network."""
    person = PersonFactory.create(**values)
    join(CircleFactory.create(network=network), person, CircleRole.MENTEE)
    return person
