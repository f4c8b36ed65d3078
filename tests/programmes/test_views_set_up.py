import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.people.services.organisations import join_network
from luotsi.programmes.enums import ProgrammeState, SetUpStep
from luotsi.programmes.formats.shipped import shipped_models
from luotsi.programmes.models.programmes import Programme, ProgrammeModel, Round
from luotsi.programmes.queries.descriptions import model_in, shipped_text
from luotsi.programmes.queries.next_things import next_things_for
from luotsi.programmes.queries.plans import day_of
from luotsi.programmes.queries.set_up import shared_activities_of
from luotsi.programmes.services.programmes import draft_programme
from tests.factories.counting import queries_for
from tests.factories.people import NetworkFactory, OrganisationFactory, coordinator_of
from tests.pages import errors_of, parts, rows_of, said_on, title_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coordinator")]

FIRST_DAY = date(2031, 3, 3)
STEPS = ("model", "scope", "dates", "plan", "questions", "matching", "check")


@pytest.fixture
def network():
    return NetworkFactory.create(name="Rannikon verkosto")


@pytest.fixture
def coordinator(network, client):
    person = coordinator_of(network)
    client.force_login(person)
    return person


@pytest.fixture
def programme(network, coordinator) -> Programme:
    return draft_programme(
        network, model_key="career-mentoring", name={"en": "Career"}, starts_on=FIRST_DAY, by=coordinator
    )


def fields_of(response) -> dict[str, list[str]]:
    """What a browser would send if nothing on the page was touched."""
    page = response.content.decode()
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        named = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        is_box = named.get("type") in {"checkbox", "radio"}
        if "name" in named and (not is_box or " checked" in tag):
            found.setdefault(named["name"], []).append(unescape(named.get("value", "")))
    for name, text in re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL):
        found[name] = [unescape(text).replace("\n", "\r\n")]  # as browsers send it
    for name, options in re.findall(r'<select [^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        found[name] = re.findall(r'<option value="([^"]*)" selected', options) or [""]
    return {name: values for name, values in found.items() if name != "csrfmiddlewaretoken"}


def send(client, address: str, **changed):
    """The page with what was changed, all else as it stands."""
    return client.post(address, {**fields_of(client.get(address)), **changed})


# From a model to an open call


def test_the_shortest_way_takes_one_choice_and_nothing_typed(client, network) -> None:
    typed = fields_of(client.get("/programmes/new/"))

    made = client.post("/programmes/new/", {**typed, "model_key": "career-mentoring"})
    programme = Programme.objects.get()
    base = f"/programmes/{programme.ref}/"
    assert made.url == f"{base}set-up/scope/"
    passed = [send(client, f"{base}set-up/{step}/").url for step in STEPS[1:-1]]
    check = client.get(f"{base}set-up/check/")
    opened = client.post(f"{base}open/", follow=True)

    programme.refresh_from_db()
    assert passed == [f"{base}set-up/{step}/" for step in STEPS[2:]]
    assert "Everything that is needed is there." in check.content.decode()
    assert said_on(opened) == ["The programme is open."]
    assert (programme.state, programme.set_up) == (ProgrammeState.OPEN, SetUpStep.DONE)
    assert programme.name == {
        language: f"{name} {programme.starts_on.year}"
        for language, name in model_in(shipped_text("career-mentoring")).name.items()
    }
    assert timezone.localdate() < programme.starts_on <= timezone.localdate() + timedelta(weeks=4)
    assert model_in(programme.description) == model_in(shipped_text("career-mentoring"))
    assert Round.objects.get().state == "recruiting"


@pytest.mark.parametrize("key", shipped_models())
def test_every_model_that_ships_can_be_gone_through(client, network, key: str) -> None:
    client.post("/programmes/new/", {**fields_of(client.get("/programmes/new/")), "model_key": key})
    base = f"/programmes/{Programme.objects.get().ref}/set-up/"

    passed = [send(client, f"{base}{step}/").url for step in STEPS[1:-1]]

    assert passed == [f"{base}{step}/" for step in STEPS[2:]]
    assert model_in(Programme.objects.get().description) == model_in(shipped_text(key))


def test_an_own_model_of_the_network_is_offered_in_its_newest_version(client, network) -> None:
    text = shipped_text("career-mentoring").replace("key: career-mentoring", "key: harbour-mentoring", 1)
    for version, name in ((1, "Old"), (2, "New")):
        description = text.replace("version: 1", f"version: {version}", 1)
        ProgrammeModel.objects.create(
            network=network, key="harbour-mentoring", version=version, name={"en": name}, description=description, digest="0" * 64
        )  # fmt: skip
    other = NetworkFactory.create()
    ProgrammeModel.objects.create(
        network=other, key="theirs", version=1, name={"en": "Theirs"}, description=text, digest="0" * 64
    )

    page = client.get("/programmes/new/").content.decode()
    client.post("/programmes/new/", {**fields_of(client.get("/programmes/new/")), "model_key": "harbour-mentoring"})

    assert sorted(re.findall(r'name="model_key" value="([^"]*)"', page)) == sorted(
        [*shipped_models(), "harbour-mentoring"]
    )
    assert Programme.objects.values_list("model_key", "model_version").get() == ("harbour-mentoring", 2)


