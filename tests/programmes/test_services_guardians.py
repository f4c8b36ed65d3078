"""A minor's guardian: asked by a link, consents or does not, is reminded once; without consent nobody is accepted."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from luotsi.comms.models import Delivery, Message
from luotsi.core.actors import LinkBearer
from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry
from luotsi.core.versions import text_of
from luotsi.people.enums import ConsentKind
from luotsi.people.models import Consent
from luotsi.programmes.enums import ApplicationState
from luotsi.programmes.formats.answers import answers_to_json
from luotsi.programmes.models.applications import Application, GuardianAsk
from luotsi.programmes.services.applications import decide, withdraw
from luotsi.programmes.services.guardians import (
    ask_guardian,
    consent_as_guardian,
    note_paper_consent,
    remind_guardians,
    say_no_as_guardian,
)
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of
from tests.factories.programmes import ApplicationFactory, answers, open_round
from tests.pages import errors_of, parts, said_on, title_of
from tests.programmes.applying import FIRST, GUARDIAN, SECOND, answer, begin, hand_in, link_to, mailed_to, somebody

pytestmark = pytest.mark.django_db

MINOR = {
    "is_minor": "yes",
    "at.shown": [*SECOND["at.shown"], "guardian_email", "guardian_language"],
    "guardian_email": GUARDIAN,
    "guardian_language": "sv",
}


@pytest.fixture
def programme():
    return open_round(name={"fi": "Kevät", "sv": "Våren", "en": "Spring"}).programme


@pytest.fixture
def application(programme) -> Application:
    person = PersonFactory.create(given_name="Aino", email="aino@example.org", language="en")
    return ApplicationFactory.create(
        round=programme.rounds.get(), person=person, answers=answers_to_json(answers(is_minor=True))
    )


@pytest.fixture
def coordinator(programme):
    return coordinator_of(programme.network)


def asked(application: Application, **values) -> GuardianAsk:
    return ask_guardian(application, GUARDIAN, language="en", by=application.person, **values)


def bearer(ask: GuardianAsk) -> LinkBearer:
    return LinkBearer(actor_ref=ask.ref)


def test_handing_in_as_a_minor_writes_to_the_guardian_in_the_language_chosen(client, programme) -> None:
    begin(client, programme)
    answer(client, programme, FIRST, SECOND | MINOR)
    hand_in(client, programme)
    assert mailed_to(GUARDIAN) == []  # nobody is written to before the address is confirmed

    client.post(link_to("aino@example.org"))

    ask = GuardianAsk.objects.get()
    assert (ask.email, ask.language, ask.consent) == (GUARDIAN, "sv", None)
    [message] = Message.objects.filter(kind="programmes.guardian_asked")
    assert (message.language, message.is_secret) == ("sv", True)
    application = Application.objects.get()
    assert "guardian_email" not in application.told
    assert application.told["is_minor"] == "yes"
    received = Message.objects.get(kind="programmes.application_received")
    assert (
        "We have written to your guardian. You can get a place when your guardian has given consent." in received.lines
    )


def test_a_guardian_without_an_account_consents_by_name(application) -> None:
    asked(application)
    link = link_to(GUARDIAN, "/guardian/")
    guardian = somebody()

    page = guardian.get(link, follow=True)
    response = guardian.post(link, {"name": " Kaarina Äijälä ", "agrees": "on"}, follow=True)

    assert title_of(page) == "May Aino take part?"
    assert "You have given your consent" in parts(response, r"<b>(.*?)</b>")
    consent = Consent.objects.get()
    assert (consent.person, consent.kind, consent.given_by, consent.about_ref) == (
        application.person, ConsentKind.GUARDIAN, "Kaarina Äijälä", application.ref,
    )  # fmt: skip
    assert "Spring" in text_of(consent.text)["en"]
    assert "Aino" not in str(dict(text_of(consent.text)))  # what is kept for ever names nobody
    assert mailed_to("aino@example.org") == ["programmes.guardian_consented"]


def test_name_and_tick_are_needed_for_a_yes(application) -> None:
    asked(application)
    guardian = somebody()

    response = guardian.post(link_to(GUARDIAN, "/guardian/"), {"name": ""})

    assert errors_of(response) == [
        "Fill in “Your name”.",
        "Tick “I am the guardian, and I give my consent.” to go on.",
    ]
    assert Consent.objects.count() == 0


def test_a_minor_is_not_accepted_before_the_guardian_consents(application, coordinator) -> None:
    ask = asked(application)

    with pytest.raises(RefusedError, match="the guardian has not given consent yet"):
        decide(application, ApplicationState.ACCEPTED, by=coordinator)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED

    decide(application, ApplicationState.WAITLISTED, by=coordinator)
    consent_as_guardian(ask, "Kaarina", by=bearer(ask))
    decide(application, ApplicationState.ACCEPTED, by=coordinator)

    application.refresh_from_db()
    assert application.state == ApplicationState.ACCEPTED


def test_a_no_is_told_kindly_and_seen_by_coordinators_only(client, application, coordinator) -> None:
    asked(application)
    somebody().post(link_to(GUARDIAN, "/guardian/"), {"answer": "no"})

    client.force_login(coordinator)
    page = client.get(f"/programmes/{application.round.programme.ref}/applications/{application.ref}/")

    assert GuardianAsk.objects.get().said_no_at is not None
    [message] = Message.objects.filter(kind="programmes.guardian_said_no")
    assert message.recipient_ref == application.person.ref
    assert "You have done nothing wrong." in " ".join(message.lines)
    assert "The guardian said no on" in page.content.decode()
    with pytest.raises(RefusedError):
        decide(application, ApplicationState.ACCEPTED, by=coordinator)


def test_a_yes_is_taken_back_as_easily_as_it_was_given(application, coordinator) -> None:
    ask = asked(application)
    consent_as_guardian(ask, "Kaarina", by=bearer(ask))

    somebody().post(link_to(GUARDIAN, "/guardian/"), {"answer": "no"})

    assert Consent.objects.get().withdrawn_at is not None
    with pytest.raises(RefusedError):
        decide(application, ApplicationState.ACCEPTED, by=coordinator)


def test_after_a_no_a_yes_is_still_possible(application) -> None:
    ask = asked(application)
    say_no_as_guardian(ask, by=bearer(ask))

    consent_as_guardian(ask, "Kaarina", by=bearer(ask))

    ask.refresh_from_db()
    assert (ask.said_no_at, ask.consent) == (None, Consent.objects.get())


def test_twice_is_the_same_as_once(application) -> None:
    ask = asked(application)
    say_no_as_guardian(ask, by=bearer(ask))
    say_no_as_guardian(ask, by=bearer(ask))
    assert Message.objects.filter(kind="programmes.guardian_said_no").count() == 1

    consent_as_guardian(ask, "Kaarina", by=bearer(ask))
    with pytest.raises(RefusedError, match="already"):
        consent_as_guardian(ask, "Kaarina", by=bearer(ask))
    assert Consent.objects.count() == 1


def test_a_silent_guardian_is_reminded_once_after_five_days(application) -> None:
    asked(application)
    old = link_to(GUARDIAN, "/guardian/")
    now = timezone.now()

    with time_machine.travel(now + timedelta(days=4)):
        assert remind_guardians() == 0
    with time_machine.travel(now + timedelta(days=5, minutes=1)):
        assert remind_guardians() == 1
        assert remind_guardians() == 0

    assert mailed_to(GUARDIAN) == ["programmes.guardian_asked"] * 2
    assert somebody().get(old, follow=True).status_code == 404
    assert somebody().get(link_to(GUARDIAN, "/guardian/"), follow=True).status_code == 200


def test_who_has_answered_or_is_not_needed_any_more_is_not_reminded(programme) -> None:
    for number in range(3):
        person = PersonFactory.create(email=f"minor{number}@example.org")
        made = ApplicationFactory.create(round=programme.rounds.get(), person=person)
        ask = ask_guardian(made, f"guardian{number}@example.org", language="fi", by=person)
        if number == 0:
            consent_as_guardian(ask, "Kaarina", by=bearer(ask))
        elif number == 1:
            say_no_as_guardian(ask, by=bearer(ask))
        else:
            withdraw(made, by=person)

    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert remind_guardians() == 0


def test_after_the_application_is_withdrawn_nothing_is_asked(application) -> None:
    ask = asked(application)
    link = link_to(GUARDIAN, "/guardian/")
    withdraw(application, by=application.person)
    guardian = somebody()

    page = guardian.get(link, follow=True)
    ask.refresh_from_db()

    assert "Nothing is asked of you any more" in parts(page, r"<b>(.*?)</b>")
    assert guardian.post(link, {"name": "Kaarina", "agrees": "on"}).status_code == 200
    assert Consent.objects.count() == 0


def test_a_made_up_link_opens_nothing() -> None:
    assert somebody().get("/guardian/made-up/").status_code == 404
    assert somebody().post("/guardian/made-up/", {"answer": "no"}).status_code == 404


def test_nobody_else_asks_or_answers(application) -> None:
    with pytest.raises(RefusedError):
        ask_guardian(application, GUARDIAN, language="fi", by=PersonFactory.create())
    with pytest.raises(RefusedError):
        ask_guardian(application, GUARDIAN, language="fi", by=coordinator_of(NetworkFactory.create()))
    ask = asked(application)
    with pytest.raises(RefusedError):
        consent_as_guardian(ask, "Aino", by=application.person)
    with pytest.raises(RefusedError):
        say_no_as_guardian(ask, by=LinkBearer(actor_ref=None))

    assert (Consent.objects.count(), GuardianAsk.objects.get().said_no_at) == (0, None)
    assert Delivery.objects.filter(address=GUARDIAN).count() == 1


def test_a_coordinator_notes_a_consent_on_paper(client, application, coordinator) -> None:
    client.force_login(coordinator)
    path = f"/programmes/{application.round.programme.ref}/applications/{application.ref}/guardian/"

    response = client.post(path, {"what": "paper", "paper-name": "Kaarina Äijälä"}, follow=True)

    assert said_on(response) == ["The consent has been noted."]
    assert Consent.objects.get().given_by == "Kaarina Äijälä"
    decide(application, ApplicationState.ACCEPTED, by=coordinator)
    with pytest.raises(RefusedError):
        note_paper_consent(application, "Kaarina", by=coordinator)
    with pytest.raises(RefusedError):
        note_paper_consent(application, "Kaarina", by=application.person)


def test_a_coordinator_asks_of_whom_a_list_told(client, application, coordinator) -> None:
    client.force_login(coordinator)
    path = f"/programmes/{application.round.programme.ref}/applications/{application.ref}/guardian/"

    client.post(path, {"what": "mail", "mail-email": GUARDIAN, "mail-language": "fi"})

    assert mailed_to(GUARDIAN) == ["programmes.guardian_asked"]
    assert [entry.verb for entry in AuditEntry.objects.filter(verb__contains="guardian")] == [
        "programmes.guardian_asked"
    ]


def test_a_minor_asks_again_at_another_address(client, application) -> None:
    asked(application)
    old = link_to(GUARDIAN, "/guardian/")
    client.force_login(application.person)

    client.post(f"/my/applications/{application.ref}/guardian/", {"email": "isa@example.org", "language": "fi"})

    assert GuardianAsk.objects.get().email == "isa@example.org"
    assert somebody().get(old, follow=True).status_code == 404


def test_an_adult_needs_no_guardian(programme, coordinator) -> None:
    adult = ApplicationFactory.create(round=programme.rounds.get())

    decide(adult, ApplicationState.ACCEPTED, by=coordinator)

    assert adult.state == ApplicationState.ACCEPTED


def test_where_the_model_wants_no_consent_a_minor_is_accepted(application, coordinator) -> None:
    programme = application.round.programme
    programme.amend(description=programme.description.replace("enrolment:\n", "enrolment:\n  guardian_consent: no\n"))

    decide(application, ApplicationState.ACCEPTED, by=coordinator)

    assert application.state == ApplicationState.ACCEPTED
