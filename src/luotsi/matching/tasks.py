"""Work in the background: working out pairs, telling people of them, ending what nobody answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from luotsi.core.jobs import task
from luotsi.matching.services import answers, runs

if TYPE_CHECKING:
    from uuid import UUID

    from luotsi.core.jobs import Lease


@task("matching.carry_out_run")
def carry_out_run(_lease: Lease, *, run_ref: UUID) -> None:
    runs.carry_out_run(runs.match_run(run_ref))


@task("matching.tell_of_proposals")
def tell_of_proposals(_lease: Lease, *, run_ref: UUID, by_ref: UUID) -> None:
    runs.tell_of_proposals_by(runs.match_run(run_ref), by_ref)


@task("matching.expire_unanswered", every=timedelta(days=1))
def expire_unanswered(_lease: Lease) -> None:
    answers.expire_unanswered()
