"""Waves of earlier times are dated by the installation alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.surveys.services.history import date_wave
from tests.factories.people import NetworkFactory
from tests.factories.workshops import culture_wave, organisation_in, steering

pytestmark = pytest.mark.django_db


def test_a_closed_wave_gets_the_days_on_which_it_was_open() -> None:
    wave = culture_wave(organisation_in(NetworkFactory.create()))
    closed_at = timezone.now() - timedelta(days=100)

    date_wave(wave, opened_at=closed_at - timedelta(days=30), closed_at=closed_at, by=SYSTEM)

    wave.refresh_from_db()
    assert (wave.opened_at, wave.closed_at) == (closed_at - timedelta(days=30), closed_at)
    assert wave.closes_on == timezone.localtime(closed_at).date()


def test_nobody_else_dates_a_wave_and_no_wave_closes_before_it_opens() -> None:
    organisation = organisation_in(NetworkFactory.create())
    wave = culture_wave(organisation)
    was, before = wave.opened_at, timezone.now() - timedelta(days=1)

    reasons = []
    for by, opened_at, closed_at in (
        (steering(organisation), before, timezone.now()),
        (SYSTEM, timezone.now(), before),
        (SYSTEM, before, None),
    ):
        with pytest.raises(RefusedError) as refusal:
            date_wave(wave, opened_at=opened_at, closed_at=closed_at, by=by)
        reasons.append(str(refusal.value.text))

    wave.refresh_from_db()
    assert reasons == [
        "Only the installation itself dates surveys.",
        "A survey opens before it closes, and neither comes before it has happened.",
        "A survey opens before it closes, and neither comes before it has happened.",
    ]
    assert wave.opened_at == was
