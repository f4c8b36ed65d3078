import re

import pytest

from luotsi.programmes.enums import ApplicationState
from tests.factories.counting import queries_for
from tests.factories.people import PersonFactory, coordinator_of
from tests.factories.programmes import ApplicationFactory, mentor, open_round
from tests.pages import reasons_of, title_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "next_step"),
    [
        (ApplicationState.SUBMITTED, "The coordinators read your application and decide."),
        (ApplicationState.WAITLISTED, "You are on the waiting list."),
        (ApplicationState.ACCEPTED, "You take part."),
        (ApplicationState.DECLINED, "This time there was no place for you."),
        (ApplicationState.WITHDRAWN, "You have withdrawn your application."),
    ],
)
def test_an_applicant_sees_where_the_application_stands(client, state: ApplicationState, next_step: str) -> None:
    application = ApplicationFactory.create(round=open_round(name={"en": "Spring"}), state=state)
    client.force_login(application.person)

    response = client.get(f"/my/applications/{application.ref}/")

    assert title_of(response) == "Spring"
    assert re.findall(r"<p>(" + re.escape(next_step) + ")", response.content.decode()) == [next_step]
    may_withdraw = "Withdraw my application" in response.content.decode()
    assert may_withdraw == (state not in {ApplicationState.DECLINED, ApplicationState.WITHDRAWN})


def test_an_applicant_withdraws(client) -> None:
    application = ApplicationFactory.create()
    client.force_login(application.person)

    response = client.post(f"/my/applications/{application.ref}/withdraw/", follow=True)

    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert "Your application has been withdrawn." in response.content.decode()


def test_a_withdrawal_that_is_refused_says_why(client) -> None:
    part = mentor(open_round(), places_taken=1)
    client.force_login(part.person)

    response = client.post(f"/my/applications/{part.application.ref}/withdraw/")

    assert (response.status_code, reasons_of(response)) == (
        409,
        ["Somebody counts on you already. Answer the proposal, or end the pair, first."],
    )
    part.refresh_from_db()
    assert part.state == "active"


def test_somebody_elses_application_is_not_there(client) -> None:
    application = ApplicationFactory.create(person=PersonFactory.create(family_name="Salainen"))
    strangers = [PersonFactory.create(), coordinator_of(application.round.programme.network)]

    for stranger in strangers:
        client.force_login(stranger)
        page = client.get(f"/my/applications/{application.ref}/")
        withdrawn = client.post(f"/my/applications/{application.ref}/withdraw/")
        assert (page.status_code, withdrawn.status_code) == (404, 404)
        assert "Salainen" not in page.content.decode()

    application.refresh_from_db()
    assert application.state == "submitted"


def test_ones_own_applications_are_listed(client) -> None:
    person = PersonFactory.create()
    mine = ApplicationFactory.create(person=person)
    ApplicationFactory.create()
    client.force_login(person)

    one = queries_for(client, "/my/applications/")
    page = client.get("/my/applications/").content.decode()
    for _ in range(29):
        ApplicationFactory.create(person=person)

    assert re.findall(r'href="/my/applications/([^"/]+)/"', page) == [str(mine.ref)]
    assert one == queries_for(client, "/my/applications/") < 10


def test_whoever_has_not_applied_is_shown_the_way(client) -> None:
    client.force_login(PersonFactory.create())

    assert 'href="/calls/"' in client.get("/my/applications/").content.decode()
