"""The database itself refuses to change an audit entry.

Only UPDATE: a DELETE is refused in Python alone, because test suites empty tables by DELETE (SQLite) or TRUNCATE (PostgreSQL).
"""

from django.db import migrations

TABLE = "core_auditentry"
TRIGGER = "core_auditentry_is_append_only"

SQLITE = f"""
CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{TABLE} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END
$$;
CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TRIGGER}()
"""


def add(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {TRIGGER}")
    else:
        schema_editor.execute(f"DROP FUNCTION {TRIGGER}() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
