"""Stories of the plan as a whole: laid out, laid out again, shifted."""

from datetime import UTC, date, datetime

import pytest

from luotsi.core.errors import RefusedError
from luotsi.programmes.enums import ActivityState
from luotsi.programmes.formats.plan_days import day_in, deadline_in, week_of, working_day_until
from luotsi.programmes.models.partners import Partner
from luotsi.programmes.models.plans import Activity, Phase
from luotsi.programmes.services import plans
from tests.factories.partners import with_plan
from tests.factories.people import NetworkFactory, OrganisationFactory, coordinator_of

pytestmark = pytest.mark.django_db


def test_a_plan_is_laid_out_on_working_days_from_the_first_day_on():
    host = OrganisationFactory.create()
    programme = with_plan(starts_on=date(2026, 3, 2))
    Partner(programme=programme, organisation=host, is_host=True).insert()

    plans.lay_out(programme, by=coordinator_of(programme.network))

    days = list(programme.phases.order_by("position").values_list("key", "starts_on", "ends_on"))
    assert days[:2] == [
        ("call", date(2026, 3, 2), date(2026, 3, 29)),
        ("matching", date(2026, 3, 30), date(2026, 4, 12)),
    ]
    assert days[-1][2] == programme.ends_on
    kick_off, meeting, letters = (programme.activities.get(key=key) for key in ("kick_off", "hr_meeting", "letters"))
    assert kick_off.starts_local == datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert meeting.starts_local == datetime(2026, 3, 11, 13, tzinfo=UTC)
    assert (letters.starts_local, letters.due_on) == (None, date(2026, 3, 13))
    assert (kick_off.responsible, kick_off.capacity, kick_off.for_whom) == (host, 30, ["hr"])


def test_laid_out_again_nothing_is_made_twice_and_nothing_changed_is_lost():
    programme = with_plan()
    coordinator = coordinator_of(programme.network)
    plans.lay_out(programme, by=coordinator)
    programme.activities.get(key="letters").amend(due_on=date(2026, 3, 20), state=ActivityState.CANCELLED)
    before = list(Activity.objects.values()), list(Phase.objects.values())

    plans.lay_out(programme, by=coordinator)

    assert (list(Activity.objects.values()), list(Phase.objects.values())) == before


def test_a_shift_moves_later_phases_with_what_is_planned_and_leaves_what_was_done():
    programme = with_plan(starts_on=date(2026, 3, 2))
    coordinator = coordinator_of(programme.network)
    plans.lay_out(programme, by=coordinator)
    programme.activities.get(key="kick_off").amend(state=ActivityState.DONE)
    call = programme.phases.get(key="call")

    plans.shift(programme, days=5, from_phase=call, by=coordinator)

    kick_off, meeting, letters = (programme.activities.get(key=key) for key in ("kick_off", "hr_meeting", "letters"))
    assert kick_off.starts_local == datetime(2026, 3, 10, 9, tzinfo=UTC)
    assert (meeting.starts_local, meeting.sequence) == (datetime(2026, 3, 16, 13, tzinfo=UTC), 1)
    assert letters.due_on == date(2026, 3, 18)
    assert (programme.starts_on, programme.ends_on) == (date(2026, 3, 7), date(2026, 10, 16))


def test_a_shift_of_a_later_phase_leaves_the_earlier_ones():
    programme = with_plan(starts_on=date(2026, 3, 2))
    coordinator = coordinator_of(programme.network)
    plans.lay_out(programme, by=coordinator)

    plans.shift(programme, days=7, from_phase=programme.phases.get(key="matching"), by=coordinator)

    call = programme.phases.get(key="call")
    assert (call.starts_on, call.ends_on) == (date(2026, 3, 2), date(2026, 4, 5))
    assert programme.phases.get(key="matching").starts_on == date(2026, 4, 6)
    assert programme.activities.get(key="letters").due_on == date(2026, 3, 13)
    assert programme.starts_on == date(2026, 3, 2)


def test_another_network_s_coordinator_lays_out_nothing_and_shifts_nothing():
    programme = with_plan()
    plans.lay_out(programme, by=coordinator_of(programme.network))
    stranger = coordinator_of(NetworkFactory.create())
    before = list(Phase.objects.values())

    with pytest.raises(RefusedError):
        plans.lay_out(programme, by=stranger)
    with pytest.raises(RefusedError):
        plans.shift(programme, days=7, from_phase=programme.phases.get(key="call"), by=stranger)

    assert list(Phase.objects.values()) == before


def test_holidays_and_the_weeks_of_july_are_left_free():
    easter = week_of(date(2026, 4, 1), 1)
    christmas = week_of(date(2026, 12, 23), 1)

    assert (day_in(easter, 0), day_in(easter, 1)) == (date(2026, 4, 7), date(2026, 4, 1))
    assert deadline_in(christmas) == date(2026, 12, 29)
    assert deadline_in(week_of(date(2026, 3, 31), 1)) == date(2026, 4, 2)
    assert working_day_until(date(2026, 4, 6)) == date(2026, 4, 2)
    assert week_of(date(2026, 6, 22), 2, skips_july=True)[0] == date(2026, 8, 3)


def test_a_phase_cannot_eat_up_the_one_before_it():
    programme = with_plan(starts_on=date(2026, 3, 2))
    coordinator = coordinator_of(programme.network)
    plans.lay_out(programme, by=coordinator)
    before = list(Phase.objects.values())

    with pytest.raises(RefusedError, match="Nothing would be left"):
        plans.shift(programme, days=-28, from_phase=programme.phases.get(key="matching"), by=coordinator)

    assert list(Phase.objects.values()) == before
