"""Changing a value in the file of a model changes what people meet. Which key which test shows: docs/programme-models.md."""

from __future__ import annotations

import html
import re
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from luotsi.core.actors import SYSTEM
from luotsi.library.models import Tool
from luotsi.matching.queries import problem_of
from luotsi.mentoring.queries.agreements import agreement_text_of
from luotsi.mentoring.queries.relationships import plan_of as meetings_of
from luotsi.people.enums import Role
from luotsi.programmes.formats.calls import form_of
from luotsi.programmes.formats.reading import read_model
from luotsi.programmes.models.programmes import Programme
from luotsi.programmes.queries.models import models_for_programme
from luotsi.programmes.services.models import import_model
from luotsi.programmes.services.plans import lay_out
from luotsi.programmes.services.programmes import draft_programme
from tests.factories.library import ToolFactory
from tests.factories.model_files import model_tree, written
from tests.factories.people import NetworkFactory, coordinator_of
from tests.factories.programmes import open_round
from tests.factories.surveys import InstrumentFactory

pytestmark = pytest.mark.django_db


def words(text: str) -> dict[str, str]:
    return {language: f"{text} {language}" for language in ("fi", "sv", "en")}


def full_tree() -> dict[str, Any]:
    """A model in which every key stands."""
    tree = model_tree(
        key="own-mentoring",
        derived_from={"key": "career-mentoring", "version": 1},
        topic=words("Topic"),
        enrolment={
            "self_only": False,
            "may_be_both": False,
            "guardian_consent": True,
            "interview": False,
            "decision_days": 14,
            "terms": words("Terms"),
            "decides": words("Decides"),
            "asks": words("Asks"),
        },
        opening={"sponsor": False, "main_goal": False, "approved_plan": False},
        competences=[{"key": "guidance", "name": words("Guidance"), "framework": "ESCO", "area": "S1"}],
        nudges=[
            {"key": "care", "event": "application_waiting", "days": [7], "to": ["coordinator"]}
            | {"subject": words("Subject"), "text": words("Letter")}
        ],
    )
    tree["phases"][0] |= {"stage": "recruiting", "activities": activities()}
    tree["questions"].append(
        {"key": "more", "type": "choices", "text": words("More"), "hint": words("Hint"), "roles": ["mentee"]}
        | {"choices": [{"key": "a", "text": words("A")}, {"key": "b", "text": words("B")}]}
        | {"when": {"question": "situation", "is": "studying"}, "required": True}
    )
    tree["matching"] |= {"pairing": "admin", "training_first": False}
    return tree


def activities() -> list[dict[str, Any]]:
    training = {
        "key": "evening",
        "kind": "training_session",
        "week": 2,
        "minutes": 90,
        "for_whom": ["mentor"],
        "required": True,
        "sign_up": True,
        "capacity": 12,
        "materials": ["strengths"],
        "name": words("Evening"),
        "text": words("What it is"),
    }
    survey = {"key": "first-survey", "kind": "survey", "week": 3, "instrument": "pulse", "moment": "start"}
    return [training, survey | {"name": words("Survey")}]


def changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """The full model with another value at the path; without it, when the value is None."""
    tree = deepcopy(full_tree())
    at: Any = tree
    for step in path[:-1]:
        at = at[step]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return tree


def programme_of(tree: dict[str, Any], **values: Any) -> Programme:
    values = {"starts_on": timezone.localdate(), "name": {"en": "Programme"}, **values}
    programme: Programme = open_round(description=written(tree), model_key=tree["key"], **values).programme
    return programme


# The plan


COLUMNS = (
    *("key", "kind", "name", "text", "minutes", "for_whom"),
    *("is_required", "takes_sign_up", "capacity", "materials", "instrument", "moment"),
)


