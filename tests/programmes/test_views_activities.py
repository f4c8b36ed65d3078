import re
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from icalendar import Calendar

from luotsi.programmes.enums import ActivityState, AnswerState, AttendanceState
from luotsi.programmes.models.activities import AssignmentAnswer, AssignmentFile, Attendance
from luotsi.programmes.models.plans import Activity
from luotsi.programmes.services import activities, assignments
from tests.factories.activities import (
    activity_in,
    answer_to,
    assignment_in,
    trainer_of,
    wall,
    was_at,
    with_places,
)
from tests.factories.counting import queries_for
from tests.factories.people import PersonFactory, coordinator_of
from tests.factories.programmes import mentee, mentor, open_round
from tests.pages import errors_of, reasons_of, rows_of, said_on, title_of

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")
PDF = b"%PDF-1.7 words"


@pytest.fixture
def round_():
    return open_round(name={"en": "Spring"})


@pytest.fixture
def programme(round_):
    return round_.programme


@pytest.fixture
def person(round_, client):
    found = mentor(round_).person
    client.force_login(found)
    return found


@pytest.fixture
def trainer(programme):
    return trainer_of(programme.network)


def mine_of(activity: Activity) -> str:
    return f"/my/activities/{activity.ref}/"


def pdf(name: str = "notes.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# Those whom it is for


def test_what_is_coming_is_listed_and_nothing_of_others(client, programme, person) -> None:
    coming = activity_in(programme, "Coming")
    over = activity_in(programme, "Over", starts_local=wall(-7))
    loose = activity_in(programme, "Without a day", starts_local=None)
    activity_in(programme, "Of mentees", for_whom=["mentee"])
    activity_in(open_round().programme, "Of another network")

    page = client.get("/my/activities/").content.decode()
    past = client.get("/my/activities/?past=1").content.decode()

    found = re.findall(r'href="/my/activities/([^"/]{36})/"', page)
    assert found == [str(coming.ref), str(loose.ref)]
    assert re.findall(r'href="/my/activities/([^"/]{36})/"', past) == [str(over.ref)]


def test_the_list_costs_the_same_however_long_it_is(client, programme, person) -> None:
    activity_in(programme)
    one = queries_for(client, "/my/activities/")
    for _ in range(2):
        was_at(activity_in(programme), person, AttendanceState.SIGNED_UP)

    assert one == queries_for(client, "/my/activities/") < 10


def test_a_page_tells_when_where_and_with_what(client, programme, person) -> None:
    activity = activity_in(programme, link="https://meet.example.org/1", materials=["no-such-tool"])
    client.get(mine_of(activity))

    response = client.get(mine_of(activity))

    page = response.content.decode()
    assert title_of(response) == "Guiding at work"
    assert "Hall 2" in page
    assert 'href="https://meet.example.org/1"' in page


def test_one_signs_up_and_off_on_the_page(client, programme, person) -> None:
    activity = with_places(programme)

    up = client.post(f"{mine_of(activity)}sign-up/", follow=True)
    off = client.post(f"{mine_of(activity)}sign-off/", follow=True)

    assert said_on(up) == ["You have a place. An invitation for your calendar is on its way to you."]
    assert said_on(off) == ["You are not expected any more. Thank you for saying so."]
    assert Attendance.objects.get().state == "signed_off"


def test_whoever_queues_sees_the_place_in_the_queue(client, round_, programme, person) -> None:
    activity = with_places(programme, 1)
    activities.sign_up(activity, by=mentor(round_).person)
    activities.sign_up(activity, by=mentor(round_).person)

    response = client.post(f"{mine_of(activity)}sign-up/", follow=True)

    assert "Your place in it is 2." in response.content.decode()


def test_a_refusal_says_why(client, programme, person) -> None:
    activity = with_places(programme, state=ActivityState.CANCELLED)

    response = client.post(f"{mine_of(activity)}sign-up/")

    assert (response.status_code, reasons_of(response)) == (409, ["It has been held or cancelled already."])
    assert Attendance.objects.count() == 0


def test_what_is_for_others_is_not_there(client, programme, person, trainer) -> None:
    other = activity_in(open_round().programme, "Secret")
    hidden = with_places(programme, for_whom=["mentee"], name="Secret")
    brought = activities.bring_material(hidden, name="secret.pdf", content=PDF, by=trainer)

    for activity in (other, hidden):
        here = mine_of(activity)
        found = [client.get(here), client.get(f"{here}luotsi.ics"), client.get(f"{here}files/{brought.ref}/")]
        posted = [client.post(f"{here}sign-up/"), client.post(f"/my/activities/here/{activity.check_in_key}/")]
        assert {response.status_code for response in (*found, *posted)} == {404}
    assert Attendance.objects.count() == 0


def test_a_material_is_handed_out_to_save_and_not_to_run(client, programme, person, trainer) -> None:
    activity = activity_in(programme)
    brought = activities.bring_material(activity, name="kalvot åäö.pdf", content=PDF, by=trainer)

    response = client.get(f"{mine_of(activity)}files/{brought.ref}/")

    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    elsewhere = activity_in(programme)
    assert client.get(f"{mine_of(elsewhere)}files/{brought.ref}/").status_code == 404


def test_an_activity_is_saved_in_a_calendar(client, programme, person) -> None:
    activity = activity_in(programme)

    response = client.get(f"{mine_of(activity)}luotsi.ics")

    [event] = Calendar.from_ical(response.content.decode()).walk("VEVENT")
    assert (response["Content-Type"], str(event["summary"])) == ("text/calendar; charset=utf-8", "Guiding at work")
    assert str(event["uid"]).startswith(str(activity.ref))


# At the door


def test_a_stranger_at_the_door_signs_in_and_comes_back(client, programme) -> None:
    activity = activity_in(programme)

    response = client.get(f"/my/activities/here/{activity.check_in_key}/")

    assert (response.status_code, response["Location"].partition("?")[2]) == (
        302,
        f"next=/my/activities/here/{activity.check_in_key}/",
    )


def test_looking_at_the_door_notes_nothing_and_its_page_sends_itself(client, programme, person) -> None:
    activity = activity_in(programme, starts_local=wall(0, hour=13))
    address = f"/my/activities/here/{activity.check_in_key}/"

    with time_machine.travel(wall(0, hour=13).replace(tzinfo=HELSINKI)):
        client.force_login(person)
        page = client.get(address).content.decode()
        assert (f'hx-post="{address}" hx-trigger="load"' in page, Attendance.objects.count()) == (True, 0)
        response = client.post(address, follow=True)

    assert said_on(response) == ["Welcome! It is noted that you are here."]
    assert Attendance.objects.get().state == "attended"


def test_the_door_is_closed_on_another_day(client, programme, person) -> None:
    activity = activity_in(programme, starts_local=wall(1))

    response = client.post(f"/my/activities/here/{activity.check_in_key}/")

    assert errors_of(response) == [
        "You can sign in here from an hour before it begins until an hour after it ends. Else ask the trainer."
    ]
    assert Attendance.objects.count() == 0


def test_the_code_at_the_door_leads_to_it(client, programme, trainer) -> None:
    activity = activity_in(programme)
    client.force_login(trainer)

    page = client.get(f"/training/{activity.ref}/door/").content.decode()

    assert f"http://localhost:8000/my/activities/here/{activity.check_in_key}/" in page
    assert page.count('class="qr"') == 1


# Those who train


def test_who_trains_notes_with_one_tap_with_htmx_and_without(client, round_, programme, trainer) -> None:
    activity, someone = activity_in(programme), mentor(round_).person
    client.force_login(trainer)
    address = f"/training/{activity.ref}/people/{someone.ref}/"

    plain = client.post(address, {"was_there": "yes"})
    row = client.post(address, {"was_there": "no"}, headers={"HX-Request": "true"})

    assert (plain.status_code, plain["Location"]) == (302, f"/training/{activity.ref}/#p-{someone.ref}")
    assert (row.status_code, "<html" in row.content.decode()) == (200, False)
    assert f'id="p-{someone.ref}"' in row.content.decode()
    assert Attendance.objects.get().state == "absent"


def test_all_are_here_then_it_has_been_held(client, round_, programme, trainer) -> None:
    activity = activity_in(programme)
    for _ in range(3):
        mentor(round_)
    client.force_login(trainer)

    response = client.post(f"/training/{activity.ref}/all/", follow=True)
    client.post(f"/training/{activity.ref}/held/")

    assert said_on(response) == ["3 people more were there."]
    activity.refresh_from_db()
    assert activity.state == "done"


def test_the_list_at_the_door_costs_the_same_however_long_it_is(client, round_, programme, trainer) -> None:
    activity = activity_in(programme)
    mentor(round_)
    client.force_login(trainer)
    one = queries_for(client, f"/training/{activity.ref}/")
    for _ in range(2):
        was_at(activity, mentor(round_).person)

    assert one == queries_for(client, f"/training/{activity.ref}/") < 12


def test_only_those_who_train_see_the_pages_of_training(client, round_, programme, person) -> None:
    activity, answer = activity_in(programme), answer_to(assignment_in(programme), mentor(round_).person)
    other = open_round().programme
    strangers = [person, PersonFactory.create(), trainer_of(other.network), coordinator_of(other.network)]
    get = [f"/training/{activity.ref}/", f"/training/{activity.ref}/door/", f"/training/answers/{answer.ref}/"]
    post = [f"/training/{activity.ref}/all/", f"/training/{activity.ref}/held/", f"/training/answers/{answer.ref}/"]

    for stranger in strangers:
        client.force_login(stranger)
        assert {client.get(address).status_code for address in get} == {404}
        assert {client.post(address, {"decision": "accept"}).status_code for address in post} == {404}

    answer.refresh_from_db()
    assert (answer.state, Attendance.objects.count()) == ("handed_in", 0)


@pytest.mark.parametrize("count", [1, 3])
def test_trainers_see_what_they_train(client, programme, trainer, count: int, django_assert_num_queries) -> None:
    for _ in range(count):
        activity_in(programme)
    activity_in(open_round().programme, "Of another network")
    client.force_login(trainer)
    client.get("/training/")

    with django_assert_num_queries(6):
        response = client.get("/training/")

    assert [row[0] for row in rows_of(response)] == ["Guiding at work"] * count


def test_whoever_trains_nowhere_has_no_such_page(client, person) -> None:
    assert (client.get("/training/").status_code, client.get("/training/answers/").status_code) == (404, 404)


def test_a_material_is_brought_and_one_that_lies_is_not(client, programme, trainer) -> None:
    activity = activity_in(programme)
    client.force_login(trainer)
    address = f"/training/{activity.ref}/files/"

    lying = client.post(address, {"file": pdf("trick.pdf", b"<script>alert(1)</script>")})
    wrong = client.post(address, {"file": pdf("page.html", b"<p>x</p>")})
    good = client.post(address, {"file": pdf()}, follow=True)

    assert errors_of(lying) == [
        "The file is not what its name says (.pdf). Save it anew in your program, and choose it again."
    ]
    assert errors_of(wrong)[0].startswith("Choose a file whose name ends with .pdf")
    assert said_on(good) == ["The file is there for everybody whom this is for."]
    [brought] = activity.files.all()
    assert client.get(f"{address}{brought.ref}/").status_code == 200
    client.post(f"{address}{brought.ref}/")
    assert activity.files.count() == 0


# Assignments


def test_an_answer_is_kept_as_it_is_written_and_then_handed_in(client, programme, person) -> None:
    address = f"{mine_of(assignment_in(programme))}answer/"

    kept = client.post(address, {"text": "I wat"}, headers={"HX-Request": "true"})
    page = client.get(address)
    handed_in = client.post(address, {"text": "I watched."}, follow=True)

    assert (kept.status_code, "I wat</textarea>" in page.content.decode()) == (204, True)
    assert said_on(handed_in) == ["Your answer has been handed in. Thank you."]
    assert AssignmentAnswer.objects.get().state == "handed_in"


def test_an_answer_may_be_kept_by_a_button_without_scripts(client, programme, person) -> None:
    address = f"{mine_of(assignment_in(programme))}answer/"

    client.post(address, {"text": "I wat", "keep": "yes"})

    answer = AssignmentAnswer.objects.get()
    assert (answer.text, answer.state) == ("I wat", "draft")


def test_nothing_typed_is_lost_when_it_is_too_long(client, programme, person) -> None:
    address = f"{mine_of(assignment_in(programme))}answer/"

    response = client.post(address, {"text": "å" * 20_001})

    assert errors_of(response) == ["Shorten “Your answer” to 20000 characters at most. It has 20001 characters now."]
    assert "å" * 20_001 in response.content.decode()
    assert AssignmentAnswer.objects.count() == 0


def test_files_come_to_an_answer_and_go(client, round_, programme, person, trainer) -> None:
    assignment = assignment_in(programme)
    address = f"{mine_of(assignment)}answer/files/"

    client.post(address, {"file": pdf()})
    [added] = AssignmentFile.objects.all()
    assert client.get(f"{address}{added.ref}/").content == PDF
    other = mentor(round_).person
    answer_to(assignment, other)
    client.force_login(other)
    assert client.get(f"{address}{added.ref}/").status_code == 404
    client.force_login(trainer)
    of_trainer = f"/training/answers/{added.answer.ref}/files/{added.ref}/"
    assert client.get(of_trainer).status_code == 404  # a draft is read by nobody
    assignments.hand_in(assignment, text="", by=person)
    assert client.get(of_trainer).status_code == 200

    client.force_login(person)
    assert client.post(f"{address}{added.ref}/").status_code == 409
    assert AssignmentFile.objects.count() == 1


def test_a_trainer_returns_and_accepts(client, programme, person, trainer) -> None:
    answer = answer_to(assignment_in(programme), person)
    client.force_login(trainer)
    address = f"/training/answers/{answer.ref}/"

    wordless = client.post(address, {"decision": "return", "words": ""})
    returned = client.post(address, {"decision": "return", "words": "What did you see?"}, follow=True)
    client.force_login(person)
    page = client.get(f"{mine_of(answer.activity)}answer/").content.decode()

    assert errors_of(wordless) == ["Write what is still to be done. Then return the answer."]
    assert said_on(returned) == ["The answer goes back with your words."]
    assert "What did you see?" in page
    assignments.hand_in(answer.activity, text="Much.", by=person)
    client.force_login(trainer)
    client.post(address, {"decision": "accept", "words": ""})
    answer.refresh_from_db()
    assert answer.state == AnswerState.ACCEPTED


def test_words_go_both_ways(client, programme, person, trainer) -> None:
    answer = answer_to(assignment_in(programme), person)

    client.post(f"{mine_of(answer.activity)}answer/comment/", {"comment-text": "Was it right?"})
    client.force_login(trainer)
    client.post(f"/training/answers/{answer.ref}/comment/", {"comment-text": "It was."})
    empty = client.post(f"/training/answers/{answer.ref}/comment/", {"comment-text": ""})

    assert list(answer.comments.order_by("pk").values_list("text", flat=True)) == ["Was it right?", "It was."]
    assert errors_of(empty) == ["Fill in “Comment”."]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_shows_what_waits_and_how_long(
    client, round_, programme, trainer, count: int, django_assert_num_queries
) -> None:
    assignment = assignment_in(programme)
    for _ in range(count):
        answer_to(assignment, mentor(round_).person)
    answer_to(assignment, mentee(round_).person, AnswerState.ACCEPTED)
    elsewhere = open_round()
    answer_to(assignment_in(elsewhere.programme), mentor(elsewhere).person)
    client.force_login(trainer)
    client.get("/training/answers/")

    with django_assert_num_queries(5):
        response = client.get("/training/answers/")

    assert [row[4] for row in rows_of(response)] == ["0 days"] * count


def test_a_coordinator_sees_who_lacks_training(client, round_, programme) -> None:
    activity_in(programme, "Session")
    part = mentor(round_)
    client.force_login(coordinator_of(programme.network))

    response = client.get(f"/programmes/{programme.ref}/training/")

    assert rows_of(response) == [[str(part.person), "mentor", "Session"]]
    client.force_login(part.person)
    assert client.get(f"/programmes/{programme.ref}/training/").status_code == 404


def test_what_is_late_is_seen_by_the_person_and_by_those_who_train(client, round_, programme, person, trainer) -> None:
    late = assignment_in(programme, "Late one", days=-3)
    done = assignment_in(programme, "Done one", days=-3)
    answer_to(done, person)
    slow = mentor(round_).person
    answer_to(late, mentor(round_).person)

    page = client.get("/my/activities/").content.decode()
    client.force_login(trainer)
    of_trainer = client.get(f"/training/{late.ref}/").content.decode()

    assert (f'href="/my/activities/{late.ref}/answer/"' in page, "Done one" in page) == (True, False)
    section = of_trainer.partition("Who has not handed in")[2].partition("</section>")[0]
    assert (section.count("<li>"), str(slow) in section, str(person) in section) == (2, True, True)
