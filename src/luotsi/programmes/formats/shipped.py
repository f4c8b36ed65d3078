"""The models that come with the product, one file each beside this one.

When one is improved, it gets the next version, and the file as it was moves to `earlier/<key>-<version>.yaml`:
programmes that began with it can then tell what they changed themselves from what the model changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from luotsi.programmes.formats.reading import check_model

if TYPE_CHECKING:
    from luotsi.programmes.formats.values import ModelDescription

FOLDER: Final = Path(__file__).with_name("shipped")
EARLIER: Final = FOLDER / "earlier"


def shipped_models() -> tuple[str, ...]:
    """The keys of the shipped models, in the order of the alphabet."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.yaml")))


def shipped_source(key: str) -> str:
    """The file of a shipped model, as it stands. Raises KeyError for an unknown key."""
    if key not in shipped_models():
        raise KeyError(key)
    return (FOLDER / f"{key}.yaml").read_text(encoding="utf-8")


def earlier_source(key: str, version: int) -> str:
    """The file of a version that a shipped model had before. Raises KeyError for an unknown one."""
    found = {file.stem: file for file in EARLIER.glob("*.yaml")}
    return found[f"{key}-{version}"].read_text(encoding="utf-8")


def read_shipped(key: str) -> ModelDescription:
    """A shipped model. Raises KeyError for an unknown key."""
    return check_model(shipped_source(key), is_shipped=True).model
