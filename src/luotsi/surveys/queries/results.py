"""Reads: what many have answered. Nothing else in the product reads other people's answers.

Every page, export and report of results gets its figures here, with what would give away a few already left out. The
figures of an anonymous or organisation-wide wave, and of a named one with a moment, exist from its closing on and do
not change. Other named waves of circles are read pooled over their network, by fives: see `pooled_answers`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from luotsi.core.queries import one
from luotsi.core.questions.values import Kind
from luotsi.core.statistics.suppression import SMALLEST, publishable
from luotsi.people.enums import Role
from luotsi.people.models import Membership, Organisation
from luotsi.surveys.enums import Answering, Moment, ResponseState
from luotsi.surveys.formats.changes import Changes
from luotsi.surveys.formats.figures import WaveFigures, figures_of
from luotsi.surveys.formats.rows import Rows
from luotsi.surveys.formats.waves import AnsweredWave
from luotsi.surveys.models import AnonymousAnswer, AnonymousWords, Invitee, Response, Wave
from luotsi.surveys.rules import STEERING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.core.questions.conditions import Answer
    from luotsi.core.questions.values import Form, Item
    from luotsi.people.models import Network, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """How many were asked and have answered. `asked` is None when nobody was asked by name (an open link)."""

    asked: int | None
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What people wrote to one question, in an order that tells nothing; empty when too few wrote."""

    item: Item
    answered: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A wave and its figures."""

    wave: Wave
    figures: WaveFigures

    @property
    def key(self) -> str:
        return str(self.wave.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveResults:
    """What may be shown of a wave. Before its closing there is only `taking`, and `told` is empty.

    `told`: the wave and up to two before it, the latest first. `units` are names by key, in order; `taking_by_unit` is
    of those units of which enough were asked.
    """

    wave: Wave
    taking: Taking
    taking_by_unit: Mapping[str, Taking]
    told: tuple[Told, ...]
    units: Mapping[str, str]
    words: tuple[Words, ...]

    @property
    def form(self) -> Form:
        return self.wave.instrument.questions

    @property
    def is_closed(self) -> bool:
        return self.wave.closed_at is not None

    @property
    def is_shown(self) -> bool:
        return bool(self.told) and self.told[0].figures.answered >= SMALLEST

    @property
    def figures(self) -> WaveFigures:
        """Of the wave itself. Raises IndexError before the closing."""
        return self.told[0].figures

    @property
    def earlier(self) -> Told | None:
        """The wave that this one is compared with."""
        return next((told for told in self.told[1:] if told.key == self.figures.changes.since), None)


def waves_read_by(person: Person) -> QuerySet[Wave]:
    """The waves whose results somebody reads: who steers the organisation or the one above; coordinators, of circles.

    A network's coordinators do not read the results of an organisation, also when they run its wave. Named waves of
    circles without a moment have no results of their own.
    """
    mine = Membership.objects.current().filter(person=person)
    steered = mine.filter(role__in=STEERING, organisation__isnull=False).values("organisation")
    coordinated = mine.filter(role=Role.COORDINATOR, network__isnull=False).values("network")
    has_own = Q(answering=Answering.ANONYMOUS) | ~Q(moment=Moment.NONE)
    return Wave.objects.filter(
        Q(organisation__in=steered)
        | Q(organisation__parent__in=steered)
        | (Q(organisation=None, circle__network__in=coordinated) & has_own)
    )


def results_for(person: Person, ref: UUID) -> WaveResults:
    """A wave's results, for somebody who reads them. At most seven queries. Raises NotThereError."""
    waves = waves_read_by(person).select_related("instrument", "organisation", "circle__network")
    return _read(one(waves, ref))


def whole_of(wave: Wave) -> WaveResults:
    """The figures of the whole: no units, no own words. For queries of this module that have asked for the right."""
    results = _read(wave)
    return replace(results, words=(), taking_by_unit={}, units={}, told=tuple(map(_without_units, results.told)))


def units_of(wave: Wave) -> WaveResults:
    """The figures of the whole and of its units; no own words. For queries of this module, as whole_of."""
    return replace(_read(wave), words=())


def pooled_answers(network: Network) -> dict[int, list[Mapping[str, Answer]]]:
    """The named answers of a network's circles that are read pooled, by instrument's pk, the first answer first."""
    rows = Response.objects.filter(
        wave__circle__network=network, wave__moment=Moment.NONE, state=ResponseState.ANSWERED
    ).order_by("answered_at", "pk")
    pooled: defaultdict[int, list[Mapping[str, Answer]]] = defaultdict(list)
    for instrument_id, given in rows.values_list("wave__instrument", "answers").iterator():
        pooled[instrument_id].append(given)
    return pooled


def _read(wave: Wave) -> WaveResults:
    taking, by_unit = _taking(wave)
    if wave.closed_at is None:
        return WaveResults(wave=wave, taking=taking, taking_by_unit={}, told=(), units={}, words=())
    form, linked = wave.instrument.questions, _linked(wave)
    rows = _rows(linked)
    figures = figures_of(form, [_answered(each, linked, rows[each.pk]) for each in linked], str(wave.pk))
    waves = {str(each.pk): each for each in linked}
    told = tuple(Told(wave=waves[key], figures=found) for key, found in figures.items())
    is_enough = told[0].figures.answered >= SMALLEST
    names = _names(by_unit, told)
    return WaveResults(
        wave=wave,
        taking=Taking(asked=taking.asked, answered=told[0].figures.answered),
        taking_by_unit={unit: by_unit[unit] for unit in names if unit in by_unit} if is_enough else {},
        told=told,
        units=names,
        words=_words(wave, form, rows[wave.pk]) if is_enough else (),
    )