def plan_of(tree: dict[str, Any]) -> dict[str, Any]:
    """The rows that a plan is laid out in, by what they are called."""
    programme = programme_of(tree)
    lay_out(programme, by=SYSTEM)
    found: dict[str, Any] = {}
    for phase in programme.phases.order_by("position"):
        days = (phase.ends_on - phase.starts_on).days + 1
        place = f"phase {phase.position}"
        found[place] = phase.key
        found |= {f"{place} {name}": getattr(phase, name) for name in ("name", "aim", "stage")}
        found[f"{place} weeks"] = round(days / 7)
    for number, activity in enumerate(programme.activities.order_by("pk")):
        found |= {f"activity {number} {name}": getattr(activity, name) for name in COLUMNS}
        day = activity.starts_local.date() if activity.starts_local else activity.due_on
        assert day is not None
        found[f"activity {number} week"] = (day - activity.phase.starts_on).days // 7 + 1
    return found


FIRST = ("phases", 0)
EVENING = ("phases", 0, "activities", 0)
SURVEY = ("phases", 0, "activities", 1)


@pytest.mark.parametrize(
    ("path", "value", "place", "expected"),
    [
        ((*FIRST, "key"), "haku", "phase 0", "haku"),
        ((*FIRST, "name"), {"en": "Come along"}, "phase 0 name", {"en": "Come along"}),
        ((*FIRST, "aim"), {"en": "All hear"}, "phase 0 aim", {"en": "All hear"}),
        ((*FIRST, "stage"), "planning", "phase 0 stage", "planning"),
        ((*EVENING, "key"), "night", "activity 0 key", "night"),
        ((*EVENING, "kind"), "kick_off", "activity 0 kind", "kick_off"),
        ((*EVENING, "name"), {"en": "Night"}, "activity 0 name", {"en": "Night"}),
        ((*EVENING, "text"), {"en": "Come"}, "activity 0 text", {"en": "Come"}),
        ((*EVENING, "week"), 4, "activity 0 week", 4),
        ((*EVENING, "minutes"), 45, "activity 0 minutes", 45),
        ((*EVENING, "for_whom"), ["hr", "mentee"], "activity 0 for_whom", ["hr", "mentee"]),
        ((*EVENING, "required"), False, "activity 0 is_required", False),
        ((*EVENING, "capacity"), 5, "activity 0 capacity", 5),
        ((*EVENING, "materials"), ["closing"], "activity 0 materials", ["closing"]),
        ((*SURVEY, "instrument"), "other", "activity 1 instrument", "other"),
        ((*SURVEY, "moment"), "end", "activity 1 moment", "end"),
    ],
)
def test_the_plan_is_laid_out_as_the_file_says(path, value, place, expected) -> None:
    before, after = plan_of(full_tree()), plan_of(changed(path, value))

    assert after[place] == expected
    assert {name for name in before if before[name] != after.get(name)} == {place}


def test_activities_without_sign_up_or_without_any_are_laid_out_so() -> None:
    open_to_all = changed((*EVENING, "sign_up"), value=False)
    del open_to_all["phases"][0]["activities"][0]["capacity"]

    found = plan_of(open_to_all)

    assert (found["activity 0 takes_sign_up"], found["activity 0 capacity"]) == (False, None)
    assert [name for name in plan_of(changed((*FIRST, "activities"), None)) if name.startswith("activity")] == []


def test_longer_phase_makes_a_longer_programme() -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)
    world_of_names()
    first = timezone.localdate() + timedelta(days=30)
    ends = []
    for version, weeks in ((1, 4), (2, 6)):
        tree = changed((*FIRST, "weeks"), weeks)
        tree |= {"version": version, "weeks": 28 + weeks}
        import_model(network, written(tree), by=coordinator)
        drafted = draft_programme(network, model_key="own-mentoring", name={"en": "P"}, starts_on=first, by=coordinator)
        ends.append((drafted.model_version, (drafted.ends_on - first).days + 1))

    assert ends == [(1, 32 * 7), (2, 34 * 7)]


def world_of_names() -> None:
    """What the full model names outside its file."""
    agenda = read_model(written(full_tree())).sessions.agenda
    for key in agenda:
        ToolFactory.create(key=key)
    InstrumentFactory.create(key="pulse")


# The application


def item(tree: dict[str, Any], key: str, role: str = "mentee") -> Any:
    return next((each for each in form_of(read_model(written(tree)), role).items if each.key == key), None)


