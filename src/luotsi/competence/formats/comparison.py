"""Two versions of a framework side by side: what is new, what is worded anew, what ends, and what goes on as it was."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from luotsi.competence.formats.values import Area, Competence, Criterion, Framework, Texts

Thing = TypeVar("Thing", "Area", "Competence")
Pair: TypeAlias = "tuple[Thing | None, Thing | None, str]"
Sign: TypeAlias = "tuple[str, Callable[[Thing], Hashable]]"
NO_SIGN = ("", None)


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ENDING = "ending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """A competence and the one whose line it goes on with; one of them is None for what is new or ends.

    `area` is the name of the unit in which it stands; `known_by` what told that they are the same: `origin`, `code` or
    `name`.
    """

    area: Texts
    old: Competence | None
    new: Competence | None
    known_by: str

    @property
    def fate(self) -> Fate:
        if self.old is None or self.new is None:
            return Fate.NEW if self.old is None else Fate.ENDING
        return Fate.SAME if _words(self.old) == _words(self.new) else Fate.CHANGED

    @property
    def criteria_added(self) -> tuple[Criterion, ...]:
        return _without(self.new, self.old)

    @property
    def criteria_ended(self) -> tuple[Criterion, ...]:
        return _without(self.old, self.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many things of a kind have which fate."""

    new: int
    changed: int
    ending: int
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`pairings` holds every competence of both versions once, in the order of the new one, what ends last."""

    pairings: tuple[Pairing, ...]
    areas: Tally
    requirements: Tally
    competences: Tally
    criteria: Tally


def compare(old: Framework | None, new: Framework) -> Comparison:
    """Units are the same by identifier, else by code, else by name; competences too, by code and name in their unit."""
    old_areas = old.areas if old else ()
    areas = _paired(old_areas, new.areas, _AREA_SIGNS)
    pairings = tuple(_pairings(areas, old_areas))
    return Comparison(
        pairings=pairings,
        areas=_tally(_area_fate(before, after) for before, after, _ in areas),
        requirements=_requirements(areas),
        competences=_tally(pairing.fate for pairing in pairings),
        criteria=_criteria(pairings),
    )


def first_words(texts: Texts) -> str:
    """The words in the first language that there is, for comparing."""
    return next((" ".join(words.casefold().split()) for words in _in_order(texts) if words), "")


def _in_order(texts: Texts) -> Iterator[str]:
    return (texts[language] for language in ("fi", "sv", "en") if language in texts)


_AREA_SIGNS: tuple[Sign[Area], ...] = (
    ("origin", lambda area: area.origin_id),
    ("code", lambda area: area.code),
    ("name", lambda area: first_words(area.name)),
)


def _paired(old: Sequence[Thing], new: Sequence[Thing], signs: Sequence[Sign[Thing]]) -> list[Pair[Thing]]:
    """Each new thing with the old one that it is, in their order, and then the old ones that nothing is."""
    left = list(old)
    found: dict[int, tuple[Thing, str]] = {}
    for known_by, sign in signs:
        waiting: defaultdict[Hashable, list[Thing]] = defaultdict(list)
        for thing in left:
            waiting[sign(thing)].append(thing)
        for thing in new:
            key = sign(thing)
            if id(thing) not in found and key not in NO_SIGN and waiting[key]:
                found[id(thing)] = (waiting[key].pop(0), known_by)
        taken = {id(before) for before, _ in found.values()}
        left = [thing for thing in left if id(thing) not in taken]
    pairs: list[Pair[Thing]] = []
    for thing in new:
        known = found.get(id(thing))
        pairs.append((known[0], thing, known[1]) if known else (None, thing, ""))
    pairs.extend((thing, None, "") for thing in left)
    return pairs


def _pairings(areas: list[Pair[Area]], old_areas: Sequence[Area]) -> Iterator[Pairing]:
    units = [(before, after) for before, after, _ in areas]
    places = {id(one): place for place, unit in enumerate(units) for each in unit if each for one in each.competences}
    names = {place: each.name for place, (before, after) in enumerate(units) if (each := after or before)}

    def in_its_unit(sign: Callable[[Competence], str]) -> Callable[[Competence], Hashable]:
        return lambda one: (places[id(one)], sign(one)) if sign(one) else None

    signs: tuple[Sign[Competence], ...] = (
        ("origin", lambda one: one.origin_id),
        ("code", in_its_unit(lambda one: one.code)),
        ("name", in_its_unit(lambda one: first_words(one.name))),
    )
    old = [one for area in old_areas for one in area.competences]
    new = [one for _, after, _ in areas if after for one in after.competences]
    for before, after, known_by in _paired(old, new, signs):
        if shown := after or before:
            yield Pairing(area=names[places[id(shown)]], old=before, new=after, known_by=known_by)


def _words(one: Competence) -> tuple[object, ...]:
    said = [(criterion.level, criterion.level_name, criterion.text, criterion.code) for criterion in one.criteria]
    return (one.name, one.group, one.description, one.is_optional, one.scale, one.code, said)


def _key(criterion: Criterion) -> tuple[object, ...]:
    return (criterion.level, tuple(sorted(criterion.text.items())))


def _without(one: Competence | None, other: Competence | None) -> tuple[Criterion, ...]:
    """The criteria of one that the other does not have."""
    spare = Counter(_key(criterion) for criterion in (other.criteria if other else ()))
    found: list[Criterion] = []
    for criterion in one.criteria if one else ():
        if spare[_key(criterion)]:
            spare[_key(criterion)] -= 1
        else:
            found.append(criterion)
    return tuple(found)


def _area_fate(before: Area | None, after: Area | None) -> Fate:
    if before is None or after is None:
        return Fate.NEW if before is None else Fate.ENDING
    same = (before.name, before.description, before.code, before.extent, before.extent_max) == (
        *(after.name, after.description, after.code, after.extent, after.extent_max),
    )
    return Fate.SAME if same else Fate.CHANGED


def _tally(fates: Iterable[Fate]) -> Tally:
    times = Counter(fates)
    return Tally(new=times[Fate.NEW], changed=times[Fate.CHANGED], ending=times[Fate.ENDING], same=times[Fate.SAME])


def _requirements(areas: list[Pair[Area]]) -> Tally:
    """A requirement has no sign of its own: worded otherwise, it is another one."""
    new = ending = same = 0
    for before, after, _ in areas:
        was = Counter(tuple(sorted(text.items())) for text in (before.requirements if before else ()))
        now = Counter(tuple(sorted(text.items())) for text in (after.requirements if after else ()))
        new, ending, same = new + (now - was).total(), ending + (was - now).total(), same + (now & was).total()
    return Tally(new=new, changed=0, ending=ending, same=same)


def _criteria(pairings: Iterable[Pairing]) -> Tally:
    new = ending = same = 0
    for pairing in pairings:
        added = len(pairing.criteria_added)
        new, ending = new + added, ending + len(pairing.criteria_ended)
        same += (len(pairing.new.criteria) if pairing.new else 0) - added
    return Tally(new=new, changed=0, ending=ending, same=same)
