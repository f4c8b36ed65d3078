"""What a request is once somebody is signed in. comms knows no people: whoever is signed in has a ref and can act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.http import HttpRequest

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.core.actors import ActorKind


class Reader(Protocol):
    """A signed-in person, as far as comms needs to know."""

    @property
    def ref(self) -> UUID: ...

    @property
    def actor_kind(self) -> ActorKind: ...

    @property
    def actor_ref(self) -> UUID | None: ...


class ReaderRequest(HttpRequest):
    user: Reader  # type: ignore[assignment]  # login_required has checked it; comms must not name the class of people
