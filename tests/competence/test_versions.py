"""Versions of a framework: what goes on keeps its line, what ends stays, and scales fill what names them."""

from __future__ import annotations

from uuid import UUID

import pytest

from luotsi.competence.models import Competence, CompetenceWord, Criterion, Framework
from luotsi.competence.queries.prospects import Standing
from luotsi.competence.services.imports import import_framework, plan_import
from luotsi.core import jobs
from luotsi.core.actors import SYSTEM
from tests.competence.formats.samples import as_file, sample
from tests.factories.competence import requirement, unit_file

pytestmark = pytest.mark.django_db

GUIDING = requirement("Ohjaaminen", ["ottaa vastaan"])
FEEDBACK = requirement("Palaute", ["antaa palautetta"])
SCALE = {
    "id": 77,
    "nimi": {"fi": "Asteikko"},
    "arviointiAsteikko": {"id": 3},
    "osaamistasonKriteerit": [
        {"_osaamistaso": "5", "kriteerit": [{"fi": "ohjattuna"}]},
        {"_osaamistaso": "9", "kriteerit": [{"fi": "itse"}, {"fi": "muita ohjaten"}]},
    ],
}


def named(area: dict[str, object], mark: str) -> dict[str, object]:
    """The same requirement with the source's lasting identifier."""
    return area | {"kuvaus": {**area["kuvaus"], "_tunniste": mark}}  # type: ignore[dict-item]


def lines() -> dict[str, UUID]:
    """The line of each competence now in use, by its name."""
    rows = Competence.objects.filter(area__framework__retired_at=None)
    return {row.name["fi"]: row.lineage for row in rows}


def test_the_same_identifier_goes_on_under_a_new_name() -> None:
    import_framework(unit_file(named(GUIDING, "a"), named(FEEDBACK, "b")), by=SYSTEM)
    before = lines()
    renamed = named(requirement("Toisen ohjaaminen", ["ottaa vastaan"]), "a")

    report = import_framework(unit_file(renamed, named(FEEDBACK, "b")), by=SYSTEM)

    assert lines() == {"Toisen ohjaaminen": before["Ohjaaminen"], "Palaute": before["Palaute"]}
    assert [(pairing.fate, pairing.known_by) for pairing in report.prospect.comparison.pairings] == [
        ("changed", "origin"), ("same", "origin"),
    ]  # fmt: skip


def test_the_same_name_in_the_same_unit_goes_on_under_a_new_identifier() -> None:
    import_framework(unit_file(named(GUIDING, "a")), by=SYSTEM)
    before = lines()

    import_framework(unit_file(named(GUIDING, "z"), named(FEEDBACK, "b")), by=SYSTEM)

    assert lines()["Ohjaaminen"] == before["Ohjaaminen"]
    assert lines()["Palaute"] not in before.values()


def test_what_ends_stays_with_its_line_and_takes_it_up_again_when_it_comes_back() -> None:
    import_framework(unit_file(named(GUIDING, "a"), named(FEEDBACK, "b")), by=SYSTEM)
    before = lines()
    import_framework(unit_file(named(GUIDING, "a")), by=SYSTEM)
    without = lines()
    third = unit_file(named(requirement("Ohjaaminen", ["uusi"]), "a"), named(FEEDBACK, "b"))

    import_framework(third, by=SYSTEM)

    assert without == {"Ohjaaminen": before["Ohjaaminen"]}
    assert lines() == before
    assert Competence.objects.filter(name__isnull=False, lineage=before["Palaute"]).count() == 2


def test_the_same_content_saved_by_another_changes_nothing() -> None:
    import_framework(unit_file(GUIDING, muokkaaja="Ensimmäinen", muokattu=1_700_000_000_000), by=SYSTEM)

    again = import_framework(unit_file(GUIDING, muokkaaja="Toinen", muokattu=1_800_000_000_000), by=SYSTEM)

    assert again.prospect.standing is Standing.SAME
    assert Framework.objects.count() == 1


