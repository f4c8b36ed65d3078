"""Tables follow the same downward rule as imports. String references escape import-linter; this does not."""

import tomllib
from pathlib import Path

from django.apps import apps

PYPROJECT = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
LAYERS = next(c["layers"] for c in PYPROJECT["tool"]["importlinter"]["contracts"] if c["id"] == "modules")
RANK = {name.strip(): rank for rank, line in enumerate(reversed(LAYERS)) for name in line.split("|")}


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {target._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and (target := field.related_model)
        if model._meta.app_label in RANK and target._meta.app_label in RANK
        if model._meta.app_label != target._meta.app_label
        and RANK[target._meta.app_label] >= RANK[model._meta.app_label]
    ]

    assert upward == []


def test_every_module_has_its_place() -> None:
    modules = {path.parent.name for path in Path("src/luotsi").glob("*/__init__.py")}

    assert modules == set(RANK)