def test_a_draft_is_resumed_where_it_was_left(client, coordinator, programme) -> None:
    send(client, f"/programmes/{programme.ref}/set-up/scope/")

    resumed = client.get(f"/programmes/{programme.ref}/set-up/")
    home = client.get(f"/programmes/{programme.ref}/").content.decode()
    listed = client.get("/programmes/").content.decode()

    assert resumed.url == f"/programmes/{programme.ref}/set-up/dates/"
    assert "Its next step is “Dates”." in home
    assert f'href="/programmes/{programme.ref}/set-up/"' in listed
    assert [thing.address for thing in next_things_for(coordinator)] == [f"/programmes/{programme.ref}/set-up/"]


# One step at a time


def test_scope_is_asked_and_nothing_typed_is_lost(client, network, programme) -> None:
    harbour = OrganisationFactory.create(name="Harbour")
    join_network(harbour, network, by=SYSTEM)
    OrganisationFactory.create(name="Elsewhere")
    address = f"/programmes/{programme.ref}/set-up/scope/"

    refused = send(client, address, name_en="", mentees_most="many", project_code="S2")
    assert errors_of(refused) == [
        "Write the name in one language at least.",
        "Write “Mentees at most” as a whole number in digits, for example 12.",
    ]
    assert 'value="many"' in refused.content.decode()
    assert 'value="S2"' in refused.content.decode()
    assert "Elsewhere" not in refused.content.decode()
    send(client, address, name_sv="Karriär", mentees_most="12", partners=[str(harbour.ref)], regions=["16"])

    programme.refresh_from_db()
    assert (programme.name, programme.mentees_most, programme.regions) == (
        {"en": "Career", "sv": "Karriär"},
        12,
        ["16"],
    )
    assert list(programme.partners.values_list("organisation__name", "is_host")) == [("Harbour", True)]


def test_days_are_looked_at_before_going_on(client, programme) -> None:
    address = f"/programmes/{programme.ref}/set-up/dates/"
    second = programme.phases.get(position=1)

    looked = send(client, address, **{f"phase_{second.key}": "7.4.2031", "again": "1"})
    assert looked.url == address
    before, wrong = second.starts_on, send(client, address, **{f"phase_{second.key}": "3.3.2031"})

    second.refresh_from_db()
    assert (before, second.starts_on) == (date(2031, 3, 31), date(2031, 4, 7))
    assert errors_of(wrong) == [
        f"“{programme.phases.get(position=0).name}” would have no day left. Let the one after it begin later."
    ]
    assert 'value="3.3.2031"' in wrong.content.decode()


def test_an_activity_is_switched_off_and_another_moved_off_a_holiday(client, programme) -> None:
    first, second, *_rest = shared_activities_of(programme)
    typed = fields_of(client.get(f"/programmes/{programme.ref}/set-up/plan/"))
    typed.pop(f"on_{first.ref.hex}")

    response = client.post(
        f"/programmes/{programme.ref}/set-up/plan/", {**typed, f"day_{second.ref.hex}": "18.4.2031"}, follow=True
    )  # Easter Monday is 14.4.2031, Good Friday 11.4.2031

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("cancelled", "planned")
    assert day_of(second) == date(2031, 4, 18)
    assert title_of(response) == "Questions"


def test_questions_are_moved_added_and_left_out(client, programme) -> None:
    address = f"/programmes/{programme.ref}/set-up/questions/"

    def keys() -> list[str]:
        return [question.key for question in model_in(Programme.objects.get().description).questions]

    before = keys()

    moved = send(client, address, up=before[1])
    assert (moved.url, keys()[:2]) == (address, [before[1], before[0]])
    added = send(client, address, add="1")
    assert added.url == f"{address}new/"
    wrong = client.post(
        f"{address}new/", {"text_fi": "Miksi?", "type": "choice", "choices_fi": "A", "roles": ["mentee"]}
    )
    assert errors_of(wrong) == ["Write two choices at least, each on a line of its own."]
    client.post(
        f"{address}new/",
        {"text_fi": "Miksi?", "text_sv": "Varför?", "type": "choice", "choices_fi": "A\nB", "choices_sv": "C\nD",
         "roles": ["mentee"], "is_required": "on"},
    )  # fmt: skip
    typed = fields_of(client.get(address))
    typed.pop(f"on_{before[2]}")
    client.post(address, typed)

    assert keys() == [before[1], before[0], *before[3:], "own_1"]
    own = model_in(Programme.objects.get().description).questions[-1]
    assert [choice.text for choice in own.choices] == [{"fi": "A", "sv": "C"}, {"fi": "B", "sv": "D"}]
    preview = client.get(f"{address}preview/").content.decode()
    assert preview.count("Miksi?") == 1


