"""Reads: answers to interim assignments, and what waits for those who answer and those who judge."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Case, Count, Exists, Min, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.core.queries import one
from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import ActivityState, AnswerState, ProgrammeState
from luotsi.programmes.formats.values import ActivityKind
from luotsi.programmes.models.activities import AssignmentAnswer, AssignmentComment, AssignmentFile, Attendance
from luotsi.programmes.models.plans import Activity
from luotsi.programmes.queries.activities import activities_for, people_for
from luotsi.programmes.rules import trained_by
from luotsi.web.components import NextThing

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Person
    from luotsi.web.components import Waiting

SOON: Final = timedelta(days=28)  # how long before something stands on the home page
ANSWER_KIND, SIGN_UP_KIND, JUDGE_KIND = "programmes.answer", "programmes.sign_up", "programmes.judge"
FINISHED: Final = (AnswerState.HANDED_IN, AnswerState.ACCEPTED)


def answer_of(activity: Activity, person: Person) -> AssignmentAnswer | None:
    """The person's own answer, if there is any word of it yet."""
    mine = AssignmentAnswer.objects.filter(activity=activity, person=person)
    return mine.select_related("activity__programme", "person", "decided_by").first()


def late_for(person: Person) -> QuerySet[Any, Any]:
    """Assignments whose day has passed and that the person has not handed in, the oldest first."""
    mine = AssignmentAnswer.objects.filter(activity=OuterRef("pk"), person=person, state__in=FINISHED)
    late = activities_for(person).filter(
        kind=ActivityKind.INTERIM_ASSIGNMENT, state=ActivityState.PLANNED, day__lt=timezone.localdate()
    )
    return late.exclude(Exists(mine)).order_by("day", "pk")


def missing_answers_to(activity: Activity) -> QuerySet[Person]:
    """Whom an assignment is for and who has not handed in an answer, by name."""
    finished = AssignmentAnswer.objects.filter(activity=activity, state__in=FINISHED)
    return people_for(activity).exclude(pk__in=finished.values("person"))


def answers_to_tell(person: Person) -> QuerySet[AssignmentAnswer]:
    """All answers of the person, for the own data."""
    mine = AssignmentAnswer.objects.filter(person=person).select_related("activity__programme")
    return mine.prefetch_related("files__file", "comments__person").order_by("pk")


def comments_by(person: Person) -> QuerySet[AssignmentComment]:
    """What the person wrote about answers of others."""
    mine = AssignmentComment.objects.filter(person=person).exclude(answer__person=person)
    return mine.select_related("answer__activity").order_by("pk")


def answers_to_judge_by(person: Person) -> QuerySet[AssignmentAnswer]:
    """What was handed in to activities at which the person trains; not drafts, and not the own one."""
    trained = Activity.objects.filter(trained_by(person))
    handed_in = AssignmentAnswer.objects.filter(activity__in=trained.values("pk"), handed_in_at__isnull=False)
    return handed_in.exclude(person=person).select_related("activity__programme", "person", "decided_by")


def waiting_answers_of(person: Person) -> QuerySet[AssignmentAnswer]:
    """The queue of a trainer: what nobody has decided on, the oldest first."""
    return answers_to_judge_by(person).filter(state=AnswerState.HANDED_IN).order_by("handed_in_at", "pk")


def answer_to_judge_by(person: Person, ref: UUID) -> AssignmentAnswer:
    return one(answers_to_judge_by(person), ref)


def answers_to(activity: Activity, person: Person) -> QuerySet[AssignmentAnswer]:
    """All that was handed in to an activity at which the person trains, by name."""
    return answers_to_judge_by(person).filter(activity=activity).order_by("person__sort_key", "pk")


def file_of(answer: AssignmentAnswer, ref: UUID) -> AssignmentFile:
    return one(answer.files.select_related("file", "answer__activity"), ref)


def days_waiting(answer: AssignmentAnswer) -> int:
    """For how many days it has been waiting for a trainer."""
    if answer.handed_in_at is None:
        return 0
    return (timezone.localdate() - timezone.localdate(answer.handed_in_at)).days


