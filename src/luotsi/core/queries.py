"""Getting one thing for somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from luotsi.core.errors import NotThereError

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.core.models import Record

Thing = TypeVar("Thing", bound="Record")


def one(things: QuerySet[Thing], ref: UUID) -> Thing:
    """The thing with this ref among those that the asker may see. Raises NotThereError, as if there were none."""
    found = things.filter(ref=ref).first()
    if found is None:
        raise NotThereError
    return found
