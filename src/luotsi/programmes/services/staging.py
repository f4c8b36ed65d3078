"""What becomes of each row of a list when it is read: worked out without writing anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from luotsi.core.tables.faults import FaultCode, shown
from luotsi.core.tables.limits import Limits
from luotsi.core.words.keys import email_key, search_key
from luotsi.programmes.enums import UNDECIDED, ApplicationRole, RowOutcome
from luotsi.programmes.formats.answers import answers_to_json
from luotsi.programmes.formats.applicants import (
    Applicant,
    Remark,
    RowFault,
    applicant_to_json,
    read_applicant,
    typed_cells,
)
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.lists import ImportRow
from luotsi.programmes.queries.lists import organisations_by_key
from luotsi.programmes.services.applications import Candidacy

if TYPE_CHECKING:
    from luotsi.core.tables.reading import Row, TableReading
    from luotsi.people.models import Organisation
    from luotsi.programmes.models.lists import ImportRun

LIMITS = Limits(max_bytes=20_000_000, max_rows=20_000, max_unpacked=100_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What becomes of one row, and why."""

    outcome: RowOutcome
    remarks: tuple[Remark, ...] = ()
    kept: Any = None
    key: str = ""
    application: Application | None = None


def candidacy_of(applicant: Applicant, organisations: dict[str, Organisation]) -> Candidacy:
    return Candidacy(
        role=ApplicationRole(applicant.role),
        answers=applicant.answers,
        organisation=organisations.get(search_key(applicant.answers.organisation)),
        submitted_on=applicant.submitted_on,
    )


class Staging:
    """Goes through the rows of one list in their order, and knows what is in the round already."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.organisations = organisations_by_key(run.round.programme.network)
        self.applications = self._applications()
        self.seen: dict[str, int] = {}

    def _applications(self) -> dict[str, Application]:
        """By every address of their person."""
        mine = {row.person_id: row for row in Application.objects.filter(round=self.run.round)}
        addresses = EmailAddress.objects.filter(user__applications__round=self.run.round)
        return {email: mine[person] for email, person in addresses.values_list("email", "user")}

    def rows_of(self, table: TableReading) -> list[ImportRow]:
        return [self._row(row) for row in table.rows]

    def _row(self, row: Row) -> ImportRow:
        judged = self._judge(row)
        return ImportRow(
            run=self.run,
            number=row.number,
            outcome=judged.outcome,
            faults=[remark.to_json() for remark in judged.remarks],
            kept=judged.kept or {},
            email_key=judged.key,
            application=judged.application,
        )

    def _judge(self, row: Row) -> Judged:
        found, cells = read_applicant(row), typed_cells(row)
        key = email_key(cells["email"])[:254]
        if isinstance(found, Applicant):
            return self._judge_applicant(found, row.number, key, cells)
        return Judged(outcome=RowOutcome.REFUSED, remarks=found, kept=cells, key=key)

    def _judge_applicant(self, applicant: Applicant, number: int, key: str, cells: dict[str, str]) -> Judged:
        if not _is_address(key):
            remark = Remark(code=FaultCode.NOT_AN_EMAIL.value, column="email", value=shown(applicant.email))
            return Judged(outcome=RowOutcome.REFUSED, remarks=(remark,), kept=cells, key=key)
        if first := self.seen.get(key):
            remark = Remark(code=RowFault.TWICE, column="email", facts={"row": first})
            return Judged(outcome=RowOutcome.DUPLICATE, remarks=(remark,))
        self.seen[key] = number
        application, candidacy = self.applications.get(key), candidacy_of(applicant, self.organisations)
        if application is None or (application.state in UNDECIDED and not _is_same(application, candidacy)):
            return self._to_take(applicant, candidacy, key, is_new=application is None)
        return self._judge_known(application, candidacy, key, cells)

    def _judge_known(self, application: Application, candidacy: Candidacy, key: str, cells: dict[str, str]) -> Judged:
        if _is_same(application, candidacy):
            return Judged(outcome=RowOutcome.SAME, application=application)
        remarks = (Remark(code=RowFault.DECIDED),)
        return Judged(outcome=RowOutcome.REFUSED, remarks=remarks, kept=cells, key=key, application=application)

    def _to_take(self, applicant: Applicant, candidacy: Candidacy, key: str, *, is_new: bool) -> Judged:
        written = applicant.answers.organisation
        notes: tuple[Remark, ...] = ()
        if written and candidacy.organisation is None:
            notes = (Remark(code=RowFault.UNKNOWN_ORGANISATION, column="organisation", value=shown(written)),)
        outcome = RowOutcome.NEW if is_new else RowOutcome.CHANGED
        return Judged(outcome=outcome, remarks=notes, kept=applicant_to_json(applicant), key=key)


def _is_address(key: str) -> bool:
    try:
        validate_email(key)
    except ValidationError:
        return False
    return True


def _is_same(application: Application, candidacy: Candidacy) -> bool:
    """Whether the row says nothing new."""
    organisation = candidacy.organisation.pk if candidacy.organisation else None
    return (
        application.role == candidacy.role
        and application.answers == answers_to_json(candidacy.answers)
        and application.organisation_id == organisation
        and candidacy.submitted_on in {None, application.submitted_on}
    )
