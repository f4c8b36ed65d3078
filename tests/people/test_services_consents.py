import pytest

from luotsi.core.models import AuditEntry
from luotsi.core.versions import keep_version, text_of
from luotsi.people import privacy
from luotsi.people.enums import ConsentKind
from luotsi.people.models import Consent
from luotsi.people.services.consents import give_consent, withdraw_consent
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TERMS = {"fi": "Ehdot.", "sv": "Villkor.", "en": "Terms."}


def given(person, **values) -> Consent:
    text = keep_version("programme_terms", TERMS)
    return give_consent(person, ConsentKind.PROGRAMME_TERMS, text=text, by=person, **values)


def test_a_consent_keeps_the_very_words() -> None:
    person = PersonFactory.create()

    consent = given(person)

    assert text_of(Consent.objects.get(person=person).text) == TERMS
    assert (consent.kind, consent.given_by, consent.withdrawn_at) == ("programme_terms", "", None)
    assert [entry.verb for entry in AuditEntry.objects.filter(subject_ref=consent.ref)] == ["people.consent_given"]


def test_it_is_taken_back_once_and_stays_as_what_it_was() -> None:
    person = PersonFactory.create()
    consent = given(person)

    withdraw_consent(consent, by=person)
    at = consent.withdrawn_at
    withdraw_consent(consent, by=person)

    consent.refresh_from_db()
    assert consent.withdrawn_at == at
    assert at is not None
    assert AuditEntry.objects.filter(verb="people.consent_withdrawn").count() == 1


def test_everybody_gets_the_own_consents_and_they_go_with_the_person() -> None:
    person, other = PersonFactory.create(), PersonFactory.create()
    given(person, given_by="Kaarina Huoltaja")
    kept = given(other)

    held = {each.title: each.rows for each in privacy.collect(person)}
    privacy.erase(person, by=person)

    [row] = held["What I or my guardian agreed to"]
    assert (row["Consent to"], row["Given by"], row["Until"]) == ("the terms of a programme", "Kaarina Huoltaja", "")
    assert list(Consent.objects.all()) == [kept]
