"""Pages of the coordinator: enquiries of organisations, and the network's pool of mentors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import NotThereError
from luotsi.people.enums import Role
from luotsi.people.queries import networks_for
from luotsi.programmes.forms.directory import AnswerForm
from luotsi.programmes.queries import directory as queries
from luotsi.programmes.queries.programmes import programme_for
from luotsi.programmes.services import enquiries as services
from luotsi.programmes.services import pool as pool_services
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def enquiries(request: PersonRequest) -> HttpResponse:
    if not networks_for(request.user, Role.COORDINATOR).exists():
        raise NotThereError
    page = page_of(queries.enquiries_for(request.user), request, by=("-pk",))
    return render(request, "programmes/enquiries.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: PersonRequest, ref: UUID) -> HttpResponse:
    found = queries.enquiry_for(request.user, ref)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and carried_out(
        form, lambda: services.answer_enquiry(found, form.cleaned_data["text"], by=request.user)
    ):
        messages.success(request, _("Your answer is on its way."))
        return redirect("programmes:enquiries")
    return render(request, "programmes/enquiry.html", {"enquiry": found, "form": form})


@login_required
@require_safe
def pool(request: PersonRequest, ref: UUID) -> HttpResponse:
    """The pool of the programme's network, and how many of it could be asked now."""
    programme = programme_for(request.user, ref)
    page = page_of(queries.pool_of(programme.network), request, by=("person__sort_key", "pk"))
    ready = queries.ready_in_pool(programme.network, programme).count()
    return render(request, "programmes/pool.html", {"programme": programme, "page": page, "ready": ready})


@login_required
@require_POST
def ask_pool(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme = programme_for(request.user, ref)
    count = pool_services.ask_pool(programme, by=request.user)
    text = ngettext("%(count)s mentor is asked.", "%(count)s mentors are asked.", count)
    messages.success(request, text % {"count": count})
    return redirect("programmes:pool", ref)
