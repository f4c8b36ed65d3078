"""An award is signed: anybody can verify it, for ever, and nobody can change it."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.passport.credentials.keys import did_document, public_multikey
from luotsi.passport.credentials.verdicts import Code
from luotsi.passport.models import Claim, Credential, IssuerKey, Mark
from luotsi.passport.queries import did_of, key_name_of, key_named, keys_of_issuer, verdict_on
from luotsi.passport.services.claims import award_claim
from luotsi.passport.services.credentials import _box, ensure_key, issue_credential, retire_key
from luotsi.people.models import Network
from tests.factories.competence import AreaFactory, competence_with
from tests.factories.passport import MarkCriterionFactory, MarkFactory, assessor_of, judged, mark_with, submitted
from tests.factories.people import NetworkFactory, OrganisationFactory, coordinator_of, part_of
from tests.kept import everything_kept

pytestmark = pytest.mark.django_db


def awarded(mark: Mark | None = None) -> Credential:
    """The credential of a claim that an assessor has just awarded."""
    claim = submitted(mark or mark_with("greets", "listens"))
    award_claim(claim, by=assessor_of(claim.mark.network), judged=judged(claim))
    return Credential.objects.select_related("key", "claim__mark").get(claim=claim)


def verdict(document: bytes) -> tuple[str, Code]:
    """The answer, and what is said of the seal."""
    found = verdict_on(document)
    return found.outcome.value, found.check("proof").code


def test_the_stored_bytes_verify() -> None:
    credential = awarded()

    found = verdict_on(bytes(credential.document))

    assert (found.outcome, {check.code for check in found.checks}) == (
        "yes",
        {Code.READABLE, Code.WELL_FORMED, Code.SUBJECT_NAMED, Code.SEAL_HOLDS, Code.IN_FORCE, Code.NO_STATUS},
    )
    facts = found.facts
    assert facts is not None
    assert (facts.issuer_id, facts.issuer_name) == (
        did_of(credential.claim.mark.network.ref), credential.claim.mark.network.name,
    )  # fmt: skip
    assert (facts.achievement_name, facts.language, facts.awarded) == (
        str(credential.claim.mark.name["fi"]), "fi", credential.issued_at.replace(microsecond=0),
    )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        (b"Osaa ohjata.", b"Osaa johtaa."),
        (b"Merkki", b"Mestari"),
        (b'"awardedDate": "2', b'"awardedDate": "1'),
        (b'"AchievementSubject"', b'"AchievementSubject", "Profile"'),
    ],
)
def test_a_tampered_copy_does_not(change: tuple[bytes, bytes]) -> None:
    document = bytes(awarded().document)

    tampered = document.replace(*change)

    assert tampered != document
    assert verdict(tampered)[0] == "no"
    assert verdict(document) == ("yes", Code.SEAL_HOLDS)


def test_a_copy_with_somebody_elses_seal_does_not() -> None:
    ours, theirs = (json.loads(bytes(awarded().document)) for _ in range(2))

    assert verdict(json.dumps(ours | {"proof": theirs["proof"]}).encode()) == ("no", Code.KEY_OF_ANOTHER)


def test_the_organisation_that_issues_signs_with_its_own_key() -> None:
    network, kpedu = NetworkFactory.create(), OrganisationFactory.create(name="Kpedu")
    part_of(network, kpedu)

    credential = awarded(mark_with("greets", network=network, issuer=kpedu))

    assert (credential.key.organisation, credential.key.network) == (kpedu, None)
    document = json.loads(bytes(credential.document))
    assert document["issuer"] == {"id": did_of(kpedu.ref), "type": ["Profile"], "name": "Kpedu"}
    assert document["proof"]["verificationMethod"] == f"{did_of(kpedu.ref)}#{credential.key.ref}"
    assert verdict(bytes(credential.document)) == ("yes", Code.SEAL_HOLDS)


def test_all_that_is_signed_is_in_one_language_whoever_awards() -> None:
    mark = MarkFactory.create(language="sv", name={"sv": "Handledare", "fi": "Ohjaaja"}, description={"sv": "Kan."})
    MarkCriterionFactory.create(mark=mark, text={"sv": "hälsar", "fi": "tervehtii"})

    with translation.override("fi"):
        document = json.loads(bytes(awarded(mark).document))

    achievement = document["credentialSubject"]["achievement"]
    assert (achievement["name"], achievement["criteria"], achievement["inLanguage"]) == (
        "Handledare", {"narrative": "- hälsar"}, "sv",
    )  # fmt: skip
    assert document["evidence"] == [{"type": ["Evidence"], "name": "egna ord"}]


def test_nothing_signed_names_the_holder() -> None:
    credential = awarded()
    person = credential.claim.person
    document = bytes(credential.document).decode()

    named = [person.given_name, person.family_name, "@example", str(person.ref), str(credential.claim.ref), "I guided"]

    assert [name for name in named if name in document] == []


def test_an_extent_with_decimals_is_signed_as_a_number() -> None:
    mark = mark_with("greets", extent="2.3")
    mark.refresh_from_db()

    credential = awarded(mark)

    document = json.loads(bytes(credential.document))
    assert document["credentialSubject"]["achievement"]["creditsAvailable"] == 2.3
    assert verdict(bytes(credential.document)) == ("yes", Code.SEAL_HOLDS)


@pytest.mark.parametrize(
    ("origin", "framework", "address"),
    [
        (
            "tutkinnonosa:6777674",
            "peruste:6777660",
            "https://eperusteet.opintopolku.fi/eperusteet-service/api/perusteenosat/6777674",
        ),
        (
            "osaalue:3711500",
            "peruste:6777660",
            "https://eperusteet.opintopolku.fi/eperusteet-service/api/external/peruste/6777660",
        ),
        ("osaalue:3711500", "parts:e25ba628f3a7c623", "https://eperusteet.opintopolku.fi/"),
    ],
)
def test_a_mark_points_to_the_national_criteria_it_was_made_from(origin: str, framework: str, address: str) -> None:
    area = AreaFactory.create(origin=origin, framework__origin=framework, name={"fi": "Osa"}, code="x_1")
    mark = MarkFactory.create()
    for number in range(2):
        MarkCriterionFactory.create(mark=mark, competence=competence_with(f"{number}", area=area))

    credential = awarded(mark)

    document = json.loads(bytes(credential.document))
    assert document["credentialSubject"]["achievement"]["alignment"] == [
        {
            "type": ["Alignment"], "targetName": "Osa", "targetUrl": address, "targetCode": "x_1",
            "targetFramework": area.framework.name["fi"],
        }
    ]  # fmt: skip
    assert verdict(bytes(credential.document)) == ("yes", Code.SEAL_HOLDS)


def test_a_mark_of_own_criteria_points_nowhere() -> None:
    area = AreaFactory.create(framework__source="own")
    mark = MarkFactory.create()
    MarkCriterionFactory.create(mark=mark, competence=competence_with("greets", area=area))

    document = json.loads(bytes(awarded(mark).document))

    assert "alignment" not in document["credentialSubject"]["achievement"]


def test_a_key_vouches_for_the_award_that_it_was_made_for() -> None:
    """The decision may fall into one second, and the making of the key into the next."""
    claim = submitted(mark_with("greets"))
    decided_at = timezone.now() - timedelta(seconds=2)

    credential = issue_credential(claim, by=SYSTEM, awarded_at=decided_at)

    assert (credential.key.since, credential.issued_at) == (decided_at, decided_at)
    assert verdict(bytes(credential.document)) == ("yes", Code.SEAL_HOLDS)


def test_a_mark_of_an_issuer_that_we_do_not_know_is_neither_genuine_nor_false() -> None:
    document = bytes(awarded().document).replace(b"did:web:luotsi.example.org", b"did:web:elsewhere.example.org")

    assert verdict(document) == ("unknown", Code.KEY_UNKNOWN)


# --- keys


def test_an_issuer_has_one_key_until_it_is_retired() -> None:
    network = NetworkFactory.create()

    made = [ensure_key(organisation=None, network=network, by=SYSTEM) for _ in range(2)]

    assert made == [IssuerKey.objects.get()] * 2


def test_the_database_refuses_a_second_current_key() -> None:
    network = NetworkFactory.create()
    ensure_key(organisation=None, network=network, by=SYSTEM)

    with pytest.raises(IntegrityError), transaction.atomic():
        IssuerKey.objects.create(network=network, sealed_seed=b"x", public_multikey="z6Mkother")

    assert IssuerKey.objects.count() == 1


def test_after_a_change_of_keys_what_was_signed_before_and_after_verifies() -> None:
    mark = mark_with("greets")
    with time_machine.travel(timezone.now() - timedelta(days=400)):
        old = awarded(mark)
    key = retire_key(old.key, network=mark.network, by=coordinator_of(mark.network))

    new = awarded(mark)

    assert (new.key, old.key.public_multikey == key.public_multikey) == (key, False)
    assert [verdict(bytes(each.document)) for each in (old, new)] == [("yes", Code.SEAL_HOLDS)] * 2


def test_a_retired_key_signs_nothing_more() -> None:
    mark = mark_with("greets")
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        old = awarded(mark)
        retire_key(old.key, network=mark.network, by=coordinator_of(mark.network))
    document = json.loads(bytes(old.document))
    late = document["proof"] | {"created": f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}"}

    assert verdict(json.dumps(document | {"proof": late}).encode()) == ("no", Code.KEY_RETIRED)


def test_only_a_coordinator_of_the_keys_own_network_changes_it() -> None:
    network, other = NetworkFactory.create(), NetworkFactory.create()
    key = ensure_key(organisation=None, network=network, by=SYSTEM)
    asked: list[tuple[Network, object]] = [
        (network, coordinator_of(other)), (other, coordinator_of(other)), (network, assessor_of(network)),
    ]  # fmt: skip

    for place, by in asked:
        with pytest.raises(RefusedError, match="Only a coordinator of the network changes its keys"):
            retire_key(key, network=place, by=by)  # type: ignore[arg-type]  # persons, all of them

    assert IssuerKey.objects.get().retired_at is None


def test_the_key_of_an_organisation_is_changed_by_the_coordinator_of_its_network() -> None:
    network, kpedu = NetworkFactory.create(), OrganisationFactory.create()
    part_of(network, kpedu)
    key = ensure_key(organisation=kpedu, network=None, by=SYSTEM)

    new = retire_key(key, network=network, by=coordinator_of(network))

    assert (new.organisation, IssuerKey.objects.filter(retired_at=None).get()) == (kpedu, new)
    with pytest.raises(RefusedError, match="This key has been retired already"):
        retire_key(key, network=network, by=coordinator_of(network))


def test_the_private_seed_is_not_in_the_database() -> None:
    credential = awarded()
    seed = _box().decrypt(bytes(credential.key.sealed_seed))

    kept = everything_kept().encode()

    assert public_multikey(seed) == credential.key.public_multikey
    assert [form for form in (seed, seed.hex().encode(), repr(seed).encode()) if form in kept] == []
    assert credential.key.public_multikey.encode() in kept


def test_a_retired_key_stays_published_with_its_end() -> None:
    network = NetworkFactory.create()
    old = ensure_key(organisation=None, network=network, by=SYSTEM)
    new = retire_key(old, network=network, by=coordinator_of(network))
    ensure_key(organisation=None, network=NetworkFactory.create(), by=SYSTEM)

    document = did_document(did_of(network.ref), keys_of_issuer(network.ref))

    names = sorted([key_name_of(old), key_name_of(new)])
    assert document["assertionMethod"] == names
    assert {method["id"]: method.get("expires") for method in document["verificationMethod"]} == {  # type: ignore[attr-defined]
        key_name_of(old): f"{old.retired_at:%Y-%m-%dT%H:%M:%SZ}", key_name_of(new): None,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["", "#", "did:web:x#y", "did:web:luotsi.example.org:issuers:1#{ref}"])
def test_a_key_is_known_under_its_whole_name_only(name: str) -> None:
    key = ensure_key(organisation=None, network=NetworkFactory.create(), by=SYSTEM)

    assert key_named(name.format(ref=key.ref)) is None
    found = key_named(key_name_of(key))
    assert found is not None
    assert found.multikey == key.public_multikey


def test_claims_of_two_people_are_signed_apart() -> None:
    mark = mark_with("greets")

    first, second = (json.loads(bytes(awarded(mark).document)) for _ in range(2))

    assert first["id"] != second["id"]
    assert first["credentialSubject"]["id"] != second["credentialSubject"]["id"]
    assert Claim.objects.count() == 2
