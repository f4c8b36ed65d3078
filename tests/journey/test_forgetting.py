"""A person is forgotten everywhere: no planted mark is left in any column of any table."""

import pytest
from django.apps import apps
from django.db import connection

from luotsi.comms.services import tell
from luotsi.comms.models import Letter
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.journey.demo import play
from luotsi.journey.services import collect, forget
from luotsi.mentoring.models import Relationship
from luotsi.mentoring.services.agreements import propose_agreement
from luotsi.mentoring.services.sessions import Meeting, log_session
from luotsi.passport.models import Claim
from luotsi.passport.services.claims import add_evidence
from luotsi.people.queries import recipient_of
from luotsi.people.services.accounts import add_address, change_profile
from tests.architecture.world import make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]


def everything() -> str:
    """All tables, all columns, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- our own tables
            for row in cursor.fetchall():
                found.append(" ".join(_text(value) for value in row))
    return "\n".join(found)


def _text(value) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)


def test_every_table_is_searched() -> None:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))

    assert {model._meta.db_table for model in apps.get_models()} <= tables
