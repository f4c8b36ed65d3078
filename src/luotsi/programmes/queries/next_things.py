"""Reads: what waits for a coordinator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.programmes.enums import TO_APPLY, ApplicationState, ImportState, ProgrammeState
from luotsi.programmes.models.lists import ImportRun
from luotsi.programmes.queries.programmes import programmes_for
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from luotsi.people.models import Person
    from luotsi.programmes.models.programmes import Programme


def next_things_for(person: Person) -> list[NextThing]:
    """What waits for a coordinator: two queries."""
    return [*_lists_to_take(person), *_programmes_to_go_on_with(person)]


def _lists_to_take(person: Person) -> list[NextThing]:
    ready = ImportRun.objects.filter(round__programme__in=programmes_for(person), state=ImportState.READY)
    good = Count("rows", filter=Q(rows__outcome__in=TO_APPLY))
    found = ready.annotate(good=good).filter(good__gt=0).select_related("round__programme").order_by("pk")
    return [
        NextThing(
            title=_("Take the list %(file)s") % {"file": run.file_name},
            text=ngettext(
                "%(count)s row is ready to come into %(programme)s.",
                "%(count)s rows are ready to come into %(programme)s.",
                run.good,
            )
            % {"count": run.good, "programme": run.round.programme.name},
            by_when=None,
            address=reverse("programmes:import", args=[run.round.programme.ref, run.ref]),
            label=_("Look at the list"),
            weight=20,
        )
        for run in found[:5]
    ]


def _programmes_to_go_on_with(person: Person) -> list[NextThing]:
    waiting = Count("rounds__applications", filter=Q(rounds__applications__state=ApplicationState.SUBMITTED))
    found = programmes_for(person).annotate(waiting=waiting).order_by("starts_on", "pk")
    drafts = Q(state=ProgrammeState.DRAFT)
    undecided = Q(state=ProgrammeState.OPEN, waiting__gt=0)
    return [_go_on_with(programme, programme.waiting) for programme in found.filter(drafts | undecided)[:5]]


def _go_on_with(programme: Programme, waiting: int) -> NextThing:
    if programme.state == ProgrammeState.DRAFT:
        return NextThing(
            title=_("Open %(programme)s") % {"programme": programme.name},
            text=_("The programme is a draft. Nobody else sees it yet."),
            by_when=programme.starts_on if programme.starts_on > timezone.localdate() else None,
            address=reverse("programmes:set_up", args=[programme.ref]),
            label=_("Go on setting up"),
            weight=40,
        )
    return NextThing(
        title=ngettext("Decide on %(count)s application", "Decide on %(count)s applications", waiting)
        % {"count": waiting},
        text=_("They wait in %(programme)s.") % {"programme": programme.name},
        by_when=None,
        address=reverse("programmes:applications", args=[programme.ref]) + "?state=submitted",
        label=_("Look at the applications"),
        weight=25,
    )
