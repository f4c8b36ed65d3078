"""Writes: answers to interim assignments: written, handed in, talked about, accepted or returned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luotsi.comms.services import tell
from luotsi.core import audit
from luotsi.core.errors import RefusedError
from luotsi.core.files import forget_file, keep_file
from luotsi.people.queries import recipient_of
from luotsi.programmes.enums import ANSWER_MOVES, ActivityState, AnswerState
from luotsi.programmes.formats.values import ActivityKind
from luotsi.programmes.messages import activities as letters
from luotsi.programmes.models.activities import AssignmentAnswer, AssignmentComment, AssignmentFile
from luotsi.programmes.models.plans import Activity
from luotsi.programmes.queries.activities import activities_for
from luotsi.programmes.rules import may_train

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person

MOST_FILES: Final = 5
OPEN: Final = frozenset({AnswerState.DRAFT, AnswerState.RETURNED})


@transaction.atomic
def keep_draft(activity: Activity, *, text: str, by: Person) -> AssignmentAnswer:
    """Keep what has been written so far. What was handed in is not changed by a draft that comes late."""
    answer = _answer_to_write(activity, by)
    if answer.text != text:
        answer.amend(text=text)
    return answer


@transaction.atomic
def hand_in(activity: Activity, *, text: str, by: Person) -> AssignmentAnswer:
    """Give the answer to the trainers. It has words or a file."""
    answer = _answer_to_write(activity, by)
    if not text.strip() and not answer.files.exists():
        raise RefusedError(_("Write an answer, or add a file. Then hand it in."))
    _move(answer, AnswerState.HANDED_IN, text=text, handed_in_at=timezone.now())
    audit.record(by=by, verb="programmes.answer_handed_in", subject=answer, activity=str(activity.ref))
    _tell_reader(answer, by)
    return answer


@transaction.atomic
def add_file(activity: Activity, *, name: str, content: bytes, by: Person) -> AssignmentFile:
    """Put a file to one's answer while it may be changed. The caller has looked at its kind and size."""
    answer = _answer_to_write(activity, by)
    if answer.files.count() >= MOST_FILES:
        raise RefusedError(
            _("An answer has %(count)d files at most. Remove one before you add another.") % {"count": MOST_FILES}
        )
    added = AssignmentFile(answer=answer, file=keep_file(name, content)).insert()
    audit.record(by=by, verb="programmes.answer_file_added", subject=answer, size=added.file.size)
    return added


@transaction.atomic
def remove_file(added: AssignmentFile, *, by: Person) -> None:
    """Take a file away from one's answer while it may be changed."""
    answer = _answer_to_write(added.answer.activity, by)
    if added.answer_id != answer.pk:
        raise RefusedError(_("This file belongs to another answer."))
    audit.record(by=by, verb="programmes.answer_file_removed", subject=answer)
    file = added.file
    added.delete()
    forget_file(file)


@transaction.atomic
def comment(answer: AssignmentAnswer, *, text: str, by: Person) -> AssignmentComment:
    """A word about an answer: from the one who answers or a trainer; the other side is told."""
    is_own = answer.person_id == by.pk
    if not is_own and not _may_read(answer, by):
        raise RefusedError(_("Only the one who answers and the trainers write here."))
    said = _say(answer, text, by)
    if is_own:
        _tell_reader(answer, by)
    else:
        tell(lambda: letters.answer_commented(answer), to=recipient_of(answer.person), by=by)
    return said


@transaction.atomic
def accept(answer: AssignmentAnswer, *, words: str, by: Person) -> None:
    """The answer is good. Words may go with it."""
    _decide(answer, AnswerState.ACCEPTED, words, by)
    tell(lambda: letters.answer_accepted(answer), to=recipient_of(answer.person), by=by)


@transaction.atomic
def give_back(answer: AssignmentAnswer, *, words: str, by: Person) -> None:
    """The person is to go on with it, and is told how."""
    if not words.strip():
        raise RefusedError(_("Write what is still to be done. Then return the answer."))
    _decide(answer, AnswerState.RETURNED, words, by)
    tell(lambda: letters.answer_returned(answer), to=recipient_of(answer.person), by=by)


def _decide(answer: AssignmentAnswer, to: AnswerState, words: str, by: Person) -> None:
    if answer.person_id == by.pk:
        raise RefusedError(_("Nobody judges the own answer. Ask another trainer."))
    if not may_train(by, answer.activity):
        raise RefusedError(_("Only trainers and coordinators of the programme decide on answers."))
    locked = _locked(answer)
    _move(locked, to, decided_by=by, decided_at=timezone.now())
    if words.strip():
        _say(locked, words, by)
    answer.state, answer.decided_by, answer.decided_at = locked.state, locked.decided_by, locked.decided_at
    audit.record(by=by, verb=f"programmes.answer_{to.value}", subject=locked)


def _say(answer: AssignmentAnswer, text: str, by: Person) -> AssignmentComment:
    if not text.strip():
        raise RefusedError(_("Write something first."))
    said = AssignmentComment(answer=answer, person=by, text=text.strip()).insert()
    audit.record(by=by, verb="programmes.answer_commented", subject=answer)
    return said


def _tell_reader(answer: AssignmentAnswer, by: Person) -> None:
    """Whoever judged it or wrote about it before. A first answer waits in the queue of all trainers."""
    last = answer.comments.exclude(person=answer.person).select_related("person").order_by("-pk").first()
    reader = answer.decided_by or (last.person if last else None)
    if reader is not None and reader.erased_at is None:
        tell(lambda: letters.answer_back(answer), to=recipient_of(reader), by=by)


def _may_read(answer: AssignmentAnswer, by: Actor) -> bool:
    """A trainer, once it was handed in: drafts are nobody's but the writer's."""
    return answer.handed_in_at is not None and may_train(by, answer.activity)


def _answer_to_write(activity: Activity, by: Person) -> AssignmentAnswer:
    """The person's own answer, locked, made at the first word, if it may be changed now."""
    if not activities_for(by).filter(pk=activity.pk, kind=ActivityKind.INTERIM_ASSIGNMENT).exists():
        raise RefusedError(_("This assignment is not for you."))
    locked: Activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if locked.state == ActivityState.CANCELLED:
        raise RefusedError(_("This assignment was cancelled. What you had written is kept."))
    answer = AssignmentAnswer.objects.select_for_update(of=("self",)).filter(activity=locked, person=by).first()
    if answer is None:
        return AssignmentAnswer(activity=locked, person=by).insert()
    if answer.state not in OPEN:
        raise RefusedError(_("You have handed this in already. It can be changed again if the trainer returns it."))
    return answer


def _locked(answer: AssignmentAnswer) -> AssignmentAnswer:
    rows = AssignmentAnswer.objects.select_for_update(of=("self",)).select_related("person", "activity")
    locked: AssignmentAnswer = rows.get(pk=answer.pk)
    return locked


def _move(answer: AssignmentAnswer, to: AnswerState, **values: Any) -> None:  # noqa: ANN401 -- columns of an answer
    if to not in ANSWER_MOVES[AnswerState(answer.state)]:
        raise RefusedError(_("Somebody has decided on this answer already. Look at it again."))
    answer.amend(state=to, **values)
