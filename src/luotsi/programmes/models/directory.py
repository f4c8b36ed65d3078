"""What lies around programmes: news of coming ones, organisations that ask for one, mentors between rounds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luotsi.core.enums import Language
from luotsi.core.models import Record
from luotsi.people.models import Network, Person
from luotsi.programmes.enums import EnquiryState, PartRole
from luotsi.programmes.models.programmes import Programme


class NewsSubscription(Record):
    """An address that wants to hear of coming programmes. Nothing goes out before it has been confirmed.

    The links that confirm and leave carry a signature (services.directory): no secret is kept.
    """

    email = models.EmailField()
    email_key = models.CharField(max_length=254)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FI)
    region = models.CharField(max_length=2, blank=True)  # maakunta code; none: all
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["email_key"], name="programmes_news_once_an_address")]

    def __str__(self) -> str:
        return f"news {self.ref}"


class NewsSent(Record):
    """That an address was told of a programme, so that it is told once."""

    subscription = models.ForeignKey(NewsSubscription, models.CASCADE, related_name="sent")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="news_sent")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "programme"], name="programmes_news_once_a_programme"),
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.programme_id}"


class Enquiry(Record):
    """An organisation wants a programme of its own, or to join one. The coordinators of the network read it."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="enquiries")
    organisation_name = models.CharField(max_length=200)
    contact_name = models.CharField(max_length=200)
    email = models.EmailField()
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FI)
    model_key = models.CharField(max_length=60, blank=True)
    text = models.TextField(max_length=3000)
    state = models.CharField(max_length=10, choices=EnquiryState.choices, default=EnquiryState.NEW)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.organisation_name


class PoolMember(Record):
    """Somebody who would mentor again, between rounds. `answers`: as in an application."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="pool")
    person = models.ForeignKey(Person, models.PROTECT, related_name="pool_places")
    role = models.CharField(max_length=6, choices=PartRole.choices, default=PartRole.MENTOR)
    answers = models.JSONField(default=dict, blank=True)
    since = models.DateField(default=timezone.localdate)
    rests_until = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "person"], condition=Q(left_on=None), name="programmes_once_in_a_pool"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in the pool of {self.network_id}"
