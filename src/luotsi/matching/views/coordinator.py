"""Pages of the coordinator: the runs of a programme, and the matching desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luotsi.core.errors import NotThereError
from luotsi.matching import queries
from luotsi.matching.enums import RunState
from luotsi.matching.messages.reasons import reasons_of, trouble_told, why_left_out
from luotsi.matching.services import runs as run_services
from luotsi.matching.views.desk import desk_of
from luotsi.programmes.queries.participations import free_counts_of
from luotsi.programmes.queries.programmes import programme_for, round_of
from luotsi.web.paging import page_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from luotsi.matching.models import MatchRun, Proposal
    from luotsi.people.requests import PersonRequest

LEFT_AT_ONCE = 20
MOST_DIGITS = 7


@login_required
@require_safe
def runs(request: PersonRequest, ref: UUID) -> HttpResponse:
    programme = programme_for(request.user, ref)
    page = page_of(queries.runs_of(programme), request, by=("-pk",))
    return render(
        request, "matching/runs.html", {"programme": programme, "page": page, "free": free_counts_of(programme)}
    )


@login_required
@require_POST
def start(request: PersonRequest, ref: UUID) -> HttpResponse:
    round_ = round_of(programme_for(request.user, ref))
    if round_ is None:
        raise NotThereError
    run = run_services.start_run(round_, by=request.user)
    return redirect("matching:run", ref, run.ref)


@login_required
@require_safe
def run(request: PersonRequest, ref: UUID, run_ref: UUID) -> HttpResponse:
    programme = programme_for(request.user, ref)
    found = queries.run_in(programme, run_ref)
    if found.state not in {RunState.DONE, RunState.PUBLISHED}:
        return render(request, "matching/run_waiting.html", {"programme": programme, **_waiting(found)})
    wanted = request.GET.get("name", "")[:100]
    page = page_of(queries.proposals_of(found, wanted), request, by=("mentee__person__sort_key", "pk"))
    chosen = _chosen(request, found, page.rows)
    context = {
        "programme": programme,
        "run": found,
        "page": page,
        "wanted": wanted,
        "desk": desk_of(page.rows, chosen),
        "chosen": chosen,
        "reasons": reasons_of(chosen.reasons, queries.names_of_skills(chosen)) if chosen else [],
        "is_newest": queries.is_newest(found),
        "states": queries.states_of(found) if found.state == RunState.PUBLISHED else [],
        **_left_out(request, found),
    }
    return render(request, "matching/run.html", context)


@login_required
@require_safe
@never_cache
def progress(request: PersonRequest, ref: UUID, run_ref: UUID) -> HttpResponse:
    """The part of the page that changes while somebody waits. Once the work is over, it asks for the whole page."""
    programme = programme_for(request.user, ref)
    found = queries.run_in(programme, run_ref)
    response = render(request, "matching/run_progress.html", {"programme": programme, **_waiting(found)})
    if found.state != RunState.WAITING:
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def publish(request: PersonRequest, ref: UUID, run_ref: UUID) -> HttpResponse:
    found = queries.run_in(programme_for(request.user, ref), run_ref)
    run_services.publish_run(found, by=request.user)
    text = ngettext(
        "%(count)s pair has been published. The two get a message.",
        "%(count)s pairs have been published. All of them get a message.",
        found.matched,
    )
    messages.success(request, text % {"count": found.matched})
    return redirect("matching:run", ref, run_ref)


def _waiting(run: MatchRun) -> dict[str, Any]:
    people = queries.people_by_key(run.trouble.get("keys", ()))
    trouble = trouble_told(run.trouble, [str(person) for person in people.values()]) if run.trouble else ""
    return {"run": run, "job": queries.job_of(run), "trouble": trouble}


def _chosen(request: PersonRequest, run: MatchRun, rows: Sequence[Proposal]) -> Proposal | None:
    """The pair that is asked for, or the weakest of the page: the one to look at first."""
    try:
        ref = UUID(request.GET["pair"])
    except (KeyError, ValueError):
        return min(rows, key=lambda proposal: proposal.score, default=None)
    return queries.proposal_in(run, ref)


def _left_out(request: PersonRequest, run: MatchRun) -> dict[str, Any]:
    """Who has nobody and why, some at a time; and of whom one more place would bring most."""
    result = queries.result_of(run)
    if result is None:
        return {"left_out": [], "left_counts": (0, 0), "gains": [], "next_left": None, "bytes_gone": True}
    everybody = [(left, True) for left in result.mentees_left_out] + [(left, False) for left in result.mentors_left_out]
    start = int(text) if (text := request.GET.get("left", "")).isdecimal() and len(text) < MOST_DIGITS else 0
    shown = everybody[start : start + LEFT_AT_ONCE]
    people = queries.people_by_key(left.key for left, _is_mentee in shown)
    return {
        "left_out": [
            (people[left.key], is_mentee, why_left_out(left, is_mentee=is_mentee))
            for left, is_mentee in shown
            if left.key in people
        ],
        "left_counts": (len(result.mentees_left_out), len(result.mentors_left_out)),
        "gains": queries.gains_of(run, result),
        "next_left": start + LEFT_AT_ONCE if start + LEFT_AT_ONCE < len(everybody) else None,
        "bytes_gone": False,
    }
