"""What matching holds about a person: proposals, and a place in frozen problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.core.privacy import Held
from luotsi.matching.enums import Answer
from luotsi.matching.messages.reasons import reasons_of
from luotsi.matching.queries import names_of_skills, proposals_for
from luotsi.matching.services.forgetting import forget_proposals
from luotsi.web.environment import day

if TYPE_CHECKING:
    from luotsi.core.actors import Actor
    from luotsi.people.models import Person

COVERS = frozenset(
    {
        "matching.Proposal.mentor",
        "matching.Proposal.mentee",
        "matching.MatchRun.problem",
        "matching.MatchRun.result",
        "matching.MatchRun.trouble",
        "matching.MatchRun.made_by",
    }
)
"""Who had a run made stays as a ref to the tombstone: what coordinators did is not theirs alone."""


def collect(person: Person) -> list[Held]:
    """The proposals that the person was asked about, with the reasons as the person saw them."""
    rows = [
        {
            _("Programme"): str(proposal.mentor.programme.name),
            _("Role"): _("mentor") if proposal.mentor.person == person else _("mentee"),
            _("State"): proposal.get_state_display(),
            _("Your answer"): Answer(
                proposal.mentor_said if proposal.mentor.person == person else proposal.mentee_said
            ).label,
            _("Answer by"): day(proposal.answer_by),
            _("Reasons"): " ".join(
                f"{each.title}: {each.text}" for each in reasons_of(proposal.reasons, names_of_skills(proposal))
            ),
        }
        for proposal in proposals_for(person)
    ]
    return (
        [Held(title=_("Proposals"), rows=[{name: str(value) for name, value in row.items()} for row in rows])]
        if rows
        else []
    )


def erase(person: Person, *, by: Actor) -> None:
    """Open proposals end, and no run keeps what the person told."""
    forget_proposals(person, by=by)
