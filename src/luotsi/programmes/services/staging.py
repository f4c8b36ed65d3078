"""What becomes of each row of a list when it is read: worked out without writing anything."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation

from luotsi.core.tables.conversion import converter
from luotsi.core.tables.faults import FaultCode, shown
from luotsi.core.tables.limits import Limits
from luotsi.core.words.clean import clean_text
from luotsi.core.words.keys import email_key, search_key
from luotsi.programmes.enums import UNDECIDED, ApplicationState, RowOutcome
from luotsi.programmes.formats.applicants import (
    Applicant,
    Remark,
    RowFault,
    applicant_to_json,
    read_applicant,
    typed_cells,
)
from luotsi.programmes.formats.list_columns import STATE, TOLD, own_questions
from luotsi.programmes.formats.listed import cell_of, differing, listed, merged, own_cell, read_told
from luotsi.programmes.models.lists import ImportRow
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.listing import KnownHere, applicant_of, known_here
from luotsi.programmes.queries.lists import organisations_by_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luotsi.core.tables.columns import Column
    from luotsi.core.tables.reading import Row, TableHead
    from luotsi.people.models import Organisation
    from luotsi.programmes.models.applications import Application
    from luotsi.programmes.models.lists import ImportRun

LIMITS = Limits(max_bytes=60_000_000, max_rows=120_000, max_unpacked=300_000_000)
NAMES_OF_PERSON = ("given_name", "family_name", "email")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What becomes of one row, and why."""

    outcome: RowOutcome
    remarks: tuple[Remark, ...] = ()
    kept: Any = None
    before: dict[str, Any] = field(default_factory=dict)
    application: Application | None = None


