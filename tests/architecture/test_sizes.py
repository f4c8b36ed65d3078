"""No file grows past one sitting."""

from pathlib import Path

import pytest

LIMIT = 400
FILES = [Path("dev"), Path("locale/catalogues.py")]
FILES += sorted(path for path in Path("src").rglob("*.py") if "migrations" not in path.parts)
FILES += sorted(Path("src").rglob("*.html"))


@pytest.mark.parametrize("path", FILES, ids=str)
def test_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LIMIT
