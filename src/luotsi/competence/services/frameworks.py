"""Writes: the frameworks that ship with the product."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.competence.formats.own import read_own
from luotsi.competence.services.imports import bring_in
from luotsi.core.errors import RefusedError
from luotsi.people.rules import is_system

if TYPE_CHECKING:
    from luotsi.core.actors import Actor

SHIPPED = Path(__file__).resolve().parent.parent / "shipped"


@transaction.atomic
def load_shipped(*, by: Actor) -> int:
    """Bring in the frameworks that ship, all or none. The same files again change nothing. Returns how many came.

    Raises FormatError for a faulty file: it is part of the release, so that no person can mend it.
    """
    if not is_system(by):
        raise RefusedError(_("Only the system brings in what ships with it."))
    readings = [read_own(path.read_bytes()) for path in sorted(SHIPPED.glob("*.yaml"))]
    return sum(bring_in(reading, by=by).is_new for reading in readings)
