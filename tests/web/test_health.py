"""Whether the installation can serve."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from luotsi.core import jobs

ASK = """
import django; django.setup()
from django.test import Client
response = Client(headers={"host": "any.example"}).get("/health")
print(response.status_code, response.json())
"""


@pytest.mark.django_db
def test_all_is_well(client: Client, django_assert_num_queries) -> None:
    client.get("/health")

    with django_assert_num_queries(3):  # are its tables right (2), the oldest job
        response = client.get("/health", headers={"host": "any.example"})

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "ok", "jobs_waiting_seconds": 0}
    assert response["Cache-Control"] == "no-store"
    assert dict(response.cookies) == {}


@pytest.mark.django_db
def test_it_tells_how_long_the_oldest_due_job_has_waited(client: Client) -> None:
    jobs.enqueue("core.nothing", run_at=timezone.now() + timedelta(hours=1))
    jobs.enqueue("core.nothing", run_at=timezone.now() - timedelta(minutes=2))
    jobs.enqueue("core.nothing", run_at=timezone.now() - timedelta(minutes=1))

    response = client.get("/health")

    assert response.json()["jobs_waiting_seconds"] in {120, 121}


def ask_with(database: str) -> str:
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LUOTSI_MODE": "test",
        "PYTHONPATH": "src",
        "PYTHONWARNINGS": "ignore",
    }
    asked = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    return asked.stdout.strip()


def test_a_database_that_cannot_be_opened_is_told() -> None:
    assert ask_with("sqlite:////nowhere/at/all.sqlite3") == "503 {'database': 'gone'}"


def test_a_database_without_our_tables_is_told(tmp_path: Path) -> None:
    assert ask_with(f"sqlite:///{tmp_path}/empty.sqlite3") == "503 {'database': 'ok', 'migrations': 'waiting'}"
