"""Pages of the partners' people: inviting others to apply, without learning who does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from luotsi.programmes.forms.directory import InvitationsForm, here
from luotsi.programmes.queries.partners import shared_programme_for
from luotsi.programmes.services.enquiries import invite_to_apply
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme = shared_programme_for(request.user, ref)
    form = InvitationsForm(request.POST or None, initial={"language": here()})
    sent: list[int] = []

    def send() -> None:
        told = form.cleaned_data
        sent.append(invite_to_apply(programme, told["addresses"], language=told["language"], by=request.user))

    if request.method == "POST" and carried_out(form, send):
        text = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", sent[0])
        messages.success(request, text % {"count": sent[0]})
        return redirect("programmes:invite", ref)
    address = request.build_absolute_uri(f"/calls/{programme.ref}/")
    return render(request, "programmes/invite.html", {"programme": programme, "form": form, "address": address})