@pytest.mark.parametrize(
    ("path", "value", "key", "seen"),
    [
        (("questions", -1, "key"), "other", "other", lambda found: found.text["en"] == "More en"),
        (("questions", -1, "text"), {"en": "Why?"}, "more", lambda found: found.text == {"en": "Why?"}),
        (("questions", -1, "hint"), {"en": "So"}, "more", lambda found: found.help == {"en": "So"}),
        (("questions", -1, "type"), "choice", "more", lambda found: not found.is_many),
        (("questions", -1, "required"), False, "more", lambda found: not found.is_required),
        (("questions", -1, "roles"), ["mentor"], "more", lambda found: found is None),
        (
            ("questions", -1, "choices"),
            [{"key": "c", "text": words("C")}, {"key": "d", "text": words("D")}],
            "more",
            lambda found: [choice.key for choice in found.choices] == ["c", "d"],
        ),
        (("questions", -1, "choices", 0, "key"), "z", "more", lambda found: found.choices[0].key == "z"),
        (
            ("questions", -1, "choices", 0, "text"),
            {"en": "Z"},
            "more",
            lambda found: found.choices[0].text == {"en": "Z"},
        ),
        (("questions", -1, "when"), None, "more", lambda found: found.when is None),
        (
            ("questions", -1, "when"),
            {"question": "is_remote", "is": "yes"},
            "more",
            lambda found: (found.when.item, found.when.value) == ("is_remote", "yes"),
        ),
        (("questions", -1, "when", "is"), "working", "more", lambda found: found.when.value == "working"),
        (("enrolment", "guardian_consent"), False, "guardian_email", lambda found: found is None),
    ],
)
def test_the_application_asks_what_the_file_says(path, value, key, seen) -> None:
    tree = changed(path, value)
    if path == ("questions", -1, "roles"):
        del tree["questions"][-1]["when"]

    assert seen(item(tree, key))
    before = item(full_tree(), key)
    assert before is None or not seen(before)


def test_limits_of_a_number_are_those_of_the_file() -> None:
    number = next(place for place, each in enumerate(full_tree()["questions"]) if each["key"] == "places")

    assert item(changed(("questions", number, "lowest"), 2), "places", "mentor").lowest == 2
    assert item(changed(("questions", number, "highest"), 3), "places", "mentor").highest == 3
    found = item(full_tree(), "places", "mentor")
    assert (found.lowest, found.highest) == (1, 5)


# The public page of the call


def page_of(client: Any, tree: dict[str, Any], **values: Any) -> str:
    client.cookies["language"] = "en"
    response = client.get(f"/calls/{programme_of(tree, **values).ref}/")
    assert response.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.parametrize(
    ("path", "value", "before", "after"),
    [
        (("name",), words("Care"), "Career mentoring", "Care en"),
        (("summary",), words("Two meet."), "meet for about half a year", "Two meet. en"),
        (("audience",), words("For carers."), "You can apply to be a mentee if", "For carers. en"),
        (("roles", "mentee", "one"), words("aktori"), "Apply: mentee", "Apply: aktori en"),
        (("enrolment", "terms"), words("Be kind"), "Terms en", "Be kind en"),
        (("enrolment", "decides"), words("The board"), "Decides en", "The board en"),
        (("enrolment", "asks"), words("Ten hours"), "Asks en", "Ten hours en"),
        (("enrolment", "decision_days"), 21, "within 14 days", "within 21 days"),
        (("enrolment", "interview"), True, "The coordinators decide.", "The coordinators talk with you, and decide."),
        (("enrolment", "self_only"), True, "", "Everybody decides alone whether to apply."),
        (("phases", 1, "name"), words("Pairs"), "Matching", "Pairs en"),
        (("topic",), words("Nursing"), "Topic en", "Nursing en"),
        (("modes",), ["group", "peer"], "in pairs", "in groups, among peers"),
        (("competences", 0, "name"), words("Listening"), "Guidance en", "Listening en"),
    ],
)
def test_the_public_page_tells_what_the_file_says(client, path, value, before, after) -> None:
    was, now = page_of(client, full_tree()), page_of(client, changed(path, value))

    assert before in was
    assert after in now
    assert after not in was


def test_one_may_apply_as_both_where_the_file_says_so(client) -> None:
    was, now = page_of(client, full_tree()), page_of(client, changed(("enrolment", "may_be_both"), value=True))

    assert now.count("Apply: ") == was.count("Apply: ") + 1


