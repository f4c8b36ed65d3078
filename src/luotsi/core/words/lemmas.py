"""Basic forms of words in Finnish, Swedish and English, so that what is asked for is found whatever its ending.

Words come out as `search_key` writes them. The dictionaries are read from the package at the first word of a language,
once in a process (docs/decisions/0005-dependencies.md says what that costs).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from simplemma.lemmatizer import Lemmatizer
from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy
from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

from luotsi.core.words.keys import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LANGUAGES = ("fi", "sv", "en")
LONGEST_WORD = 60  # the longest that is kept; what is longer is cut, and so found by its beginning
_COMPOUNDING = ("fi", "sv")
_SHORTEST_HEAD, _SHORTEST_TAIL = 3, 4
_SHORTEST_PART = 5  # of a compound that the dictionary knows as one word: shorter parts would be found by chance
_JOINS = {"fi": ("",), "sv": ("", "s")}  # arbetslivs|färdighet
_SHORTEST_INFLECTED = 4  # shorter ones are as often letters that stand for something: IT, TIG, CNC
_BEGINNINGS = frozenset({"digi", "etä", "eko", "bio", "multi", "mikro", "ict"})  # begin words and are none themselves
# What is found in every text and says nothing of it.
_LITTLE = (
    "minä sinä ja tai sekä että eli kuin mutta jos kun myös on ovat olla ei se ne joka jotka niin vain yli "
    "alle kanssa ilman meidän meillä meille me hän he tarvita tarvitsemme haluta tulla saada pitää voida uusi "
    "hyvä kaikki muu moni oma och eller samt att som men om när även är vara inte den det de en ett för på i "
    "av till med utan vi vår våra oss behöva vilja få kunna skola ny bra god all annan många egen ha and or "
    "the a an of to in on for with without by as at is are be not we our us they it need want have get can who "
    "that this good new all other many own "
    "osata tehdä antaa ottaa ge ta göra give take make do"
)
LITTLE_WORDS = frozenset(_LITTLE.split())
_DOING = "minen"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_REMEMBERED = 65_536

_KNOWN = DictionaryLookupStrategy(LOW_MEMORY_DICTIONARY_FACTORY)
_LEMMATIZER = Lemmatizer(cache_max_size=0, lemmatization_strategy=DefaultStrategy(low_memory=True))


def lemmas(text: str, language: str) -> list[str]:
    """The basic forms of the words of a text, each once, in the order in which they come.

    A word that `language` (fi, sv or en; another counts as en) does not know is looked for in the other two; what
    nobody knows is taken as a compound, or stays as it is. Hyphens part words.
    """
    return _once(basic_form(word, language) for word in words_of(text))


def forms(text: str, language: str) -> list[str]:
    """All that a text is to be found under: its words as they stand, their basic forms, and the parts of compounds.

    A Finnish name of a doing is found by its verb too: antaminen by `antaa`.
    """
    return _once(chain.from_iterable(_forms(word, language) for word in words_of(text)))


def telling(text: str, language: str) -> list[str]:
    """The basic forms of a text without the little words that every text has; all of them if nothing else is left."""
    found = lemmas(text, language)
    return [word for word in found if word not in LITTLE_WORDS] or found


def words_of(text: str) -> list[str]:
    """The words of a text as `search_key` writes them; numbers count, signs do not."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(search_key(text))]


@lru_cache(maxsize=_REMEMBERED)
def basic_form(word: str, language: str) -> str:
    """The basic form of one word that `words_of` gave."""
    if len(word) < _SHORTEST_INFLECTED:
        return word
    first = language if language in LANGUAGES else "en"
    order = (first, *(other for other in LANGUAGES if other != first))
    for known in order:
        if found := _looked_up(word, known):
            return found
    for known in order:
        if parts := _parts(word, known, _SHORTEST_HEAD, _SHORTEST_TAIL):
            head, tail = parts
            return _key(head + (_looked_up(tail, known) or tail))
    return _key(_LEMMATIZER.lemmatize(word, first))


@lru_cache(maxsize=_REMEMBERED)
def _forms(word: str, language: str) -> tuple[str, ...]:
    found = basic_form(word, language)
    return (word, found, *_parts_of_compound(found, language), *_verb_of(found))


def _verb_of(word: str) -> Iterator[str]:
    """What is done: antaa of antaminen, ohjata of ohjaaminen; nothing where the dictionary has no such verb."""
    stem = word.removesuffix(_DOING)
    if stem in (word, ""):
        return
    for verb in (stem + "a", stem + "ä", stem[:-1] + "ta", stem[:-1] + "tä"):
        if _looked_up(verb, "fi") == verb:
            yield verb
            return


def _parts_of_compound(word: str, language: str) -> Iterator[str]:
    """What the parts of a compound are called when they stand alone: työelämätaito is found under `taito` too."""
    is_one_word = _looked_up(word, language) is not None
    head, tail = (_SHORTEST_PART, _SHORTEST_PART) if is_one_word else (_SHORTEST_HEAD, _SHORTEST_TAIL)
    if parts := _parts(word, language, head, tail):
        for part in parts:
            yield basic_form(part, language)


@lru_cache(maxsize=_REMEMBERED)
def _parts(word: str, language: str, shortest_head: int, shortest_tail: int) -> tuple[str, str] | None:
    """A compound as its beginning and its last word, the longest there is; None for what is no compound."""
    if language not in _COMPOUNDING:
        return None
    for place in range(shortest_head, len(word) - shortest_tail + 1):
        head, tail = word[:place], word[place:]
        if _looked_up(tail, language) and _is_beginning(head, language):
            return head, tail
    return None


def _is_beginning(head: str, language: str) -> bool:
    """Whether this is a word, or words put together, that another may follow."""
    if head in _BEGINNINGS:
        return True
    for join in _JOINS[language]:
        bare = head.removesuffix(join)
        if len(bare) >= _SHORTEST_HEAD and head.endswith(join) and _looked_up(bare, language):
            return True
    return _parts(head, language, _SHORTEST_HEAD, _SHORTEST_TAIL) is not None


@lru_cache(maxsize=_REMEMBERED)
def _looked_up(word: str, language: str) -> str | None:
    found = _KNOWN.get_lemma(word, language)
    return None if found is None else _key(found)


def _key(word: str) -> str:
    """As it is kept: lower case, cut; a basic form of several words counts as its first."""
    keyed = words_of(word)
    return keyed[0] if keyed else search_key(word)[:LONGEST_WORD]


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
