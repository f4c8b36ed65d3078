"""Messages of whoever is signed in, and how they want them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luotsi.comms import queries, services
from luotsi.comms.enums import EmailChoice
from luotsi.comms.forms import PreferencesForm
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.comms.requests import ReaderRequest


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
