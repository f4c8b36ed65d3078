"""Reads: what waits at home for those who share a plan: a yes to it, what is late, main goals to take."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import ProgrammeState
from luotsi.programmes.models.partners import MainGoal, Partner
from luotsi.programmes.models.plans import Activity, PlanApproval, PlanChange
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.partners import own_partners_of
from luotsi.programmes.queries.plans import late_activities
from luotsi.programmes.queries.programmes import programmes_for
from luotsi.programmes.rules import APPROVERS, GOAL_SETTERS, partners_steered, partners_through
from luotsi.surveys.models import Conclusion
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.people.models import Person
    from luotsi.web.components import Waiting

APPROVE_KIND, LATE_KIND, GOALS_KIND = "plans.approve", "plans.late", "plans.goals"
GOING_ON = (ProgrammeState.DRAFT, ProgrammeState.OPEN)
LED, OWN = "led", "own"
FIRST, AGAIN = "1", "2"


def waiting_for(person: Person) -> list[QuerySet[Any, Any]]:
    """Rows to be asked for together with others (web.components). `also` is an organisation, or how many are late."""
    led, own = programmes_for(person).order_by(), own_partners_of(person).order_by()
    return [
        _to_approve(person),
        _goals_to_take(person),
        _late(Programme.objects.filter(pk__in=led.values("pk")), late_activities(), LED),
        _late(
            Programme.objects.filter(pk__in=own.values("programme")).exclude(pk__in=led.values("pk")),
            late_activities().filter(
                Q(partner__in=own.values("pk")) | Q(partner=None, responsible__in=own.values("organisation"))
            ),
            OWN,
        ),
    ]


def _to_approve(person: Person) -> QuerySet[Any, Any]:
    """Plans that the person may approve for a partner and that nobody has approved as they stand."""
    mine = Partner.objects.filter(
        partners_through(person, *APPROVERS), left_on=None, programme__state__in=GOING_ON
    ).filter(Exists(Activity.objects.filter(programme=OuterRef("programme"))))
    newest = PlanApproval.objects.filter(partner=OuterRef("pk")).order_by("-pk").values("newest_change")[:1]
    changed = PlanChange.objects.filter(
        Q(partner=None) | Q(partner=OuterRef("pk")), programme=OuterRef("programme"), pk__gt=OuterRef("approved")
    )
    waiting = mine.annotate(approved=Subquery(newest)).filter(Q(approved=None) | Exists(changed))
    flag = Case(When(approved=None, then=Value(FIRST)), default=Value(AGAIN), output_field=TextField())
    return _partner_rows(waiting, APPROVE_KIND, flag)


def _goals_to_take(person: Person) -> QuerySet[Any, Any]:
    """Partners for whom the person sets main goals, and whose HR day has ended in something that is none yet."""
    mine = Partner.objects.filter(partners_steered(person, *GOAL_SETTERS), left_on=None, programme__state__in=GOING_ON)
    taken = MainGoal.objects.filter(partner=OuterRef(OuterRef("pk")), removed_at=None, conclusion__isnull=False)
    settled = Conclusion.objects.filter(
        part__organisation=OuterRef("organisation"),
        part__workshop__network=OuterRef("programme__network"),
        is_settled=True,
        removed_at=None,
    ).exclude(pk__in=taken.values("conclusion"))
    return _partner_rows(mine.filter(Exists(settled)), GOALS_KIND, Value(FIRST, TextField()))


def _partner_rows(partners: QuerySet[Partner], kind: str, flag: Any) -> QuerySet[Any, Any]:  # noqa: ANN401 -- an expression
    told: QuerySet[Any, Any] = partners.order_by().values_list(
        Value(kind, TextField()),
        "ref",
        Cast("programme__name", TextField()),
        Cast("organisation__name", TextField()),
        Concat(flag, Cast("programme__ref", TextField()), output_field=TextField()),
        "programme__starts_on",
    )
    return told


def _late(programmes: QuerySet[Programme], late: QuerySet[Activity], whose: str) -> QuerySet[Any, Any]:
    """One row a programme with how many are late."""
    counted = late.filter(programme=OuterRef("pk")).order_by().values("programme").annotate(all=Count("pk"))
    found = programmes.filter(state=ProgrammeState.OPEN).annotate(late=Subquery(counted.values("all")))
    told: QuerySet[Any, Any] = (
        found.filter(late__gt=0)
        .order_by()
        .values_list(
            Value(LATE_KIND, TextField()),
            "ref",
            Cast("name", TextField()),
            Cast("late", TextField()),
            Value(whose, TextField()),
            "ends_on",
        )
    )
    return told


def thing_of(row: Waiting) -> NextThing:
    """What a row of `waiting_for` comes to."""
    named = {"programme": TranslatedText(json.loads(row.name)), "organisation": row.also}
    if row.kind == LATE_KIND:
        return _thing_late(row, int(row.also), str(named["programme"]))
    programme = UUID(row.mark[1:])
    if row.kind == GOALS_KIND:
        return NextThing(
            title=_("Take what the HR day ended in as main goals: %(programme)s") % named,
            text=_("The main goals of %(organisation)s stand. One press makes them main goals of the programme.")
            % named,
            by_when=None,
            address=reverse("programmes:partner", args=[programme, row.ref]),
            label=_("Look at the main goals"),
            weight=32,
        )
    is_again = row.mark[:1] == AGAIN
    texts = (
        _("It is not as %(organisation)s approved it. The page shows what was and what is.")
        if is_again
        else _("All partners share one plan. %(organisation)s has not approved it yet.")
    )
    title = _("The plan has changed: %(programme)s") if is_again else _("Approve the plan: %(programme)s")
    return NextThing(
        title=title % named,
        text=texts % named,
        by_when=row.until if row.until > timezone.localdate() else None,
        address=reverse("programmes:approve_plan", args=[programme, row.ref]),
        label=_("Look at what changed") if is_again else _("Look at the plan"),
        weight=28,
    )


def _thing_late(row: Waiting, count: int, programme: str) -> NextThing:
    address = "programmes:programme_plan" if row.mark == LED else "programmes:plan"
    return NextThing(
        title=ngettext("%(count)s activity is late", "%(count)s activities are late", count) % {"count": count},
        text=_("In the plan of %(programme)s. Mark what was done, or move it to another day.")
        % {"programme": programme},
        by_when=None,
        address=reverse(address, args=[row.ref]),
        label=_("Look at the plan"),
        weight=26,
    )
