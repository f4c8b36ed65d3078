"""Files: kept under a path that says nothing, forgotten when that is committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from luotsi.core.files import content_of, forget_file, keep_file
from luotsi.core.models import StoredFile

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path


def files_in(folder: Path) -> list[bytes]:
    return sorted(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_file_comes_back_as_it_was() -> None:
    kept = keep_file("hakemus.pdf", b"\x00\xffpdf")

    row = StoredFile.objects.get()
    assert content_of(row) == b"\x00\xffpdf"
    assert (row.name, row.size) == ("hakemus.pdf", 5)
    assert row.digest == "1b8ed5f732fb7fc14e1b219a93cf767df98f440af6ae718c93cacece2ef04113"
    assert kept == row


def test_same_name_twice_is_two_files(folder: Path) -> None:
    first, second = keep_file("a.txt", b"one"), keep_file("a.txt", b"two")

    assert (content_of(first), content_of(second)) == (b"one", b"two")
    assert files_in(folder) == [b"one", b"two"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Maija\\työ.xlsx", "työ.xlsx"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
        ("a\x00b.txt", "ab.txt"),
        ("ä" * 300 + ".pdf", "ä" * 196 + ".pdf"),
        ("", "–"),
        ("/", "–"),
    ],
)
def test_name_is_for_people_and_never_a_path(folder: Path, given: str, kept: str) -> None:
    row = keep_file(given, b"x")

    assert row.name == kept
    assert row.path.startswith("kept/")
    assert (folder / row.path).read_bytes() == b"x"


def test_forgotten_file_is_gone(folder: Path, django_capture_on_commit_callbacks) -> None:
    row = keep_file("a.txt", b"one")

    with django_capture_on_commit_callbacks(execute=True):
        forget_file(row)

    assert StoredFile.objects.count() == 0
    assert files_in(folder) == []


def test_content_stays_when_forgetting_is_rolled_back(django_capture_on_commit_callbacks) -> None:
    row = keep_file("a.txt", b"one")

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        forget_file(row)
        transaction.set_rollback(True)

    assert content_of(StoredFile.objects.get()) == b"one"
    assert default_storage.exists(row.path)
