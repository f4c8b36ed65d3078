"""Whatever points at a person is covered by some module's privacy.py."""

from importlib import import_module
from pathlib import Path

from django.apps import apps

from luotsi.journey.own_data import HOLDERS
from luotsi.people.models import Person

OUTLIVES = {
    "core.AuditEntry.actor_ref",  # the log keeps refs, never names; its facts can be erased
    "core.AuditEntry.subject_ref",
}


def fields_about_persons() -> set[str]:
    found = set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.auto_created or not hasattr(field, "attname"):
                continue
            is_key = field.is_relation and field.related_model is Person
            is_ref = field.name.endswith("_ref") and field.name not in {"job_ref", "fact_ref"}
            if is_key or is_ref:
                found.add(f"{model._meta.app_label}.{model.__name__}.{field.name}")
    return found


def test_every_field_about_a_person_is_covered() -> None:
    covered = {name for holder in HOLDERS for name in holder.COVERS}

    assert fields_about_persons() - OUTLIVES - covered == set()


def test_every_privacy_file_is_asked() -> None:
    files = {f"luotsi.{path.parent.name}.privacy" for path in Path("src/luotsi").glob("*/privacy.py")}

    assert {holder.__name__ for holder in HOLDERS} == files - {"luotsi.core.privacy"}
    assert all(callable(import_module(name).collect) for name in files - {"luotsi.core.privacy"})
