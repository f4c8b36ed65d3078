"""Pages for anybody: is this mark genuine? And the issuers' public keys."""

import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luotsi.passport.models import Credential, IssuerKey
from luotsi.passport.queries import did_of, key_name_of
from luotsi.passport.services.claims import award_claim
from luotsi.people.models import Network
from tests.factories.passport import assessor_of, judged, mark_with, submitted
from tests.factories.people import NetworkFactory
from tests.kept import everything_kept
from tests.pages import errors_of, parts, title_of
from tests.passport.credentials.test_budget import POISON

pytestmark = pytest.mark.django_db

ANSWER = r'<section class="verdict[^"]*"><h2>.*?<span>(.*?)</span></h2>'
UNSURE = r'<div class="alert warn">.*?<b>(.*?)</b>'
CHECKS = r"<h3>(.*?)</h3>"


def awarded(network: Network | None = None) -> Credential:
    claim = submitted(mark_with("greets", network=network or NetworkFactory.create(name="Keski-Pohjanmaa")))
    award_claim(claim, by=assessor_of(claim.mark.network), judged=judged(claim))
    return Credential.objects.select_related("claim__mark").get(claim=claim)


def handed_in(client, content: bytes, name: str = "mark.json"):
    return client.post("/verify/", {"file": SimpleUploadedFile(name, content), "pasted": ""})


@pytest.mark.parametrize(
    ("language", "yes", "no", "unknown"),
    [
        (
            "fi", "Merkki on aito ja voimassa", "Tämä ei ole voimassa oleva merkki",
            "Emme voi sanoa, onko merkki aito",
        ),
        (
            "sv", "Märket är äkta och giltigt", "Det här är inte ett giltigt märke",
            "Vi kan inte säga om märket är äkta",
        ),
        (
            "en", "This mark is genuine and valid", "This is not a valid mark",
            "We cannot say whether this mark is genuine",
        ),
    ],
)  # fmt: skip
def test_the_answer_is_in_three_languages(client, language: str, yes: str, no: str, unknown: str) -> None:
    document = bytes(awarded().document)
    client.cookies["language"] = language

    genuine = handed_in(client, document)
    tampered = handed_in(client, document.replace(b"Osaa ohjata.", b"Osaa johtaa."))
    strange = handed_in(client, document.replace(b"did:web:luotsi.example.org", b"did:web:other.example.org"))

    assert [parts(page, ANSWER) for page in (genuine, tampered, strange)] == [[yes], [no], []]
    assert parts(strange, UNSURE) == [unknown]
    assert [page.status_code for page in (genuine, tampered, strange)] == [200] * 3


def test_a_genuine_mark_says_who_awarded_what(client) -> None:
    credential = awarded()

    page = handed_in(client, bytes(credential.document))

    assert parts(page, r"<dt>(.*?)</dt>") == ["Mark", "Issuer", "Awarded"]
    assert parts(page, r"<dd>(.*?)</dd>")[:2] == [credential.claim.mark.name["fi"], "Keski-Pohjanmaa"]
    assert parts(page, CHECKS) == [
        "The file can be read : in order", "It is an Open Badge : in order", "It says whose it is : in order",
        "The seal : in order", "The dates : in order", "Whether it has been revoked : in order",
    ]  # fmt: skip


def test_a_tampered_mark_is_not_told_as_if_it_were_true(client) -> None:
    document = bytes(awarded().document).replace(b"Osaa ohjata.", b"Osaa johtaa.")

    page = handed_in(client, document)

    assert parts(page, r"<dd>(.*?)</dd>") == []
    assert "The seal : not in order" in parts(page, CHECKS)
    assert parts(page, r'<li class="no">.*?<p class="muted">(.*?)</p>') == [
        "It has been changed after it was signed, or signed by somebody else."
    ]


def test_a_pasted_mark_is_judged_like_a_file(client) -> None:
    document = bytes(awarded().document).decode()

    page = client.post("/verify/", {"pasted": f"\n  {document}\n"})

    assert parts(page, ANSWER) == ["This mark is genuine and valid"]


