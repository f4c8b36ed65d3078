"""Every address, by every method, asks who you are, unless its view stands in a file named public."""

import pytest

from tests.architecture.addresses import METHODS, closed_addresses, open_addresses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", closed_addresses(), ids=lambda address: address.name)
def test_a_stranger_is_sent_to_sign_in(client, address) -> None:
    path = address.path_with_nothing()

    statuses = {method: client.generic(method, path).status_code for method in METHODS}

    assert statuses == dict.fromkeys(METHODS, 302)


def test_there_are_doors() -> None:
    assert len(closed_addresses()) > 40
    assert len(open_addresses()) > 10
