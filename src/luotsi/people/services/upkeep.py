"""Writes: what keeps the installation going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit, jobs
from luotsi.core.errors import RefusedError
from luotsi.people.rules import operates

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.core.models import Job


@transaction.atomic
def retry_job(job: Job, *, by: Actor) -> None:
    """Give failed work another round of attempts."""
    if not operates(by):
        raise RefusedError(_("Only the operator can do this."))
    jobs.retry(job)
    audit.record(by=by, verb="people.job_retried", subject=job, name=job.name)
