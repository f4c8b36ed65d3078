"""Reads: what a network's people have answered by name, all its circles together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from luotsi.core.errors import NotThereError
from luotsi.core.queries import one
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.surveys.enums import Answering, Moment
from luotsi.surveys.models import Instrument
from luotsi.surveys.queries.results import pooled_answers
from luotsi.surveys.rules import SMALLEST_GROUP, may_read_results

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from luotsi.core.questions.conditions import Answer
    from luotsi.people.models import Network, Person

POOLED = Q(waves__moment=Moment.NONE, waves__answering=Answering.NAMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """An instrument in one version: how many were asked and have answered, and answers by the item's key.

    Answers are as many as make whole groups of five, in no person's order: an item that fewer have answered has none.
    """

    instrument: Instrument
    asked: int
    answered: int
    answers: Mapping[str, list[Answer]]


def network_for(person: Person, ref: UUID) -> Network:
    """A network whose results the person reads."""
    return one(networks_for(person, Role.COORDINATOR), ref)


def pooled_for(person: Person, network: Network) -> list[Pooled]:
    """What was answered in a network by name, by instrument and version. Three queries. Raises NotThereError.

    There is deliberately no result of a single circle or wave: the difference of two results would be a group that may
    be smaller than the smallest that is shown. For the same reason answers come in by fives: what came since yesterday
    is nobody, or five people or more.
    """
    if not may_read_results(person, network):
        raise NotThereError
    instruments = (
        Instrument.objects.filter(POOLED, waves__circle__network=network)
        .annotate(asked=Count("waves__responses"))
        .order_by("key", "-version")
    )
    answers = pooled_answers(network)
    return [_pooled(instrument, answers[instrument.pk]) for instrument in instruments]


def _pooled(instrument: Instrument, answers: list[Mapping[str, Answer]]) -> Pooled:
    items = instrument.questions.items
    return Pooled(
        instrument=instrument,
        asked=instrument.asked,  # type: ignore[attr-defined]  # annotated by pooled_for
        answered=len(answers),
        answers={item.key: _by_fives([given[item.key] for given in answers if item.key in given]) for item in items},
    )


def _by_fives(given: list[Answer]) -> list[Answer]:
    """The first answers, as many as make whole groups of five."""
    return given[: len(given) // SMALLEST_GROUP * SMALLEST_GROUP]
