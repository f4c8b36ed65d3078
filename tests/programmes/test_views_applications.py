from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.comms.models import Message
from luotsi.core import jobs
from luotsi.core.texts import TranslatedText
from luotsi.programmes.enums import ApplicationState
from luotsi.programmes.models.applications import Application, Interview, LetterTemplate
from luotsi.programmes.models.batches import Batch
from luotsi.programmes.models.participations import Participation
from luotsi.programmes.services.applications import decide
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of
from tests.factories.programmes import ApplicationFactory, mentee, mentor, open_round
from tests.pages import queries_for, words

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    """All words of the page."""
    return words(response.content.decode())


@pytest.fixture
def round_():
    return open_round(name={"en": "Spring"})


@pytest.fixture
def coordinator(client, round_):
    person = coordinator_of(round_.programme.network)
    client.force_login(person)
    return person


@pytest.fixture
def home(round_, coordinator) -> str:
    return f"/programmes/{round_.programme.ref}"


def apply(round_, name: str, **values) -> Application:
    person = PersonFactory.create(given_name=name, family_name="Aho", language=values.pop("language", "en"))
    return ApplicationFactory.create(round=round_, person=person, **values)


def test_applications_are_narrowed_by_organisation_waiting_and_interview(client, round_, home, coordinator) -> None:
    college = OrganisationFactory.create(name="College")
    today = timezone.localdate()
    apply(round_, "Anna", organisation=college, submitted_on=today)
    long_ago = apply(round_, "Bea", submitted_on=today - timedelta(days=20))
    apply(round_, "Cia", submitted_on=today, state=ApplicationState.DECLINED)
    Interview.objects.create(application=long_ago, held_on=today, held_by=coordinator)
    apply(open_round(), "Elsewhere")

    def shown(query: str) -> set[str]:
        page = text_of(client.get(f"{home}/applications/?{query}"))
        return {name for name in ("Anna", "Bea", "Cia", "Elsewhere") if f"{name} Aho" in page}

    assert shown("") == {"Anna", "Bea", "Cia"}
    assert shown(f"organisation={college.ref}") == {"Anna"}
    assert shown("waiting=14") == {"Bea"}
    assert shown("interview=held") == {"Bea"}
    assert shown("interview=not_held&state=submitted") == {"Anna"}
    assert shown("organisation=nonsense&waiting=nonsense") == {"Anna", "Bea", "Cia"}


def test_the_ticked_are_looked_at_first_and_then_decided_on(client, round_, home) -> None:
    one, two, other = (apply(round_, name) for name in ("Anna", "Bea", "Cia"))
    foreign = apply(open_round(), "Elsewhere")
    chosen = [str(one.ref), str(two.ref), str(foreign.ref), "nonsense"]

    first = client.post(f"{home}/applications/many/", {"chosen": chosen})
    assert "2 applications" in text_of(first)
    look = client.post(
        f"{home}/applications/many/", {"chosen": chosen, "step": "look", "decision": "accepted", "text_fi": ""}
    )
    assert "You are in: Spring" in text_of(look)
    assert Participation.objects.count() == Batch.objects.count() == 0

    done = client.post(f"{home}/applications/many/", {"chosen": chosen, "step": "do", "decision": "accepted"})
    batch = Batch.objects.get()
    assert done["Location"] == f"{home}/many/{batch.ref}/"
    assert "Applications handled" in text_of(client.get(done["Location"]))
    jobs.run_waiting()

    assert {part.application for part in Participation.objects.all()} == {one, two}
    other.refresh_from_db()
    foreign.refresh_from_db()
    assert (other.state, foreign.state) == ("submitted", "submitted")
    assert client.get(f"{done['Location']}progress/")["HX-Refresh"] == "true"


def test_all_that_the_list_showed_get_a_letter_seen_in_each_language(client, round_, home) -> None:
    apply(round_, "Anna", language="fi")
    apply(round_, "Bea")
    apply(round_, "Cia", state=ApplicationState.DECLINED)
    template = LetterTemplate.objects.create(
        network=round_.programme.network,
        name="Evening",
        subject=TranslatedText({"fi": "Ilta", "en": "Evening"}),
        text=TranslatedText({"fi": "Hei {name}", "en": "Hello {name}"}),
    )
    typed = {"which": "all", "state": "submitted", "decision": ""}

    used = client.post(f"{home}/applications/many/", {**typed, "step": "use", "template": str(template.ref)})
    assert b"Hello {name}" in used.content
    words = {"subject_fi": "Ilta", "text_fi": "Hei {name}", "subject_en": "Evening", "text_en": "Hello {name}"}
    look = text_of(client.post(f"{home}/applications/many/", {**typed, **words, "step": "look"}))
    assert "Hei Anna" in look
    assert "Hello Bea" in look
    client.post(f"{home}/applications/many/", {**typed, **words, "step": "do"})
    jobs.run_waiting()

    assert sorted(Message.objects.filter(kind="programmes.letter").values_list("subject", flat=True)) == [
        "Evening",
        "Ilta",
    ]


def test_a_wrong_place_and_nothing_to_do_come_back_with_what_was_typed(client, round_, home) -> None:
    one = apply(round_, "Anna")
    typed = {"chosen": [str(one.ref)], "step": "do", "subject_en": "Mine", "text_en": "Hello {email}"}

    page = client.post(f"{home}/applications/many/", typed)
    assert b"Hello {email}" in page.content
    assert "Nothing can be filled in for {email}" in text_of(page)
    empty = client.post(f"{home}/applications/many/", {"chosen": [str(one.ref)], "step": "do"})
    assert "Choose a decision, or write a letter." in text_of(empty)

    assert Batch.objects.count() == Message.objects.count() == 0


