"""Pages for a minor's guardian, who has a link and no account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from luotsi.core.actors import LinkBearer
from luotsi.core.errors import NotThereError
from luotsi.core.texts import TranslatedText
from luotsi.programmes.forms.apply import GuardianForm
from luotsi.programmes.messages.apply import guardian_text, role_name
from luotsi.programmes.queries import calls
from luotsi.programmes.services import guardians
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest, secret: str) -> HttpResponse:
    """What a minor takes part in and what is kept; yes with a name, or no without a reason."""
    try:
        ask = calls.guardian_ask_with(secret)
    except NotThereError:
        return render(request, "programmes/guardian_link_over.html", status=404)
    by = LinkBearer(actor_ref=ask.ref)
    if request.POST.get("answer") == "no":
        guardians.say_no_as_guardian(ask, by=by)
        return redirect("programmes:guardian", secret)
    form = GuardianForm(request.POST if request.method == "POST" else None)
    if carried_out(form, lambda: guardians.consent_as_guardian(ask, form.cleaned_data["name"], by=by)):
        return redirect("programmes:guardian", secret)
    call, application = calls.call_of(ask.application.round), ask.application
    page = {
        "ask": ask,
        "application": application,
        "call": call,
        "programme": call.programme,
        "role_name": role_name(call.model, application.role),
        "text_of_consent": TranslatedText(guardian_text(call.programme.name)),
        "form": form,
        "is_over": application.state in guardians.OVER,
    }
    return render(request, "programmes/guardian.html", page)