def test_an_older_version_does_not_take_the_place_of_a_newer_one() -> None:
    import_framework(unit_file(GUIDING, muokattu=1_800_000_000_000), by=SYSTEM)

    report = import_framework(unit_file(FEEDBACK, muokattu=1_700_000_000_000), by=SYSTEM)

    assert (report.prospect.standing, report.is_new) == (Standing.OLDER, False)
    assert set(lines()) == {"Ohjaaminen"}


def test_a_source_that_goes_back_takes_the_old_rows_into_use() -> None:
    first = import_framework(unit_file(GUIDING, muokattu=1_600_000_000_000), by=SYSTEM).framework
    second = import_framework(unit_file(FEEDBACK, muokattu=1_700_000_000_000), by=SYSTEM).framework

    report = import_framework(unit_file(GUIDING, muokattu=1_800_000_000_000), by=SYSTEM)

    assert (report.prospect.standing, report.framework) == (Standing.BACK, first)
    assert list(Framework.objects.filter(retired_at=None)) == [first]
    assert second is not None
    assert Framework.objects.get(pk=second.pk).retired_at is not None


def test_a_regulation_with_another_number_takes_up_the_lines_of_the_one_it_replaces() -> None:
    def qualification(number: int, code: str, **more: object) -> bytes:
        unit = {"id": number, "nimi": {"fi": "Osa"}, "koodiUri": "tutkinnonosat_1"}
        unit["ammattitaitovaatimukset2019"] = {"kohdealueet": [GUIDING]}
        return as_file(
            {"id": number, "nimi": {"fi": "Tutkinto"}, "diaarinumero": code, "tutkinnonOsat": [unit], **more}
        )

    import_framework(qualification(1, "OPH-1-2017"), by=SYSTEM)
    before = lines()

    report = import_framework(qualification(2, "OPH-2-2025", korvattavatDiaarinumerot=["OPH-1-2017"]), by=SYSTEM)

    assert set(Competence.objects.values_list("lineage", flat=True)) == set(before.values())
    assert (report.replaces, Framework.objects.filter(retired_at=None).count()) == (None, 2)


def test_a_general_scale_fills_what_is_here_and_what_comes() -> None:
    def unit(number: int) -> bytes:
        return unit_file(GUIDING, id=number, _geneerinenArviointiasteikko="77")

    import_framework(unit(1), by=SYSTEM)
    bare = Criterion.objects.count()
    prospect = plan_import(as_file(SCALE)).prospect

    import_framework(as_file(SCALE), by=SYSTEM)
    import_framework(unit(2), by=SYSTEM)

    assert (bare, prospect.fills) == (1, 1)
    for competence in Competence.objects.exclude(area__framework__kind="scale"):
        criteria = competence.criteria.order_by("position").values_list("level", "text", "position")
        assert competence.scale == "five"
        assert list(criteria) == [
            (None, {"fi": "ottaa vastaan"}, 0), (1, {"fi": "ohjattuna"}, 1),
            (5, {"fi": "itse"}, 2), (5, {"fi": "muita ohjaten"}, 3),
        ]  # fmt: skip
    assert plan_import(unit(1)).prospect.standing is Standing.SAME
    assert plan_import(as_file(SCALE)).prospect.standing is Standing.SAME


def test_the_real_general_scale_gives_the_real_units_their_levels() -> None:
    drilling = sample("eperusteet/2019-shape/ePerustePerusteenosat6777674.json")
    import_framework(drilling, by=SYSTEM)

    report = import_framework(sample("reference/geneerinen_arviointiasteikko_6783341.json"), by=SYSTEM)

    levels = Criterion.objects.filter(competence__area__framework__kind="unit").exclude(level=None)
    assert (report.prospect.fills, levels.count()) == (4, 4 * 26)


def test_words_are_made_by_the_worker_and_go_with_a_version() -> None:
    import_framework(unit_file(GUIDING), by=SYSTEM)
    nothing = CompetenceWord.objects.count()
    jobs.run_waiting()
    first = set(CompetenceWord.objects.values_list("competence__area__framework", flat=True))
    import_framework(unit_file(GUIDING, FEEDBACK), by=SYSTEM)
    jobs.run_waiting()

    current = Framework.objects.get(retired_at=None)
    assert (nothing, len(first)) == (0, 1)
    assert set(CompetenceWord.objects.values_list("competence__area__framework", flat=True)) == {current.pk}
