"""A round's applications as a list: to be looked at or changed in a spreadsheet, and brought in again."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.programmes.enums import ApplicationState
from luotsi.programmes.formats.list_columns import STATE, TOLD, columns_for, heading_of, own_questions
from luotsi.programmes.formats.listed import cell_of, listed, own_cell
from luotsi.programmes.models.applications import Application
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.listing import addresses_by_person, applicant_of
from luotsi.programmes.rules import may_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from luotsi.people.models import Person
    from luotsi.programmes.formats.values import ModelDescription
    from luotsi.programmes.models.programmes import Round

AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTable:
    """Headings, and rows that can be gone through once."""

    headings: tuple[str, ...]
    rows: Iterator[list[str]]


def export_applications(round_: Round, *, language: str, by: Person) -> ListTable:
    """All applications of the round that somebody has not taken back or been forgotten, as they came.

    Untouched, it comes in again without any change: each column reads what stands in it as the same value.
    """
    if not may_run(by, round_.programme):
        raise RefusedError(_("Only a coordinator of the network takes lists out."))
    model = model_in(round_.programme.description)
    keys = tuple(column.key for column in columns_for(model))
    found = Application.objects.filter(round=round_, person__erased_at=None).exclude(state=ApplicationState.DRAFT)
    audit.record(by=by, verb="programmes.list_exported", subject=round_, rows=found.count())
    headings = tuple(heading_of(key, model, language) for key in keys)
    ordered = found.select_related("person", "organisation").order_by("pk")
    return ListTable(headings=headings, rows=_rows(ordered.iterator(AT_ONCE), keys, model, language))


def _rows(
    applications: Iterator[Application], keys: tuple[str, ...], model: ModelDescription, language: str
) -> Iterator[list[str]]:
    own = own_questions(model)
    with translation.override(language):
        states = {state.value: str(state.label) for state in ApplicationState}
    while some := list(islice(applications, AT_ONCE)):
        addresses = addresses_by_person(application.person_id for application in some)
        for application in some:
            applicant = applicant_of(application, addresses.get(application.person_id, ""))
            now = listed(applicant) | {
                "given_name": applicant.given_name,
                "family_name": applicant.family_name,
                "email": applicant.email,
                "external_id": applicant.external_id or str(application.ref),
                STATE: states[application.state],
            }
            yield [
                own_cell(own[key], now.get(key, ""), language)
                if key.startswith(TOLD)
                else cell_of(key, now.get(key, ""), language)
                for key in keys
            ]