# Pairs, agreement, meetings


@pytest.mark.parametrize(
    ("path", "value", "seen"),
    [
        *[
            (("matching", "weights", name), 9, lambda problem, name=name: getattr(problem.weights, name) == 9)
            for name in ("skills", "region", "language", "experience", "waiting", "experience_full", "waiting_full")
        ],
        (("matching", "floor"), 1234, lambda problem: problem.rules.floor == 1234),
        (
            ("matching", "rules"),
            ["not_same_organisation"],
            lambda problem: "not_same_organisation" in problem.rules.names,
        ),
    ],
)
def test_pairs_are_sought_as_the_file_says(path, value, seen) -> None:
    assert not seen(problem_of(programme_of(full_tree())))
    assert seen(problem_of(programme_of(changed(path, value))))


@pytest.mark.parametrize("field", ["title", "text"])
def test_the_agreement_of_a_new_pair_is_that_of_the_file(field) -> None:
    was = agreement_text_of(programme_of(full_tree()))["en"]
    now = agreement_text_of(programme_of(changed(("agreement", 0, field), words("Be kind"))))["en"]

    assert "Be kind en" in now
    assert "Be kind en" not in was


def test_the_agreement_has_the_sections_of_the_file_in_their_order() -> None:
    tree = full_tree()
    tree["agreement"].insert(1, {"key": "extra", "title": words("Extra"), "text": words("More")})
    first, extra = (agreement_text_of(programme_of(each))["en"].index("Extra en") for each in (tree, reordered(tree)))

    assert first > extra


def reordered(tree: dict[str, Any]) -> dict[str, Any]:
    return tree | {"agreement": [tree["agreement"][1], tree["agreement"][0], *tree["agreement"][2:]]}


@pytest.mark.parametrize(
    ("field", "value"), [("planned", 9), ("every_weeks", 2), ("minutes", 45), ("agenda", ["closing"])]
)
def test_meetings_are_planned_as_the_file_says(field, value) -> None:
    was, now = (
        getattr(meetings_of(programme_of(tree)), field) for tree in (full_tree(), changed(("sessions", field), value))
    )

    assert (tuple(now) if field == "agenda" else now) == (tuple(value) if field == "agenda" else value)
    assert was != now


# What coordinators read of a model


@pytest.mark.parametrize(
    ("path", "value", "seen"),
    [
        (("topic",), words("Care"), "Care en"),
        (("modes",), ["group", "peer"], "in groups, among peers"),
        (("roles", "mentor", "one"), words("guide"), "guide en"),
        (("competences", 0, "name"), words("Listening"), "Listening en"),
        (("indicators",), ["hours"], "Figures to follow hours of mentoring"),
        (("derived_from", "version"), 7, "career-mentoring, version 7"),
        (("matching", "pairing"), "hybrid", "Who forms the pairs both ways"),
        (("version",), 3, "Version 3"),
    ],
)
def test_the_page_of_a_model_tells_what_the_file_says(client, path, value, seen) -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)
    world_of_names()
    client.force_login(coordinator)
    client.cookies["language"] = "en"
    shown = []
    for tree in (full_tree() | {"key": "first-model"}, changed(path, value) | {"key": "second-model"}):
        own = import_model(network, written(tree), by=coordinator)
        response = client.get(f"/models/{own.ref}/")
        shown.append(" ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split()))

    assert seen not in shown[0]
    assert seen in shown[1]


def test_the_version_and_the_key_say_what_a_programme_can_take_from() -> None:
    network = NetworkFactory.create()
    coordinator = coordinator_of(network)
    world_of_names()
    for tree in (full_tree(), full_tree() | {"version": 2}, full_tree() | {"key": "another"}):
        import_model(network, written(tree), by=coordinator)
    programme = programme_of(full_tree(), network=network)

    assert [(each.key, each.version) for each in models_for_programme(programme)] == [
        ("own-mentoring", 2),
        ("own-mentoring", 1),
    ]
    assert Tool.objects.filter(key="strengths").exists()
    assert coordinator.memberships.filter(role=Role.COORDINATOR).exists()
