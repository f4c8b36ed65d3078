"""Rows change in services (and migrations) only."""

import ast
from pathlib import Path

import pytest

ROWS = {"save", "create", "update", "delete", "get_or_create", "update_or_create", "raw", "insert", "amend"}
ROWS |= {f"bulk_{verb}" for verb in ("create", "update")} | {f"a{verb}" for verb in ROWS}
SETS = {"add", "set", "remove", "clear"}  # of related rows: thing.members.add(person)
SQL = {"execute", "executemany"}
MAY_WRITE = {"services.py", "services"}
PURE = {"solver", "credentials", "formats", "tables", "words"}
# How rows and files are kept at all: the kernel's own doors.
KERNEL = {f"src/luotsi/core/{name}.py" for name in ("models", "audit", "events", "jobs", "files", "versions")}
FILES = [
    path
    for path in sorted(Path("src/luotsi").rglob("*.py"))
    if not {"migrations", *PURE} & set(path.parts) and not MAY_WRITE & set(path.parts) and str(path) not in KERNEL
]
# Receivers that are no rows: dictionaries and sets, sessions, hashes, files, HTTP.
HARMLESS = {
    "globals",
    "filters",
    "policies",
    "form",
    "seen",
    "found",
    "values",
    "taken",
    "headers",
    "GET",
    "parameters",
}


def receiver(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(value=ast.Name(id=name)) | ast.Attribute(value=ast.Attribute(attr=name)):
            return name
    return ""


def writes(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(attr=name) if name in ROWS | SQL:
            return receiver(call) not in HARMLESS
        case ast.Attribute(value=ast.Attribute(), attr=name) if name in SETS:
            return receiver(call) not in HARMLESS
    return False


@pytest.mark.parametrize("path", FILES, ids=str)
def test_no_writes_outside_services(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]

    assert [f"{path}:{call.lineno}" for call in calls if writes(call)] == []


@pytest.mark.parametrize(
    "line",
    [
        "person.save()",
        "Person.objects.create()",
        "mark.amend(state='open')",
        "thing.members.add(person)",
        "await Person.objects.acreate()",
        "cursor.execute('DELETE')",
    ],
)
def test_a_write_is_noticed(line: str) -> None:
    tree = ast.parse(f"async def act():\n    {line}")

    assert [writes(node) for node in ast.walk(tree) if isinstance(node, ast.Call)].count(True) == 1
