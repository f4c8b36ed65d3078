"""Pages of HR days: who leads them, and who takes part."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from luotsi.people.models import Organisation, Person
from luotsi.surveys.enums import ShareLevel, Step, WorkshopState
from luotsi.surveys.models import Conclusion, Workshop, WorkshopNote, WorkshopPart
from tests.factories.people import NetworkFactory, OrganisationFactory, coordinator_of
from tests.factories.workshops import (
    answers_in,
    culture_wave,
    goal_in,
    note_in,
    organisation_in,
    steering,
    workshop_in,
)
from tests.pages import errors_of, parts, queries_for, reasons_of, rows_of, said_on, title_of, words

pytestmark = pytest.mark.django_db

UNITS = ("Kitchen", "Reception", "Cleaning")


class Day:
    """An HR day that goes on, with two organisations that have results: Harbour (units) and Bakery."""

    def __init__(self, **values: Any) -> None:
        self.network = NetworkFactory.create()
        self.own = organisation_in(self.network, name="Harbour")
        self.other = organisation_in(self.network, name="Bakery")
        self.workshop = workshop_in(self.network, self.own, self.other, **values)
        self.hr = steering(self.own, given_name="Aino", family_name="Hall")
        self.other_hr = steering(self.other)
        self.coordinator = coordinator_of(self.network)
        self.part, self.other_part = (self.workshop.parts.get(organisation=each) for each in (self.own, self.other))
        self.wave = culture_wave(self.own, name="Baseline")
        for number, unit in enumerate(UNITS, 2):
            answers_in(self.wave, 6, unit=self.unit(unit), trust=number, sharing=4)
        self.other_wave = culture_wave(self.other, instrument=self.wave.instrument, name="First")
        answers_in(self.other_wave, 9, trust=5, sharing=1)

    def unit(self, name: str) -> Organisation:
        return OrganisationFactory.create(name=name, parent=self.own)

    def show(self, part: WorkshopPart, shares: ShareLevel) -> None:
        part.wave, part.shares = self.wave if part == self.part else self.other_wave, shares
        part.save(update_fields=["wave", "shares"])

    def step(self, number: int, part: WorkshopPart | None = None) -> str:
        return f"/workshops/parts/{(part or self.part).ref}/steps/{number}/"


def opened(client: Any, person: Person, address: str) -> str:
    """What stands on a page, for somebody."""
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return words(re.sub(r"<(script|style)\b.*?</\1>", "", response.content.decode(), flags=re.DOTALL))


def test_a_day_is_planned_and_begun(client) -> None:
    day = Day(state=WorkshopState.DONE)
    client.force_login(day.coordinator)
    address = f"/networks/{day.network.ref}/workshops/new/"
    assert title_of(client.get(address)) == "Plan an HR day"
    held_on = timezone.localdate() + timedelta(days=30)

    refused = client.post(address, {"name": "Spring", "held_on": "1.1.2020", "organisations": [str(day.own.ref)]})
    planned = client.post(
        address,
        {"name": "Spring", "held_on": f"{held_on:%-d.%-m.%Y}", "organisations": [str(day.own.ref)]},
        follow=True,
    )

    assert errors_of(refused) == ["The day has passed already. Choose a later one."]
    assert 'value="Spring"' in refused.content.decode()
    workshop = Workshop.objects.get(name="Spring")
    assert said_on(planned) == ["The HR day is planned, and the organisations are invited."]
    assert rows_of(planned) == [["Harbour", "not yet", "0", "0"]]
    begun = client.post(f"/workshops/{workshop.ref}/move/", {"to": "start"}, follow=True)
    assert said_on(begun) == ["The HR day goes on now. Everybody can write."]


def test_an_organisation_is_invited_and_a_no_is_said_on_the_page(client) -> None:
    day = Day()
    lonely = organisation_in(day.network, name="Lonely")
    client.force_login(day.coordinator)
    address = f"/workshops/{day.workshop.ref}/invite/"

    refused = client.post(address, {"organisation": str(lonely.ref)})
    steering(lonely)
    invited = client.post(address, {"organisation": str(lonely.ref)}, follow=True)

    assert errors_of(refused) == [
        "Lonely has nobody for human resources, management or administration here yet. Invite somebody first."
    ]
    assert [row[0] for row in rows_of(invited)] == ["Bakery", "Harbour", "Lonely"]


def test_the_day_cannot_end_before_each_organisation_has_a_goal_that_somebody_carries(client) -> None:
    day = Day()
    goal_in(day.part, carried_by="Supervisors", measure="Half of us asked.")
    client.force_login(day.coordinator)
    address = f"/workshops/{day.workshop.ref}/move/"

    refused = client.post(address, {"to": "finish"})
    goal_in(day.other_part, "Bread first", carried_by="Bakers")
    done = client.post(address, {"to": "finish"}, follow=True)

    assert refused.status_code == 409
    assert reasons_of(refused) == [
        "Each organisation needs a main goal that somebody carries. It is still missing from: Bakery."
    ]
    assert said_on(done) == ["The HR day is done. The main goals stand, and who carries them is told."]
    assert parts(done, r"<h3>(.*?)</h3>", within=r"<main(.*?)</main>")[len(Step) :] == [
        "Bread first",
        "People dare to ask",
    ]


def test_who_leads_sees_goals_only_when_they_stand(client) -> None:
    day = Day()
    goal_in(day.part, "Our secret wish", carried_by="Us")

    page = opened(client, day.coordinator, f"/workshops/{day.workshop.ref}/")

    assert "Our secret wish" not in page
    assert rows_of(client.get(f"/workshops/{day.workshop.ref}/")) == [
        ["Bakery", "not yet", "0", "0"],
        ["Harbour", "not yet", "1", "1"],
    ]


def test_nothing_of_an_organisation_is_seen_by_others_before_it_says_so(client) -> None:
    day = Day()
    day.show(day.part, ShareLevel.NOTHING)
    note_in(day.part, "Only ours")
    theirs, leading = day.step(1, day.other_part), f"/workshops/{day.workshop.ref}/steps/1/"

    own, other, coordinator = (
        opened(client, day.hr, day.step(1)),
        opened(client, day.other_hr, theirs),
        opened(client, day.coordinator, leading),
    )

    assert ("The mean is 3.0 of 5." in own, "Kitchen" in own, "Only ours" in own) == (True, True, True)
    for page in (other, coordinator):
        assert ("The mean is 3.0" in page, "Baseline" in page, "Kitchen" in page, "Only ours" in page) == (
            False, False, False, False,
        )  # fmt: skip


@pytest.mark.parametrize(("shares", "has_units"), [(ShareLevel.WHOLE, False), (ShareLevel.UNITS, True)])
def test_others_see_the_means_beside_their_own_and_units_only_if_they_are_shown(client, shares, has_units) -> None:
    day = Day()
    day.show(day.part, shares)
    day.show(day.other_part, ShareLevel.NOTHING)

    other = opened(client, day.other_hr, day.step(1, day.other_part))
    coordinator = opened(client, day.coordinator, f"/workshops/{day.workshop.ref}/steps/1/")

    assert "Dimension Bakery Harbour Trust 5.0 3.0 Sharing 1.0 4.0" in other
    assert [unit in other for unit in UNITS] == [has_units] * 3
    assert [unit in coordinator for unit in UNITS] == [has_units] * 3
    assert "Bakery: highest" not in coordinator


def test_a_unit_of_few_is_never_shown_to_anybody(client) -> None:
    day = Day()
    answers_in(day.wave, 4, unit=day.unit("Night shift"), trust=1, sharing=1)
    day.show(day.part, ShareLevel.UNITS)

    own, other = opened(client, day.hr, day.step(1)), opened(client, day.other_hr, day.step(1, day.other_part))

    assert ["Night shift" in page for page in (own, other)] == [False, False]


def test_results_are_looked_at_before_they_are_shown(client) -> None:
    day = Day()
    client.force_login(day.hr)
    address = f"/workshops/parts/{day.part.ref}/results/"
    chosen = {"wave": str(day.wave.ref), "shares": "units"}
    assert title_of(client.get(address)) == "Results for the HR day"

    looked = client.post(address, chosen | {"look": "1"})
    day.part.refresh_from_db()
    before = (day.part.wave, day.part.shares)
    held = client.post(address, chosen, follow=True)

    assert said_on(looked) == ["This is only a look: nothing has changed yet"]
    assert [unit in looked.content.decode() for unit in UNITS] == [True] * 3
    assert before == (None, ShareLevel.NOTHING)
    day.part.refresh_from_db()
    assert (day.part.wave, day.part.shares) == (day.wave, ShareLevel.UNITS)
    assert said_on(held) == ["It holds from now on. You can change it at any time before the day is done."]


def test_showing_without_choosing_is_refused_on_the_form(client) -> None:
    day = Day()
    client.force_login(day.hr)

    response = client.post(f"/workshops/parts/{day.part.ref}/results/", {"wave": "", "shares": "whole"})

    assert errors_of(response) == ["Choose first which results you look at. Without them there is nothing to show."]


def test_a_note_is_written_shared_kept_and_removed(client) -> None:
    day = Day()
    day.show(day.part, ShareLevel.NOTHING)
    client.force_login(day.hr)
    seen = []

    wrong = client.post(day.step(2), {"text": " ", "dimension": "trust"})
    written = client.post(day.step(2), {"text": "Mistakes are laughed at.", "dimension": "trust"})
    note = WorkshopNote.objects.get()
    for do in ("share", "keep", "share", "remove"):
        client.force_login(day.hr)
        assert client.post(f"/workshops/notes/{note.ref}/", {"do": do}).status_code == 302
        seen.append("Mistakes are laughed at." in opened(client, day.other_hr, day.step(2, day.other_part)))

    assert errors_of(wrong) == ["Fill in “Note”."]
    assert written["Location"] == day.step(2) + "#notes"
    assert (note.step, note.dimension, note.person, note.is_shared) == (Step.MEANS, "trust", day.hr, False)
    assert seen == [True, False, True, False]


def test_what_was_typed_stays_when_the_day_is_over_meanwhile(client) -> None:
    day = Day(state=WorkshopState.DONE)
    client.force_login(day.hr)

    response = client.post(f"/workshops/parts/{day.part.ref}/goals/new/", {"title": "Too late", "why": "So it was."})

    assert errors_of(response) == ["The HR day is over, and what was written stands."]
    assert ("Too late" in response.content.decode(), "So it was." in response.content.decode()) == (True, True)
    assert not Conclusion.objects.exists()


def test_a_note_becomes_a_goal_with_one_button_and_is_carried(client) -> None:
    day = Day()
    day.show(day.part, ShareLevel.NOTHING)
    note = note_in(day.part, "We talk about mistakes", step=Step.WANTED, dimension="trust")
    client.force_login(day.hr)
    assert "Make it a main goal" in client.get(day.step(4)).content.decode()

    made = client.post(f"/workshops/notes/{note.ref}/goal/", follow=True)
    goal = Conclusion.objects.get()
    saved = client.post(
        f"/workshops/goals/{goal.ref}/",
        {
            "title": goal.title,
            "why": "Nobody learns alone.",
            "dimension": "trust",
            "measure": "4",
            "by_when": "31.12.2030",
        },
        follow=True,
    )
    unnamed = client.post(f"/workshops/goals/{goal.ref}/carrier/", {"carrier": "", "carried_by": ""})
    named = client.post(
        f"/workshops/goals/{goal.ref}/carrier/", {"carrier": str(day.hr.ref), "carried_by": ""}, follow=True
    )

    assert said_on(made) == ["The note is a main goal now. Fill in what is missing."]
    assert said_on(saved) == ["The main goal is written down."]
    assert errors_of(unnamed) == ["Choose a person, or write a role or a group."]
    assert "Who carries it: Aino Hall" in words(named.content.decode())
    goal.refresh_from_db()
    assert (goal.why, goal.measure, goal.carrier) == ("Nobody learns alone.", "4", day.hr)


def test_the_summary_says_everything_of_the_own_organisation_and_nothing_of_another(client) -> None:
    day = Day()
    goal_in(day.part, measure="Seen", carrier=day.hr, carried_by="with the supervisors")
    goal_in(day.other_part, "Bread first")
    note_in(day.part, "Heard in the corridor")
    note_in(day.other_part, "Smelled in the oven", is_shared=True)

    page = opened(client, day.hr, f"/workshops/parts/{day.part.ref}/summary/")

    assert [text in page for text in ("People dare to ask", "Seen", "Aino Hall, with the supervisors", "Heard in")] == [
        True, True, True, True,
    ]  # fmt: skip
    assert ("Bread first" in page, "Smelled" in page) == (False, False)


def test_an_organisation_leaves_by_itself(client) -> None:
    day = Day()
    client.force_login(day.hr)

    response = client.post(f"/workshops/parts/{day.part.ref}/leave/", follow=True)

    assert said_on(response) == ["Your organisation has left the HR day. Its notes and goals there are gone."]
    assert list(day.workshop.parts.all()) == [day.other_part]


def test_the_day_is_led_from_step_to_step_and_the_notes_tell_it(client) -> None:
    day = Day()
    client.force_login(day.coordinator)

    client.post(f"/workshops/{day.workshop.ref}/steps/2/")
    notes = opened(client, day.hr, f"{day.step(1)}notes/")

    day.workshop.refresh_from_db()
    assert day.workshop.step == Step.MEANS
    assert notes.startswith("The day is at another step: What it means Go there")


def test_what_is_not_ones_own_is_not_there(client) -> None:
    day, far = Day(), Day()
    note, goal = note_in(day.part), goal_in(day.part)
    own = [f"/workshops/parts/{day.part.ref}/", day.step(1), f"{day.step(1)}notes/", f"/workshops/goals/{goal.ref}/"]
    led = [f"/workshops/{day.workshop.ref}/", f"/workshops/{day.workshop.ref}/steps/1/"]
    posts = [
        f"/workshops/notes/{note.ref}/",
        f"/workshops/notes/{note.ref}/goal/",
        f"/workshops/goals/{goal.ref}/remove/",
    ]
    statuses = set()

    for person in (day.other_hr, day.coordinator, far.hr, far.coordinator):
        client.force_login(person)
        if person != day.coordinator:
            statuses |= {client.get(address).status_code for address in led}
        statuses |= {client.get(address).status_code for address in own}
        statuses |= {client.post(address, {"do": "remove"}).status_code for address in posts}

    assert statuses == {404}
    assert (WorkshopNote.objects.filter(removed_at=None).count(), Conclusion.objects.filter(removed_at=None).count()) == (
        1, 1,
    )  # fmt: skip


@pytest.mark.parametrize("number", [0, 6, 999])
def test_there_are_five_steps(client, number) -> None:
    day = Day()
    client.force_login(day.hr)

    assert client.get(day.step(number)).status_code == 404


def test_lists_ask_the_database_as_often_for_three_as_for_one(client) -> None:
    day = Day()
    day.show(day.part, ShareLevel.NOTHING)
    client.force_login(day.hr)
    addresses = ["/workshops/", day.step(1), day.step(4), f"/workshops/parts/{day.part.ref}/summary/"]
    for step in (1, 3):
        note_in(day.part, "One", step=step, person=day.hr, dimension="trust")
        note_in(day.other_part, "Two", step=step, is_shared=True, dimension="trust")
    goal_in(day.part, carrier=day.hr)
    before = [queries_for(client, address) for address in addresses]
    for number in (2, 3):
        workshop_in(day.network, day.own)
        for step in (1, 3):
            note_in(day.part, f"One {number}", step=step, person=day.hr, dimension="trust")
            note_in(day.other_part, f"Two {number}", step=step, is_shared=True, dimension="trust")
        goal_in(day.part, f"Goal {number}", carrier=steering(day.own), position=number)

    after = [queries_for(client, address) for address in addresses]

    assert after == before
