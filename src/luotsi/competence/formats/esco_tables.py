"""The CSV tables of ESCO's official download: which of them and which columns are read, and where each text goes.

Columns are known by their names. Every cell that says something is a text: placed, left out by the rule of its column,
or, in a column that is not known here, not understood.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Final

from luotsi.competence.formats.errors import Fault, FormatError
from luotsi.competence.formats.packed import MOST_UNPACKED, is_zip, unpacked
from luotsi.competence.formats.values import LANGUAGES, LeftOut, Reason
from luotsi.core.words.clean import is_clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST_ROWS: Final = 100_000
SKILLS, GROUPS, HIERARCHY, RELATIONS, COLLECTION = "skills", "groups", "hierarchy", "relations", "collection"
_FILE: Final = re.compile(
    r"(?P<skills>skills)|(?P<groups>skillGroups)|(?P<hierarchy>skillsHierarchy)"
    r"|(?P<relations>broaderRelationsSkillPillar)|(?P<collection>\w+SkillsCollection)"
)
_NAME: Final = re.compile(r"(\w+?)_(fi|sv|en)\.csv", re.IGNORECASE)
NEEDED: Final[Mapping[str, frozenset[str]]] = {
    SKILLS: frozenset({"conceptUri", "preferredLabel"}),
    GROUPS: frozenset({"conceptUri", "preferredLabel"}),
    RELATIONS: frozenset({"conceptUri", "broaderUri"}),
    HIERARCHY: frozenset({"Level 0 URI", "Level 1 URI"}),
    COLLECTION: frozenset({"conceptUri", "broaderConceptUri"}),
}

_RELEASED: Final = "released"
_PLACED: Final = None
_CONCEPT: Final[Mapping[str, Reason | None]] = {
    "conceptUri": _PLACED,
    "preferredLabel": _PLACED,
    "altLabels": _PLACED,
    "description": _PLACED,
    "definition": _PLACED,
    "scopeNote": _PLACED,
    "code": _PLACED,
    "hiddenLabels": Reason.HIDDEN_LABEL,
    "conceptType": Reason.CLASSIFICATION,
    "skillType": Reason.CLASSIFICATION,
    "reuseLevel": Reason.CLASSIFICATION,
    "inScheme": Reason.CLASSIFICATION,
    "status": Reason.CLASSIFICATION,
    "modifiedDate": Reason.SCHEDULE,
}
_LEVELS: Final = range(4)
_RULES: Final[Mapping[str, Mapping[str, Reason | None]]] = {
    SKILLS: _CONCEPT,
    GROUPS: {**_CONCEPT, "scopeNote": Reason.DESCRIBES_GROUP, "altLabels": Reason.DESCRIBES_GROUP},
    RELATIONS: {
        "conceptUri": _PLACED, "broaderUri": _PLACED, "conceptType": Reason.CLASSIFICATION,
        "broaderType": Reason.CLASSIFICATION,
    },
    HIERARCHY: {
        **{f"Level {level} URI": _PLACED for level in _LEVELS},
        **{f"Level {level} preferred term": Reason.REPETITION for level in _LEVELS},
        **{f"Level {level} code": Reason.REPETITION for level in _LEVELS},
        "Description": Reason.REPETITION, "Scope note": Reason.REPETITION,
    },
    COLLECTION: {
        **dict.fromkeys((*_CONCEPT, "broaderConceptPT"), Reason.REPETITION),
        "conceptUri": _PLACED, "broaderConceptUri": _PLACED,
    },
}  # fmt: skip


@dataclass(slots=True)
class Account:
    """Where the texts went: how many, and by column those that did not come along."""

    texts: int = 0
    placed: int = 0
    left: Counter[LeftOut] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)

    def leave(self, path: str, reason: Reason, count: int = 1) -> None:
        self.texts += count
        self.left[LeftOut(path, reason)] += count

    def close(self, table: str, told: Mapping[str, int], rules: Mapping[str, Reason | None]) -> None:
        """Count the cells of one table, by column."""
        for column, count in told.items():
            path = f"{table}.{column}"
            reason = rules.get(column)
            if column not in rules:
                self.texts += count
                self.unknown[path] += count
            elif reason is not None:
                self.leave(path, reason, count)
            else:
                self.texts += count
                self.placed += count


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of one kind in one language."""

    name: str
    kind: str
    language: str
    content: bytes

    def rows(self, account: Account) -> Iterator[dict[str, str]]:
        """The rows that are taken, by column; texts without space around them. Raises FormatError."""
        rows = csv.reader(StringIO(self._decoded(), newline=""), strict=True)
        told: Counter[str] = Counter()
        seen: set[str] = set()
        try:
            header = next(rows, [])
            self._check(header)
            for number, cells in enumerate(rows, 2):
                if number > MOST_ROWS:
                    raise FormatError(Fault.TOO_LARGE, self.name, limit=MOST_ROWS)
                row = {name: text for name, cell in zip(header, cells, strict=False) if (text := cell.strip())}
                if self._is_taken(row, f"{self.name}[{number}]", seen, account):
                    told.update(row.keys())
                    yield row
        except csv.Error as error:
            raise FormatError(Fault.NOT_CSV, f"{self.name}:{rows.line_num}") from error
        account.close(self.name, told, _RULES[self.kind])

    def _is_taken(self, row: Mapping[str, str], path: str, seen: set[str], account: Account) -> bool:
        """Whether the row counts. A concept is there once, with a name, and in use."""
        if self.kind not in {SKILLS, GROUPS}:
            return True
        address = row.get("conceptUri", "")
        if not row.keys() >= NEEDED[self.kind]:
            account.texts += len(row)
            account.unknown[path] += len(row)
        elif row.get("status", _RELEASED) != _RELEASED:
            account.leave(path, Reason.OUT_OF_USE, len(row))
        elif address in seen:
            account.leave(path, Reason.REPETITION, len(row))
        else:
            seen.add(address)
            return True
        return False

    def _decoded(self) -> str:
        try:
            text = self.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise FormatError(Fault.NOT_TEXT, self.name) from error
        if not is_clean_text(text):
            raise FormatError(Fault.UNFIT_CHARACTER, self.name)
        return text

    def _check(self, header: Sequence[str]) -> None:
        if missing := NEEDED[self.kind] - set(header):
            raise FormatError(Fault.MISSING_COLUMN, self.name, column=", ".join(sorted(missing)))
        if len(set(header)) < len(header):
            raise FormatError(Fault.REPEATED, self.name)


