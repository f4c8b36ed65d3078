from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone

from luotsi.comms.models import Delivery, Message
from luotsi.core import events, jobs
from luotsi.core.actors import SYSTEM
from luotsi.core.errors import NotThereError, RefusedError
from luotsi.core.models import AuditEntry
from luotsi.people.queries import address_of
from luotsi.programmes.enums import CameBy, EnquiryState, ProgrammeState, RoundState
from luotsi.programmes.formats.answers import answers_from_json
from luotsi.programmes.formats.values import Stage
from luotsi.programmes.models.applications import Application
from luotsi.programmes.models.directory import Enquiry, NewsSent, NewsSubscription, PoolMember
from luotsi.programmes.models.partners import Partner
from luotsi.programmes.models.plans import Phase
from luotsi.programmes.queries import directory as queries
from luotsi.programmes.queries.directory import CallState, Wanted
from luotsi.programmes.services import directory as services
from luotsi.programmes.services import pool
from luotsi.programmes.services.enquiries import Asking, answer_enquiry, ask_for_programme, invite_to_apply
from luotsi.programmes.services.programmes import open_programme
from tests.factories.people import NetworkFactory, OrganisationFactory, PersonFactory, coordinator_of
from tests.factories.programmes import ProgrammeFactory, RoundFactory, answers, mentee, mentor, open_round, skills
from tests.pages import errors_of, parts, queries_for, title_of

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def call_names(wanted: Wanted) -> list[str]:
    return [str(programme.name["en"]) for programme in queries.listed(wanted)]


def recruiting(programme, first: date, last: date) -> None:
    Phase(
        programme=programme, key="call", name={"en": "Call"}, stage=Stage.RECRUITING, starts_on=first, ends_on=last,
        position=0,
    ).insert()  # fmt: skip


def told(kind: str) -> list[str]:
    """Addresses that a kind of letter goes to."""
    deliveries = Delivery.objects.filter(message__kind=kind).order_by("pk")
    return list(deliveries.values_list("address", flat=True))


# Calls


def test_a_call_is_coming_open_or_over() -> None:
    today = timezone.localdate()
    coming, now, late, running = (open_round(name={"en": name}).programme for name in ("coming", "now", "late", "runs"))
    recruiting(coming, today + timedelta(days=1), today + timedelta(days=30))
    recruiting(now, today, today + timedelta(days=30))
    late.amend(apply_until=today - timedelta(days=1))
    running.rounds.get().amend(state=RoundState.RUNNING)

    calls = {str(call.programme.name): call.state for call in queries.calls_of(queries.public_programmes())}

    assert calls == {"coming": CallState.COMING, "now": CallState.OPEN, "late": CallState.OVER, "runs": CallState.OVER}


def test_the_last_day_of_a_call_is_still_open() -> None:
    programme = open_round().programme
    programme.amend(apply_until=timezone.localdate())

    assert queries.public_call(programme.ref).is_open


def test_a_round_that_is_full_of_mentees_looks_for_mentors_only() -> None:
    round_ = open_round()
    round_.amend(mentees_most=1, mentees_taken=1)

    assert queries.public_call(round_.programme.ref).roles == ("mentor",)


def test_the_directory_is_narrowed_by_region_language_role_and_state() -> None:
    today = timezone.localdate()
    open_round(name={"en": "everywhere"})
    open_round(name={"en": "west"}, regions=["15"], languages=["sv"])
    full = open_round(name={"en": "full"}, regions=["16"], languages=["fi"])
    full.amend(mentees_most=1, mentees_taken=1)
    later = open_round(name={"en": "later"}, regions=["15"]).programme
    recruiting(later, today + timedelta(days=5), today + timedelta(days=30))
    ProgrammeFactory.create(name={"en": "draft"}, state=ProgrammeState.DRAFT)

    assert call_names(Wanted()) == ["everywhere", "west", "full", "later"]
    assert call_names(Wanted(region="15")) == ["everywhere", "west", "later"]
    assert call_names(Wanted(region="16", role="mentee")) == ["everywhere"]
    assert call_names(Wanted(language="fi")) == ["everywhere", "full", "later"]
    assert call_names(Wanted(state="coming")) == ["later"]
    assert call_names(Wanted(region="15", state="open")) == ["everywhere", "west"]


