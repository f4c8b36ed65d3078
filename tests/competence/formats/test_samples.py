"""The real files: each is read whole, each of its texts is accounted for, and no official's name comes along."""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from luotsi.competence.formats import html
from luotsi.competence.formats.errors import Fault, FormatError
from luotsi.competence.formats.ledger import is_text
from luotsi.competence.formats.reading import read_eperusteet, read_scale
from luotsi.competence.formats.source import parse, walk
from luotsi.competence.formats.values import FrameworkKind, LeftOut, Reason, Scale
from tests.competence.formats.samples import sample, strings

SUPERVISORS = "eperusteet/rakenne-autoalan-tyonjohto.json"
SPORTS = "eperusteet/rakenne-liikunnan-ja-valmennuksen-ammattitutkinto-2018.json"
VALMA = "eperusteet/rakenne-valma.json"
DRILLING = "eperusteet/2019-shape/ePerustePerusteenosat6777674.json"
SURVEYING = "eperusteet/2019-shape/ePerustePerusteenosat6778360.json"
PARTS = "eperusteet/eperusteet-service_api_perusteenosat_3708884_osaalueet.json"
PAGE = "eperusteet/eperusteet-service_api_tutkinnonosat_400014.json"
BADGES = "eperusteet/osaamismerkit.json"
ASSESSMENT = "eperusteet/valid_arviointi.json"
INSTRUCTOR = "reference/tutkinnonosa_400011_tyopaikkaohjaajaksi-valmentautuminen.json"
SCALE = "reference/geneerinen_arviointiasteikko_6783341.json"

READABLE = {
    # kind, areas, competences, criteria; texts placed and left out
    SUPERVISORS: (FrameworkKind.QUALIFICATION, 8, 8, 44, 25, 60),
    SPORTS: (FrameworkKind.QUALIFICATION, 12, 111, 988, 1249, 591),
    VALMA: (FrameworkKind.PREPARATORY, 7, 11, 117, 136, 41),
    DRILLING: (FrameworkKind.UNIT, 1, 4, 21, 26, 23),
    SURVEYING: (FrameworkKind.UNIT, 1, 3, 15, 19, 17),
    PARTS: (FrameworkKind.PARTS, 6, 31, 287, 334, 67),
    PAGE: (FrameworkKind.UNITS, 35, 0, 0, 35, 75),
    BADGES: (FrameworkKind.BADGES, 2, 3, 14, 26, 0),
    ASSESSMENT: (FrameworkKind.ASSESSMENT, 1, 2, 3, 6, 1),
    INSTRUCTOR: (FrameworkKind.UNIT, 1, 4, 42, 48, 8),
    SCALE: (FrameworkKind.SCALE, 1, 1, 26, 32, 1),
}


@pytest.mark.parametrize("name", READABLE)
def test_sample_is_read_whole(name):
    reading = read_eperusteet(sample(name))

    counts = reading.counts
    found = (reading.framework.kind, counts.areas, counts.competences, counts.criteria, counts.placed, counts.left_out)
    assert found == READABLE[name]
    assert reading.not_understood == ()
    assert counts.texts == counts.placed + counts.left_out + counts.not_understood


@pytest.mark.parametrize("name", READABLE)
def test_sample_leaves_officials_out(name):
    nodes = [node for _, node, _ in walk(parse(sample(name))) if isinstance(node, dict)]
    officials = {str(node["muokkaaja"]) for node in nodes if node.get("muokkaaja")}

    reading = read_eperusteet(sample(name))

    assert strings(reading) & officials == set()
    assert not [text for text in strings(reading) if any(official in text for official in officials)]


@pytest.mark.parametrize("name", READABLE)
def test_each_text_counted_as_placed_is_there(name):
    tree = parse(sample(name))

    reading = read_eperusteet(sample(name))

    said = strings(reading.framework)
    left = {path for path, _ in reading.left_out}
    missing = [
        (path, language)
        for path, node, _ in walk(tree)
        if is_text(node) and path not in left
        for language in ("fi", "sv", "en")
        if f"{path}.{language}" not in left and not is_said(node.get(language), said, path, left)
    ]
    assert missing == []


def is_said(text, said, path, left):
    """Whether the words are there, as a whole, as the end of a longer name, or cut into paragraphs and items."""
    line = html.plain(text) if isinstance(text, str) else ""
    if not line.strip("-. ") or line in said or any(name.endswith(f" – {line}") for name in said):
        return True
    return all(
        f"{path}#{number}" in left
        or (
            all(part in said for part in block.items or (block.lead,))
            and (not block.items or not block.lead or f"{path}#{number}/lead" in left or block.lead in said)
        )
        for number, block in enumerate(html.blocks(text))
    )


