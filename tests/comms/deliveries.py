"""Deliveries for tests, as they are before and after an attempt."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from luotsi.comms import services
from luotsi.comms.enums import DeliveryState
from luotsi.comms.models import Delivery
from luotsi.core.actors import SYSTEM
from luotsi.core.models import Job
from tests.comms.letters import letter, recipient


def told(*, to=None, **other) -> Delivery:
    services.tell(lambda: letter(**other), to=to or recipient(), by=SYSTEM)
    Job.objects.all().delete()
    return Delivery.objects.order_by("-pk")[0]


def deliver(delivery: Delivery) -> Delivery:
    services.deliver(delivery.ref)
    delivery.refresh_from_db()
    return delivery


def jobs_for(delivery: Delivery) -> list[float]:
    """In how many seconds from now the delivery is tried again."""
    now = timezone.now()
    jobs = Job.objects.filter(name="comms.deliver", arguments={"delivery": {"ref": str(delivery.ref)}}).order_by("pk")
    return [round((job.run_at - now).total_seconds()) for job in jobs]


def left_in(delivery: Delivery, state: DeliveryState, **ago: int) -> Delivery:
    """As a dead worker left it."""
    return delivery.amend(state=state, attempts=1, sending_since=timezone.now() - timedelta(**ago))
