"""Reading a framework of our own: one YAML file in three languages, with the criteria of each competence at levels.

Strict, because it is our own text: a key too many, a language missing, a level beside the scale is refused with its
place. Aliases are refused before anything is built of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import yaml

from luotsi.competence.formats.errors import Fault, FormatError
from luotsi.competence.formats.source import step_to
from luotsi.competence.formats.values import (
    LANGUAGES,
    Area,
    Competence,
    Counts,
    Criterion,
    Framework,
    FrameworkKind,
    FrameworkReading,
    Scale,
)
from luotsi.core.words.clean import is_clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.competence.formats.values import Texts

    class _Mark(Protocol):
        """Where the parser is, counted from 0: of one class in C, of another in Python."""

        line: int
        column: int


SOURCE: Final = "Luotsi"
LARGEST: Final = 256 * 1024
DEEPEST: Final = 12
LEVELS: Final = (1, 2, 3, 4, 5)
LONGEST_NAME: Final = 80
LONGEST_DESCRIPTION: Final = 400
LONGEST_STATEMENT: Final = 200
# Together with `luotsi:` and two strokes, at most the hundred characters of an origin id.
LONGEST_FRAMEWORK_KEY: Final = 40
LONGEST_AREA_KEY: Final = 20
LONGEST_COMPETENCE_KEY: Final = 30

# The parser in C where it is built in: ten times as fast, the same YAML.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT: Final = "tag:yaml.org,2002:str"
_NUMBER: Final = "tag:yaml.org,2002:int"
_WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,5}")
_KEY: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def read_own(content: bytes) -> FrameworkReading:
    """The framework in a file of ours; every text of it has its place. Raises FormatError only."""
    tree = _Entry(node=_composed(_decoded(content)), path="$")
    parts = tree.parts("key", "version", "name", "description", "levels", "areas")
    key = parts["key"].key(LONGEST_FRAMEWORK_KEY)
    version = parts["version"].number()
    if version < 1:
        raise parts["version"].refused(Fault.WRONG_TYPE, expected="number from 1 up")
    origin_id = f"luotsi:{key}"
    names = _level_names(parts["levels"])
    framework = Framework(
        origin_id=origin_id,
        code=key,
        kind=FrameworkKind.OWN,
        name=parts["name"].texts(LONGEST_NAME),
        description=parts["description"].texts(LONGEST_DESCRIPTION),
        source=SOURCE,
        modified=None,
        valid_from=None,
        valid_to=None,
        areas=_areas(parts["areas"], origin_id, names),
        version=str(version),
    )
    return FrameworkReading(
        framework=framework,
        counts=_counts(framework, len(names)),
        left_out=(),
        not_understood=(),
        remarks=(),
        missing_scales=(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A node of the file and where it stands. What it is asked to be, and is not, is refused there."""

    node: yaml.Node
    path: str

    def refused(self, fault: Fault, key: str = "", **facts: str | int) -> FormatError:
        """The error to raise for this entry, or for what is wrong under `key` of it."""
        return FormatError(fault, self.path + (step_to(key) if key else ""), **facts)

    def parts(self, *wanted: str) -> dict[str, _Entry]:
        """What stands under each of the wanted keys: all of them, nothing else, each once."""
        return self._table(wanted, Fault.MISSING_KEY)

    def rows(self) -> list[_Entry]:
        """The entries of a list that is not empty."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.refused(Fault.WRONG_TYPE, expected="list")
        if not self.node.value:
            raise self.refused(Fault.EMPTY)
        return [_Entry(node=below, path=f"{self.path}[{index}]") for index, below in enumerate(self.node.value)]

    def texts(self, longest: int) -> Texts:
        """A text in each of the languages."""
        found = self._table(LANGUAGES, Fault.MISSING_LANGUAGE)
        return {language: found[language].text(longest) for language in LANGUAGES}

    def text(self, longest: int) -> str:
        """One line of text without space around it."""
        text = self._scalar(_TEXT, "text").strip()
        if not text:
            raise self.refused(Fault.EMPTY)
        if len(text) > longest:
            raise self.refused(Fault.TOO_LONG, characters=len(text), longest=longest)
        if not is_clean_text(text) or not text.isprintable():
            raise self.refused(Fault.UNFIT_CHARACTER)
        return text

    def key(self, longest: int) -> str:
        """A word of small letters, digits and hyphens."""
        key = self.text(longest)
        if not _KEY.fullmatch(key):
            raise self.refused(Fault.NOT_A_KEY)
        return key

    def number(self) -> int:
        """A whole number from 0 up, written in plain digits."""
        digits = self._scalar(_NUMBER, "number")
        if not _WHOLE.fullmatch(digits):
            raise self.refused(Fault.WRONG_TYPE, expected="number")
        return int(digits)

    def level(self) -> int:
        level = self.number()
        if level not in LEVELS:
            raise self.refused(Fault.LEVEL_NOT_ON_SCALE, level=level, allowed=", ".join(map(str, LEVELS)))
        return level

    def _scalar(self, tag: str, expected: str) -> str:
        if not isinstance(self.node, yaml.ScalarNode) or self.node.tag != tag:
            raise self.refused(Fault.WRONG_TYPE, expected=expected)
        return str(self.node.value)

    def _table(self, wanted: Sequence[str], missing: Fault) -> dict[str, _Entry]:
        if not isinstance(self.node, yaml.MappingNode):
            raise self.refused(Fault.WRONG_TYPE, expected="table")
        found: dict[str, _Entry] = {}
        for key_node, below in self.node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag != _TEXT:
                raise self.refused(Fault.WRONG_TYPE, expected="key")
            key = str(key_node.value)
            if key in found:
                raise self.refused(Fault.DUPLICATE_KEY, key)
            if key not in wanted:
                raise FormatError(Fault.UNKNOWN_KEY, self.path + step_to(key), allowed=", ".join(wanted))
            found[key] = _Entry(node=below, path=self.path + step_to(key))
        for key in wanted:
            if key not in found:
                raise self.refused(missing, key)
        return found


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        raise FormatError(Fault.TOO_LARGE, bytes=len(content), largest=LARGEST)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(Fault.NOT_TEXT, byte=error.start) from error


def _composed(text: str) -> yaml.Node:
    try:
        _check(text)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        raise _refused_at(mark, Fault.NOT_YAML) from error
    except (ValueError, OverflowError) as error:
        # The parser in Python lets an impossible character number through to `chr`.
        raise _refused_at(None, Fault.NOT_YAML) from error
    if root is None:
        raise FormatError(Fault.EMPTY)
    return root


def _check(text: str) -> None:
    """Look at the events first: what they would be built into may be endless, or too deep for the builder."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _refused_at(event.start_mark, Fault.ALIAS)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _refused_at(event.start_mark, Fault.TOO_DEEP, deepest=DEEPEST)


