"""All that the database keeps, as one text to search."""

from django.apps import apps


def everything_kept(*prefixes: str) -> str:
    """Every value of every row of the tables whose names begin so (of all, when none is named)."""
    models = [model for model in apps.get_models() if model._meta.db_table.startswith(prefixes or "")]
    rows = [row for model in models for row in model._base_manager.values_list()]
    return "\n".join(_text(value) for row in rows for value in row)


def _text(value: object) -> str:
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
