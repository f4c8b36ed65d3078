"""What mentoring tells people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from luotsi.comms.models import Letter
from luotsi.mentoring.enums import RelationshipState

if TYPE_CHECKING:
    from luotsi.mentoring.models import Relationship
    from luotsi.people.models import Person


def opened(relationship: Relationship, other: Person) -> Letter:
    """To each of the two; `other` is the other one, here and below."""
    names = {"name": other, "programme": relationship.programme.name}
    if other == relationship.mentor:
        first = _("%(name)s is your mentor in the programme %(programme)s.") % names
    else:
        first = _("You are the mentor of %(name)s in the programme %(programme)s.") % names
    return Letter(
        kind="mentoring.opened",
        subject=_("You and %(name)s begin mentoring") % names,
        lines=[
            first,
            _("First read the mentoring agreement. It says how you work together and what stays between you two."),
            _("When both have approved it, you can begin to meet."),
        ],
        action_label=_("Read the agreement"),
        action_path=f"/my/mentoring/{relationship.ref}/agreement/",
        is_necessary=True,
        mentions=[other.ref],
    )


def approved_by_one(relationship: Relationship, other: Person) -> Letter:
    """To the one who has not approved yet."""
    return Letter(
        kind="mentoring.approved_by_one",
        subject=_("%(name)s has approved the mentoring agreement") % {"name": other},
        lines=[_("Now it is your turn: read the agreement, and approve it or propose a change.")],
        action_label=_("Read the agreement"),
        action_path=f"/my/mentoring/{relationship.ref}/agreement/",
        is_necessary=False,
        mentions=[other.ref],
    )


def agreed(relationship: Relationship, other: Person) -> Letter:
    return Letter(
        kind="mentoring.agreed",
        subject=_("You and %(name)s have approved the agreement") % {"name": other},
        lines=[
            _("Both of you have approved the mentoring agreement. It is kept as you approved it."),
            _("Set a time for your next meeting. The page has a tool for it, step by step."),
        ],
        action_label=_("Go to our page"),
        action_path=f"/my/mentoring/{relationship.ref}/",
        is_necessary=False,
        mentions=[other.ref],
    )


def proposed(relationship: Relationship, other: Person) -> Letter:
    return Letter(
        kind="mentoring.proposed",
        subject=_("%(name)s proposes a change to the mentoring agreement") % {"name": other},
        lines=[_("Read the new version. It takes effect when you approve it too; until then the earlier one holds.")],
        action_label=_("Read the agreement"),
        action_path=f"/my/mentoring/{relationship.ref}/agreement/",
        is_necessary=False,
        mentions=[other.ref],
    )


def closing_begun(relationship: Relationship, other: Person) -> Letter:
    return Letter(
        kind="mentoring.closing_begun",
        subject=_("%(name)s thinks that your mentoring has come to its end") % {"name": other},
        lines=[
            _("If you think so too, confirm it. If something is still to be done, you can go on."),
            _("A last meeting is worth its while: look back together, and say thank you."),
        ],
        action_label=_("Confirm or go on"),
        action_path=f"/my/mentoring/{relationship.ref}/closing/",
        is_necessary=True,
        mentions=[other.ref],
    )


def goes_on(relationship: Relationship, other: Person) -> Letter:
    return Letter(
        kind="mentoring.goes_on",
        subject=_("You and %(name)s go on with mentoring") % {"name": other},
        lines=[_("%(name)s would like to go on. Your mentoring has not ended.") % {"name": other}],
        action_label=_("Go to our page"),
        action_path=f"/my/mentoring/{relationship.ref}/",
        is_necessary=False,
        mentions=[other.ref],
    )


def completed(relationship: Relationship, other: Person) -> Letter:
    return Letter(
        kind="mentoring.completed",
        subject=_("Your mentoring with %(name)s is completed") % {"name": other},
        lines=[
            _("Both of you have said that mentoring came to its end. Thank you for the time and the trust."),
            _("What you wrote together stays on your page, for the two of you."),
        ],
        action_label=_("Go to our page"),
        action_path=f"/my/mentoring/{relationship.ref}/",
        is_necessary=True,
        mentions=[other.ref],
    )


def ended_early(relationship: Relationship, other: Person) -> Letter:
    """To the one who did not end it. Why is not told: that is for the two to talk about, if they wish."""
    return Letter(
        kind="mentoring.ended_early",
        subject=_("Your mentoring with %(name)s ends") % {"name": other},
        lines=[
            _("%(name)s has ended the mentoring. That says nothing about you: plans and times change.")
            % {"name": other},
            _("The coordinator of the programme helps you to go on. You need not do anything now."),
        ],
        action_label=_("Go to our page"),
        action_path=f"/my/mentoring/{relationship.ref}/",
        is_necessary=True,
        mentions=[other.ref],
    )


def reminded(relationship: Relationship, other: Person, coordinator: Person) -> Letter:
    """To each of the two, from the coordinator."""
    names = {"name": other, "coordinator": coordinator}
    if relationship.state == RelationshipState.AGREEING:
        lines = [_("Have you had time to read the mentoring agreement? You can meet when both have approved it.")]
    else:
        lines = [_("It has been a while since your last logged meeting. Have you a time for the next one?")]
    return Letter(
        kind="mentoring.reminded",
        subject=_("How are you and %(name)s doing?") % names,
        lines=[
            *lines,
            _("If you have met already, one press on your page is enough to log it."),
            _("If something is in the way, tell the coordinator: %(coordinator)s.") % names,
        ],
        action_label=_("Go to our page"),
        action_path=f"/my/mentoring/{relationship.ref}/",
        is_necessary=False,
        mentions=[other.ref, coordinator.ref],
    )


def left_alone(relationship: Relationship, _other: Person) -> Letter:
    """To the one whose pair has asked to be forgotten: without the name."""
    names = {"programme": relationship.programme.name}
    return Letter(
        kind="mentoring.left_alone",
        subject=_("Your mentoring in the programme %(programme)s ends") % names,
        lines=[
            _("The other one of your pair uses this service no longer. That says nothing about you."),
            _("The coordinator of the programme helps you to go on. You need not do anything now."),
        ],
        action_label=_("Go to our page"),
        action_path=f"/my/mentoring/{relationship.ref}/",
        is_necessary=True,
    )
