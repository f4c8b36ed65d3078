"""Answers are changed until it is decided: by the one who applied, on a page with all questions."""

from datetime import date

import pytest

from luotsi.core.errors import RefusedError
from luotsi.core.models import AuditEntry
from luotsi.people.models import Consent
from luotsi.programmes.enums import ApplicationRole, ApplicationState, CameBy
from luotsi.programmes.formats.answers import answers_from_json, answers_to_json
from luotsi.programmes.models.applications import Application, GuardianAsk
from luotsi.programmes.services.answers import change_answers
from luotsi.programmes.services.applications import Candidacy, change_application, submit_application, withdraw
from tests.factories.people import NetworkFactory, PersonFactory, coordinator_of
from tests.factories.programmes import ApplicationFactory, answers, open_round, skills
from tests.pages import errors_of, parts, said_on, title_of
from tests.programmes.applying import FIRST, GUARDIAN, SECOND, TOLD, apply_to, mailed_to, self_only_model

pytestmark = pytest.mark.django_db

ALL = FIRST | SECOND | {"at.shown": [*FIRST["at.shown"], *SECOND["at.shown"]]}


@pytest.fixture
def programme():
    return open_round(name={"en": "Spring"}).programme


@pytest.fixture
def application(client, programme) -> Application:
    apply_to(client, programme)
    found = Application.objects.get()
    client.force_login(found.person)
    return found


def test_the_page_of_an_application_shows_all_that_was_told_and_the_terms(client, application) -> None:
    page = client.get(f"/my/applications/{application.ref}/")

    told = dict(zip(parts(page, r"<dt>(.*?)</dt>"), parts(page, r"<dd>(.*?)</dd>"), strict=True))
    assert told["What would you like a mentor's support with?"] == "matematiikka (5, a must), kielet (2)"
    assert told["In which languages can you talk at the meetings?"] == "1. Finnish, 2. Swedish"
    assert "I take part for the whole programme" in page.content.decode()


def test_other_answers_take_the_place_of_those_before(client, application) -> None:
    path = f"/my/applications/{application.ref}/change/"

    page = client.get(path)
    response = client.post(
        path, ALL | {"region": "r01", "needs.name": ["kielet"], "needs.grade": ["4"], "needs.must": []}, follow=True
    )

    assert title_of(page) == "Change my answers"
    assert parts(page, r'name="needs.name" value="(.*?)"')[:2] == ["matematiikka", "kielet"]
    assert said_on(response) == ["Your answers have been changed."]
    submitted_on = application.submitted_on
    application.refresh_from_db()
    told = answers_from_json(application.answers)
    assert application.told == TOLD | {"region": "r01", "needs": "kielet (4)"}
    assert (told.region, told.needs, told.musts) == ("01", skills("kielet", grade=4), frozenset())
    assert (application.came_by, application.submitted_on, application.terms is None) == ("form", submitted_on, False)


def test_what_is_wrong_comes_back_as_it_was_typed_and_nothing_changes(client, application) -> None:
    response = client.post(f"/my/applications/{application.ref}/change/", ALL | {"region": "", "goal": "New words."})

    assert errors_of(response) == ["Answer the question “In which region do you live or work?”."]
    assert "New words." in response.content.decode()
    application.refresh_from_db()
    assert application.told == TOLD


def test_a_question_that_comes_up_is_asked_before_anything_is_saved(client, application) -> None:
    path = f"/my/applications/{application.ref}/change/"

    asked = client.post(path, ALL | {"is_minor": "yes"})
    shown = [*ALL["at.shown"], "guardian_email", "guardian_language"]
    client.post(
        path, ALL | {"is_minor": "yes", "at.shown": shown, "guardian_email": GUARDIAN, "guardian_language": "fi"}
    )

    assert 'name="guardian_email"' in asked.content.decode()
    application.refresh_from_db()
    assert application.told == TOLD | {"is_minor": "yes"}
    assert GuardianAsk.objects.get().email == GUARDIAN
    assert mailed_to(GUARDIAN) == ["programmes.guardian_asked"]


def test_what_a_list_or_a_coordinator_knew_beside_stays(programme) -> None:
    person = PersonFactory.create()
    before = answers(offers=skills("Excel"), is_vetted=True, organisation="Opisto", places=2, experience=9)
    listed = ApplicationFactory.create(
        round=programme.rounds.get(), person=person, role="mentor", answers=answers_to_json(before),
        came_by=CameBy.LIST, external_id="A1", submitted_on=date(2026, 2, 1),
    )  # fmt: skip

    change_answers(
        listed,
        {
            "languages": ["sv"],
            "region": "r16",
            "is_remote": "no",
            "offers": "Word (5)",
            "experience": "10",
            "places": "1",
        },
        by=person,
    )

    listed.refresh_from_db()
    told = answers_from_json(listed.answers)
    assert (told.is_vetted, told.organisation, told.languages, told.places) == (True, "Opisto", ("sv",), 1)
    assert (listed.external_id, listed.came_by, listed.submitted_on) == ("A1", "list", date(2026, 2, 1))


def test_after_the_decision_and_by_others_nothing_changes(client, application) -> None:
    path = f"/my/applications/{application.ref}/change/"
    client.force_login(PersonFactory.create())
    assert client.post(path, ALL).status_code == 404
    with pytest.raises(RefusedError):
        change_answers(application, TOLD | {"region": "r01"}, by=coordinator_of(NetworkFactory.create()))
    application.amend(state=ApplicationState.DECLINED)
    client.force_login(application.person)

    assert client.get(path).status_code == 409
    assert client.post(path, ALL | {"region": "r01"}).status_code == 409
    application.refresh_from_db()
    assert application.told == TOLD


def test_withdrawing_takes_back_what_was_accepted(application) -> None:
    withdraw(application, by=application.person)

    assert Consent.objects.get().withdrawn_at is not None
    assert AuditEntry.objects.filter(verb="people.consent_withdrawn").count() == 1


def test_where_only_the_person_enrols_a_coordinator_puts_nobody_in(programme) -> None:
    programme.amend(description=self_only_model())
    coordinator, person = coordinator_of(programme.network), PersonFactory.create()
    candidacy = Candidacy(role=ApplicationRole.MENTEE, answers=answers())

    with pytest.raises(RefusedError, match="only the person applies"):
        submit_application(programme.rounds.get(), candidacy, person=person, by=coordinator)
    assert Application.objects.count() == 0

    own = submit_application(programme.rounds.get(), candidacy, person=person, by=person)
    with pytest.raises(RefusedError, match="only the person applies"):
        change_application(own, candidacy, by=coordinator)
    with pytest.raises(RefusedError, match="Nobody applies for somebody else"):
        submit_application(programme.rounds.get(), candidacy, person=PersonFactory.create(), by=person)
