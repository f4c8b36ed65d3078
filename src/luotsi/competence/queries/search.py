"""Reads: competences found by words, whatever their endings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from luotsi.competence.formats.esco import SOURCE as ESCO
from luotsi.competence.models import Competence, CompetenceWord
from luotsi.competence.queries.reach import networks_of
from luotsi.core.words.keys import search_key
from luotsi.core.words.lemmas import LANGUAGES, LITTLE_WORDS, basic_form, forms, telling, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.competence.models import SkillNeed
    from luotsi.core.texts import TranslatedText
    from luotsi.people.models import Person

MOST_WORDS = 8
MOST_LOOKED_AT = 600  # of the best by their words; only these are weighed by their names
SHORTEST_BEGINNING = 3  # of the word that is being typed
SHORTEST_COMPOUND_BEGINNING = 4
EVERYWHERE = 0.02  # a word that more than this part of all competences has tells nothing by itself
ALWAYS_TELLING = 30
SHARED_BEGINNING = 4
SPOKEN_OF = 0.5  # the part of a name that must be spoken of
PART_OF_COMPOUND = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCompetence:
    """A competence of a current framework, and where it stands. `is_exact`: every word typed is there in full."""

    ref: UUID
    pk: int
    lineage: UUID
    name: TranslatedText
    area: TranslatedText
    framework: TranslatedText
    source: str
    is_exact: bool


class _Term(NamedTuple):
    """A word that was typed: what is the same word, and what a word that is found may begin with."""

    same: frozenset[str]
    beginnings: frozenset[str]


class _Weighed(NamedTuple):
    """How good a find is; the smallest comes first."""

    partly: int
    source: int


def competences_matching(person: Person | None, words: str, language: str, most: int = 20) -> list[FoundCompetence]:
    """Competences that have all the words, the last of which may not be finished: two queries.

    In the name before in the heading or the area; in full before in part; national and own frameworks before ESCO;
    shorter names before longer ones. A network's own frameworks are found by its people only.
    """
    terms = _terms(words, language)
    if not terms:
        return []
    wanted = Q()
    for term in terms:
        wanted |= Q(word__in=term.same)
        for beginning in term.beginnings:
            wanted |= Q(word__startswith=beginning)
    found: dict[int, set[str]] = defaultdict(set)
    ranks: dict[int, int] = {}
    rows = _words_for(person).filter(wanted).values_list("competence_id", "word", "competence__area__framework__source")
    for pk, word, source in rows:
        found[pk].add(word)
        ranks[pk] = _rank_of(source)
    weighed = {
        pk: _Weighed(sum(not (term.same & having) for term in terms), ranks[pk])
        for pk, having in found.items()
        if all(_has(having, term) for term in terms)
    }
    best = sorted(weighed, key=lambda pk: (weighed[pk], pk))[:MOST_LOOKED_AT]
    exact = frozenset(pk for pk in best if not weighed[pk].partly)
    shown = _loaded(Competence.objects.filter(pk__in=best), exact)
    shown.sort(
        key=lambda row: (_beside(row, found[row.pk]), weighed[row.pk], _length(row, language), str(row.name), row.pk)
    )
    return shown[:most]


def competences_suggested(person: Person | None, text: str, language: str, most: int = 8) -> list[FoundCompetence]:
    """Competences that somebody's own words speak of, the likeliest first: two queries and one that counts.

    A word counts for more the fewer competences have it. A competence is offered when its name is spoken of for a half
    at least, and by a word that not everything has.
    """
    spoken = set(forms(text, language)) - LITTLE_WORDS
    having: dict[int, set[str]] = defaultdict(set)
    spread: dict[str, int] = defaultdict(int)
    for pk, word in _words_for(person).filter(word__in=spoken).values_list("competence_id", "word"):
        having[pk].add(word)
        spread[word] += 1
    whole = Competence.objects.filter(area__framework__retired_at=None).count() if having else 0
    weight = {word: log((1 + whole) / count) for word, count in spread.items()}
    too_common = max(ALWAYS_TELLING, whole * EVERYWHERE)
    told = {pk: found for pk, found in having.items() if any(spread[word] <= too_common for word in found)}
    best = sorted(told, key=lambda pk: (-sum(weight[word] for word in told[pk]), pk))[:MOST_LOOKED_AT]
    scored = [
        (_score(row, spoken, weight), row) for row in _loaded(Competence.objects.filter(pk__in=best), frozenset())
    ]
    offered = [(score, row) for score, row in scored if score]
    offered.sort(key=lambda each: (-each[0], _rank_of(each[1].source), _length(each[1], language), each[1].pk))
    return _unlike(offered, language)[:most]


def competences_with(
    person: Person | None, refs: Iterable[UUID], need: SkillNeed | None = None
) -> list[FoundCompetence]:
    """Those of the current frameworks that the person may see, in the order of the refs: one query.

    Those that the need names already are there too, be their framework retired or not.
    """
    wanted = list(refs)
    visible = _seen(person, "area__framework") | Q(needed__need=need) if need else _seen(person, "area__framework")
    rows = {row.ref: row for row in _loaded(Competence.objects.filter(visible, ref__in=wanted), frozenset())}
    return [rows[ref] for ref in dict.fromkeys(wanted) if ref in rows]


def _terms(words: str, language: str) -> list[_Term]:
    typed = words_of(words)[:MOST_WORDS]
    told = [word for word in typed if basic_form(word, language) not in LITTLE_WORDS and word not in LITTLE_WORDS]
    terms = []
    for word in told or typed:
        same = {word, *(basic_form(word, other) for other in (language, *LANGUAGES))}
        beginnings = {form for form in same if len(form) >= SHORTEST_COMPOUND_BEGINNING}
        if word == typed[-1] and len(word) >= SHORTEST_BEGINNING:
            beginnings.add(word)
        terms.append(_Term(frozenset(same), frozenset(beginnings)))
    return terms


def _has(having: set[str], term: _Term) -> bool:
    return bool(term.same & having) or any(word.startswith(tuple(term.beginnings)) for word in having)


def _seen(person: Person | None, framework: str) -> Q:
    """Current frameworks that are everybody's or of the person's networks; `framework` is the way to them."""
    seen = Q(**{f"{framework}__network": None})
    if person is not None:
        seen |= Q(**{f"{framework}__network__in": networks_of(person).order_by().values("pk")})
    return seen & Q(**{f"{framework}__retired_at": None})


def _words_for(person: Person | None) -> QuerySet[CompetenceWord]:
    return CompetenceWord.objects.filter(_seen(person, "competence__area__framework"))


def _loaded(competences: QuerySet[Competence], exact: frozenset[int]) -> list[FoundCompetence]:
    columns = ("ref", "lineage", "name", "area__name", "area__framework__name", "area__framework__source")
    return [
        FoundCompetence(
            pk=pk, ref=ref, lineage=lineage, name=name, area=area, framework=framework, source=source,
            is_exact=pk in exact,
        )
        for pk, ref, lineage, name, area, framework, source in competences.values_list("pk", *columns)
    ]  # fmt: skip


def _rank_of(source: str) -> int:
    return int(source == ESCO)


def _length(row: FoundCompetence, language: str) -> int:
    return len(row.name.shown(language).text)


def _beside(row: FoundCompetence, having: set[str]) -> int:
    """How many of the words that were found stand beside the name, told by the beginnings that all forms share."""
    names = " ".join(search_key(text) for text in row.name.values())
    return sum(word[:SHARED_BEGINNING] not in names for word in having)


def _score(row: FoundCompetence, spoken: set[str], weight: Mapping[str, float]) -> float:
    """How much of the name is spoken of, in the language in which that is most; 0 for less than a half."""
    return max(_score_of_name(words, language, spoken, weight) for language, words in row.name.items())


def _score_of_name(words: str, language: str, spoken: set[str], weight: Mapping[str, float]) -> float:
    name = telling(words, language)
    hits = [_hit(word, language, spoken, weight) for word in name]
    share = sum(part for part, _weight in hits) / len(hits) if hits else 0
    return share * sum(part * heavy for part, heavy in hits) if share >= SPOKEN_OF else 0


def _hit(word: str, language: str, spoken: set[str], weight: Mapping[str, float]) -> tuple[float, float]:
    """How much of one word of a name is spoken of, and how heavy that is: a part of a compound is half of it."""
    if word in spoken:
        return 1, weight.get(word, 0)
    parts = [weight.get(part, 0) for part in forms(word, language) if part in spoken]
    return (PART_OF_COMPOUND, max(parts)) if parts else (0, 0)


def _unlike(scored: Iterable[tuple[float, FoundCompetence]], language: str) -> list[FoundCompetence]:
    """Those of one name once: national criteria have the same names in many units."""
    named = {search_key(row.name.shown(language).text): row for _score, row in reversed(list(scored))}
    return list(reversed(named.values()))
