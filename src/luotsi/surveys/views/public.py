"""Pages for whoever has an open link to an anonymous survey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from luotsi.surveys.queries import invitees
from luotsi.surveys.services.anonymous import answer_by_link
from luotsi.surveys.views.anonymous import Door, over, walk

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_with_link(request: HttpRequest, link: UUID) -> HttpResponse:
    wave = invitees.wave_with_link(link)
    door = Door(
        wave=wave,
        address=reverse("surveys:answer_with_link", args=[link]),
        units=tuple(invitees.units_to_choose(wave)),
        send=lambda given, unit: answer_by_link(wave, given=given, unit=unit),
    )
    if "sent" in request.GET or not wave.is_open:
        return over(request, door, has_answered="sent" in request.GET)
    return walk(request, door)
