"""Every address × method × role × own and other network answers as docs/rights.toml says."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.architecture.addresses import all_addresses
from tests.architecture.rights import NOBODY, PAGE, ROLES, Right, page, rights
from tests.architecture.world import World, make_world

ANSWERED = {200, 302, 409}
NAMELESS = {"secret": "x", "token": "x"}


def test_the_page_is_made_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_table_has_every_address() -> None:
    assert {right.address for right in rights()} == {address.name for address in all_addresses()}


def test_public_addresses_stand_in_public_files() -> None:
    open_by_table = {right.address for right in rights() if right.is_public or right.who == (NOBODY,)}

    assert open_by_table == {address.name for address in all_addresses() if address.is_public}


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "methods",
    [
        ("GET",),
        ("POST",),
        pytest.param(("HEAD",), marks=pytest.mark.thorough),
        pytest.param(("PUT", "PATCH", "DELETE", "OPTIONS"), marks=pytest.mark.thorough),
    ],
    ids=["GET", "POST", "HEAD", "others"],
)
def test_every_address_answers_as_the_table_says(methods, mail_folder) -> None:
    own, other = make_world(1), make_world(2)
    clients = {role: _signed_in(own.people[role]) for role in ROLES}

    wrong = [
        found
        for right in rights()
        if _is_first(right)
        for method in methods
        for found in _wrong(right, method, clients, own, other)
    ]

    assert wrong == []


def _signed_in(person: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def _is_first(right: Right) -> bool:
    """Each address is asked once by each method, whichever rows it has."""
    return next(other for other in rights() if other.address == right.address) == right


def _methods_of(address: str) -> set[str]:
    taken = {right.method for right in rights() if right.address == address}
    return taken | ({"HEAD"} if "GET" in taken else set())


def _wrong(right: Right, method: str, clients: dict[str, Client], own: World, other: World) -> list[str]:
    allowed = _methods_of(right.address)
    row = next((r for r in rights() if r.address == right.address and r.method == method.replace("HEAD", "GET")), None)
    found = []
    for role, client in clients.items():
        for whose, world in (("own", own), ("other", other)):
            if whose == "other" and not right.things:
                continue
            status = _ask(client, method, _path(right, world))
            if not _is_as_said(row, role, whose, status, takes=method in allowed):
                found.append(f"{method} {right.address} by {role} on {whose}: {status}")
    return found + _wrong_for_stranger(right, method, own, takes=method in allowed)


def _is_as_said(row: Right | None, role: str, whose: str, status: int, *, takes: bool) -> bool:
    if not takes or row is None:
        return status == 405
    if row.answers(role) and (whose == "own" or row.is_shared or row.is_public):
        return status in ANSWERED or (row.is_public and status == 404)
    return status == 404


def _wrong_for_stranger(right: Right, method: str, own: World, *, takes: bool) -> list[str]:
    status = _ask(Client(raise_request_exception=False), method, _path(right, own))
    if right.is_public or right.who == (NOBODY,):
        fine = status in ANSWERED | {404} if takes else status == 405
    else:
        fine = status == 302
    return [] if fine else [f"{method} {right.address} by a stranger: {status}"]


def _path(right: Right, world: World) -> str:
    address = next(found for found in all_addresses() if found.name == right.address)
    values = {name: world.things[thing] for name, thing in right.things}
    values |= {name: NAMELESS[name] for name in address.parameters if name not in values}
    return reverse(right.address, kwargs=values)


def _ask(client: Client, method: str, path: str) -> int:
    """Ask, and undo whatever it did, signing out included."""
    name = settings.SESSION_COOKIE_NAME
    session = client.cookies[name].value if name in client.cookies else ""
    with transaction.atomic():
        status = client.generic(method, path).status_code
        transaction.set_rollback(True)
    if session:
        client.cookies[name] = session
    return status
