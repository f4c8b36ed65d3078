"""Pages for those who put questions to people: HR, management, administrators, coordinators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luotsi.core.errors import NotThereError
from luotsi.surveys.forms.waves import LastDayForm, WaveForm
from luotsi.surveys.queries import results
from luotsi.surveys.queries import waves as queries
from luotsi.surveys.queries.instruments import asks_people
from luotsi.surveys.services import opening, telling
from luotsi.surveys.services import waves as services
from luotsi.web.forms import carried_out
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from luotsi.people.models import Person
    from luotsi.people.requests import PersonRequest
    from luotsi.surveys.models import Wave


@login_required
@require_safe
def waves(request: PersonRequest) -> HttpResponse:
    if not asks_people(request.user):
        raise NotThereError
    page = page_of(queries.waves_for(request.user), request.GET, by=("-opened_at", "-pk"))
    return render(request, "surveys/waves.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_wave(request: PersonRequest) -> HttpResponse:
    if not asks_people(request.user):
        raise NotThereError
    form = WaveForm(request.POST or None, person=request.user, initial=request.GET.dict())
    opened: list[Wave] = []
    if carried_out(form, lambda: opened.append(opening.start_wave(form.plan(), by=request.user))):
        messages.success(request, _("The survey is open. People are told of it now."))
        return redirect("surveys:wave", opened[0].ref)
    return render(request, "surveys/new_wave.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wave(request: PersonRequest, ref: UUID) -> HttpResponse:
    """How it goes, and another last day."""
    found = queries.wave_for(request.user, ref)
    form = LastDayForm(request.POST or None, initial={"closes_on": found.closes_on})
    if carried_out(form, lambda: services.move_last_day(found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The last day to answer has been moved."))
        return redirect("surveys:wave", ref)
    return render(request, "surveys/wave.html", {"form": form, "wave": found} | _standing(request.user, found))


@login_required
@require_POST
def remind(request: PersonRequest, ref: UUID) -> HttpResponse:
    telling.remind(queries.wave_for(request.user, ref), by=request.user)
    messages.success(request, _("All who have not answered are reminded now."))
    return redirect("surveys:wave", ref)


@login_required
@require_POST
def close(request: PersonRequest, ref: UUID) -> HttpResponse:
    services.close_wave(queries.wave_for(request.user, ref), by=request.user)
    messages.success(request, _("The survey is closed."))
    return redirect("surveys:wave", ref)


def _standing(person: Person, found: Wave) -> dict[str, object]:
    path = reverse("surveys:answer_with_link", args=[found.link_key]) if found.link_key else ""
    return {
        "link": f"{settings.SITE_ADDRESS}{path}",
        "participation": queries.participation_in(found),
        "may_remind": found.is_open and found.link_key is None and found.reminders < telling.MOST_REMINDERS,
        "has_results": results.waves_read_by(person).filter(pk=found.pk).exists(),
        "is_thrown_away": queries.is_thrown_away(found),
    }
