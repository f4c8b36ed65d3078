"""Every address of the site, walked from its URL configuration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NOTHING = {"uuid": str(UUID(int=0)), "slug": "x", "str": "x", "int": "0", "path": "x"}
PARAMETER = re.compile(r"<(\w+):(\w+)>")


@dataclass(frozen=True)
class Address:
    """A named address: `name` is `module:name`, `route` as in urls.py, `module` the file of its view."""

    name: str
    route: str
    module: str

    @property
    def is_public(self) -> bool:
        return ".views.public." in f"{self.module}."

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(found.group(2) for found in PARAMETER.finditer(self.route))

    def path_with_nothing(self) -> str:
        """The path with a ref that nothing has."""
        return PARAMETER.sub(lambda found: NOTHING[found.group(1)], self.route)


def _walk() -> Iterator[Address]:
    for include in get_resolver().url_patterns:
        assert isinstance(include, URLResolver), include
        for entry in include.url_patterns:
            assert isinstance(entry, URLPattern), entry
            view = entry.callback
            yield Address(
                name=f"{include.namespace}:{entry.name}",
                route=f"/{include.pattern}{entry.pattern}",
                module=view.__module__,
            )


@cache
def all_addresses() -> list[Address]:
    return sorted(_walk(), key=lambda address: address.name)


def closed_addresses() -> list[Address]:
    return [address for address in all_addresses() if not address.is_public]


def open_addresses() -> list[Address]:
    return [address for address in all_addresses() if address.is_public]
