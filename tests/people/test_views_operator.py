"""Pages of the operator: organisations by name, doubtful mail, work that failed. Nothing of what people write."""

import pytest
from django.utils import timezone

from luotsi.comms.enums import DeliveryState
from luotsi.comms.models import Delivery, Message
from luotsi.core.enums import JobState
from luotsi.core.models import Job
from luotsi.people.enums import OrganisationKind, Role
from luotsi.people.models import Invitation, Organisation, Person
from tests.factories.people import (
    NetworkFactory,
    OrganisationFactory,
    PersonFactory,
    administrator_of,
    coordinator_of,
    grant,
    operator,
)
from tests.pages import errors_of, parts, queries_for, reasons_of, rows_of, said_on, title_of

pytestmark = pytest.mark.django_db


def uncertain(address: str = "aino@example.org") -> Delivery:
    """A delivery whose mail server never answered."""
    message = Message.objects.create(kind="people.role_granted", language="en", subject="Secret subject", lines=["S"])
    return Delivery.objects.create(
        message=message, address=address, mail_id=f"<{message.ref}@example.org>", attempts=1,
        state=DeliveryState.UNCERTAIN, sending_since=timezone.now(),
    )  # fmt: skip


def failed_job() -> Job:
    return Job.objects.create(
        name="matching.run", state=JobState.FAILED, attempts=5, fault="KeyError", ended_at=timezone.now()
    )


@pytest.fixture
def keeper(client) -> Person:
    person = operator()
    client.force_login(person)
    return person


def test_organisations_are_there_by_name_alone(client, keeper) -> None:
    kpedu = OrganisationFactory.create(name="Kpedu", kind=OrganisationKind.PROVIDER)
    grant(PersonFactory.create(given_name="Hidden", family_name="Person"), Role.ASSESSOR, organisation=kpedu)
    OrganisationFactory.create(name="Unit of Kpedu", parent=kpedu)
    own = keeper.memberships.get().organisation.name

    page = client.get("/operator/")

    assert title_of(page) == "Installation"
    assert rows_of(page) == [["Kpedu", "education provider", "1"], [own, "public body", "1"]]
    assert parts(page, r'<a[^>]*href="/organisations/([^"]*)"', within=r"<main(.*)</main>") == []
    assert "Hidden" not in page.content.decode()
    assert client.get(f"/organisations/{kpedu.ref}/").status_code == 404


def test_nobody_else_sees_the_installation(client) -> None:
    job, delivery = failed_job(), uncertain()
    posts = [
        (f"/operator/deliveries/{delivery.ref}/", {"outcome": "arrived"}), (f"/operator/jobs/{job.ref}/retry/", {}),
        ("/operator/organisations/add/", {"name": "Mine", "kind": "employer", "email": "a@example.org"}),
    ]  # fmt: skip
    others = [
        administrator_of(OrganisationFactory.create()), coordinator_of(NetworkFactory.create()), PersonFactory.create(),
    ]  # fmt: skip
    operator()

    for other in others:
        client.force_login(other)
        assert client.get("/operator/").status_code == 404
        assert [client.post(*post).status_code for post in posts] == [404, 404, 404]

    job.refresh_from_db()
    delivery.refresh_from_db()
    assert (job.state, delivery.state) == (JobState.FAILED, DeliveryState.UNCERTAIN)
    assert not Organisation.objects.filter(name="Mine").exists()


@pytest.mark.usefixtures("keeper")
def test_doubtful_mail_is_shown_without_its_contents(client) -> None:
    delivery = uncertain("aino.aho@example.org")

    page = client.get("/operator/")

    assert parts(page, r"<li><span>(.*?)<br>") == ["a…@example.org"]
    assert (
        parts(page, r'<form class="one"[^>]*action="([^"]*)"', within=r"<main(.*)</main>")
        == [f"/operator/deliveries/{delivery.ref}/"] * 2
    )
    assert "Secret subject" not in page.content.decode()
    assert "aino.aho" not in page.content.decode()


