"""An import on its way: nothing is written before the decision, and nobody decides on what they have not seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from luotsi.competence.enums import ImportState, SourceKind
from luotsi.competence.models import Framework, FrameworkImport
from luotsi.competence.queries.imports import reading_of
from luotsi.competence.queries.prospects import prospect_of
from luotsi.competence.services import staging
from luotsi.competence.services.imports import import_framework
from luotsi.core import jobs
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.files import content_of
from luotsi.core.models import AuditEntry, StoredFile
from luotsi.people.models import Person
from tests.factories.competence import requirement, unit_file
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of

pytestmark = pytest.mark.django_db

GUIDING = requirement("Ohjaaminen", ["ottaa vastaan"])
FEEDBACK = requirement("Palaute", ["antaa palautetta"])


@pytest.fixture
def coordinator() -> Person:
    return coordinator_of(NetworkFactory.create())


def staged(by: Person, *areas: dict[str, object], **values: object) -> FrameworkImport:
    return staging.stage(unit_file(*areas, **values), by=by, kind=SourceKind.EPERUSTEET, name="unit.json")


def seen(found: FrameworkImport) -> str:
    return prospect_of(reading_of(found)).mark


def test_a_file_waits_and_names_no_official(coordinator: Person) -> None:
    found = staged(coordinator, GUIDING, muokkaaja="Virpi Virkanen", luoja="1.2.246.562.24.1")

    assert found.file is not None
    kept = content_of(found.file).decode()
    assert (found.state, found.file.name, Framework.objects.count()) == (ImportState.READY, "unit.json", 0)
    assert "ottaa vastaan" in kept
    assert "Virpi" not in kept
    assert "1.2.246" not in kept


def test_a_broken_file_leaves_nothing(coordinator: Person) -> None:
    with pytest.raises(RefusedError, match="Where: line 1, character 6"):
        staging.stage(b'{"a":', by=coordinator, kind=SourceKind.EPERUSTEET)

    assert (FrameworkImport.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_bringing_in_keeps_the_framework_and_drops_the_file(
    coordinator: Person, django_capture_on_commit_callbacks
) -> None:
    found = staged(coordinator, GUIDING)
    assert found.file is not None
    path = found.file.path

    with django_capture_on_commit_callbacks(execute=True):
        done = staging.apply_import(found, by=coordinator, seen=seen(found))

    assert (done.state, done.framework, done.file) == (ImportState.APPLIED, Framework.objects.get(), None)
    assert (StoredFile.objects.count(), default_storage.exists(path)) == (0, False)
    assert AuditEntry.objects.get().actor_ref == coordinator.ref


def test_a_decision_is_made_once(coordinator: Person) -> None:
    found = staged(coordinator, GUIDING)
    same = FrameworkImport.objects.get(pk=found.pk)
    mark = seen(found)
    staging.apply_import(found, by=coordinator, seen=mark)

    for act in (
        lambda: staging.apply_import(same, by=coordinator, seen=mark),
        lambda: staging.put_away(same, by=coordinator),
    ):
        with pytest.raises(RefusedError, match="decided on already"):
            act()

    assert Framework.objects.count() == 1


def test_what_came_in_meanwhile_is_told_to_the_second(coordinator: Person) -> None:
    found = staged(coordinator, GUIDING)
    mark = seen(found)
    first = import_framework(unit_file(FEEDBACK), by=SYSTEM).framework

    with pytest.raises(RefusedError, match="Another version came in"):
        staging.apply_import(found, by=coordinator, seen=mark)

    found.refresh_from_db()
    assert (found.state, list(Framework.objects.all())) == (ImportState.READY, [first])


def test_of_two_that_bring_the_same_in_one_wins_and_the_other_is_told() -> None:
    people = [coordinator_of(NetworkFactory.create()) for _ in range(2)]
    imports = [staged(person, GUIDING) for person in people]
    marks = [seen(found) for found in imports]
    staging.apply_import(imports[0], by=people[0], seen=marks[0])

    with pytest.raises(RefusedError, match="Another version came in"):
        staging.apply_import(imports[1], by=people[1], seen=marks[1])

    assert list(FrameworkImport.objects.order_by("pk").values_list("state", flat=True)) == [
        ImportState.APPLIED, ImportState.READY,
    ]  # fmt: skip
    assert Framework.objects.count() == 1


def test_putting_away_changes_nothing(coordinator: Person) -> None:
    found = staging.put_away(staged(coordinator, GUIDING), by=coordinator)

    assert (found.state, found.file, StoredFile.objects.count(), Framework.objects.count()) == (
        ImportState.PUT_AWAY, None, 0, 0,
    )  # fmt: skip


def test_nothing_new_is_not_brought_in(coordinator: Person) -> None:
    import_framework(unit_file(GUIDING), by=SYSTEM)
    found = staged(coordinator, GUIDING)

    with pytest.raises(RefusedError, match="Nothing would change"):
        staging.apply_import(found, by=coordinator, seen=seen(found))

    assert FrameworkImport.objects.get().state == ImportState.READY


def test_much_is_written_by_the_worker(coordinator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "WORKER_WRITES", 1)
    found = staged(coordinator, GUIDING, FEEDBACK)

    waiting = staging.apply_import(found, by=coordinator, seen=seen(found))
    before = (waiting.state, Framework.objects.count())
    jobs.run_waiting()

    found.refresh_from_db()
    assert before == (ImportState.FETCHING, 0)
    assert (found.state, found.framework, found.file) == (ImportState.APPLIED, Framework.objects.get(), None)


def test_what_the_worker_finds_overtaken_waits_again(coordinator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "WORKER_WRITES", 1)
    found = staged(coordinator, GUIDING, FEEDBACK)
    staging.apply_import(found, by=coordinator, seen=seen(found))
    import_framework(unit_file(GUIDING, FEEDBACK), by=SYSTEM)

    jobs.run_waiting()

    found.refresh_from_db()
    assert (found.state, found.fault[:20]) == (ImportState.READY, "Nothing would change")
    assert Framework.objects.count() == 1


def test_what_nobody_decides_on_goes_after_a_month(coordinator: Person) -> None:
    old, new = staged(coordinator, GUIDING), staged(coordinator, FEEDBACK)
    FrameworkImport.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))

    count = staging.put_forgotten_away()

    states = FrameworkImport.objects.order_by("pk").values_list("pk", "state")
    assert (count, list(states)) == (1, [(old.pk, ImportState.PUT_AWAY), (new.pk, ImportState.READY)])
    assert StoredFile.objects.count() == 1


def test_only_coordinators_hand_in_and_decide(coordinator: Person) -> None:
    found, stranger = staged(coordinator, GUIDING), PersonFactory.create()

    for act in (
        lambda: staged(stranger, GUIDING),
        lambda: staging.apply_import(found, by=stranger, seen=seen(found)),
        lambda: staging.put_away(found, by=stranger),
        lambda: staging.ask_for("1", by=stranger),
    ):
        with pytest.raises(RefusedError, match="Only a coordinator"):
            act()

    assert (FrameworkImport.objects.count(), Framework.objects.count()) == (1, 0)
