"""Model A in small: supervisors assessed at the start and at the end against the national criteria of guiding at work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.competence.enums import Moment
from luotsi.competence.formats.entries import Entry
from luotsi.competence.models import Area, Assessment, Competence
from luotsi.competence.queries.groups import group_growth_of
from luotsi.competence.services import assessments, plans
from luotsi.competence.services.imports import import_framework
from luotsi.core.actors import SYSTEM
from tests.competence.formats.samples import sample
from tests.factories.assessments import group_of
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of

pytestmark = pytest.mark.django_db

UNIT = "reference/tutkinnonosa_400011_tyopaikkaohjaajaksi-valmentautuminen.json"
STARTS = ("1", "1", "2", "1", "2", "1")
ENDS = ("2", "3", "3", "2", "2", "3")


def test_six_supervisors_grow_by_the_imported_criteria() -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)
    people = [PersonFactory.create() for _ in range(6)]
    import_framework(sample(UNIT), by=SYSTEM)
    unit = Area.objects.get()
    chosen = list(unit.competences.order_by("position"))
    plan = plans.make_plan(group_of(*people, network=network), name="Guiding at work", by=coordinator)
    plans.choose_in_area(plan, unit, chosen, by=coordinator)
    answer_by = timezone.localdate() + timedelta(days=14)

    for moment, levels in ((Moment.START, STARTS), (Moment.END, ENDS)):
        plans.ask(plan, plans.Round(moment=moment, answer_by=answer_by, people=tuple(people)), by=coordinator)
        for person, level in zip(people, levels, strict=True):
            task = plan.tasks.get(person=person, moment=moment)
            entries = {each.ref: Entry(level=level, then="1" if moment == Moment.END else "") for each in chosen}
            assessments.keep_draft(task, entries, by=person)
            assessments.send(task, by=person)
    plans.end_plan(plan, by=coordinator)
    plan.refresh_from_db()

    assert Competence.objects.count() == 4
    assert Assessment.objects.count() == 6 * 4 * 3  # start, end and looking back
    changes = group_growth_of(plan).changes
    assert [(each.people, round(each.start, 2), round(each.end, 2)) for each in changes] == [(6, 1.33, 2.5)] * 4
