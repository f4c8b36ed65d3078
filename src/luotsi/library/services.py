"""Writes: how tools get into the library."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.library.formats.tools import ToolFileError, read_tool
from luotsi.library.models import Tool
from luotsi.library.rules import may_load

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.library.formats.tools import ToolDescription

SHIPPED = Path(__file__).resolve().parent / "shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a load did: keys of tools that got a new version, and of those that were there already."""

    added: tuple[str, ...]
    unchanged: tuple[str, ...]


def load_shipped(*, by: Actor) -> Loaded:
    """Bring in the tools that ship with the product. The same files again change nothing."""
    return load_folder(SHIPPED, by=by)


@transaction.atomic
def load_folder(folder: Path, *, by: Actor) -> Loaded:
    """Bring in every tool of a folder, all or none. Raises ToolFileError for a faulty file."""
    if not may_load(by):
        raise RefusedError(_("Only the operator brings tools into the library."))
    files = sorted(folder.glob("*.yaml"))
    found = [read_tool(path.read_text(encoding="utf-8"), path.name) for path in files]
    added = tuple(description.key for description in found if _keep(description, by))
    return Loaded(added=added, unchanged=tuple(item.key for item in found if item.key not in added))


def _keep(description: ToolDescription, by: Actor) -> bool:
    """Add this version, if it is not there. Returns whether it was added. A version with another text is a fault."""
    digest = description.digest()
    known = Tool.objects.filter(key=description.key, version=description.version).first()
    if known is not None and known.digest != digest:
        raise ToolFileError(description.key, [f"version {description.version} is kept with another text: raise it"])
    if known is not None:
        return False
    values = asdict(description)
    tool = Tool(
        **{name: values[name] for name in ("key", "version", "phase", "minutes", "name", "aim", "before")},
        place=description.order,
        roles=list(description.roles),
        steps=list(values["steps"]),
        write_down=list(values["write_down"]),
        digest=digest,
    ).insert()
    audit.record(by=by, verb="library.tool_added", subject=tool, key=tool.key, version=tool.version)
    return True
