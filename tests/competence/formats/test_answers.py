"""Answers of the service in which the same things are wrapped otherwise: pages, references, parts that look like units."""

from __future__ import annotations

from decimal import Decimal

from luotsi.competence.formats.reading import read_eperusteet
from luotsi.competence.formats.values import FrameworkKind, LeftOut, Reason, Remark, RemarkCode
from tests.competence.formats.samples import as_file

UNIT = {
    "id": 1,
    "nimi": {"fi": "Osa"},
    "koodiUri": "tutkinnonosat_1",
    "ammattitaitovaatimukset": {"fi": "<ul><li>a</li><li>b</li></ul>"},
}


def read(tree):
    return read_eperusteet(as_file(tree))


def said(reading):
    return [
        criterion.text
        for area in reading.framework.areas
        for competence in area.competences
        for criterion in competence.criteria
    ]


def test_a_part_that_has_room_for_preparatory_content_is_a_part():
    aims = {"tavoitteet": {"vaatimukset": [{"vaatimus": {"fi": "a"}}], "kohdealueet": []}}
    part = {"id": 2, "nimi": {"fi": "Viestintä"}, "valmaTelmaSisalto": None, "pakollisetOsaamistavoitteet": aims}

    reading = read([part])

    assert (reading.framework.kind, said(reading)) == (FrameworkKind.PARTS, [{"fi": "a"}])
    assert reading.not_understood == ()


def test_a_page_of_units_is_read_whatever_its_list_is_called():
    for key in ("data", "content"):
        reading = read({key: [UNIT, UNIT | {"id": 2}], "sivuja": 1})
        assert (reading.framework.kind, len(said(reading))) == (FrameworkKind.UNITS, 4)


def test_a_reference_brings_the_unit_that_it_holds_and_its_extent():
    reading = read({"id": 9, "nimi": {"fi": "Osa"}, "laajuus": 15, "_tutkinnonOsa": "1", "tutkinnonOsa": UNIT})

    area = reading.framework.areas[0]
    assert (reading.framework.origin_id, area.extent, said(reading)) == (
        "tutkinnonosa:1", Decimal(15), [{"fi": "a"}, {"fi": "b"}],
    )  # fmt: skip
    assert reading.left_out == (LeftOut("$.nimi", Reason.REPETITION),)
    assert reading.not_understood == ()


def test_a_qualification_tells_which_it_replaces():
    tree = {"id": 7, "nimi": {"fi": "T"}, "tutkinnonOsat": [UNIT], "korvattavatDiaarinumerot": ["OPH-1-2017", None]}

    assert read(tree).framework.replaces == ("OPH-1-2017",)


def test_lists_of_different_length_are_all_kept_each_language_by_itself():
    text = {
        "fi": "<p>Osaa</p><ul><li>a</li><li>b</li></ul>",
        "sv": "<p>Kan</p><ul><li>x</li></ul><p>Mer</p>",
        "en": "<p>Can</p><ul><li>q</li><li>r</li></ul>",
    }

    reading = read(UNIT | {"ammattitaitovaatimukset": text})

    assert said(reading) == [{"fi": "a", "en": "q"}, {"fi": "b", "en": "r"}, {"sv": "x"}, {"sv": "Mer"}]
    assert reading.left_out == (
        LeftOut("$.ammattitaitovaatimukset#0/lead", Reason.SUBJECT),
        LeftOut("$.ammattitaitovaatimukset.sv#0/lead", Reason.SUBJECT),
    )
    assert reading.remarks == (Remark("$.ammattitaitovaatimukset", RemarkCode.LANGUAGES_DIFFER),)


def test_several_lists_keep_a_language_that_has_fewer_of_them():
    text = {
        "fi": "<p>Työ</p><ul><li>a</li></ul><p>Turva</p><ul><li>b</li></ul>",
        "sv": "<p>Arbete</p><ul><li>x</li></ul>",
    }

    competences = read(UNIT | {"ammattitaitovaatimukset": text}).framework.areas[0].competences

    assert [(one.name, [criterion.text for criterion in one.criteria]) for one in competences] == [
        ({"fi": "Osa"}, [{"sv": "x"}]), ({"fi": "Työ"}, [{"fi": "a"}]), ({"fi": "Turva"}, [{"fi": "b"}]),
    ]  # fmt: skip


def test_a_text_in_none_of_our_languages_is_accounted_for():
    reading = read(UNIT | {"kuvaus": {"se": "Giella", "_id": "1"}})

    assert reading.left_out == (LeftOut("$.kuvaus", Reason.OTHER_LANGUAGE),)


def test_what_a_register_words_otherwise_is_no_repetition():
    reading = read(UNIT | {"koodi": {"uri": "tutkinnonosat_1", "nimi": {"fi": "Toinen nimi"}}})
    same = read(UNIT | {"koodi": {"uri": "tutkinnonosat_1", "nimi": {"fi": "osa"}}})

    assert reading.left_out == (LeftOut("$.koodi.nimi", Reason.REGISTER),)
    assert same.left_out == (LeftOut("$.koodi.nimi", Reason.REPETITION),)


def test_a_chapter_is_called_a_chapter_wherever_it_stands():
    chapter = {"perusteenOsa": {"nimi": {"fi": "Johdanto"}, "teksti": {"fi": "<p>Luku</p>"}}}
    ways = [{"rakenne": {"nimi": {"fi": "Rakenne"}}, "sisalto": {"lapset": [chapter]}}]

    reading = read({"id": 7, "nimi": {"fi": "T"}, "tutkinnonOsat": [UNIT], "suoritustavat": ways})

    assert [reason for _, reason in reading.left_out] == [Reason.STRUCTURE, Reason.CHAPTER, Reason.CHAPTER]


def test_a_level_that_the_register_only_numbers_is_called_by_its_heading():
    level = {"id": 5, "otsikko": {"fi": "Tyydyttävä 1"}, "koodi": {"nimi": {"fi": "1"}, "uri": "x"}}
    target = {"_arviointiAsteikko": "3", "osaamistasonKriteerit": [{"osaamistaso": level, "kriteerit": [{"fi": "a"}]}]}
    assessment = {"arvioinninKohdealueet": [{"otsikko": {"fi": "A"}, "arvioinninKohteet": [target]}]}

    (criterion,) = read(UNIT | {"arviointi": assessment}).framework.areas[0].competences[0].criteria

    assert (criterion.level, criterion.level_name) == (1, {"fi": "Tyydyttävä 1"})
