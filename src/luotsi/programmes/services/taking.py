"""Writes: rows of a list become people with applications, many in one short transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from luotsi.core import audit
from luotsi.core.words.keys import email_key, search_key
from luotsi.people.services.accounts import NewPerson, add_people, people_to_be
from luotsi.programmes.enums import UNDECIDED, ApplicationRole, ApplicationState, CameBy, RowOutcome
from luotsi.programmes.formats.answers import answers_from_json
from luotsi.programmes.formats.applicants import Remark, RowFault, applicant_from_json
from luotsi.programmes.formats.calls import told_by
from luotsi.programmes.formats.list_columns import TOLD
from luotsi.programmes.formats.listed import ANSWERS, listed
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.lists import ImportRow
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.listing import applicant_of
from luotsi.programmes.services.applications import Candidacy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from luotsi.people.models import Organisation, Person
    from luotsi.programmes.formats.applicants import Applicant
    from luotsi.programmes.models.lists import ImportRun

DONE = ("application", "outcome", "faults", "kept", "before", "is_done", "email_key")
CHANGED = ("role", "answers", "told", "organisation", "submitted_on", "external_id", "changed_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What was made of some rows, by their keys; new people by their addresses."""

    applicants: dict[int, Applicant]
    columns: dict[int, dict[str, Any]]
    people: dict[str, Person]


