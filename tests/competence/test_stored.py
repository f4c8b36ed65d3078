"""What the database holds after an import, laid beside what stands in the source: nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from luotsi.competence.formats import html
from luotsi.competence.formats.ledger import is_text
from luotsi.competence.formats.reading import read_eperusteet
from luotsi.competence.formats.source import parse, walk
from luotsi.competence.models import Area, Competence, Criterion, Framework, Requirement
from luotsi.competence.queries.versions import as_values
from luotsi.competence.services.imports import import_framework
from luotsi.core.actors import SYSTEM
from tests.competence.formats.samples import sample
from tests.competence.formats.test_samples import READABLE

if TYPE_CHECKING:
    from luotsi.competence.formats.values import Framework as FrameworkValues

pytestmark = pytest.mark.django_db

TEXTS = {
    Framework: ("name", "description"),
    Area: ("name", "description"),
    Requirement: ("text",),
    Competence: ("name", "group", "description"),
    Criterion: ("level_name", "text"),
}


def stored_lines() -> set[str]:
    """Every line of text in any language that any row holds."""
    return {
        line
        for table, columns in TEXTS.items()
        for row in table._default_manager.values_list(*columns)
        for text in row
        if text
        for line in text.values()
    }


def in_rows(read: FrameworkValues) -> FrameworkValues:
    """As rows can say it: `replaces` is a question that is answered at the import."""
    return replace(read, replaces=())


@pytest.mark.parametrize("name", READABLE)
def test_the_rows_say_what_the_reader_read(name: str) -> None:
    content = sample(name)

    import_framework(content, by=SYSTEM)

    assert as_values(Framework.objects.get()) == in_rows(read_eperusteet(content).framework)


@pytest.mark.parametrize("name", READABLE)
def test_every_text_of_the_source_that_counts_as_placed_is_in_a_row(name: str) -> None:
    content = sample(name)
    left = {path for path, _ in read_eperusteet(content).left_out}

    import_framework(content, by=SYSTEM)

    stored = stored_lines()
    stored |= {line.rpartition(" – ")[2] for line in stored}  # a heading that stands before another
    lost = [
        f"{path}.{language}"
        for path, node, _ in walk(parse(content))
        if is_text(node) and path not in left
        for language in ("fi", "sv", "en")
        if not is_stored(path, language, node.get(language), stored, left)
    ]
    assert lost == []


def is_stored(path: str, language: str, text: object, stored: set[str], left: set[str]) -> bool:
    """Whether the words are there as a whole, or cut into paragraphs and items, but for what a rule leaves out."""
    if not isinstance(text, str) or not html.plain(text).strip("-–—. …"):
        return True
    return html.plain(text) in stored or all(
        any(step in left for step in steps)
        or (
            all(item in stored or f"{block.lead} {item}" in stored for item in block.items)
            and (
                (not block.lead or block.lead in stored or any(f"{step}/lead" in left for step in steps))
                or (block.items and all(f"{block.lead} {item}" in stored for item in block.items))
            )
        )
        for number, block in enumerate(html.blocks(text))
        for steps in [(f"{path}#{number}", f"{path}.{language}#{number}")]
    )