class Staging:
    """Goes through the rows of one list in their order, and knows what is in the round already."""

    def __init__(self, run: ImportRun, head: TableHead, columns: Sequence[Column]) -> None:
        self.run = run
        self.model = model_in(run.round.programme.description)
        self.own = own_questions(self.model)
        self.organisations = organisations_by_key(run.round.programme.network)
        self.here = frozenset(head.places)
        self.absent = frozenset(column.key for column in columns) - self.here
        self.read = {column.key: converter(column) for column in columns if column.key in self.here}
        self.states = names_of_states()
        self.seen: dict[tuple[str, str | int | None], int] = {}

    def rows_of(self, rows: Sequence[Row]) -> list[ImportRow]:
        """What becomes of some rows: six queries at most, however many they are."""
        keys = [email_key(_typed(row, "email"))[:254] for row in rows]
        known = known_here(self.run.round, keys, [_typed(row, "external_id") for row in rows])
        return [self._row(row, key, known) for row, key in zip(rows, keys, strict=True)]

    def _row(self, row: Row, key: str, known: KnownHere) -> ImportRow:
        judged = self._judge(row, key, known)
        return ImportRow(
            run=self.run,
            number=row.number,
            outcome=judged.outcome,
            faults=[remark.to_json() for remark in judged.remarks],
            kept=judged.kept or {},
            before=judged.before,
            email_key=key if judged.kept else "",
            application=judged.application,
        )

    def _judge(self, row: Row, key: str, known: KnownHere) -> Judged:
        application = known.with_id(_typed(row, "external_id")) or known.with_address(key)
        try:
            if application is None:
                return self._judge_new(row, key, known)
            return self._judge_known(row, key, known, application)
        except RowRefusedError as refused:
            return Judged(
                outcome=RowOutcome.REFUSED, remarks=refused.remarks, kept=typed_cells(row), application=application
            )
        except TwiceError as twice:
            return Judged(outcome=RowOutcome.DUPLICATE, remarks=(twice.remark,))

    def _judge_new(self, row: Row, key: str, known: KnownHere) -> Judged:
        found, notes = self._read(row, frozenset(), "")
        _refuse_bad_address(key, found.email)
        person = known.people.get(key)
        self._refuse_twice(row.number, (("address", key), ("person", person), ("id", found.external_id)))
        notes += self._notes_on_organisation(found) + self._notes_on_state(row, ApplicationState.SUBMITTED)
        told = {name: answer for name, answer in found.told.items() if answer}
        kept = applicant_to_json(replace(found, told=told))
        return Judged(outcome=RowOutcome.NEW, remarks=tuple(notes), kept=kept)

    def _judge_known(self, row: Row, key: str, known: KnownHere, application: Application) -> Judged:
        by_address = known.with_address(key)
        if by_address and by_address != application:
            raise RowRefusedError(Remark(code=RowFault.ID_OF_ANOTHER, column="external_id"))
        current = applicant_of(application, known.addresses.get(application.person_id, ""))
        trusted = self.absent | self._unchanged(row, current)
        found, notes = self._read(row, trusted, current.role)
        if "email" not in trusted:
            _refuse_bad_address(key, found.email)
        marks = (("address", key), ("person", application.person_id), ("id", found.external_id))
        self._refuse_twice(row.number, marks)
        if by_address is None:
            notes.append(Remark(code=RowFault.OTHER_ADDRESS, column="email", value=shown(found.email)))
        notes += self._notes_on_state(row, application.state)
        then = merged(current, found, trusted)
        before = self._replaced(application, current, then, self.here - trusted)
        if not before:
            return Judged(outcome=RowOutcome.SAME, remarks=tuple(notes), application=application)
        if application.state not in UNDECIDED:
            raise RowRefusedError(Remark(code=RowFault.DECIDED))
        notes += self._notes_on_organisation(then) if "organisation" in before else []
        return Judged(
            outcome=RowOutcome.CHANGED,
            remarks=tuple(notes),
            kept=applicant_to_json(then),
            before=before,
            application=application,
        )

    def _read(self, row: Row, trusted: frozenset[str], role: str) -> tuple[Applicant, list[Remark]]:
        """What the row says, with what is to be known about it. `role`: what it is where the row does not say."""
        found = read_applicant(row, trusted)
        if not isinstance(found, Applicant):
            raise RowRefusedError(*found)
        role = role if "role" in trusted else found.role
        told, remarks = read_told(self.model, row.values, role, trusted)
        if any(not remark.is_note for remark in remarks):
            raise RowRefusedError(*remarks)
        return replace(found, role=role, told=told), list(remarks)

    def _replaced(
        self, application: Application, current: Applicant, then: Applicant, said: frozenset[str]
    ) -> dict[str, Any]:
        """What stands now where the row says something else, by column."""
        now, new = listed(current), listed(then)
        changed = differing(now, new, sorted(said - {*NAMES_OF_PERSON, STATE}))
        silent = {"submitted_on": (None,), "external_id": ("", str(application.ref))}
        before = {key: now.get(key, "") for key in changed if new.get(key, "") not in silent.get(key, ())}
        if application.organisation_id is None and self._organisation(then) is not None:
            before.setdefault("organisation", now["organisation"])
        return before

    def _organisation(self, applicant: Applicant) -> Organisation | None:
        return self.organisations.get(search_key(applicant.answers.organisation))

    def _unchanged(self, row: Row, current: Applicant) -> frozenset[str]:
        """The columns whose cell reads as the one that stands in what we write out."""
        faults = {fault.column: (fault.code, fault.value) for fault in row.faults}
        now = listed(current)
        same = set()
        for key, read in self.read.items():
            value, fault = read(clean_text(self._cell(key, now, current)))
            pair = (fault.code, fault.value) if fault else None
            if value == row.values[key] and pair == faults.get(key):
                same.add(key)
        return frozenset(same - {STATE})

    def _cell(self, key: str, now: dict[str, Any], current: Applicant) -> str:
        if key in NAMES_OF_PERSON:
            return str(getattr(current, key))
        if key.startswith(TOLD):
            return own_cell(self.own[key], now.get(key, ""), "fi")
        return cell_of(key, now.get(key, ""), "fi")

    def _refuse_twice(self, number: int, marks: tuple[tuple[str, str | int | None], ...]) -> None:
        """Raises TwiceError when a row before was about the same person; else it is noted that this one is."""
        known = [mark for mark in marks if mark[1]]
        for mark in known:
            if first := self.seen.get(mark):
                code, column = (RowFault.TWICE_ID, "external_id") if mark[0] == "id" else (RowFault.TWICE, "email")
                raise TwiceError(Remark(code=code, column=column, facts={"row": first}))
        self.seen |= dict.fromkeys(known, number)

    def _notes_on_organisation(self, applicant: Applicant) -> list[Remark]:
        written = applicant.answers.organisation
        if not written or self._organisation(applicant) is not None:
            return []
        return [Remark(code=RowFault.UNKNOWN_ORGANISATION, column="organisation", value=shown(written))]

    def _notes_on_state(self, row: Row, state: str) -> list[Remark]:
        written = row.values.get(STATE)
        if not isinstance(written, str) or not written or search_key(written) in self.states[state]:
            return []
        return [Remark(code=RowFault.STATE_NOT_TAKEN, column=STATE, value=shown(written))]


class RowRefusedError(Exception):
    """A row cannot be taken."""

    def __init__(self, *remarks: Remark) -> None:
        super().__init__(*(remark.code for remark in remarks))
        self.remarks = remarks


class TwiceError(Exception):
    """A row is about somebody of whom a row before was."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.code)
        self.remark = remark


def names_of_states() -> dict[str, frozenset[str]]:
    """The keys of what each state of an application is called, in any language."""
    found: dict[str, set[str]] = {state: {search_key(state)} for state in ApplicationState.values}
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            for state in ApplicationState:
                found[state.value].add(search_key(str(state.label)))
    return {state: frozenset(names) for state, names in found.items()}


def _typed(row: Row, column: str) -> str:
    """What stands in a cell of text, read or not."""
    value = row.values.get(column)
    if isinstance(value, str) and value:
        return value
    return next((fault.value for fault in row.faults if fault.column == column), "")


def _refuse_bad_address(key: str, typed: str) -> None:
    try:
        validate_email(key)
    except ValidationError:
        remark = Remark(code=FaultCode.NOT_AN_EMAIL.value, column="email", value=shown(typed))
        raise RowRefusedError(remark) from None