@pytest.mark.parametrize(
    ("outcome", "state", "jobs"), [("arrived", DeliveryState.SENT, 0), ("send_again", DeliveryState.WAITING, 1)]
)
@pytest.mark.usefixtures("keeper")
def test_doubtful_mail_is_resolved(client, outcome: str, state: DeliveryState, jobs: int) -> None:
    delivery = uncertain()

    response = client.post(f"/operator/deliveries/{delivery.ref}/", {"outcome": outcome}, follow=True)

    assert said_on(response) == ["Noted."]
    delivery.refresh_from_db()
    assert (delivery.state, Job.objects.filter(name="comms.deliver").count()) == (state, jobs)
    assert parts(response, r'<span class="tag ok">(.*?)</span>') == ["No doubtful mail", "Nothing has failed"]


@pytest.mark.parametrize("outcome", ["", "lost"])
@pytest.mark.usefixtures("keeper")
def test_what_cannot_be_said_of_doubtful_mail_changes_nothing(client, outcome: str) -> None:
    delivery = uncertain()

    response = client.post(f"/operator/deliveries/{delivery.ref}/", {"outcome": outcome})

    assert (response.status_code, reasons_of(response)) == (409, ["Say whether it arrived or is to be sent again."])
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.UNCERTAIN


@pytest.mark.usefixtures("keeper")
def test_mail_that_was_resolved_already_is_not_there(client) -> None:
    delivery = uncertain()
    client.post(f"/operator/deliveries/{delivery.ref}/", {"outcome": "arrived"})

    assert client.post(f"/operator/deliveries/{delivery.ref}/", {"outcome": "send_again"}).status_code == 404


@pytest.mark.usefixtures("keeper")
def test_failed_work_is_tried_again(client) -> None:
    job = failed_job()
    page = client.get("/operator/")

    response = client.post(f"/operator/jobs/{job.ref}/retry/", follow=True)

    assert parts(page, r"<li><span>(.*?)<br>") == ["matching.run"]
    assert said_on(response) == ["The work is tried again."]
    job.refresh_from_db()
    assert (job.state, job.attempts, job.fault) == (JobState.WAITING, 0, "")
    assert client.post(f"/operator/jobs/{job.ref}/retry/").status_code == 404


@pytest.mark.usefixtures("keeper")
def test_an_organisation_is_added_with_its_network_and_administrator(client) -> None:
    network = NetworkFactory.create(name="Keski-Pohjanmaa")
    typed = {
        "name": "Kpedu", "kind": "provider", "network": str(network.ref), "email": "rehtori@example.org",
        "language": "fi",
    }  # fmt: skip

    response = client.post("/operator/organisations/add/", typed, follow=True)

    assert said_on(response) == ["The organisation is added, and its first administrator is invited."]
    assert list(network.organisations.values_list("name", "kind")) == [("Kpedu", OrganisationKind.PROVIDER)]
    assert Invitation.objects.values_list("email", "role").get() == ("rehtori@example.org", Role.ADMIN)


@pytest.mark.usefixtures("keeper")
def test_an_organisation_that_is_there_already_is_refused_on_the_form(client) -> None:
    OrganisationFactory.create(name="Kpedu")
    typed = {"name": "KPEDU", "kind": "provider", "network": "", "email": "rehtori@example.org", "language": "fi"}

    response = client.post("/operator/organisations/add/", typed)

    assert errors_of(response) == [
        "There is already an organisation with this name. Use that one, or choose another name."
    ]
    assert parts(response, r'name="name"[^>]*value="([^"]*)"') == ["KPEDU"]
    assert not Invitation.objects.exists()


@pytest.mark.usefixtures("keeper")
def test_a_network_that_is_not_offered_is_refused_in_our_words(client) -> None:
    typed = {"name": "Kpedu", "kind": "provider", "network": "x", "email": "rehtori@example.org", "language": "fi"}

    response = client.post("/operator/organisations/add/", typed)

    assert errors_of(response) == ["Choose one of the offered in “Network”: what was chosen is not offered."]
    assert not Organisation.objects.filter(name="Kpedu").exists()


@pytest.mark.usefixtures("keeper")
def test_the_page_asks_as_much_for_one_as_for_thirty(client) -> None:
    uncertain()
    failed_job()
    asked = queries_for(client, "/operator/")
    for _number in range(29):
        uncertain()
        failed_job()
        administrator_of(OrganisationFactory.create())

    assert queries_for(client, "/operator/") == asked < 10
    page = client.get("/operator/")
    assert (len(rows_of(page)), len(parts(page, r"<li><span>(.*?)<br>"))) == (30, 60)
