"""Page of the coordinator: a minor's guardian is asked, or has signed on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luotsi.programmes.forms.apply import GuardianAddressForm, PaperConsentForm
from luotsi.programmes.queries import applications as application_queries
from luotsi.programmes.queries import calls
from luotsi.programmes.queries import programmes as programme_queries
from luotsi.programmes.services import guardians
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def guardian_of(request: PersonRequest, ref: UUID, application_ref: UUID) -> HttpResponse:
    programme = programme_queries.programme_for(request.user, ref)
    found = application_queries.application_in(programme, application_ref)
    asked = calls.guardian_of(found)
    initial = {"email": asked.email, "language": asked.language} if asked else {"language": found.person.language}
    what = request.POST.get("what", "")
    address = GuardianAddressForm(request.POST if what == "mail" else None, initial=initial, prefix="mail")
    paper = PaperConsentForm(request.POST if what == "paper" else None, prefix="paper")
    if carried_out(address, lambda: guardians.ask_guardian(found, **address.cleaned_data, by=request.user)):
        messages.success(request, _("We have written to the guardian."))
        return redirect("programmes:application", ref, application_ref)
    if carried_out(paper, lambda: guardians.note_paper_consent(found, paper.cleaned_data["name"], by=request.user)):
        messages.success(request, _("The consent has been noted."))
        return redirect("programmes:application", ref, application_ref)
    page = {"programme": programme, "application": found, "asked": asked, "address": address, "paper": paper}
    return render(request, "programmes/guardian_of.html", page)
