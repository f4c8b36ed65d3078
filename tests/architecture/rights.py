"""The rights table: read from docs/rights.toml, written as docs/rights.md by `python -m tests.architecture.rights`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

TABLE = Path("docs/rights.toml")
PAGE = Path("docs/rights.md")
ROLES = (
    "operator", "admin", "coordinator", "mentor", "mentee", "candidate", "participant", "assessor", "reader",
    "trainer",
)  # fmt: skip
PUBLIC, EVERYONE, NOBODY = "anyone", "everyone", "nobody"


@dataclass(frozen=True)
class Right:
    """Who is answered at one address by one method."""

    address: str
    method: str
    who: tuple[str, ...]
    things: tuple[tuple[str, str], ...]
    is_shared: bool

    @property
    def is_public(self) -> bool:
        return self.who == (PUBLIC,)

    def answers(self, role: str) -> bool:
        return self.who in {(PUBLIC,), (EVERYONE,)} or role in self.who


def rights() -> list[Right]:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [
        Right(
            address=address,
            method=method,
            who=tuple(row[method]),
            things=tuple(row.get("things", {}).items()),
            is_shared=row.get("shared", False),
        )
        for address, row in table.items()
        for method in ("GET", "POST")
        if method in row
    ]


def page() -> str:
    lines = [
        "# Rights",
        "",
        "Made from rights.toml by `python -m tests.architecture.rights`. Everybody else who is signed in gets “not found”,",
        "also for what belongs to another network; strangers are sent to sign in. “candidate” is a mentor or mentee who",
        "has a proposal to answer.",
        "",
        "| address | method | who is answered |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {right.address} | {right.method} | {', '.join(right.who)} |" for right in rights()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