def test_nothing_that_is_shown_is_kept(client) -> None:
    document = json.dumps({"name": "Zqmark of Zqholder"}).encode()

    handed_in(client, document)

    assert "Zqholder" not in everything_kept()


RUBBISH = {
    "no json": (b"Dear Sir", "The file is not whole JSON. Ask the holder to download it again."),
    "a picture": (b"\x89PNG\r\n\x1a\n\xff\xfe", "The file is not text. Choose the JSON file of the mark."),
    "a list": (b"[1, 2]", "The file is JSON, but not a mark."),
    "a number": (b"1" * 10_000, "The file is not whole JSON. Ask the holder to download it again."),
    "deep": (b"[" * 100_000 + b"]" * 100_000, "The file is built deeper than any mark is."),
    "an empty object": (b"{}", "Something in the mark is not as it must be."),
    "twice": (b'{"a": 1, "a": 2}', "The file says the same thing twice, so it can be read in two ways."),
}


@pytest.mark.parametrize("name", sorted(RUBBISH))
def test_rubbish_is_answered_politely(client, name: str) -> None:
    content, told = RUBBISH[name]

    page = handed_in(client, content)

    assert (page.status_code, title_of(page)) == (200, "Verify a mark")
    assert parts(page, ANSWER) in ([], ["This is not a valid mark"])
    assert parts(page, r'<li class="(?:no|todo)">.*?<p class="muted">(.*?)</p>')[0] == told


@pytest.mark.parametrize("name", sorted(POISON))
def test_poison_is_answered_politely(client, name: str) -> None:
    page = handed_in(client, POISON[name])

    assert (page.status_code, title_of(page)) == (200, "Verify a mark")
    assert parts(page, ANSWER) in ([], ["This is not a valid mark"])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"pasted": ""}, "Choose the file of a mark, or paste its content below."),
        ({"file": SimpleUploadedFile("mark.json", b"")}, "The file is empty. Choose another one for “File of a mark”."),
        (
            {"file": SimpleUploadedFile("mark.json", b"x" * (1024 * 1024 + 1))},
            "The file is too large. Choose one of 1 MB at most.",
        ),
        ({"pasted": "a\x00b"}, "Remove the character from “Or paste its content” that cannot be stored."),
    ],
    ids=["nothing", "empty", "large", "nul"],
)
def test_what_is_no_file_is_told_on_the_form(client, typed: dict[str, object], told: str) -> None:
    page = client.post("/verify/", typed)

    assert page.status_code == 200
    assert errors_of(page) == [told]


def test_more_than_a_page_takes_is_refused(client) -> None:
    assert client.post("/verify/", {"pasted": "x" * (2 * 1024 * 1024 + 1)}).status_code == 400


def test_the_issuers_keys_are_published(client) -> None:
    network = NetworkFactory.create()
    awarded(network)
    awarded()
    key = IssuerKey.objects.get(network=network)

    response = client.get(f"/issuers/{network.ref}/did.json")

    assert (response["Content-Type"], response["Access-Control-Allow-Origin"]) == ("application/did+json", "*")
    assert response.json() == {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did_of(network.ref),
        "verificationMethod": [
            {
                "id": key_name_of(key), "type": "Multikey", "controller": did_of(network.ref),
                "publicKeyMultibase": key.public_multikey,
            }
        ],
        "assertionMethod": [key_name_of(key)],
    }  # fmt: skip


def test_who_has_never_signed_has_no_document(client) -> None:
    network = NetworkFactory.create()
    awarded()

    assert client.get(f"/issuers/{network.ref}/did.json").status_code == 404
    assert client.get(f"/issuers/{uuid4()}/did.json").status_code == 404


def test_the_name_of_an_issuer_leads_to_its_document(client, settings) -> None:
    network = NetworkFactory.create()
    awarded(network)

    did = client.get(f"/issuers/{network.ref}/did.json").json()["id"]

    assert did == f"did:web:{settings.ISSUER_HOST}:issuers:{network.ref}"
