from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry, Event
from luotsi.programmes.enums import ProgrammeState, RoundState
from luotsi.programmes.models.programmes import Programme, Round
from luotsi.programmes.queries.descriptions import model_in, shipped_text
from luotsi.programmes.queries.programmes import plan_of
from luotsi.programmes.services.programmes import (
    cancel_programme,
    close_programme,
    draft_programme,
    open_programme,
    publish_programme,
)
from luotsi.programmes.services.rounds import move_round
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of
from tests.factories.programmes import ApplicationFactory, ProgrammeFactory, mentor, open_round

pytestmark = pytest.mark.django_db

SOON = timezone.localdate() + timedelta(weeks=2)
NAME = {"fi": "Työuramentorointi 2026", "sv": "  ", "en": "Career mentoring 2026 "}


def test_a_draft_keeps_the_models_text_and_takes_its_end_from_it() -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)

    programme = draft_programme(
        network, model_key="career-mentoring", name=NAME, starts_on=date(2026, 3, 2), by=coordinator
    )

    programme.refresh_from_db()
    assert programme.state == ProgrammeState.DRAFT
    assert programme.name == {"fi": "Työuramentorointi 2026", "en": "Career mentoring 2026"}
    assert programme.description == shipped_text("career-mentoring")
    assert programme.ends_on == date(2026, 10, 11)
    assert programme.circle.network == network
    assert list(Round.objects.all()) == []
    assert list(Event.objects.all()) == []


def test_publishing_opens_the_first_round_and_announces_it() -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)
    programme = ProgrammeFactory.create(network=network, state=ProgrammeState.DRAFT, starts_on=SOON)

    publish_programme(programme, by=coordinator)

    programme.refresh_from_db()
    assert programme.state == ProgrammeState.OPEN
    assert list(Round.objects.values_list("programme", "number", "state")) == [(programme.pk, 1, "recruiting")]
    assert list(Event.objects.values_list("kind", "facts")) == [
        (
            "programmes.ProgrammeOpened",
            {"programme": {"ref": str(programme.ref)}, "network": {"ref": str(network.ref)}},
        )
    ]
    assert list(AuditEntry.objects.filter(subject_ref=programme.ref).values_list("verb", "actor_ref")) == [
        ("programmes.opened", coordinator.ref)
    ]


def test_publishing_twice_is_refused() -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)
    programme = open_programme(network, model_key="career-mentoring", name=NAME, starts_on=SOON, by=coordinator)

    with pytest.raises(RefusedError):
        publish_programme(programme, by=coordinator)

    assert Round.objects.count() == 1


def test_a_coordinator_of_another_network_opens_nothing_here() -> None:
    network = NetworkFactory.create()
    stranger = coordinator_of(NetworkFactory.create())
    programme = ProgrammeFactory.create(network=network, state=ProgrammeState.DRAFT)

    with pytest.raises(RefusedError):
        draft_programme(network, model_key="career-mentoring", name=NAME, starts_on=date(2026, 3, 2), by=stranger)
    with pytest.raises(RefusedError):
        publish_programme(programme, by=stranger)
    with pytest.raises(RefusedError):
        cancel_programme(programme, by=stranger)
    with pytest.raises(RefusedError):
        close_programme(programme, by=stranger)

    assert list(Programme.objects.values_list("pk", "state")) == [(programme.pk, "draft")]
    assert list(Round.objects.all()) == []


def test_a_programme_with_people_is_closed_and_not_cancelled() -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)
    round_ = open_round(network)
    mentor(round_)

    with pytest.raises(RefusedError):
        cancel_programme(round_.programme, by=coordinator)
    close_programme(round_.programme, by=coordinator)

    round_.programme.refresh_from_db()
    assert round_.programme.state == ProgrammeState.CLOSED


def test_a_programme_with_applications_only_can_be_cancelled() -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)
    round_ = open_round(network)
    ApplicationFactory.create(round=round_)

    cancel_programme(round_.programme, by=coordinator)

    round_.programme.refresh_from_db()
    assert round_.programme.state == ProgrammeState.CANCELLED


def test_a_round_goes_on_and_not_over_its_steps() -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)
    round_ = open_round(network)

    with pytest.raises(RefusedError):
        move_round(round_, RoundState.EVALUATING, by=coordinator)
    move_round(round_, RoundState.MATCHING, by=coordinator)
    move_round(round_, RoundState.MATCHING, by=coordinator)

    round_.refresh_from_db()
    assert round_.state == RoundState.MATCHING
    assert list(AuditEntry.objects.filter(subject_ref=round_.ref).values_list("verb", flat=True)) == [
        "programmes.round_moved"
    ]


def test_a_round_of_another_network_stays() -> None:
    round_ = open_round()

    with pytest.raises(RefusedError):
        move_round(round_, RoundState.MATCHING, by=PersonFactory.create())

    round_.refresh_from_db()
    assert round_.state == RoundState.RECRUITING


def test_the_plan_has_the_models_phases_on_the_programmes_days() -> None:
    programme = ProgrammeFactory.create(starts_on=date(2026, 3, 2))

    plan = plan_of(programme)

    phases = model_in(programme.description).phases
    assert [phase.key for phase in plan] == [phase.key for phase in phases]
    assert plan[0].starts_on == date(2026, 3, 2)
    assert [(after.starts_on - before.ends_on).days for before, after in pairwise(plan)] == [1] * (len(plan) - 1)
    assert programme.ends_on == plan[-1].ends_on