def test_a_decision_with_the_words_of_a_template_changed_before_it_goes_out(client, round_, home) -> None:
    one = apply(round_, "Aino", language="fi")
    template = LetterTemplate.objects.create(
        network=round_.programme.network,
        name="Welcome",
        subject=TranslatedText({"fi": "Tervetuloa"}),
        text=TranslatedText({"fi": "Hei {name}"}),
    )
    address = f"{home}/applications/{one.ref}/decide/"

    ordinary = client.get(address + "?state=declined")
    assert "Hakemuksesi: Spring" in ordinary.content.decode()
    filled = client.get(f"{address}?state=accepted&template={template.ref}")
    assert "Hei {name}" in filled.content.decode()
    half = client.post(address, {"state": "accepted", "subject": "Vain otsikko", "text": ""})
    assert "Write the subject and the letter, or neither." in text_of(half)
    assert Message.objects.count() == 0

    client.post(address, {"state": "accepted", "subject": "Tervetuloa!", "text": "Hei {name}, nähdään."})
    assert Message.objects.get().lines == ["Hei Aino, nähdään."]


def test_an_interview_is_noted_seen_and_put_right(client, round_, home, coordinator) -> None:
    one = apply(round_, "Anna")
    address = f"{home}/applications/{one.ref}/"
    wrong = client.post(f"{address}interviews/", {"held_on": "soon", "notes": "Kept.", "recommendation": "accept"})
    assert b"Kept." in wrong.content
    assert Interview.objects.count() == 0

    client.post(f"{address}interviews/", {"held_on": "2.3.2026", "notes": "Curious.", "recommendation": "accept"})
    held = Interview.objects.get()
    page = text_of(client.get(address))
    assert "Curious." in page
    assert "An interview was noted" in page
    client.post(
        f"{address}interviews/{held.ref}/", {"held_on": "3.3.2026", "notes": "Brave.", "recommendation": "wait"}
    )
    held.refresh_from_db()
    assert (held.notes, held.recommendation) == ("Brave.", "wait")


def test_who_waits_longest_is_proposed_when_there_is_room(client, round_, home, coordinator) -> None:
    today = timezone.localdate()
    round_.amend(mentees_most=1)
    apply(round_, "Later", submitted_on=today - timedelta(days=3))
    first = apply(round_, "First", submitted_on=today - timedelta(days=30), state=ApplicationState.WAITLISTED)
    apply(open_round(), "Elsewhere", submitted_on=today - timedelta(days=90))

    page = text_of(client.get(f"{home}/applications/waiting/"))
    assert "Next: First Aho" in page
    assert page.index("First Aho", page.index("Days of waiting")) < page.index("Later Aho")
    assert "Elsewhere" not in page

    decide(first, ApplicationState.ACCEPTED, by=coordinator)
    assert "No part is free now." in text_of(client.get(f"{home}/applications/waiting/"))


def test_letters_are_written_changed_and_removed(client, round_, home) -> None:
    network = round_.programme.network
    typed = {"network": str(network.ref), "name": "Welcome", "subject_en": "Hello", "text_en": "Dear {name}"}

    wrong = client.post("/programmes/letters/new/", {**typed, "text_en": "Dear {who}"})
    assert b"Dear {who}" in wrong.content
    assert LetterTemplate.objects.count() == 0
    client.post("/programmes/letters/new/", typed)
    made = LetterTemplate.objects.get()
    client.post(f"/programmes/letters/{made.ref}/", {**typed, "name": "Welcome to you"})
    assert "Welcome to you" in text_of(client.get("/programmes/letters/"))
    client.post(f"/programmes/letters/{made.ref}/remove/")
    assert "Welcome to you" not in text_of(client.get("/programmes/letters/"))
    assert client.get(f"/programmes/letters/{made.ref}/").status_code == 404


def test_what_is_another_networks_is_not_there(client, round_, home) -> None:
    foreign = open_round()
    theirs = apply(foreign, "Elsewhere")
    part = mentee(foreign)
    letter = LetterTemplate.objects.create(
        network=NetworkFactory.create(),
        name="Theirs",
        subject=TranslatedText({"en": "x"}),
        text=TranslatedText({"en": "x"}),
    )
    other = f"/programmes/{foreign.programme.ref}"
    for address in (
        f"{other}/applications/waiting/",
        f"{other}/people/",
        f"{other}/people/{part.ref}/",
        f"{other}/funder/",
        f"{other}/nudges/",
        f"{home}/applications/{theirs.ref}/",
        f"{home}/people/{part.ref}/",
        f"/programmes/letters/{letter.ref}/",
        f"/my/parts/{part.ref}/",
    ):
        assert client.get(address).status_code == 404, address
    for address in (
        f"{other}/applications/many/",
        f"{other}/funder/remind/",
        f"{home}/applications/{theirs.ref}/interviews/",
        f"/programmes/letters/{letter.ref}/remove/",
        *(f"/my/parts/{part.ref}/{verb}/" for verb in ("pause", "come-back", "places", "leave", "given")),
    ):
        assert client.post(address, {"step": "do", "moment": "start"}).status_code == 404, address


def test_people_and_those_who_wait_cost_as_many_queries_for_three_as_for_one(client, round_, home) -> None:
    addresses = [f"{home}/people/", f"{home}/applications/waiting/", f"{home}/applications/", f"{home}/funder/"]

    def add() -> None:
        mentor(round_, organisation=OrganisationFactory.create())
        mentee(round_)
        ApplicationFactory.create(round=round_)

    add()
    one = [queries_for(client, address) for address in addresses]
    add()
    add()
    assert [queries_for(client, address) for address in addresses] == one
    assert max(one) <= 13
