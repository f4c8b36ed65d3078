"""Bringing frameworks in: all of a file or nothing, the same again changes nothing."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from luotsi.competence.formats.errors import Fault
from luotsi.competence.models import Area, Competence, Criterion, Framework
from luotsi.competence.services.faults import FAULTS
from luotsi.competence.services.imports import import_framework, plan_import
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry
from luotsi.people.enums import Role
from tests.factories.competence import FrameworkFactory, requirement, unit_file
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of, grant

pytestmark = pytest.mark.django_db

GUIDING = requirement("Ohjaaminen", ["ottaa kaverin vastaan", "näyttää työn"], sv="Handledning")
FEEDBACK = requirement("Palaute", ["antaa palautetta"])


def refs() -> list[object]:
    """The identity of every row that a framework consists of."""
    kinds = (Framework, Area, Competence, Criterion)
    return [ref for kind in kinds for ref in kind._default_manager.order_by("pk").values_list("ref", flat=True)]


def test_a_file_becomes_a_framework_of_areas_competences_and_criteria() -> None:
    by = coordinator_of(NetworkFactory.create())

    report = import_framework(unit_file(GUIDING, FEEDBACK), by=by)

    framework = Framework.objects.get()
    assert (report.framework, report.is_new, report.replaces) == (framework, True, None)
    assert (framework.source, framework.origin, framework.code, framework.kind) == (
        "ePerusteet", "tutkinnonosa:4242", "tutkinnonosat_990001", "unit",
    )  # fmt: skip
    assert framework.name == {"fi": "Kaverin ohjaaminen", "sv": "Att handleda en kamrat"}
    assert framework.modified_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    area = framework.areas.get()
    assert [(row.name["fi"], row.position) for row in area.competences.order_by("position")] == [
        ("Ohjaaminen", 0), ("Palaute", 1),
    ]  # fmt: skip
    criteria = Criterion.objects.order_by("competence__position", "position").values_list("text", "level")
    assert list(criteria) == [
        ({"fi": "ottaa kaverin vastaan"}, None), ({"fi": "näyttää työn"}, None), ({"fi": "antaa palautetta"}, None),
    ]  # fmt: skip
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor_ref, entry.subject_ref) == (
        "competence.framework_imported", by.ref, framework.ref,
    )  # fmt: skip


def test_a_dry_run_writes_nothing() -> None:
    report = plan_import(unit_file(GUIDING))

    assert (report.framework, report.is_new, report.replaces) == (None, True, None)
    assert (report.reading.counts.competences, report.reading.counts.criteria) == (1, 2)
    assert refs() == []


def test_the_same_file_again_changes_nothing() -> None:
    content = unit_file(GUIDING)
    first = import_framework(content, by=SYSTEM)
    before = refs()

    again = import_framework(content, by=SYSTEM)

    assert (again.framework, again.is_new) == (first.framework, False)
    assert refs() == before
    assert AuditEntry.objects.count() == 1


def test_a_new_version_takes_the_place_of_the_old_one_which_stays() -> None:
    old = import_framework(unit_file(GUIDING), by=SYSTEM).framework
    other = FrameworkFactory.create()

    report = import_framework(unit_file(GUIDING, FEEDBACK), by=SYSTEM)

    assert (report.replaces, report.is_new) == (old, True)
    assert list(Framework.objects.filter(retired_at=None).order_by("pk")) == [other, report.framework]
    assert Criterion.objects.filter(competence__area__framework=old).count() == 2


def test_the_old_version_again_changes_nothing() -> None:
    old_file, new_file = unit_file(GUIDING), unit_file(GUIDING, FEEDBACK)
    old = import_framework(old_file, by=SYSTEM).framework
    new = import_framework(new_file, by=SYSTEM).framework
    before = refs()

    report = import_framework(old_file, by=SYSTEM)

    assert (report.framework, report.is_new, report.replaces) == (old, False, None)
    assert refs() == before
    assert Framework.objects.get(retired_at=None) == new


def test_the_same_unit_of_another_source_stands_beside() -> None:
    theirs = import_framework(unit_file(GUIDING), by=SYSTEM).framework

    ours = import_framework(unit_file(GUIDING), by=SYSTEM, source="own").framework

    assert list(Framework.objects.filter(retired_at=None).order_by("pk")) == [theirs, ours]


BROKEN = {
    "cut off": (unit_file(GUIDING)[:60], "The file is not whole JSON. Fetch it again from ePerusteet and choose that"),
    "pdf": (b"%PDF-1.4 \xff\xfe", "The file is not text. Choose the JSON file that ePerusteet gives."),
    "other": (b'{"a": 1}', "The file is JSON, but not from ePerusteet. Choose a qualification or a unit from there."),
    "twice": (
        b'{"id": 1, "nimi": {"fi": "A", "fi": "B"}}',
        "The file says the same thing twice. Fetch it again from ePerusteet. Where: $.nimi.",
    ),
    "empty": (b"", "The file is not whole JSON. Fetch it again from ePerusteet and choose that"),
}


@pytest.mark.parametrize("fault", sorted(BROKEN))
def test_a_broken_file_brings_nothing_in_and_says_why(fault: str) -> None:
    content, told = BROKEN[fault]
    import_framework(unit_file(FEEDBACK), by=SYSTEM)
    before = refs()

    with translation.override("en"), pytest.raises(RefusedError) as refused:
        import_framework(content, by=SYSTEM)

    assert str(refused.value.text).startswith(told)
    assert refs() == before


def test_a_broken_file_says_where() -> None:
    with pytest.raises(RefusedError) as refused:
        import_framework(b'{"id": 1,\n "nimi": }', by=SYSTEM)

    assert str(refused.value.text) == (
        "The file is not whole JSON. Fetch it again from ePerusteet and choose that file. Where: line 2, character 10."
    )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_fault_has_words_in_every_language(language: str) -> None:
    with translation.override("en"):
        english = {fault: str(FAULTS[fault]) for fault in Fault}

    with translation.override(language):
        told = {fault: str(FAULTS[fault]) for fault in Fault}

    assert len(set(told.values())) == len(Fault)
    assert {fault for fault in Fault if told[fault] == english[fault]} == (set(Fault) if language == "en" else set())


def test_only_coordinators_bring_frameworks_in() -> None:
    assessor, admin = PersonFactory.create(), PersonFactory.create()
    grant(assessor, Role.ASSESSOR, network=NetworkFactory.create())
    grant(admin, Role.ADMIN, organisation=OrganisationFactory.create())

    for by in (assessor, admin, PersonFactory.create()):
        with pytest.raises(RefusedError, match="Only a coordinator brings frameworks in"):
            import_framework(unit_file(GUIDING), by=by)

    assert refs() == []
