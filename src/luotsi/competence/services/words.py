"""Writes: the words under which competences are found. Made anew from their texts, never edited."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction

from luotsi.competence.models import Competence, CompetenceWord, Framework
from luotsi.core.words.lemmas import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from luotsi.core.texts import TranslatedText

AT_A_TIME = 2_000


@transaction.atomic
def index_words(framework: Framework) -> int:
    """Make the words of a framework's competences anew; a retired framework has none. Returns how many there are.

    Words come from the names, the headings they stand under and the names of their areas, in all languages. Nothing is
    decided here and nobody is named, so that there is no doer: whoever brings a framework in calls this.
    """
    CompetenceWord.objects.filter(competence__area__framework=framework).delete()
    if framework.retired_at is not None:
        return 0
    texts = Competence.objects.filter(area__framework=framework).values_list("pk", "name", "group", "area__name")
    rows = (
        CompetenceWord(competence_id=pk, word=word) for pk, *several in texts.iterator() for word in _words(several)
    )
    count = 0
    while some := list(islice(rows, AT_A_TIME)):
        CompetenceWord.objects.bulk_create(some)
        count += len(some)
    return count


def index_all() -> int:
    """The words of every framework anew: after the rules of words changed. Returns how many there are."""
    return sum(index_words(framework) for framework in Framework.objects.order_by("pk"))


def _words(texts: Iterable[TranslatedText | None]) -> Iterator[str]:
    yield from dict.fromkeys(
        word for text in texts if text for language, words in text.items() for word in forms(words, language)
    )
