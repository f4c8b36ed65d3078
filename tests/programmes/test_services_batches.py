import pytest

from luotsi.comms.models import Message
from luotsi.core import jobs
from luotsi.core.errors import RefusedError
from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import ApplicationState, BatchOutcome
from luotsi.programmes.messages.own_words import OwnWords
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.batches import Batch
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.services.batches import Asked, ask_for_many, carry_out_batch
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of
from tests.factories.programmes import ApplicationFactory, open_round

pytestmark = pytest.mark.django_db
BOTH = OwnWords(
    subject=TranslatedText({"fi": "Ilta", "en": "An evening"}),
    text=TranslatedText({"fi": "Hei {name}, tule!", "en": "Hello {name}, come!"}),
)


def test_many_are_decided_on_and_what_could_not_be_is_listed_with_why() -> None:
    round_ = open_round()
    round_.amend(mentees_most=2)
    coordinator = coordinator_of(round_.programme.network)
    applications = [ApplicationFactory.create(round=round_) for _ in range(4)]
    applications[0].amend(state=ApplicationState.WITHDRAWN)

    asked = Asked(decision=ApplicationState.ACCEPTED)
    batch = ask_for_many(round_.programme, applications, asked, by=coordinator)
    assert Participation.objects.count() == 0
    jobs.run_waiting()

    rows = [(row.outcome, row.fault[:26]) for row in batch.rows.order_by("pk")]
    assert rows == [
        (BatchOutcome.REFUSED, "This application has been "),
        (BatchOutcome.DONE, ""),
        (BatchOutcome.DONE, ""),
        (BatchOutcome.REFUSED, "All parts of mentees are t"),
    ]
    assert Participation.objects.count() == 2
    assert sorted(Application.objects.values_list("state", flat=True)) == [
        "accepted",
        "accepted",
        "submitted",
        "withdrawn",
    ]
    told = Message.objects.get(recipient_ref=coordinator.ref)
    assert told.lines == ["2 applications were handled.", "2 could not be handled."]


def test_each_gets_one_letter_in_the_own_language_however_often_the_work_is_done() -> None:
    round_ = open_round()
    coordinator = coordinator_of(round_.programme.network)
    persons = [PersonFactory.create(given_name=name, language=code) for name, code in (("Aino", "fi"), ("Bo", "sv"))]
    applications = [ApplicationFactory.create(round=round_, person=person) for person in persons]

    batch = ask_for_many(round_.programme, applications, Asked(words=BOTH), by=coordinator)
    jobs.run_waiting()
    carry_out_batch(batch, report=lambda _done, _total: None)

    letters = Message.objects.filter(kind="programmes.letter").order_by("pk")
    assert [(each.recipient_ref, each.subject, each.lines, each.is_necessary) for each in letters] == [
        (persons[0].ref, "Ilta", ["Hei Aino, tule!"], False),
        (persons[1].ref, "An evening", ["Hello Bo, come!"], False),
    ]
    assert Message.objects.filter(kind="programmes.many_handled").count() == 1


def test_nothing_is_asked_for_nobody_by_strangers_or_without_words() -> None:
    round_ = open_round()
    application = ApplicationFactory.create(round=round_)
    coordinator = coordinator_of(round_.programme.network)
    stranger = coordinator_of(NetworkFactory.create())
    wrong = OwnWords(subject=TranslatedText({"en": "A"}), text=TranslatedText({"en": "{email}"}))

    for applications, asked, by in (
        ([], Asked(words=BOTH), coordinator),
        ([application], Asked(), coordinator),
        ([application], Asked(words=wrong), coordinator),
        ([application], Asked(decision=ApplicationState.WITHDRAWN), coordinator),
        ([application], Asked(decision=ApplicationState.ACCEPTED), stranger),
    ):
        with pytest.raises(RefusedError):
            ask_for_many(round_.programme, applications, asked, by=by)

    assert Batch.objects.count() == Message.objects.count() == 0
