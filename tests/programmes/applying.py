"""Somebody who applies, for stories: walks the pages as a browser would, with the links as they were mailed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.test import Client

from luotsi.comms.models import Delivery, Message
from luotsi.programmes.formats.shipped import shipped_source

if TYPE_CHECKING:
    from luotsi.programmes.models.programmes import Programme

EMAIL = "aino@example.org"
GUARDIAN = "kaarina@example.org"
AINO = {"role": "mentee", "given_name": "Aino", "family_name": "Äijälä", "email": EMAIL}
FIRST = {
    "at.page": "questions.1",
    "at.shown": ["languages", "region", "is_remote", "situation"],
    "languages": ["fi", "sv", ""],
    "region": "r16",
    "is_remote": "yes",
    "situation": "studying",
    "at.to": "next",
}
SECOND = {
    "at.page": "questions.2",
    "at.shown": ["needs", "goal", "is_minor"],
    "needs.name": ["matematiikka", "kielet", "", ""],
    "needs.grade": ["5", "2", "3", "3"],
    "needs.must": ["0"],
    "goal": "I have work.",
    "is_minor": "no",
    "at.to": "next",
}
TOLD = {
    "languages": ["fi", "sv"],
    "region": "r16",
    "is_remote": "yes",
    "situation": "studying",
    "needs": "matematiikka (5) !\nkielet (2)",
    "goal": "I have work.",
    "is_minor": "no",
}


def somebody(language: str = "en") -> Any:
    """A browser of its own that nobody is signed in with."""
    client = Client()
    client.cookies["language"] = language
    return client


def both_model() -> str:
    """Career mentoring in which one may be mentor and mentee."""
    return shipped_source("career-mentoring").replace("enrolment:\n", "enrolment:\n  may_be_both: yes\n")


def self_only_model() -> str:
    return shipped_source("career-mentoring").replace("enrolment:\n", "enrolment:\n  self_only: yes\n")


def link_to(address: str, path: str = "/apply/link/") -> str:
    """The newest link of such a path that was mailed to an address."""
    deliveries = Delivery.objects.filter(address=address, message__action_path__startswith=path)
    return deliveries.latest("pk").message.action_path


def mailed_to(address: str) -> list[str]:
    """What was mailed there, the oldest first, by kind."""
    return list(Message.objects.filter(deliveries__address=address).order_by("pk").values_list("kind", flat=True))


def begin(client: Any, programme: Programme, **values: Any) -> Any:
    return client.post(f"/apply/{programme.ref}/?who=1", AINO | values)


def answer(client: Any, programme: Programme, *pages: dict[str, Any]) -> Any:
    """Send these pages, or all of an adult mentee's. The answer to the last."""
    answers = [client.post(f"/apply/{programme.ref}/questions/", page) for page in pages or (FIRST, SECOND)]
    return answers[-1]


def hand_in(client: Any, programme: Programme) -> Any:
    return client.post(f"/apply/{programme.ref}/check/", {"accepts": "on"})


def apply_to(client: Any, programme: Programme, **values: Any) -> Any:
    """All steps to the confirmation by the mailed link."""
    begin(client, programme, **values)
    answer(client, programme)
    hand_in(client, programme)
    return client.post(link_to(values.get("email", EMAIL)))
