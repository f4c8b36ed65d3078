"""One tool, one YAML file: an exercise for a meeting, in three languages, with steps whose minutes add up."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("fi", "sv", "en")
PHASES = ("beginning", "working", "closing")
ROLES = ("mentor", "mentee", "hr", "management")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FIELDS = {"key", "version", "phase", "order", "minutes", "roles", "name", "aim", "before", "steps", "write_down"}
STEP_FIELDS = {"minutes", "title", "text"}
Texts = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolStep:
    """A step of the meeting: how long, what it is called, what to do."""

    minutes: int
    title: Texts
    text: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolDescription:
    """A tool as its file tells it. `order` places it among the others."""

    key: str
    version: int
    phase: str
    order: int
    minutes: int
    roles: tuple[str, ...]
    name: Texts
    aim: Texts
    before: Texts
    steps: tuple[ToolStep, ...]
    write_down: tuple[Texts, ...]

    def digest(self) -> str:
        """SHA-256 over the whole content, as lower-case hex: tells whether a text has changed."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class ToolFileError(ValueError):
    """The file is not a tool. `faults` says all that is wrong, each with its place."""

    def __init__(self, name: str, faults: list[str]) -> None:
        super().__init__(f"{name}: " + "; ".join(faults))
        self.faults = tuple(faults)


def read_tool(content: str, name: str) -> ToolDescription:
    """The tool in a file called `name`. Raises ToolFileError, with every fault at once."""
    try:
        found = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise ToolFileError(name, [f"not YAML: {error}"]) from error
    if not isinstance(found, dict):
        raise ToolFileError(name, ["not a mapping of names to values"])
    if faults := _faults_of(found):
        raise ToolFileError(name, faults)
    return ToolDescription(
        **{field: found[field] for field in FIELDS - {"roles", "steps", "write_down"}},
        roles=tuple(found["roles"]),
        steps=tuple(ToolStep(**step) for step in found["steps"]),
        write_down=tuple(found["write_down"]),
    )


def _faults_of(found: Mapping[str, Any]) -> list[str]:
    faults = _names(found, FIELDS, "")
    if faults:
        return faults
    if not (isinstance(found["key"], str) and KEY.fullmatch(found["key"])):
        faults.append("key: small letters, digits and hyphens")
    if found["phase"] not in PHASES:
        faults.append(f"phase: one of {', '.join(PHASES)}")
    roles = found["roles"]
    if not (isinstance(roles, list) and roles and all(role in ROLES for role in roles)):
        faults.append(f"roles: a list of {', '.join(ROLES)}")
    for field in ("version", "order", "minutes"):
        faults += _count(found[field], field)
    for field in ("name", "aim", "before"):
        faults += _texts(found[field], field)
    return faults + _lists(found)


def _lists(found: Mapping[str, Any]) -> list[str]:
    steps, write_down = found["steps"], found["write_down"]
    if not (isinstance(steps, list) and steps and isinstance(write_down, list) and write_down):
        return ["steps, write_down: lists that are not empty"]
    faults = [fault for number, text in enumerate(write_down, 1) for fault in _texts(text, f"write_down {number}")]
    for number, step in enumerate(steps, 1):
        faults += _step(step, f"step {number}")
    if not faults and sum(step["minutes"] for step in steps) != found["minutes"]:
        faults.append(f"minutes: the steps take {sum(step['minutes'] for step in steps)}, not {found['minutes']}")
    return faults


def _step(step: object, place: str) -> list[str]:
    if not isinstance(step, dict):
        return [f"{place}: not a mapping"]
    return _names(step, STEP_FIELDS, f"{place}: ") or [
        *_count(step["minutes"], f"{place}: minutes"),
        *_texts(step["title"], f"{place}: title"),
        *_texts(step["text"], f"{place}: text"),
    ]


def _names(found: Mapping[str, Any], wanted: set[str], place: str) -> list[str]:
    missing = [f"{place}{name} is missing" for name in sorted(wanted - set(found))]
    return missing + [f"{place}{name} is not known" for name in sorted(str(name) for name in set(found) - wanted)]


def _count(value: object, place: str) -> list[str]:
    is_count = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return [] if is_count else [f"{place}: a whole number from 1 up"]


def _texts(value: object, place: str) -> list[str]:
    if not isinstance(value, dict) or set(value) != set(LANGUAGES):
        return [f"{place}: a text in each of {', '.join(LANGUAGES)}"]
    empty = [language for language, text in value.items() if not (isinstance(text, str) and text.strip())]
    return [f"{place}: no text in {language}" for language in empty]
