"""What competence holds about a person. Frameworks are public criteria; officials are never read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.competence.models import Assessment, AssessmentTask, FrameworkImport, GrowthShare, SkillNeed
from luotsi.competence.queries.assessments import with_levels
from luotsi.competence.services import forgetting
from luotsi.core.privacy import Held, day_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luotsi.core.actors import Actor
    from luotsi.people.models import Person

COVERS = frozenset(
    {
        "competence.Assessment.person",
        "competence.Assessment.assessor",
        "competence.AssessmentTask.person",
        "competence.AssessmentTask.assessor",
        "competence.FrameworkImport.person",
        "competence.GrowthShare.person",
        "competence.GrowthShare.shown_to",
        "competence.SkillNeed.person",
    }
)


def collect(person: Person) -> list[Held]:
    """What was said of the person, with the names of who said it; what the person said of others, without theirs.

    The names of those whom the person assessed are their data, and how they grow is shown by them alone.
    """
    of_me = Assessment.objects.filter(person=person)
    of_others = Assessment.objects.filter(assessor=person).exclude(person=person)
    return [
        Held(title=_("Assessments of my competence"), rows=_assessments(of_me, with_names=True)),
        Held(title=_("Assessments that I have made of others"), rows=_assessments(of_others, with_names=False)),
        Held(title=_("What I was asked to assess"), rows=_tasks(person)),
        Held(title=_("To whom I show my growth"), rows=_shares(person)),
        Held(title=_("Competence that I brought in or asked for at work"), rows=[*_imports(person), *_needs(person)]),
    ]


def _assessments(found: QuerySet[Assessment], *, with_names: bool) -> list[dict[str, str]]:
    rows = []
    for each, level in with_levels(found):
        row = {
            _("Date"): each.on.isoformat(),
            _("Competence"): str(each.competence.name),
            _("Level"): level,
            _("Who assesses?"): each.get_assessed_by_display(),
            _("Moment"): each.get_moment_display(),
            _("In own words"): each.words,
            _("Links"): " ".join(link.address for link in each.evidence.all()),
        }
        rows.append(row | ({_("Name"): str(each.assessor or "")} if with_names else {}))
    return rows


def _tasks(person: Person) -> list[dict[str, str]]:
    """Also what has been filled in and not been sent: it is the person's own."""
    mine = AssessmentTask.objects.filter(assessor=person).select_related("plan").order_by("pk")
    return [
        {
            _("Plan"): each.plan.name,
            _("Moment"): each.get_moment_display(),
            _("State"): each.get_state_display(),
            _("Last day to answer"): each.answer_by.isoformat(),
            _("Filled in so far"): "; ".join(
                " ".join(str(value) for value in entry.values()) for entry in each.draft.values()
            ),
        }
        for each in mine
    ]


def _shares(person: Person) -> list[dict[str, str]]:
    mine = GrowthShare.objects.filter(person=person).select_related("shown_to", "circle", "area").order_by("pk")
    return [
        {
            _("To whom?"): str(each.shown_to or each.circle),
            _("What?"): str(each.area.name) if each.area else _("all my growth"),
            _("Since"): day_of(each.created_at),
            _("Until"): (each.until.isoformat() if each.until else "")
            if each.ended_at is None
            else day_of(each.ended_at),
        }
        for each in mine
    ]


def _imports(person: Person) -> list[dict[str, str]]:
    found = FrameworkImport.objects.filter(person=person).select_related("framework").order_by("pk")
    return [
        {
            _("Date"): day_of(each.created_at),
            _("Framework"): str(each.framework or ""),
            _("State"): each.get_state_display(),
        }
        for each in found
    ]


def _needs(person: Person) -> list[dict[str, str]]:
    found = SkillNeed.objects.filter(person=person).select_related("organisation").order_by("pk")
    return [
        {
            _("Date"): day_of(each.created_at),
            _("Organisation"): str(each.organisation),
            _("What is needed"): each.words,
            _("State"): each.get_state_display(),
        }
        for each in found
    ]


def erase(person: Person, *, by: Actor) -> None:
    """What concerns the person goes; what others were told of themselves stays theirs, without the person."""
    forgetting.forget(person, by=by)
