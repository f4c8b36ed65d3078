"""National general scales: criteria by level that hold for every requirement of the units that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luotsi.competence.formats.scales import levelled, scale_of
from luotsi.competence.formats.source import child, mark, rows
from luotsi.competence.formats.values import GenericScale, Reason, Scale

if TYPE_CHECKING:
    from luotsi.competence.formats.ledger import Ledger
    from luotsi.competence.formats.source import Node

# What the general scales that we know of count in; their criteria come with the files.
_KNOWN = {"6783341": Scale.FIVE}


def general_scale(ledger: Ledger, owner: Node, key: str) -> GenericScale | None:
    """The scale that `owner` holds under `key` or names under `_key`, None when neither."""
    held = child(owner, key)
    if rows(held, "osaamistasonKriteerit"):
        return scale_in(ledger, held)
    named = mark(held, "id") or mark(owner, key) or mark(owner, f"_{key}")
    if not named:
        return None
    if named in ledger.scales:
        return ledger.scales[named]
    ledger.missing_scales.add(named)
    return GenericScale(origin_id=named, name={}, scale=_KNOWN.get(named), criteria=())


def scale_in(ledger: Ledger, node: Node) -> GenericScale:
    """The scale written in this object."""
    ledger.leave(node, "kohde", Reason.SUBJECT)
    name = ledger.look(node, "nimi")
    ledger.leave(node, "nimi", Reason.SCALE_NAME)
    return GenericScale(
        origin_id=mark(node, "id"), name=name, scale=scale_of(ledger, node), criteria=levelled(ledger, node)
    )
