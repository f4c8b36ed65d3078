"""Pages of a coordinator where modules meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from luotsi.journey.forms import LeadsToForm
from luotsi.journey.queries.nudges import planned_in
from luotsi.journey.services import leads
from luotsi.passport.queries import open_marks_of
from luotsi.programmes.enums import ProgrammeState
from luotsi.programmes.formats.values import Audience
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.programmes import programme_for
from luotsi.web.forms import carried_out

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.requests import PersonRequest

AUDIENCES = {
    Audience.MENTOR: gettext_lazy("mentors"),
    Audience.MENTEE: gettext_lazy("mentees"),
    Audience.HR: gettext_lazy("HR of the partners"),
    Audience.MANAGEMENT: gettext_lazy("management of the partners"),
    Audience.COORDINATOR: gettext_lazy("coordinators"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leads_to(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme = programme_for(request.user, ref)
    current = [str(rule.mark.ref) for rule in programme.award_rules.select_related("mark")]
    marks = open_marks_of(programme.network)[:200]
    named = model_in(programme.description).leads_to
    ticked = current or [str(mark.ref) for mark in marks if mark.key in named]
    form = LeadsToForm(request.POST or None, marks=marks, initial={"marks": ticked})
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(form, lambda: leads.lead_to(programme, form.chosen(), by=request.user))
    ):
        messages.success(request, _("Saved."))
        return redirect("programmes:programme", ref)
    return render(request, "journey/leads_to.html", {"programme": programme, "form": form})


@login_required
@require_safe
def nudges(request: PersonRequest, ref: UUID) -> HttpResponse:
    """Which letters of the model go out in the next two weeks, and to how many."""
    programme = programme_for(request.user, ref)
    is_open = programme.state == ProgrammeState.OPEN
    page = {
        "programme": programme,
        "planned": planned_in(programme, timezone.localdate()) if is_open else [],
        "audiences": AUDIENCES,
    }
    return render(request, "journey/nudges.html", page)
