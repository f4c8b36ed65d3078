"""Pages for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from luotsi.library import queries
from luotsi.library.enums import Phase

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    tools = list(queries.tools())
    phases = [(phase.label, [tool for tool in tools if tool.phase == phase]) for phase in Phase]
    return render(request, "library/library.html", {"phases": [(name, found) for name, found in phases if found]})


@require_safe
def tool(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "library/tool.html", {"tool": queries.tool_with(key)})
