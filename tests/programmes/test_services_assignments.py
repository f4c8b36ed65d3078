import pytest

from luotsi.comms.models import Message
from luotsi.core.errors import RefusedError
from luotsi.core.models import StoredFile
from luotsi.programmes.enums import ActivityState, AnswerState
from luotsi.programmes.models.activities import AssignmentAnswer, AssignmentComment
from luotsi.programmes.models.plans import Activity
from luotsi.programmes.queries.assignments import (
    answers_to_judge_by,
    thing_of,
    waiting_answers_of,
    waiting_for,
    waiting_for_trainer,
)
from luotsi.programmes.services import assignments
from luotsi.web.components import Waiting
from tests.factories.activities import activity_in, answer_to, assignment_in, trainer_of, with_places
from tests.factories.people import coordinator_of
from tests.factories.programmes import mentee, mentor, open_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return open_round()


@pytest.fixture
def assignment(round_) -> Activity:
    return assignment_in(round_.programme)


@pytest.fixture
def person(round_):
    return mentor(round_).person


@pytest.fixture
def trainer(round_):
    return trainer_of(round_.programme.network)


def kinds() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def test_a_draft_is_kept_and_read_by_nobody_else(assignment, person, trainer) -> None:
    assignments.keep_draft(assignment, text="I wat", by=person)
    assignments.keep_draft(assignment, text="I watched.", by=person)

    answer = AssignmentAnswer.objects.get()
    assert (answer.text, answer.state, answer.handed_in_at) == ("I watched.", "draft", None)
    assert not answers_to_judge_by(trainer).exists()
    assert kinds() == []


def test_an_answer_goes_to_and_fro_until_it_is_accepted(assignment, person, trainer) -> None:
    answer = assignments.hand_in(assignment, text="I watched.", by=person)
    assignments.give_back(answer, words="What did you see?", by=trainer)
    assignments.comment(answer, text="More than I thought.", by=person)
    assignments.hand_in(assignment, text="I watched, and saw much.", by=person)
    answer.refresh_from_db()
    assignments.accept(answer, words="", by=trainer)

    answer.refresh_from_db()
    assert (answer.text, answer.state, answer.decided_by) == ("I watched, and saw much.", "accepted", trainer)
    assert list(AssignmentComment.objects.order_by("pk").values_list("person", "text")) == [
        (trainer.pk, "What did you see?"),
        (person.pk, "More than I thought."),
    ]
    assert kinds() == [
        "programmes.answer_returned",
        "programmes.answer_back",
        "programmes.answer_back",
        "programmes.answer_accepted",
    ]
    assert set(Message.objects.filter(kind="programmes.answer_back").values_list("recipient_ref", flat=True)) == {
        trainer.ref
    }


def test_a_comment_of_the_trainer_is_told(assignment, person, trainer) -> None:
    answer = assignments.hand_in(assignment, text="I watched.", by=person)

    assignments.comment(answer, text="Well seen.", by=trainer)

    [message] = Message.objects.all()
    assert (message.kind, message.recipient_ref) == ("programmes.answer_commented", person.ref)
    assert "Well seen." not in " ".join(message.lines)


def test_an_answer_may_be_a_file_alone(assignment, person) -> None:
    assignments.add_file(assignment, name="notes.pdf", content=b"%PDF-1", by=person)

    answer = assignments.hand_in(assignment, text="", by=person)

    assert (answer.state, [each.file.name for each in answer.files.all()]) == ("handed_in", ["notes.pdf"])


def test_nothing_is_not_handed_in(assignment, person) -> None:
    with pytest.raises(RefusedError) as refused:
        assignments.hand_in(assignment, text="  ", by=person)

    assert str(refused.value.text) == "Write an answer, or add a file. Then hand it in."
    assert AssignmentAnswer.objects.count() == 0


@pytest.mark.parametrize("state", [AnswerState.HANDED_IN, AnswerState.ACCEPTED])
def test_what_was_handed_in_is_not_changed(assignment, person, state: AnswerState) -> None:
    answer = answer_to(assignment, person, state)

    for act in (
        lambda: assignments.keep_draft(assignment, text="Other", by=person),
        lambda: assignments.hand_in(assignment, text="Other", by=person),
        lambda: assignments.add_file(assignment, name="x.pdf", content=b"%PDF-1", by=person),
    ):
        with pytest.raises(RefusedError):
            act()

    answer.refresh_from_db()
    assert (answer.text, answer.state, StoredFile.objects.count()) == ("I watched.", state, 0)


def test_a_file_that_was_removed_is_gone(assignment, person) -> None:
    added = assignments.add_file(assignment, name="notes.pdf", content=b"%PDF-1", by=person)

    assignments.remove_file(added, by=person)

    assert StoredFile.objects.count() == 0


