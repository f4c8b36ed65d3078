"""Texts that people agree to, as they were then."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from luotsi.core.models import AppendOnlyError, TextVersion
from luotsi.core.versions import keep_version, text_of

pytestmark = pytest.mark.django_db
TEXT = {"fi": "Sovimme tästä.", "sv": "Vi kommer överens om detta."}


def test_same_text_is_one_version() -> None:
    first = keep_version("agreement", TEXT)
    again = keep_version("agreement", dict(reversed(TEXT.items())))

    assert first == again
    assert TextVersion.objects.count() == 1
    assert text_of(TextVersion.objects.get()) == TEXT


def test_other_text_or_other_kind_is_another_version() -> None:
    digests = {
        keep_version("agreement", TEXT).digest,
        keep_version("agreement", TEXT | {"sv": "Vi är överens."}).digest,
        keep_version("consent", TEXT).digest,
    }

    assert len(digests) == 3


@pytest.mark.parametrize("text", [{}, {"fi": " "}, {"de": "Ja"}])
def test_no_text_is_refused(text: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        keep_version("agreement", text)

    assert TextVersion.objects.count() == 0


def test_version_cannot_be_changed_by_python_or_by_the_database() -> None:
    version = keep_version("agreement", TEXT)

    with pytest.raises(AppendOnlyError):
        TextVersion.objects.update(kind="consent")
    with pytest.raises(IntegrityError, match="core_textversion is append-only"), transaction.atomic():
        version.amend(kind="consent")

    assert TextVersion.objects.get().kind == "agreement"
