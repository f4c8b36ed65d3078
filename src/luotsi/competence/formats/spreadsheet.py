"""Reading an own framework from a spreadsheet: CSV or XLSX, with a row for each criterion or for each competence.

An empty area or competence means that of the row above. All that is wrong is told at once, each with its row and
column, and nothing is taken when anything is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from luotsi.competence.formats.columns import (
    AREA,
    COMPETENCE,
    CRITERION,
    DESCRIPTION,
    FRAMEWORK,
    LEVEL,
    LEVELS,
    columns,
    key_of,
    parts,
)
from luotsi.competence.formats.drafts import draft, settled
from luotsi.competence.formats.identity import Names, derived
from luotsi.competence.formats.values import (
    LANGUAGES,
    Area,
    Counts,
    Criterion,
    Framework,
    FrameworkKind,
    FrameworkReading,
    Scale,
)
from luotsi.core.tables.limits import Limits
from luotsi.core.tables.reading import scan_table
from luotsi.core.words.keys import search_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from luotsi.competence.formats.values import Competence, Texts
    from luotsi.core.tables.reading import Row

SOURCE: Final = "spreadsheet"
LIMITS: Final = Limits(max_bytes=10_000_000, max_rows=5_000, max_columns=200, max_cell=4_000, max_unpacked=60_000_000)
LONGEST: Final[Mapping[str, int]] = {FRAMEWORK: 200, AREA: 200, COMPETENCE: 200}
LONGEST_TEXT: Final = 2_000


class SheetFaultCode(StrEnum):
    """Besides those of any table (core.tables.faults)."""

    NO_AREA = "no_area"
    NO_COMPETENCE = "no_competence"
    NO_CRITERION = "no_criterion"
    LEVEL_OUT = "level_out"
    TOO_LONG = "too_long"  # facts: most, found
    REPEATED = "repeated"  # facts: first, the row that says the same
    DIFFERS = "differs"  # facts: first, the row that names the same thing otherwise
    NO_ROWS = "no_rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFault:
    """What is wrong. `row` as the spreadsheet shows it, 0 for the whole; `column`: a key of `columns`, or empty."""

    code: str
    row: int = 0
    column: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)


class SheetRefusedError(Exception):
    """The rows cannot be taken; all that is wrong with them."""

    def __init__(self, faults: tuple[SheetFault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults


def read_spreadsheet(content: bytes, file_name: str) -> FrameworkReading:
    """The framework in a sheet, named by its column or else by the file. Raises SheetRefusedError, TableRefusedError.

    A column that means nothing to us counts as a text that was not understood: `$.H` is the one in column H.
    """
    scan = scan_table(content, file_name, columns(), LIMITS)
    gathered = _Gathered()
    for row in scan.rows:
        gathered.take(row)
    if not gathered.rows and not gathered.faults:
        gathered.faults.append(SheetFault(code=SheetFaultCode.NO_ROWS))
    if gathered.faults:
        raise SheetRefusedError(tuple(gathered.faults))
    framework = _framework(gathered, file_name)
    unknown = tuple(f"$.{heading.letter}" for heading in scan.unknown_headers if heading.text)
    return FrameworkReading(
        framework=framework,
        counts=_counts(framework, gathered.texts, len(unknown)),
        left_out=(),
        not_understood=unknown,
        remarks=(),
        missing_scales=(),
    )


@dataclass(slots=True)
class _Thing:
    """An area or a competence on its way: its name, the row that named it first, and what stands under it."""

    name: Texts
    row: int
    description: Texts = field(default_factory=dict)
    below: list[_Thing] = field(default_factory=list)
    criteria: list[tuple[int | None, Texts, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Gathered:
    """The rows as they come: what they say, and what is wrong with them."""

    areas: list[_Thing] = field(default_factory=list)
    name: Texts = field(default_factory=dict)
    faults: list[SheetFault] = field(default_factory=list)
    rows: int = 0
    texts: int = 0
    area: _Thing | None = None
    competence: _Thing | None = None

    def take(self, row: Row) -> None:
        said = _texts_of(row)
        wrong = [*_of_table(row), *_too_long(row, said)]
        self.rows += 1
        self.texts += sum(len(texts) for texts in said.values())
        self.name = said.get(FRAMEWORK, {}) | self.name
        self.faults += wrong
        self._find_place(row, said)
        if self.competence is not None and not wrong:
            self.competence.description |= said.get(DESCRIPTION, {})
            self._take_criteria(row, said, self.competence)

    def _find_place(self, row: Row, said: Mapping[str, Texts]) -> None:
        """The area and the competence that the row speaks of: those it names, or else those of the row above."""
        if name := said.get(AREA):
            self.area, self.competence = self._named(self.areas, name, AREA, row.number), None
        if self.area is None:
            self._wrong(SheetFaultCode.NO_AREA, row, key_of(AREA, LANGUAGES[0]))
            return
        if name := said.get(COMPETENCE):
            self.competence = self._named(self.area.below, name, COMPETENCE, row.number)
        elif self.competence is None and said.keys() - {AREA, FRAMEWORK}:
            self._wrong(SheetFaultCode.NO_COMPETENCE, row, key_of(COMPETENCE, LANGUAGES[0]))

    def _named(self, known: list[_Thing], name: Texts, part: str, row: int) -> _Thing:
        """The thing of that name in any language, or a new one. Names that do not agree are wrong."""
        keys = _keys(name)
        thing = next((each for each in known if keys & _keys(each.name)), None)
        if thing is None:
            thing = _Thing(name=dict(name), row=row)
            known.append(thing)
        for language in LANGUAGES:
            before, now = thing.name.get(language), name.get(language)
            if before and now and search_key(before) != search_key(now):
                fault = SheetFault(
                    code=SheetFaultCode.DIFFERS, row=row, column=key_of(part, language), facts={"first": thing.row}
                )
                self.faults.append(fault)
        thing.name = name | thing.name
        return thing

    def _take_criteria(self, row: Row, said: Mapping[str, Texts], competence: _Thing) -> None:
        level = row.values[LEVEL]
        if level is not None and level not in LEVELS:
            self._wrong(SheetFaultCode.LEVEL_OUT, row, LEVEL)
        elif level is not None and CRITERION not in said:
            self._wrong(SheetFaultCode.NO_CRITERION, row, key_of(CRITERION, LANGUAGES[0]))
        elif CRITERION in said:
            self._take_criterion(row, competence, CRITERION, level if isinstance(level, int) else None, said)
        for each in LEVELS:
            if f"{LEVEL}{each}" in said:
                self._take_criterion(row, competence, f"{LEVEL}{each}", each, said)

    def _take_criterion(
        self, row: Row, competence: _Thing, part: str, level: int | None, said: Mapping[str, Texts]
    ) -> None:
        text = said[part]
        same = next(
            (first for at, known, first in competence.criteria if at == level and _keys(known) & _keys(text)), 0
        )
        if same:
            self._wrong(SheetFaultCode.REPEATED, row, key_of(part, next(iter(text))), first=same)
        else:
            competence.criteria.append((level, text, row.number))

    def _wrong(self, code: SheetFaultCode, row: Row, column: str, **facts: int) -> None:
        self.faults.append(SheetFault(code=code, row=row.number, column=column, facts=facts))


def _framework(gathered: _Gathered, file_name: str) -> Framework:
    stem = file_name.rpartition(".")[0] or file_name or SOURCE
    name = gathered.name or dict.fromkeys(LANGUAGES, stem[: LONGEST[FRAMEWORK]])
    origin_id = f"sheet:{derived(search_key(next(iter(name.values()))))}"
    names = Names()
    areas = [_area(area, names.own(f"{origin_id}/{derived(area.name)}")) for area in gathered.areas]
    return Framework(
        origin_id=origin_id,
        code="",
        kind=FrameworkKind.OWN,
        name=name,
        description={},
        source=SOURCE,
        modified=None,
        valid_from=None,
        valid_to=None,
        areas=tuple(replace(area, order=order) for order, area in enumerate(areas)),
    )


def _area(thing: _Thing, origin_id: str) -> Area:
    return Area(
        origin_id=origin_id,
        code="",
        name=thing.name,
        within="",
        extent=None,
        extent_max=None,
        description={},
        requirements=(),
        competences=settled((_competence(below) for below in thing.below), origin_id),
        order=0,
    )


def _competence(thing: _Thing) -> Competence:
    criteria = [
        Criterion(level=level, level_name={}, text=text, code="", order=0)
        for level, text, _row in sorted(thing.criteria, key=lambda each: each[0] or 0)
    ]
    has_levels = any(criterion.level for criterion in criteria)
    scale = Scale.FIVE if has_levels else None
    return draft(name=thing.name, description=thing.description, criteria=criteria, scale=scale)


def _texts_of(row: Row) -> dict[str, Texts]:
    """What the row says, by part and language; parts that say nothing are not there."""
    said = {
        part: {
            language: text
            for language in LANGUAGES
            if isinstance(text := row.values[key_of(part, language)], str) and text.strip()
        }
        for part in parts()
    }
    return {part: texts for part, texts in said.items() if texts}


def _of_table(row: Row) -> Iterator[SheetFault]:
    for fault in row.faults:
        yield SheetFault(
            code=fault.code.value, row=row.number, column=fault.column, facts={"value": fault.value, **fault.facts}
        )


def _too_long(row: Row, said: Mapping[str, Texts]) -> Iterator[SheetFault]:
    for part, texts in said.items():
        most = LONGEST.get(part, LONGEST_TEXT)
        for language, text in texts.items():
            if len(text) > most:
                facts = {"most": most, "found": len(text)}
                yield SheetFault(
                    code=SheetFaultCode.TOO_LONG, row=row.number, column=key_of(part, language), facts=facts
                )


def _keys(texts: Texts) -> set[tuple[str, str]]:
    return {(language, search_key(text)) for language, text in texts.items()}


def _counts(framework: Framework, texts: int, unknown: int) -> Counts:
    competences = [competence for area in framework.areas for competence in area.competences]
    return Counts(
        areas=len(framework.areas),
        competences=len(competences),
        criteria=sum(len(competence.criteria) for competence in competences),
        texts=texts + unknown,
        placed=texts,
        left_out=0,
        not_understood=unknown,
    )
