"""Applying without an account, page by page, with the links as they were mailed."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core.versions import text_of
from luotsi.people.models import Consent, Person
from luotsi.programmes.enums import ApplicationState, RoundState
from luotsi.programmes.formats.answers import Answers, Skill, answers_from_json
from luotsi.programmes.models.applications import Application, ApplicationDraft
from luotsi.programmes.queries.descriptions import model_in
from luotsi.programmes.services.drafts import clear_expired
from tests.factories.people import NetworkFactory, PersonFactory
from tests.factories.programmes import ApplicationFactory, open_round
from tests.pages import errors_of, lead_of, parts, reasons_of, rows_of, said_on, title_of
from tests.programmes.applying import (
    AINO,
    EMAIL,
    FIRST,
    SECOND,
    TOLD,
    answer,
    apply_to,
    begin,
    both_model,
    hand_in,
    link_to,
    mailed_to,
    somebody,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return open_round(name={"fi": "Kevät", "sv": "Våren", "en": "Spring"}).programme


def only_draft() -> ApplicationDraft:
    return ApplicationDraft.objects.get()


def test_somebody_new_applies_and_confirms_by_the_mailed_link(client, programme) -> None:
    began = begin(client, programme)
    first = answer(client, programme, FIRST)
    second = answer(client, programme, SECOND)
    look = client.get(second.url)
    handed_in = hand_in(client, programme)
    waiting = client.get(handed_in.url)

    assert began.url == f"/apply/{programme.ref}/questions/"
    assert first.url == f"/apply/{programme.ref}/questions/?page=questions.2"
    assert second.url == f"/apply/{programme.ref}/check/"
    assert ("What would you like a mentor's support with?", "matematiikka (5, a must), kielet (2)") in list(
        zip(parts(look, r"<dt>(.*?)</dt>"), parts(look, r"<dd>(.*?)</dd>"), strict=True)
    )
    assert title_of(waiting) == "One thing is left: confirm it"
    assert Application.objects.count() == Person.objects.count() == 0
    assert mailed_to(EMAIL) == ["programmes.application_begun", "programmes.application_to_confirm"]

    confirmed = client.post(link_to(EMAIL))
    done = client.get(confirmed.url)

    assert title_of(done) == "We have your application"
    application = Application.objects.get()
    person = Person.objects.get()
    assert (str(person), person.language) == ("Aino Äijälä", "en")
    assert EmailAddress.objects.values_list("email", "verified").get(user=person) == (EMAIL, True)
    assert (application.person, application.role, application.state, application.came_by) == (
        person, "mentee", "submitted", "form",
    )  # fmt: skip
    assert application.told == TOLD
    assert answers_from_json(application.answers) == Answers(
        languages=("fi", "sv"),
        region="16",
        is_remote=True,
        needs=(Skill(name="matematiikka", grade=5), Skill(name="kielet", grade=2)),
        musts=frozenset({"matematiikka"}),
    )
    draft = only_draft()
    assert (draft.application, draft.told, draft.given_name) == (application, {}, "")
    assert mailed_to(EMAIL)[2:] == ["programmes.application_received"]


def test_the_terms_are_accepted_in_their_very_words(client, programme) -> None:
    apply_to(client, programme)

    application, consent = Application.objects.get(), Consent.objects.get()
    assert application.terms is not None
    assert text_of(application.terms) == model_in(programme.description).enrolment.terms
    assert (consent.text, consent.about_ref, consent.person) == (
        application.terms, application.ref, application.person,
    )  # fmt: skip


def test_without_accepting_the_terms_nothing_is_handed_in(client, programme) -> None:
    begin(client, programme)
    answer(client, programme)

    response = client.post(f"/apply/{programme.ref}/check/", {})

    assert errors_of(response) == ["Tick “I have read the terms and accept them.” to go on."]
    assert only_draft().handed_in_at is None


def test_the_link_opened_first_makes_handing_in_enough(client, programme) -> None:
    begin(client, programme)
    elsewhere = somebody()

    page = elsewhere.get(link_to(EMAIL), follow=True)
    going_on = elsewhere.post(link_to(EMAIL))
    answer(elsewhere, programme)
    hand_in(elsewhere, programme)

    assert title_of(page) == "Go on with your application"
    assert going_on.url == f"/apply/{programme.ref}/questions/"
    assert Application.objects.get().person == Person.objects.get()


def test_a_mail_scanner_that_follows_the_link_confirms_nothing(client, programme) -> None:
    begin(client, programme)
    answer(client, programme)
    hand_in(client, programme)

    somebody().get(link_to(EMAIL), follow=True)

    assert only_draft().confirmed_at is None
    assert Application.objects.count() == 0


@pytest.mark.parametrize(
    ("language", "title"),
    [("fi", "Vahvista hakemuksesi"), ("sv", "Bekräfta din ansökan"), ("en", "Confirm your application")],
)
def test_letter_and_link_speak_the_language_of_the_form(client, programme, language: str, title: str) -> None:
    client.cookies["language"] = language
    begin(client, programme)
    answer(client, programme)
    hand_in(client, programme)

    page = somebody().get(link_to(EMAIL), follow=True)

    assert title_of(page) == title
    assert {message.language for message in Message.objects.all()} == {language}


def test_what_was_answered_is_there_on_another_device(client, programme) -> None:
    begin(client, programme)
    answer(client, programme, FIRST)
    elsewhere = somebody()

    response = elsewhere.post(link_to(EMAIL), follow=True)

    assert response.redirect_chain[-1][0] == f"/apply/{programme.ref}/questions/"
    assert 'name="at.page" value="questions.2"' in response.content.decode()
    assert only_draft().told == {key: TOLD[key] for key in ("languages", "region", "is_remote", "situation")}


def test_a_link_replaced_by_a_newer_one_opens_nothing(client, programme) -> None:
    begin(client, programme)
    old = link_to(EMAIL)

    said = client.post(f"/apply/{programme.ref}/mail/", follow=True)
    response = client.get(old, follow=True)

    assert said_on(said) == ["The link is on its way. An earlier one does not work any more."]
    assert (response.status_code, title_of(response)) == (404, "This link does not work any more")
    assert client.post(old).status_code == 404
    assert client.get(link_to(EMAIL), follow=True).status_code == 200


def test_after_thirty_days_the_link_is_over_and_what_was_written_is_removed(client, programme) -> None:
    begin(client, programme)
    link = link_to(EMAIL)

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert client.post(link).status_code == 404
        assert client.get(f"/apply/{programme.ref}/questions/").url == f"/apply/{programme.ref}/"
        assert clear_expired() == 1

    assert ApplicationDraft.objects.count() == Application.objects.count() == 0


def test_a_link_used_again_shows_where_the_application_is_and_makes_no_other(client, programme) -> None:
    apply_to(client, programme)
    link = link_to(EMAIL)

    page = somebody().get(link.partition("?")[0])
    again = somebody().post(link)

    assert title_of(page) == "This application has been handed in"
    assert again.status_code == 200
    assert Application.objects.count() == 1


def test_whether_an_address_has_an_account_cannot_be_told(client, programme) -> None:
    PersonFactory.create(email="known@example.org")

    new, known = (begin(somebody(), programme, email=email) for email in ("new@example.org", "known@example.org"))

    assert (new.status_code, new.url) == (known.status_code, known.url)
    assert mailed_to("new@example.org") == mailed_to("known@example.org") == ["programmes.application_begun"]


def test_somebody_known_keeps_the_own_name_and_gets_the_application(client, programme) -> None:
    known = PersonFactory.create(email=EMAIL, given_name="Aino-Maria", family_name="Aalto")

    apply_to(client, programme)

    assert Application.objects.get().person == known
    known.refresh_from_db()
    assert str(known) == "Aino-Maria Aalto"


def test_confirming_signs_nobody_in(client, programme) -> None:
    PersonFactory.create(email=EMAIL)

    apply_to(client, programme)

    assert client.get("/home/").status_code == 302


def test_who_has_applied_already_is_told_so_and_nothing_changes(client, programme) -> None:
    person = PersonFactory.create(email=EMAIL)
    there = ApplicationFactory.create(round=programme.rounds.get(), person=person)

    response = apply_to(client, programme)

    assert response.status_code == 409
    assert reasons_of(response) == ["You have applied to this programme already. Sign in to see your application."]
    assert list(Application.objects.all()) == [there]


def test_who_is_signed_in_needs_no_mail(client, programme) -> None:
    person = PersonFactory.create(email=EMAIL)
    client.force_login(person)

    first = client.get(f"/apply/{programme.ref}/?role=mentee")
    client.post(f"/apply/{programme.ref}/?who=1", {"role": "mentee"})
    answer(client, programme)
    response = client.get(hand_in(client, programme).url)

    assert 'name="email"' not in first.content.decode()
    assert title_of(response) == "We have your application"
    assert Application.objects.get().person == person
    assert mailed_to(EMAIL) == ["programmes.application_received"]


def test_who_is_signed_in_goes_on_in_another_browser(client, programme) -> None:
    person = PersonFactory.create(email=EMAIL)
    client.force_login(person)
    client.post(f"/apply/{programme.ref}/?who=1", {"role": "mentee"})
    elsewhere, stranger = somebody(), somebody()
    elsewhere.force_login(person)
    stranger.force_login(PersonFactory.create())

    assert elsewhere.get(f"/apply/{programme.ref}/").url == f"/apply/{programme.ref}/questions/"
    assert stranger.get(f"/apply/{programme.ref}/").status_code == 200
    assert stranger.get(f"/apply/{programme.ref}/questions/").url == f"/apply/{programme.ref}/"


def test_a_draft_opens_no_page_of_another_programme(client, programme) -> None:
    other = open_round(NetworkFactory.create()).programme
    begin(client, programme)
    session = client.session
    session["programmes.drafts"] = {str(other.ref): str(only_draft().ref)}
    session.save()

    assert client.get(f"/apply/{other.ref}/questions/").url == f"/apply/{other.ref}/"
    assert client.post(f"/apply/{other.ref}/check/", {"accepts": "on"}).url == f"/apply/{other.ref}/"
    assert only_draft().handed_in_at is None


def test_nothing_typed_is_lost_when_something_is_wrong(client, programme) -> None:
    begin(client, programme)

    response = answer(
        client,
        programme,
        FIRST | {"languages": ["fi", "fi", "sv"], "region": ""},
    )

    assert errors_of(response) == [
        "Choose each language once.",
        "Answer the question “In which region do you live or work?”.",
    ]
    assert parts(response, r'<option value="(\w+)" selected>', within=r'(.*)name="region"')[:3] == ["fi", "fi", "sv"]
    assert 'value="studying" id="id_situation_0" checked' in response.content.decode()


def test_a_name_of_a_skill_that_is_too_long_comes_back_as_it_was_typed(client, programme) -> None:
    begin(client, programme)
    answer(client, programme, FIRST)

    response = answer(client, programme, SECOND | {"needs.name": ["x" * 101, "kielet", "", ""]})

    [error] = errors_of(response)
    assert error.startswith("Shorten what you wrote in “What would you like a mentor's support with?”: 100 characters")
    assert "x" * 101 in parts(response, r'name="needs.name" value="(.*?)"')


def test_back_keeps_what_was_written_and_asks_for_nothing(client, programme) -> None:
    begin(client, programme)
    answer(client, programme, FIRST)

    response = answer(client, programme, SECOND | {"goal": "", "at.to": "back"})

    assert response.url == f"/apply/{programme.ref}/questions/?page=questions.1"
    assert only_draft().told["needs"] == TOLD["needs"]


def test_more_rows_come_by_a_button_and_keep_what_was_written(client, programme) -> None:
    begin(client, programme)
    answer(client, programme, FIRST)

    response = answer(client, programme, SECOND | {"at.to": "more"})

    assert parts(response, r'name="needs.name" value="(.*?)"') == ["matematiikka", "kielet", "", "", "", "", ""]
    assert only_draft().told["goal"] == "I have work."


def test_what_a_script_sends_while_somebody_writes_is_kept(client, programme) -> None:
    begin(client, programme)

    response = client.post(f"/apply/{programme.ref}/questions/?save=1", FIRST)

    assert response.status_code == 204
    assert only_draft().told["region"] == "r16"


def test_a_minor_is_asked_for_the_guardian_before_going_on(client, programme) -> None:
    begin(client, programme)
    answer(client, programme, FIRST)

    response = answer(client, programme, SECOND | {"is_minor": "yes"})

    assert said_on(response) == ["There is something more to answer on this page"]
    assert 'name="guardian_email"' in response.content.decode()
    assert only_draft().told == TOLD | {"is_minor": "yes"}


def test_the_own_address_is_no_guardians(client, programme) -> None:
    begin(client, programme)
    answer(client, programme, FIRST)
    shown = [*SECOND["at.shown"], "guardian_email", "guardian_language"]

    response = answer(
        client,
        programme,
        SECOND
        | {"is_minor": "yes", "at.shown": shown, "guardian_email": "AINO@example.org", "guardian_language": "fi"},
    )

    assert errors_of(response) == ["Write your guardian's address. The one that you wrote is your own."]


def test_another_address_is_confirmed_anew(client, programme) -> None:
    begin(client, programme)
    answer(client, programme)
    hand_in(client, programme)

    begin(client, programme, email="aino2@example.org")
    draft = only_draft()
    hand_in(client, programme)
    client.post(link_to("aino2@example.org"))

    assert (draft.email, draft.confirmed_at, draft.handed_in_at, draft.told) == ("aino2@example.org", None, None, TOLD)
    assert EmailAddress.objects.get().email == "aino2@example.org"


def test_whoever_fills_in_the_field_for_machines_is_told_so_and_writes_nothing(client, programme) -> None:
    response = begin(client, programme, website="https://example.org")

    assert errors_of(response) == ["A field that must stay empty was filled in. Empty it and send the form again."]
    assert parts(response, r'name="given_name"[^>]*value="([^"]*)"') == ["Aino"]
    assert ApplicationDraft.objects.count() == Message.objects.count() == 0


def test_an_address_gets_five_letters_an_hour_and_no_more(client, programme) -> None:
    for _count in range(7):
        assert begin(somebody(), programme).status_code == 302

    assert mailed_to(EMAIL) == ["programmes.application_begun"] * 5


def test_the_link_is_not_mailed_for_ever(client, programme) -> None:
    begin(client, programme)
    for _count in range(4):
        client.post(f"/apply/{programme.ref}/mail/")

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        response = client.post(f"/apply/{programme.ref}/mail/")

    assert response.status_code == 409
    assert len(mailed_to(EMAIL)) == 5


def test_what_was_written_can_be_removed(client, programme) -> None:
    begin(client, programme)
    link = link_to(EMAIL)

    response = client.post(f"/apply/{programme.ref}/remove/", follow=True)

    assert said_on(response) == ["What you had written has been removed."]
    assert ApplicationDraft.objects.count() == 0
    assert client.get(link, follow=True).status_code == 404


def test_one_application_as_both_asks_the_questions_of_both(client) -> None:
    programme = open_round(description=both_model()).programme
    begin(client, programme, role="both")
    for page in (
        FIRST | {"at.shown": [*FIRST["at.shown"], "needs"], "needs.name": ["kielet"], "needs.grade": ["3"]},
        SECOND | {"at.shown": ["goal", "is_minor", "offers", "experience"], "offers.name": ["Excel"], "offers.grade": ["4"], "experience": "12"},
        {"at.page": "questions.2", "at.shown": ["places", "motivation"], "places": "2", "motivation": "", "at.to": "check"},
    ):  # fmt: skip
        answer(client, programme, page)

    hand_in(client, programme)
    client.post(link_to(EMAIL))

    application = Application.objects.get()
    told = answers_from_json(application.answers)
    assert (application.role, told.places, told.experience) == ("both", 2, 12)
    assert (told.offers, told.needs) == ((Skill(name="Excel", grade=4),), (Skill(name="kielet", grade=3),))


def test_both_is_offered_only_where_the_model_says_so(client, programme) -> None:
    page = client.get(f"/apply/{programme.ref}/")
    response = begin(client, programme, role="both")

    assert parts(page, r'name="role" value="(\w+)"') == ["mentee", "mentor"]
    assert errors_of(response) == ["Choose one of the offered in “You apply as”: what was chosen is not offered."]


def test_a_full_part_is_not_offered_and_a_closed_call_leads_back(client, programme) -> None:
    round_ = programme.rounds.get()
    round_.amend(mentors_most=1, mentors_taken=1)

    page = client.get(f"/apply/{programme.ref}/")
    round_.amend(state=RoundState.RUNNING)
    closed = client.get(f"/apply/{programme.ref}/")

    assert parts(page, r'name="role" value="(\w+)"') == ["mentee"]
    assert closed.url == f"/calls/{programme.ref}/"


def test_a_call_that_closes_meanwhile_takes_nothing_in_and_keeps_what_was_written(client, programme) -> None:
    begin(client, programme)
    answer(client, programme)
    programme.amend(apply_until=timezone.localdate() - timedelta(days=1))

    response = hand_in(client, programme)

    assert errors_of(response) == ["This programme does not take applications now."]
    assert (only_draft().told, only_draft().handed_in_at) == (TOLD, None)


def test_what_was_handed_in_in_time_is_confirmed_after_the_last_day(client, programme) -> None:
    programme.amend(apply_until=timezone.localdate())
    begin(client, programme)
    answer(client, programme)
    hand_in(client, programme)

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        client.post(link_to(EMAIL))

    assert Application.objects.get().state == ApplicationState.SUBMITTED


def test_another_draft_of_the_same_address_goes_when_one_is_handed_in(client, programme) -> None:
    begin(somebody(), programme)
    other = open_round().programme
    begin(somebody(), other)

    apply_to(client, programme)

    kept = {draft.round.programme: draft.application for draft in ApplicationDraft.objects.all()}
    assert kept == {programme: Application.objects.get(), other: None}


def test_the_pages_tell_in_their_head_what_comes(client, programme) -> None:
    page = client.get(f"/apply/{programme.ref}/")

    assert (title_of(page), lead_of(page)) == ("Apply", "Filling it in takes about ten minutes. You need no account.")
    assert parts(page, r"<li[^>]*><span>(.*?)</span></li>", within=r'<ol class="steps"(.*?)</ol>') == [
        "Who you are",
        "Your answers",
        "Check and hand in",
    ]
    assert rows_of(page) == []
    assert AINO["email"] == EMAIL
