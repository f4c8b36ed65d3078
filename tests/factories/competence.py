"""Frameworks of competence for stories, and files that they come in."""

import json
from typing import Any

import factory

from luotsi.competence.models import Area, Competence, Criterion, Framework
from tests.factories.texts import TextFactory


class FrameworkFactory(TextFactory[Framework]):
    class Meta:
        model = Framework

    origin = factory.Sequence("peruste:{}".format)
    code = factory.Sequence("OPH-{}-2026".format)
    kind = "qualification"
    name = factory.LazyAttribute(lambda row: {"fi": f"Tutkinto {row.origin}", "en": f"Qualification {row.origin}"})
    source = "ePerusteet"
    digest = factory.Sequence("{:064d}".format)


class AreaFactory(TextFactory[Area]):
    class Meta:
        model = Area

    framework = factory.SubFactory(FrameworkFactory)
    origin = factory.Sequence("tutkinnonosa:{}".format)
    code = factory.Sequence("tutkinnonosat_{}".format)
    name = factory.LazyAttribute(lambda row: {"fi": f"Osa {row.origin}", "en": f"Unit {row.origin}"})
    position = factory.Sequence(int)


class CompetenceFactory(TextFactory[Competence]):
    class Meta:
        model = Competence

    area = factory.SubFactory(AreaFactory)
    origin = factory.Sequence("kohde:{}".format)
    name = factory.LazyAttribute(lambda row: {"fi": f"Osaaminen {row.origin}", "en": f"Competence {row.origin}"})
    position = factory.Sequence(int)


class CriterionFactory(TextFactory[Criterion]):
    class Meta:
        model = Criterion

    competence = factory.SubFactory(CompetenceFactory)
    text = factory.LazyAttribute(lambda row: {"fi": f"Kriteeri {row.position}", "en": f"Criterion {row.position}"})
    position = factory.Sequence(int)


def competence_with(*texts: str, area: Area | None = None, **values: Any) -> Competence:
    """A competence with these criteria, in English, without levels."""
    place = {"area": area} if area else {}
    competence = CompetenceFactory.create(**place, **values)
    for text in texts:
        CriterionFactory.create(competence=competence, text={"en": text})
    return competence


def requirement(name: str, criteria: list[str], sv: str = "") -> dict[str, Any]:
    """An area of requirements in the form of the national service."""
    return {
        "kuvaus": {"fi": name} | ({"sv": sv} if sv else {}),
        "vaatimukset": [{"vaatimus": {"fi": text}} for text in criteria],
    }


def unit_file(*areas: dict[str, Any], **values: Any) -> bytes:
    """A file with one made-up unit of a qualification."""
    unit = {
        "id": 4242,
        "tyyppi": "normaali",
        "nimi": {"fi": "Kaverin ohjaaminen", "sv": "Att handleda en kamrat"},
        "koodiUri": "tutkinnonosat_990001",
        "muokattu": 1_700_000_000_000,
        "ammattitaitovaatimukset2019": {"kohdealueet": list(areas)},
    } | values
    return json.dumps(unit, ensure_ascii=False).encode()
