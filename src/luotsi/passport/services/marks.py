"""Writes: what can be earned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText
from luotsi.passport.enums import MARK_MOVES, MarkState
from luotsi.passport.models import Mark, MarkCriterion
from luotsi.passport.rules import may_make_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.competence.models import Competence
    from luotsi.core.actors import Actor
    from luotsi.people.models import Network, Organisation


@transaction.atomic
def make_mark_from(
    competences: Sequence[Competence],
    *,
    by: Actor,
    network: Network,
    issuer: Organisation | None = None,
    **values: Any,  # noqa: ANN401 -- the other columns of Mark
) -> Mark:
    """A draft mark whose criteria are those of imported competences, in the words that they have now.

    Of a competence with levels the highest level is asked for; of one without, every criterion.
    """
    if not may_make_marks(by, network):
        raise RefusedError(_("Only a coordinator of the network makes marks."))
    if issuer is not None and not network.parts.current().filter(organisation=issuer).exists():
        raise RefusedError(_("The issuer is not part of this network. Choose another issuer or another network."))
    if not competences:
        raise RefusedError(_("Choose at least one competence: its criteria become those of the mark."))
    if Mark.objects.filter(network=network, key=values["key"]).exists():
        raise RefusedError(_("The network has a mark with this short name already. Choose another one."))
    mark = Mark(network=network, issuer=issuer, **values).insert()
    rows = [row for competence in competences for row in _criteria_of(competence)]
    MarkCriterion.objects.bulk_create(
        MarkCriterion(
            mark=mark, competence=competence, criterion=criterion, text=TranslatedText(text), level=level,
            position=position,
        )
        for position, (competence, criterion, text, level) in enumerate(rows)
    )  # fmt: skip
    audit.record(by=by, verb="passport.mark_made", subject=mark, criteria=len(rows))
    return mark


def _criteria_of(competence: Competence) -> list[tuple[Any, Any, dict[str, str], int | None]]:
    found = list(competence.criteria.order_by("position"))
    if not found:
        return [(competence, None, competence.name, None)]
    levels = [criterion.level for criterion in found if criterion.level is not None]
    asked = max(levels) if levels else None
    return [
        (competence, criterion, criterion.text, criterion.level)
        for criterion in found
        if criterion.level in {asked, None}
    ]


@transaction.atomic
def open_mark(mark: Mark, *, by: Actor) -> None:
    """From now on it can be chosen and claimed."""
    _move(mark, MarkState.OPEN, by=by)


@transaction.atomic
def retire_mark(mark: Mark, *, by: Actor) -> None:
    """Nobody can choose it any more. What was awarded stays."""
    _move(mark, MarkState.RETIRED, by=by)


def _move(mark: Mark, to: MarkState, *, by: Actor) -> None:
    if not may_make_marks(by, mark.network):
        raise RefusedError(_("Only a coordinator of the network opens and retires its marks."))
    if to not in MARK_MOVES[MarkState(mark.state)]:
        raise RefusedError(_("The mark cannot be changed so any more."))
    mark.amend(state=to)
    audit.record(by=by, verb="passport.mark_moved", subject=mark, state=to)
