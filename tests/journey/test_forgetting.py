"""A person sees all that is held, and is forgotten everywhere: twenty planted marks, and none left in any column."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from luotsi.comms.models import Letter
from luotsi.comms.services import tell
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import RefusedError
from luotsi.core.tables.csv_writing import write_csv
from luotsi.insight.enums import Indicator
from luotsi.insight.services import ask_about_figure
from luotsi.journey.demo import play
from luotsi.journey.own_data import collect, forget
from luotsi.matching.models import Proposal
from luotsi.passport.models import Claim
from luotsi.passport.services.claims import add_evidence, return_claim, submit_claim
from luotsi.people.enums import Role
from luotsi.people.models import Network, Person
from luotsi.people.queries import recipient_of
from luotsi.people.services.accounts import add_address, change_profile, send_sign_in_link
from luotsi.people.services.memberships import grant
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.programmes import round_of
from luotsi.programmes.services.imports import stage_import
from luotsi.surveys.models import Response
from luotsi.surveys.services.answers import answer
from tests.architecture.world import World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]

MARKS = [f"planted{number:02d}mark" for number in range(1, 21)]


def everything() -> str:
    """All columns of all tables, and all kept files, as one text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names of our own tables
            found += [_text(value) for row in cursor.fetchall() for value in row]
    if default_storage.exists("kept"):
        for name in default_storage.listdir("kept")[1]:
            with default_storage.open(f"kept/{name}", "rb") as file:
                found.append(_text(file.read()))
    return "\n".join(found).lower()


def _text(value) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)


def planted_in(text: str) -> list[str]:
    return [mark for mark in MARKS if mark in text]


@pytest.fixture
def world(mail_folder, settings) -> World:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": mail_folder / "files"},
        },
    }
    return make_world(3)


def plant(world: World) -> Person:
    """A person in every role of the thread, with a mark in whatever can be written about or by a person."""
    person = world.people["participant"]
    network = Network.objects.get(ref=world.things["network"])
    change_profile(person, by=person, given_name=MARKS[0], family_name=MARKS[1])
    add_address(person, f"{MARKS[2]}@example.org", by=person)
    add_address(person, f"{MARKS[18]}@example.org", by=person)
    send_sign_in_link(f"{MARKS[2]}@example.org", by=SYSTEM)
    _as_applicant(world)
    _in_mentoring(person)
    claim = Claim.objects.select_related("person").get(ref=world.things["claim"])
    add_evidence(claim, MARKS[10], by=person)
    add_evidence(claim, MARKS[11], by=person)
    _judged(claim, world.people["assessor"])
    _as_asked(world)
    grant(person, Role.READER, network=network, by=SYSTEM)
    ask_about_figure(network, Indicator.PAIRS, MARKS[14], by=person)
    _told_to_another(person)
    return person


def _as_applicant(world: World) -> None:
    """The same person stands in a list that is read and not yet taken, with more in its cells."""
    programme = Programme.objects.select_related("network").get(ref=world.things["programme"])
    round_ = round_of(programme)
    assert round_ is not None
    head = ["Etunimi", "Sukunimi", "Sähköposti", "Rooli", "Kielet", "Organisaatio", "Taidot (tarve)", "Ehdottomat"]
    row = [MARKS[3], MARKS[4], f"{MARKS[2]}@example.org", "mentoroitava", "suomi", MARKS[5], MARKS[6], MARKS[7]]
    run = stage_import(
        round_, name="list.csv", content=write_csv([head, row], language="fi"), by=world.people["coordinator"]
    )
    play.work()
    assert run.rows.count() == 1


def _in_mentoring(person: Person) -> None:
    """What only the pages of an active pair would take, put where they would have put it."""
    relationship = person.relationship_memberships.get().relationship
    relationship.agreements.update(
        rhythm=MARKS[8], themes=MARKS[15], not_discussed=MARKS[16], proposed_by=person, language="fi"
    )
    for days, mark in enumerate((MARKS[9], MARKS[17])):
        held_on = play.today() - timedelta(days=days)
        relationship.sessions.create(logged_by=person, held_on=held_on, minutes=60, how="as_agreed", summary=mark)


def _as_asked(world: World) -> None:
    response = Response.objects.select_related("wave__instrument", "person").get(ref=world.things["response"])
    said = {"scale": 5, "choice": "yes", "text": MARKS[12]}
    answers = {item.key: said[item.kind.value] for item in response.wave.instrument.questions.items}
    answer(response, answers=answers, by=response.person)


def _told_to_another(person: Person) -> None:
    """A message to somebody else says the person's name."""
    proposal = Proposal.objects.filter(mentee__person=person).select_related("mentor__person").get()
    letter = Letter(kind="mentoring.told", subject=MARKS[13], lines=[MARKS[13]], mentions=[person.ref])
    tell(lambda: letter, to=recipient_of(proposal.mentor.person), by=SYSTEM)


def _judged(claim: Claim, assessor: Person) -> None:
    submit_claim(claim, by=claim.person)
    return_claim(claim, by=assessor, reasons=MARKS[19])


def test_own_data_holds_what_was_planted(world) -> None:
    person = plant(world)

    held = "\n".join(str(part) for part in collect(person)).lower()

    told_to_another = {MARKS[13]}
    assert set(MARKS) - set(planted_in(held)) == told_to_another


def test_a_forgotten_person_leaves_no_mark_anywhere(world) -> None:
    person = plant(world)
    assert planted_in(everything()) == MARKS

    forget(person, by=person)
    play.work()

    assert planted_in(everything()) == []
    tombstone = Person.objects.get(pk=person.pk)
    assert (str(tombstone), tombstone.is_active, tombstone.erased_at is None) == ("–", False, False)


def test_what_others_need_stays_without_the_person(world) -> None:
    person = plant(world)
    awarded = Claim.objects.filter(person=person, state="awarded").count()
    relationship = person.relationship_memberships.get().relationship

    forget(person, by=person)

    assert Claim.objects.filter(person=person, state="awarded").count() == awarded == 1
    relationship.refresh_from_db()
    assert (relationship.state, relationship.sessions.count()) == ("completed", 2)


def test_nobody_forgets_another(world) -> None:
    person = plant(world)
    before = everything()

    with pytest.raises(RefusedError):
        forget(person, by=world.people["coordinator"])

    assert everything() == before


def test_erasing_by_the_page_signs_out(world, client) -> None:
    person = plant(world)
    client.force_login(person)

    response = client.post("/my/data/forget/")

    assert (response.status_code, response["Location"]) == (302, "/forgotten/")
    assert client.get("/home/").status_code == 302
    assert planted_in(everything()) == []
