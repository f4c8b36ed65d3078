"""YAML as entries that know their line and key. Aliases, tags of programming languages and second keys are refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

import yaml

from luotsi.programmes.formats.errors import Code, Fault, ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST: Final = 256 * 1024
DEEPEST: Final = 12

# The parser in C where it is built in: ten times as fast, the same YAML.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN: Final = "tag:yaml.org,2002:"
_WHOLE: Final = re.compile(r"[-+]?[0-9]{1,9}")
_YES_NO: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class Nature(StrEnum):
    TEXT = "text"
    WHOLE = "whole"
    YES_NO = "yes_no"
    NOTHING = "nothing"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    line: int
    path: str
    text: str
    nature: Nature

    @property
    def whole(self) -> int:
        """The number of a WHOLE one."""
        return int(self.text)

    @property
    def is_yes(self) -> bool:
        """The answer of a YES_NO one."""
        return _YES_NO[self.text.lower()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    line: int
    path: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    line: int
    path: str
    entries: Mapping[str, Entry]
    lines: Mapping[str, int]


Entry: TypeAlias = Scalar | Listing | Table


def parse(content: bytes | str) -> tuple[Entry, list[Fault]]:
    """The document, and the faults found on the way. Raises ModelError where there is no document to look at."""
    text = _decoded(content)
    try:
        _check(text)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise ModelError([_not_yaml(error)]) from error
    faults: list[Fault] = []
    if root is None:
        raise ModelError([Fault(1, "", Code.EMPTY, {})])
    return _entry(root, "", faults), faults


def lines_in(entry: Entry) -> dict[str, int]:
    """In which line each path from an entry on stands."""
    lines = {entry.path: entry.line}
    if not isinstance(entry, Scalar):
        for below in entry.entries.values() if isinstance(entry, Table) else entry.entries:
            lines |= lines_in(below)
    return lines


def _decoded(content: bytes | str) -> str:
    size = len(content)
    if size > LARGEST:
        raise ModelError([Fault(1, "", Code.TOO_LARGE, {"bytes": size, "largest": LARGEST})])
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        text.encode()
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError | UnicodeEncodeError) else 0
        raise ModelError([Fault(1, "", Code.NOT_TEXT, {"byte": start})]) from error
    return text


def _check(text: str) -> None:
    """Look at the events first: what they would be built into may be endless, or too deep for the builder."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise ModelError([Fault(line, "", Code.ALIAS, {})])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise ModelError([Fault(line, "", Code.TOO_DEEP, {"deepest": DEEPEST})])


def _not_yaml(error: yaml.YAMLError) -> Fault:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    if mark is None:
        return Fault(1, "", Code.NOT_YAML, {"column": 1})
    return Fault(mark.line + 1, "", Code.NOT_YAML, {"column": mark.column + 1})


def _entry(node: yaml.Node, path: str, faults: list[Fault], of_key: int | None = None) -> Entry:
    """`of_key`: the line of its key, where people look for it; what stands below may begin further down."""
    line = of_key or node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _table(node, path, faults, line)
    if isinstance(node, yaml.SequenceNode):
        entries = tuple(_entry(below, f"{path}[{index}]", faults) for index, below in enumerate(node.value))
        return Listing(line=line, path=path, entries=entries)
    if not node.tag.startswith(_PLAIN) or node.tag.startswith(f"{_PLAIN}python"):
        faults.append(Fault(line, path, Code.TAG, {}))
    return Scalar(line=line, path=path, text=str(node.value), nature=_nature(node))


def _nature(node: yaml.Node) -> Nature:
    kind, text = node.tag.removeprefix(_PLAIN), str(node.value)
    if kind == "str":
        return Nature.TEXT
    if kind == "int" and _WHOLE.fullmatch(text):
        return Nature.WHOLE
    if kind == "bool" and text.lower() in _YES_NO:
        return Nature.YES_NO
    return Nature.NOTHING if kind == "null" else Nature.OTHER


def _table(node: yaml.MappingNode, path: str, faults: list[Fault], line_of_key: int) -> Table:
    entries: dict[str, Entry] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            faults.append(Fault(line, path, Code.WRONG_TYPE, {"expected": "key"}))
            continue
        key = str(key_node.value)
        below = f"{path}.{key}" if path else key
        if key in entries:
            faults.append(Fault(line, below, Code.DUPLICATE_KEY, {"key": key, "first_line": lines[key]}))
            continue
        entries[key] = _entry(value_node, below, faults, line)
        lines[key] = line
    return Table(line=line_of_key, path=path, entries=entries, lines=lines)
