"""The home page: the next thing first, few queries, nothing of others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luotsi.matching.models import Proposal
from luotsi.matching.services.answers import answer
from tests.architecture.world import make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]

MOST_QUERIES = 9
QUERIES_WHEN_NOTHING_CHANGED = 3


def test_every_role_has_a_home_of_few_queries_with_something_to_do(client, mail_folder) -> None:
    world = make_world(9)
    found = {}

    for role, person in world.people.items():
        client.force_login(person)
        with CaptureQueriesContext(connection) as first:
            response = client.get("/home/")
        with CaptureQueriesContext(connection) as again:
            client.get("/home/")
        found[role] = (response.status_code, len(first) <= MOST_QUERIES, len(again), len(response.content) < 100_000)

    usual = dict.fromkeys(world.people, (200, True, QUERIES_WHEN_NOTHING_CHANGED, True))
    asked_anonymously = (200, True, QUERIES_WHEN_NOTHING_CHANGED + 1, True)  # no log tells when that is answered
    assert found == usual | {"admin": asked_anonymously}


def test_a_proposal_stands_on_the_home_page_until_it_is_answered(client, mail_folder) -> None:
    world = make_world(10)
    proposal = Proposal.objects.get(ref=world.things["proposal"])
    client.force_login(proposal.mentee.person)
    address = f"/my/proposals/{proposal.ref}/"
    assert address in client.get("/home/").content.decode()

    answer(proposal, yes=False, by=proposal.mentee.person)

    assert address not in client.get("/home/").content.decode()
