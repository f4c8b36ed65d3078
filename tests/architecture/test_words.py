"""Every table has its word in docs/words.md; every text has its translations; no text for people is left outside gettext."""

import subprocess
import sys
from pathlib import Path

from django.apps import apps


def test_every_table_has_its_word() -> None:
    words = Path("docs/words.md").read_text(encoding="utf-8").split("<!-- names: end -->")[0]
    named = {
        name.strip() for line in words.splitlines() if line.startswith("| ") for name in line.split("|")[1].split(",")
    }
    tables = {model.__name__ for model in apps.get_models() if model.__module__.startswith("luotsi.")}

    assert tables - named == set()


def test_every_text_is_translated() -> None:
    checked = subprocess.run(
        [sys.executable, "locale/catalogues.py", "check"], capture_output=True, text=True, check=False
    )

    assert checked.stdout == "\n"
    assert checked.returncode == 0
