"""What a mail leads to without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from luotsi.comms import queries, services
from luotsi.comms.queries import calendar_file, event_in
from luotsi.core.actors import LinkBearer

if TYPE_CHECKING:
    from django.http import HttpRequest


@csrf_exempt  # mail programs post here with one click (RFC 8058); the signed link is the right, to less mail only
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, so that a program that looks into links changes nothing; POST stops."""
    delivery = queries.delivery_with_token(token)
    if request.method == "POST":
        services.stop_like(delivery, by=LinkBearer(actor_ref=delivery.ref))
    shown = {"group": delivery.message.group, "is_stopped": request.method == "POST"}
    return render(request, "comms/stop.html", shown)


@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 -- the address is the right
    """A calendar for the program that subscribed to it."""
    found = queries.feed_with_token(token)
    entries = queries.calendar_of(found.recipient_ref, back=queries.KEPT_IN_CALENDAR)
    text = calendar_file(map(event_in, entries), name="Luotsi")
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers={"X-Robots-Tag": "noindex"})
