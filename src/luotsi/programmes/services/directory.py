"""Writes: news of programmes by e-mail."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from luotsi.comms.models import Recipient
from luotsi.comms.services import tell
from luotsi.core import audit, jobs
from luotsi.core.actors import SYSTEM
from luotsi.core.words.keys import email_key
from luotsi.programmes.enums import ProgrammeState
from luotsi.programmes.messages import directory as letters
from luotsi.programmes.models.directory import NewsSent, NewsSubscription
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.directory import token_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from luotsi.core.actors import Actor

KEPT_UNCONFIRMED = timedelta(days=7)


@transaction.atomic
def subscribe(email: str, *, language: str, region: str, by: Actor) -> NewsSubscription:
    """Mail a link that confirms. An address that is in already is mailed the same, so that nobody learns who is in.

    A confirmed one keeps its region and language until the new link is opened and confirmed.
    """
    key = email_key(email)
    validate_email(key)
    found = NewsSubscription.objects.select_for_update().filter(email_key=key).first()
    if found is None:
        found = NewsSubscription(email=key, email_key=key, language=language, region=region).insert()
    elif found.confirmed_at is None:
        found.amend(language=language, region=region)
    token = token_of(found)
    tell(lambda: letters.confirm_news(token), to=_recipient(found), by=by)
    audit.record(by=by, verb="programmes.news_asked_for", subject=found)
    return found


@transaction.atomic
def confirm_news(subscription: NewsSubscription, *, by: Actor) -> None:
    """The address is the asker's: news may come. Nothing happens when it was confirmed before."""
    if subscription.confirmed_at is None:
        subscription.amend(confirmed_at=timezone.now())
        audit.record(by=by, verb="programmes.news_confirmed", subject=subscription)


@transaction.atomic
def leave_news(subscription: NewsSubscription, *, by: Actor) -> None:
    """No more news; the address is forgotten."""
    audit.record(by=by, verb="programmes.news_left", subject=subscription)
    subscription.delete()


@transaction.atomic
def forget_news(addresses: list[str]) -> None:
    """The subscriptions of these addresses are gone."""
    NewsSubscription.objects.filter(email_key__in=[email_key(address) for address in addresses]).delete()


@transaction.atomic
def ask_to_send_news(programme_ref: UUID) -> None:
    """Tell everybody who asked for it, in the background."""
    jobs.enqueue("programmes.send_news", programme_ref=programme_ref)


def send_news(programme_ref: UUID, *, report: Callable[[int, int], None]) -> int:
    """Tell of a programme, each address once and in a transaction of its own. Returns how many were told now."""
    programme = Programme.objects.select_related("network").get(ref=programme_ref)
    if programme.state != ProgrammeState.OPEN:
        return 0
    waiting = NewsSubscription.objects.exclude(confirmed_at=None).exclude(sent__programme=programme).order_by("pk")
    if programme.regions:
        waiting = waiting.filter(region__in=["", *programme.regions])
    found = list(waiting)
    told = 0
    for count, subscription in enumerate(found, start=1):
        told += _tell_once(subscription, programme)
        report(count, len(found))
    return told


@transaction.atomic
def _tell_once(subscription: NewsSubscription, programme: Programme) -> bool:
    still_there = NewsSubscription.objects.select_for_update().filter(pk=subscription.pk).exists()
    if not still_there or NewsSent.objects.filter(subscription=subscription, programme=programme).exists():
        return False
    NewsSent(subscription=subscription, programme=programme).insert()
    token = token_of(subscription)
    tell(lambda: letters.news(programme, token), to=_recipient(subscription), by=SYSTEM)
    return True


@transaction.atomic
def drop_unconfirmed() -> int:
    """Addresses that have not confirmed within KEPT_UNCONFIRMED are forgotten. Returns how many."""
    before = timezone.now() - KEPT_UNCONFIRMED
    count, _kinds = NewsSubscription.objects.filter(confirmed_at=None, created_at__lt=before).delete()
    return count


def _recipient(subscription: NewsSubscription) -> Recipient:
    return Recipient(ref=None, address=subscription.email, language=subscription.language)
