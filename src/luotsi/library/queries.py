"""Reads: the tools, which are everybody's."""

from __future__ import annotations

from django.db.models import Max, OuterRef, QuerySet, Subquery

from luotsi.core.errors import NotThereError
from luotsi.library.models import Tool


def tools() -> QuerySet[Tool]:
    """The version in use of each tool, in the order of a mentoring path."""
    newest = Tool.objects.filter(key=OuterRef("key")).order_by().values("key").annotate(newest=Max("version"))
    return Tool.objects.filter(version=Subquery(newest.values("newest"))).order_by("place", "key")


def tools_by_key() -> dict[str, Tool]:
    """The same, found by key. One query."""
    return {tool.key: tool for tool in tools()}


def tool_with(key: str) -> Tool:
    """The version in use of one tool. Raises NotThereError."""
    found = tools().filter(key=key).first()
    if found is None:
        raise NotThereError
    return found