def test_an_unknown_filter_counts_as_none(client) -> None:
    open_round(name={"en": "Spring"})

    page = client.get("/calls/?region=99&language=xx&role=boss&state=gone")

    assert parts(page, r'<h2 class="as-h3"><a[^>]*>(.*?)</a>') == ["Spring"]


@pytest.mark.parametrize("address", ["/calls/", "/calls/feed.atom", "/organisations-that-run/"])
def test_public_lists_ask_as_often_for_three_as_for_one(client, address: str) -> None:
    def another() -> None:
        Partner(programme=open_round().programme, organisation=OrganisationFactory.create(), is_host=True).insert()

    another()
    first = queries_for(client, address)
    another()
    another()

    assert queries_for(client, address) == first


def test_the_feed_is_atom_in_the_language_of_the_reader(client) -> None:
    programme = open_round(name={"fi": "Kevät", "en": "Spring"}).programme
    ProgrammeFactory.create(name={"en": "Hidden"}, state=ProgrammeState.DRAFT)
    client.cookies["language"] = "fi"

    response = client.get("/calls/feed.atom")

    root = ET.fromstring(response.content)  # noqa: S314 -- our own
    entries = root.findall(f"{ATOM}entry")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Kevät"]
    assert entries[0].findtext(f"{ATOM}id") == f"urn:uuid:{programme.ref}"


def test_organisations_show_open_programmes_only(client) -> None:
    carrying, other = OrganisationFactory.create(name="Carries"), OrganisationFactory.create(name="Does not")
    Partner(programme=open_round(name={"en": "Open"}).programme, organisation=carrying).insert()
    Partner(programme=ProgrammeFactory.create(state=ProgrammeState.DRAFT), organisation=other).insert()
    Partner(programme=open_round().programme, organisation=other, left_on=date(2026, 1, 1)).insert()

    page = client.get("/organisations-that-run/")

    assert parts(page, r'<h2 class="as-h3">(.*?)</h2>') == ["Carries"]


# News


def test_news_comes_after_a_confirmation_and_once() -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)
    confirmed = services.subscribe("Aija@Example.org", language="fi", region="", by=SYSTEM)
    services.confirm_news(confirmed, by=SYSTEM)
    services.subscribe("bo@example.org", language="sv", region="", by=SYSTEM)

    programme = open_programme(
        network, model_key="career-mentoring", name={"en": "Autumn"}, starts_on=timezone.localdate(), by=coordinator
    )
    events.dispatch_waiting()
    jobs.run_waiting(leave="comms.deliver")
    services.send_news(programme.ref, report=lambda _done, _total: None)

    assert told("programmes.news") == ["aija@example.org"]
    assert NewsSent.objects.count() == 1
    assert Message.objects.get(kind="programmes.news").language == "fi"


def test_news_is_of_the_region_that_was_asked_for() -> None:
    for number, region in enumerate(["15", "16", ""]):
        row = services.subscribe(f"a{number}@example.org", language="en", region=region, by=SYSTEM)
        services.confirm_news(row, by=SYSTEM)
    programme = open_round(regions=["16"]).programme

    services.send_news(programme.ref, report=lambda _done, _total: None)

    assert told("programmes.news") == ["a1@example.org", "a2@example.org"]


def test_who_asks_twice_gets_the_same_page_and_keeps_what_was_confirmed(client) -> None:
    row = services.subscribe("a@example.org", language="fi", region="16", by=SYSTEM)
    services.confirm_news(row, by=SYSTEM)

    first = client.post("/news/", {"email": "new@example.org", "region": ""})
    second = client.post("/news/", {"email": "a@example.org", "region": "15"})

    assert title_of(first) == title_of(second) == "Look into your mail"
    row.refresh_from_db()
    assert (row.region, row.language) == ("16", "fi")
    assert NewsSubscription.objects.count() == 2


def test_a_program_that_fills_everything_subscribes_nobody(client) -> None:
    client.post("/news/", {"email": "a@example.org", "region": "", "website": "https://example.org"})

    assert NewsSubscription.objects.count() == 0


def confirmed() -> list[bool]:
    return [row.confirmed_at is not None for row in NewsSubscription.objects.order_by("pk")]


def test_looking_at_the_link_changes_nothing_and_posting_confirms_or_stops(client) -> None:
    row = services.subscribe("a@example.org", language="en", region="", by=SYSTEM)
    address = f"/news/{queries.token_of(row)}/"

    client.get(address)
    assert confirmed() == [False]

    client.post(address)
    assert confirmed() == [True]

    client.post(address, {"stop": "1"})
    assert not NewsSubscription.objects.exists()
    assert client.get(address).status_code == 404


