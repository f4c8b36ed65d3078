"""Tables of people. E-mail addresses are rows of allauth's EmailAddress: one truth (docs/decisions/0004)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from luotsi.core.actors import ActorKind
from luotsi.core.enums import Language
from luotsi.core.models import Record, TextVersion
from luotsi.people.enums import CircleKind, CircleRole, ConsentKind, OrganisationKind, PartnershipState, Role

if TYPE_CHECKING:
    from datetime import date
    from typing import Self
    from uuid import UUID


class PersonQuerySet(models.QuerySet["Person"]):
    def present(self) -> Self:
        return self.filter(erased_at=None)


class PersonManager(models.Manager.from_queryset(PersonQuerySet)):  # type: ignore[misc]  # made by Django at run time
    def get_by_natural_key(self, key: str) -> Person:
        found: Person = self.get(ref=key)
        return found


class Person(AbstractBaseUser, Record):
    """One account, one profile, any number of roles. Erased, it stays as a tombstone without anything personal."""

    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    sort_key = models.CharField(max_length=250, blank=True, editable=False)
    search_key = models.CharField(max_length=250, blank=True, editable=False)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FI)
    time_zone = models.CharField(max_length=40, default="Europe/Helsinki")
    region = models.CharField(max_length=2, blank=True)  # maakunta code
    is_minor = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_made_up = models.BooleanField(default=False, editable=False)  # filled in by the demo; never a real person
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "ref"
    REQUIRED_FIELDS = []

    objects = PersonManager()

    class Meta:
        indexes = [models.Index(fields=["sort_key"], name="people_person_sorted")]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or "–"

    @property
    def actor_kind(self) -> ActorKind:
        return ActorKind.PERSON

    @property
    def actor_ref(self) -> UUID | None:
        return self.ref


class Organisation(Record):
    """An education provider, an employer, a public body, an association, or a unit of one: one tree."""

    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=250, editable=False)
    search_key = models.CharField(max_length=250, editable=False)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="units")
    region = models.CharField(max_length=2, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="people_unit_is_not_its_own_parent"),
            models.UniqueConstraint(fields=["parent", "name"], name="people_one_unit_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Network(Record):
    """Organisations that work together: a consortium, a region, one client organisation."""

    name = models.CharField(max_length=200, unique=True)
    region = models.CharField(max_length=2, blank=True)
    organisations: models.ManyToManyField[Organisation, NetworkOrganisation] = models.ManyToManyField(
        Organisation, through="NetworkOrganisation", related_name="networks"
    )

    def __str__(self) -> str:
        return self.name


Dated = TypeVar("Dated", bound=models.Model)


class CurrentQuerySet(models.QuerySet[Dated]):
    """Rows with from–to dates."""

    def current(self, on: date | None = None) -> Self:
        day = on or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class NetworkOrganisation(Record):
    network = models.ForeignKey(Network, models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="parts")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    objects = CurrentQuerySet["NetworkOrganisation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "organisation"], name="people_organisation_once_a_network"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="people_part_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.network}"


class Membership(Record):
    """What a person does for an organisation or a network, from when to when. Rights come from here and circles."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="memberships")
    network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    objects = CurrentQuerySet["Membership"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, network__isnull=False) | Q(organisation__isnull=False, network=None),
                name="people_membership_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(until=None, network=None),
                name="people_one_open_role_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["person", "network", "role"],
                condition=Q(until=None, organisation=None),
                name="people_one_open_role_a_network",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="people_membership_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}, {self.organisation or self.network}"


class Invitation(Record):
    """A way in for somebody who has no account yet, or not this role. The link's secret is kept as a digest only."""

    email = models.EmailField()
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="invitations")
    network = models.ForeignKey(Network, models.CASCADE, null=True, blank=True, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FI)
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="invitations_sent")
    accepted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="invitations_accepted")
    secret_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, network__isnull=False) | Q(organisation__isnull=False, network=None),
                name="people_invitation_to_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.organisation or self.network}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()


class SignInLink(Record):
    """A link that was mailed to sign in with, good once and for a short time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_in_links")
    email = models.EmailField()
    secret_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"for {self.person_id}"


class Circle(Record):
    """Persons who belong together for a while: a programme, a group, a pair. Higher modules write, lower ones read."""

    kind = models.CharField(max_length=12, choices=CircleKind.choices)
    name = models.CharField(max_length=200, blank=True)
    network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="circles")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")

    def __str__(self) -> str:
        return self.name or self.kind


class CircleMember(Record):
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="circle_memberships")
    role = models.CharField(max_length=12, choices=CircleRole.choices)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    objects = CurrentQuerySet["CircleMember"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "person", "role"], condition=Q(until=None), name="people_once_in_a_circle_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.circle}"


class Occasion(Record):
    """A moment of a circle: a meeting, an event. A future time is local time with its zone."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="occasions")
    name = models.CharField(max_length=200)
    starts_local = models.DateTimeField()  # as the clock on the wall shows it in `time_zone`, kept as if it were UTC
    minutes = models.PositiveSmallIntegerField(default=60)
    time_zone = models.CharField(max_length=40, default="Europe/Helsinki")
    place = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=1440), name="people_occasion_within_a_day"),
        ]

    def __str__(self) -> str:
        return self.name


class Partnership(Record):
    """An education provider and a workplace that work together in a network: how it came about and how far it is.

    The contacts of both sides read it, the administrators of both, and the network's coordinators and readers.
    """

    network = models.ForeignKey(Network, models.PROTECT, related_name="partnerships")
    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships_as_provider")
    workplace = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships_as_workplace")
    provider_contact = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    workplace_contact = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    came_about = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=PartnershipState.choices, default=PartnershipState.CONTACTED)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "provider", "workplace"],
                condition=Q(until=None),
                name="people_one_open_partnership",
            ),
            models.CheckConstraint(condition=~Q(provider=F("workplace")), name="people_partnership_of_two"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="people_partnership_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} and {self.workplace}"


class PartnershipStep(Record):
    """When a partnership came into a state: counted over time."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=PartnershipState.choices)
    on = models.DateField(default=timezone.localdate)

    def __str__(self) -> str:
        return f"{self.state} {self.on}"


class Consent(Record):
    """What a person agreed to, in which words, when; or a guardian for a minor. Withdrawn, it stays as what it was."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=20, choices=ConsentKind.choices)
    text = models.ForeignKey(TextVersion, models.PROTECT, related_name="+")
    about_ref = models.UUIDField(null=True, blank=True)  # of what it was given for: an application
    given_by = models.CharField(max_length=200, blank=True)  # the guardian's name; empty: the person
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "kind"], name="people_consents_of_a_person")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"
