"""Work in the background: lists of applicants, and accepting many at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.core.jobs import task
from luotsi.programmes.services import (
    applications,
    batches,
    calendars,
    changes,
    directory,
    drafts,
    guardians,
    imports,
    participations,
    survey_days,
)

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.core.jobs import Lease


@task("programmes.read_import")
def read_import(lease: Lease, *, run_ref: UUID) -> None:
    imports.read_import(imports.import_run(run_ref), report=lease.report)


@task("programmes.apply_import")
def apply_import(lease: Lease, *, run_ref: UUID) -> None:
    imports.carry_out_import(imports.import_run(run_ref), report=lease.report)


@task("programmes.accept_submitted")
def accept_submitted(lease: Lease, *, round_ref: UUID, by_ref: UUID) -> None:
    applications.accept_submitted_for(round_ref, by_ref, report=lease.report)


@task("programmes.clear_old_rows", every=timedelta(days=1))
def clear_old_rows(_lease: Lease) -> None:
    imports.clear_old_rows()


@task("programmes.send_news")
def send_news(lease: Lease, *, programme_ref: UUID) -> None:
    directory.send_news(programme_ref, report=lease.report)


@task("programmes.drop_unconfirmed_news", every=timedelta(days=1))
def drop_unconfirmed_news(_lease: Lease) -> None:
    directory.drop_unconfirmed()


@task("programmes.carry_out_batch")
def carry_out_batch(lease: Lease, *, batch_ref: UUID) -> None:
    batches.carry_out_batch(batches.batch_of(batch_ref), report=lease.report)


@task("programmes.end_pauses", every=timedelta(hours=6))
def end_pauses(_lease: Lease) -> None:
    participations.end_pauses()


@task("programmes.remind_of_funder_data", every=timedelta(days=1))
def remind_of_funder_data(_lease: Lease) -> None:
    participations.remind_of_funder_data()


@task("programmes.ask_again")
def ask_again(_lease: Lease, *, partner_ref: UUID) -> None:
    changes.ask_again(partner_ref)


@task("programmes.tell_calendars")
def tell_calendars(_lease: Lease, *, activity_ref: UUID) -> None:
    calendars.carry_to_calendars(activity_ref)


@task("programmes.invite_expected", every=timedelta(days=1))
def invite_expected(lease: Lease) -> None:
    calendars.invite_expected(report=lease.report)


@task("programmes.open_due_surveys", every=timedelta(days=1))
def open_due_surveys(_lease: Lease) -> None:
    survey_days.open_due_surveys()


@task("programmes.clear_drafts", every=timedelta(days=1))
def clear_drafts(_lease: Lease) -> None:
    drafts.clear_expired()


@task("programmes.remind_guardians", every=timedelta(days=1))
def remind_guardians(_lease: Lease) -> None:
    guardians.remind_guardians()
