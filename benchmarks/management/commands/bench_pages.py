"""Prints the pages to measure as JSON: whose they are, with a session for them, and how many queries each makes."""

import json
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luotsi.journey.demo.doors import door
from luotsi.matching.models import MatchRun
from luotsi.people.models import Person


class Command(BaseCommand):
    help = "The pages to measure."

    def handle(self, *_args: object, **_options: object) -> None:
        run = MatchRun.objects.select_related("round__programme__network").latest("pk")
        programme = run.round.programme
        pages = [
            ("home", reverse("journey:home"), "mentee"),
            ("home of a coordinator", reverse("journey:home"), "coordinator"),
            ("programme", reverse("programmes:programme", args=[programme.ref]), "coordinator"),
            ("matching desk", reverse("matching:run", args=[programme.ref, run.ref]), "coordinator"),
            ("figures", reverse("insight:figures", args=[programme.network.ref]), "reader"),
            ("passport", reverse("passport:mine"), "participant"),
        ]
        self.stdout.write(json.dumps([self.measured(*page) for page in pages]))

    def measured(self, case: str, path: str, role: str) -> dict[str, object]:
        found = door(role)
        if found is None:
            raise SystemExit(f"the demo has no {role}")
        cookie = self.session(found.person)
        client = Client(headers={"host": "localhost", "cookie": cookie})
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        return {"case": case, "path": path, "cookie": cookie, "queries": len(captured)}

    def session(self, person: Person) -> str:
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; language=fi"