def test_a_made_up_link_is_not_there(client) -> None:
    row = services.subscribe("a@example.org", language="en", region="", by=SYSTEM)
    forged = signing.dumps(str(row.ref), salt="something else")

    assert client.post(f"/news/{forged}/").status_code == 404
    assert client.get("/news/nothing/").status_code == 404


def test_an_address_that_never_confirms_is_forgotten_after_a_week() -> None:
    old = services.subscribe("old@example.org", language="en", region="", by=SYSTEM)
    new = services.subscribe("new@example.org", language="en", region="", by=SYSTEM)
    kept = services.subscribe("kept@example.org", language="en", region="", by=SYSTEM)
    services.confirm_news(kept, by=SYSTEM)
    NewsSubscription.objects.filter(pk__in=[old.pk, kept.pk]).update(created_at=timezone.now() - timedelta(days=8))

    services.drop_unconfirmed()

    assert set(NewsSubscription.objects.values_list("pk", flat=True)) == {new.pk, kept.pk}


# Enquiries


def asking(**values) -> Asking:
    return Asking(
        **{"organisation_name": "Kahvila", "contact_name": "Ulla", "email": "ulla@example.org", "language": "fi",
           "text": "Haluaisimme oman ohjelman.", **values}
    )  # fmt: skip


def test_an_enquiry_reaches_the_coordinators_of_that_network_and_is_answered_once() -> None:
    network, other = NetworkFactory.create(), NetworkFactory.create()
    coordinator, stranger = coordinator_of(network), coordinator_of(other)

    enquiry = ask_for_programme(network, asking(), by=SYSTEM)

    assert [row.ref for row in queries.enquiries_for(coordinator)] == [enquiry.ref]
    assert list(queries.enquiries_for(stranger)) == []
    with pytest.raises(NotThereError):
        queries.enquiry_for(stranger, enquiry.ref)
    with pytest.raises(RefusedError):
        answer_enquiry(enquiry, "No.", by=stranger)
    assert told("programmes.enquiry_answered") == []

    answer_enquiry(enquiry, "Tervetuloa.\n\nSoitan.", by=coordinator)
    with pytest.raises(RefusedError):
        answer_enquiry(enquiry, "Again.", by=coordinator)

    assert told("programmes.enquiry_answered") == ["ulla@example.org"]
    letter = Message.objects.get(kind="programmes.enquiry_answered")
    assert letter.lines == ["Tervetuloa.", "Soitan.", str(coordinator)]
    assert Enquiry.objects.get().state == EnquiryState.ANSWERED


def test_an_enquiry_with_faults_keeps_what_was_typed(client) -> None:
    network = NetworkFactory.create()
    coordinator_of(network)

    response = client.post("/enquiries/new/", {"network": network.ref, "organisation_name": "Kahvila", "email": "ulla"})

    assert len(errors_of(response)) == 3
    assert 'value="Kahvila"' in response.content.decode()
    assert not Enquiry.objects.exists()


def test_a_network_without_a_coordinator_is_not_asked() -> None:
    NetworkFactory.create(name="Nobody")
    coordinator_of(NetworkFactory.create(name="Somebody"))

    assert [network.name for network in queries.networks_to_ask()] == ["Somebody"]


# Invitations to apply


def test_who_was_invited_is_kept_nowhere_but_in_the_mail() -> None:
    round_ = open_round()
    coordinator = coordinator_of(round_.programme.network)

    count = invite_to_apply(
        round_.programme, ["A@example.org", "a@example.org", "b@example.org"], language="sv", by=coordinator
    )

    assert count == 2
    assert told("programmes.invited_to_apply") == ["a@example.org", "b@example.org"]
    assert AuditEntry.objects.get(verb="programmes.invited_to_apply").facts.facts == '{"count": 2}'
    assert not Application.objects.exists()


def test_one_wrong_address_stops_all_invitations(client) -> None:
    round_ = open_round()
    coordinator = coordinator_of(round_.programme.network)
    client.force_login(coordinator)

    response = client.post(
        f"/partner/programmes/{round_.programme.ref}/invite/",
        {"addresses": "a@example.org, nobody, b@example.org", "language": "fi"},
    )

    assert errors_of(response) == ["Write these in full, for example name@example.org: nobody"]
    assert told("programmes.invited_to_apply") == []
    with pytest.raises(ValidationError):
        invite_to_apply(round_.programme, ["nobody"], language="fi", by=coordinator)


