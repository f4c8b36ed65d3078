"""Tables of the passport. It knows neither programmes nor mentoring: what happened there comes in as an opaque Fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from luotsi.competence.models import Competence, Criterion
from luotsi.core.enums import Language
from luotsi.core.models import Record
from luotsi.core.texts import TranslatedTextField
from luotsi.passport.enums import ClaimState, EvidenceKind, ExtentUnit, MarkState, Outcome, Theme
from luotsi.people.models import Network, Organisation, Person

if TYPE_CHECKING:
    from uuid import UUID


class Mark(Record):
    """What can be earned: criteria, evidence asked for, extent. Issued by an organisation, or by the network itself."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="marks")  # whose offering it stands in
    # Issued by the network itself when no organisation is named.
    issuer = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="marks")
    key = models.SlugField(max_length=60)
    name = TranslatedTextField()
    description = TranslatedTextField()
    evidence_asked = TranslatedTextField()
    theme = models.CharField(max_length=20, choices=Theme.choices)
    extent = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    extent_unit = models.CharField(max_length=20, choices=ExtentUnit.choices, default=ExtentUnit.COMPETENCE_POINTS)
    study_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    eqf_level = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FI)
    state = models.CharField(max_length=10, choices=MarkState.choices, default=MarkState.DRAFT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="passport_one_mark_a_key"),
            models.CheckConstraint(
                condition=Q(eqf_level=None) | Q(eqf_level__gte=1, eqf_level__lte=8), name="passport_eqf_is_1_to_8"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class MarkCriterion(Record):
    """What must be shown for a mark: an imported criterion, as it was worded when the mark was made."""

    mark = models.ForeignKey(Mark, models.CASCADE, related_name="criteria")
    competence = models.ForeignKey(Competence, models.PROTECT, null=True, blank=True, related_name="mark_criteria")
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True, blank=True, related_name="mark_criteria")
    text = TranslatedTextField()
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark", "position"], name="passport_criterion_in_its_place")]

    def __str__(self) -> str:
        return str(self.text)


class Fact(Record):
    """Something that happened elsewhere and may serve as evidence. Journey writes it; nobody looks behind it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=60)
    fact_ref = models.UUIDField()
    happened_on = models.DateField()
    text = TranslatedTextField()  # what it says to an assessor, without names of others

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "fact_ref"], name="passport_one_fact_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.fact_ref}"


class Claim(Record):
    """A participant's way to a mark."""

    mark = models.ForeignKey(Mark, models.PROTECT, related_name="claims")
    person = models.ForeignKey(Person, models.PROTECT, related_name="claims")
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.PLANNED)
    is_offered = models.BooleanField(default=False)  # opened by what happened, not by the person's own choice
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark", "person"], name="passport_one_claim_a_mark")]
        indexes = [models.Index(fields=["state", "submitted_at", "id"], name="passport_claim_queue")]

    def __str__(self) -> str:
        return f"{self.person}: {self.mark}"


class Evidence(Record):
    """What shows the competence: own words, or a fact, kept as a value as it was then."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    fact = models.ForeignKey(Fact, models.SET_NULL, null=True, blank=True, related_name="evidence")
    text = models.TextField(max_length=5000)
    language = models.CharField(max_length=2, choices=Language.choices)

    def __str__(self) -> str:
        return f"{self.kind} for {self.claim_id}"


class Decision(Record):
    """What an assessor decided about a submitted claim, and why. Never changed: a new decision stands beside it."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="decisions")
    assessor = models.ForeignKey(Person, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reasons = models.TextField(max_length=5000, blank=True)  # read by the participant
    language = models.CharField(max_length=2, choices=Language.choices)
    decided_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.outcome} for {self.claim_id}"


class CriterionDecision(Record):
    """Whether one criterion was shown."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="by_criterion")
    criterion = models.ForeignKey(MarkCriterion, models.PROTECT, related_name="+")
    is_met = models.BooleanField()
    reason = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "criterion"], name="passport_each_criterion_once")]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.is_met}"


class IssuerKey(Record):
    """A signing key of an organisation or a network. The private part is encrypted; a retired key stays published."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="issuer_keys")
    network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="issuer_keys")
    sealed_seed = models.BinaryField()
    public_multikey = models.CharField(max_length=100, unique=True)
    since = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None, network__isnull=False) | Q(organisation__isnull=False, network=None),
                name="passport_key_of_one_issuer",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(retired_at=None, network=None),
                name="passport_one_current_key_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["network"],
                condition=Q(retired_at=None, organisation=None),
                name="passport_one_current_key_a_network",
            ),
        ]

    def __str__(self) -> str:
        return self.public_multikey

    @property
    def issuer_ref(self) -> UUID:
        """The ref in the issuer's did:web."""
        owner = self.organisation or self.network
        if owner is None:
            raise ValueError(self.pk)
        return owner.ref


class Credential(Record):
    """An awarded mark, signed. Kept as the bytes that were signed."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="credential")
    key = models.ForeignKey(IssuerKey, models.PROTECT, related_name="credentials")
    document = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"credential of {self.claim_id}"
