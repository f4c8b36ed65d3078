"""The doors of the demo open in the demo only, on this machine only, to made-up people only."""

import os
import subprocess
import sys

import pytest

from luotsi.people.enums import Role
from tests.factories.people import NetworkFactory, PersonFactory, grant

pytestmark = pytest.mark.django_db


def test_outside_the_demo_there_are_no_doors(client) -> None:
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/sign-in/", {"role": "reader"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_in_the_demo_a_door_opens_to_somebody_made_up(client, settings) -> None:
    settings.DEMO = True
    reader = PersonFactory.create(is_made_up=True)
    grant(reader, Role.READER, network=NetworkFactory.create())

    response = client.post("/demo/sign-in/", {"role": "reader"})

    assert (response.status_code, response["Location"]) == (302, "/home/")
    assert client.session["_auth_user_id"] == str(reader.pk)


def test_a_real_person_is_never_stepped_into(client, settings) -> None:
    settings.DEMO = True
    grant(PersonFactory.create(), Role.READER, network=NetworkFactory.create())

    assert client.post("/demo/sign-in/", {"role": "reader"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_doors_stay_shut_to_other_machines(client, settings) -> None:
    settings.DEMO = True
    grant(PersonFactory.create(is_made_up=True), Role.READER, network=NetworkFactory.create())

    assert client.post("/demo/sign-in/", {"role": "reader"}, REMOTE_ADDR="192.0.2.7").status_code == 404


def setting(name: str, **environment: str) -> str:
    """What a setting is when the product starts with this environment."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LUOTSI_")}
    code = f"from config import settings; print(getattr(settings, {name!r}))"
    env = {**kept, "PYTHONPATH": "src", **environment}
    run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    return run.stdout.strip() or run.stderr.strip().splitlines()[-1]


def test_the_demo_answers_to_this_machine_only_whatever_is_set() -> None:
    hosts = setting("ALLOWED_HOSTS", LUOTSI_MODE="demo", LUOTSI_HOSTS="luotsi.example.org")

    assert hosts == "['localhost', '127.0.0.1', '[::1]']"


def test_nothing_set_is_production_which_refuses_to_start_without_its_secrets() -> None:
    said = setting("DEMO")

    assert said == (
        "django.core.exceptions.ImproperlyConfigured: LUOTSI_ISSUER_HOST is not set. Set it, or start a demo with "
        "./dev run (see docs/running.md)."
    ).replace("LUOTSI_ISSUER_HOST", "LUOTSI_KEY_SECRET")


def test_a_mode_that_there_is_none_of_is_refused() -> None:
    assert setting("DEMO", LUOTSI_MODE="demno").endswith("LUOTSI_MODE is 'demno'; use production, demo or test.")
