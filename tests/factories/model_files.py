"""Files of programme models for stories: one that stays as it is, and the same with parts changed."""

import json
from pathlib import Path
from typing import Any

import yaml

TEXT = Path(__file__).with_name("model.yaml").read_text(encoding="utf-8")
"""In the form in which people write it, with comments."""

WORDS = {"fi": "Sanat", "sv": "Ord", "en": "Words"}


def model_tree(**parts: Any) -> dict[str, Any]:
    """The model in its plain form, with these parts in place of its own."""
    tree: dict[str, Any] = yaml.safe_load(TEXT)
    return tree | parts


def model_file(**parts: Any) -> str:
    """The model as text. As JSON, which is YAML too, and repeats what stands twice."""
    return written(model_tree(**parts))


def written(tree: dict[str, Any]) -> str:
    return json.dumps(tree, ensure_ascii=False, indent=1)
