"""Writes: issuers' keys, and the signed documents that anybody can verify."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING
from uuid import uuid4

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.passport.credentials import badges, keys, proofs
from luotsi.passport.models import Claim, Credential, IssuerKey
from luotsi.passport.queries import did_of, key_name_of, signing_key_of
from luotsi.passport.rules import may_make_marks

if TYPE_CHECKING:
    from datetime import datetime

    from luotsi.competence.models import Area
    from luotsi.core.actors import Actor
    from luotsi.passport.models import Mark
    from luotsi.people.models import Network, Organisation

LABEL = b"luotsi issuer keys at rest"
NATIONAL = "ePerusteet"
NATIONAL_SITE = "https://eperusteet.opintopolku.fi/"
NATIONAL_SERVICE = f"{NATIONAL_SITE}eperusteet-service/api"
NATIONAL_PATHS = {"tutkinnonosa": "perusteenosat", "peruste": "external/peruste"}


def _box() -> Fernet:
    """Encrypts private keys with a key of its own, derived from KEY_SECRET."""
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=LABEL).derive(settings.KEY_SECRET.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


@transaction.atomic
def ensure_key(
    *, organisation: Organisation | None, network: Network | None, by: Actor, since: datetime | None = None
) -> IssuerKey:
    """The issuer's current signing key, made when there is none, for what is signed `since` then (from now on)."""
    found = signing_key_of(organisation=organisation, network=network)
    if found:
        return found
    seed = keys.new_seed()
    key = IssuerKey(
        organisation=organisation, network=network, sealed_seed=_box().encrypt(seed),
        public_multikey=keys.public_multikey(seed), since=since or timezone.now(),
    ).insert()  # fmt: skip
    audit.record(by=by, verb="passport.key_made", subject=key)
    return key


@transaction.atomic
def retire_key(key: IssuerKey, *, network: Network, by: Actor) -> IssuerKey:
    """Sign with a new key from now on. What the old one signed verifies for ever."""
    owner = key.organisation
    is_theirs = key.network == network if owner is None else network.parts.current().filter(organisation=owner).exists()
    if not (is_theirs and may_make_marks(by, network)):
        raise RefusedError(_("Only a coordinator of the network changes its keys."))
    if key.retired_at is not None:
        raise RefusedError(_("This key has been retired already."))
    key.amend(retired_at=timezone.now())
    audit.record(by=by, verb="passport.key_retired", subject=key)
    return ensure_key(organisation=key.organisation, network=key.network, by=by)


@transaction.atomic
def issue_credential(claim: Claim, *, by: Actor, awarded_at: datetime) -> Credential:
    """Sign the awarded mark with the issuer's key, and keep the very bytes."""
    mark = claim.mark
    issuer_network = None if mark.issuer else mark.network
    # A key made for this award is as old as the award: it may have been decided in the second before.
    key = ensure_key(organisation=mark.issuer, network=issuer_network, by=by, since=awarded_at)
    signed = proofs.sign(
        _badge(claim, key, awarded_at).document(),
        seed=_box().decrypt(bytes(key.sealed_seed)),
        verification_method=key_name_of(key),
        created=awarded_at,
    )
    document = proofs.as_bytes(signed)
    digest = hashlib.sha256(document).hexdigest()
    credential = Credential(claim=claim, key=key, document=document, digest=digest, issued_at=awarded_at).insert()
    audit.record(by=by, verb="passport.credential_issued", subject=credential, digest=digest)
    return credential


def _badge(claim: Claim, key: IssuerKey, awarded_at: datetime) -> badges.Badge:
    """Whose it is, is said by an opaque number: the holder decides to whom the name is told."""
    mark = claim.mark
    achievement = _achievement(mark)
    with translation.override(achievement.language):  # one language in all that is signed, whoever awards
        kinds = sorted({row.get_kind_display() for row in claim.evidence.all()})
    return badges.Badge(
        ref=uuid4(),
        issuer=badges.Issuer(did=did_of(key.issuer_ref), name=str(mark.issuer or mark.network)),
        subject=uuid4(),
        achievement=achievement,
        awarded=awarded_at,
        valid_from=awarded_at,
        evidence=tuple(badges.Evidence(name=kind) for kind in kinds),
    )


def _achievement(mark: Mark) -> badges.Achievement:
    language = mark.name.shown(mark.language).language
    criteria = "\n".join(f"- {row.text.shown(language).text}" for row in mark.criteria.order_by("position"))
    return badges.Achievement(
        ref=mark.ref,
        name=mark.name.shown(language).text,
        description=mark.description.shown(language).text,
        criteria=criteria,
        language=language,
        credits_available=float(mark.extent) if mark.extent is not None else None,
        alignments=_alignments(mark, language),
    )


def _alignments(mark: Mark, language: str) -> tuple[badges.Alignment, ...]:
    """Units of the national criteria that the mark was made from. Other sources have no address to point to."""
    rows = mark.criteria.filter(competence__area__framework__source=NATIONAL)
    rows = rows.select_related("competence__area__framework").order_by("position")
    areas = {row.competence.area_id: row.competence.area for row in rows if row.competence is not None}
    return tuple(
        badges.Alignment(
            target_name=area.name.shown(language).text,
            target_url=_address_of(area),
            target_code=area.code or None,
            target_framework=area.framework.name.shown(language).text,
        )
        for area in areas.values()
    )


def _address_of(area: Area) -> str:
    """Where the national service tells of the unit, else of its qualification, else of all of them."""
    for origin in (area.origin, area.framework.origin):
        kind, _colon, number = origin.partition(":")
        if kind in NATIONAL_PATHS and number.isdecimal():
            return f"{NATIONAL_SERVICE}/{NATIONAL_PATHS[kind]}/{number}"
    return NATIONAL_SITE
