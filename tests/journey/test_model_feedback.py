"""What a model's file says about the end of mentoring: the closing questions, and the marks that it leads to."""

import re
from typing import Any

import pytest
from django.test import Client

from luotsi.core.questions.values import Kind
from luotsi.journey.handlers import ask_how_it_was
from luotsi.journey.models import AwardRule
from luotsi.mentoring.events import RelationshipCompleted
from luotsi.surveys.models import Wave
from tests.factories.mentoring import active_pair
from tests.factories.model_files import model_tree, written
from tests.factories.passport import MarkFactory
from tests.factories.people import coordinator_of
from tests.factories.programmes import open_round

pytestmark = pytest.mark.django_db

QUESTIONS = [
    {"key": "met_hopes", "type": "yes_no", "text": {"en": "Did it meet your hopes?"}},
    {"key": "other", "type": "text", "text": {"en": "What else?"}},
]


def ask(tree: dict[str, Any]) -> Wave:
    """End a pair of a programme with this model."""
    relationship = active_pair(open_round(description=written(tree)).programme)
    fact = RelationshipCompleted(
        relationship=relationship.ref,
        programme=relationship.programme.ref,
        mentor=relationship.mentor.ref,
        mentee=relationship.mentee.ref,
    )
    ask_how_it_was(fact)
    return Wave.objects.select_related("instrument").latest("pk")


def test_the_closing_questions_are_those_of_the_file() -> None:
    was, now = (ask(tree).instrument.questions.items for tree in (model_tree(), model_tree(feedback=QUESTIONS)))

    assert [item.key for item in was] == ["met_hopes", "learned", "change"]
    assert was[0].kind is Kind.SCALE
    assert [(item.key, item.kind, item.text["en"], item.is_required) for item in now] == [
        ("met_hopes", Kind.CHOICE, "Did it meet your hopes?", True),
        ("other", Kind.TEXT, "What else?", False),
    ]


def test_marks_that_the_file_names_are_ticked_until_something_was_chosen(client: Client) -> None:
    round_ = open_round(description=written(model_tree(leads_to=["supervision"])))
    network = round_.programme.network
    named, other = (MarkFactory.create(network=network, key=key, state="open") for key in ("supervision", "hygiene"))
    MarkFactory.create(key="supervision", state="open")
    client.force_login(coordinator_of(network))
    address = f"/programmes/{round_.programme.ref}/leads-to/"

    assert ticked(client, address) == [str(named.ref)]
    client.post(address, {"marks": [str(other.ref)]})

    assert ticked(client, address) == [str(other.ref)]
    assert [rule.mark for rule in AwardRule.objects.all()] == [other]


def ticked(client: Client, address: str) -> list[str]:
    return re.findall(r'value="([^"]+)"[^>]* checked', client.get(address).content.decode())
