"""What is held of somebody who has begun to apply, and of a guardian; and that it goes."""

import pytest

from luotsi.core.actors import LinkBearer
from luotsi.people.models import Consent
from luotsi.programmes import privacy
from luotsi.programmes.formats.answers import answers_to_json
from luotsi.programmes.models.applications import Application, ApplicationDraft, GuardianAsk
from luotsi.programmes.services.guardians import ask_guardian, consent_as_guardian
from tests.factories.people import PersonFactory
from tests.factories.programmes import ApplicationFactory, answers, open_round
from tests.programmes.applying import EMAIL, FIRST, GUARDIAN, answer, apply_to, begin

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return open_round(name={"en": "Spring"}).programme


def held_of(person) -> dict[str, list[dict[str, str]]]:
    return {each.title: each.rows for each in privacy.collect(person)}


def test_a_draft_is_found_by_its_address(client, programme) -> None:
    begin(client, programme)
    answer(client, programme, FIRST)
    person, other = PersonFactory.create(email=EMAIL), PersonFactory.create()

    [row] = held_of(person)["Applications that I have not handed in"]

    assert (row["Programme"], row["Name"], row["E-mail"]) == ("Spring", "Aino Äijälä", EMAIL)
    assert row["In which region do you live or work?"] == "Central Ostrobothnia"
    assert held_of(other) == {}


def test_a_draft_and_what_was_told_go_with_the_person(client, programme) -> None:
    apply_to(client, programme)
    begin(client, open_round().programme)
    begin(client, open_round().programme, email="other@example.org")
    application = Application.objects.get()

    privacy.erase(application.person, by=application.person)

    application.refresh_from_db()
    assert (application.told, application.answers, application.state) == ({}, {}, "withdrawn")
    assert [draft.email for draft in ApplicationDraft.objects.all()] == ["other@example.org"]


def test_a_guardian_gets_what_is_held_and_loses_the_address_only(programme) -> None:
    minor = ApplicationFactory.create(round=programme.rounds.get(), answers=answers_to_json(answers(is_minor=True)))
    ask = ask_guardian(minor, GUARDIAN, language="fi", by=minor.person)
    consent_as_guardian(ask, "Kaarina Äijälä", by=LinkBearer(actor_ref=ask.ref))
    guardian = PersonFactory.create(email=GUARDIAN)

    [row] = held_of(guardian)["What I was asked as a guardian"]
    privacy.erase(guardian, by=guardian)

    assert (row["Programme"], row["E-mail"], row["Consent"]) == ("Spring", GUARDIAN, "Kaarina Äijälä")
    assert GuardianAsk.objects.get().email == ""
    assert Consent.objects.get(about_ref=minor.ref).given_by == "Kaarina Äijälä"
    assert held_of(guardian) == {}


def test_whom_a_minor_named_goes_with_the_minor(programme) -> None:
    minor = ApplicationFactory.create(round=programme.rounds.get())
    ask_guardian(minor, GUARDIAN, language="fi", by=minor.person)

    privacy.erase(minor.person, by=minor.person)

    assert GuardianAsk.objects.count() == 0
