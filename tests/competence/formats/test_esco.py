"""ESCO's official CSV files: one language or several, groups, and an account of every text."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.competence.formats.errors import Fault, FormatError
from luotsi.competence.formats.esco import read_esco
from luotsi.competence.formats.values import FrameworkKind, LeftOut, Reason

REAL = Path("../shared/data/esco/esco-v1.1.1-classification-en-csv.zip")
E = "http://data.europa.eu/esco/"
SKILL_COLUMNS = (
    "conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "hiddenLabels", "status",
    "modifiedDate", "scopeNote", "definition", "inScheme", "description",
)  # fmt: skip


def table(columns, *rows):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def skill(name, label, **more):
    return {
        "conceptType": "KnowledgeSkillCompetence", "conceptUri": f"{E}skill/{name}", "skillType": "skill/competence",
        "reuseLevel": "cross-sector", "preferredLabel": label, "status": "released",
    } | more  # fmt: skip


def skills(*rows, columns=SKILL_COLUMNS):
    return table(columns, *rows)


def groups(*rows):
    return table(("conceptType", "conceptUri", "preferredLabel", "code", "description"), *rows)


def group(name, label, code=""):
    return {"conceptUri": f"{E}skill/{name}", "preferredLabel": label, "code": code, "conceptType": "SkillGroup"}


def packed(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in files.items():
            archive.writestr(f"ESCO dataset/{name}.csv", part)
    return content.getvalue()


def fault_of(content, name="skills_en.csv"):
    with pytest.raises(FormatError) as error:
        read_esco(content, name)
    return error.value.code


def told(reading):
    return [(area.name["en"], [each.name["en"] for each in area.competences]) for area in reading.framework.areas]


def test_three_languages_are_joined_by_the_address():
    reading = read_esco(
        packed(
            skills_en=skills(skill("a", "plan shifts", description="Make a plan.", altLabels="schedule\nplan shifts")),
            skills_fi=skills(skill("a", "suunnitella työvuorot", description="Laatia suunnitelma."), skill("b", "muu")),
            skills_sv=skills(skill("a", "planera skift", altLabels="schemalägga")),
            occupations_en=b"whatever",
        ),
        "ESCO dataset - v1.2.0 - classification.zip",
    )
    framework = reading.framework
    assert (framework.source, framework.origin_id, framework.version, framework.kind) == (
        "ESCO", "esco:skills", "1.2.0", FrameworkKind.CLASSIFICATION,
    )  # fmt: skip
    [area] = framework.areas
    assert area.name == {
        "fi": "Taidot, useille aloille", "sv": "Färdigheter, för flera branscher", "en": "Skills, for several sectors",
    }  # fmt: skip
    first, second = area.competences
    assert first.origin_id == "esco:skill/a"
    assert first.name == {"fi": "suunnitella työvuorot", "sv": "planera skift", "en": "plan shifts"}
    assert first.description == {
        "fi": "Laatia suunnitelma.", "sv": "Även: schemalägga.", "en": "Make a plan.\n\nAlso: schedule.",
    }  # fmt: skip
    assert (second.name, second.description) == ({"fi": "muu"}, {})
    assert LeftOut("occupations_en.csv", Reason.OTHER_PILLAR) in reading.left_out


def test_skills_stand_in_their_groups():
    hierarchy = table(
        ("Level 0 URI", "Level 0 preferred term", "Level 1 URI", "Level 1 preferred term", "Level 0 code"),
        {"Level 0 URI": f"{E}skill/top", "Level 0 preferred term": "skills"},
        {"Level 0 URI": f"{E}skill/top", "Level 1 URI": f"{E}skill/planning", "Level 0 code": "S"},
    )
    relations = table(
        ("conceptType", "conceptUri", "broaderType", "broaderUri"),
        {"conceptUri": f"{E}skill/a", "broaderUri": f"{E}skill/planning"},
        {"conceptUri": f"{E}skill/a", "broaderUri": f"{E}skill/top"},
        {"conceptUri": f"{E}skill/b", "broaderUri": f"{E}skill/a"},
    )
    reading = read_esco(
        packed(
            skills_en=skills(
                skill("b", "plan nights"), skill("a", "plan shifts"), skill("c", "know", skillType="knowledge")
            ),
            skillGroups_en=groups(group("top", "skills", "S"), group("planning", "planning work", "S1")),
            skillsHierarchy_en=hierarchy,
            broaderRelationsSkillPillar_en=relations,
        )
    )
    assert told(reading) == [
        ("skills", []),
        ("planning work", ["plan nights", "plan shifts"]),
        ("Knowledge, for several sectors", ["know"]),
    ]
    top, planning, _ = reading.framework.areas
    assert (top.within, planning.within, planning.code) == ("", top.origin_id, "S1")


def test_groups_come_from_the_collections_where_there_are_no_relations():
    collection = table(
        ("conceptType", "conceptUri", "preferredLabel", "broaderConceptUri", "broaderConceptPT"),
        {"conceptUri": f"{E}skill/a", "broaderConceptUri": f"{E}skill/planning | {E}skill/other"},
    )
    reading = read_esco(
        packed(
            skills_en=skills(skill("a", "plan shifts")), skillGroups_en=groups(group("planning", "planning work")),
            transversalSkillsCollection_en=collection,
        )
    )  # fmt: skip
    assert told(reading) == [("planning work", ["plan shifts"])]


def test_circles_of_groups_end():
    relations = table(
        ("conceptUri", "broaderUri"),
        {"conceptUri": f"{E}skill/a", "broaderUri": f"{E}skill/one"},
        {"conceptUri": f"{E}skill/one", "broaderUri": f"{E}skill/two"},
        {"conceptUri": f"{E}skill/two", "broaderUri": f"{E}skill/one"},
        {"conceptUri": f"{E}skill/b", "broaderUri": f"{E}skill/b"},
    )
    reading = read_esco(
        packed(
            skills_en=skills(skill("a", "x"), skill("b", "y")),
            skillGroups_en=groups(group("one", "one"), group("two", "two")), broaderRelationsSkillPillar_en=relations,
        )
    )  # fmt: skip
    assert sorted(len(area.competences) for area in reading.framework.areas) == [0, 1, 1]


def test_every_text_is_accounted_for():
    columns = (*SKILL_COLUMNS, "newColumn")
    reading = read_esco(
        skills(
            skill("a", "plan shifts", hiddenLabels="x", modifiedDate="2020", newColumn="?"),
            skill("a", "again"),
            skill("b", "gone", status="obsolete"),
            {"preferredLabel": "nobody", "newColumn": "?"},
            columns=columns,
        ),
        "skills_en.csv",
    )
    counts = reading.counts
    assert (counts.competences, counts.texts) == (1, 9 + 6 + 6 + 2)
    assert counts.texts == counts.placed + counts.left_out + counts.not_understood
    assert counts.not_understood == 3
    assert reading.not_understood == ("skills_en.csv.newColumn", "skills_en.csv[5]")
    assert LeftOut("skills_en.csv[3]", Reason.REPETITION) in reading.left_out
    assert LeftOut("skills_en.csv[4]", Reason.OUT_OF_USE) in reading.left_out
    assert LeftOut("skills_en.csv.hiddenLabels", Reason.HIDDEN_LABEL) in reading.left_out


def test_what_is_not_esco_is_refused():
    assert fault_of(b"a,b\n1,2\n", "prices.csv") is Fault.NOT_ESCO
    assert fault_of(packed(occupations_en=b"x")) is Fault.NOT_ESCO
    assert fault_of(b"a,b\n1,2\n") is Fault.MISSING_COLUMN
    assert fault_of(b"\xff\xfe\x00") is Fault.NOT_TEXT
    assert fault_of(b"conceptUri,conceptUri,preferredLabel\n") is Fault.REPEATED
    assert fault_of(b'conceptUri,preferredLabel\n"a,b\n') is Fault.NOT_CSV
    assert fault_of(b"conceptUri,preferredLabel\na,\x00\n") is Fault.UNFIT_CHARACTER
    assert fault_of(b"PK\x03\x04 and no more") is Fault.DAMAGED_ARCHIVE


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("luotsi.competence.formats.packed.MOST_UNPACKED", 1_000_000)
    bomb = packed(skills_en=b"\0" * 3_000_000)
    assert len(bomb) < 10_000
    assert fault_of(bomb) is Fault.TOO_LARGE


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(monkeypatch):
    bomb = bytearray(packed(skills_en=b"\0" * 3_000_000))
    real = (3_000_000).to_bytes(4, "little")
    monkeypatch.setattr("luotsi.competence.formats.packed.MOST_UNPACKED", 1_000_000)
    assert fault_of(bytes(bomb.replace(real, (10).to_bytes(4, "little")))) in {Fault.TOO_LARGE, Fault.DAMAGED_ARCHIVE}


def test_a_locked_or_doubled_entry_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for folder in ("a", "b"):
            archive.writestr(f"{folder}/skills_en.csv", skills(skill("a", "x")))
    assert fault_of(content.getvalue()) is Fault.DAMAGED_ARCHIVE


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_whatever_comes_is_read_or_refused(content):
    for name in ("skills_en.csv", "x.zip", ""):
        try:
            read_esco(content, name)
        except FormatError:
            continue


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.text("xyz |\n;", max_size=6)), max_size=8))
@settings(deadline=None)
def test_the_account_always_adds_up(rows):
    reading = read_esco(skills(*[skill(name, label) for name, label in rows]), "skills_fi.csv")
    counts = reading.counts
    assert counts.texts == counts.placed + counts.left_out + counts.not_understood
    origins = [each.origin_id for area in reading.framework.areas for each in area.competences]
    assert len(origins) == len(set(origins)) == counts.competences


@pytest.mark.skipif(not REAL.exists(), reason="the real download is not beside this checkout (../shared/data/esco)")
def test_the_real_download():
    reading = read_esco(REAL.read_bytes(), REAL.name)
    counts = reading.counts
    assert (counts.competences, counts.areas, counts.not_understood) == (13_896, 349, 0)
    assert counts.texts == counts.placed + counts.left_out == 173_976
    assert reading.framework.version == "1.1.1"
    everything = [each for area in reading.framework.areas for each in area.competences]
    assert len({each.origin_id for each in everything}) == 13_896
    assert sum(bool(each.description) for each in everything) > 13_890
    groups_of = {area.origin_id: area for area in reading.framework.areas}
    assert all(area.within in groups_of for area in reading.framework.areas if area.within)