def waiting_for(person: Person) -> list[QuerySet[Any, Any]]:
    """Assignments to do and activities to sign up for, as rows to be asked for together with others (web.components).

    `mark` is a plus where an answer was begun or returned.
    """
    today = timezone.localdate()
    near = activities_for(person).filter(
        state=ActivityState.PLANNED, programme__state=ProgrammeState.OPEN, day__lte=today + SOON
    )
    mine = {"activity": OuterRef("pk"), "person": person}
    answers = AssignmentAnswer.objects.filter(**mine)
    to_do = near.filter(kind=ActivityKind.INTERIM_ASSIGNMENT).exclude(Exists(answers.filter(state__in=FINISHED)))
    begun = Case(When(Exists(answers), then=Value("+")), default=Value(""), output_field=TextField())
    to_sign_up = near.filter(takes_sign_up=True, day__gt=today).exclude(Exists(Attendance.objects.filter(**mine)))
    nothing = Value("", TextField())
    return [_rows(to_do, ANSWER_KIND, begun), _rows(to_sign_up, SIGN_UP_KIND, nothing)]


def waiting_for_trainer(person: Person) -> list[QuerySet[Any, Any]]:
    """Assignments with answers that nobody has judged; `mark` is how many, `until` when the oldest was handed in."""
    handed_in = AssignmentAnswer.objects.filter(activity=OuterRef("pk"), state=AnswerState.HANDED_IN)
    waiting = handed_in.exclude(person=person).order_by().values("activity")
    trained = Activity.objects.filter(trained_by(person)).annotate(
        count=Subquery(waiting.annotate(count=Count("pk")).values("count")),
        day=TruncDate(Subquery(waiting.annotate(oldest=Min("handed_in_at")).values("oldest"))),
    )
    return [_rows(trained.filter(count__gt=0), JUDGE_KIND, Cast("count", TextField()))]


def _rows(activities: QuerySet[Any, Any], kind: str, mark: Any) -> QuerySet[Any, Any]:  # noqa: ANN401 -- an expression
    nothing = Value("", TextField())
    names = Cast("name", TextField())
    found: QuerySet[Any, Any] = activities.select_related(None).order_by()
    return found.values_list(Value(kind, TextField()), "ref", names, nothing, mark, "day")


def thing_of(row: Waiting) -> NextThing:
    """What a row of `waiting_for` or `waiting_for_trainer` comes to."""
    name = {"name": TranslatedText(json.loads(row.name))}
    if row.kind == JUDGE_KIND:
        return _to_judge(row, name)
    if row.kind == SIGN_UP_KIND:
        return NextThing(
            title=_("Say whether you come: %(name)s") % name,
            text=_("There may be fewer places than people."),
            by_when=row.until,
            address=reverse("programmes:my_activity", args=[row.ref]),
            label=_("Look at it"),
            weight=34,
        )
    is_late = row.until < timezone.localdate()
    return NextThing(
        title=_("Do the assignment: %(name)s") % name,
        text=_("Its day has passed. You can hand it in all the same.") if is_late else _("It is kept as you write."),
        by_when=row.until,
        address=reverse("programmes:my_answer", args=[row.ref]),
        label=_("Go on") if row.mark else _("Begin"),
        weight=22 if is_late else 32,
    )


def _to_judge(row: Waiting, name: dict[str, TranslatedText]) -> NextThing:
    count, days = int(row.mark), (timezone.localdate() - row.until).days
    waited = ngettext("The oldest has waited for %(days)d day.", "The oldest has waited for %(days)d days.", days)
    return NextThing(
        title=ngettext("Read %(count)d answer: %(name)s", "Read %(count)d answers: %(name)s", count)
        % (name | {"count": count}),
        text=waited % {"days": days} if days else _("It came today."),
        by_when=None,
        address=reverse("programmes:answers"),
        label=_("Look at the answers"),
        weight=24,
    )
