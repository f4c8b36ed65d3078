"""The models that ship, from file to a plan on the calendar."""

from datetime import date

import pytest

from luotsi.programmes.formats.shipped import read_shipped, shipped_models
from luotsi.programmes.queries.checks import blocking, obstacles_to
from luotsi.programmes.services.programmes import draft_programme
from tests.factories.partners import partner_of
from tests.factories.people import NetworkFactory, coordinator_of

pytestmark = pytest.mark.django_db

MONDAY = date(2030, 9, 2)


def drafted(key: str):
    network = NetworkFactory.create()
    name = read_shipped(key).name
    return draft_programme(network, model_key=key, name=name, starts_on=MONDAY, by=coordinator_of(network))


@pytest.mark.parametrize("key", shipped_models())
def test_every_shipped_model_becomes_a_plan(key):
    model = read_shipped(key)

    programme = drafted(key)

    assert programme.phases.count() == len(model.phases)
    assert programme.activities.count() == sum(len(phase.activities) for phase in model.phases)
    for activity in programme.activities.select_related("phase"):
        day = activity.due_on or activity.starts_local.date()
        assert activity.phase.starts_on <= day <= activity.phase.ends_on, activity.key
        assert day.weekday() < 5, activity.key


def test_supervisor_mentoring_begun_in_september_meets_from_january_and_passes_on_from_june():
    programme = drafted("supervisor-mentoring")

    days = {phase.key: (phase.starts_on, phase.ends_on) for phase in programme.phases.all()}
    assert days["planning"] == (MONDAY, date(2030, 11, 24))
    assert days["sessions"] == (date(2031, 1, 13), date(2031, 6, 1))
    assert days["transfer"] == (date(2031, 6, 2), date(2031, 9, 28))
    assert days["evaluation"] == (date(2031, 9, 29), date(2031, 12, 21))
    training = programme.activities.get(key="transfer-training")
    assert date(2031, 5, 12) <= training.starts_local.date() <= date(2031, 5, 16)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("career-mentoring", []),
        (
            "learning-mentoring",
            ["Aalto has named nobody in its management as sponsor.", "Aalto has set no main goal."],
        ),
        ("regional-passport", ["Aalto has not approved the plan as it stands."]),
        ("supervisor-mentoring", ["Aalto has not approved the plan as it stands."]),
    ],
)
def test_what_a_partner_does_before_the_call_is_the_model_s(key, wanted):
    programme = drafted(key)
    partner = partner_of(programme)
    partner.organisation.amend(name="Aalto")

    found = [each.sentence for each in blocking(obstacles_to(programme)) if each.is_about_partners]

    assert found == wanted