def _linked(wave: Wave) -> list[Wave]:
    """The closed waves with the same questions that follow each other with this one, in the order of their closing."""
    same = Wave.objects.filter(
        instrument=wave.instrument_id, circle=wave.circle_id, organisation=wave.organisation_id, closed_at__isnull=False
    )
    waves = {each.pk: wave if each.pk == wave.pk else each for each in same.order_by("closed_at", "pk")}
    near, reached = [wave.pk], {wave.pk}
    while near:
        here = near.pop()
        around = {pk for pk, each in waves.items() if here in {each.follows_id, pk} or pk == waves[here].follows_id}
        near.extend(around - reached)
        reached |= around
    return [each for pk, each in waves.items() if pk in reached]


def _answered(wave: Wave, linked: Sequence[Wave], rows: Rows) -> AnsweredWave:
    by_pk = {each.pk: each for each in linked}
    end = by_pk.get(wave.follows_id or 0) if wave.looks_back else None
    start = by_pk.get(end.follows_id or 0) if end else None
    in_order = end is not None and start is not None and (start.moment, end.moment) == (Moment.START, Moment.END)
    pair = (str(start.pk), str(end.pk)) if in_order and start and end else ("", "")
    return AnsweredWave(
        key=str(wave.pk),
        follows=str(wave.follows_id or ""),
        rows=rows,
        is_anonymous=wave.is_anonymous,
        looks_back=wave.looks_back,
        start=pair[0],
        end=pair[1],
    )


def _rows(waves: Iterable[Wave]) -> dict[int, Rows]:
    """By the wave's pk. One query for the anonymous, one for the named ones, if there are any."""
    found: dict[int, list[tuple[str, str, Mapping[str, Answer]]]] = {wave.pk: [] for wave in waves}
    anonymous = [wave.pk for wave in waves if wave.is_anonymous]
    named = [wave.pk for wave in waves if not wave.is_anonymous]
    if anonymous:
        answers = AnonymousAnswer.objects.filter(wave__in=anonymous).order_by("key")
        for wave_id, unit, code, given in answers.values_list("wave", "unit", "code", "answers"):
            found[wave_id].append((str(unit or ""), code, given))
    if named:
        responses = Response.objects.filter(wave__in=named, state=ResponseState.ANSWERED).order_by("pk")
        for wave_id, person, given in responses.values_list("wave", "person", "answers"):
            found[wave_id].append(("", str(person), given))
    return {
        wave: Rows(
            units=tuple(unit for unit, _, _ in rows),
            links=tuple(link for _, link, _ in rows),
            answers=tuple(given for _, _, given in rows),
        )
        for wave, rows in found.items()
    }


def _taking(wave: Wave) -> tuple[Taking, dict[str, Taking]]:
    """How many were asked and answered, of all, and of units with enough people. One query."""
    if not wave.is_anonymous:
        states = Counter(Response.objects.filter(wave=wave).order_by().values_list("state", flat=True))
        return Taking(asked=states.total(), answered=states[ResponseState.ANSWERED]), {}
    asked: dict[str, int] = {}
    answered: dict[str, int] = {}
    counts = Invitee.objects.filter(wave=wave).order_by().values("unit")
    counts = counts.annotate(asked=Count("pk"), answered=Count("pk", filter=Q(has_answered=True)))
    for unit, people, ticked in counts.values_list("unit", "asked", "answered"):
        asked[str(unit or "")], answered[str(unit or "")] = people, ticked
    by_unit = {unit: Taking(asked=asked[unit], answered=answered[unit]) for unit in publishable(asked)}
    total = sum(asked.values())
    return Taking(asked=total or None, answered=sum(answered.values())), by_unit


def _names(by_unit: Mapping[str, Taking], told: Sequence[Told]) -> dict[str, str]:
    """The names of the units that anything is shown of, in order; those without a unit come last, with no name."""
    keys = set(by_unit).union(*(each.figures.shown_units for each in told))
    if keys <= {""}:
        return {}
    units = Organisation.objects.filter(pk__in=[key for key in keys if key]).order_by("sort_key", "pk")
    return {str(unit.pk): unit.name for unit in units} | ({"": ""} if "" in keys else {})


def _words(wave: Wave, form: Form, rows: Rows) -> tuple[Words, ...]:
    asked = [item for item in form.items if item.kind is Kind.TEXT]
    written: defaultdict[str, list[str]] = defaultdict(list)
    if wave.is_anonymous:
        found = AnonymousWords.objects.filter(wave=wave).order_by("key")
        for key, words in found.values_list("item", "words"):
            written[key].append(words)
    else:
        for item in asked:
            written[item.key] = sorted(str(given[item.key]) for given in rows.answers if given.get(item.key))
    return tuple(
        Words(
            item=item,
            answered=len(written[item.key]),
            texts=tuple(written[item.key]) if len(written[item.key]) >= SMALLEST else (),
        )
        for item in asked
    )


def _without_units(told: Told) -> Told:
    figures = told.figures
    changes = figures.changes
    return replace(
        told,
        figures=replace(
            figures,
            dimensions={
                key: replace(found, units={}, hidden_units=0, unit_reliability={})
                for key, found in figures.dimensions.items()
            },
            changes=Changes(
                since=changes.since,
                by_dimension={key: replace(change, units={}) for key, change in changes.by_dimension.items()},
                shifts=changes.shifts,
                stayed=changes.stayed,
            ),
        ),
    )
