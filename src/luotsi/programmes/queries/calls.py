"""Reads: calls that everybody sees, applications on their way, and guardians who are asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from luotsi.core.errors import NotThereError
from luotsi.core.words.keys import sort_key
from luotsi.people.enums import ConsentKind
from luotsi.people.models import Consent
from luotsi.people.queries import addresses_of
from luotsi.people.secrets import digest_of_secret
from luotsi.programmes.enums import PARTS_OF, ApplicationRole, PartRole
from luotsi.programmes.formats.answers import answers_from_json
from luotsi.programmes.models.applications import Application, ApplicationDraft, GuardianAsk
from luotsi.programmes.models.partners import Partner
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries import directory
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.queries.programmes import round_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from luotsi.people.models import Network, Person
    from luotsi.programmes.formats.values import ModelDescription
    from luotsi.programmes.models.programmes import Round


SKILLS_READ = 500
SKILLS_SHOWN = 40
FEWEST_PEOPLE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What everybody may know of a call, before, while and after it is open. `standing`: as the directory has it."""

    programme: Programme
    round: Round
    model: ModelDescription
    standing: directory.Call
    partners: tuple[Partner, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether this is the time to apply. There may be no parts left all the same."""
        return self.standing.is_open

    @property
    def offered(self) -> tuple[ApplicationRole, ...]:
        """In which roles one may take part in such a programme."""
        both = (ApplicationRole.BOTH,) if self.model.enrolment.may_be_both else ()
        return (ApplicationRole.MENTEE, ApplicationRole.MENTOR, *both)

    @property
    def roles(self) -> tuple[ApplicationRole, ...]:
        """In which roles one may apply now."""
        free = set(self.standing.roles)
        return tuple(role for role in self.offered if self.is_open and free.issuperset(PARTS_OF[role]))

    @property
    def full(self) -> tuple[PartRole, ...]:
        """The parts of which none is left."""
        return tuple(part for part in PartRole if part not in self.standing.roles)


def call_for_everybody(ref: UUID) -> Call:
    """The call of an open programme, by the programme's ref. Raises NotThereError."""
    standing = directory.public_call(ref)
    programme = standing.programme
    round_ = round_of(programme)
    if round_ is None:
        raise NotThereError
    partners = Partner.objects.filter(programme=programme, left_on=None).select_related("organisation")
    return Call(
        programme=programme,
        round=round_,
        model=model_in(programme.description),
        standing=standing,
        partners=tuple(partners.order_by("-is_host", "organisation__sort_key", "pk")),
    )


def call_of(round_: Round) -> Call:
    """The call that a draft or an application answers."""
    programme = round_.programme
    counted = directory.with_calls(Programme.objects.filter(pk=programme.pk)).get()
    standing = directory.call_of(counted, timezone.localdate())
    return Call(programme=programme, round=round_, model=model_in(programme.description), standing=standing)


def drafts() -> QuerySet[ApplicationDraft]:
    """Drafts that may still be opened."""
    found = ApplicationDraft.objects.filter(expires_at__gt=timezone.now())
    return found.select_related("round__programme__network", "round__programme__circle", "application", "terms")


def draft_held(ref: UUID | str, programme: Programme) -> ApplicationDraft:
    """The draft that a browser holds, by its ref, which nobody else knows. Raises NotThereError."""
    found = drafts().filter(ref=ref, round__programme=programme).first()
    if found is None:
        raise NotThereError
    return found


def draft_of(person: Person, programme: Programme) -> ApplicationDraft | None:
    """What somebody who is signed in has begun in this programme and not handed in, whichever browser it was in."""
    mine = drafts().filter(email__in=addresses_of(person), round__programme=programme)
    return mine.filter(application=None, handed_in_at=None).exclude(confirmed_at=None).order_by("-pk").first()


def draft_with(secret: str) -> ApplicationDraft:
    """The draft that this link opens. Raises NotThereError when it is too old, replaced or made up."""
    found = drafts().filter(secret_digest=digest_of_secret(secret)).first()
    if found is None:
        raise NotThereError
    return found


def drafts_of(person: Person) -> QuerySet[ApplicationDraft]:
    """What somebody has begun, or somebody else under one of the person's addresses, and not handed in."""
    mine = ApplicationDraft.objects.filter(email__in=addresses_of(person), application=None)
    return mine.select_related("round__programme").order_by("pk")


def guardian_asks_of(person: Person) -> QuerySet[GuardianAsk]:
    """What somebody was asked as a guardian."""
    found = GuardianAsk.objects.filter(email__in=addresses_of(person))
    return found.select_related("application__round__programme", "consent").order_by("pk")


def guardian_ask_with(secret: str) -> GuardianAsk:
    """What this link asks a guardian. Raises NotThereError."""
    asks = GuardianAsk.objects.select_related(
        "application__person", "application__round__programme__network", "consent__text"
    )
    found = asks.filter(secret_digest=digest_of_secret(secret)).first()
    if found is None or found.application.person.erased_at is not None:
        raise NotThereError
    return found


def guardian_of(application: Application) -> GuardianAsk | None:
    """Who was asked to consent for a minor, and what came of it."""
    return GuardianAsk.objects.filter(application=application).select_related("consent").first()


def has_guardian(application: Application) -> bool:
    """Whether a guardian has been asked, or has consented on paper."""
    return guardian_of(application) is not None or guardian_consent_of(application) is not None


def guardian_consent_of(application: Application) -> Consent | None:
    """A guardian's consent that holds."""
    given = Consent.objects.filter(about_ref=application.ref, kind=ConsentKind.GUARDIAN, withdrawn_at=None)
    return given.order_by("-pk").first()


def guardian_is_missing(application: Application) -> bool:
    """Whether a minor's guardian has not consented, in a programme that wants it."""
    if not model_in(application.round.programme.description).enrolment.guardian_consent:
        return False
    if not answers_from_json(application.answers).is_minor and not application.person.is_minor:
        return False
    return guardian_consent_of(application) is None


def usual_skills(network: Network) -> list[str]:
    """Names of skills that several people of the network have written of late, for others to choose from.

    What only one or two wrote may tell who it was.
    """
    recent = Application.objects.filter(round__programme__network=network).order_by("-pk")
    found: Counter[str] = Counter()
    names: dict[str, str] = {}
    for kept in recent.values_list("answers", flat=True)[:SKILLS_READ]:
        answers = answers_from_json(kept)
        written = {skill.key: skill.name for skill in (*answers.offers, *answers.needs)}
        found.update(written.keys())
        names = written | names
    usual = [key for key, people in found.most_common(SKILLS_SHOWN) if people >= FEWEST_PEOPLE]
    return sorted((names[key] for key in usual), key=sort_key)
