from datetime import date, timedelta

import pytest
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import ApplicationState, Recommendation
from luotsi.programmes.messages.own_words import OwnWords, trouble_with
from luotsi.programmes.models.applications import Interview, LetterTemplate
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.queries.descriptions import shipped_text
from luotsi.programmes.services.applications import decide
from luotsi.programmes.services.interviews import Talk, change_interview, note_interview
from luotsi.programmes.services.letters import change_template, make_template, remove_template
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of
from tests.factories.programmes import ApplicationFactory, open_round

pytestmark = pytest.mark.django_db


def words(subject: str = "{programme}", text: str = "Hello {name}.", language: str = "en") -> OwnWords:
    return OwnWords(subject=TranslatedText({language: subject}), text=TranslatedText({language: text}))


def with_interviews() -> str:
    text = shipped_text("career-mentoring")
    if "  interview: false" in text:
        return text.replace("  interview: false", "  interview: true")
    if "\nenrolment:\n" in text:
        return text.replace("\nenrolment:\n", "\nenrolment:\n  interview: true\n")
    return text + "\nenrolment:\n  interview: true\n"


def test_letters_are_kept_under_a_name_changed_and_removed() -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)

    made = make_template(network, name="Welcome", words=words(), by=coordinator)
    change_template(made, name="Welcome to us", words=words("Hello"), by=coordinator)
    remove_template(made, by=coordinator)
    again = make_template(network, name="Welcome to us", words=words(), by=coordinator)

    rows = [(row.pk, row.name, row.removed_at is None) for row in LetterTemplate.objects.order_by("pk")]
    assert rows == [(made.pk, "Welcome to us", False), (again.pk, "Welcome to us", True)]


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("Hello {name}, welcome to {programme}!", ""),
        ("Hello {email}", "Nothing can be filled in for {email}. The places are {name} and {programme}."),
        ("Hello {name", "A curly bracket has no pair. The places are {name} and {programme}."),
    ],
)
def test_places_are_checked(text: str, trouble: str) -> None:
    assert trouble_with(text) == trouble


def test_a_letter_with_an_unknown_place_or_no_whole_language_is_not_kept() -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)
    halves = OwnWords(subject=TranslatedText({"fi": "Hei"}), text=TranslatedText({"en": "Hello"}))

    for wrong in (words(text="Hello {email}"), halves):
        with pytest.raises(RefusedError):
            make_template(network, name="Welcome", words=wrong, by=coordinator)

    assert LetterTemplate.objects.count() == 0


def test_a_name_is_given_once_in_a_network_and_strangers_write_nothing() -> None:
    network = NetworkFactory.create()
    made = make_template(network, name="Welcome", words=words(), by=coordinator_of(network))
    other = coordinator_of(NetworkFactory.create())

    with pytest.raises(RefusedError):
        make_template(network, name="Welcome", words=words(), by=coordinator_of(network))
    with pytest.raises(RefusedError):
        change_template(made, name="Mine", words=words(), by=other)
    with pytest.raises(RefusedError):
        remove_template(made, by=other)

    made.refresh_from_db()
    assert (LetterTemplate.objects.count(), made.name, made.removed_at) == (1, "Welcome", None)


def test_a_decision_in_own_words_is_told_in_the_language_of_the_one_who_applied() -> None:
    round_ = open_round(name={"fi": "Työuramentorointi", "en": "Career mentoring"})
    person = PersonFactory.create(given_name="Aino", language="fi")
    application = ApplicationFactory.create(round=round_, person=person)
    own = OwnWords(
        subject=TranslatedText({"fi": "Tervetuloa: {programme}", "en": "Welcome: {programme}"}),
        text=TranslatedText({"fi": "Hei {name}!\n\nNähdään pian.", "en": "Hello {name}!"}),
    )

    decide(application, ApplicationState.ACCEPTED, by=coordinator_of(round_.programme.network), words=own)

    message = Message.objects.get()
    assert (message.subject, message.lines) == ("Tervetuloa: Työuramentorointi", ["Hei Aino!", "Nähdään pian."])
    assert (message.kind, message.is_necessary) == ("programmes.application_accepted", True)


def test_where_the_model_says_so_nobody_is_decided_on_without_an_interview() -> None:
    round_ = open_round(description=with_interviews())
    coordinator = coordinator_of(round_.programme.network)
    application = ApplicationFactory.create(round=round_)

    for state in (ApplicationState.ACCEPTED, ApplicationState.WAITLISTED, ApplicationState.DECLINED):
        with pytest.raises(RefusedError):
            decide(application, state, by=coordinator)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert Participation.objects.count() == Message.objects.count() == 0

    talk = Talk(held_on=date(2026, 3, 2), notes="Wants courage.", recommendation=Recommendation.ACCEPT)
    note_interview(application, talk, by=coordinator)
    decide(application, ApplicationState.ACCEPTED, by=coordinator)
    assert Participation.objects.count() == 1


def test_an_interview_is_put_right_by_the_one_who_held_it() -> None:
    round_ = open_round()
    coordinator = coordinator_of(round_.programme.network)
    application = ApplicationFactory.create(round=round_)
    held = note_interview(application, Talk(held_on=date(2026, 3, 2), notes="A"), by=coordinator)

    change_interview(held, Talk(held_on=date(2026, 3, 3), notes="B"), by=coordinator)
    with pytest.raises(RefusedError):
        change_interview(held, Talk(held_on=date(2026, 3, 4), notes="C"), by=coordinator_of(round_.programme.network))

    held.refresh_from_db()
    assert (held.held_on, held.notes, held.recommendation) == (date(2026, 3, 3), "B", "open")


def test_no_interview_of_tomorrow_of_a_decided_one_or_by_a_stranger() -> None:
    round_ = open_round()
    application = ApplicationFactory.create(round=round_)
    decided = ApplicationFactory.create(round=round_, state=ApplicationState.DECLINED)
    coordinator, today = coordinator_of(round_.programme.network), timezone.localdate()

    for which, day, by in (
        (application, today + timedelta(days=1), coordinator),
        (decided, today, coordinator),
        (application, today, coordinator_of(NetworkFactory.create())),
    ):
        with pytest.raises(RefusedError):
            note_interview(which, Talk(held_on=day), by=by)

    assert Interview.objects.count() == 0