def tables_in(content: bytes, file_name: str, account: Account) -> list[Table]:
    """The tables of a zip or of a single file; in the order of the languages. Raises FormatError.

    A file of the zip that tells of something else, such as occupations, is left out and counts as one text.
    """
    if is_zip(content):
        files, others = unpacked(content, lambda name: _known(name) is not None)
    elif len(content) > MOST_UNPACKED:
        raise FormatError(Fault.TOO_LARGE, limit=MOST_UNPACKED)
    else:
        files, others = {file_name.rpartition("/")[2]: content}, []
    for name in others:
        account.leave(name, Reason.OTHER_PILLAR)
    found = []
    for name, part in files.items():
        known = _known(name)
        if known is None:
            raise FormatError(Fault.NOT_ESCO)
        found.append(Table(name=name, kind=known[0], language=known[1], content=part))
    if not any(table.kind == SKILLS for table in found):
        raise FormatError(Fault.NOT_ESCO)
    return sorted(found, key=lambda table: (LANGUAGES.index(table.language), table.name))


def _known(name: str) -> tuple[str, str] | None:
    """The kind and the language of a table by the name of its file."""
    found = _NAME.fullmatch(name)
    kind = _FILE.fullmatch(found[1]) if found else None
    return (str(kind.lastgroup), found[2].lower()) if kind and found else None