def _refused_at(mark: _Mark | None, fault: Fault, **facts: int) -> FormatError:
    """The error for what stands at a mark of the parser; a parser that leaves no mark means the beginning."""
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return FormatError(fault, "$", line=line, column=column, **facts)


def _level_names(entry: _Entry) -> dict[int, Texts]:
    """The name of each level of the scale: all five, in their order."""
    names: dict[int, Texts] = {}
    for row in entry.rows():
        parts = row.parts("level", "name")
        level = parts["level"].level()
        if level in names:
            raise parts["level"].refused(Fault.REPEATED)
        names[level] = parts["name"].texts(LONGEST_NAME)
    if tuple(names) != LEVELS:
        raise entry.refused(Fault.LEVELS_NOT_IN_ORDER, levels=", ".join(map(str, names)))
    return names


def _areas(entry: _Entry, within: str, names: dict[int, Texts]) -> tuple[Area, ...]:
    areas: list[Area] = []
    taken: set[str] = set()
    competences_taken: set[str] = set()
    for order, row in enumerate(entry.rows()):
        parts = row.parts("key", "name", "description", "competences")
        key = _unused(parts["key"], LONGEST_AREA_KEY, taken)
        origin_id = f"{within}/{key}"
        competences = [
            _competence(below, origin_id, place, names, competences_taken)
            for place, below in enumerate(parts["competences"].rows())
        ]
        areas.append(
            Area(
                origin_id=origin_id,
                code=key,
                name=parts["name"].texts(LONGEST_NAME),
                within="",
                extent=None,
                extent_max=None,
                description=parts["description"].texts(LONGEST_DESCRIPTION),
                requirements=(),
                competences=tuple(competences),
                order=order,
            )
        )
    return tuple(areas)


def _competence(entry: _Entry, within: str, order: int, names: dict[int, Texts], taken: set[str]) -> Competence:
    parts = entry.parts("key", "name", "description", "criteria")
    key = _unused(parts["key"], LONGEST_COMPETENCE_KEY, taken)
    return Competence(
        origin_id=f"{within}/{key}",
        code=key,
        name=parts["name"].texts(LONGEST_NAME),
        group={},
        description=parts["description"].texts(LONGEST_DESCRIPTION),
        is_optional=False,
        scale=Scale.FIVE,
        generic_scale="",
        criteria=_criteria(parts["criteria"], names),
        order=order,
    )


def _criteria(entry: _Entry, names: dict[int, Texts]) -> tuple[Criterion, ...]:
    """The statements in the order of the file, in which levels never fall."""
    found: list[Criterion] = []
    for order, row in enumerate(entry.rows()):
        parts = row.parts("level", "text")
        level = parts["level"].level()
        if found and level < (found[-1].level or 0):
            raise parts["level"].refused(Fault.LEVELS_NOT_IN_ORDER, levels=f"{found[-1].level}, {level}")
        text = parts["text"].texts(LONGEST_STATEMENT)
        found.append(Criterion(level=level, level_name=names[level], text=text, code="", order=order))
    return tuple(found)


def _unused(entry: _Entry, longest: int, taken: set[str]) -> str:
    key = entry.key(longest)
    if key in taken:
        raise entry.refused(Fault.REPEATED)
    taken.add(key)
    return key


def _counts(framework: Framework, level_names: int) -> Counts:
    competences = [competence for area in framework.areas for competence in area.competences]
    criteria = sum(len(competence.criteria) for competence in competences)
    named = 1 + len(framework.areas) + len(competences)  # each with a name and a description
    texts = 2 * named + criteria + level_names
    return Counts(
        areas=len(framework.areas),
        competences=len(competences),
        criteria=criteria,
        texts=texts,
        placed=texts,
        left_out=0,
        not_understood=0,
    )
