"""The frameworks that ship with the product come in by themselves, once."""

import pytest

from luotsi.competence.models import Criterion, Framework
from luotsi.competence.services.frameworks import SHIPPED, load_shipped
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from tests.factories.people import NetworkFactory, coordinator_of

pytestmark = pytest.mark.django_db


def test_all_that_ship_come_in_once() -> None:
    first, again = load_shipped(by=SYSTEM), load_shipped(by=SYSTEM)

    assert (first, again) == (len(list(SHIPPED.glob("*.yaml"))), 0)
    assert Framework.objects.filter(kind="own", network=None, retired_at=None).count() == first
    assert not Criterion.objects.filter(level_name=None).exists()


def test_only_the_system_brings_them() -> None:
    with pytest.raises(RefusedError, match="Only the system"):
        load_shipped(by=coordinator_of(NetworkFactory.create()))

    assert Framework.objects.count() == 0
