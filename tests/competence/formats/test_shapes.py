"""The shapes in small, and the forms of them that no sample has."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luotsi.competence.formats.errors import Fault, FormatError
from luotsi.competence.formats.reading import read_eperusteet, read_scale
from luotsi.competence.formats.values import FrameworkKind, LeftOut, Reason, Remark, RemarkCode, Scale
from tests.competence.formats.samples import as_file


def read(tree):
    return read_eperusteet(as_file(tree))


def unit(**content):
    return {"id": 1, "nimi": {"fi": "Osa"}, "koodiUri": "tutkinnonosat_1", "ammattitaitovaatimukset": None} | content


def target(*levels, scale="3", **content):
    return content | {
        "_arviointiAsteikko": scale,
        "osaamistasonKriteerit": [
            {"_osaamistaso": level, "kriteerit": [{"fi": text} for text in texts]} for level, *texts in levels
        ],
    }


def assessed(*targets, **content):
    return {"arvioinninKohdealueet": [content | {"arvioinninKohteet": list(targets)}]}


def told(competence):
    return (
        competence.name.get("fi"),
        [(criterion.level, criterion.text.get("fi")) for criterion in competence.criteria],
    )


def test_target_with_a_name_of_its_own_stands_under_its_area():
    area = assessed(target(("9", "c"), ("5", "a", "b"), otsikko={"fi": "Kohde"}), otsikko={"fi": "Alue"})

    (competence,) = read(unit(arviointi=area)).framework.areas[0].competences

    assert told(competence) == ("Kohde", [(1, "a"), (1, "b"), (5, "c")])
    assert (competence.group, competence.scale) == ({"fi": "Alue"}, Scale.FIVE)


def test_target_without_a_name_is_called_as_its_area_and_then_as_its_unit():
    named = assessed(target(("1", "a"), scale="1"), otsikko={"fi": "Alue"})
    nameless = assessed(target(("3", "a"), scale="2"), otsikko={"fi": "Automaattinen"})

    (first,) = read(unit(arviointi=named)).framework.areas[0].competences
    (second,) = read(unit(arviointi=nameless)).framework.areas[0].competences

    assert (told(first), first.scale) == (("Alue", [(1, "a")]), Scale.PASSED)
    assert (told(second), second.scale) == (("Osa", [(2, "a")]), Scale.THREE)


def test_same_target_twice_gets_two_identifiers():
    twice = [target(("1", "a"), scale="1"), target(("1", "b"), scale="1")]

    competences = read(unit(arviointi=assessed(*twice, otsikko={"fi": "Alue"}))).framework.areas[0].competences

    assert len({competence.origin_id for competence in competences}) == 2


def test_names_of_levels_come_from_the_file_where_it_has_them():
    level = {"id": 5, "otsikko": {"fi": "Tyydyttävä 1"}, "koodi": {"nimi": {"fi": "T1"}, "uri": "x"}}
    row = {"osaamistaso": level, "kriteerit": [{"fi": "a"}]}
    area = {
        "arvioinninKohdealueet": [{"otsikko": {"fi": "A"}, "arvioinninKohteet": [{"osaamistasonKriteerit": [row]}]}]
    }

    reading = read(area)

    (criterion,) = reading.framework.areas[0].competences[0].criteria
    assert (criterion.level, criterion.level_name) == (1, {"fi": "T1"})
    assert [reason for _, reason in reading.left_out] == [Reason.SCALE_NAME]


def test_unknown_scale_is_read_without_levels_and_remarked():
    reading = read(assessed(target(("77", "a"), scale="9"), otsikko={"fi": "A"}))

    (competence,) = reading.framework.areas[0].competences
    assert (told(competence), competence.scale) == (("A", [(None, "a")]), None)
    path = "$.arvioinninKohdealueet[0].arvioinninKohteet[0].osaamistasonKriteerit[0]"
    assert reading.remarks == (Remark(path, RemarkCode.UNKNOWN_SCALE),)


def test_scale_written_in_the_target_decides_what_is_on_it():
    own = target(("2", "a"), scale="9", arviointiAsteikko={"osaamistasot": [{"id": 3}, {"id": 4}]})

    with pytest.raises(FormatError) as refused:
        read(assessed(own))

    assert (refused.value.code, refused.value.facts["allowed"]) == (Fault.LEVEL_NOT_ON_SCALE, "3, 4")


def test_list_inside_a_criterion_becomes_criteria():
    area = assessed(target(("1", "<p>tuntee</p><ul><li>a</li><li>b</li></ul>"), scale="1"), otsikko={"fi": "A"})

    (competence,) = read(area).framework.areas[0].competences

    assert told(competence) == ("A", [(1, "tuntee a"), (1, "tuntee b")])


def test_script_is_dropped_and_remarked():
    reading = read(assessed(target(("1", "a<script>alert(1)</script>"), scale="1"), otsikko={"fi": "A"}))

    (competence,) = reading.framework.areas[0].competences
    assert told(competence) == ("A", [(1, "a")])
    path = "$.arvioinninKohdealueet[0].arvioinninKohteet[0].osaamistasonKriteerit[0].kriteerit[0]"
    assert reading.remarks == (Remark(path, RemarkCode.ACTIVE_CONTENT),)


def test_requirements_as_one_list_are_one_competence():
    text = {
        "fi": "<p>Osaa</p><ul><li>a</li><li>b</li></ul>",
        "sv": "<p>Kan</p><p>• x</p><p>• y</p>",
        "en": "<p>none</p>",
    }

    reading = read(unit(ammattitaitovaatimukset=text))

    (competence,) = reading.framework.areas[0].competences
    assert competence.name == {"fi": "Osa"}
    assert [criterion.text for criterion in competence.criteria] == [
        {"fi": "a", "sv": "x"}, {"fi": "b", "sv": "y"}, {"en": "none"},
    ]  # fmt: skip
    assert reading.left_out == (LeftOut("$.ammattitaitovaatimukset#0/lead", Reason.SUBJECT),)
    assert reading.remarks == (Remark("$.ammattitaitovaatimukset", RemarkCode.LANGUAGES_DIFFER),)


def test_requirements_as_several_lists_are_a_competence_each():
    text = {"fi": "<p>Yleistä.</p><p>Työ</p><ul><li>a</li><li>b</li></ul><p>Turvallisuus</p><ul><li>c</li></ul>"}

    competences = read(unit(ammattitaitovaatimukset=text)).framework.areas[0].competences

    assert [told(competence) for competence in competences] == [
        ("Osa", [(None, "Yleistä.")]),
        ("Työ", [(None, "a"), (None, "b")]),
        ("Turvallisuus", [(None, "c")]),
    ]


def test_requirements_beside_criteria_stay_with_the_area():
    area = read(
        unit(
            ammattitaitovaatimukset={"fi": "<ul><li>a</li><li>b</li></ul>"},
            arviointi=assessed(target(("1", "c"), scale="1"), otsikko={"fi": "A"}),
        )
    ).framework.areas[0]

    assert area.requirements == ({"fi": "a"}, {"fi": "b"})
    assert [told(competence) for competence in area.competences] == [("A", [(1, "c")])]


def test_structured_list_of_requirements():
    listed = [
        {
            "otsikko": {"fi": "Alue"},
            "vaatimuksenKohteet": [
                {
                    "otsikko": {"fi": "Kohde"},
                    "vaatimukset": [{"selite": {"fi": "a"}, "ammattitaitovaatimusKoodi": "k_1"}],
                }
            ],
        }
    ]

    (competence,) = read(unit(ammattitaitovaatimuksetLista=listed)).framework.areas[0].competences

    assert (told(competence), competence.group) == (("Kohde", [(None, "a")]), {"fi": "Alue"})
    assert competence.criteria[0].code == "k_1"


def test_requirements_of_2019_without_areas_take_the_name_of_the_unit_and_the_words_of_the_code():
    requirements = {
        "kohde": {"fi": "Opiskelija"},
        "vaatimukset": [{"koodi": {"uri": "k_1", "nimi": {"fi": "a"}}}, {"vaatimus": {"fi": "b"}, "koodi": None}],
        "kohdealueet": [],
    }

    reading = read(unit(ammattitaitovaatimukset2019=requirements))

    (competence,) = reading.framework.areas[0].competences
    assert told(competence) == ("Osa", [(None, "a"), (None, "b")])
    assert reading.left_out == (LeftOut("$.ammattitaitovaatimukset2019.kohde", Reason.SUBJECT),)


def test_general_scale_held_by_the_unit_is_used():
    scale = {
        "id": 5,
        "nimi": {"fi": "Asteikko"},
        "osaamistasonKriteerit": [{"osaamistaso": {"id": 1}, "kriteerit": [{"fi": "hyvin"}]}],
    }
    requirements = {"kohdealueet": [{"kuvaus": {"fi": "A"}, "vaatimukset": [{"vaatimus": {"fi": "a"}}]}]}

    reading = read(unit(ammattitaitovaatimukset2019=requirements, geneerinenArviointiasteikko=scale))

    (competence,) = reading.framework.areas[0].competences
    assert told(competence) == ("A", [(None, "a"), (1, "hyvin")])
    assert (competence.scale, competence.generic_scale, reading.missing_scales) == (Scale.PASSED, "5", ())


def test_parts_in_the_form_of_2020_share_the_scale_of_the_part():
    scale = {"id": 6, "osaamistasonKriteerit": [{"osaamistaso": {"id": 9}, "kriteerit": [{"fi": "hyvin"}]}]}
    part = {
        "id": 7,
        "nimi": {"fi": "Viestintä"},
        "tyyppi": "osaalue2020",
        "arviointi": scale,
        "pakollisetOsaamistavoitteet": {"laajuus": 4, "tavoitteet": {"vaatimukset": [{"vaatimus": {"fi": "a"}}]}},
        "valinnaisetOsaamistavoitteet": {"laajuus": 3, "tavoitteet": {"vaatimukset": [{"vaatimus": {"fi": "b"}}]}},
    }

    whole, area = read(unit(osaAlueet=[part])).framework.areas

    assert (area.within, area.extent) == (whole.origin_id, Decimal(4))
    assert [(told(one), one.is_optional) for one in area.competences] == [
        (("Viestintä", [(None, "a"), (5, "hyvin")]), False),
        (("Viestintä", [(None, "b"), (5, "hyvin")]), True),
    ]


def test_name_of_an_objective_goes_before_the_group():
    goal = {
        "nimi": {"fi": "Ruotsi"},
        "arviointi": assessed(target(("5", "a"), otsikko={"fi": "K"}), otsikko={"fi": "A"}),
    }
    bare = {"nimi": {"fi": "Saame"}, "pakollinen": False}

    (area,) = read([{"id": 1, "nimi": {"fi": "Kieli"}, "osaamistavoitteet": [goal, bare]}]).framework.areas

    assert [(one.name["fi"], one.group, one.is_optional) for one in area.competences] == [
        ("K", {"fi": "Ruotsi – A"}, False),
        ("Saame", {}, True),
    ]


def test_unnamed_objectives_of_preparatory_education_join_what_passes():
    content = {
        "osaamistavoite": [{"kohde": {"fi": "Opiskelija"}, "selite": {"fi": "Miksi"}, "tavoitteet": [{"fi": "a"}]}],
        "osaamisenarviointi": {"kohde": {"fi": "Hyväksytty, kun"}, "tavoitteet": [{"fi": "b"}]},
    }

    reading = read(unit(valmaTelmaSisalto=content))

    (competence,) = reading.framework.areas[0].competences
    assert (told(competence), competence.description) == (("Osa", [(None, "a"), (1, "b")]), {"fi": "Miksi"})
    assert Reason.ASSESSMENT_NOTE in {reason for _, reason in reading.left_out}


def test_parts_of_education_that_prepares_for_a_qualification():
    part = {
        "id": 3,
        "osanTyyppi": "koulutuksenosa",
        "nimi": {"fi": "Urasuunnittelu"},
        "laajuusMinimi": 2,
        "laajuusMaksimi": 10,
        "tavoitteet": [{"fi": "a"}, {"fi": "b"}],
        "arvioinninKuvaus": {"fi": "Arviointi"},
    }

    reading = read({"koulutustyyppi": "koulutustyyppi_40", "nimi": {"fi": "TUVA"}, "koulutuksenOsat": [part]})

    (area,) = reading.framework.areas
    assert (reading.framework.kind, area.extent, area.extent_max) == (
        FrameworkKind.PREPARATORY,
        Decimal(2),
        Decimal(10),
    )
    assert [told(one) for one in area.competences] == [("Urasuunnittelu", [(None, "a"), (None, "b")])]


def test_badge_alone_and_without_category():
    badge = {
        "id": 4,
        "koodiUri": "osaamismerkit_1",
        "nimi": {"fi": "Merkki", "sv": "-"},
        "arviointikriteerit": [{"arviointikriteeri": {"fi": "a"}}],
        "osaamistavoitteet": None,
    }

    (area,) = read(badge).framework.areas

    assert area.name == {"fi": "Osaamismerkit", "sv": "Kompetensmärken", "en": "Competence badges"}
    assert [told(one) for one in area.competences] == [("Merkki", [(1, "a")])]


def test_languages_that_are_missing_stay_missing_and_others_are_told():
    named = {"nimi": {"sv": "Del", "fi": None, "en": "-", "se": "Oassi"}}

    reading = read(unit(**named, ammattitaitovaatimukset={"sv": "kan"}))

    (area,) = reading.framework.areas
    assert area.name == {"sv": "Del"}
    assert reading.left_out == (LeftOut("$.nimi.se", Reason.OTHER_LANGUAGE),)


def test_unit_without_any_name_says_so():
    (area,) = read(unit(nimi=None)).framework.areas

    assert area.name == {"fi": "Nimetön", "sv": "Namnlös", "en": "Unnamed"}


def test_text_that_no_rule_knows_is_reported():
    reading = read(unit(uusiKentta={"fi": "a", "sv": "b"}, toinen=[{"fi": "c"}]))

    assert reading.not_understood == ("$.uusiKentta", "$.toinen[0]")
    assert (reading.counts.texts, reading.counts.placed, reading.counts.not_understood) == (3, 1, 2)


def test_identifiers_derived_from_words_do_not_change_with_a_translation():
    def identifiers(**more):
        area = assessed(target(("1", "x"), scale="1"), otsikko={"fi": "A"} | more)
        reading = read({"ammattitaitovaatimukset": None, "nimi": {"fi": "Osa"} | more, "arviointi": area})
        return [(one.origin_id, [each.origin_id for each in one.competences]) for one in reading.framework.areas]

    assert identifiers() == identifiers(sv="B")


def test_long_identifiers_are_shortened_and_still_differ():
    areas = [
        assessed(target(("1", "a"), scale="1"), otsikko={"fi": "A"}, koodi={"uri": "k" * 59 + end}) for end in "xy"
    ]
    both = {"arvioinninKohdealueet": [one["arvioinninKohdealueet"][0] for one in areas]}

    (area,) = read(unit(id="u" * 60, arviointi=both)).framework.areas

    found = [competence.origin_id for competence in area.competences]
    assert [competence.code for competence in area.competences] == ["k" * 59 + "x", "k" * 59 + "y"]
    assert len(set(found)) == 2
    assert max(map(len, found)) <= 100


def test_two_units_with_one_id_are_kept_apart_with_their_parts():
    one = unit(osaAlueet=[{"nimi": {"fi": "P"}, "osaamistavoitteet": []}])

    areas = read([one, one]).framework.areas

    assert [(area.origin_id, area.within) for area in areas] == [
        ("tutkinnonosa:1", ""),
        (areas[1].origin_id, "tutkinnonosa:1"),
        ("tutkinnonosa:1~2", ""),
        (f"{areas[1].origin_id}~2", "tutkinnonosa:1~2"),
    ]


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        ({}, Fault.NOT_EPERUSTEET),
        ([], Fault.NOT_EPERUSTEET),
        ("text", Fault.NOT_EPERUSTEET),
        (None, Fault.NOT_EPERUSTEET),
        ({"data": [], "sivuja": 0}, Fault.NO_CRITERIA),
        ({"koulutustyyppi": "koulutustyyppi_1", "tutkinnonOsat": []}, Fault.NO_CRITERIA),
        ({"koulutustyyppi": "koulutustyyppi_2", "lukiokoulutus": {}}, Fault.UNSUPPORTED_KIND),
        ({"koulutustyyppi": "koulutustyyppi_10", "toteutus": "vapaasivistystyo"}, Fault.UNSUPPORTED_KIND),
        ({"data": [{"tutkinnonOsat": [{}]}, {"tutkinnonOsat": [{}]}]}, Fault.SEVERAL_FRAMEWORKS),
    ],
)
def test_what_is_no_framework_is_refused(tree, code):
    with pytest.raises(FormatError) as refused:
        read(tree)

    assert refused.value.code == code


def test_text_without_end_is_refused_where_it_stands():
    with pytest.raises(FormatError) as refused:
        read(unit(nimi={"fi": "a" * 300_000}))

    assert (refused.value.code, refused.value.path) == (Fault.TOO_LARGE, "$.nimi.fi")


def test_text_in_tangled_markup_is_refused_where_it_stands():
    with pytest.raises(FormatError) as refused:
        read(unit(nimi={"fi": "a", "sv": "<div>" * 200}))

    assert (refused.value.code, refused.value.path) == (Fault.TANGLED_MARKUP, "$.nimi.sv")


def test_scale_is_looked_for_in_vain():
    with pytest.raises(FormatError) as refused:
        read_scale(as_file(unit()))

    assert refused.value.code == Fault.NO_CRITERIA
