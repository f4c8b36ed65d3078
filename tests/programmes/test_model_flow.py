"""A value of the file that shows only when the programme runs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.matching.services import runs
from luotsi.programmes.enums import RoundState
from tests.factories.matching import done_run, pair
from tests.factories.model_files import model_tree, written
from tests.factories.people import coordinator_of
from tests.factories.programmes import open_round

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("days", [3, 10])
def test_a_proposal_waits_as_long_as_the_file_says(days: int) -> None:
    tree = model_tree()
    tree["matching"]["answer_days"] = days
    round_ = open_round(description=written(tree))
    coordinator = coordinator_of(round_.programme.network)
    pair(round_)
    run = done_run(round_, made_by=coordinator)
    round_.amend(state=RoundState.MATCHING)

    runs.publish_run(run, by=coordinator)

    assert run.proposals.get().answer_by == timezone.localdate() + timedelta(days=days)