@pytest.mark.parametrize("name", READABLE)
def test_identifiers_are_own_and_the_same_each_time(name):
    def identifiers():
        areas = read_eperusteet(sample(name)).framework.areas
        return [area.origin_id for area in areas] + [one.origin_id for area in areas for one in area.competences]

    found = identifiers()

    assert max(Counter(found).values()) == 1
    assert found == identifiers()


def test_a_megabyte_is_read_in_a_moment():
    content = sample(SPORTS)
    begun = time.process_time()

    read_eperusteet(content)

    assert time.process_time() - begun < 2


def test_qualification_with_levels_keeps_units_targets_and_their_criteria():
    content = sample(SPORTS)
    framework = read_eperusteet(content).framework
    source = json.loads(content)

    assert (framework.origin_id, framework.code, framework.source) == ("peruste:2598340", "OPH-1161-2018", "ePerusteet")
    assert (framework.valid_from, framework.valid_to) == (date(2019, 1, 1), date(2026, 7, 31))
    assert framework.modified == datetime.fromtimestamp(source["muokattu"] / 1000, tz=UTC)
    areas = {area.origin_id: area for area in framework.areas}
    for unit in source["tutkinnonOsat"]:
        area = areas[f"tutkinnonosa:{unit['id']}"]
        assert (area.code, area.extent) == (unit["koodiUri"], Decimal(unit["laajuus"]))
        assert area.name == {language: unit["nimi"][language] for language in ("fi", "sv", "en")}
        targets = [
            target for group in unit["arviointi"]["arvioinninKohdealueet"] for target in group["arvioinninKohteet"]
        ]
        assert [len(one.criteria) for one in area.competences] == [
            sum(len(level["kriteerit"]) for level in target["osaamistasonKriteerit"]) for target in targets
        ]
        assert {one.scale for one in area.competences} == {Scale.PASSED}


def test_units_come_in_the_order_of_the_qualification():
    content = sample(SPORTS)
    places = {
        reference["_tutkinnonOsa"]: reference["jarjestys"]
        for reference in json.loads(content)["suoritustavat"][0]["tutkinnonOsaViitteet"]
    }

    areas = read_eperusteet(content).framework.areas

    found = [places[area.origin_id.removeprefix("tutkinnonosa:")] for area in areas]
    assert found == sorted(places.values())


def test_text_of_paragraphs_gives_the_list_that_passes():
    reading = read_eperusteet(sample(SUPERVISORS))

    area = next(area for area in reading.framework.areas if area.code == "tutkinnonosat_104052")
    (leading,) = area.competences
    assert leading.name == area.name
    assert (leading.scale, [criterion.level for criterion in leading.criteria]) == (Scale.PASSED, [1] * 12)
    assert leading.criteria[0].level_name == {"fi": "Hyväksytty", "sv": "Godkänd", "en": "Passed"}
    assert len(area.requirements) == 2
    path = "$.tutkinnonOsat[0].arviointi.lisatiedot"
    assert [entry for entry in reading.left_out if entry.path.startswith(path)] == [
        LeftOut(f"{path}#0", Reason.ASSESSMENT_NOTE),
        LeftOut(f"{path}#1", Reason.ASSESSMENT_NOTE),
        LeftOut(f"{path}#2/lead", Reason.ASSESSMENT_NOTE),
        LeftOut(f"{path}#3", Reason.FAILING),
    ]


def test_form_of_2019_keeps_codes_and_names_its_scale():
    content = sample(DRILLING)
    reading = read_eperusteet(content)

    (area,) = reading.framework.areas
    groups = json.loads(content)["ammattitaitovaatimukset2019"]["kohdealueet"]
    assert reading.missing_scales == ("6783341",)
    assert [one.name["fi"] for one in area.competences] == [group["kuvaus"]["fi"] for group in groups]
    assert [one.origin_id for one in area.competences] == [
        f"tutkinnonosa:6777674/{group['kuvaus']['_tunniste']}" for group in groups
    ]
    assert [(one.scale, one.generic_scale) for one in area.competences] == [(Scale.FIVE, "6783341")] * 4
    assert [(criterion.level, criterion.code) for criterion in area.competences[0].criteria] == [
        (None, row["koodi"]["uri"]) for row in groups[0]["vaatimukset"]
    ]


def test_general_scale_given_adds_its_criteria_by_level():
    scale = read_scale(sample(SCALE))
    reading = read_eperusteet(sample(DRILLING), scales=[scale])

    first = reading.framework.areas[0].competences[0]
    required = [criterion for criterion in first.criteria if criterion.level is None]
    judged = [criterion for criterion in first.criteria if criterion.level is not None]
    assert (scale.origin_id, scale.scale, reading.missing_scales) == ("6783341", Scale.FIVE, ())
    assert len(required) == 7
    assert Counter(criterion.level for criterion in judged) == Counter(criterion.level for criterion in scale.criteria)
    assert [criterion.text for criterion in judged] == [criterion.text for criterion in scale.criteria]
    assert [criterion.order for criterion in first.criteria] == list(range(len(first.criteria)))


