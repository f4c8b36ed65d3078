"""Competences on their way: what the shapes make, before ids are made whole and the order is set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from luotsi.competence.formats.identity import Names, derived
from luotsi.competence.formats.scales import in_order
from luotsi.competence.formats.source import child, mark
from luotsi.competence.formats.values import Competence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from luotsi.competence.formats.source import Node
    from luotsi.competence.formats.values import Criterion, Scale, Texts

LONGEST_ID = 100
ROOM_FOR_NUMBER = 8

UNNAMED: Texts = {"fi": "Nimetön", "sv": "Namnlös", "en": "Unnamed"}


def draft(  # noqa: PLR0913  # keyword-only, and each is a column of what is built
    *,
    name: Texts,
    criteria: Iterable[Criterion],
    local: str = "",
    code: str = "",
    group: Texts | None = None,
    description: Texts | None = None,
    scale: Scale | None = None,
    generic_scale: str = "",
) -> Competence:
    """A competence whose `origin_id` is still local to its area."""
    return Competence(
        origin_id=local or code or derived(group or {}, name),
        code=code,
        name=name,
        group=group or {},
        description=description or {},
        is_optional=False,
        scale=scale,
        generic_scale=generic_scale,
        criteria=in_order(criteria),
        order=0,
    )


def settled(drafts: Iterable[Competence], area: str) -> tuple[Competence, ...]:
    """The competences of one area in order, each with an id of its own."""
    names = Names()
    return tuple(
        replace(draft, origin_id=names.own(f"{area}/{_short(area, draft.origin_id)}"), order=order)
        for order, draft in enumerate(drafts)
    )


def _short(area: str, local: str) -> str:
    return local if len(area) + len(local) < LONGEST_ID - ROOM_FOR_NUMBER else derived(local)


def text_id(node: Node, key: str) -> str:
    """The source's own lasting identifier of a text, empty when it has none."""
    return mark(child(node, key), "_tunniste")


def code_of(node: Node) -> str:
    """The national code of a thing, as `codeset_value`; empty when it has none."""
    return mark(node, "koodiUri") or mark(child(node, "koodi"), "uri") or mark(child(node, "nimiKoodi"), "uri")
