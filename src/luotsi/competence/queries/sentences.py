"""What changed, in sentences: to the person, and to whom the person shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.competence.enums import AssessedBy
from luotsi.competence.formats.values import Scale
from luotsi.web.environment import number
from luotsi.web.environment import short_day as day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from luotsi.competence.formats.series import Change, LookedBack
    from luotsi.competence.queries.levels import Level

DECIMALS = 1


def others(*, mine: bool) -> dict[str, str]:
    """Who assesses, as the subject of a sentence: to the person, or to somebody else."""
    if mine:
        return {
            AssessedBy.MENTOR: _("Your mentor"),
            AssessedBy.WORKPLACE: _("Your workplace"),
            AssessedBy.PEER: _("Your peer group"),
            AssessedBy.ASSESSOR: _("Your assessor"),
        }
    return {
        AssessedBy.MENTOR: _("The mentor"),
        AssessedBy.WORKPLACE: _("The workplace"),
        AssessedBy.PEER: _("The peer group"),
        AssessedBy.ASSESSOR: _("The assessor"),
    }


def told(
    changes: Mapping[str, Change],
    looking_back: LookedBack | None,
    *,
    levels: Sequence[Level],
    scale: str,
    name: str = "",
) -> str:
    """What changed in one competence. `name`: of the person, when somebody else reads it."""
    subjects = {AssessedBy.SELF: name} | others(mine=not name)
    sentences = [
        _of_passing(change, who, levels) if scale == Scale.PASSED else _of_levels(change, who)
        for kind, who in subjects.items()
        if (change := changes.get(kind)) is not None
    ]
    if looking_back is not None and scale != Scale.PASSED:
        sentences.append(_looked_back(looking_back, name))
    return " ".join(sentences)


def shown_level(level: float) -> str:
    return number(level) if level == int(level) else number(level, DECIMALS)


def _count(change: float) -> int:
    """For the choice of a plural form: one is one, everything else is many."""
    return 1 if abs(change) == 1 else 2


def _of_levels(change: Change, who: str) -> str:
    by = change.by
    if by is None:
        once = _("%(who)s chose level %(level)s on %(day)s.") if who else _("You chose level %(level)s on %(day)s.")
        return once % {"who": who, "level": shown_level(change.now.level), "day": day(change.now.on)}
    values = {"who": who, "count": shown_level(abs(by)), "day": day(change.first.on) if change.first else ""}
    if by == 0:
        same = _("%(who)s sees no change since %(day)s.") if who else _("You see yourself where you were on %(day)s.")
        return same % values
    if by > 0:
        return (_risen(by) if who else _you_have_risen(by)) % values
    return (_fallen(by) if who else _you_have_fallen(by)) % values


def _risen(by: float) -> str:
    return ngettext(
        "%(who)s sees a rise of %(count)s level since %(day)s.",
        "%(who)s sees a rise of %(count)s levels since %(day)s.",
        _count(by),
    )


def _fallen(by: float) -> str:
    return ngettext(
        "%(who)s sees a fall of %(count)s level since %(day)s.",
        "%(who)s sees a fall of %(count)s levels since %(day)s.",
        _count(by),
    )


def _you_have_risen(by: float) -> str:
    return ngettext(
        "You see yourself %(count)s level higher than on %(day)s.",
        "You see yourself %(count)s levels higher than on %(day)s.",
        _count(by),
    )


def _you_have_fallen(by: float) -> str:
    return ngettext(
        "You see yourself %(count)s level lower than on %(day)s.",
        "You see yourself %(count)s levels lower than on %(day)s.",
        _count(by),
    )


def _of_passing(change: Change, who: str, levels: Sequence[Level]) -> str:
    """On the scale of not yet and passed there are no levels to count. Of several, the lower counts."""
    names = {level.number: level.name for level in levels}
    values = {"who": who, "now": names.get(int(change.now.level), ""), "day": day(change.now.on)}
    if change.first is None or change.by == 0:
        now = _("%(who)s chose “%(now)s” on %(day)s.") if who else _("You chose “%(now)s” on %(day)s.")
        return now % values
    values |= {"before": names.get(int(change.first.level), ""), "day": day(change.first.on)}
    moved = _("%(who)s chose “%(before)s” on %(day)s, and “%(now)s” now.")
    you = _("You chose “%(before)s” on %(day)s, and “%(now)s” now.")
    return (moved if who else you) % values


def _looked_back(looking_back: LookedBack, name: str) -> str:
    values = {"name": name, "then": shown_level(looking_back.level)}
    if looking_back.said_then is None or looking_back.now is None:
        place = _("Looking back, %(name)s places the start at %(then)s.")
        return (place if name else _("Looking back, you place your start at %(then)s.")) % values
    values |= {"said": shown_level(looking_back.said_then.level)}
    if looking_back.said_then.level == looking_back.level:
        same = _("Looking back, %(name)s places the start where it was said to be then: at %(then)s.")
        return (same if name else _("Looking back, you place your start where you did then: at %(then)s.")) % values
    by = looking_back.now.level - looking_back.level
    first = _("Looking back, %(name)s places the start at %(then)s, having said %(said)s then.")
    return f"{(first if name else _placed()) % values} {_seen_so(by)}"


def _placed() -> str:
    return _("Looking back, you place your start at %(then)s, where you said %(said)s then.")


def _seen_so(by: float) -> str:
    """The change against the start as it is seen now."""
    values = {"count": shown_level(abs(by))}
    if by == 0:
        return _("Seen so, nothing has changed.")
    if by > 0:
        return (
            ngettext("Seen so, the rise is %(count)s level.", "Seen so, the rise is %(count)s levels.", _count(by))
            % values
        )
    return (
        ngettext("Seen so, the fall is %(count)s level.", "Seen so, the fall is %(count)s levels.", _count(by)) % values
    )


def headline(changes: Sequence[tuple[str, Change]], name: str = "") -> str:
    """On top: in how many competences the person stands higher or lower, and where the way was longest.

    `changes`: the person's own, with the competence's name.
    """
    moved = [(subject, by) for subject, change in changes if (by := change.by) is not None]
    if not moved:
        waits = _("There is one self-assessment so far. The change stands here when there are two.")
        return waits if changes else ""
    up, down = sum(by > 0 for _subject, by in moved), sum(by < 0 for _subject, by in moved)
    values = {"name": name, "up": number(up), "down": number(down), "all": number(len(moved))}
    if not up and not down:
        same = _("%(name)s sees no change in the competences assessed twice.")
        return (same if name else _("You see yourself where you were in all that you have assessed twice.")) % values
    if down:
        first = _("%(name)s sees a rise in %(up)s of %(all)s competences, and a fall in %(down)s.")
        mine = _("You see yourself higher than before in %(up)s of %(all)s competences, and lower in %(down)s.")
    else:
        first = _("%(name)s sees a rise in %(up)s of %(all)s competences.")
        mine = _("You see yourself higher than before in %(up)s of %(all)s competences.")
    return " ".join([(first if name else mine) % values, *_longest(moved)])


def _longest(moved: Sequence[tuple[str, float]]) -> list[str]:
    subject, by = max(moved, key=lambda each: each[1])
    if by <= 0:
        return []
    sentence = ngettext(
        "The longest way was in “%(competence)s”: %(count)s level.",
        "The longest way was in “%(competence)s”: %(count)s levels.",
        _count(by),
    )
    return [sentence % {"competence": subject, "count": shown_level(by)}]