def test_nobody_removes_a_file_of_somebody_else(assignment, person, round_) -> None:
    added = assignments.add_file(assignment, name="notes.pdf", content=b"%PDF-1", by=person)

    with pytest.raises(RefusedError):
        assignments.remove_file(added, by=mentor(round_).person)

    assert StoredFile.objects.count() == 1


def test_an_answer_has_five_files_at_most(assignment, person) -> None:
    for number in range(5):
        assignments.add_file(assignment, name=f"{number}.pdf", content=b"%PDF-1", by=person)

    with pytest.raises(RefusedError):
        assignments.add_file(assignment, name="6.pdf", content=b"%PDF-1", by=person)

    assert StoredFile.objects.count() == 5


def test_an_answer_is_returned_with_words_only(assignment, person, trainer) -> None:
    answer = answer_to(assignment, person)

    with pytest.raises(RefusedError):
        assignments.give_back(answer, words=" ", by=trainer)

    answer.refresh_from_db()
    assert (answer.state, kinds()) == ("handed_in", [])


def test_nobody_decides_twice(assignment, person, trainer) -> None:
    answer = answer_to(assignment, person, AnswerState.ACCEPTED)

    with pytest.raises(RefusedError):
        assignments.give_back(answer, words="Go on.", by=trainer)

    answer.refresh_from_db()
    assert (answer.state, AssignmentComment.objects.count()) == ("accepted", 0)


def test_only_trainers_of_the_programme_decide_and_comment(assignment, person, round_) -> None:
    answer = answer_to(assignment, person)
    other = open_round().programme

    for stranger in (mentor(round_).person, trainer_of(other.network), coordinator_of(other.network)):
        for act in (
            lambda by=stranger: assignments.accept(answer, words="", by=by),
            lambda by=stranger: assignments.give_back(answer, words="x", by=by),
            lambda by=stranger: assignments.comment(answer, text="x", by=by),
        ):
            with pytest.raises(RefusedError):
                act()

    answer.refresh_from_db()
    assert (answer.state, AssignmentComment.objects.count()) == ("handed_in", 0)


def test_nobody_judges_the_own_answer(assignment, round_) -> None:
    trainer = trainer_of(round_.programme.network)
    mentor(round_, person=trainer)
    answer = answer_to(assignment, trainer)

    with pytest.raises(RefusedError):
        assignments.accept(answer, words="", by=trainer)

    assert not answers_to_judge_by(trainer).exists()


@pytest.mark.parametrize(
    "values", [{"for_whom": ["mentee"]}, {"kind": "training_session"}, {"state": ActivityState.CANCELLED}]
)
def test_nobody_answers_what_was_not_asked(round_, person, values) -> None:
    assignment = assignment_in(round_.programme, **values)

    with pytest.raises(RefusedError):
        assignments.hand_in(assignment, text="I watched.", by=person)

    assert AssignmentAnswer.objects.count() == 0


# What waits


def things(rows) -> list[tuple[str, str]]:
    first, *others = rows
    found = [thing_of(Waiting(*row)) for row in first.union(*others, all=True)]
    return sorted((str(thing.title), str(thing.text)) for thing in found)


def test_what_is_to_be_done_waits_for_the_person(round_, person) -> None:
    programme = round_.programme
    begun, late = assignment_in(programme, "Begun"), assignment_in(programme, "Late", days=-3)
    answer_to(begun, person, AnswerState.DRAFT)
    done = assignment_in(programme, "Done")
    answer_to(done, person)
    with_places(programme, name="Sign me up")
    assignment_in(programme, "Far away", days=60)
    assignment_in(programme, "Of mentees", for_whom=["mentee"])
    assignment_in(open_round().programme, "Of others")
    activity_in(programme, "Nothing to do")
    answer_to(late, mentee(round_).person)

    assert things(waiting_for(person)) == [
        ("Do the assignment: Begun", "It is kept as you write."),
        ("Do the assignment: Late", "Its day has passed. You can hand it in all the same."),
        ("Say whether you come: Sign me up", "There may be fewer places than people."),
    ]


def test_answers_wait_for_those_who_train(round_, assignment, trainer) -> None:
    for _ in range(2):
        answer_to(assignment, mentor(round_).person)
    answer_to(assignment, mentor(round_).person, AnswerState.ACCEPTED)
    answer_to(assignment, mentor(round_).person, AnswerState.DRAFT)
    elsewhere = open_round()
    answer_to(assignment_in(elsewhere.programme), mentor(elsewhere).person)

    assert things(waiting_for_trainer(trainer)) == [("Read 2 answers: Watch and write", "It came today.")]
    assert waiting_answers_of(trainer).count() == 2
    assert things(waiting_for_trainer(mentor(round_).person)) == []
