"""The installation as a region runs it: told by a process of its own, with the settings of production."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
import json
import django
django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["django_htmx", "account", "mfa"])
from django.test import Client
client = Client(headers={"host": "luotsi.example"})
plain = client.get("/robots.txt")
response = client.get("/robots.txt", secure=True)
choice = client.get("/robots.txt?language=sv", secure=True)
print(json.dumps({
    "plain": [plain.status_code, plain["Location"]],
    "hsts": response["Strict-Transport-Security"],
    "cookie": [choice.cookies["language"]["secure"], choice.cookies["language"]["httponly"]],
    "frames": response["X-Frame-Options"],
    "design": client.get("/design", secure=True).status_code,
    "stranger": Client(headers={"host": "evil.example"}).get("/robots.txt", secure=True).status_code,
    "health": client.get("/health").status_code,
}))
"""

WITHOUT = """
import os, runpy
from django.core.exceptions import ImproperlyConfigured
for name in ("LUOTSI_SECRET_KEY", "LUOTSI_HOSTS", "LUOTSI_ADDRESS", "LUOTSI_ISSUER_HOST"):
    kept = os.environ.pop(name)
    try:
        runpy.run_module("config.settings")
    except ImproperlyConfigured as refused:
        print(refused)
    os.environ[name] = kept
"""


@pytest.fixture(name="production")
def _production(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "static").mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LUOTSI_", "DATABASE_"))}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LUOTSI_MODE": "production",
        "LUOTSI_SECRET_KEY": "x7Gq-2fRk!vN9_pLw0sZ=bYt4+hUeAmDcJ3o&5iQ8n6Xr1VK-T4",
        "LUOTSI_KEY_SECRET": "B1uT-9yHn!mK4_qWe7rD=zXc2+vGbAsPfL6o&8iJ3t5Nk0YE",
        "LUOTSI_HOSTS": "luotsi.example",
        "LUOTSI_ADDRESS": "https://luotsi.example",
        "LUOTSI_ISSUER_HOST": "luotsi.example",
        "LUOTSI_VAR": str(tmp_path),
        "LUOTSI_LOG": "CRITICAL",
        "PYTHONPATH": "src",
        "PYTHONWARNINGS": "ignore",
    }


def test_production_passes_djangos_check_speaks_tls_and_has_no_page_for_developers(production: dict[str, str]) -> None:
    asked = subprocess.run([sys.executable, "-c", ASK], env=production, capture_output=True, text=True, check=False)

    assert "SystemCheckError" not in asked.stderr
    assert json.loads(asked.stdout.splitlines()[-1]) == {
        "plain": [301, "https://luotsi.example/robots.txt"],
        "hsts": "max-age=31536000; includeSubDomains; preload",
        "cookie": [True, True],
        "frames": "DENY",
        "design": 404,
        "stranger": 400,
        "health": 503,
    }


def test_it_does_not_start_without_what_it_needs(production: dict[str, str]) -> None:
    asked = subprocess.run([sys.executable, "-c", WITHOUT], env=production, capture_output=True, text=True, check=True)

    assert asked.stdout.splitlines() == [
        f"{name} is not set. Set it, or start a demo with ./dev run (see docs/running.md)."
        for name in ("LUOTSI_SECRET_KEY", "LUOTSI_HOSTS", "LUOTSI_ADDRESS", "LUOTSI_ISSUER_HOST")
    ]
