"""Work in the background: lists of applicants, and accepting many at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.core.jobs import task
from luotsi.programmes.services import applications, imports

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
