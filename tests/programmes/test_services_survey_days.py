from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.people.enums import CircleRole
from luotsi.programmes.enums import ActivityState
from luotsi.programmes.models.plans import Activity
from luotsi.programmes.services.survey_days import open_due_surveys
from luotsi.surveys.models import Response, Wave
from luotsi.surveys.services.instruments import keep_instrument
from luotsi.surveys.services.waves import close_wave
from tests.factories.activities import activity_in, wall
from tests.factories.people import join
from tests.factories.programmes import mentee, mentor, open_round
from tests.factories.surveys import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    """Two mentors and a mentee, in the circle of their programme."""
    round_ = open_round()
    for part in (mentor(round_), mentor(round_), mentee(round_)):
        join(round_.programme.circle, part.person, CircleRole(part.role))
    return round_


def survey_in(round_, days: int = 0, **values) -> Activity:
    usual = {
        "kind": "survey",
        "instrument": "closing",
        "starts_local": None,
        "due_on": timezone.localdate() + timedelta(days=days),
        "for_whom": ["mentor"],
        "minutes": None,
    }
    return activity_in(round_.programme, "How is it going?", **usual | values)


def test_a_survey_opens_in_its_week_once_for_those_whom_it_is_for(round_) -> None:
    keep_instrument(form_of(), by=SYSTEM)
    activity = survey_in(round_, days=3, moment="start")

    assert (open_due_surveys(), open_due_surveys()) == (1, 0)

    wave = Wave.objects.get()
    assert (wave.circle, wave.closes_on, wave.moment) == (round_.programme.circle, activity.due_on, "start")
    assert Response.objects.filter(wave=wave).count() == 2
    activity.refresh_from_db()
    assert activity.state == ActivityState.DONE


@pytest.mark.parametrize("values", [{"days": 7}, {"days": -1}, {"instrument": ""}, {"instrument": "no-such"}])
def test_what_is_not_due_or_cannot_be_asked_is_left(round_, values) -> None:
    keep_instrument(form_of(), by=SYSTEM)
    activity = survey_in(round_, **values)

    assert open_due_surveys() == 0

    activity.refresh_from_db()
    assert (activity.state, Wave.objects.count()) == ("planned", 0)


def test_a_survey_with_a_day_opens_on_it_for_two_weeks(round_) -> None:
    keep_instrument(form_of(), by=SYSTEM)
    survey_in(round_, starts_local=wall(0), due_on=None)
    survey_in(round_, starts_local=wall(1), due_on=None)

    assert open_due_surveys() == 1
    assert Wave.objects.get().closes_on == timezone.localdate() + timedelta(days=14)


def test_the_end_follows_the_start_and_waits_for_it_to_be_closed(round_) -> None:
    keep_instrument(form_of(), by=SYSTEM)
    survey_in(round_, moment="start")
    open_due_surveys()
    end = survey_in(round_, moment="end")

    assert open_due_surveys() == 0
    start = Wave.objects.get()
    close_wave(start, by=SYSTEM)
    assert open_due_surveys() == 1

    assert Wave.objects.get(moment="end").follows == start
    end.refresh_from_db()
    assert end.state == "done"


def test_too_few_for_an_anonymous_survey_are_not_asked(round_) -> None:
    keep_instrument(form_of(answering="anonymous"), by=SYSTEM)
    survey_in(round_)

    assert (open_due_surveys(), Wave.objects.count()) == (0, 0)


def test_a_survey_of_another_programme_asks_nobody_here(round_) -> None:
    keep_instrument(form_of(), by=SYSTEM)
    other = open_round()
    part = mentor(other)
    join(other.programme.circle, part.person, CircleRole.MENTOR)
    survey_in(other)

    open_due_surveys()

    assert list(Response.objects.values_list("person", flat=True)) == [part.person.pk]
