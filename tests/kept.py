"""All that the database keeps, as one text to search."""

from django.db import connection


def everything_kept(*prefixes: str) -> str:
    """Every value of every row of the tables whose names begin so (of all, when none is named)."""
    tables = [name for name in connection.introspection.table_names() if name.startswith(prefixes or "")]
    values = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            values += [value for row in cursor.fetchall() for value in row]
    return "\n".join(
        bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
        for value in values
    )