def test_a_stranger_to_the_programme_invites_nobody() -> None:
    round_ = open_round()

    with pytest.raises(RefusedError):
        invite_to_apply(round_.programme, ["a@example.org"], language="fi", by=coordinator_of(NetworkFactory.create()))

    assert told("programmes.invited_to_apply") == []


# The pool


def test_a_mentor_stays_in_the_pool_and_applies_again_with_the_same_answers() -> None:
    network = NetworkFactory.create()
    before = answers(offers=skills("johtaminen"), places=2)
    person = mentor(open_round(network), before).person
    coordinator = coordinator_of(network)
    member = pool.join_pool(network, by=person)
    coming = open_round(network).programme

    asked = pool.ask_pool(coming, by=coordinator)
    application = pool.apply_again(member, coming, by=person)

    assert asked == 1
    assert told("programmes.asked_from_pool") == [address_of(person)]
    assert (application.came_by, application.role) == (CameBy.POOL, "mentor")
    assert answers_from_json(application.answers) == before
    assert pool.ask_pool(coming, by=coordinator) == 0


def test_who_rests_or_has_left_is_not_asked() -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)
    resting, gone = (mentor(open_round(network)).person for _ in range(2))
    today = timezone.localdate()
    place = pool.join_pool(network, by=resting)
    pool.rest_until(place, today + timedelta(days=1), by=resting)
    pool.leave_pool(pool.join_pool(network, by=gone), by=gone)
    coming = open_round(network).programme

    assert pool.ask_pool(coming, by=coordinator) == 0
    assert queries.calls_for_pool(place) == []
    pool.rest_until(place, None, by=resting)
    assert pool.ask_pool(coming, by=coordinator) == 1


def test_a_pool_takes_those_who_have_mentored_there() -> None:
    network, other = NetworkFactory.create(), NetworkFactory.create()
    mentored = mentor(open_round(network)).person
    helped = mentee(open_round(network)).person

    for person, place in ((mentored, other), (helped, network), (PersonFactory.create(), network)):
        with pytest.raises(RefusedError):
            pool.join_pool(place, by=person)
    pool.join_pool(network, by=mentored)
    with pytest.raises(RefusedError):
        pool.join_pool(network, by=mentored)

    assert PoolMember.objects.count() == 1


def test_nobody_touches_another_ones_place() -> None:
    network = NetworkFactory.create()
    place = pool.join_pool(network, by=mentor(open_round(network)).person)
    other = mentor(open_round(network)).person

    for act in (
        lambda: pool.leave_pool(place, by=other),
        lambda: pool.rest_until(place, timezone.localdate() + timedelta(days=9), by=other),
        lambda: pool.apply_again(place, open_round(network).programme, by=other),
    ):
        with pytest.raises(RefusedError):
            act()

    place.refresh_from_db()
    assert (place.left_on, place.rests_until) == (None, None)
    assert not Application.objects.filter(came_by=CameBy.POOL).exists()


def test_a_programme_of_another_network_takes_nobody_from_this_pool() -> None:
    network = NetworkFactory.create()
    person = mentor(open_round(network)).person
    place = pool.join_pool(network, by=person)

    with pytest.raises(RefusedError):
        pool.apply_again(place, RoundFactory.create().programme, by=person)

    assert Application.objects.filter(person=person).count() == 1


def test_pages_of_the_pool_are_walked_by_their_mentor(client) -> None:
    network = NetworkFactory.create()
    person = mentor(open_round(network)).person
    coming = open_round(network).programme
    client.force_login(person)

    client.post(f"/my/pool/{network.ref}/join/")
    place = PoolMember.objects.get()
    refused = client.post(f"/my/pool/{place.ref}/rest/", {"until": "1.1.2020"})
    page = client.get("/my/pool/")
    client.post(f"/my/pool/{place.ref}/apply/{coming.ref}/")

    assert errors_of(refused) == ["Choose a day that is still to come."]
    assert parts(page, r"<h3><a[^>]*>(.*?)</a>") == [str(coming.name)]
    assert Application.objects.get(round__programme=coming).person == person
