"""docs/programme-models.md has every key of the schema, and every test that it names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

from luotsi.programmes.formats.document import parse
from luotsi.programmes.formats.fields import Form
from luotsi.programmes.formats.reading import model_from
from tests.factories.model_files import written
from tests.programmes.test_model_keys import full_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.programmes.formats.document import Entry
    from luotsi.programmes.formats.values import Texts

ROOT = Path(__file__).resolve().parents[2]
ROWS = re.findall(
    r"^\| `([a-z_.\[\]]+)` \|.*\| ([^|]+) \|$", (ROOT / "docs/programme-models.md").read_text("utf-8"), re.MULTILINE
)


class Listening(Form):
    """A form that notes which keys each table may have."""

    def __init__(self) -> None:
        super().__init__((), [])
        self.known: set[str] = set()

    def table(self, entry: Entry | None, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, Entry]:
        if entry is not None:
            place = re.sub(r"\[\d+\]", "[]", entry.path)
            self.known |= {f"{place}.{key}".lstrip(".") for key in (*required, *optional)}
        return super().table(entry, required, optional)

    def text(self, _entry: Entry | None) -> Texts:
        """Languages are no keys of the table."""
        return {"fi": "x"}


def keys_of_the_schema() -> set[str]:
    form = Listening()
    root, _ = parse(written(full_tree()))
    model_from(form, root)
    assert form.faults == []
    return form.known


def test_every_key_of_the_schema_stands_in_the_table_once() -> None:
    told = [key for key, _ in ROWS]

    assert sorted(told) == sorted(keys_of_the_schema())


def test_every_test_that_the_table_names_exists() -> None:
    named = {match for _, cell in ROWS for match in re.findall(r"`([^`]+)`", cell)}
    assert len(named) > 15

    assert sorted(each for each in named if not exists(each)) == []


def exists(named: str) -> bool:
    file, _, name = named.partition("::")
    path = ROOT / file
    if not path.exists():
        return False
    return any(
        isinstance(node, ast.FunctionDef) and node.name == name for node in ast.parse(path.read_text("utf-8")).body
    )


def test_what_shows_no_behaviour_says_so() -> None:
    """A row names a test, or begins with a dash."""
    assert [key for key, cell in ROWS if not cell.startswith(("`tests/", "– "))] == []