def test_levels_come_from_the_lowest_up_with_numbers_of_the_scale():
    area = read_eperusteet(sample(INSTRUCTOR)).framework.areas[0]

    first = area.competences[0]
    levels = [criterion.level or 0 for criterion in first.criteria]
    assert (area.code, area.extent, first.scale) == ("tutkinnonosat_400011", Decimal(5), Scale.FIVE)
    assert levels == sorted(levels)
    assert set(levels) == {1, 3, 5}
    assert first.criteria[0].level_name == {"fi": "Taso 1", "sv": "Nivå 1", "en": "Level 1"}
    assert first.code == "ammattitaitovaatimukset_115"


def test_parts_tell_what_is_optional_and_leave_placeholders_out():
    content = sample(PARTS)
    reading = read_eperusteet(content)

    part = reading.framework.areas[0]
    assert (part.origin_id, part.code, part.extent) == ("osaalue:3711500", "ammatillisenoppiaineet_ytyk", Decimal(2))
    assert [one.is_optional for one in part.competences] == [False] * 3 + [True] * 3
    assert [one.group for one in part.competences] == [{}] * 6
    assert len(part.requirements) == 6
    assert Counter(reason for _, reason in reading.left_out)[Reason.PLACEHOLDER] == 12


def test_page_of_units_without_criteria_still_tells_its_parts():
    framework = read_eperusteet(sample(PAGE)).framework

    units = [area for area in framework.areas if not area.within]
    assert len(units) == 5
    assert {area.code for area in units} == {"tutkinnonosat_400014"}
    assert Counter(area.within for area in framework.areas if area.within) == {unit.origin_id: 6 for unit in units}


def test_preparatory_education_keeps_objectives_and_what_passes():
    areas = read_eperusteet(sample(VALMA)).framework.areas

    orientation = next(area for area in areas if area.code == "tutkinnonosat_400001")
    assert (orientation.extent, orientation.extent_max) == (Decimal(0), Decimal(10))
    assert [(len(one.criteria), one.scale) for one in orientation.competences] == [
        (4, None),
        (3, None),
        (4, None),
        (8, None),
        (2, None),
        (17, Scale.PASSED),
    ]
    assert {criterion.level for criterion in orientation.competences[-1].criteria} == {1}


def test_badges_stand_under_their_categories():
    areas = read_eperusteet(sample(BADGES)).framework.areas

    badge = areas[0].competences[0]
    assert [(area.origin_id, len(area.competences)) for area in areas] == [
        ("kategoria:9187990", 2),
        ("kategoria:9187991", 1),
    ]
    assert (badge.origin_id, badge.code) == ("kategoria:9187990/9188020", "osaamismerkit_1000")
    assert [criterion.level for criterion in badge.criteria] == [None, None, 1, 1, 1, 1]
    assert {language for text in [badge.name, *(one.text for one in badge.criteria)] for language in text} == {"fi"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ePeruste6777660.json", Fault.NO_CRITERIA),
        ("ePeruste6777660Osaamisalakuvaukset.json", Fault.NO_CRITERIA),
        ("ePeruste6777660Rakenne.json", Fault.NO_CRITERIA),
        ("ePeruste6777660Sisalto.json", Fault.NO_CRITERIA),
        ("ePeruste6777660TutkinnonOsat.json", Fault.NO_CRITERIA),
        ("ePerusteByKoulutusKoodi351107.json", Fault.NO_CRITERIA),
    ],
)
def test_answers_without_criteria_are_refused_as_such(name, code):
    with pytest.raises(FormatError) as refused:
        read_eperusteet(sample(f"eperusteet/2019-shape/{name}"))

    assert refused.value.code == code


@pytest.mark.parametrize("name", ["reference/LoppuselvitysForm.json", "reference/osaamismerkit-koodisto.json"])
def test_answers_of_other_services_are_refused(name):
    with pytest.raises(FormatError) as refused:
        read_eperusteet(sample(name))

    assert refused.value.code == Fault.NOT_EPERUSTEET


def test_invalid_assessment_is_refused_where_a_level_is_not_on_its_scale():
    with pytest.raises(FormatError) as refused:
        read_eperusteet(sample("eperusteet/invalid_arviointi.json"))

    assert refused.value.code == Fault.LEVEL_NOT_ON_SCALE
    target = "$.arvioinninKohdealueet[0].arvioinninKohteet[0]"
    assert refused.value.path == f"{target}.osaamistasonKriteerit[1]._osaamistaso"
    assert refused.value.facts == {"level": "1", "scale": "2", "allowed": "2, 3, 4"}
