"""Pages of each person where everything comes together: home, and own data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luotsi.comms.queries import news_for
from luotsi.journey import own_data as own_data_everywhere
from luotsi.journey.navigation import keep_roles
from luotsi.journey.queries import home as home_queries
from luotsi.people.services import accounts

if TYPE_CHECKING:
    from luotsi.people.requests import PersonRequest


@login_required
@require_safe
def home(request: PersonRequest) -> HttpResponse:
    newest, unread = news_for(request.user.ref)
    found = home_queries.at_home(request.user, newest)
    keep_roles(request, found.roles)
    things, count = found.things, len(found.things)
    page = {
        "person": request.user,
        "roles": found.roles.held,
        "takes_part": bool(found.roles.circle_roles),
        "things": things,
        "today": timezone.localdate(),
        "lead": ngettext("%(num)s thing waits for you.", "%(num)s things wait for you.", count) % {"num": count}
        if things
        else _("You are up to date."),
        "unread": unread,
    }
    return render(request, "journey/home.html", page)


@login_required
@require_safe
def own_data(request: PersonRequest) -> HttpResponse:
    return render(request, "journey/own_data.html", {"parts": own_data_everywhere.collect(request.user)})


@login_required
@require_safe
@never_cache
def download_own_data(request: PersonRequest) -> HttpResponse:
    parts = [{"title": held.title, "rows": held.rows} for held in own_data_everywhere.collect(request.user)]
    body = json.dumps(parts, ensure_ascii=False, indent=2, default=str)
    named = {"Content-Disposition": 'attachment; filename="luotsi-own-data.json"'}
    return HttpResponse(body, content_type="application/json", headers=named)


@login_required
@require_POST
def forget(request: PersonRequest) -> HttpResponse:
    own_data_everywhere.forget(request.user, by=request.user)
    accounts.sign_out(request)
    return redirect("journey:forgotten")