class Taking:
    """Takes rows of one list. Everything that it needs to know for all of them is looked up once."""

    def __init__(self, run: ImportRun, organisations: dict[str, Organisation], *, by: Person) -> None:
        self.run, self.organisations, self.by = run, organisations, by
        self.model = model_in(run.round.programme.description)

    def prepare(self, rows: Sequence[ImportRow]) -> Prepared:
        """What can be made of these rows before anything is written."""
        applicants = {row.pk: applicant_from_json(row.kept) for row in rows}
        new = [applicants[row.pk] for row in rows if row.application_id is None]
        columns = {row.pk: self.candidacy_of(applicants[row.pk]).columns() for row in rows}
        people = people_to_be(_new_person(applicant) for applicant in new)
        return Prepared(applicants=applicants, columns=columns, people=people)

    def take(self, rows: Sequence[ImportRow], prepared: Prepared) -> None:
        """Take these rows, in the caller's transaction: each is done, one way or the other."""
        people = add_people(prepared.people, by=self.by)
        here = self._applications(rows, people.values())
        new: list[Application] = []
        changed: list[Application] = []
        for row in rows:
            applicant = prepared.applicants[row.pk]
            person = people.get(email_key(applicant.email)) if row.application_id is None else None
            found = here.get(("pk", row.application_id)) or here.get(("person", person.pk if person else None))
            if found is not None and any(found is handled for handled in (*new, *changed)):
                refuse(row, RowFault.NOT_TAKEN)  # the same person by two addresses, not known as one when it was read
            elif found is not None:
                self._change(row, found, applicant, changed)
            elif person is not None and ("id", applicant.external_id) not in here:
                application = self._new(row, person, prepared.columns[row.pk])
                here["person", person.pk] = here["id", applicant.external_id or person.ref.hex] = application
                new.append(application)
            else:
                refuse(row, RowFault.NOT_TAKEN if person is None else RowFault.ID_OF_ANOTHER)
        Application.objects.bulk_create(new)
        Application.objects.bulk_update(changed, CHANGED)
        audit.record_each(by=self.by, verb="programmes.applied", subjects=new)
        audit.record_each(by=self.by, verb="programmes.application_changed", subjects=changed)
        note_done(rows)

    def _new(self, row: ImportRow, person: Person, columns: dict[str, Any]) -> Application:
        application = Application(
            round=self.run.round,
            person=person,
            state=ApplicationState.SUBMITTED,
            came_by=CameBy.LIST,
            **columns,
        )
        row.application, row.outcome = application, RowOutcome.TAKEN
        return application

    def _applications(
        self, rows: Sequence[ImportRow], people: Iterable[Person]
    ) -> dict[tuple[str, int | str | None], Application]:
        """What there is in the round, by key, by person, and by identifier; nobody else changes it meanwhile."""
        locked = Application.objects.select_for_update(of=("self",)).select_related("person", "organisation")
        here = locked.filter(round=self.run.round)
        named = {row.kept.get("external_id", "") for row in rows} - {""}
        asked = (  # apart: joined by OR they would go through the whole round, each time
            here.filter(pk__in=[row.application_id for row in rows if row.application_id]),
            here.filter(person__in=list(people)),
            here.filter(external_id__in=named).exclude(external_id=""),
        )
        found: dict[tuple[str, int | str | None], Application] = {}
        known = {application.pk: application for some in asked for application in some}
        for application in known.values():
            found["pk", application.pk] = found["person", application.person_id] = application
            if application.external_id:
                found["id", application.external_id] = application
        return found

    def candidacy_of(self, applicant: Applicant) -> Candidacy:
        return Candidacy(
            role=ApplicationRole(applicant.role),
            answers=applicant.answers,
            organisation=self.organisations.get(search_key(applicant.answers.organisation)),
            submitted_on=applicant.submitted_on,
            told=applicant.told,
            external_id=applicant.external_id,
        )

    def _change(self, row: ImportRow, found: Application, applicant: Applicant, changed: list[Application]) -> None:
        """Put what the row says in place of what it was shown to replace; of a new row, all of it."""
        if found.state not in UNDECIDED:
            refuse(row, RowFault.DECIDED)
            return
        now, then = listed(applicant_of(found)), listed(applicant)
        before: dict[str, Any] = row.before or {key: now.get(key, "") for key in then if then[key] not in (None, "")}
        if any(now.get(key, "") != value for key, value in before.items()):
            refuse(row, RowFault.CHANGED_MEANWHILE)
            return
        self._put(found, {key: then.get(key, "") for key in before})
        changed.append(found)
        row.application, row.outcome = found, RowOutcome.CHANGED

    def _put(self, application: Application, values: dict[str, Any]) -> None:
        answers = {key: value for key, value in values.items() if key in ANSWERS}
        application.answers = {**application.answers, **answers}
        if "organisation" in values:
            application.organisation = self.organisations.get(search_key(values["organisation"]))
        for key in {"role", "submitted_on", "external_id"} & set(values):
            setattr(application, key, values[key])
        told = {key.removeprefix(TOLD): value for key, value in values.items() if key.startswith(TOLD)}
        told |= self._told_again(application, set(answers))
        application.told = {key: value for key, value in {**application.told, **told}.items() if value != ""}

    def _told_again(self, application: Application, keys: set[str]) -> dict[str, Any]:
        """What the form holds of the same things: it follows what the list changed."""
        if not keys & set(application.told):
            return {}
        again = told_by(self.model, application.role, answers_from_json(application.answers))
        return {key: again.get(key, "") for key in keys if key in application.told}


def refuse(row: ImportRow, code: RowFault) -> None:
    row.outcome, row.faults = RowOutcome.REFUSED, [*row.faults, Remark(code=code).to_json()]


def note_done(rows: Sequence[ImportRow]) -> None:
    """These rows are done: what was typed in them is forgotten."""
    for row in rows:
        row.kept, row.before, row.is_done = {}, {}, True
        row.email_key = "" if row.application else row.email_key
    ImportRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["pk"], update_fields=DONE)


def _new_person(applicant: Applicant) -> NewPerson:
    return NewPerson(
        email=email_key(applicant.email),
        given_name=applicant.given_name,
        family_name=applicant.family_name,
        language=next((code for code in applicant.answers.languages if code in {"fi", "sv", "en"}), "fi"),
        region=applicant.answers.region,
        is_minor=applicant.answers.is_minor,
    )
