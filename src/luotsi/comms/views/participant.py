"""Messages of whoever is signed in, and how they want them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.comms import queries, services
from luotsi.comms.enums import EmailChoice
from luotsi.comms.forms import PreferencesForm
from luotsi.comms.queries import absolute
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.comms.requests import ReaderRequest

MOST_ENTRIES = 100


@login_required
@require_safe
def messages(request: ReaderRequest) -> HttpResponse:
    page = page_of(queries.messages_for(request.user.ref), request, by=("-created_at", "-pk"))
    return render(request, "comms/messages.html", {"page": page})


@login_required
@require_safe
def message(request: ReaderRequest, ref: UUID) -> HttpResponse:
    found = queries.message_for(request.user.ref, ref)
    services.mark_read(found)
    return render(request, "comms/message.html", {"message": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: ReaderRequest) -> HttpResponse:
    chosen = queries.preferences_for(request.user.ref)
    by_email = [group.value for group, email in chosen.items() if email == EmailChoice.AT_ONCE]
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial={"by_email": by_email})
    if form.is_valid():
        services.choose_email(form.cleaned_data["by_email"], by=request.user, recipient_ref=request.user.ref)
        notices.success(request, _("Saved."))
        return redirect("comms:preferences")
    return render(request, "comms/preferences.html", {"form": form})


@login_required
@require_safe
def calendar(request: ReaderRequest) -> HttpResponse:
    """What is coming, and the address by which a calendar program follows it."""
    feed = queries.feed_of(request.user.ref)
    address = absolute(reverse("comms:feed", args=[queries.feed_token(feed)])) if feed else ""
    page = {"entries": list(queries.calendar_of(request.user.ref)[:MOST_ENTRIES]), "address": address}
    return render(request, "comms/calendar.html", page)


@login_required
@require_POST
def open_feed(request: ReaderRequest) -> HttpResponse:
    services.open_feed(request.user.ref, by=request.user)
    notices.success(request, _("Your calendar has an address of its own now."))
    return redirect("comms:calendar")


@login_required
@require_POST
def close_feed(request: ReaderRequest) -> HttpResponse:
    services.close_feed(request.user.ref, by=request.user)
    notices.success(request, _("The address leads nowhere any more."))
    return redirect("comms:calendar")