def test_what_counts_in_pairs_is_changed(client, programme) -> None:
    address = f"/programmes/{programme.ref}/set-up/matching/"

    nothing = send(client, address, **dict.fromkeys(("skills", "region", "language", "experience", "waiting"), "0"))
    assert errors_of(nothing) == ["Let one of them count at least."]
    send(client, address, skills="9", floor="40", answer_days="7", rules=["common_language"])

    programme.refresh_from_db()
    matching = model_in(programme.description).matching
    assert (matching.weights["skills"], matching.floor, matching.answer_days) == (9, 4000, 7)
    assert [rule.value for rule in matching.rules] == ["capacity", "minor_needs_vetted", "common_language"]


def test_another_model_takes_the_place_of_the_first(client, programme) -> None:
    other = next(key for key in shipped_models() if key != "career-mentoring")

    send(client, f"/programmes/{programme.ref}/set-up/model/", model_key=other)

    programme.refresh_from_db()
    model = model_in(shipped_text(other))
    assert (programme.model_key, programme.description) == (other, shipped_text(other))
    assert list(programme.phases.order_by("position").values_list("key", flat=True)) == [p.key for p in model.phases]
    assert programme.ends_on == programme.phases.latest("position").ends_on


def test_the_check_names_what_is_missing_and_where(client, programme) -> None:
    programme.amend(apply_until=date(2020, 1, 1))

    page = client.get(f"/programmes/{programme.ref}/set-up/check/")
    opened = client.post(f"/programmes/{programme.ref}/open/")

    assert parts(page, r'<ul class="why"><li>(.*?)</li>') == [
        "The last day to apply is over already. Choose a later one."
    ]
    assert f'href="/programmes/{programme.ref}/set-up/dates/"' in page.content.decode()
    assert f"/programmes/{programme.ref}/open/" not in page.content.decode()
    programme.refresh_from_db()
    assert (opened.status_code, programme.state) == (409, ProgrammeState.DRAFT)


# Who, and how dear


def test_nobody_sets_up_what_is_not_theirs_or_open_already(client, network) -> None:
    theirs = NetworkFactory.create()
    draft = draft_programme(
        theirs, model_key="career-mentoring", name={"en": "Theirs"}, starts_on=FIRST_DAY, by=coordinator_of(theirs)
    )
    mine = draft_programme(
        network, model_key="career-mentoring", name={"en": "Mine"}, starts_on=FIRST_DAY, by=coordinator_of(network)
    )
    mine.amend(state=ProgrammeState.OPEN)

    codes = {
        client.get(f"/programmes/{each.ref}/set-up/{step}/").status_code for each in (draft, mine) for step in STEPS
    }
    posted = client.post(f"/programmes/{draft.ref}/set-up/scope/", {"name_en": "Ours"})

    draft.refresh_from_db()
    assert (codes, posted.status_code, draft.name) == ({404}, 404, {"en": "Theirs"})


def test_the_days_of_a_running_programme_are_moved_after_a_preview(client, programme) -> None:
    programme.amend(state=ProgrammeState.OPEN)
    address, second = f"/programmes/{programme.ref}/days/", programme.phases.get(position=1)

    seen = client.post(address, {"phase": second.key, "days": "14"})
    second.refresh_from_db()
    assert rows_of(seen)[0] == [str(second.name), "Mon 31 Mar 2031", "Mon 14 Apr 2031"]
    assert second.starts_on == date(2031, 3, 31)
    done = client.post(address, {"phase": second.key, "days": "14", "yes": "on"}, follow=True)
    wrong = client.post(address, {"phase": second.key, "days": "-60"})

    second.refresh_from_db()
    assert (said_on(done), second.starts_on) == (["The days have been moved."], date(2031, 4, 14))
    assert errors_of(wrong) == ["Nothing would be left of the phase before it. Move it by fewer days."]


def test_the_home_asks_as_much_with_one_partner_as_with_three(client, network, programme) -> None:
    def home() -> int:
        return queries_for(client, f"/programmes/{programme.ref}/")

    def add_partner(name: str) -> None:
        organisation = OrganisationFactory.create(name=name)
        join_network(organisation, network, by=SYSTEM)
        programme.partners.create(organisation=organisation)

    add_partner("A")
    one = home()
    add_partner("B")
    add_partner("C")

    assert home() == one
