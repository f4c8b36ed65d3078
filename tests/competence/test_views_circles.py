"""Pages of coordinators: a plan from its making to its end, and that what people said is not on them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luotsi.competence.enums import Moment, TaskState
from luotsi.competence.models import AssessmentPlan, AssessmentTask
from luotsi.people.enums import CircleKind, CircleRole
from luotsi.people.models import Person
from tests.factories.assessments import TaskFactory, group_of, plan_with, planned, said
from tests.factories.competence import AreaFactory, CompetenceFactory, FrameworkFactory
from tests.factories.people import CircleFactory, NetworkFactory, PersonFactory, coordinator_of, join
from tests.pages import errors_of, parts, queries_for, rows_of, said_on, title_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return NetworkFactory.create()


@pytest.fixture
def coordinator(client, network) -> Person:
    person = coordinator_of(network)
    client.force_login(person)
    return person


@pytest.fixture
def people():
    return [PersonFactory.create(given_name="Aino", family_name=f"Alku{number}") for number in range(2)]


@pytest.fixture
def plan(network, people):
    return plan_with(circle=group_of(*people, network=network, name="Supervisors"), name="Guiding")


def day_of(days: int) -> str:
    day = timezone.localdate() + timedelta(days=days)
    return f"{day.day}.{day.month}.{day.year}"


def test_a_plan_is_made_filled_and_asked(client, coordinator, network, people) -> None:
    circle = group_of(*people, network=network, name="Supervisors")
    area = AreaFactory.create(name={"en": "Feedback"})
    first, _second, third = (
        CompetenceFactory.create(area=area, name={"en": name}) for name in ("Asks", "Tells", "Waits")
    )

    made = client.post("/competence/plans/new/", {"name": "Guiding", "circle": str(circle.ref)}, follow=True)
    plan = AssessmentPlan.objects.get()
    choice = {"competences": [str(first.ref), str(third.ref)]}
    chosen = client.post(f"/competence/plans/{plan.ref}/choose/{area.ref}/", choice, follow=True)
    asked = client.post(
        f"/competence/plans/{plan.ref}/ask/",
        {"moment": "start", "answer_by": day_of(14), "who": ["self"], "people": [str(each.ref) for each in people]},
        follow=True,
    )

    assert (title_of(made), rows_of(made)) == ("Choose the competences", [["Feedback", str(area.framework), "0"]])
    assert (said_on(chosen), rows_of(chosen)[0][2]) == (["The choice is kept."], "2")
    assert planned(plan) == [first, third]
    assert said_on(asked) == ["2 assessments have been asked for."]
    assert [row[:4] for row in rows_of(asked)] == [
        [str(person), "the person", "at the start", "waiting"] for person in people
    ]


def test_a_plan_needs_a_name_and_a_circle_of_the_own_network(client, coordinator, people) -> None:
    foreign = group_of(*people, name="Foreign")

    empty = client.post("/competence/plans/new/", {"name": ""})
    wrong = client.post("/competence/plans/new/", {"name": "Guiding", "circle": str(foreign.ref)})

    assert errors_of(empty) == ["Fill in “Name of the plan”.", "Choose one in “For whom”."]
    assert errors_of(wrong) == ["Choose one of the offered in “For whom”: what was chosen is not offered."]
    assert "Foreign" not in wrong.content.decode()
    assert AssessmentPlan.objects.count() == 0


def test_a_pair_is_known_by_its_two(client, coordinator, network) -> None:
    pair = CircleFactory.create(kind=CircleKind.PAIR, network=network, name="Programme")
    for name, role in (("Aino", CircleRole.MENTEE), ("Bo", CircleRole.MENTOR)):
        join(pair, PersonFactory.create(given_name=name, family_name="Alku", sort_key=name), role)

    page = client.get("/competence/plans/new/")

    assert parts(page, r"<option[^>]*>(.*?)</option>") == ["Choose", "pair: Aino Alku – Bo Alku"]


def test_frameworks_of_another_network_are_not_offered(client, coordinator, plan) -> None:
    own = AreaFactory.create(framework=FrameworkFactory.create(network=plan.circle.network))
    foreign = AreaFactory.create(framework=FrameworkFactory.create(network=NetworkFactory.create()))
    retired = AreaFactory.create(framework=FrameworkFactory.create(retired_at=timezone.now()))
    for area in (own, foreign, retired):
        CompetenceFactory.create(area=area)

    statuses = [
        client.get(f"/competence/plans/{plan.ref}/choose/{area.ref}/").status_code for area in (own, foreign, retired)
    ]

    assert statuses == [200, 404, 404]


def test_errors_keep_what_was_chosen(client, coordinator, plan, people) -> None:
    answer = client.post(
        f"/competence/plans/{plan.ref}/ask/",
        {"moment": "end", "answer_by": day_of(-1), "who": ["mentor"], "people": [str(people[1].ref)]},
    )

    assert errors_of(answer) == ["The last day has passed already. Choose a later one."]
    assert answer.content.decode().count(" checked") == 3
    assert AssessmentTask.objects.count() == 0


def test_one_is_asked_about_another_by_name(client, coordinator, plan, people) -> None:
    first, second = people
    values = {"assessor": f"peer:{second.ref}", "moment": "start", "answer_by": day_of(7)}

    page = client.get(f"/competence/plans/{plan.ref}/ask/{first.ref}/")
    asked = client.post(f"/competence/plans/{plan.ref}/ask/{first.ref}/", values, follow=True)
    stranger = client.get(f"/competence/plans/{plan.ref}/ask/{PersonFactory.create().ref}/")

    assert parts(page, r"<option[^>]*>(.*?)</option>") == ["Choose", f"{second} (a peer)"]
    assert said_on(asked) == [f"{second} has been asked."]
    assert stranger.status_code == 404


def test_the_page_says_who_has_answered_and_never_what(client, coordinator, plan, people) -> None:
    task = TaskFactory.create(plan=plan, person=people[0], state=TaskState.DONE, done_at=timezone.now())
    TaskFactory.create(plan=plan, person=people[1], draft={"x": {"words": "A secret."}})
    said(people[0], planned(plan)[0], 5, timezone.localdate(), task=task, moment=Moment.START, words="A secret.")

    page = client.get(f"/competence/plans/{plan.ref}/")

    assert [row[3] for row in rows_of(page)] == ["done", "waiting"]
    assert "1 / 2" in page.content.decode()
    assert "A secret." not in page.content.decode()
    assert client.get(f"/my/competence/tasks/{task.ref}/").status_code == 404


def test_a_group_of_four_is_told_why_nothing_is_shown(client, coordinator, plan) -> None:
    page = client.get(f"/competence/plans/{plan.ref}/")
    ended = client.post(f"/competence/plans/{plan.ref}/end/", follow=True)

    assert "It is shown when the plan is closed" in page.content.decode()
    assert said_on(ended) == ["The plan is closed."]
    assert "Too few to show" in ended.content.decode()


def test_a_group_of_five_is_shown_when_the_plan_is_closed(client, coordinator, plan) -> None:
    competence = planned(plan)[0]
    for place in range(5):
        person = PersonFactory.create()
        for moment, level in ((Moment.START, 1 + place % 2), (Moment.END, 2 + place % 3)):
            task = TaskFactory.create(plan=plan, person=person, moment=moment, state=TaskState.DONE)
            said(person, competence, level, timezone.localdate(), task=task, moment=moment)

    page = client.post(f"/competence/plans/{plan.ref}/end/", follow=True)

    assert f"In “{competence}” the group rose from 1.4 to 2.8." in page.content.decode()
    assert "1 competence is left out" in page.content.decode()


def test_reminding_says_how_many_and_then_waits(client, coordinator, plan, people) -> None:
    TaskFactory.create(plan=plan, person=people[0])

    first = client.post(f"/competence/plans/{plan.ref}/remind/", follow=True)
    second = client.post(f"/competence/plans/{plan.ref}/remind/")

    assert said_on(first) == ["1 person has been reminded."]
    assert "Remind those who have not answered" not in first.content.decode()
    assert second.status_code == 409


def test_strangers_find_no_plans(client, plan) -> None:
    paths = ["", "choose/", "ask/"]
    for stranger in (PersonFactory.create(), coordinator_of(NetworkFactory.create())):
        client.force_login(stranger)
        assert [client.get(f"/competence/plans/{plan.ref}/{path}").status_code for path in paths] == [404] * 3
        assert [client.post(f"/competence/plans/{plan.ref}/{path}/").status_code for path in ("end", "remind")] == [
            404
        ] * 2

    plan.refresh_from_db()
    assert plan.ended_at is None


def test_lists_ask_as_often_for_three_as_for_one(client, coordinator, network) -> None:
    plan = plan_with(circle=group_of(PersonFactory.create(), network=network))
    found = []
    for more in (1, 2):
        for _ in range(more):
            person = PersonFactory.create()
            TaskFactory.create(plan=plan_with(circle=group_of(person, network=network)), person=person)
            TaskFactory.create(plan=plan)
        paths = ("", "new/", f"{plan.ref}/", f"{plan.ref}/choose/")
        found.append([queries_for(client, f"/competence/plans/{path}") for path in paths])

    assert found[0] == found[1]
